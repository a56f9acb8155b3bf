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

from classify.components.english_deadline import EnglishLimit, english_limits
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
_ORDER = re.compile(
    r"\b(?P<verb>[Rr]equir(?:es|e|ing)|[Dd]irect(?:s|ing)?|[Ii]nstruct(?:s|ing)?"
    r"|[Mm]andat(?:es|e|ing)|[Oo]blig(?:es|e|ing)|[Cc]ompel(?:s)?|[Oo]rders(?= (?:the|all"
    r"|each) )|[Pp]rohibit(?:s|ing)?|[Bb]ars|[Ff]orbid(?:s)?|[Bb]an(?:s|ning)"
    r"|[Pp]reclud(?:es|e)|[Cc]harg(?:es)(?= the )|[Rr]equest(?:s|ed)(?= (?:the|all|that)\b)"
    r"|(?<=- )[Dd]enies)\b(?!-|['’])(?= )"
)
_MODAL_WORDS = (
    "shall", "must", "required ", "obliged ", "directed ", "instructed ", "mandated ", "obligated ",
    "prohibited from", "duty to", "obligation to", "may not", "responsible for", "has to", "have to", "need",
    "cannot",
)  # fmt: skip
_ORDER_WORDS = (
    "equir", "irect", "nstruct", "andat", "blig", "ompel", "rders ", "rohibit", "bars ", "Bars ", "orbid",
    "bans ", "Bans ", "anning ", "reclud", "harges ", "equests ", "equested ", "enies ",
)  # fmt: skip
_NOT_RULE = re.compile(
    r"(?: not)? (?:also |hereby |only |thereafter |further )?(?:mean|means|be deemed|be known"
    r"|be construed|be cited|be interpreted|be considered|take effect|apply|become effective"
    r"|have the (?:same )?meaning|come into (?:force|effect)|expire|remain in (?:effect|force)"
    r"|be (?:guilty|punish|liable|fined|imprisoned|null|void|entitled|eligible|used only"
    r"|in addition|effective|exempt)|be subject to (?:a |the )?(?:civil )?(?:penalt|fine"
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
    r"|Also)\b.*, "
)
_NAMED_MANY = re.compile(r"(?:You|All|Each|Every|Any|[A-Z][a-z]+s)\b(?: [\w-]+){0,4}$")
_RELATIVE = re.compile(r",? ?\b(?:which|who|that)(?: also)?\s*$")
_SAYS = re.compile(r"(?:States|Declares|Provides|Specifies|Requires|Deems)\b[^,;]{0,40}? that ")
_COUNTED = re.compile(
    r"^(?:\s*(?:\(?(?:[a-z]{1,2}|\d{1,3}|[ivxIVX]{1,4}|[A-Z])[.)]|§|�|[\d.]+-?[\w.-]*|[*>#•–-])\s*)+"
)
_TAIL = re.compile(
    r"(?:,? (?:who|that|which|whose|in consultation with|in coordination with"
    r"|in collaboration with|or (?:his|her|its|such) |acting|to the extent|where|upon|by rule"
    r"|as defined|pursuant to|described|designated|subject to|with the approval|thereafter"
    r"|also|within|no later|not later|on or before|shall|at the)\b.*|,.*)$"
)
_ITEM = re.compile(r"(?:; ?(?:and |or )?|: ?|, (?:and |or )?)\((?P<n>\d{1,2})\) ")
_TO = re.compile(
    r"^(?P<who>(?:(?! to | from | that )[^:;]){2,180}?)(?P<never> not)?(?:,[^:;]{1,200},)?"
    r" (?:to(?P<not> not)?|from)\b(?P<colon>:?)"
)
_AGENT = re.compile(
    r"(?:Secretary|Administrator|Commissioner|Director|President|Attorney|General|Congress"
    r"|Department|department|agenc|Agenc|commission|Commission|[Bb]oard|[Cc]ouncil"
    r"|[Ss]tates?\b|[Gg]overnor|[Oo]ffice|officer|Comptroller|Chief|[Mm]ayor|[Cc]ourt"
    r"|[Ee]mployer|[Cc]ompan|[Oo]wner|[Pp]erson|[Ii]ndividual|[Ee]ntit|provider|institution"
    r"|[Bb]ank|[Bb]usiness|[Oo]perator|[Cc]ontractor|[Ll]andlord|[Ss]chool|[Aa]uthorit|USDA"
    r"|EPA|HHS|DOD|DHS|FCC|SEC|IRS|[A-Z]{2,6}\b|manufacturer|plan|insurer|issuer|applicant"
    r"|recipient|grantee|licensee|facilit|member|committee|Committee|Service|Bureau|[Cc]ity"
    r"|local|any|each|every|all|such|the)"
)


