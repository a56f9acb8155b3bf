"""Which documents concern a home region: its own, those of places inside it, and national ones."""

from __future__ import annotations

from collections.abc import Collection

from warehouse.queries.reading import Published, placeholders

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
