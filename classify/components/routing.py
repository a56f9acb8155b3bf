"""To whom a document gives work: its recipients, who bears its duties, who is put in charge in brackets, and,
where nobody is named, the office competent for its topic. Why nobody was found is kept as well.

Each answer is a `Route`; publication makes the table `routing` of them. Who issued a document is never an
answer: it has no need to be told of its own paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.obligation import gives_orders
from classify.components.routing_text import named_in_clauses, recipients
from classify.components.state import MINED_CHARACTERS, Component, Findings, findings
from classify.departments.abroad import own_name
from classify.departments.addressed import Addressees
from classify.departments.authority import Authority, authority
from classify.departments.classes import ANY, GOVERNMENT, class_of
from classify.departments.load import FOLDER
from classify.departments.meant import Meant, Standing
from classify.departments.offices import OfficeWords
from classify.strict import check_keys, read_toml
from warehouse.identity import fact_id as name_fact
from warehouse.records import Body, Route

RULE = "routing-2"
REASONS = ("addressee", "responsible", "duty", "topic")
_TELLS = re.compile(
    r"(?:答复|复文|解读|答记者问|问答|概况|简介|名单|公报|公示|年度报告|任免)[）)]?$|政策解读|人事任免"
)
_TELLING = frozenset({"解读", "公报", "信件", "名单"})
_ORGAN = re.compile(r"(?:人民政府|政府|厅|局|委员会|部门|办公室|法院|检察院|机关)$")
_ORGANS = re.compile(r"(?:政府|厅|局|委|部门|机构|机关|法院|检察院)(?:$|[，、,：:])")
_NORMATIVE = frozenset(
    {"通知", "意见", "办法", "规定", "方案", "规划", "函", "令", "命令", "批复", "条例", "细则", "决定"}
)


class _Goal(NamedTuple):
    """One body or class that a document gives work to, where the text says so, and why."""

    meant: Meant
    reason: str


@Language.factory("gov_routing")
class RoutingReader(Component):
    """Adds the routes of a document, or the one that says why there are none; runs behind duties,
    department and topics.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang
        self.authority = authority()
        self.words = _words(self.authority)

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        goals, missing = self._goals(state)
        state.routes += [_route(state, goal) for goal in goals] or [_nobody(state, missing)]
        return doc

    def _goals(self, state: Findings) -> tuple[list[_Goal], str]:
        """Whom the document gives work to, and why nobody, should there be none."""
        issuers = [body for body in map(self.authority.body, _issuers(state)) if body is not None]
        reader = Addressees(
            self.authority, self.words, _standing(self.authority, state, issuers), _day(state)
        )
        text = state.text[:MINED_CHARACTERS]
        tells = _only_tells(state)
        found, unread = [], False
        if self.language == "en":
            found += _english(self.authority, state)
        elif state.document.unit == "document":
            line = recipients(text)
            found += [_Goal(one, "addressee") for one in (reader.line(text, *line) if line else ())]
            unread = line is not None and not found and bool(_ORGANS.search(text, *line))
            if not tells:
                named, more = _from_duties(reader, state)
                found += named + _clauses(reader, text, line[1] if line else 0)
                unread = unread or more
        goals = _settled(found, _own(issuers), self.authority)
        if not goals and not found and not tells:
            goals = _by_topic(self.authority, reader.standing, state, issuers)
        return goals, "tells" if tells else "own" if found else "unknown" if unread else "nobody"


def _from_duties(reader: Addressees, state: Findings) -> tuple[list[_Goal], bool]:
    """Who bears the duties that were mined; the flag says that an office's name was not understood."""
    found, unread = [], False
    starts = state.starts
    read: set[tuple[str, str]] = set()  # acts of one chain name the same bearers; the first place counts
    for duty in state.duties:
        at = starts[duty.paragraph] + duty.start if starts else duty.start
        reason = "responsible" if duty.strength == "assigned" else "duty"
        for phrase in duty.who:
            if (phrase, reason) in read:
                continue
            read.add((phrase, reason))
            meant = reader.whole(phrase)
            unread = unread or (not meant and bool(_ORGAN.search(phrase)))
            if not meant:
                continue
            near = len(duty.sentence)
            place = state.text.find(phrase, max(0, at - near), at + near + len(phrase))
            begin = place if place >= 0 else at
            found += [_Goal(one._replace(start=begin, end=begin + len(phrase)), reason) for one in meant]
    return found, unread


def _clauses(reader: Addressees, text: str, since: int) -> list[_Goal]:
    return [_Goal(one, "duty") for one in named_in_clauses(reader, text, since)]


