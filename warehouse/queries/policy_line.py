"""One policy in the order of its days: draft, issue, interpretation, implementation, amendment, repeal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from warehouse.queries.by_name import document_no, documents_by_name, rows_of
from warehouse.queries.cascades import cascade
from warehouse.queries.reading import Published, Row
from warehouse.search.query import search

KINDS = (
    "former",
    "draft",
    "issue",
    "force",
    "interpretation",
    "implementation",
    "amendment",
    "repeal",
    "end",
)
_MOST = 60  # steps told
_HITS = 20
_CITING = 200  # citations that end, amend or explain it
_SHORTEST, _LONGEST = 4, 60  # characters of a subject that can be looked for
_DRAFT = re.compile(r"征求.*意见|征集.*意见|意见稿|草案|公开听证|\b(?:draft|consultation)\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"解读|解答|问答|答记者问|图解|一图|起草说明|新闻发布会|(?i:explain|explanatory|guide|questions)"
)
_PRINTED = re.compile(r"印发[^《]{0,30}《(?P<work>[^》]+)》|印发(?P<bare>.+?)的(?:通知|函)$")
_ABOUT = re.compile(
    r"关于(?P<about>.+?)(?:的(?:通知|意见|决定|公告|通告|批复|函|指导意见|实施意见|若干措施|办法))?$"
)
_BEHIND = re.compile(r"[（(][^（）()]*[）)]$|[的]$")
_PLACE = re.compile(r"^[^《》“”]{2,12}?(?:省|市|自治州|自治区|县|区|部|厅|局|委员会)(?=.{6})")
_BEGUN = re.compile(
    r"^(?:印发|进一步|全面|深入|切实|认真|做好|贯彻落实|落实|加强|推进|推行|加快|建立|实施|开展|健全|规范)+"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a policy's life, on the day it was made public or took force."""

    kind: str  # one of KINDS
    day: date | None
    document_id: str  # the document that the event is, or that says it
    title: str
    doc_number: str | None
    relation: str | None  # in which the document stands to the policy; None for its own events
    sentence: str | None  # that says so
    paragraph: int | None
    fact_id: str | None
    candidate: bool = False  # told by titles or wording alone


def policy_line(publication: Published, document_id: str) -> tuple[Step, ...]:
    """Every step held of this document's life, by day, undated ones last; empty when it is not published."""
    own = documents_by_name(publication, _OWN, [document_id]).get(document_id)
    if own is None:
        return ()
    steps = [
        *_own_events(document_id, own),
        *_former(publication, document_id),
        *_citing(publication, document_id, own["published"]),
        *_followers(publication, document_id),
    ]
    known = {one.document_id for one in steps}
    steps += [one for one in _by_title(publication, document_id, own) if one.document_id not in known]
    return tuple(sorted(_once(steps), key=_by_day)[:_MOST])


def subject_of(title: str | None) -> str:
    """What a title is about, as others would name it: the printed work, else the words behind 关于."""
    found = _PRINTED.search(title or "")
    about = (found["work"] or found["bare"]) if found else None
    if about is None:
        other = _ABOUT.search(title or "")
        about = other["about"] if other else title or ""
    about = _BEGUN.sub("", _BEHIND.sub("", about.strip("《》 ")))
    return _BEGUN.sub("", _PLACE.sub("", about)).strip("《》 ")


def _own_events(document_id: str, own: Row) -> list[Step]:
    named = (document_id, own["title"] or "", own["doc_number"])
    found = [Step("issue", own["published"] or own["written"], *named, None, None, None, None)]
    if own["in_force_from"] and own["in_force_from"] != own["published"]:
        found.append(Step("force", own["in_force_from"], *named, None, None, None, None))
    if own["in_force_until"]:
        found.append(Step("end", own["in_force_until"], *named, None, own["validity_basis"], None, None))
    return found


def _former(publication: Published, document_id: str) -> list[Step]:
    """What it amends or repeals itself: the policy before it."""
    rows = publication.rows(_OUT, [document_no(publication, document_id)])
    held = documents_by_name(publication, _SHOWN, (row["target_document_id"] for row in rows))
    return [
        _step("former", row, row["target_document_id"], held[row["target_document_id"]])
        for row in rows
        if row["target_document_id"] in held and row["target_document_id"] != document_id
    ]


