"""Who issued a document: rules in the order of their measured precision, each leaving the words it read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.adoption import adopted_by
from classify.components.signature import signed_by
from classify.components.speaker import by_answer, by_custom, by_head, by_text
from classify.components.state import Component, Findings, findings
from classify.departments.authority import Authority, Named, authority
from warehouse.records import Body, Evidence, Label

SCHEME = "govbrief-authority"
_SEPARATORS = " 　、，,·和与及暨\n"
_AFTER_NAMES = re.compile(
    r"关于|令|公告|通告|通知|通报|决定|决议|命令|等(?:[一二三四五六七八九十\d]+)?(?:个)?(?:部门|单位|部委)?|联合|印发|转发|批转|批复"
    r"|对|办理|发布|就|致|20\d\d|19\d\d|[〔\[（(]|$|:|：|第|工作报告|工作会议|政府工作"
)
_INNER_OFFICE = re.compile(r"[一-鿿]{1,12}?(?:司|局|处|室|中心|组|总队|委员会)(?=关于|公告|通告|通知)")
_OWN_BODY = re.compile(  # behind a government's name: a body of its own, not a room of it
    r"(?!关于|转发|印发|批转|发布|对|同意|办公)[一-鿿]{2,24}?(?:办公室|委员会|领导小组|指挥部|中心|支队|总队|大队|局|室|组)"
    r"(?=关于|公告|通告|通知|通报|印发|转发|发布|[\s、])"
)
_OWN_FORCE = re.compile(  # behind a department's name only these are more than a room of it
    r"[一-鿿]{2,12}?(?:支队|总队|大队|中心|分局|领导小组|指挥部)(?=关于|公告|通告|通知|通报|印发|转发|发布|[\s、])"
)
_UNKNOWN = re.compile(
    r"(?P<name>(?:(?!转发|印发|批转)[一-鿿]){2,26}?(?:局|厅|部|署|委员会|办公室|办公厅|中心|指挥部|领导小组|总队|支队|大队|联合会|协会|集团|公司"
    r"|管委会|银行|法院|检察院|医院|学校|[中大小]学|学院|研究[所院]|博物馆|图书馆|管理[处所站]|街道办事处|专班|联席会议|组委会|电视台|气象台))"
    r"(?=关于|转发|印发|公告|通告)"
)
_JOINT = re.compile(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|部委)")
_PRINTED_JOIN = re.compile(r"[\s、，,;；/]+")
SCORES = {
    "published": 1.0,
    "title": 0.98,
    "number": 0.97,
    "adoption": 0.97,
    "signature": 0.97,
    "answer": 0.9,
    "source": 0.9,
    "custom": 0.8,
    "head": 0.7,
    "text": 0.5,
    "mention": 0.6,
}

_VERBS = ("转发", "印发", "批转", "关于", "对", "同意")
GOVERNMENTS = (
    "kind:government", "kind:party-committee", "kind:congress", "kind:congress-standing-committee",
    "cn-state-council",
)  # fmt: skip
TAIL_PARAGRAPHS, HEAD_PARAGRAPHS = 4, 3
LONGEST_OPENING = 400  # characters of a title in which its issuers stand
_SET_OFF = re.compile(r"\s?[:：–—;|]|\s-\s|$")  # as in `Environment Agency: flood map`

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
        Label("department", SCHEME, body.code, body.name_zh, score, basis, (evidence,))  # type: ignore[arg-type]
        for body, evidence in ordered
    ]


def by_publication(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The issuer as the site prints it, mapped to the authority file where its name is known."""
    document = state.document
    names = list(document.departments) or split_printed(document.issuer or "", known, state.home)
    found = []
    for name in names:
        body = known.resolve(name, state.home)
        if body is None:
            parts = split_printed(name, known, state.home)
            bodies = [known.resolve(part, state.home) for part in parts] if len(parts) > 1 else []
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
    printed = printed.strip()
    if not printed:
        return []
    if known.resolve(printed, home):
        return [printed]
    if printed.isascii():
        listed = known.english_parts(printed, home)
        return listed or [part.strip() for part in re.split(r";|\|", printed) if part.strip()]
    bare = re.sub(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|部委)?$", "", printed)
    return [part for part in _PRINTED_JOIN.split(bare) if part]


