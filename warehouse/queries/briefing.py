"""What a briefing asks about one subject: what is new, changed, ended, due, done elsewhere, and by whom.

A subject is a theme, a topic class (a first-level class with all below it) or an issuing body. Documents
that were withdrawn count only among what ended. Every list has the same order at every call and at most
`MOST` rows.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from warehouse.errors import UserError
from warehouse.queries.by_name import documents_by_name, soonest_first
from warehouse.queries.classes import ABOUT, GIVEN_CLASS
from warehouse.queries.issuers import ISSUED_BY
from warehouse.queries.reading import Published, Row, placeholders, within
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.search.text import fold

MOST = 500
_PROOF_LENGTH = 160
_SENTENCE_ENDS = re.compile(r"(?<=[。！？；!?;])|(?<=\.)\s")

_SUBJECTS = {
    "theme": "d.document_id in (select m.document_id from theme_member m where m.theme_id = ?)",
    "topic": ABOUT,
    "department": ISSUED_BY,
}
_REASONS = {
    "theme": "(select min(m.reason) from theme_member m"
    " where m.document_id = d.document_id and m.theme_id = ?)",
    "topic": "'topic:' || ?",
    "department": "'department:' || ?",
}
_ITEM = """
select d.document_id, d.title, d.url, d.source_id, d.issuer, d.department_code, d.department_name,
    d.doc_number, d.published, d.region, d.level, d.status, d.validity, d.sample,
    {reason} as reason,
    greatest(
        1, (select count(distinct c.source_id) from document c where c.duplicate_group = d.duplicate_group)
    ) as copies
"""
_EVIDENCE = """
select l.document_id, l.field || ':' || l.code as reason, l.evidence from label l
where l.field = ? and l.document_id in ({ids}) order by l.rank desc
"""
_NEWEST_FIRST = "order by d.published desc nulls last, d.first_seen_at desc, d.document_id limit ?"

_CHANGED = """
join (
    select v.document_id, max(v.at) as at
    from event v where v.kind = 'changed' and v.at >= ?
    group by v.document_id
) e on e.document_id = d.document_id
"""
_ENDED = """
with withdrawn as (
    select v.document_id, max(v.at) as at, 'withdrawn' as reason from event v
    where v.kind = 'withdrawn' and v.at >= ? group by v.document_id
),
repealed as (
    select d.document_id, max(e.at) as at, any_value(d.validity) as reason
    from document d join event e on e.document_id = d.validity_by and e.kind = 'new'
    join document b on b.document_id = d.validity_by
    where d.validity in ('repealed', 'amended') and (b.published >= ? or (b.published is null and e.at >= ?))
    group by d.document_id
),
expired as (
    select d.document_id, null::timestamptz as at, 'expired' as reason
    from document d join fact f on f.document_id = d.document_id and f.kind = 'expiry'
    where d.validity = 'expired' and try_cast(f.value as date) >= ? group by d.document_id
),
ended as (
    select a.document_id, arg_max(a.reason, a.reason = 'withdrawn') as reason, max(a.at) as at
    from (select * from withdrawn union all select * from repealed union all select * from expired) a
    group by a.document_id
)
"""
_DUE = """
select fact_id, sentence, paragraph, start_at, end_at, who, what, due, due_printed, document_id
from duty where due between ? and ?
"""
_TO_FOLLOW = "d.status <> 'withdrawn' and coalesce(d.validity, 'unknown') not in ('repealed', 'expired')"
_FOLLOW_UPS = """
with best as (
    select f.document_id, arg_max(f.parent_document_id, f.confidence) as parent_id,
        arg_max(f.relation, f.confidence) as relation, arg_max(f.lag_days, f.confidence) as lag_days,
        max(f.confidence) as confidence
    from follow_up f group by f.document_id
)
{item}, b.parent_id, p.title as parent_title, b.relation, b.lag_days, b.confidence
from best b
join document d on d.document_id = b.document_id
join document p on p.document_id = b.parent_id
where {subject} and d.status <> 'withdrawn' and d.published >= ?
order by d.published desc, b.confidence desc, d.document_id limit ?
"""
_ACTORS = """
select d.department_code as code, coalesce(any_value(b.name_zh), d.department_name) as name,
    coalesce(any_value(b.region), any_value(d.region)) as region,
    coalesce(any_value(b.level), any_value(d.level)) as level,
    count(*) as documents, max(d.published) as latest
