"""Lists held against their contract: entries, dates, form, charset. Pure functions over measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from crawlers.health.chances import chance_of_so_few
from crawlers.health.contract import Contract, ListContract
from crawlers.health.kinds import Found, Value, tell
from crawlers.health.list_measure import CRASHED, ListMeasure
from crawlers.health.measured import UNTRUE

IMPROBABLE = 1e-4
OTHER = "other-platform"
_ENOUGH = 3  # entries from which shares mean something
_READERS = ("unreadable-dates", "unknown-answer", "unknown-status", "too-many-entries")
_DAMAGED = ("damaged-json", "damaged-xml", "too-deep")
_FORMATS = ("not-html", "not-json", "not-oai", "not-a-sitemap", "not-a-feed")
_PROBLEMS = frozenset((*_READERS, *_DAMAGED, *_FORMATS, "oai-error"))


def check_lists(
    asked: Sequence[ListMeasure], contract: Contract, listed: Mapping[str, int] | None = None
) -> Iterator[Found]:
    """What is wrong with the list pages that this run read.

    `listed` has for each list how many lines it is known to have whose documents are not gone.
    """
    yield from _crashed(asked)
    read = [one for one in asked if CRASHED not in one.problems]
    yield from _empty([one for one in read if one.depth == 0], contract, listed or {})
    for one in read:
        usual = contract.lists.get(one.key, ListContract())
        for check in _ABSOLUTE:
            yield from check(one, usual)
        if usual.rows and OTHER not in one.problems:  # which explains whatever else is different
            yield from _form(one, usual, contract.accepted("shape"))
            yield from _date_form(one, usual, contract.accepted("form"))
            yield from _shrunk(one, usual, [page for page in asked if page.root == one.root])
            yield from _strangers(one, usual, [page for page in asked if page.root == one.root])
            for check in _AGAINST_USUAL:
                yield from check(one, usual)


def _crashed(asked: Sequence[ListMeasure]) -> Iterator[Found]:
    """A reader of ours that raised an error, in the first run too; broken when no first page was read."""
    crashed = [one for one in asked if CRASHED in one.problems]
    if crashed:
        verdict = None if any(one.entries and not one.depth for one in asked) else "broken"
        yield tell("list-unreadable", verdict, list=crashed[0].url, problem=CRASHED)


def _empty(roots: Sequence[ListMeasure], contract: Contract, listed: Mapping[str, int]) -> Iterator[Found]:
    """No list with entries at all, or one that lost all of them.

    A list of a line or two is rightly empty when their documents are gone as well.
    """
    leading = [one for one in roots if one.next and not one.entries]  # an index of further lists
    empty = [one for one in roots if not one.entries and one not in leading]
    had = {one.key: contract.lists.get(one.key, ListContract()).usual("entries") for one in empty}
    lost = [one for one in empty if had[one.key] >= (1 if listed.get(one.key, 1) else _ENOUGH)]
    if roots and len(empty) == len(roots) and (lost or not contract.runs):
        total, before = "broken", max(had.values(), default=0)
        yield tell("empty-list", total, empty=len(empty), lists=len(roots), list=empty[0].url, before=before)
    elif lost:
        worst = max(lost, key=lambda one: had[one.key])
        before = had[worst.key]
        yield tell("empty-list", empty=len(lost), lists=len(roots), list=worst.url, before=before)


def _platform(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    if OTHER in one.problems:
        yield Found(OTHER, {"list": one.url})


def _untrue(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    if UNTRUE in one.problems:
        yield Found("untrue-304", {"list": one.url, "new": one.new})


def _unreadable(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    faults = _PROBLEMS & set(one.problems)
    usual_faults = {code for row in usual.rows for code in row.problems}
    if faults - usual_faults and (one.depth == 0 or usual.rows):
        yield Found("list-unreadable", {"list": one.url, "problem": ", ".join(sorted(faults))})


def _garbled(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    if one.garbled and not any(row.garbled for row in usual.rows):
        yield Found("list-garbled", {"list": one.url})


def _future(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    """Most news dated ahead of today or before any website. One odd date among many is somebody's slip.

    Lists of meetings to come are dated ahead in most runs; nothing is odd about that.
    """
    news = [row for row in usual.rows if row.new]
    ahead = bool(news) and sum(row.future > 0 for row in news) * 2 >= len(news)
    odd = one.ancient if ahead else one.future + one.ancient
    if odd and usual.rows and odd * 2 >= one.new:
        yield Found("future-dates", {"dates": odd, "new": one.new, "list": one.url})


def _shrunk(one: ListMeasure, usual: ListContract, chain: Sequence[ListMeasure]) -> Iterator[Found]:
    """A first page with less than half of the fewest entries it had, which no other page took over.

    Systems that number their pages from the end leave the remainder on the first one.
    """
    least = usual.least("entries")
    if one.depth or not one.entries or least - one.entries < _ENOUGH or one.entries * 2 >= least:
        return
    before = set(usual.last.keys if usual.last else ())
    lost = before - {key for page in chain for key in page.keys}
    if len(lost) * 2 > len(before) - one.entries:
        yield Found("list-shrunk", {"list": one.url, "entries": one.entries, "before": least}, holds=True)


def _strangers(one: ListMeasure, usual: ListContract, chain: Sequence[ListMeasure]) -> Iterator[Found]:
    """A list none of whose entries was known, though it used to be known from top to bottom."""
    usual_known = [row.known for row in usual.rows if row.asked]
    before = usual.last.inside if usual.last else 0
    if one.depth or one.inside < _ENOUGH or before < _ENOUGH or any(page.known for page in chain):
        return
    if sum(1 for known in usual_known if known) >= 2 or len(usual.rows) == 1:
        yield Found("list-strangers", {"list": one.url, "entries": one.inside, "before": before})


def _form(one: ListMeasure, usual: ListContract, accepted: frozenset[str]) -> Iterator[Found]:
    """Another structure; on lists of a line or two it says nothing, since readers look around for more."""
    known = usual.known_values("shape")
    if one.shape and known - {""} and one.shape not in known | accepted and usual.least("entries") >= _ENOUGH:
        before = usual.last.shape if usual.last else ""
        yield Found("list-changed", {"list": one.url, "now": one.shape, "before": before})


def _cut(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    if not one.whole and all(row.whole for row in usual.rows):
        yield Found("list-cut", {"list": one.url})


def _charset(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    """Bytes in another charset, or a label that no longer fits them."""
    charsets, labels = usual.known_values("charset"), usual.known_values("label")
    lies = one.label not in ("", one.charset) and one.label not in labels
    if one.charset not in charsets or lies:
        before = usual.last.charset if usual.last else ""
        now = f"{one.charset} called {one.label}" if lies else one.charset
        yield Found("charset-changed", {"list": one.url, "now": now, "before": before})


def _dates(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    hits, tries = int(sum(row.dated for row in usual.rows)), int(sum(row.entries for row in usual.rows))
    share = hits / tries if tries else 0.0
    judged = min(one.entries, usual.least("entries")) >= _ENOUGH  # readers look around on shorter lists
    few = judged and chance_of_so_few(one.dated, one.entries, hits, tries) < IMPROBABLE
    lost = one.lost_dates >= _ENOUGH and one.lost_dates * 2 >= one.known
    if (few and one.dated < 0.5 * share * one.entries) or lost:
        said: dict[str, Value] = {"dated": one.dated, "entries": one.entries, "usual": round(100 * share)}
        yield Found("dates-missing", {"list": one.url, **said}, holds=True)
    if one.redated >= min(_ENOUGH, max(one.known, 2)) and one.redated * 2 >= one.known:
        yield Found("dates-changed", {"list": one.url, "changed": one.redated, "known": one.known})


def _date_form(one: ListMeasure, usual: ListContract, accepted: frozenset[str]) -> Iterator[Found]:
    known = usual.known_values("form")
    few = min(one.entries, usual.least("entries")) < _ENOUGH
    if not few and "" not in known and one.form not in known | (accepted - {""}):
        before = usual.last.form if usual.last else ""
        yield Found("date-form", {"list": one.url, "now": one.form or "-", "before": before})


def _order(one: ListMeasure, usual: ListContract) -> Iterator[Found]:
    if one.dated > 2 * _ENOUGH and usual.least("falling") >= 0.85 and one.falling < 0.6:
        yield Found("order-lost", {"list": one.url, "share": round(100 * one.falling)}, holds=True)


_Check = Callable[[ListMeasure, ListContract], Iterator[Found]]
_ABSOLUTE: tuple[_Check, ...] = (_platform, _untrue, _unreadable, _garbled, _future)
_AGAINST_USUAL: tuple[_Check, ...] = (
    _cut,
    _charset,
    _dates,
    _order,
)
