"""Duties in English texts: who must do or leave what, and by when.

Three shapes: a bearer before a modal (the commissioner shall …), a verb that orders somebody (directs the
Secretary to …, requires …, prohibits …), and an instruction with a limit (Send comments by 7 May 2026).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from classify.components.english_bearer import COUNTED, Clause, bearer, full_stop
from classify.components.english_deadline import EnglishLimit, english_limits
from classify.components.english_order import orders
from classify.components.english_places import matches
from classify.components.sentence import english_bounds

LONGEST = 600
_MODAL = re.compile(
    r"\b(?P<modal>shall(?: not)?|must(?: not)?|(?:(?:will|would|shall) )?(?:is|are|be|being"
    r"|was|were) (?:also |hereby |legally |now |otherwise )?(?:required|obliged|directed"
    r"|instructed|mandated|obligated) (?:by [^.;\n]{1,60} )?to"
    r"|(?:(?:will|would|shall) )?(?:is|are|be) (?:hereby )?prohibited from|(?:has"
    r"|have) a (?:legal |statutory )?(?:duty|obligation) to|may not|(?:is"
    r"|are) responsible for|(?:has|have) to(?= [a-z])"
    r"|need(?:s)? to(?= [a-z])|cannot)\b"
)
_MODAL_WORDS = (
    "shall", "must", "required ", "obliged ", "directed ", "instructed ", "mandated ", "obligated ",
    "prohibited from", "duty to", "obligation to", "may not", "responsible for", "has to", "have to", "need",
    "cannot",
)  # fmt: skip
_NOT_RULE = re.compile(
    r"(?: not)? (?:also |hereby |only |thereafter |further )?(?:mean|means|be deemed|be known"
    r"|be construed|be cited|be interpreted|be considered|take effect|apply|become effective"
    r"|have the (?:same )?meaning|come into (?:force|effect)|expire|remain in (?:effect|force)"
    r"|be (?:guilty|punish|liable|fined|imprisoned|null|void|entitled|eligible|used only"
    r"|in (?:\w+ )?(?:non-?compliance|violation)|in addition|effective|exempt)"
    r"|be subject to (?:a |the )?(?:civil )?(?:penalt|fine"
    r"|imprison|judicial)|say|admit|confess|stress|seem|have been|be (?:remembered|said"
    r"|noted)|wait|see|know|look forward|help but|afford"
    r"|be able|be more|be a (?:matter|question)|affect|preclude|limit the|prevent the|constitute)\b"
)
_NO_BEARER = re.compile(
    r"^(?:we|i|it|this|that|there|what|which|and|but|or|nothing|something|everything|he|she"
    r"|these|those|so|if|as|one|things?|change|words|also|term|the (?:term|phrase|word|words)"
    r"|(?:this|the) (?:section|act|local law|resolution|title|chapter|subdivision|paragraph"
    r"|amendment|provision|rule)s?)$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"^(?:(?:and|or|but|that|provided(?: further)?,? that|however|provided|further"
    r"|(?:\(?[a-z\d]{1,4}[.)]|\([ivx]+\)|§ ?[\w.-]+\.?)) ?,? ?)*"
    r"(?:(?:No|Not|no|not) later than|Within|within|By|by|On|on|Upon|upon|If|if|Where|where"
    r"|When|when|Except|except|Notwithstanding|Pursuant|pursuant|For|for|In|in|Beginning"
    r"|After|after|Before|before|Subject|Prior|At|at|To|to|As|as|Unless|unless|Once|once"
    r"|During|during|Following|Under|under|Every|While|Until|With|Whenever|Effective|From"
    r"|Starting|Annually|Additionally|Further|Furthermore|Such that|Finally|Moreover"
    r"|Also|Although|Though|Because|Since)\b.*, "
)
_RECITAL = re.compile(r"(?:W[Hh][Ee][Rr][Ee][Aa][Ss][,;]? |.{0,200}\bby which (?=(?:the|an?|each|any) ))")
_PERHAPS = re.compile(  # may not be the newest: possible, not forbidden
    r" (?:necessarily|always|even|seem|exist|work|be (?:necessarily|the|an?|aware|possible|suitable|able"
    r"|enough|clear|sure|appropriate|available|familiar|immediately|obvious|true|easy|right|as))\b"
)
_HYPOTHESIS = re.compile(r"(?:.*, )?as (?:[\w'’-]+ ){1,4}\Z")
_NAMED_MANY = re.compile(r"(?:You|All|Each|Every|Any|[A-Z][a-z]+s)\b(?: [\w-]+){0,4}$")
_RELATIVE = re.compile(r",? ?\b(?:which|who|that)(?: also)?\s*$")
_SAYS = re.compile(
    r"(?:[^.;]{0,160} - )?(?:States|Declares|Provides|Specifies|Requires|Deems)\b[^,;]{0,40}? that,? "
)


@dataclass(frozen=True, slots=True)
class EnglishDeadline:
    """A duty with its sentence, already read; `printed` is None where the text names no limit."""

    start: int
    end: int
    printed: str | None
    due: date | None
    sentence: str
    who: tuple[str, ...]
    what: str


def english_deadlines(text: str, issued: date | None) -> Iterator[EnglishDeadline]:
    """Every duty in order; one with a limit covers clause and limit; a lone limit is one too."""
    clauses = sorted(_clauses(text), key=lambda one: (one.start, one.end))
    limited: dict[int, list[EnglishLimit]] = {}
    loose = []
    for limit in english_limits(text, issued):
        index = _clause_of(text, clauses, limit)
        if index is None:
            loose.append(limit)
        else:
            limited.setdefault(index, []).append(limit)
    found = [_alone(text, limit) for limit in loose]
    for index, clause in enumerate(clauses):
        limits = limited.get(index)
        found += [_joined(text, clause, limit) for limit in limits] if limits else [_rule(text, clause)]
    yield from sorted(found, key=lambda one: (one.start, one.end))


def _clause_of(text: str, clauses: list[Clause], limit: EnglishLimit) -> int | None:
    """The clause around the limit; else the first one behind it, else the last before it, in its sentence."""
    left, right = english_bounds(text, limit.start, limit.end)
    at = bisect_right(clauses, limit.start, key=lambda one: one.start) - 1
    if at >= 0 and limit.start < clauses[at].end:
        return at
    if at + 1 < len(clauses) and clauses[at + 1].start < right:
        return at + 1
    return at if at >= 0 and clauses[at].start >= left else None


def _clauses(text: str) -> Iterator[Clause]:
    reached = 0
    for found in matches(_MODAL, text, _MODAL_WORDS, 40, 90):
        clause = _modal(text, found, reached)
        if clause is not None:
            yield clause
            reached = found.end()
    yield from orders(text)


def _modal(text: str, found: re.Match[str], reached: int) -> Clause | None:
    """The clause of one modal: its subject may stand behind a fronted condition."""
    modal = found["modal"]
    if modal.startswith(("shall", "must", "may")) and _NOT_RULE.match(text, found.end()):
        return None
    left = _clause_start(text, found.start(), reached)
    said = text[left : found.start()]
    says = _SAYS.match(said)
    left, said = (left + says.end(), said[says.end() :]) if says else (left, said)
    recital = _RECITAL.match(said)
    left, said = (left + recital.end(), said[recital.end() :]) if recital else (left, said)
    front = _FRONTED.match(said) or COUNTED.match(said)
    start = left + (front.end() if front else 0)
    relative = _RELATIVE.search(said)
    if relative is not None:
        return Clause(left + relative.start(), _clause_end(text, found.end()), "", _act(found))
    who = bearer(text[start : found.start()])
    if modal == "may not" and (_PERHAPS.match(text, found.end()) or _HYPOTHESIS.match(said[-80:])):
        return None
    if _NO_BEARER.match(who) or (not who and not text[left : found.start()].strip()):
        return None
    if modal in ("cannot", "needs to", "need to", "has to", "have to") and not _NAMED_MANY.match(who):
        return None
    what = start if who.startswith(("No ", "no ", "Neither ", "neither ")) else _act(found)
    return Clause(start, _clause_end(text, found.end()), who, what)


def _act(found: re.Match[str]) -> int:
    """Where the act of a modal begins: at what prohibits (shall not, prohibited from), else behind it."""
    modal = found["modal"]
    if modal.endswith("prohibited from"):
        return found.end() - len("prohibited from")
    return found.start() if modal.endswith((" not", "cannot")) else found.end()


def _clause_start(text: str, at: int, reached: int) -> int:
    low = max(at - 400, reached, text.rfind("\n", max(0, at - 400), at) + 1)
    stops = [
        text.rfind(sign, low, at) + len(sign)
        for sign in (
            ". ",
            "; ",
            ": ",
            "? ",
            "! ",
            ", provided that ",
            " requires that ",
            " Requires that ",
            " States that ",
        )
        if text.rfind(sign, low, at) >= 0
    ]
    left = max([low, *stops])
    if left == at - 400:
        left = text.find(" ", left, at) + 1 or at
    if left == reached and reached and (joint := text.rfind(" and ", reached, at)) >= 0:
        left = joint + 5
    while left < at and text[left] in " \t>*#":
        left += 1
    return left


def _clause_end(text: str, at: int) -> int:
    """Up to ; or the end of the sentence, at most a few lines."""
    high = min(len(text), at + LONGEST)
    ends = [place for sign in (";", "\n") if (place := text.find(sign, at, high)) >= 0]
    end = min([*ends, full_stop(text, at, high)])
    return end - 1 if text[end - 1 : end] == "." and end == high and end > at else end


def _joined(text: str, clause: Clause, limit: EnglishLimit) -> EnglishDeadline:
    start, end = min(clause.start, limit.start), max(clause.end, limit.end)
    what = f"{clause.ban} {text[clause.what : clause.end].replace(limit.printed, ' ')}"
    return _duty(text, start, end, limit, (clause.who,) if clause.who else (), what)


def _rule(text: str, clause: Clause) -> EnglishDeadline:
    return _duty(
        text,
        clause.start,
        clause.end,
        None,
        (clause.who,) if clause.who else (),
        f"{clause.ban} {text[clause.what : clause.end]}",
    )


_SUBJECT = re.compile(
    r"(?P<who>(?:The |All |Each |Every )?[A-Z]?[\w'’&,-]{0,30}(?: [\w'’&-]{1,30}){0,9}?)"
    r" (?:should|will|is to|are to|would|is expected|are expected)\b"
)


def _alone(text: str, limit: EnglishLimit) -> EnglishDeadline:
    left, right = english_bounds(text, limit.start, limit.end)
    sentence = text[left:right].strip()
    subject = _SUBJECT.match(sentence[:300])
    said = sentence[subject.end() :] if subject else sentence
    who = (bearer(subject["who"]),) if subject and not _NO_BEARER.match(bearer(subject["who"])) else ()
    return _duty(text, limit.start, limit.end, limit, who, said.replace(limit.printed, " "))


def _duty(
    text: str, start: int, end: int, limit: EnglishLimit | None, who: tuple[str, ...], what: str
) -> EnglishDeadline:
    left, right = english_bounds(text, start, min(end, start + 200))
    sentence = text[left : max(right, end)].strip()
    act = " ".join(what.split()).strip(" ,.;:")
    return EnglishDeadline(
        start, end, limit.printed if limit else None, limit.due if limit else None, sentence, who, act[:200]
    )
