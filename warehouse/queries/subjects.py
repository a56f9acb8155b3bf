"""Everything a briefing can be about, with all the names people call it by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from warehouse.queries.reading import Published, placeholders

SUBJECTS = """
    select 'theme' as kind, theme_id as key, name_zh, name_en, '' as other from theme
    union all
    select 'topic', code, name_zh, name_en, path from topic_class
    union all
    select 'department', code, name_zh, name_en, short from body
    union all  -- bodies that are known only as documents print them
    select 'department', l.code, any_value(l.name), '', '' from label l
    where l.field = 'department' and l.code not in (select code from body) group by l.code
    union all
    select 'region', region, region, region, '' from document where region is not null group by region
    order by kind, key
"""
THEME_COUNTS = "select theme_id, count(distinct document_id) as documents from theme_member group by theme_id"

CODE_NAMES = """
    select code, path as name from topic_class where code in ({codes})
    union all
    select code, coalesce(nullif(name_zh, ''), name_en) from body where code in ({codes})
"""


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """One theme, topic class, issuing body or region."""

    kind: Literal["theme", "topic", "department", "region"]
    key: str
    name_zh: str
    name_en: str
    other: str  # a topic's path, a body's short name


def subject_names(publication: Published) -> list[SubjectNames]:
    """All subjects of the publication."""
    return [
        SubjectNames(row["kind"], row["key"], row["name_zh"] or "", row["name_en"] or "", row["other"] or "")
        for row in publication.rows(SUBJECTS)
    ]


def theme_counts(publication: Published) -> dict[str, int]:
    """Documents of each theme that has any."""
    return {str(row["theme_id"]): int(row["documents"]) for row in publication.rows(THEME_COUNTS)}


def code_names(publication: Published, codes: Collection[str]) -> dict[str, str]:
    """What topic classes and bodies with these codes are called."""
    wanted = sorted(codes)
    sql = CODE_NAMES.format(codes=placeholders(wanted))
    return {str(row["code"]): str(row["name"]) for row in publication.rows(sql, [*wanted, *wanted])}