def _citing(publication: Published, document_id: str, issued: date | None) -> list[Step]:
    """What amends, repeals or explains it."""
    kinds = {"amends": "amendment", "repeals": "repeal"}
    rows = publication.rows(_IN, [document_id, document_id])
    titled = documents_by_name(publication, _SHOWN, (row["document_id"] for row in rows))
    explain = {name for name, shown in titled.items() if _EXPLAINS.search(shown["title"] or "")}
    rows = [row for row in rows if row["kind"] in kinds or row["document_id"] in explain][:_CITING]
    said = _said(publication, rows)
    found = []
    for row in rows:
        shown = titled.get(row["document_id"])
        kind = kinds.get(row["kind"]) or "interpretation"
        if shown is not None and not _out_of_order(kind, shown["published"], issued):
            found.append(_step(kind, row | said[_place(row)], row["document_id"], shown))
    return found


def _said(publication: Published, rows: list[Row]) -> dict[tuple[object, ...], Row]:
    """The sentences of these citations; of those alone that are told, and not of all that name the policy."""
    ids = sorted({row["document_id"] for row in rows})
    columns = "document_id, fact_id, kind, paragraph, start_at, sentence"
    return {
        _place(row): {"sentence": row["sentence"]} for row in rows_of(publication, ids, "citation", columns)
    }


def _place(row: Row) -> tuple[object, ...]:
    return tuple(row[key] for key in ("document_id", "fact_id", "kind", "paragraph", "start_at"))


def _step(kind: str, row: Row, name: str, shown: Row) -> Step:
    return Step(
        kind, shown["published"] or shown["written"], name, shown["title"] or "", shown["doc_number"],
        row["kind"], row["sentence"], row["paragraph"], row["fact_id"],
    )  # fmt: skip


def _followers(publication: Published, document_id: str) -> list[Step]:
    return [
        Step(
            "implementation", row["published"], row["document_id"], row["title"] or "", row["doc_number"],
            row["relation"], told and told["sentence"], told and told["paragraph"], told and told["fact_id"],
            row["relation"] in ("title", "clauses", "mentions"),
        )
        for row in cascade(publication, document_id)
        for told in [row["evidence"]]
    ]  # fmt: skip


def _by_title(publication: Published, document_id: str, own: Row) -> list[Step]:
    """Drafts and interpretations that name the policy's subject in their title without citing it."""
    subject = re.sub(r'["“”《》]', "", subject_of(own["title"]))[:_LONGEST]
    if len(subject) < _SHORTEST:
        return []
    answer = search(
        publication, f'title:"{subject}"', limit=_HITS, facets=False, fold=False, with_snippets=False
    )
    found = []
    for hit in answer.hits:
        kind = (
            "draft" if _DRAFT.search(hit.title) else "interpretation" if _EXPLAINS.search(hit.title) else None
        )
        day = date.fromisoformat(hit.published) if hit.published else None
        if kind is None or hit.document_id == document_id or _out_of_order(kind, day, own["published"]):
            continue
        named = (hit.document_id, hit.title, hit.doc_number)
        found.append(Step(kind, day, *named, "title", None, None, None, candidate=True))
    return found


def _out_of_order(kind: str, day: date | None, issued: date | None) -> bool:
    """A draft comes before the issue, an interpretation not before it."""
    if day is None or issued is None:
        return False
    return day > issued if kind == "draft" else kind == "interpretation" and day < issued


def _once(steps: list[Step]) -> list[Step]:
    """One step a kind and document, one with a sentence first; who amends or repeals does not implement."""
    ended = {one.document_id for one in steps if one.kind in ("amendment", "repeal", "interpretation")}
    repealed = any(one.kind == "repeal" for one in steps)  # its end is that one, once
    steps = [one for one in steps if not (repealed and one.kind == "end")]
    found: dict[tuple[str, str], Step] = {}
    for one in sorted(steps, key=lambda one: (one.sentence is None, one.paragraph or 0)):
        if one.kind != "implementation" or one.document_id not in ended:
            found.setdefault((one.kind, one.document_id), one)
    return list(found.values())


def _by_day(one: Step) -> tuple[bool, date, int, str]:
    return one.day is None, one.day or date.max, KINDS.index(one.kind), one.document_id


_SHOWN = "d.title, d.doc_number, d.published, d.written"
_OWN = f"{_SHOWN}, d.in_force_from, d.in_force_until, d.validity_basis"
_OUT = """
select kind, target_document_id, fact_id, sentence, paragraph from citation
where document_no = ? and target_document_id is not null and kind in ('amends', 'repeals')
order by paragraph, start_at limit 20
"""
_IN = """
select c.kind, c.document_id, c.fact_id, c.paragraph, c.start_at
from citation c where c.target_document_id = ? and c.document_id <> ?
order by c.kind, c.document_id, c.paragraph, c.start_at
"""
