"""Everything a briefing can be about, with all the names people call it by."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.queries.reading import Published

SUBJECTS = """
    select 'theme' as kind, theme_id as key, name_zh, name_en, '' as other from theme
    union all
    select 'topic', code, name_zh, name_en, path from topic_class
    union all
    select 'department', code, name_zh, name_en, short from body
    order by kind, key
"""
THEME_COUNTS = "select theme_id, count(distinct document_id) as documents from theme_member group by theme_id"


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """One theme, topic class or issuing body."""

    kind: str  # theme | topic | department
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