from document d left join body b on b.code = d.department_code
where {subject} and d.status <> 'withdrawn' and d.published >= ? and d.department_name is not null
group by d.department_code, d.department_name
order by documents desc, latest desc, name limit 50
"""
_WEEKS = """
select cast(date_trunc('week', d.published) as date) as week, count(*) as documents
from document d where {subject} and d.status <> 'withdrawn' and d.published between ? and ?
group by 1 order by 1
"""
_COVERAGE = """
with latest as (
    select h.source_id, arg_max(h.verdict, h.at) as verdict from source_health h group by h.source_id
),
visited as (
    select coalesce(s.name_zh, s.name_en, s.source_id) as name,
        case when l.verdict is null
            then s.source_id in (select d.source_id from document d)  -- imported, never visited
            else l.verdict in ('ok', 'quiet')
        end as ok
    from source s left join latest l using (source_id)
    where s.enabled or s.source_id in (select d.source_id from document d where d.status <> 'withdrawn')
)
select count(*) as sources, count(*) filter (ok) as sources_ok,
    coalesce(list(name order by name) filter (not ok), []) as silent,
    (select count(*) from document where status <> 'withdrawn') as documents,
    (select max(data_until) from publication) as data_until
from visited
"""


def count_members(publication: Published, kind: str, key: str) -> int:
    """All documents of the subject."""
    sql = f"select count(*) as n from document d where {_subject(kind)} and d.status <> 'withdrawn'"
    return int(publication.rows(sql, [key])[0]["n"])


def count_new(publication: Published, kind: str, key: str, since: date, today: date) -> int:
    """How many documents `new_documents` would list without a limit."""
    sql = f"select count(*) as n from document d where {_new(kind)}"
    return int(publication.rows(sql, [key, since])[0]["n"])


def new_documents(
    publication: Published, kind: str, key: str, since: date, today: date, *, limit: int = 50
) -> list[Row]:
    """Documents of the subject published on or after `since`, newest first, each with reason and evidence."""
    sql = f"select d.document_id from document d where {_new(kind)} {_NEWEST_FIRST}"
    found = publication.rows(sql, [key, since, within(limit, MOST)])
    return _proven(publication, kind, _items(publication, kind, key, found))


def changed_documents(
    publication: Published,
    kind: str,
    key: str,
    since: date,
    *,
    limit: int = 50,
    timezone: str = "Asia/Shanghai",
) -> list[Row]:
    """Documents whose text or published fields the site changed since; `at` says when we saw it."""
    sql = (
        f"select d.document_id, e.at from document d {_CHANGED} where {_subject(kind)}"
        " and d.status <> 'withdrawn' order by e.at desc, d.document_id limit ?"
    )
    found = publication.rows(sql, [_start(since, timezone), key, within(limit, MOST)])
    return _items(publication, kind, key, found)


def ended_documents(
    publication: Published,
    kind: str,
    key: str,
    since: date,
    *,
    limit: int = 50,
    timezone: str = "Asia/Shanghai",
) -> list[Row]:
    """Documents withdrawn, repealed, amended or expired since, each with the sentence that says so."""
    start = _start(since, timezone)
    sql = (
        f"{_ENDED} select d.document_id, e.reason, e.at, d.validity_basis, d.validity_by from document d"
        f" join ended e on e.document_id = d.document_id where {_subject(kind)}"
        " order by e.at desc nulls last, d.document_id limit ?"
    )
    found = publication.rows(sql, [start, since, start, since, key, within(limit, MOST)])
    return _items(publication, kind, key, found)


def due(
    publication: Published, kind: str, key: str, first: date, last: date, *, limit: int = 50
) -> list[Row]:
    """Duties of documents still to be followed that fall due in the period, soonest first."""
    duties = publication.rows(_DUE, [first, last])
    names = [row["document_id"] for row in duties]
    fits = documents_by_name(publication, "d.published", names, f"{_subject(kind)} and {_TO_FOLLOW}", [key])
    found = [{**one, **fits[one["document_id"]]} for one in duties if one["document_id"] in fits]
    listed = sorted(found, key=soonest_first)[: within(limit, MOST)]
    return _items(publication, kind, key, listed)


def elsewhere(
    publication: Published, kind: str, key: str, since: date, home_region: str, *, limit: int = 50
) -> list[Row]:
    """The subject's documents of other regions and levels published since, newest first."""
    sql = f"select d.document_id from document d where {_new(kind)} and d.region <> ? {_NEWEST_FIRST}"
    found = publication.rows(sql, [key, since, home_region, within(limit, MOST)])
    return _proven(publication, kind, _items(publication, kind, key, found))


