"""What a publication holds, by theme, topic, department and source: the indexes that pages open with."""

from __future__ import annotations

from datetime import date
from typing import Any

from warehouse.publication import Publication
from warehouse.queries.reading import placeholders
from warehouse.queries.reprints import TOLD_ONCE


def overview(publication: Publication) -> dict[str, Any]:
    """Documents, sources and the instant the data reaches to."""
    rows = publication.rows(_OVERVIEW)
    return rows[0]


def themes(publication: Publication, published_from: date) -> list[dict[str, Any]]:
    """All themes with members, and members published since a date; themes without members too."""
    return publication.rows(_THEMES, [published_from])


def themes_of(publication: Publication, document_ids: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    """The themes each of the documents belongs to, with the reason of membership."""
    found: dict[str, list[dict[str, Any]]] = {}
    sql = _THEMES_OF.format(ids=placeholders(document_ids))
    for row in publication.rows(sql, document_ids):
        found.setdefault(row["document_id"], []).append(row)
    return found


def topics(publication: Publication) -> list[dict[str, Any]]:
    """Topic classes that hold documents, first-level classes with all below them."""
    return publication.rows(_TOPICS)


def departments(publication: Publication) -> list[dict[str, Any]]:
    """Issuing bodies that hold documents, most documents first."""
    return publication.rows(_DEPARTMENTS)


def sources(publication: Publication) -> list[dict[str, Any]]:
    """Sources with their documents, last verdict and last success."""
    return publication.rows(_SOURCES)


def topic_names(publication: Publication) -> dict[str, tuple[str, str]]:
    """Topic code to its Chinese and English name."""
    return {row["code"]: (row["name_zh"], row["name_en"]) for row in publication.rows(_TOPIC_NAMES)}


def body_names(publication: Publication) -> dict[str, tuple[str, str]]:
    """Authority code to the body's Chinese and English name."""
    return {row["code"]: (row["name_zh"], row["name_en"]) for row in publication.rows(_BODY_NAMES)}


def body_choices(publication: Publication) -> list[dict[str, Any]]:
    """Bodies a person may choose when correcting an issuer, those that hold documents first."""
    return publication.rows(_BODY_CHOICES)


def kind_choices(publication: Publication) -> list[str]:
    """The kinds of document that the library holds, the most frequent first."""
    return [row["doc_type"] for row in publication.rows(_KIND_CHOICES)]


def topic_choices(publication: Publication) -> list[dict[str, Any]]:
    """Topic classes a person may choose, in the order of the scheme."""
    return publication.rows(_TOPIC_CHOICES)


_OVERVIEW = """
select (select count(*) from document where status <> 'withdrawn') as documents,
       (select count(distinct source_id) from document where status <> 'withdrawn') as sources_held,
       (select count(*) from (select source_id from source where enabled union
           select source_id from document where status <> 'withdrawn')) as sources_counted,
       (select data_until from publication) as data_until,
       (select max(published) from document) as latest
"""
_THEMES = f"""
with held as (  -- documents of the same themes are counted together first: such sets are few
    select d.theme_ids, count(*) as documents,
        count(*) filter (d.published >= ? and {TOLD_ONCE}) as recent
    from document d where d.status <> 'withdrawn' and d.theme_ids is not null
    group by d.theme_ids
),
each as (
    select theme_id, sum(documents) as documents, sum(recent) as recent
    from (select unnest(string_split(trim(theme_ids, ','), ',')) as theme_id, documents, recent from held)
    group by theme_id
)
select t.theme_id, t.name_zh, t.name_en, t.note, coalesce(e.documents, 0)::bigint as documents,
       coalesce(e.recent, 0)::bigint as recent
from theme t left join each e using (theme_id)
order by recent desc, documents desc, t.theme_id
"""
_THEMES_OF = """
select m.document_id, m.theme_id, any_value(t.name_zh) as name_zh, any_value(t.name_en) as name_en,
       min(m.reason) as reason
from theme_member m join theme t on t.theme_id = m.theme_id
where m.document_id in ({ids})
group by m.document_id, m.theme_id
order by m.document_id, m.theme_id
"""
_TOPICS = """
with counted as (
    select code, count(*) as documents
    from (select unnest(topic_codes) as code from document where status <> 'withdrawn') group by code
)
select c.code, any_value(t.name_zh) as name_zh, any_value(t.name_en) as name_en,
       any_value(t.level) as level, any_value(t.parent) as parent, any_value(c.documents) as documents
from counted c join topic_class t on t.code = c.code
group by c.code
order by c.code
"""
_DEPARTMENTS = """
with counted as (
    select code, count(*) as documents, max(published) as latest
    from (select unnest(issuer_codes) as code, published from document where status <> 'withdrawn')
    group by code
),
printed as (  -- bodies that are known only as documents print them
    select code, any_value(name) as name from label
    where field = 'department' and code not in (select code from body) group by code
)
select c.code, any_value(coalesce(b.name_zh, p.name)) as name_zh,
       any_value(coalesce(b.name_en, p.name)) as name_en, any_value(b.level) as level,
       any_value(b.region) as region, any_value(c.documents) as documents, any_value(c.latest) as latest
from counted c left join body b on b.code = c.code left join printed p on p.code = c.code
group by c.code
order by documents desc, c.code
"""
_SOURCES = """
with held as (
    select source_id, count(*) as documents, max(published) as latest from document
    where status <> 'withdrawn' group by source_id
),
last_health as (
    select h.source_id, max_by(h.verdict, h.at) as verdict, max_by(h.detail, h.at) as detail,
           max(h.at) as last_run, max(h.at) filter (h.verdict in ('ok', 'quiet')) as last_success
    from source_health h group by h.source_id
)
select s.source_id, s.name_zh, s.name_en, s.region, s.level, s.language, s.home_url, s.reuse, s.sample,
       s.enabled, s.disabled_reason, coalesce(h.documents, 0) as documents, h.latest, l.verdict,
       l.detail, l.last_run, l.last_success
from source s
left join held h on h.source_id = s.source_id
left join last_health l on l.source_id = s.source_id
where s.enabled or h.documents > 0
order by documents desc, s.source_id
"""
_TOPIC_NAMES = """
with known as (
    select code, any_value(parent) as parent, any_value(name_zh) as name_zh,
           any_value(name_en) as name_en
    from topic_class group by code
),
counted as (
    select code, parent, name_zh, name_en, count(*) over (partition by name_zh) > 1 as shared from known
)
select c.code,  -- a name that several classes bear (其他) is told by the class above it
       case when c.shared
       and p.code is not null then p.name_zh || ' / ' || c.name_zh else c.name_zh end as name_zh,
       case when c.shared
       and p.code is not null then p.name_en || ' / ' || c.name_en else c.name_en end as name_en
from counted c left join known p on p.code = c.parent
"""
_BODY_NAMES = "select code, name_zh, name_en from body"
_BODY_CHOICES = """
with counted as (select department_code, count(*) as documents from document group by department_code)
select b.code, b.name_zh, b.name_en, coalesce(c.documents, 0) as documents
from body b left join counted c on c.department_code = b.code
order by documents desc, b.code
"""
_KIND_CHOICES = """
select doc_type from document where doc_type is not null
group by doc_type order by count(*) desc, doc_type
"""
_TOPIC_CHOICES = "select scheme, code, name_zh, name_en, level, path from topic_class order by scheme, code"
