"""English verbs that order somebody: directs the Secretary to …, requires …, prohibits …."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.english_bearer import Clause, bearer, full_stop
from classify.components.english_places import matches

LONGEST = 600
_ORDER = re.compile(
    r"\b(?P<verb>[Rr]equir(?:es|e|ing)|[Dd]irect(?:s|ing)?|[Ii]nstruct(?:s|ing)?"
    r"|[Mm]andat(?:es|e|ing)|[Oo]blig(?:es|e|ing)|[Cc]ompel(?:s)?|[Oo]rders(?= (?:the|all"
    r"|each) )|[Pp]rohibit(?:s|ing)?|[Bb]ars|[Ff]orbid(?:s)?|[Bb]an(?:s|ning)"
    r"|[Pp]reclud(?:es|e)|[Cc]harg(?:es)(?= the )|[Rr]equest(?:s|ed)(?= (?:the|all|that)\b)"
    r"|(?<=- )[Dd]enies)\b(?!-|['’])(?= )"
)
_ORDER_WORDS = (
    "equir", "irect", "nstruct", "andat", "blig", "ompel", "rders ", "rohibit", "bars ", "Bars ", "orbid",
    "bans ", "Bans ", "anning ", "reclud", "harges ", "equests ", "equested ", "enies ",
)  # fmt: skip
_BANNING = re.compile(r"\b(?:[Pp]rohibit(?:s|ing)?|[Ff]orbids?|[Bb]ars|[Bb]ans) (?!.*\b[Aa]mend)")
_PRONOUNS = ("them", "it", "him", "her", "us", "you")
_REQUIRES = re.compile("requir")
_TALK = re.compile(
    r"(?:\b(?:[Tt]his|[Ii]t|[Tt]hat|[Ww]hich|often|usually|[Ww]ork|[Tt]hey|[Ww]e|process|project|approach) "
    r"|\b(?:[Cc]hanges|[Rr]eforms|[Pp]roposals|[Pp]lans|[Ww]ork) (?:will|would|may) )\Z"
)
_MAIN = re.compile(r", (?:the|such|each|any|an?) (?:[\w-]+ ){1,5}(?:shall|must) ")
_ITEM = re.compile(r"(?:; ?(?:and |or )?|: ?|, (?:and |or )?)\((?P<n>\d{1,2})\) ")
_TO = re.compile(
    r"^(?P<who>(?:(?! to | from | that )[^:;]){2,180}?)(?P<never> not)?(?:,[^:;]{1,200},)?"
    r" (?:to(?P<not> not)?|from)\b(?P<colon>:?)"
)
_AGENT = re.compile(
    r"(?:any|each|every|all|such|the|local)|(?:an? )?"
    r"(?:(?!(?:of|for|by|that|in|on|to|with|from|and|or|at|under)\b)[\w'’-]+ ){0,2}?"
    r"(?:Secretary|Administrator|Commissioner|Director|President|Attorney|General|Congress"
    r"|Department|department|agenc|Agenc|commission|Commission|[Bb]oard|[Cc]ouncil"
    r"|[Ss]tates?\b|[Gg]overnor|[Oo]ffice|officer|Comptroller|Chief|[Mm]ayor|[Cc]ourt"
    r"|[Ee]mployer|[Cc]ompan|[Oo]wner|[Pp]erson|[Ii]ndividual|[Ee]ntit|provider|institution"
    r"|[Bb]ank|[Bb]usiness|[Oo]perator|[Cc]ontractor|[Ll]andlord|[Ss]chool|[Aa]uthorit|USDA"
    r"|EPA|HHS|DOD|DHS|FCC|SEC|IRS|[A-Z]{2,6}\b|manufacturer|plan|insurer|issuer|applicant"
    r"|recipient|grantee|licensee|facilit|member|[Mm]anager|[Tt]eacher|[Dd]river|[Pp]arent|[Vv]endor|[Tt]enant"
    r"|committee|Committee|Service|Bureau|[Cc]ity)"
)


_FORBIDS = re.compile(r"(?:prohibit|bar|forbid|ban|preclud|den(?:y|ies))", re.IGNORECASE)


def orders(text: str) -> Iterator[Clause]:
    """The clauses of all ordering verbs, in order."""
    for found in matches(_ORDER, text, _ORDER_WORDS, 4, 20):
        yield from _ordered(text, found)


def _ordered(text: str, found: re.Match[str]) -> Iterator[Clause]:
    """What follows requires, directs, prohibits …: one clause an item of its list (1), (2) …"""
    if text[found.start() - 1 : found.start()] == "-" or _noun(text, found) or _tells(text, found):
        return
    end = _sentence_end(text, found.end())
    said = text[found.end() + 1 : end]
    main = _MAIN.search(said) if found["verb"].endswith("ing") else None
    said = said[: main.start()] if main is not None and "; " not in said[: main.start()] else said
    to = _TO.match(said[:420])
    who = bearer(to["who"]) if to is not None and _AGENT.match(to["who"].strip()) else ""
    talk = to is None and _REQUIRES.match(found["verb"]) is not None
    if talk and _TALK.search(text, max(0, found.start() - 40), found.start()):
        return  # This requires planning
    who = "" if who in _PRONOUNS else who
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
            name = who or (bearer(inner["who"]) if inner is not None and _AGENT.match(inner["who"]) else "")
            if begin < found.end() + 1 + close:
                act = found.end() + 1 + part.end()
                yield Clause(
                    begin, found.end() + 1 + close, name, act, ban or ("prohibits" if forbids else "")
                )
        return
    stop = said.find("; ")
    yield Clause(
        found.start(),
        found.end() + 1 + (stop if stop >= 0 else len(said)),
        who,
        found.end() + 1 + to.end() if to and who else found.start() if forbids else found.end() + 1,
        ban,
    )


def _tells(text: str, found: re.Match[str]) -> bool:
    """The verb tells of something (its terms preclude a sale) or is itself what is banned."""
    verb = found["verb"]
    before = text[max(0, found.start() - 160) : found.start()]
    if verb in ("precludes", "preclude"):
        return True
    if verb in ("require", "compel") and before.endswith(("to ", "or ")):
        clause = before[max(before.rfind(sign) for sign in (". ", "; ", "\n", "(1)", "(2)", "(3)")) + 1 :]
        return _BANNING.search(clause) is not None
    return False


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
    ends = [place for sign in ("\n", ".\n") if (place := text.find(sign, at, high)) >= 0]
    return min([*ends, full_stop(text, at, high)])
