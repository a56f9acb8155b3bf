"""What an English text does to a paper that it names: by the verb before the name, or by the one behind it.

Only what the text itself does counts. What it tells of others (was repealed, repealed by the Lake Act, said
that … is revoked), plans, conditions and denials are mentions: a wrong "repealed" is the worst error.
"""

from __future__ import annotations

import re

from classify.components.dates import MONTH
from warehouse.records import CitationKind

LEFT, RIGHT = 320, 420
_LEAD = re.compile(
    r"\b(?P<by>(?:as )?(?:last |most recently )?(?:amended|added|inserted|repealed|replaced|revoked"
    r"|superseded|corrected|modified) by)"
    r"|\b(?P<self>hereby (?:revoke|rescind|repeal|supersede|cancel|amend))"
    r"|\b(?P<lead>[Aa]mend(?:s|ing|ments? (?:in|to|of))?|[Rr]epeal(?:s|ing)?|[Rr]evok(?:es|ing)"
    r"|[Rr]escind(?:s|ing)?|[Cc]ancels"
    r"|[Rr]eplac(?:es|ing)|[Ss]upersed(?:es|ing)|in supersession of|[Rr]eauthoriz(?:es|ing)|[Uu]nder"
    r"|[Pp]ursuant to|[Ii]n accordance with|[Ii]n exercise of|[Hh]aving regard to|[Oo]n the basis of"
    r"|[Bb]y virtue of|[Aa]s required by|made under|required by|conferred (?:[\w ]{1,30} )?by"
    r"|vested in [^,;.\n]{1,60}? by|authority of|[Ii]mplement(?:s|ing)"
    r"|gives effect to|[Pp]ublish(?:es|ing)|[Ss]trik(?:es|ing))(?= )"
)
GAP = re.compile(
    r"(?:[ ,]+(?>the|of|and|or|to|in|by|both|certain|[Ff]ederal|New York|(?:sub)?parts?"
    r"|(?:[Ss]ub-?)?[Ss]ections?|(?:sub)?[Tt]itles?|(?:sub)?[Cc]hapters?|powers?|conferred|read with"
    r"|[Aa]rticles?|(?:[Ss]ub-?)?[Rr]ules?|[Rr]egulations?|subdivisions?|subsections?|[Ss]chedules?"
    r"|(?:sub-?)?clauses?|(?:sub-?)?paragraphs?|provisions|requirements|its|earlier|previous"
    r"|\([^()]{1,80}\)|\d[\w().-]*|[IVXLC]{1,6}(?:-[A-Z])?|[ABDEFGH]))*+[ \"“‘'\[*_]*+"
)
_NOTIFIED = re.compile(r" (?:the |its |all |this )?(?:[\w()]+ ){0,3}[Nn]otifications?\b[^;\n]{0,300}")
_PART = re.compile(
    r"section|part\b|title [IVXLC\d]|chapter|article|provision|rule|regulation \d|subdivision"
    r"|subsection|paragraph|schedule|requirement|clause|annex|appendix|definition",
    re.IGNORECASE,
)
_PLANNED = (
    r"\b(?:would|will|could|should|may|might|propos\w{1,4}|plans?|intend\w{0,2}|call\w{0,3}"
    r"|urg\w{1,3}|consider\w{0,3}|seek\w{0,3}|want\w{0,2}|not|never|power|authority|recommend\w{0,3}"
    r"|oppos\w{1,3}|suggest\w{0,3}|pledg\w{1,3}|promis\w{1,3}|without|instead of|before|after|until"
    r"|unless|when|(?:bill|petition) to"
    r"|whether|if)"
)
_UNSURE = re.compile(_PLANNED + r" (?:[\w-]+ ){0,3}\Z")
_MAKES = re.compile(r"\b(?:[Mm]ak(?:es?|ing)|following|hereby) (?:[\w-]+ ){0,4}\Z")
_DAY = (
    rf"(?:{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: day)? (?:of )?{MONTH},? \d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4})"
)
_BRACKETS = r" ?[(\[](?>[^()\n]|\((?>[^()\n]){0,60}\)){1,240}[)\]]"
_ABOUT = (
    r"(?: (?:on|laying down|concerning|establishing) [^.;,\n()\d]{1,160}(?=,? (?:is|are|shall be) |,? \())?"
)
_ASIDE = (  # what may stand between a name and its verb
    rf"(?>,? (?:of|dated|made on|issued on|signed on)(?: the)? {_DAY}{_ABOUT}|{_BRACKETS}"
    rf"|,? as (?:last |most recently |previously |so |further )?(?:amended|added|corrected|extended|modified)"
    rf"(?: (?:by|in|from|on|under) (?>[^;\n.,]|\.(?! [A-Z])|, (?=and |No|\d)){{1,160}})?(?=,)"
    r"|,? as amended(?= )"
    r"|,? (?:entitled |titled |relating to |on )?[“\"](?>[^“”\"\n]){1,200}[”\"]"
    rf"|,? of the European Parliament and of the Council(?: of {_DAY}{_ABOUT})?"
    r"|,? (?:published|notified) (?>[^;\n]){1,300}?,? (?:vide|under)(?: notification)?(?: number| No\.?)?"
    r" (?>[^;,\n]){1,60}|,? which [^,;.\n]{1,120}(?=,))"
)
_LINK = re.compile(rf"\)?(?:{_ASIDE}){{0,4}}+[\s,]*(?:and |or )?(?:the )?")
_ACTS = r"(?:amended|repealed|REPEALED|revoked|rescinded|superseded|replaced|cancell?ed|annulled)"
_SAID = re.compile(
    rf"\)?(?:{_ASIDE}){{0,6}}+,? (?:(?:is|are)|shall (?P<shall>be)) "
    rf"(?:(?:hereby|further|also|accordingly|therefore|each|both) ){{0,2}}(?P<what>{_ACTS})\b"
    rf"(?: and (?:replaced|superseded|annulled|cancelled)\b)?"
)
_REPORTED = re.compile(
    r" by (?!this\b|these\b|the present\b|(?:striking|adding|inserting|deleting|replacing|substituting"
    r"|revising|redesignating|removing|repealing|REPEALING|omitting|amending|changing|renumbering"
    r"|the following|the addition)\b)"
)
_CONDITION_BEHIND = re.compile(
    r",? (?:if|unless|when|only if|in the event|provided that|should|once|until)\b"
)
_ONLY_PART = re.compile(
    r",? (?:in part|partially|partly|in so ?far as|insofar as|so far as|to the extent|only"
    r"|as (?:to|regards|respects)|except(?! as respects| for things| in respect of things"
    r"| with respect to things)|save)\b"
)
_NO_ACT = re.compile(
    r"\b(?:[Ii]f|[Uu]nless|[Uu]ntil|[Ww]hen(?:ever)?|[Ww]hether|[Oo]nce|[Ww]here(?:ver)?|[Bb]efore|[Aa]fter"
    r"|Should|Were|[Ii]n the event|[Pp]rovided that|[Ii]n case|[Aa]ssum\w+|[Ss]uppos\w+|[Nn]othing|[Nn]either"
    r"|[Ww]hereas|WHEREAS|so that|as though|(?:said|says?|stat\w+|told|tells?|believ\w+|announc\w+"
    r"|argu\w+|claim\w+|reports?"
    r"|reported|not\w+|warn\w+|propos\w+|recommend\w+|suggest\w+|request\w+|ask\w*|urg\w+|demand\w*|hop\w+"
    r"|mean\w*|ensur\w+|understood|assert\w+|alleg\w+)"
    r"(?: \w+){0,3}? that)\b"
)
_LISTED = re.compile(
    r"\b(?:following|these)(?: [\w()’'-]+){1,8} (?:is|are|shall be) (?:hereby )?(?P<what>repealed|revoked"
    r"|rescinded|superseded|cancell?ed)(?: (?:with effect )?(?:from|on|as of) [^:—\n]{1,30})?[:—–-]"
)
_ITEM_BREAK = re.compile(
    r"\n(?!\s*(?:[(\[]?(?:\d{1,3}|[a-z]{1,4})[.)\]]|[-•*–—]))|\. [A-Z][a-z]+ [a-z]+ [a-z]+"
)
_DRAFT = re.compile(r"\b(?:[Pp]ropos\w+|[Dd]raft|[Ff]orthcoming|[Cc]onsultation|would)\b")
_ITSELF = re.compile(r"\b(?:[Tt]his|[Tt]hese|hereby|[Ww]e|I)\b")
_OF_IT = re.compile(
    r"(?: \([^()]{1,40}\))?(?:['’]s)? (?:(?!(?:and|or|of|in|on|to|with|by)\b)[\w-]+ ){0,2}?"
    r"(?:provisions?|requirements?|sunset|sections?|limit\w*|rules|restrictions|exemptions?|prohibitions?|amendments?|definitions?)\b"
)
_LATER = re.compile(
    rf"(?:{_ASIDE}){{0,4}}+,? (?:upon|if|unless|when|once|until|as of the date|effective (?:upon|on the date)"
    r"|on the date|after)\b"
)
_KINDS: tuple[tuple[str, CitationKind], ...] = (
    ("amend", "amends"), ("reauthoriz", "amends"), ("strik", "amends"), ("repeal", "repeals"),
    ("revok", "repeals"), ("rescind", "repeals"), ("cancel", "repeals"), ("in supersession", "repeals"),
    ("replac", "repeals"), ("supersed", "repeals"), ("implement", "implements"),
    ("gives", "implements"), ("publish", "prints"),
)  # fmt: skip