_FORBIDS = re.compile(r"(?:prohibit|bar|forbid|ban|preclud|den(?:y|ies))", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    who: str
    what: int  # where the words of the act begin; a prohibiting modal is one of them
    ban: str = ""  # what prohibits the act when it does not stand before it: prohibited from


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


def _clause_of(text: str, clauses: list[_Clause], limit: EnglishLimit) -> int | None:
    """The clause around the limit; else the first one behind it, else the last before it, in its sentence."""
    left, right = english_bounds(text, limit.start, limit.end)
    at = bisect_right(clauses, limit.start, key=lambda one: one.start) - 1
    if at >= 0 and limit.start < clauses[at].end:
        return at
    if at + 1 < len(clauses) and clauses[at + 1].start < right:
        return at + 1
    return at if at >= 0 and clauses[at].start >= left else None


def _clauses(text: str) -> Iterator[_Clause]:
    reached = 0
    for found in matches(_MODAL, text, _MODAL_WORDS, 40, 90):
        clause = _modal(text, found, reached)
        if clause is not None:
            yield clause
            reached = found.end()
    for found in matches(_ORDER, text, _ORDER_WORDS, 4, 20):
        yield from _ordered(text, found)


def _modal(text: str, found: re.Match[str], reached: int) -> _Clause | None:
    """The clause of one modal: its subject may stand behind a fronted condition."""
    modal = found["modal"]
    if modal.startswith(("shall", "must", "may")) and _NOT_RULE.match(text, found.end()):
        return None
    left = _clause_start(text, found.start(), reached)
    said = text[left : found.start()]
    says = _SAYS.match(said)
    left, said = (left + says.end(), said[says.end() :]) if says else (left, said)
    front = _FRONTED.match(said) or _COUNTED.match(said)
    start = left + (front.end() if front else 0)
    relative = _RELATIVE.search(said)
    if relative is not None:
        return _Clause(left + relative.start(), _clause_end(text, found.end()), "", _act(found))
    who = _bearer(text[start : found.start()])
    if _NO_BEARER.match(who) or (not who and not text[left : found.start()].strip()):
        return None
    if modal in ("cannot", "needs to", "need to", "has to", "have to") and not _NAMED_MANY.match(who):
        return None
    what = start if who.startswith(("No ", "no ", "Neither ", "neither ")) else _act(found)
    return _Clause(start, _clause_end(text, found.end()), who, what)


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
    ends = [place for sign in (". ", ";", "\n") if (place := text.find(sign, at, high)) >= 0]
    end = min(ends, default=high)
    return end - 1 if text[end - 1 : end] == "." and end == high and end > at else end


def _bearer(words: str) -> str:
    """The Secretary of Labor for 'the Secretary of Labor, in consultation with …,'."""
    bare = _COUNTED.sub("", words.strip())
    bare = _TAIL.sub("", bare).strip(' ,:–-*"“”')
    bare = bare.removeprefix("The ").removeprefix("the ") if " " in bare[4:] or bare[:4] == "the " else bare
    return " ".join(bare.split())[-160:]


def _ordered(text: str, found: re.Match[str]) -> Iterator[_Clause]:
    """What follows requires, directs, prohibits …: one clause an item of its list (1), (2) …"""
    if text[found.start() - 1 : found.start()] == "-" or _noun(text, found):
        return
    end = _sentence_end(text, found.end())
    said = text[found.end() + 1 : end]
    to = _TO.match(said[:420])
    who = _bearer(to["who"]) if to is not None and _AGENT.match(to["who"].strip()) else ""
    forbids = _FORBIDS.match(found["verb"]) is not None
    ban = _ban(found["verb"], to) if to is not None and who else ""
    parts = list(_ITEM.finditer(said))
    opening = said[: parts[0].start()] if parts else ""
    direct = (
        not opening.strip()
        or (to is not None and to.end() >= len(opening))
        or opening.rstrip().endswith(("to", "that", "from"))
    )
    if len(parts) > 1 and parts[0]["n"] == "1" and direct:
        for number, part in enumerate(parts):
            close = parts[number + 1].start() if number + 1 < len(parts) else len(said)
            begin = found.start() if number == 0 else found.end() + 1 + part.end()
            item = said[part.end() : close]
            inner = _TO.match(item[:300]) if not who else None
            name = who or (_bearer(inner["who"]) if inner is not None and _AGENT.match(inner["who"]) else "")
            if begin < found.end() + 1 + close:
                act = found.end() + 1 + part.end()
                yield _Clause(
                    begin, found.end() + 1 + close, name, act, ban or ("prohibits" if forbids else "")
                )
        return
    stop = said.find("; ")
    yield _Clause(
        found.start(),
        found.end() + 1 + (stop if stop >= 0 else len(said)),
        who,
        found.end() + 1 + to.end() if to and who else found.start() if forbids else found.end() + 1,
        ban,
    )


def _ban(verb: str, to: re.Match[str]) -> str:
    """What turns the act of an order around: prohibited from, not to; nothing for a command."""
    if _FORBIDS.match(verb):
        return "prohibited from" if to.group().rstrip(":").endswith("from") else "forbidden to"
    return "not to" if to["not"] or to["never"] else ""


def _noun(text: str, found: re.Match[str]) -> bool:
    """direct loans, direct: the word is no verb that orders."""
    verb = found["verb"]
    if verb in (
        "direct",
        "require",
        "prohibit",
        "mandate",
        "instruct",
        "oblige",
        "Direct",
        "compel",
        "forbid",
        "preclude",
        "Mandate",
    ):
        before = text[max(0, found.start() - 12) : found.start()]
        if not re.search(r"(?:\bto|would|will|shall|\(\d+\)|and|or|,|;) $", before):
            return True
        return (
            verb in ("direct", "mandate")
            and re.match(r" (?:the|all|each|any|such|a )", text[found.end() : found.end() + 6]) is None
        )
    return (
        verb.endswith("ing")
        and re.search(
            r"\b(?:by|of|for|from|about|without|on|than|as|, |not) $",
            text[max(0, found.start() - 9) : found.start()],
        )
        is not None
    )


def _sentence_end(text: str, at: int) -> int:
    high = min(len(text), at + 3 * LONGEST)
    ends = [place for sign in (". ", "\n", ".\n") if (place := text.find(sign, at, high)) >= 0]
    return min(ends, default=high)


def _joined(text: str, clause: _Clause, limit: EnglishLimit) -> EnglishDeadline:
    start, end = min(clause.start, limit.start), max(clause.end, limit.end)
    what = f"{clause.ban} {text[clause.what : clause.end].replace(limit.printed, ' ')}"
    return _duty(text, start, end, limit, (clause.who,) if clause.who else (), what)


def _rule(text: str, clause: _Clause) -> EnglishDeadline:
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
    who = (_bearer(subject["who"]),) if subject and not _NO_BEARER.match(_bearer(subject["who"])) else ()
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