def follow_ups(publication: Published, kind: str, key: str, since: date, *, limit: int = 50) -> list[Row]:
    """Documents published since that seem to follow one at a level above, newest first; candidates."""
    sql = _FOLLOW_UPS.format(item=_item(kind, "'follows'"), subject=_subject(kind))
    return publication.rows(sql, [key, since, within(limit, MOST)])


def actors(publication: Published, kind: str, key: str, since: date, today: date) -> list[Row]:
    """Issuing bodies of what is new, most documents first."""
    return publication.rows(_ACTORS.format(subject=_subject(kind)), [key, since])


def weeks(publication: Published, kind: str, key: str, first: date, last: date) -> list[Row]:
    """Documents by the week they were published in (its Monday); weeks without any are left out."""
    return publication.rows(_WEEKS.format(subject=_subject(kind)), [key, first, last])


def coverage(publication: Published) -> Row:
    """Enabled sources, those whose last visit went well, names of the others, documents, and until when."""
    return publication.rows(_COVERAGE)[0]


def _subject(kind: str) -> str:
    if kind not in _SUBJECTS:
        raise UserError(f"A briefing is about a {', '.join(_SUBJECTS)}, not about a '{kind}'.")
    return _SUBJECTS[kind]


def _new(kind: str) -> str:
    return f"{_subject(kind)} and d.status <> 'withdrawn' and d.published >= ? and {TOLD_ONCE}"


def _items(publication: Published, kind: str, key: str, found: list[Row]) -> list[Row]:
    """The found rows with what a briefing shows of their documents; looked up for these documents alone."""
    ids = list(dict.fromkeys(str(row["document_id"]) for row in found))
    sql = f"{_item(kind)} from document d where d.document_id in ({placeholders(ids)})"
    shown = {row["document_id"]: row for row in publication.rows(sql, [key, *ids])} if ids else {}
    for document_id, code in _classes_below(publication, kind, key, ids).items():
        shown[document_id]["reason"] = f"topic:{code}"
    return [{**shown[row["document_id"]], **row} for row in found]


def _classes_below(publication: Published, kind: str, key: str, ids: list[str]) -> dict[str, str]:
    """Of documents about a topic the foremost class that is this one or stands below it."""
    if kind != "topic" or not ids:
        return {}
    sql = (
        f"select document_id, min_by(code, rank) as code from ({GIVEN_CLASS}) g"
        f" where document_id in ({placeholders(ids)}) and ? in (code, first_code) group by document_id"
    )
    return {row["document_id"]: row["code"] for row in publication.rows(sql, [*ids, key])}


def _item(kind: str, reason: str | None = None) -> str:
    return _ITEM.format(reason=reason or _REASONS[kind])


def _start(since: date, timezone: str) -> datetime:
    return datetime.combine(since, time.min, ZoneInfo(timezone))


def _proven(publication: Published, kind: str, rows: list[Row]) -> list[Row]:
    """The rows with the evidence of the label that is their reason, else of the leading one; a term's is the
    sentence it stands in.
    """
    ids = [str(row["document_id"]) for row in rows]
    field = "department" if kind == "department" else "topic"
    lead: dict[str, Any] = {}
    own: dict[tuple[str, str], Any] = {}
    for label in publication.rows(_EVIDENCE.format(ids=placeholders(ids)), [field, *ids]):
        own[label["document_id"], label["reason"]] = lead[label["document_id"]] = label["evidence"]
    return [
        _with_sentence(publication, row)
        if str(row["reason"]).startswith("term:")
        else {**row, "evidence": own.get((row["document_id"], row["reason"]), lead.get(row["document_id"]))}
        for row in rows
    ]


def _with_sentence(publication: Published, row: Row) -> Row:
    term = fold(str(row["reason"]).removeprefix("term:"))
    if term in fold(row["title"]):
        return {**row, "evidence": [{"where": "title", "text": row["title"]}]}
    for number, paragraph in enumerate(publication.body(row["document_id"])):
        for sentence in _SENTENCE_ENDS.split(paragraph):
            if term in fold(sentence):
                return {**row, "evidence": [_sentence(sentence.strip(), term, number)]}
    return {**row, "evidence": []}


def _sentence(sentence: str, term: str, paragraph: int) -> dict[str, Any]:
    at = max(0, fold(sentence).find(term) - _PROOF_LENGTH // 2)
    return {"where": "paragraph", "text": sentence[at : at + _PROOF_LENGTH], "paragraph": paragraph}
