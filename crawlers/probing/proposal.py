"""A source file proposed from a survey: every key with where it came from, and what a person must look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawlers.extraction.dates import DayOrder
from crawlers.extraction.list_sure import LOW
from crawlers.platforms import PLATFORMS
from crawlers.platforms.detect import detect
from crawlers.platforms.numbered_families import family_of
from crawlers.probing.identity import Identity, Knowledge, identify
from crawlers.probing.json_lists import json_list_options
from crawlers.probing.options import options_of, replaces_start
from crawlers.probing.reading import WITH_INTERFACE, hints_of, kind_of, look_at, opened
from crawlers.probing.rhythm import Rhythm, rhythm_of
from crawlers.probing.same_site import same_site
from crawlers.probing.selectors import body_selector, list_selectors
from crawlers.probing.survey import Listed, Survey
from crawlers.probing.written_days import common_order

_NUMBERED = 0.8  # share of a list's addresses that are numbers of one of the known families


@dataclass(frozen=True, slots=True)
class Start:
    """One start address with what was seen there."""

    url: str
    role: str
    seen: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that a new source file says, and doubts for a person (key, why)."""

    who: Identity
    platform: str
    home: str
    starts: tuple[Start, ...]
    lists_by_options: bool  # the options name the lists, so the file needs no [[start]]
    options: dict[str, str]
    hosts: tuple[str, ...]  # of [scope]; empty where home and start addresses say it
    list_selectors: dict[str, str]
    field_selectors: dict[str, str]
    rhythm: Rhythm
    crawl_delay: float | None
    doubts: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]  # title and address of columns that were not opened


def propose(
    found: Survey,
    knows: Knowledge,
    today: date,
    *,
    crawl_delay: float | None = None,
    wanted_id: str | None = None,
) -> Proposal:
    """The file that the survey's pages suggest."""
    who = identify([found.start, *found.answers], knows, wanted_id, issuer=_issuer(found, platform_of(found)))
    platform = platform_of(found)
    parts = urlsplit(found.lists[0].look.answer.final_url)
    home = f"{parts.scheme}://{parts.netloc}/"
    options = options_of(platform, found.lists, home)
    if platform == "generic" and len(found.lists) == 1 and kind_of(found.lists[0].rows.answer) == "json":
        described = json_list_options(found.lists[0].rows.answer)
        platform, options = ("single_api", described) if described else (platform, options)
    starts = tuple(_start(one) for one in found.lists)
    told = common_order(opened(one.rows.answer) for one in found.lists)
    order: DayOrder = told or ("dmy" if who.timezone.startswith("Europe/") else "mdy")
    html = [one for one in found.lists if kind_of(one.rows.answer) == "html"]
    lists = list_selectors([one.rows.answer for one in html], order) if platform == "generic" else {}
    body = body_selector(found.document) if found.document and kind_of(found.document) == "html" else None
    known = platform in ("generic", "feed", "sitemap", "trs")
    return Proposal(
        who, platform, home, starts, replaces_start(options), options, _hosts(found, home, starts), lists,
        {"body": body} if body and known else {}, rhythm_of(found.lists, today), crawl_delay,
        (*who.doubts, *_doubts(found, platform, lists)),
        tuple((one.title, one.url) for one in found.others),
    )  # fmt: skip


def _issuer(found: Survey, platform: str) -> str | None:
    """The issuing body that the document page prints."""
    if found.document is None:
        return None
    answer = found.document
    read = PLATFORMS[platform].parse_detail(opened(answer), answer.final_url, hints_of(answer), found.entry)
    values = read.values if read else ()
    return next((one.value for one in values if one.field == "issuer"), None)


def platform_of(found: Survey) -> str:
    """The platform of most lists; where none is known, the document's, if it reads the list as well."""
    name = Counter(one.rows.platform for one in found.lists).most_common(1)[0][0]
    if name != "generic" or found.document is None:
        return name
    listed = found.lists[0].rows
    numbered = sum(1 for entry in listed.page.entries if family_of(entry.url))
    other = look_at(found.document).platform
    if numbered > _NUMBERED * len(listed.page.entries):
        other = "numbered"
    if other in ("generic", "sitemap", "feed") or other not in PLATFORMS:
        return name
    again = look_at(listed.answer, other)
    return other if len(again.page.entries) >= len(listed.page.entries) else name


def _start(one: Listed) -> Start:
    kind = kind_of(one.look.answer)
    role = "feed" if kind in ("feed", "xml", "ics") else "api" if kind == "json" else "list"
    dates = sorted(entry.published for entry in one.entries if entry.published)
    seen = f"{one.title}: " if one.title else ""
    seen += f"{len(one.entries)} entries" + (f", newest {dates[-1]}" if dates else ", none dated")
    total = one.rows.page.total
    return Start(one.look.answer.url, role, seen + (f", {total} in all" if total else ""))


def _hosts(found: Survey, home: str, starts: tuple[Start, ...]) -> tuple[str, ...]:
    """Hosts of the site on which its lists' documents lie, when home and start addresses do not name them."""
    said = {urlsplit(home).netloc.lower(), *(urlsplit(one.url).netloc.lower() for one in starts)}
    told = Counter(
        urlsplit(entry.url).netloc.lower()
        for one in found.lists
        for entry in one.entries
        if same_site(entry.url, home)
    )
    further = {host for host, count in told.items() if count * 10 >= sum(told.values())}
    asked = {urlsplit(one.look.answer.final_url).netloc.lower() for one in found.lists}
    return () if further | asked <= said else tuple(sorted(said | further | asked))


def _interface_beside(one: Listed) -> str | None:
    """A system that offers an interface beside the page that was named."""
    mark = detect(opened(one.look.answer), one.look.answer.final_url)
    return mark if mark in WITH_INTERFACE else None


def _doubts(found: Survey, platform: str, selectors: dict[str, str]) -> list[tuple[str, str]]:
    """What the pages left open, as key and reason."""
    doubts: list[tuple[str, str]] = []
    home = found.lists[0].look.answer.final_url
    entries = [entry for one in found.lists for entry in one.entries]
    foreign = [entry for entry in entries if not same_site(entry.url, home)]
    if foreign:
        host = urlsplit(foreign[0].url).netloc
        said = (
            f"{len(foreign)} of {len(entries)} listed documents lie on other sites ({host} ...) and stay out"
        )
        doubts.append(("scope", said))
    if entries and not any(entry.published for entry in entries) and platform != "sitemap":
        doubts.append(("list", "no entry has a date; name its place with [list] date"))
    unsure = min((one.rows.page for one in found.lists), key=lambda page: page.confidence)
    if platform == "generic" and unsure.reason:
        word = "not sure" if unsure.confidence < LOW else "sure"
        doubts.append(
            ("survey", f"the list reader is {word} of a list ({unsure.confidence:.2f}): {unsure.reason}")
        )
    html = any(kind_of(one.rows.answer) == "html" for one in found.lists)
    if platform == "generic" and html and not selectors:
        doubts.append(("list", "no selector fits all lists; they are read by their structure alone"))
    beside = next((mark for one in found.lists if (mark := _interface_beside(one))), None)
    if beside and platform == "generic":
        said = f'the site runs on {beside}; platform = "{beside}" without [[start]] asks its interface'
        doubts.append(("survey", said))
    if platform == "sitemap":
        doubts.append(("options", "include and id are guessed from addresses; see that no other pages fit"))
    return [*doubts, *(("survey", remark) for remark in found.remarks)]
