"""What a briefing shows of each document it lists: fields, the reason it stands there, and the proof."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from warehouse.queries.by_name import rows_of
from warehouse.queries.classes import parents
from warehouse.queries.naming import sentences_naming
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.search.text import fold

_PROOF_LENGTH = 160
_ITEM = """
select d.document_id, d.title, d.url, d.source_id, d.issuer, d.department_code, d.department_name,
    d.doc_number, d.published, d.region, d.level, d.status, d.validity, d.sample, d.duplicate_group
from document d where d.document_id in ({ids})
"""
_COPIES = """
select duplicate_group, count(distinct source_id) as copies from document
where duplicate_group in ({groups}) group by duplicate_group
"""
_MEMBER = """
select document_id, min(reason) as reason from theme_member
where theme_id = ? and document_id in ({ids}) group by document_id
"""
_LABEL = "document_id, scheme, code, rank, given, evidence"


def proven_items(publication: Published, kind: str, key: str, found: list[Row]) -> list[Row]:
    """`items` with the reason and the evidence of the label that is the reason, else of the leading one; a
    term's is the sentence it stands in.
    """
    labels = _labels(publication, kind, _ids(found))
    reasons = _reasons(publication, kind, key, _ids(found), labels)
    proven: list[Row] = []
    for row in items(publication, found):
        reason = reasons.get(row["document_id"], f"{kind}:{key}")
        if reason.startswith("term:"):
            proven.append(_with_sentence(publication, {**row, "reason": reason}))
        else:
            evidence = _evidence(reason, labels.get(row["document_id"], []))
            proven.append({**row, "reason": reason, "evidence": evidence})
    return proven


def items(publication: Published, found: list[Row]) -> list[Row]:
    """The found rows with what a briefing shows of their documents; looked up for these documents alone."""
    ids = _ids(found)
    if not ids:
        return []
    shown = {row["document_id"]: row for row in publication.rows(_ITEM.format(ids=placeholders(ids)), ids)}
    groups = sorted({row["duplicate_group"] for row in shown.values() if row["duplicate_group"]})
    copies = _by(publication, _COPIES.format(groups=placeholders(groups)), groups) if groups else {}
    for row in shown.values():
        row["copies"] = copies.get(row.pop("duplicate_group"), 1)
    return [{**shown[row["document_id"]], **row} for row in found]


def _reasons(
    publication: Published, kind: str, key: str, ids: list[str], labels: dict[str, list[Row]]
) -> dict[str, str]:
    """About a topic: the foremost class that is this one or stands below it; of a theme: topic or term."""
    if kind == "theme" and ids:
        return _by(publication, _MEMBER.format(ids=placeholders(ids)), [key, *ids])
    if kind != "topic":
        return {}
    above = parents(publication)
    below = {
        document_id: next((one["code"] for one in given if key in (one["code"], _first(one, above))), key)
        for document_id, classes in labels.items()
        for given in [[one for one in classes if one["given"]]]
    }
    return {document_id: f"topic:{code}" for document_id, code in below.items()}


def _first(label: Row, above: dict[tuple[str, str], str]) -> str:
    """The first-level class of a label, as views/summary_codes.sql has it."""
    return above.get((label["scheme"], label["code"])) or str(label["code"]).split("-", 1)[0]


def _labels(publication: Published, kind: str, ids: list[str]) -> dict[str, list[Row]]:
    """The labels of each document in the subject's field, best first."""
    field = "department" if kind == "department" else "topic"
    of: dict[str, list[Row]] = defaultdict(list)
    labels = rows_of(publication, ids, "label", _LABEL, f"field = '{field}'")
    for row in sorted(labels, key=lambda row: row["rank"]):
        of[row["document_id"]].append(row)
    return of


def _evidence(reason: str, labels: list[Row]) -> Any:
    field = "department" if reason.startswith("department:") else "topic"
    own = [one["evidence"] for one in labels if f"{field}:{one['code']}" == reason]
    return own[0] if own else labels[0]["evidence"] if labels else None


def _by(publication: Published, sql: str, values: list[str]) -> dict[str, Any]:
    """The second column of each row by the first."""
    return dict(tuple(row.values()) for row in publication.rows(sql, values))


def _ids(found: list[Row]) -> list[str]:
    return list(dict.fromkeys(str(row["document_id"]) for row in found))


def _with_sentence(publication: Published, row: Row) -> Row:
    term = fold(str(row["reason"]).removeprefix("term:"))
    if term in fold(row["title"]):
        return {**row, "evidence": [{"where": "title", "text": row["title"]}]}
    one = next(sentences_naming(publication.body(row["document_id"]), term), None)
    return {**row, "evidence": [_sentence(one.text, term, one.paragraph)] if one else []}


def _sentence(sentence: str, term: str, paragraph: int) -> dict[str, Any]:
    at = max(0, fold(sentence).find(term) - _PROOF_LENGTH // 2)
    return {"where": "paragraph", "text": sentence[at : at + _PROOF_LENGTH], "paragraph": paragraph}
