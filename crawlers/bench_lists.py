"""`bench lists`: the general list reader on every recorded list, feed and JSON answer with stated entries.

Rules of comparison. Addresses are compared after resolving against the page (or its `base` element),
without scheme, fragment, percent escapes, HTML escapes, doubled or final slashes. Courts: recall over the
distinct stated links, precision over the distinct addresses given; pages whose truth names some entries
only (va, fisc, westlaw, mont) count for recall only. A day counts on entries that were found; days marked
approximate, and those of bva (which stand on other pages), are told apart. Chicago and Detroit: of the
named entries with a stated day or link those of which a link, or the day, is that of an entry given or of a
row told without an address; pages of single meetings are read by `parse_detail` as well. "with source file"
reads a page by the packaged file that covers it, where there is one.
The naive detector takes the links that share their tags and classes, and stand beside a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawlers.bench_lists_truth import Judged, ListTruth, judge, recorded_lists
from crawlers.catalogue import Catalogue, load_catalogue
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import find_date, parse_date
from crawlers.extraction.page import open_page, too_deep
from crawlers.extraction.plain import title_line
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.hints import Hints
from warehouse.records import Entry

Progress = Callable[[str, int, int], None]

HALVES = ("open", "held", "both")
RECALL = PRECISION = 0.86  # without any source file
FILE_RECALL, FILE_PRECISION, DAYS, MEETINGS = 0.95, 0.93, 0.92, 0.80
_RIGHT = 0.8  # recall and precision of a page whose reading was right


@dataclass(frozen=True, slots=True)
class _Answer:
    """One page judged: without a source file, with one, and as the naive detector reads it."""

    page: ListTruth
    bare: Judged
    filed: Judged
    naive: Judged
    confidence: float
    count: int


def bench_lists(
    data_folder: Path | None = None, progress: Progress | None = None, *, parts: Sequence[str] = HALVES
) -> dict[str, Any]:
    """Recall, precision and days of both halves with every bar; pages of the held half are only counted.

    `parts` names the halves to report; a page of the held half is not opened unless one of them asks for it.
    """
    pages = list(recorded_lists(data_folder, held=bool({"held", "both"} & set(parts))))
    if not pages:
        return {"data": "absent: ../shared/data/sites has no manifest", "passed": None}
    catalogue = load_catalogue(None, sample=False)
    answers = []
    for number, page in enumerate(pages):
        answers.append(_read(page, catalogue))
        if progress:
            progress("lists", number + 1, len(pages))
    figures: dict[str, Any] = {"data": f"{len(pages)} recorded pages"}
    for part in parts:
        chosen = [one for one in answers if part == "both" or one.page.held == (part == "held")]
        figures |= {f"{part}: {name}": value for name, value in _of_part(chosen).items()}
    figures["bars"] = _bars(figures, parts)
    figures["passed"] = all(bar["passed"] for bar in figures["bars"].values())
    if "open" in parts or "both" in parts:
        figures["open pages not all right"] = [
            _fault(one) for one in answers if not one.page.held and _fault(one)
        ]
    return figures


def read_bare(page: ListTruth) -> ListPage:
    """A recorded page as the general reader reads it, told nothing but a zone of the country."""
    hints = Hints("bench", "en", "America/New_York", page.url)
    return PLATFORMS["generic"].parse_list(page.body, page.url, hints)


def naive(page: ListTruth) -> tuple[Entry, ...]:
    """Repeated dated links and nothing else: the reference of the bars."""
    source = decode(page.body)
    if too_deep(source):
        return ()
    opened = open_page(source, page.url)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for node in opened.tree.css("a[href]"):
        url = opened.absolute(node.attributes.get("href") or "")
        block = node.parent
        while block is not None and block.tag not in ("tr", "li", "article", "p", "div", "dd"):
            block = block.parent
        if not url or block is None:
            continue
        when = find_date(block.text(deep=True, separator=" ")[:600])
        title = title_line(node.text(deep=True)) or url
        above = [f"{up.tag}.{up.attributes.get('class')}" for up in (node.parent, block, block.parent) if up]
        groups["/".join(above)].append(Entry(url, title, when))
    kept = [
        rows
        for rows in groups.values()
        if len(rows) > 1 and sum(1 for r in rows if r.published) * 2 >= len(rows)
    ]
    return tuple(row for rows in kept for row in rows)


def _read(page: ListTruth, catalogue: Catalogue) -> _Answer:
    bare = read_bare(page)
    source = _source_of(page, catalogue)
    filed = bare
    if source is not None:
        filed = PLATFORMS[source.platform].parse_list(page.body, page.url, source.hints())
    return _Answer(
        page, judge(page, _all(page, bare)), judge(page, _all(page, filed)), judge(page, naive(page)),
        bare.confidence, len(bare.entries),
    )  # fmt: skip


def _all(page: ListTruth, read: ListPage) -> tuple[Entry, ...]:
    """The entries of a list; of a page of one meeting its own day and files too."""
    if page.kind != "detail":
        return (*read.entries, *(read.unlinked if page.origin == "meetings" else ()))
    hints = Hints("bench", "en", "America/New_York", page.url)
    gathered = PLATFORMS["generic"].parse_detail(page.body, page.url, hints, None)
    files = tuple(Entry(one.url, one.name) for one in gathered.attachments) if gathered else ()
    days = [value.value for value in gathered.values if value.field == "published"] if gathered else []
    own = Entry(page.url, published=parse_date(days[0])) if days else Entry(page.url)
    return (*read.entries, *read.unlinked, *files, own)


def _source_of(page: ListTruth, catalogue: Catalogue) -> Any:
    """The packaged source whose start address is the page's, else the only one that names its host."""
    if page.held:
        return None
    site = page.name.split("/")[0]
    known = [one for one in catalogue.sources.values() if one.has_host(site)]
    exact = [one for one in known if any(start.url == page.url for start in one.start)]
    chosen = exact or [one for one in known if one.platform == "generic"]
    return chosen[0] if len(chosen) == 1 else None