def passive(text: str, start: int, end: int) -> CitationKind | None:
    """What is said of the paper behind its name (is hereby repealed); None where nothing is said there."""
    said = _SAID.match(text, end, end + RIGHT)
    if said is None:
        return None
    left = _sentence_before(text, start)
    if (
        _NO_ACT.search(left)
        or _REPORTED.match(text, said.end(), said.end() + 40)
        or _CONDITION_BEHIND.match(text, said.end(), said.end() + 20)
    ):
        return "mentions"
    if said["what"] == "amended" or _PART.search(left) or _ONLY_PART.match(text, said.end(), said.end() + 60):
        return "amends"
    return "repeals"


def partial(text: str, start: int) -> bool:
    """Whether the name is that of a whole of which the sentence means a part: section 5 of the Lake Act."""
    return _PART.search(_sentence_before(text, start)) is not None


def active(text: str, start: int, end: int) -> CitationKind | None:
    """What the verb or the preposition right before the name says; None where none governs it."""
    low = max(0, start - LEFT, text.rfind("\n", 0, start) + 1)
    left = text[low:start]
    leads = list(_LEAD.finditer(left))
    if not leads:
        return _in_list(text, start)
    lead = leads[-1]
    if GAP.fullmatch(left, lead.end()) is None and not _of_gazette(left, lead):
        return _in_list(text, start)
    if lead["by"]:
        return "mentions"
    kind = _spoken(left, lead)
    if kind == "repeals" and _OF_IT.match(text, end, end + 60):
        return "amends"
    return "mentions" if kind == "repeals" and _LATER.match(text, end, end + 200) else kind


