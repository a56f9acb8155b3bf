"""From gathered values to a Document: one order of trust a field, differing values kept beside.

The order is written down with its reasons in docs/decisions/0008-field-precedence.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawlers.extraction.dates import DayOrder, parse_date
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.language import language_of
from crawlers.extraction.limits import MAX_VALUE
from crawlers.extraction.plain import one_line, squeeze, title_line
from warehouse.identity import document_id
from warehouse.records import Capture, Document, Entry, FieldOrigin

_OFFICIAL = ("selector", "api", "table", "json-ld", "meta", "list", "body", "file", "url")
_ORDER: Mapping[str, tuple[str, ...]] = {
    "title": (
        "selector",
        "api",
        "meta:articletitle",
        "table",
        "meta:citation_title",
        "heading",
        "meta",
        "json-ld",
        "file",
        "list",
        "window",
        "body",
    ),
    "issuer": (
        "selector",
        "table:发文机关",
        "table:发文单位",
        "table:发文部门",
        "table:制发机关",
        "table:制定机关",
        "api",
        "meta:contentsource",
        "table",
        "meta",
        "body",
        "list",
        "label",
        "publisher",
        "site",
        "imprint",
    ),
    "published": (
        "selector",
        "api",
        "meta",
        "table",
        "json-ld",
        "label",
        "meta:date",  # and its like: some systems write the day of the last change here
        "meta:created",
        "meta:dc.date",
        "meta:dcterms.date",
        "json-ld:datecreated",
        "time",
        "body",
        "near",
        "script",
        "list",
        "file",
        "url",
        "inferred:sentence",  # no line states a day; what the text says stands for it
        "inferred:foot",
        "inferred:signed",
        "modified",
        "inferred",
    ),
}
_DATES = ("published", "written", "effective")
_LISTED = (
    "title",
    "doc_number",
    "index_number",
    "issuer",
    "topic",
    "published",
    "written",
    "effective",
    "doc_type",
    "validity",
    "expires",
    "keywords",
    "site_code",
    "site_name",
    "column",
    "jurisdiction",
    "description",
    "updated",
    "change_note",
    "comments_close",
    "docket",
    "rin",
    "cfr",
    "withdrawn",
)
_MANY = {"topic", "change_note", "docket", "rin", "cfr"}  # fields that may truly have several values
_ORGAN = re.compile(
    r"(?:部|局|委|委员会|办公厅|办公室|院|会|行|署|厅|府|中心|司|处|社|集团|公司|法院|检察院|总队|支队)$"
)
_SPLIT = re.compile(r"[、，,\s]+")


@dataclass(frozen=True, slots=True)
class Setting:
    """What composing needs to know about where a page comes from."""

    source_id: str
    language: str | None = None
    jurisdiction: str | None = None
    order: DayOrder = "mdy"


def compose(gathered: Gathered, capture: Capture, setting: Setting) -> Document | None:
    """The document a page shows, or None when it has neither a title nor text."""
    values = [*gathered.values, *_of_entry(capture.entry)]
    chosen, origins = _choose(values, setting.order)
    title = chosen.get("title") or _title_of(gathered.paragraphs)
    if not title:
        return None
    url = gathered.url or capture.final_url or capture.url
    site_id = gathered.site_id or (capture.entry.site_id if capture.entry else None)
    issuer = chosen.get("issuer")
    dates = {field: date.fromisoformat(chosen[field]) if field in chosen else None for field in _DATES}
    return Document(
        document_id=document_id(setting.source_id, site_id, gathered.url or capture.url),
        source_id=setting.source_id,
        url=url,
        site_id=site_id,
        title=title,
        paragraphs=gathered.paragraphs,
        doc_number=chosen.get("doc_number"),
        index_number=chosen.get("index_number"),
        issuer=issuer,
        departments=split_issuers(issuer),
        topics=_topics(values, chosen.get("topic")),
        topic_scheme=chosen.get("topic_scheme")
        or ("gov.cn 主题分类" if "\\" in chosen.get("topic", "") else None),
        published=dates["published"],
        written=dates["written"],
        effective=dates["effective"],
        doc_type=chosen.get("doc_type"),
        validity=chosen.get("validity"),
        jurisdiction=chosen.get("jurisdiction") or setting.jurisdiction,
        language=language_of(title, gathered.paragraphs, gathered.language, setting.language),
        unit=gathered.unit,
        attachments=gathered.attachments,
        origins=origins,
        path=gathered.path,
    )


def split_issuers(issuer: str | None) -> tuple[str, ...]:
    """The names of a joint issue, lead first; a name is only split where every part reads like a body."""
    if not issuer:
        return ()
    if re.search("[;；]", issuer):
        return tuple(part for raw in re.split("[;；]", issuer) if (part := raw.strip()))
    parts = [part for part in _SPLIT.split(issuer) if part]
    chinese = len(parts) > 1 and all(_ORGAN.search(part) for part in parts)
    return tuple(parts) if chinese else (issuer,)


def _of_entry(entry: Entry | None) -> Iterable[Value]:
    if entry is None:
        return ()
    listed = [("title", entry.title), ("doc_number", entry.doc_number)]
    listed += [("published", entry.published.isoformat() if entry.published else None), *entry.fields]
    return [Value(field, value, "list") for field, value in listed if value]


def _choose(values: Sequence[Value], order: DayOrder) -> tuple[dict[str, str], tuple[FieldOrigin, ...]]:
    chosen: dict[str, str] = {}
    origins: list[FieldOrigin] = []
    site = next((value.value for value in values if value.field == "site_name"), None)
    for field in (*_LISTED, "topic_scheme", "publisher"):
        clean = _TIDY.get(field, one_line)
        seen: dict[str, str] = {}
        kinds: dict[str, set[str]] = {}
        for value in sorted((v for v in values if v.field == field), key=_rank):
            tidy = (
                _date_text(value.value, order)
                if field in (*_DATES, "expires", "comments_close")
                else clean(value.value)
            )
            if tidy and not (field == "title" and tidy == site):
                seen.setdefault(tidy, value.origin)
                kinds.setdefault(tidy, set()).add(value.origin.split(":", 1)[0].lower())
        if field == "published":
            seen = _printed_earlier(_corroborated(seen, kinds))
        if field == "title":
            seen = _without_window_frames(seen)
        for place, (tidy, origin) in enumerate(seen.items()):
            origins.append(FieldOrigin(field, tidy, origin, place == 0 or field in _MANY))
        if seen:
            chosen[field] = next(iter(seen))
    return chosen, tuple(origins)


def _without_window_frames(seen: dict[str, str]) -> dict[str, str]:
    """The titles without window titles that only put the site's name around the one chosen."""
    chosen = next(iter(seen), "")
    return {
        tidy: origin
        for tidy, origin in seen.items()
        if tidy == chosen or not (origin.startswith("window") and chosen in tidy)
    }