def _settled(found: Iterable[_Goal], own: frozenset[str], known: Authority) -> list[_Goal]:
    """Each body once with its strongest reason; without issuers, and without what says less than another."""
    kept: dict[str, _Goal] = {}
    for reason in REASONS:
        for one in found:
            if one.reason == reason and one.meant.code not in own:
                kept.setdefault(one.meant.code, one)
    groups = [(class_of(code), one.meant.said) for code, one in kept.items()]
    kinds = {(known.kind_of(code) or "").removeprefix("kind:") for code in kept}
    kinds |= {group.kind for group, said in groups if group is not None and said != "loose"}
    every = {group.kind for group, said in groups if group and group.level == ANY and said != "loose"}
    levels = {(group.level, group.place) for group, _ in groups if group and group.kind != GOVERNMENT}
    return [one for one in kept.values() if not _says_less(one.meant, kinds, every, levels)]


def _says_less(meant: Meant, kinds: set[str], every: set[str], levels: set[tuple[str, str]]) -> bool:
    group = class_of(meant.code)
    if group is None:
        return False
    if group.level == ANY:
        return meant.said == "loose" and group.kind in kinds
    if group.level != "township" and group.kind in every:
        return True  # 县级人民政府 beside 县级以上人民政府
    return meant.said == "place" and group.kind == GOVERNMENT and (group.level, group.place) in levels


def _by_topic(known: Authority, standing: Standing, state: Findings, issuers: list[Body]) -> list[_Goal]:
    """The office competent for the topic of a government's paper that names nobody."""
    kinds = {known.kind_of(body.code) for body in issuers[:1]}
    if not kinds & {"kind:government", "kind:government-office"} or state.doc_type not in _NORMATIVE:
        return []
    if standing.place is None or state.document.unit != "document":
        return []
    for label in state.topics:
        kind = competent(label.code) if label.given else None
        body = known.office(standing.place.jurisdiction, kind) if kind else None
        if body is not None:
            return [_Goal(Meant(body.code, body.name_zh, -1, -1), "topic")]
    return []


@lru_cache(maxsize=1)
def _competences() -> dict[str, str]:
    raw = read_toml(FOLDER / "competence-local.toml")
    check_keys("competence-local.toml", raw, {"scheme": str, "topics": dict}, {})
    return {str(code): str(kind) for code, kind in raw["topics"].items()}


def competent(topic: str) -> str | None:
    """The kind of local office that is competent for a topic class, else for the class above it."""
    known = _competences()
    return known.get(topic) or known.get(topic.split("-")[0])


def _english(known: Authority, state: Findings) -> list[_Goal]:
    found = []
    for duty in state.duties:
        for name in duty.who:
            body = known.resolve(name.removeprefix("The ").removeprefix("the "), state.home, _day(state))
            at = (state.starts[duty.paragraph] if state.starts else 0) + duty.start
            if body is not None:
                found.append(_Goal(Meant(body.code, own_name(body), at, at), "duty"))
    return found


def _only_tells(state: Findings) -> bool:
    document = state.document
    if document.unit != "document" or state.doc_type in _TELLING or _TELLS.search(document.title):
        return True
    law = "第一条" in state.text[:3000] or document.title.endswith(("决议", "决定"))
    return not law and not gives_orders(document, state.text)[0] and not recipients(state.text)


def _standing(known: Authority, state: Findings, issuers: list[Body]) -> Standing:
    """From where the text speaks: its lead issuer's place, else the document's or its source's."""
    jurisdiction = issuers[0].jurisdiction if issuers else state.home or ""
    place = known.place(jurisdiction)
    country = (jurisdiction or state.home or "CN").split("-")[0]
    level = place.body_level if place is not None else "national"
    return Standing(place, country, level)


def _issuers(state: Findings) -> list[str]:
    return [label.code for label in state.departments if label.given]


def _own(issuers: Iterable[Body]) -> frozenset[str]:
    """The issuers, and of a government's general office the government."""
    codes = {body.code for body in issuers}
    for code in tuple(codes):
        if code.endswith("-government-office"):
            codes.add(code.removesuffix("-office"))
        elif code.endswith("-government"):
            codes.add(f"{code}-office")
    return frozenset(codes)


def _day(state: Findings) -> date | None:
    return state.document.written or state.document.published


def _route(state: Findings, goal: _Goal) -> Route:
    meant = goal.meant
    paragraph, start = state.place(meant.start) if meant.start >= 0 else (0, 0)
    name = name_fact(state.document.document_id, f"route:{goal.reason}", f"{meant.code}|{meant.name}")
    end = start + meant.end - meant.start
    return Route(name, meant.code, meant.name, goal.reason, paragraph, start, end, RULE)


def _nobody(state: Findings, why: str) -> Route:
    name = name_fact(state.document.document_id, "route:none", why)
    return Route(name, None, None, why, 0, 0, 0, RULE)


@lru_cache(maxsize=2)
def _words(known: Authority) -> OfficeWords:
    return OfficeWords(known.kinds())