def linked(text: str, end: int, start: int) -> bool:
    """Nothing stands between two names but what joins a list: A, B of May 1, 2020, and section 3 of C."""
    if not 0 <= start - end < RIGHT:
        return False
    gap = text[end:start]
    return bool(_LINK.fullmatch(gap)) or (
        len(gap) < 60 and gap[:1] in ", " and " and " in gap and bool(GAP.fullmatch(gap))
    )


def _of_gazette(left: str, lead: re.Match[str]) -> bool:
    """in supersession of the notification of the Government of India … number: India cites at length."""
    word = (lead["lead"] or lead["self"] or "").lower()
    return word.startswith(("in supersession", "rescind", "amend", "hereby")) and (
        _NOTIFIED.fullmatch(left, lead.end()) is not None
    )


def _in_list(text: str, start: int) -> CitationKind | None:
    """An item of a list that is ended as a whole: The following Orders are revoked: (a) …"""
    low = max(0, start - 2 * LEFT)
    if text.rfind("ollowing", low, start) < 0 and text.rfind("hese", low, start) < 0:
        return None
    hits = list(_LISTED.finditer(text, low, start))
    if not hits or _ITEM_BREAK.search(text, hits[-1].end(), start) is not None:
        return None
    found = hits[-1]
    left = _sentence_before(text, found.start())
    if _NO_ACT.search(left) or _PART.search(found.group()) or _PART.search(left):
        return "mentions"
    item = text[max(text.rfind(sign, found.end(), start) for sign in "\n;:") + 1 : start]
    return "amends" if _PART.search(item) else "repeals"


def _spoken(left: str, lead: re.Match[str]) -> CitationKind:
    word = (lead["lead"] or lead["self"].removeprefix("hereby ")).lower()
    kind: CitationKind = next((kind for stem, kind in _KINDS if word.startswith(stem)), "basis")
    if kind not in ("repeals", "amends"):
        return kind
    if word.startswith("amendment") and not _MAKES.search(left, max(0, lead.start() - 60), lead.start()):
        return "mentions"
    if _UNSURE.search(left, max(0, lead.start() - 60), lead.start()):
        return "mentions"
    if kind == "amends":
        return kind
    sentence = left[
        max(left.rfind(". ", 0, lead.start()), left.rfind("; ", 0, lead.start())) + 1 : lead.start()
    ]
    bare = lead["lead"] is not None and word in ("repeal", "rescind")
    if bare or _NO_ACT.search(sentence) or _DRAFT.search(sentence):
        return "mentions"
    if word.endswith("ing") and not _ITSELF.search(sentence):
        return "mentions"  # it came into force in 1996, replacing …; the titles of others
    return "amends" if _PART.search(left, lead.end()) and not _of_gazette(left, lead) else "repeals"


def _sentence_before(text: str, start: int) -> str:
    """The words of the sentence that stand before this place; initials and U.S. do not end it."""
    low = max(0, start - LEFT, text.rfind("\n", 0, start) + 1)
    left = text[low:start]
    return left[max(left.rfind(". "), left.rfind("; ")) + 1 :]
