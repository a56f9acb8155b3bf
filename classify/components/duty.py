"""Duties: who must do what by when, clause by clause, with the bodies in charge that brackets name.

`strength` says how a duty is known: "deadline" (a time limit stands with it), "assigned" (a bracket puts
bodies in charge) or "rule" (a modal word or an imperative obliges). Lists of what falls due read the first.
"""

from __future__ import annotations

from datetime import date
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.charges import Charges
from classify.components.deadline import Deadline, chinese_deadlines
from classify.components.duty_reading import DutyReading
from classify.components.english_duty import english_deadlines
from classify.components.mined import anchors_of, keep
from classify.components.obligation import Obligation, gives_orders, is_report, obligations
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from classify.departments.authority import authority
from warehouse.identity import fact_id as name_fact
from warehouse.records import Duty

RULE = "deadline-5"


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
        orders, since, report = False, 0, is_report(state.document)
        if state.document.unit != "letter":  # a citizen's wish obliges nobody
            orders, since = gives_orders(state.document, text)
            begins = [limit.start for limit in limits]
            told = obligations(text, anchors, orders, since, begins, report)
            clauses = list(islice(told, MOST_FACTS))
        charges = Charges(text, anchors, self.authority, state.home)
        if charges:
            clauses = [_widened(clause, charges) for clause in clauses]
        reader = DutyReading(state, text, anchors, charges, limits, orders)
        joined = _joined(clauses, limits, anchors)
        duties = [
            reader.duty(clause, limit)
            for clause, limit in joined
            if clause is not None or (limit is not None and not reader.is_right(limit))
        ]
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
