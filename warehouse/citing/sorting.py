"""The order of an author-date list: Chinese by pinyin, others by their alphabet, languages one after another.

Pinyin comes from the Chinese collation of ICU, which DuckDB carries with it: no network and no table of ours.
It knows one reading a character, so 重庆 stands under zhong or chong as ICU has it, never by the word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

import duckdb

from warehouse.citing.entry import name_in_text
from warehouse.citing.names import creators
from warehouse.citing.parts import title_of, year_of
from warehouse.citing.style import Style
from warehouse.exchange.reference_record import ReferenceRecord

# GB/T 7714 lists languages in this order; APA has one alphabet, and what is not in it comes behind.
_GB_ORDER = ("HAN", "HIRAGANA", "KATAKANA", "LATIN", "CYRILLIC")
_APA_ORDER = ("LATIN", "CYRILLIC", "HIRAGANA", "KATAKANA", "HAN")
_NO_DAY = date.min  # undated works stand first among those of a name
_KEYS = "select list_transform(?::varchar[], text -> icu_sort_key(text, 'zh'))"


def list_order(records: Sequence[ReferenceRecord], style: Style) -> list[int]:
    """Positions of the records in the order of the list: name, year, day, title."""
    names = [_sorted_by(record, style) for record in records]
    titles = [title_of(record) for record in records]
    keys = sort_keys([*names, *titles])
    order = _APA_ORDER if style.family == "apa" else _GB_ORDER

    def place(at: int) -> tuple[int, str, int, date, str]:
        record = records[at]
        script = order.index(_script(names[at])) if _script(names[at]) in order else len(order)
        day = record.issued or _NO_DAY
        return script, keys[at], year_of(record) or 0, day, keys[len(records) + at]

    return sorted(range(len(records)), key=place)


def sort_keys(texts: Sequence[str]) -> list[str]:
    """A key a text; keys in the order of their code points are texts in the order of pinyin."""
    if not texts:
        return []
    with duckdb.connect() as connection:
        row = connection.execute(_KEYS, [list(texts)]).fetchone()
    return [str(key) for key in row[0]] if row else []


def _sorted_by(record: ReferenceRecord, style: Style) -> str:
    named = creators(record) if name_in_text(record, style) != title_of(record) else ()
    return ", ".join(named) or name_in_text(record, style)


def _script(text: str) -> str:
    """The script of the first letter, by the first word of its Unicode name."""
    first = next((char for char in text if char.isalpha()), "a")
    word = unicodedata.name(first, "LATIN").split()[0]
    return "HAN" if word == "CJK" else word
