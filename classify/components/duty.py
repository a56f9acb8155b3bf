"""Duties: who must do what by when, clause by clause, with the bodies in charge that brackets name.

`strength` says how a duty is known: "deadline" (a time limit stands with it), "assigned" (a bracket puts
bodies in charge) or "rule" (a modal word or an imperative obliges). Lists of what falls due read the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.bearer import bearers
from classify.components.charges import Charge, Charges
from classify.components.deadline import Deadline, chinese_deadlines
from classify.components.english_duty import english_deadlines
from classify.components.limit_bearer import bound
from classify.components.mined import anchors_of, keep
from classify.components.obligation import Obligation, gives_orders, obligations
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from classify.departments.authority import authority
from warehouse.identity import fact_id as name_fact
from warehouse.records import Duty

RULE = "deadline-5"
_VALUE = re.compile(
    r"(?:达到|达|不低于|不少于|不高于|不超过|提高到|提升至|降至|降低到|控制在|超过|增加到)\s?"
    r"(?P<v>\d{1,12}(?:\.\d{1,4})?\s?(?:%|％|个百分点|万|亿|个|家|张|平方米|公里|吨|人|岁"
    r"|年|千瓦)?[一-鿿]{0,2})"
)
_BRACKET = re.compile(r"[（(][^（()）]{0,160}(?:负责|牵头|分工|责任单位|配合)[^（()）]{0,80}[）)]")
_ENDS = "。；;！？!?\n"
_PROHIBITS = re.compile(r"不(?:得(?!不)|准(?!确)|许|应(?!求)|要(?!求)|能)|严禁|禁止|切勿")


@Language.factory("gov_duty")
class DutyReader(Component):
    """Adds the duties of the text, in order, and a fact `deadline` for each time limit."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang
        self.authority = authority()

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        if self.language == "en":
            state.duties += english_duties(state, state.text[:MINED_CHARACTERS])
        else:
            self._chinese(doc, state)
        starts = state.starts
        mark(
            doc, ((starts[d.paragraph] + d.start, starts[d.paragraph] + d.end, "duty") for d in state.duties)
        )
        return doc

    def _chinese(self, doc: Doc, state: Findings) -> None:
        anchors = anchors_of(state)
        text = anchors.text
        found = chinese_deadlines(text, issue_date(state), state.document.effective, anchors)
        limits = list(islice(found, MOST_FACTS))
        keep(
            doc, "deadline", RULE,
            ((one.start, one.end, one.due.isoformat() if one.due else one.printed) for one in limits),
        )  # fmt: skip
        clauses: list[Obligation] = []
        if state.document.unit != "letter":  # a citizen's wish obliges nobody
            orders, since = gives_orders(state.document, text)
            clauses = list(islice(obligations(text, anchors, orders, since), MOST_FACTS))
        charges = Charges(text, anchors, self.authority, state.home)
        if charges:
            clauses = [_widened(clause, charges) for clause in clauses]
        reader = _Reader(state, text, anchors, charges, limits)
        duties = [reader.duty(clause, limit) for clause, limit in _joined(clauses, limits, anchors)]
        duties += [reader.assigned(charge) for charge in charges.unclaimed()]
        state.duties += sorted(duties, key=lambda one: (one.paragraph, one.start))


def issue_date(state: Findings) -> date | None:
    """The day a period runs from: the signing date, else the publication date."""
    return state.document.written or state.document.published


def _widened(clause: Obligation, charges: Charges) -> Obligation:
    """A clause that ends inside the brackets of its measure (（甲部牵头；乙部参与）) goes on to their end."""
    charge = charges.around(clause.end)
    if charge is None or not clause.start < charge.opens <= clause.end + charge.several:
        return clause
    return clause._replace(end=charge.right)


def _joined(
    clauses: list[Obligation], limits: list[Deadline], anchors: Anchors
) -> list[tuple[Obligation | None, Deadline | None]]:
    """Each clause with the first limit in it, else one before it in its sentence; every other limit alone."""
    joined: list[tuple[Obligation | None, Deadline | None]] = []
    at = 0
    for clause in clauses:
        left = -1
        own: Deadline | None = None
        while at < len(limits) and limits[at].start < clause.end:
            limit = limits[at]
            at += 1
            left = left if left >= 0 else anchors.sentence(clause.start, clause.start + 1)[0]
            fits = limit.start >= left and limit.end <= clause.end
            if fits and own is not None and own.start < clause.start <= limit.start:
                joined.append((None, own))
                own = limit
            elif fits and own is None:
                own = limit
            else:
                joined.append((None, limit))
        joined.append((clause, own))
    return [*joined, *((None, limit) for limit in limits[at:])]


