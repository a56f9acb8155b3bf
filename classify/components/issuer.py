"""Who issued a document: rules in the order of their measured precision, each leaving the words it read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.adoption import adopted_by
from classify.components.competence import by_competence
from classify.components.signature import signed_by
from classify.components.site import by_site
from classify.components.speaker import by_answer, by_custom, by_head, by_text, forwarded
from classify.components.state import Component, Findings, findings
from classify.components.title_names import by_order, by_title, by_title_words, day_of, organ_bodies
from classify.departments.abroad import in_latin, own_name
from classify.departments.authority import Authority, authority
from warehouse.records import Body, Evidence, Label

SCHEME = "govbrief-authority"
_JOINT = re.compile(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|部委)")
_PRINTED_JOIN = re.compile(r"[\s、，,;；/]+")
_IMPRINT = re.compile(  # what goes on (印发的通知) is a sentence
    r"(?<![一-鿿])(?P<name>[一-鿿]{4,30})\s{0,20}20\d\d年\d{1,2}月\d{1,2}日\s{0,3}印发(?![的之后前以《“])"
)
LONGEST_IMPRINT = 200  # characters at the end of a paragraph that are read for an imprint
SCORES = {
    "published": 1.0,
    "title": 0.98,
    "number": 0.97,
    "order": 0.97,
    "words": 0.95,
    "adoption": 0.97,
    "signature": 0.97,
    "imprint": 0.9,
    "answer": 0.9,
    "source": 0.9,
    "custom": 0.8,
    "site": 0.8,
    "head": 0.7,
    "text": 0.5,
    "mention": 0.6,
    "competence": 0.6,
}

SURE = 0.75  # a rule of a lower score guesses: a model that is surer outranks it
TAIL_PARAGRAPHS, HEAD_PARAGRAPHS = 4, 3
LONGEST_PRINTED, MOST_PRINTED = 4000, 100  # characters and names of a published issuer
Rule = Callable[[Findings, Authority], list[tuple[Body, Evidence]]]


@Language.factory("gov_issuer")
class IssuerReader(Component):
    """Sets the issuing bodies, lead first, by the first rule that finds any."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.authority = authority()

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        for rule, read in RULES:
            found = read(state, self.authority)
            if found and rule == "number":
                found = _signed_by_its_body(found, state, self.authority)
            if found:
                basis = "published" if rule == "published" else "rule"
                state.departments = labels(found, rule, basis, state, self.authority)
                return doc
        state.reasons.append(
            "department: no issuer is published; none opens the title, owns the number or signs"
        )
        return doc


def labels(
    found: Sequence[tuple[Body, Evidence]], rule: str, basis: str, state: Findings, known: Authority
) -> list[Label]:
    """Labels of the found bodies; a title that names only the lead takes the others from the signature."""
    bodies = {body.code: (body, evidence) for body, evidence in reversed(found)}
    ordered = [bodies[code] for code in dict.fromkeys(body.code for body, _ in found)]
    if rule in ("title", "number") and (
        len(ordered) > 1 or _JOINT.search(state.document.title) or rule == "number"
    ):
        signed = [(body, evidence) for body, evidence in by_signature(state, known)]
        if ordered[0][0].code in {body.code for body, _ in signed}:
            ordered += [item for item in signed if item[0].code not in bodies]
    score = SCORES[rule]
    return [
        Label("department", SCHEME, body.code, own_name(body), score, basis, (evidence,))  # type: ignore[arg-type]
        for body, evidence in ordered
    ]


