"""Series of document numbers and their gaps, as a publication has them, with what people said since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from warehouse.desk.number_marks import NumberMark
from warehouse.number_states import GAP_STATES
from warehouse.publication import Publication
from warehouse.records import ParsedNumber

_KINDS = ("公告", "通告", "公报", "令")  # words whose numbers are written with 第
_SERIES = (
    "s.series_id, s.word, s.year, s.place, s.department_code, body.name_zh as department_name, s.held, "
    "s.copies, s.lowest, s.highest, s.first_day, s.last_day, s.missing, s.coverage, s.coverage_since_first, "
    "s.outliers, s.marks, s.sources, s.source_counts"
)
_FROM = "from series s left join body on body.code = s.department_code"
_CHOSEN = """
    where ($organ is null or s.word = $organ or s.department_code = $organ or body.name_zh = $organ)
        and ($year is null or s.year = $year)
        and ($source is null or list_contains(s.sources, $source))
"""


def series_list(
    publication: Publication,
    *,
    organ: str | None = None,
    year: int | None = None,
    source: str | None = None,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """The series, those with the most numbers held first; `organ` is a number word, a code or a full name."""
    found = _rows(
        publication,
        f"select {_SERIES} {_FROM} {_CHOSEN} order by s.held desc, s.word, s.year desc limit $limit",
        {"organ": organ, "year": year, "source": source, "limit": limit},
    )
    for row in found:
        row["held_by"] = dict(zip(row.pop("sources"), row.pop("source_counts"), strict=True))
    return found


def series_totals(publication: Publication, by: str) -> list[dict[str, Any]]:
    """Series, numbers held, highest numbers together and coverage, per organ, year or source.

    A source is held against all of a series that it holds a part of.
    """
    key = {
        "organ": "coalesce(body.name_zh, s.word)",
        "year": "coalesce(s.year::varchar, '')",
        "source": "unnest(s.sources)",
    }[by]
    held = "unnest(s.source_counts)" if by == "source" else "s.held"
    return _rows(
        publication,
        f"""
        select key, count(*) as series, sum(held)::bigint as held, sum(highest)::bigint as highest,
            round(sum(held) / sum(highest), 4) as coverage
        from (select {key} as key, {held} as held, s.highest {_FROM})
        group by key order by held desc, key
        """,
        {},
    )


def series_gaps(
    publication: Publication,
    marks: Sequence[NumberMark] = (),
    *,
    organ: str | None = None,
    year: int | None = None,
    source: str | None = None,
    state: str | None = None,
    limit: int = 1000,
) -> list[dict[str, Any]]:
    """Runs of missing numbers in the order of series; `marks` are laid over what was published."""
    said = {one.number: one for one in marks}
    found = _rows(
        publication,
        f"""
        select
            g.series_id, s.word, s.year, s.place, s.department_code, body.name_zh as department_name,
            g.first_serial, g.last_serial, g.missing, g.place_in_series, g.state, g.before_serial,
            g.before_day, g.after_serial, g.after_day, g.cited_by, g.listed_at, g.said_by,
            '' as note, s.coverage, s.marks
        {_FROM} join series_gap g on g.series_id = s.series_id
        {_CHOSEN} and ($state is null or g.state = $state or s.word in (select unnest($words)))
        order by s.held desc, s.word, s.year desc, g.first_serial
        """
        + ("limit $limit" if not said else ""),
        {
            "organ": organ, "year": year, "source": source, "state": state,
            "words": sorted({_word(number) for number in said}) or [""],
        }
        | ({"limit": limit} if not said else {}),
    )  # fmt: skip
    rows = (piece for row in found for piece in _split(row, said))
    kept = [row for row in rows if state is None or row["state"] == state][:limit]
    for row in kept:
        row["numbers"] = [number_of(row, at) for at in range(row["first_serial"], row["last_serial"] + 1)]
    return kept


def series_form(number: ParsedNumber) -> str:
    """A number as series know it: 国令第706号 and 国务院令〔2020〕706号 as `number_of` writes them."""
    word = number.organ.removeprefix("中华人民共和国")
    if number.serial is None or not word.endswith(_KINDS) or word in _KINDS:
        return number.normal
    row = {"word": "国务院令" if word == "国令" else word, "year": number.year}
    return number_of(row, number.serial)


def standing(publication: Publication, number: ParsedNumber) -> str:
    """Where a number stands among what is published: `missing`, `held`, `outside` its series, or `no-series`.

    `outside` is a number beyond both ends of what its series holds, cites or lists.
    """
    form = series_form(number)
    borne = "select 1 from document where number_normal in ($form, $normal) limit 1"
    if _rows(publication, borne, {"form": form, "normal": number.normal}):
        return "held"
    found = _rows(publication, _STANDING, {"word": _word(form), "year": number.year, "serial": number.serial})
    if not found:
        return "no-series"
    if any(row["is_missing"] for row in found):
        return "missing"
    return "held" if any(row["is_inside"] for row in found) else "outside"


_STANDING = """
select
    exists (
        from series_gap g
        where g.series_id = s.series_id and $serial between g.first_serial and g.last_serial
    ) as is_missing,
    coalesce($serial between s.lowest and s.highest, false) as is_inside
from series s
where s.word = $word and s.year is not distinct from $year
"""


def number_of(row: dict[str, Any], serial: int) -> str:
    """The number with that serial in the row's series, in its normal form."""
    word, year = row["word"], row["year"]
    if word.isascii():
        return f"{word} {serial} of {year}" if year else f"{word} {serial}"
    if year is None:
        return f"{word}第{serial}号"
    return f"{word}{year}年第{serial}号" if word.endswith(_KINDS) else f"{word}〔{year}〕{serial}号"


def _split(row: dict[str, Any], said: dict[str, NumberMark]) -> Iterator[dict[str, Any]]:
    """The run, cut where a person said something of a number."""
    if not said or _word(number_of(row, row["first_serial"])) not in {_word(number) for number in said}:
        yield row
        return
    start, last = row["first_serial"], row["last_serial"]
    for serial in range(start, last + 1):
        mark = said.get(number_of(row, serial))
        if mark is None:
            continue
        if serial > start:
            yield row | _run(start, serial - 1)
        yield row | _run(serial, serial) | {"state": mark.state, "said_by": "desk", "note": mark.note}
        start = serial + 1
    if start <= last:
        yield row | _run(start, last)


def _run(first: int, last: int) -> dict[str, int]:
    return {"first_serial": first, "last_serial": last, "missing": last - first + 1}


def _word(number: str) -> str:
    """What stands before year and serial."""
    for sign in ("〔", "第"):
        if sign in number:
            head = number.split(sign)[0]
            return head[:-5] if head.endswith("年") and head[-5:-1].isdigit() else head
    return number.rstrip("0123456789 ").removesuffix(" of").rstrip("0123456789 ")


def _rows(publication: Publication, sql: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
    cursor = publication.cursor()
    try:
        used = {name: value for name, value in parameters.items() if f"${name}" in sql}
        answer = cursor.execute(sql, used)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    finally:
        cursor.close()


def gap_states(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many numbers are missing in each state."""
    counted = dict.fromkeys(GAP_STATES, 0)
    for row in rows:
        counted[row["state"]] += row["missing"]
    return counted