class _Reader:
    """Builds the duties of one text."""

    def __init__(
        self, state: Findings, text: str, anchors: Anchors, charges: Charges, limits: list[Deadline]
    ) -> None:
        self.state, self.text, self.anchors, self.charges = state, text, anchors, charges
        self.limits = limits
        self.begins = [limit.start for limit in limits]

    def duty(self, clause: Obligation | None, limit: Deadline | None) -> Duty:
        """The duty of a clause, of a limit, or of both."""
        place = limit.start if limit is not None else clause.verb if clause is not None else 0
        left, right = self.anchors.sentence(place, place + 1)
        charge = self.charges.around(place)
        if charge is not None:
            left, right = charge.left, max(right, charge.right) if place < charge.opens else charge.right
        named = self.charges.claim(left, right)
        if limit is None and clause is not None:
            who = named or bearers(self.text, clause.start, clause.verb, clause.after, clause.end)
            end = min(clause.end, charge.opens) if charge is not None else clause.end
            what = _clean(self.text[clause.act : end])
            return self._record(clause.start, clause.end, left, right, who, what, None, bool(named))
        assert limit is not None
        who = named or bound(self.text, left, limit.start, limit.end, right)
        if charge is not None and charge.opens < limit.start < charge.right:
            what = _clean(self.text[left : charge.opens])
        else:
            what = _what(self.text, left, min(right, charge.opens) if charge is not None else right, limit)
        start = min(clause.start, limit.start) if clause is not None else self._opening(limit.start)
        end = clause.end if clause is not None else self._end_of(limit, right)
        start, end = self._own(limit, start, end)
        return self._record(start, max(end, limit.end), left, right, who, what, limit, bool(named))

    def assigned(self, charge: Charge) -> Duty:
        """A sentence without modal or deadline, with the bodies in charge in brackets."""
        what = _clean(self.text[charge.left : charge.opens])
        end = self._closing(charge.right)
        return self._record(charge.left, end, charge.left, charge.right, charge.who, what, None, True)

    def _record(
        self, start: int, end: int, left: int, right: int, who: tuple[str, ...], what: str,
        limit: Deadline | None, named: bool,
    ) -> Duty:  # fmt: skip
        text, state = self.text, self.state
        sentence = text[left:right].strip()
        printed = limit.printed if limit is not None else ""
        identity = sentence if limit is not None or named else text[start:end]
        value = _VALUE.search(text, limit.end, min(right, limit.end + 80)) if limit is not None else None
        paragraph, inside = state.place(start)
        strength = "deadline" if limit is not None else "assigned" if named else "rule"
        return Duty(
            name_fact(state.document.document_id, f"duty:{printed}", identity), sentence, paragraph, inside,
            inside + end - start, who, what, limit.due if limit is not None else None, printed or None,
            value["v"].strip() if value else None, strength,
        )  # fmt: skip

    def _own(self, limit: Deadline, start: int, end: int) -> tuple[int, int]:
        """The place of a duty that holds no other limit: each of two in one clause has its own part."""
        at = bisect_left(self.begins, limit.start)
        if at and start < self.limits[at - 1].end <= limit.start:
            start = self.limits[at - 1].end
        behind = bisect_left(self.begins, limit.end)
        if behind < len(self.begins) and self.begins[behind] < end:
            border = self._opening(self.begins[behind])
            end = border - 1 if border > limit.end else self.begins[behind]
        return start, end

    def _opening(self, place: int) -> int:
        """Where the clause of a limit begins."""
        left = self.anchors.clause(place)[0]
        while left < place and self.text[left] in " \u3000\t":
            left += 1
        return left

    def _end_of(self, limit: Deadline, right: int) -> int:
        """Where what is due by a limit ends: its sentence does, or the clause of the next limit begins."""
        behind = bisect_left(self.begins, limit.end)
        if behind == len(self.begins) or self.begins[behind] >= right:
            return self._closing(max(limit.end, right))
        return max(limit.end, self._opening(self.begins[behind]) - 1)

    def _closing(self, right: int) -> int:
        return right - 1 if self.text[right - 1 : right] and self.text[right - 1] in _ENDS else right


def _what(text: str, left: int, right: int, limit: Deadline) -> str:
    """The words behind the deadline with what prohibits them, or those before it when nothing follows."""
    behind = _clean(text[limit.end : right])
    if len(behind) >= 4:
        begin = max(left, *(text.rfind(sign, left, limit.start) + 1 for sign in "，；：,"))
        banned = _PROHIBITS.search(text, begin, limit.start)
        if banned is None:
            return behind
        return _clean(text[banned.start() : limit.start].rstrip("于在到自从 \u3000") + behind)
    before = _clean(text[left : limit.start].rstrip("于在到应须请并 \u3000"))
    return f"{before}，{behind}" if before and behind else before or behind


def _clean(words: str) -> str:
    bare = words[:400]
    if "（" in bare or "(" in bare:
        bare = _BRACKET.sub("", bare)
    return bare.strip(" \u3000，,。；;、\n：:")[:200]


def english_duties(state: Findings, text: str) -> list[Duty]:
    """Duties of an English text."""
    found = []
    for limit in islice(english_deadlines(text, issue_date(state)), MOST_FACTS):
        known = name_fact(state.document.document_id, f"duty:{limit.printed}", limit.sentence)
        paragraph, inside = state.place(limit.start)
        end = inside + limit.end - limit.start
        found.append(
            Duty(
                known, limit.sentence, paragraph, inside, end, limit.who, limit.what, limit.due,
                limit.printed,
                strength="deadline" if limit.due or limit.printed else "rule",
            )
        )  # fmt: skip
    return found