def by_title(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The bodies that the title begins with, when what follows them shows that they act."""
    title = state.document.title
    named = names_at_start(title, known, state.home)
    if not named:
        named = _english_start(title, known, state.home)
    if not named:
        return _by_title_words(state, known)
    return [(n.body, Evidence("title", title[n.start : n.end], None, n.start, n.end)) for n in named]


def _english_start(title: str, known: Authority, home: str | None) -> list[Named]:
    """The body that opens an English title; abroad only when a sign sets it off from what follows."""
    opening = [named for named in known.english_at(title[:LONGEST_OPENING], home) if named.start == 0]
    if known.mentions_count(home):
        return opening
    return [named for named in opening if _SET_OFF.match(title, named.end)]


def _by_title_words(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """A name that no file knows: the words before 关于 when they end as bodies' names do."""
    found = _UNKNOWN.match(state.document.title)
    if found is None or found["name"].startswith(("关于", "印发", "转发")):
        return []
    source = state.stored.source
    region, level = (source.region, source.level) if source else ("", "")
    body = known.printed(found["name"], state.home, region, level)
    return [(body, Evidence("title", found["name"], None, 0, found.end("name")))]


def names_at_start(title: str, known: Authority, home: str | None) -> list[Named]:
    """A run of body names that opens a title, separated by signs; empty when the title goes on otherwise."""
    found: list[Named] = []
    at = len(title) - len(title.lstrip("《【[ 　"))
    while at < len(title) and len(found) < 40 and not title.startswith(_VERBS, at):
        named = known.named_at(title, at, home)
        if named is None:
            break
        named = _longer_name(title, named, known)
        found.append(named)
        at = named.end
        inner = _INNER_OFFICE.match(title, at)
        if inner is not None:
            at = inner.end()
        while at < len(title) and title[at] in _SEPARATORS:
            at += 1
    acts = bool(found) and (_AFTER_NAMES.match(title, at) is not None)
    return found if acts else []


def _longer_name(title: str, named: Named, known: Authority) -> Named:
    """云河省人民政府 + 侨务办公室: where the printed name goes on to a body of its own, that body."""
    kind = known.kind_of(named.body.code) or ""
    if kind in GOVERNMENTS and not named.body.code.endswith("-office"):
        goes_on = _OWN_BODY.match(title, named.end)
    else:
        goes_on = _OWN_FORCE.match(title, named.end) if kind.startswith("kind:") else None
    if goes_on is None:
        return named
    body = named.body
    longer = known.printed(body.name_zh + goes_on.group(), body.jurisdiction, body.region, body.level)
    return Named(longer, named.start, goes_on.end())


def by_number(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The body whose prefix the own number carries."""
    if state.number is None:
        return []
    body = known.by_number(state.number.organ, state.home)
    return [(body, Evidence("number", state.number.printed))] if body else []


def _signed_by_its_body(
    found: list[tuple[Body, Evidence]], state: Findings, known: Authority
) -> list[tuple[Body, Evidence]]:
    """A number of the general office under the ministry's own signature: the printed name decides."""
    signed = by_signature(state, known)
    return signed[:1] if signed and signed[0][0].code == found[0][0].parent else found


def by_adoption(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The body that adopted it, from the note under the title (第…届…常务委员会第…次会议通过)."""
    return adopted_by(state.document.paragraphs, known, state.home)


def by_signature(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The bodies that stand above the date at the end."""
    return signed_by(state.document.paragraphs, known, state.home)


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
    ("published", by_publication), ("title", by_title), ("number", by_number), ("adoption", by_adoption),
    ("signature", by_signature), ("answer", by_answer), ("source", by_source), ("custom", by_custom),
    ("head", by_head), ("mention", by_mention), ("text", by_text),
)  # fmt: skip
