"""One duty of a Chinese text from its clause and its limit: who bears it, what is asked, until when."""

from __future__ import annotations

import re
from bisect import bisect_left

from classify.components.addressee import NEAR, addressees, government
from classify.components.anchors import REACH, Anchors
from classify.components.bearer import bearers
from classify.components.body_words import bare
from classify.components.charges import Charge, Charges
from classify.components.deadline import Deadline
from classify.components.limit_bearer import before, bound, is_right
from classify.components.obligation import Obligation, is_report
from classify.components.state import Findings
from warehouse.identity import fact_id as name_fact
from warehouse.records import Duty

_VALUE = re.compile(
    r"(?:达到|达|不低于|不少于|不高于|不超过|提高到|提升至|降至|降低到|控制在|超过|增加到)\s?"
    r"(?P<v>\d{1,12}(?:\.\d{1,4})?\s?(?:%|％|个百分点|万|亿|个|家|张|平方米|公里|吨|人|岁"
    r"|年|千瓦)?[一-鿿]{0,2})"
)
_BRACKET = re.compile(r"[（(][^（()）]{0,160}(?:负责|牵头|分工|责任单位|配合)[^（()）]{0,80}[）)]")
_ENDS = "。；;！？!?\n"
_PROHIBITS = re.compile(r"不(?:得(?!不)|准(?!确)|许|应(?!求)|要(?!求)|能)|严禁|禁止|切勿")


class DutyReading:
    """Builds the duties of one text."""

    def __init__(
        self, state: Findings, text: str, anchors: Anchors, charges: Charges, limits: list[Deadline],
        orders: bool,
    ) -> None:  # fmt: skip
        self.state, self.text, self.anchors, self.charges = state, text, anchors, charges
        self.limits, self.orders = limits, orders
        self.begins = [limit.start for limit in limits]
        document = state.document
        self.document_id = document.document_id
        self.promises = government(document, text) if orders and is_report(document) else ()
        self.told = addressees(document, text) if orders and not self.promises else ()
        self.last, self.last_at = self.told, 0  # who was named last, and where that duty stands
        self.bounds, self.sentence = (0, 0), ""  # of the duty before
        self.charged = bool(charges)
        self.lead: tuple[str, ...] = ()  # who bears the duty that others go on with

    def duty(self, clause: Obligation | None, limit: Deadline | None) -> Duty:
        """The duty of a clause, of a limit, or of both."""
        place = limit.start if limit is not None else clause.verb if clause is not None else 0
        left, right = self.bounds
        if not left <= place < right or right - left > REACH:
            left, right = self.bounds = self.anchors.sentence(place, place + 1)
            self.sentence = self.text[left:right].strip()
        if limit is None and clause is not None and not self.charged:
            who = self._bears(clause, left, right)
            return self._rule(
                clause.start, clause.end, self.sentence, who, _clean(self.text[clause.act : clause.end])
            )
        charge = self.charges.around(place)
        if charge is not None:
            left, right = charge.left, max(right, charge.right) if place < charge.opens else charge.right
        named = self.charges.claim(left, right)
        if limit is None and clause is not None:
            who = named or self._bears(clause, left, right)
            end = min(clause.end, charge.opens) if charge is not None else clause.end
            what = _clean(self.text[clause.act : end])
            if not named or clause.chained:
                said = self.text[left:right].strip()
                return self._rule(clause.start, clause.end, said, who, what, bool(named))
            return self._record(clause.start, clause.end, left, right, who, what, None)
        assert limit is not None
        who = named or self._limited(clause, limit, left, right)
        stop = clause.end if clause is not None and limit.end < clause.end else right
        if charge is not None and charge.opens < limit.start < charge.right:
            what = _clean(self.text[left : charge.opens])
        else:
            first = max(left, min(clause.act, limit.start)) if clause is not None else left
            what = _what(self.text, first, min(stop, charge.opens) if charge is not None else stop, limit)
        start = min(clause.start, limit.start) if clause is not None else self._opening(limit.start)
        end = clause.end if clause is not None else self._end_of(limit, right)
        start, end = self._own(limit, start, end)
        return self._record(start, max(end, limit.end), left, right, who, what, limit)

    def is_right(self, limit: Deadline) -> bool:
        """Whether a limit stands alone because it is that of a right: it is a deadline and no duty."""
        left, right = self.anchors.sentence(limit.start, limit.end)
        return is_right(self.text, left, limit.start, limit.end, right)

    def _limited(self, clause: Obligation | None, limit: Deadline, left: int, right: int) -> tuple[str, ...]:
        """Whom a limit binds: whom its sentence says, else who bears the clause that it stands in."""
        who = bound(self.text, left, limit.start, limit.end, right)
        if clause is None:
            return who
        if limit.due is not None:  # a dated line of a plan has a bearer of its own
            return who or bearers(self.text, clause.start, clause.verb, clause.after, clause.end)
        return self._bears(clause, left, right, who)

    def _bears(self, clause: Obligation, left: int, right: int, who: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Who bears a clause: whom it names, else who bears what it goes on with, else who is addressed."""
        if not who and clause.modal:
            who = bearers(self.text, clause.start, clause.verb, clause.after, clause.end)
        if who:
            if not clause.chained:
                self.last, self.last_at = who, clause.start
        elif clause.chained:
            return self.lead
        else:
            who = self._unnamed(clause, left, right)
        self.lead = who
        return who

    def _unnamed(self, clause: Obligation, left: int, right: int) -> tuple[str, ...]:
        """Who bears a clause that names nobody: an earlier part of its sentence tells, or the letter does."""
        if self._of_another(clause):
            return ()
        asks = self.text[clause.verb : clause.verb + 1] == "请"
        who = before(self.text, left, clause.start, right) if clause.modal and not asks else ()
        if who or self.promises or not self.orders:
            return who or self.promises
        return self.last if clause.start - self.last_at <= NEAR else self.told

    def _of_another(self, clause: Obligation) -> bool:
        """Words before the modal that name no body: a thing is said to have to be so."""
        return clause.verb - clause.start > 1 and bool(bare(self.text[clause.start : clause.verb]))

    def assigned(self, charge: Charge) -> Duty:
        """A sentence without modal or deadline, with the bodies in charge in brackets."""
        what = _clean(self.text[charge.left : charge.opens])
        end = self._closing(charge.right)
        return self._record(charge.left, end, charge.left, charge.right, charge.who, what, None)

    def _rule(
        self, start: int, end: int, sentence: str, who: tuple[str, ...], what: str, named: bool = False
    ) -> Duty:
        """A duty without a limit, which its own words name."""
        paragraph, inside = self.state.place(start)
        return Duty(
            name_fact(self.document_id, "duty:", self.text[start:end]), sentence, paragraph, inside,
            inside + end - start, who, what, None, None, None, "assigned" if named else "rule",
        )  # fmt: skip

    def _record(
        self, start: int, end: int, left: int, right: int, who: tuple[str, ...], what: str,
        limit: Deadline | None,
    ) -> Duty:  # fmt: skip
        """A duty with a limit, or one whose sentence puts bodies in charge: its sentence names it."""
        sentence = self.text[left:right].strip()
        paragraph, inside = self.state.place(start)
        printed = limit.printed if limit is not None else ""
        value = _VALUE.search(self.text, limit.end, min(right, limit.end + 80)) if limit is not None else None
        return Duty(
            name_fact(self.document_id, f"duty:{printed}", sentence), sentence, paragraph, inside,
            inside + end - start, who, what, limit.due if limit is not None else None, printed or None,
            value["v"].strip() if value else None, "deadline" if limit is not None else "assigned",
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
