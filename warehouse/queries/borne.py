"""Which duties a body bears, by the words that texts name their bearers with (warehouse/bearers.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from warehouse.bearers import BodyNames, Fit, fit, printed_names
from warehouse.queries.lineage import family_of
from warehouse.queries.reading import Published, placeholders

_Meant = Mapping[str, Mapping[Fit, list[str]]]  # by body, the printed names that mean it in each way


def bodies(publication: Published, codes: Sequence[str]) -> dict[str, BodyNames]:
    """Names, place and level of these bodies, of those that the authority file has."""
    sql = f"""
        select code, coalesce(name_zh, name_en) as name, coalesce(name_en, '') as name_en,
            coalesce(short, '') as short, coalesce(jurisdiction, '') as place,
            coalesce(region, '') as region, coalesce(level, '') as level
        from body where code in ({placeholders(codes)})"""
    return {row["code"]: BodyNames(**row) for row in publication.rows(sql, codes)}


def borne_by(publication: Published, code: str, table: str) -> tuple[str, Sequence[object]]:
    """A condition on duties `y` with its values: the bearer, as printed, means the body or one of its family.

    The place of the document counts. `y` is `dated_duty` or `limit_duty`.
    """
    family = list(family_of(publication, code)) or [code]
    known = bodies(publication, family)
    rows = publication.rows(_BEARERS.format(table=table), _may_mean(known.values()))
    meant = _meant([str(row["who"]) for row in rows], known)
    return _by_join(meant, known) if table == "limit_duty" else _by_lists(meant, known)


def _may_mean(known: Iterable[BodyNames]) -> list[list[str]]:
    """What a bearer is called where no kind of bodies is meant: of the thousands of names that texts print
    only those with a word for places or kinds, and these, are held against the bodies.
    """
    names: set[str] = set()
    english: set[str] = set()
    for body in known:
        names |= printed_names(body)
        bare = body.name_en.lower().strip().removeprefix("the ")
        english |= {bare, f"the {bare}"}
    return [sorted(names), sorted(english)]


def _meant(printed: Sequence[str], known: Mapping[str, BodyNames]) -> _Meant:
    found: dict[str, dict[Fit, list[str]]] = {}
    for code, body in known.items():
        found[code] = {"name": [], "short": [], "group": [], "below": []}
        for words in printed:
            how = fit(words, body)
            if how:
                found[code][how].append(words)
    return found


def _by_lists(meant: _Meant, known: Mapping[str, BodyNames]) -> tuple[str, Sequence[object]]:
    """Each list of bearers held against the names: quickest where there are few duties."""
    parts: list[str] = ["false"]
    values: list[object] = []
    for code, called in meant.items():
        parts.append(
            "list_has_any(y.who, ?) or (starts_with(d.jurisdiction, ?) and list_has_any(y.who, ?))"
            " or (starts_with(?, d.jurisdiction) and (list_has_any(y.who, ?)"
            " or (d.jurisdiction <> ? and list_has_any(y.who, ?))))"
        )
        place = known[code].place or "-"
        values += [called["name"], place, called["short"], place, called["group"], place, called["below"]]
    anyhow = sorted({words for called in meant.values() for some in called.values() for words in some})
    first = "list_has_any(y.who, ?)"  # asks no document
    return f"{first} and ({' or '.join(parts)})", (anyhow, *values)


def _by_join(meant: _Meant, known: Mapping[str, BodyNames]) -> tuple[str, Sequence[object]]:
    """Bearers taken out of their lists once: of hundreds of thousands of limits half the time of lists."""
    rows = [
        (words, how, known[code].place or "-")
        for code, called in meant.items()
        for how, some in called.items()
        for words in some
    ]
    return _BORNE, tuple([row[at] for row in rows] for at in range(3))


_BEARERS = """
with printed as materialized (select distinct unnest(y.who) as who from {table} y)
select who from printed
where regexp_matches(who, '[各级省市县区州盟旗]|部门') or list_contains(?::varchar[], trim(who))
    or list_contains(?::varchar[], lower(trim(who)))
"""
# As bearers.in_reach: a full name means the body everywhere, a short one in its own place and below it, a
# kind of bodies those at or below the place of the document.
_BORNE = """y.rowid in (
    select n.place
    from (select unnest(?::varchar[]) as who, unnest(?::varchar[]) as how, unnest(?::varchar[]) as at_place) m
    join (select x.rowid as place, x.document_no, unnest(x.who) as who from limit_duty x) n on n.who = m.who
    join document p on p.document_no = n.document_no
    where m.how = 'name'
        or (m.how = 'short' and starts_with(p.jurisdiction, m.at_place))
        or (m.how = 'group' and starts_with(m.at_place, p.jurisdiction))
        or (m.how = 'below' and starts_with(m.at_place, p.jurisdiction) and p.jurisdiction <> m.at_place)
)"""
