"""Taking a purged document's words out of the evidence basket; the items stay, because drafts name them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

_BATCH = 500


def purge_basket(desk: sqlite3.Connection, documents: Sequence[str]) -> int:
    """Blank every item of these documents and the pins in its log, and mark it; how many items there were.

    Words, context, title and what people wrote about the passage go; number, theme and place stay, so that
    `[^e12]` in a draft still means the same item and says that its words were removed. A desk of former days
    (in a backup) has no basket: 0.
    """
    held = desk.execute("select 1 from sqlite_master where name = 'basket_item'").fetchone()
    if held is None:
        return 0
    changed = 0
    for at in range(0, len(documents), _BATCH):
        some = documents[at : at + _BATCH]
        marks = ", ".join("?" * len(some))
        desk.execute(_PINS.format(marks=marks), some)
        changed += desk.execute(_ITEMS.format(marks=marks), some).rowcount
    return changed


_ITEMS = """
update basket_item
set words = '', before = '', after = '', stands = '', title = '', issuer = null, number = null,
    issued_on = null, note = '', tags = '[]', sha256 = null, text_hash = null, settled = '{{}}',
    state = 'attention', concern = 'purged', said = ''
where pinned_document in ({marks})
"""
_PINS = """
update basket_pin
set old_pin = '', new_pin = '', said = ''
where item_id in (select item_id from basket_item where pinned_document in ({marks}))
"""