def _corroborated(seen: dict[str, str], kinds: Mapping[str, set[str]]) -> dict[str, str]:
    """The dates with the one first that table and list (or address) print alike against a lone tag."""
    first = next(iter(seen), None)
    if first is None or kinds[first] != {"meta"}:
        return seen
    better = next((one for one in seen if "table" in kinds[one] and kinds[one] & {"list", "url"}), None)
    return {better: seen[better], **seen} if better else seen


def _printed_earlier(seen: dict[str, str]) -> dict[str, str]:
    """The dates with the printed one first where a tag that may tell the last change names a later one."""
    first = next(iter(seen), "")
    if seen.get(first, "").lower() not in _LATE_TAGS:
        return seen
    printed = next((one for one, origin in seen.items() if origin in _PRINTED and one < first), None)
    return {printed: seen[printed], **seen} if printed else seen


_LATE_TAGS = {"meta:date", "meta:created", "meta:dc.date", "meta:dcterms.date", "json-ld:datecreated"}
_PRINTED = {"time", "time:published", "near", "near:dateline"}


def _rank(value: Value) -> int:
    order = _ORDER.get(value.field, _OFFICIAL)
    full, kind = value.origin.lower(), value.origin.split(":", 1)[0].lower()
    return order.index(full) if full in order else order.index(kind) if kind in order else len(order)


def _date_text(text: str, order: DayOrder) -> str | None:
    found = parse_date(text, order)
    return found.isoformat() if found else None


def _number(text: str) -> str | None:
    tidy = one_line(text, MAX_VALUE)
    if not tidy or squeeze(tidy) in {"无", "-", "--", "/", "暂无"}:
        return None
    return tidy


def _topic(text: str) -> str | None:
    tidy = one_line(text, MAX_VALUE)
    return re.sub(r"\s*[\\＼]\s*", r"\\", tidy) if tidy else None


_TIDY: Mapping[str, Callable[[str], str | None]] = {
    "title": title_line,
    "doc_number": _number,
    "topic": _topic,
}


def _topics(values: Sequence[Value], first: str | None) -> tuple[str, ...]:
    """All published classes of the origin that was believed, the chosen one first."""
    if first is None:
        return ()
    origin = next(
        (v.origin for v in sorted(values, key=_rank) if v.field == "topic" and _topic(v.value) == first), ""
    )
    same = (_topic(v.value) for v in values if v.field == "topic" and v.origin == origin)
    return tuple(dict.fromkeys([first, *(topic for topic in same if topic)]))


def _title_of(paragraphs: Sequence[str]) -> str | None:
    return title_line(next((line for line in paragraphs[:5] if 4 <= len(line) <= 200), None))