def _of_part(answers: Sequence[_Answer]) -> dict[str, Any]:
    figures: dict[str, Any] = {"pages": len(answers)}
    for name in ("bare", "filed", "naive"):
        total = Judged()
        for one in answers:
            total.add(getattr(one, name))
        label = {"bare": "no source file", "filed": "with source file", "naive": "naive detector"}[name]
        figures |= {f"{label}: {key}": value for key, value in _rates(total).items()}
    sure = [one for one in answers if one.page.complete and one.confidence >= 0.5]
    unsure = [one for one in answers if one.page.complete and one.confidence < 0.5]
    figures["confidence of 0.5 and more that is right"] = _share(sum(map(_is_right, sure)), len(sure))
    figures["lower confidence that is right"] = _share(sum(map(_is_right, unsure)), len(unsure))
    counted = [one for one in answers if one.page.count and one.page.origin != "courts"]
    figures["pages with the stated number of entries"] = _share(
        sum(one.count == one.page.count for one in counted), len(counted)
    )
    return figures


def _is_right(one: _Answer) -> bool:
    judged = one.bare
    return judged.found >= _RIGHT * judged.stated and judged.right >= _RIGHT * max(judged.given, 1)


def _rates(total: Judged) -> dict[str, Any]:
    rates = {
        "recall": _rate(total.found, total.stated),
        "precision": _rate(total.right, total.given),
        "dates": _rate(total.days_right, total.dated),
        "Chicago and Detroit": _rate(total.named_found, total.named),
        "days marked approximate": _share(total.approximate_right, total.approximate),
        "days of bva": _share(total.elsewhere_right, total.elsewhere),
    }
    return {**rates, "counts": {key: value for key, value in asdict(total).items() if value}}


def _rate(right: int, of: int) -> float | None:
    return round(right / of, 4) if of else None


def _share(count: int, of: int) -> str:
    return f"{count} of {of}"


def _bars(figures: dict[str, Any], parts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Every bar of the issue with its measured value; a part that was not measured has no bar."""
    bars: dict[str, dict[str, Any]] = {}

    def bar(part: str, key: str, least: float) -> None:
        if part in parts:
            value = figures[f"{part}: {key}"]
            passed = value is not None and value >= least
            bars[f"{part}: {key}"] = {"bar": least, "value": value, "passed": passed}

    for part in parts:
        bar(part, "no source file: recall", RECALL)
        bar(part, "no source file: precision", PRECISION)
        bar(part, "no source file: dates", DAYS)
        bar(part, "no source file: Chicago and Detroit", MEETINGS)
    bar("open", "with source file: recall", FILE_RECALL)
    bar("open", "with source file: precision", FILE_PRECISION)
    bar("open", "with source file: dates", DAYS)
    bar("open", "with source file: Chicago and Detroit", MEETINGS)
    return bars


def _fault(one: _Answer) -> str:
    """One sentence on an open page, empty when all of it is right without and with its source file."""
    said = []
    for label, judged in (("bare", one.bare), ("with file", one.filed)):
        if one.page.origin == "courts":
            whole = judged.found == judged.stated and judged.right == judged.given
            if not (whole and judged.days_right == judged.dated):
                said.append(
                    f"{label} {judged.found}/{judged.stated} found, {judged.right}/{judged.given} right, "
                    f"{judged.days_right}/{judged.dated} days"
                )
        elif judged.named_found < judged.named:
            said.append(f"{label} {judged.named_found}/{judged.named} named")
    return f"{one.page.name}: {'; '.join(said)} ({one.confidence:.2f})" if said else ""
