"""What waits for a person's word: labels with the signs of their doubt, and mined sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from warehouse.publication import Publication

Field = Literal["department", "topic"]
SURE = 0.9  # bodies with this score or more are asked about only where rule and model disagree
_NAMES = {"department": "department_name", "topic": "topic_path"}


@dataclass(frozen=True, slots=True)
class OpenLabel:
    """A document whose class nobody has said, and what makes it doubtful."""

    document_id: str
    code: str | None
    name: str | None
    score: float | None
    margin: float  # how far the next class is behind; 0 without a class
    examples: int  # documents of the class that a site or a person has said
    rule: str | None  # the class that rules gave first, where a model gave another one
    cited: int  # times that held documents refer to it: it is shown much


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A mined sentence, or a duty with a day to come."""

    document_id: str
    fact_id: str
    kind: str  # problem | measure | duty
    sentence: str
    paragraph: int
    confidence: float | None  # of problems and measures, 0 to 1
    due: date | None


def open_labels(publication: Publication, field: Field) -> list[OpenLabel]:
    """Shown documents whose class of this field is ours, reprints left out, by document."""
    sql = _LABELS.format(field=field, name=_NAMES[field])
    least = f"and (coalesce(lead.score, 0) < {SURE} or parted.rule is not null)"
    rows = publication.rows(sql.replace("/*least*/", least if field == "department" else ""))
    return [
        OpenLabel(
            row["document_id"], row["code"], row["name"], row["score"], row["margin"], row["examples"],
            row["rule"], row["cited"],
        )
        for row in rows
    ]  # fmt: skip


def open_facts(publication: Publication, today: date) -> list[OpenFact]:
    """Sentences told as problem or measure, and duties whose day is to come, of shown documents."""
    return [
        OpenFact(
            row["document_id"], row["fact_id"], row["kind"], row["sentence"], row["paragraph"],
            row["confidence"], row["due"],
        )
        for row in publication.rows(_FACTS, [today])
    ]  # fmt: skip


def label_rows(publication: Publication, document_ids: Sequence[str]) -> list[dict[str, Any]]:
    """These documents with every value that people correct, in the order given."""
    rows = publication.rows(_ROWS, [list(document_ids)])
    place = {document_id: number for number, document_id in enumerate(document_ids)}
    return sorted(rows, key=lambda row: place[row["document_id"]])


def likely_classes(
    publication: Publication, field: Field, document_ids: Sequence[str], most: int = 4
) -> dict[str, list[dict[str, Any]]]:
    """The classes that stand beside each document, likeliest first, the leading one among them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in publication.rows(_LIKELY, [field, list(document_ids), most]):
        found.setdefault(row["document_id"], []).append({"code": row["code"], "name": row["name"]})
    return found


_LABELS = """
with lead as (
    select document_id, document_no, {field}_code as code, {name} as name, {field}_score as score
    from document
    where status = 'active' and reprint_of is null
        and coalesce({field}_basis, 'model') not in ('published', 'librarian')
),
second as (
    select label.document_no, max(label.score) as score
    from label join lead on lead.document_no = label.document_no
    where label.field = '{field}' and label.code <> coalesce(lead.code, '')
        and label.scheme = coalesce(
            (select min(own.scheme) from label as own
             where own.document_no = label.document_no and own.field = '{field}' and own.code = lead.code),
            label.scheme)
    group by label.document_no
),
parted as (
    select document_no, arg_min(code, rank) filter (where basis = 'rule') as rule,
           arg_min(code, rank) filter (where basis = 'model') as model
    from label where field = '{field}' group by document_no, scheme
    having split_part(rule, '-', 1) <> split_part(model, '-', 1)
),
said as (
    select {field}_code as code, count(*) as documents from document
    where {field}_basis in ('published', 'librarian') group by all
),
cited as (
    select target_document_id as document_id, count(*) as times from citation
    where target_document_id is not null group by all
)
select lead.document_id, lead.code, lead.name, lead.score,
       greatest(coalesce(lead.score, 0) - coalesce(second.score, 0), 0)::double as margin,
       coalesce(said.documents, 0) as examples, any_value(parted.rule) as rule,
       coalesce(cited.times, 0) as cited
from lead
left join second using (document_no) left join parted using (document_no)
left join said on said.code = lead.code left join cited on cited.document_id = lead.document_id
where true /*least*/
group by all order by lead.document_id
"""
_FACTS = """
with found as (
    select document_id, fact_id, kind, sentence, paragraph, try_cast(value as double) as confidence,
           null::date as due
    from fact where kind in ('problem', 'measure')
    union all
    select document_id, fact_id, 'duty', sentence, paragraph, null, due
    from duty where due >= ? and strength = 'deadline'
)
select distinct on (found.document_id, fact_id) found.*
from found join document on document.document_id = found.document_id
where status = 'active' and reprint_of is null
order by found.document_id, fact_id, kind
"""
_ROWS = """
select document_id, title, status, language, issuer, doc_number, doc_type, published, written, excerpt,
       department_code, department_name, department_basis, department_score,
       topic_code, topic_path, topic_basis, topic_score
from document where list_contains(?, document_id)
"""
_LIKELY = """
select document_id, code, name
from (
    select document_id, code, name, min(rank) as rank,
           row_number() over (partition by document_id order by min(rank), code) as place
    from label where field = ? and list_contains(?, document_id) group by document_id, code, name
)
where place <= ? order by document_id, place
"""