def by_publication(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The issuer as the site prints it, mapped to the authority file where its name is known."""
    document = state.document
    names = list(document.departments) or split_printed(document.issuer or "", known, state.home)
    found, on = [], day_of(state)
    for name in names[:MOST_PRINTED]:
        body = known.resolve(name, state.home, on)
        if body is None:
            parts = split_printed(name, known, state.home)
            bodies = [known.resolve(part, state.home, on) for part in parts] if len(parts) > 1 else []
            if bodies and all(bodies):
                found += [(b, Evidence("published", p)) for b, p in zip(bodies, parts, strict=True) if b]
                continue
            source = state.stored.source
            body = known.printed(
                name, document.jurisdiction or state.home, source.region if source else "", ""
            )
        found.append((body, Evidence("published", name)))
    return found


def split_printed(printed: str, known: Authority, home: str | None) -> list[str]:
    """A joint issue as printed, one name each; a name that itself holds a separator stays whole."""
    printed = printed[:LONGEST_PRINTED].strip()
    if not printed:
        return []
    if known.resolve(printed, home):
        return [printed]
    if in_latin(printed):
        listed = known.english_parts(printed, home)
        return listed or [part.strip() for part in re.split(r";|\|", printed) if part.strip()]
    bare = re.sub(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|部委)?$", "", printed)
    return [part for part in _PRINTED_JOIN.split(bare) if part]


def by_number(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The bodies that the own number names, or the one whose prefix it carries."""
    if state.number is None:
        return []
    bodies = organ_bodies(state.number.organ, known, state.home, day_of(state))
    return [(body, Evidence("number", state.number.printed)) for body in bodies]


def _signed_by_its_body(
    found: list[tuple[Body, Evidence]], state: Findings, known: Authority
) -> list[tuple[Body, Evidence]]:
    """A number of the general office under the ministry's own signature: the printed name decides."""
    signed = by_signature(state, known)
    own_office = bool(signed) and found[0][0].code == f"{signed[0][0].code}-office"
    return signed[:1] if own_office else found


def by_adoption(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The body that adopted it, from the note under the title (第…届…常务委员会第…次会议通过)."""
    return adopted_by(state.document.paragraphs, known, state.home)


def by_signature(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The bodies that stand above the date at the end."""
    return signed_by(state.document.paragraphs, known, state.home, forwarded(state, known))


def by_imprint(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The local body whose office had it printed (广州市民政局办公室 2022年5月1日印发), near the end."""
    paragraphs = state.document.paragraphs
    for index in range(len(paragraphs) - 1, max(len(paragraphs) - 1 - TAIL_PARAGRAPHS, -1), -1):
        start = max(len(paragraphs[index]) - LONGEST_IMPRINT, 0)
        printed = _IMPRINT.search(paragraphs[index], start)
        body = known.resolve(printed["name"], state.home, day_of(state)) if printed else None
        if printed and body and body.level != "national":
            name, at, end = printed["name"], *printed.span("name")
            return [(body, Evidence("paragraph", name, index, at, end))]
    return []


def by_source(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The body that the publishing site speaks for; a government's portal publishes for many bodies."""
    source = state.stored.source
    if source is None:
        return []
    body = known.body(source.department_code) if source.department_code else None
    body = body or known.resolve(source.name_zh, source.jurisdiction)
    kind = (known.kind_of(body.code) if body else None) or ""
    if kind.startswith(("kind:government", "cn-state-council")):
        return []
    return [(body, Evidence("metadata", source.name_zh))] if body else []


def by_mention(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """A known English name in the title, the last paragraphs (where offices sign) or the first."""
    if not known.mentions_count(state.home):
        return []
    title = state.document.title
    for n in known.english_at(title, state.home)[:1]:
        return [(n.body, Evidence("title", title[n.start : n.end], None, n.start, n.end))]
    paragraphs = state.document.paragraphs
    last = range(max(len(paragraphs) - TAIL_PARAGRAPHS, 0), len(paragraphs))
    for index in (*reversed(last), *range(min(HEAD_PARAGRAPHS, len(paragraphs)))):
        words = paragraphs[index][:2000]
        named = known.english_at(words, state.home)
        if named:
            return [
                (n.body, Evidence("paragraph", words[n.start : n.end], index, n.start, n.end)) for n in named
            ]
    return []


RULES: tuple[tuple[str, Rule], ...] = (
    ("published", by_publication), ("title", by_title), ("number", by_number), ("order", by_order),
    ("words", by_title_words), ("adoption", by_adoption), ("signature", by_signature),
    ("imprint", by_imprint), ("answer", by_answer),
    ("source", by_source), ("custom", by_custom), ("site", by_site), ("head", by_head),
    ("mention", by_mention), ("text", by_text), ("competence", by_competence),
)  # fmt: skip
