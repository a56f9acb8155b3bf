"""Whether lists still lead to their further pages, and nowhere in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawlers.health.contract import Contract, ListContract
from crawlers.health.kinds import Found, tell
from crawlers.health.list_checks import OTHER
from crawlers.health.list_measure import CRASHED, ListMeasure
from crawlers.platforms.paging import LOOPS, LOSSES

_ALIKE = 0.8  # share of common entries from which two pages are one
_ENOUGH = 3


def check_paging(
    pages: Sequence[ListMeasure], contract: Contract, failed: Mapping[str, str], listed: Mapping[str, int]
) -> Iterator[Found]:
    """Judge each list by its pages, carried-over ones included; `failed` says which addresses failed.

    `listed` holds the number of lines each list is known to have.
    """
    by_root: dict[str, list[ListMeasure]] = {}
    for one in sorted(pages, key=lambda page: page.depth):
        by_root.setdefault(one.root, []).append(one)
    for root, chain in by_root.items():
        told = {code for one in chain for code in one.problems}
        if any(one.asked for one in chain) and not told & {OTHER, CRASHED}:
            yield from _loops(chain, contract)
            yield from _losses(chain, contract, failed, listed.get(root, 0))


def _loops(chain: Sequence[ListMeasure], contract: Contract) -> Iterator[Found]:
    depth_of = {one.key: one.depth for one in chain}
    for one in chain:
        if not one.asked:
            continue
        told = LOOPS & set(one.problems)
        back = depth_of.get(one.next)
        usual = contract.lists.get(one.key, ListContract())
        if told and not any(told & set(row.problems) for row in usual.rows):
            yield Found("paging-loop", {"list": one.root, "page": one.depth + 1, "again": 1})
        elif back is not None and back <= one.depth:
            yield Found("paging-loop", {"list": one.root, "page": one.depth + 2, "again": back + 1})
        else:
            yield from _twins(one, [x for x in chain if x.asked and x.depth < one.depth])


def _twins(one: ListMeasure, others: Sequence[ListMeasure]) -> Iterator[Found]:
    """Another page of the list with the same entries; the first of a window repeats a day of the last one."""
    for other in (page for page in others if page.window == one.window):
        common = len(set(one.keys) & set(other.keys))
        if common >= _ENOUGH and common >= _ALIKE * max(len(one.keys), len(other.keys)):
            yield tell("paging-loop", list=one.root, page=one.depth + 1, again=other.depth + 1)
            return


def _losses(
    chain: Sequence[ListMeasure], contract: Contract, failed: Mapping[str, str], listed: int
) -> Iterator[Found]:
    for one in chain:
        usual = contract.lists.get(one.key, ListContract())
        behind = listed - sum(other.entries for other in chain if other.depth <= one.depth)
        said = _loss(one, usual, failed, behind) if one.asked else ""
        if said:
            yield Found("paging-lost", {"list": one.root, "page": one.depth + 1, "said": said})
            return
    yield from _gap(chain, contract)


def _loss(one: ListMeasure, usual: ListContract, failed: Mapping[str, str], behind: int) -> str:
    """Why the pages behind this one are lost; "" when they are not."""
    told = LOSSES & set(one.problems) - {code for row in usual.rows for code in row.problems}
    had_next = bool(usual.rows) and all(row.next for row in usual.rows)
    if told and usual.rows:
        return ", ".join(sorted(told))
    if had_next and not one.next and behind > _ENOUGH:
        return f"page {one.depth + 1} names no further page, and {behind} more documents are known"
    if one.next in failed and failed[one.next].startswith(("gone", "refused")):
        return f"page {one.depth + 2} answers {failed[one.next].partition(':')[2]}"
    totals = [row.total for row in usual.rows if row.total]
    if totals and one.total is not None and one.total * 2 < min(totals) and min(totals) >= 2 * _ENOUGH:
        return f"it says it holds {one.total} documents, it said {min(totals)}"
    if one.depth and not one.entries and usual.least("entries") >= _ENOUGH:
        return f"page {one.depth + 1} is empty"
    if one.depth and one.entries * 3 < usual.least("entries") and had_next:
        return f"page {one.depth + 1} shows {one.entries} entries"
    return ""


def _gap(chain: Sequence[ListMeasure], contract: Contract) -> Iterator[Found]:
    """First and second page together no longer hold what they held: documents fell in between."""
    first, second = (next((one for one in chain if one.depth == depth), None) for depth in (0, 1))
    if first is None or second is None or not second.asked:
        return
    before = [row for one in (first, second) for row in _last_time(one, contract)]
    if len(before) < 2 or len({one.shape for one in (first, second, *before)}) > 1:
        return  # a page of a line or two is easily read as something else
    moved = first.new + second.new + before[1].shifted  # so many fell off the second page as others came
    missing = {*before[0].keys, *before[1].keys} - {*first.keys, *second.keys}
    if len(missing) > moved + _ENOUGH and len(missing) * 2 > len(before[1].keys):
        said = f"{len(missing)} documents are on neither its first nor its second page any more"
        yield Found("paging-lost", {"list": first.root, "page": 2, "said": said})


def _last_time(one: ListMeasure, contract: Contract) -> Sequence[ListMeasure]:
    """The page as the run before this one left it."""
    return contract.lists.get(one.key, ListContract()).recent[:1]
