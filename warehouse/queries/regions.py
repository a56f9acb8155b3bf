"""Regions of documents, and which documents concern a home region: its own, those inside, national."""

from __future__ import annotations

from collections.abc import Collection

from warehouse.queries.reading import Published, Row, placeholders

JURISDICTIONS = """
    select jurisdiction from body where region = ? and valid_to is null
    union
    select jurisdiction from source where region = ?
"""
AT_HOME = """
    select document_id from document d
    where d.document_id in ({ids})
        and (d.region = ? or d.region is null or {inside})
"""
REGIONS = """
with held as (
    select region, mode(level) as level, count(*) as documents, max(published) as latest
    from document where region is not null and status <> 'withdrawn' group by region
),
watched as (select region, count(*) as sources from source where enabled group by region)
select h.region, h.level, h.documents, h.latest, coalesce(w.sources, 0)::bigint as sources
from held h left join watched w using (region)
order by h.documents desc, h.region
"""


def regions(publication: Published) -> list[Row]:
    """Regions that hold documents, most first: level, documents, the latest day, enabled sources."""
    return publication.rows(REGIONS)


def at_home(publication: Published, ids: Collection[str], region: str) -> set[str]:
    """Those of the documents that belong to `region`, a place inside it, or the whole country it lies in.

    A region that nobody knows has everything at home, so that nothing is called foreign by mistake.
    """
    codes = sorted({str(row["jurisdiction"]) for row in publication.rows(JURISDICTIONS, [region, region])})
    if not codes:
        return set(ids)
    wanted = sorted(ids)
    inside = " or ".join("d.jurisdiction = ? or starts_with(d.jurisdiction, ?)" for _ in codes)
    country = " or ".join("(d.jurisdiction = ? and d.level = 'national')" for _ in codes)
    sql = AT_HOME.format(ids=placeholders(wanted), inside=f"{inside} or {country}")
    below = [value for code in codes for value in (code, f"{code}-" if "-" not in code else code)]
    rows = publication.rows(sql, [*wanted, region, *below, *(code.split("-")[0] for code in codes)])
    return {str(row["document_id"]) for row in rows}


def home_condition(publication: Published, region: str | None) -> tuple[str, tuple[str, ...]]:
    """As `at_home`, as a condition on a row `d` of document with its values; no document is looked up."""
    home = home_jurisdictions(publication, region)
    return (f"coalesce(d.jurisdiction in ({placeholders(home)}), true)", home) if home else ("true", ())


def home_jurisdictions(publication: Published, region: str | None) -> tuple[str, ...]:
    """Jurisdictions whose documents concern a home region: its own, those inside it, its country's.

    Empty for a region that nobody knows: it has everything at home.
    """
    asked = publication.rows(JURISDICTIONS, [region, region]) if region else []
    codes = {str(row["jurisdiction"]) for row in asked}
    if not codes:
        return ()
    every = publication.rows("select jurisdiction from body union select jurisdiction from source")
    inside = tuple(code if "-" in code else f"{code}-" for code in codes)
    own = {str(row["jurisdiction"]) for row in every if str(row["jurisdiction"]).startswith(inside)}
    return tuple(sorted(own | codes | {code.split("-")[0] for code in codes}))
