"""Links in like places that are not one list: a menu and a list that are built of the same tags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from crawlers.extraction.dates import DayOrder
from crawlers.extraction.list_beside import heading_of, near
from crawlers.extraction.list_days import date_in
from crawlers.extraction.list_hidden import attribute_days, name_days
from crawlers.extraction.list_links import Running
from crawlers.extraction.list_rows import Row, number_in
from crawlers.extraction.list_short import says_day, short_days
from crawlers.extraction.page import is_file_link

_MOST = 0.6  # share of a block's rows that must have a day
_Kind = tuple[bool, bool]  # has days, leads to files or prints numbers


def parted(rows: Sequence[Row], running: Running, order: DayOrder) -> list[list[Row]]:
    """The rows as they came, or in several lists where blocks that hold some of them differ in kind."""
    counts = Counter(mem for row in rows for mem, _ in row.link.ancestors)
    boxes: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        boxes[next((mem for mem, _ in row.link.ancestors if counts[mem] > 1), 0)].append(row)
    if len(boxes) < 2:
        return [list(rows)]
    kinds: dict[_Kind, list[Row]] = defaultdict(list)
    for box in boxes.values():
        kinds[_kind(box, running, order)].extend(box)
    dated = [row for kind, some in kinds.items() if kind[0] for row in some]
    bare = {kind: some for kind, some in kinds.items() if not kind[0]}
    parts = [dated, *bare.values()] if dated else list(bare.values())
    return [sorted(part, key=lambda row: row.link.place) for part in parts]


def _kind(box: Sequence[Row], running: Running, order: DayOrder) -> _Kind:
    files = sum(1 for row in box if is_file_link(row.link.url)) * 2 > len(box)
    numbers = sum(1 for row in box if number_in(row.lines)) * 2 > len(box)
    return _has_days(box, running, order), files or numbers


def _has_days(box: Sequence[Row], running: Running, order: DayOrder) -> bool:
    if heading_of(box[0], running) is not None:
        return True
    own = sum(1 for row in box if date_in(row, order) or says_day(row))
    if own * 2 >= len(box):
        return True
    ways = (attribute_days(box, order), near(box, running), short_days(box, running, order), name_days(box))
    return any(sum(map(bool, days.values())) >= _MOST * len(box) for days in ways)
