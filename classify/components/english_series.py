"""The series in which official papers in English are numbered, of parliaments, registers and gazettes.

The form of each series is a public fact. Every form begins with a plain capital, to which `re` skips; what
stands before the capital is looked at behind it.
"""

from __future__ import annotations

import re

YEAR = r"(?:1[89]|20)\d\d"
_NO = r"(?:[Nn]os?\.? ?|[Nn]umbers? |#)?"
_DASH = r"[-–‑]"
_BILL = r" ?\d{1,5}(?:-?[A-Z]\b)?(?![\w.]*\d|st|nd|rd|th)"
_RESOLVED = r"(?:(?:Joint|Concurrent) )?(?:Bills?|Resolutions?) " + _NO + r"[A-Z]?\.? ?\d{1,5}\b"
_REPORT = r"Rep(?:orts?|t?\.) " + _NO + r"\d{2,3}[-–]\d{1,4}"
_LAW = r" ?" + _NO + r"\d{2,3}(?: ?[-–] ?\d{1,4})?\b"
_INTRODUCED = r"Int(?:ro(?:duction)?)?\.? ?"
_OF_YEAR = _NO + r"\d{1,4}(?:-[A-Z])?(?:[-/]| of )" + YEAR + r"(?:-?[A-Z]\b)?"
_UNION = r"(?:EU|EC|EEC|ECSC|Euratom|JHA|CFSP)"
_OF_UNION = (
    r" ?(?:\(" + _UNION + r"(?:, " + _UNION + r"){0,2}\) ?" + _NO + r"\d{1,4}/\d{2,4}\b"
    r"|" + _NO + r"\d{2,4}/\d{1,4}/" + _UNION + r"\b|[Nn]o ?\d{1,4}/(?:" + YEAR + r"|\d\d)/" + _UNION + r"\b"
    r"|" + _NO + r"\d{2,4}/\d{2,4}(?!/)\b|[Nn]o ?\d{1,4}/(?:" + YEAR + r"|\d\d)\b)"
)
_ACT = r"(?:Regulations?|Directives?|(?:Framework )?Decisions?)" + _OF_UNION
_OF_NATIONS = r" [Rr]esolutions? \d{1,4}(?:/\d{1,3})?\b(?: \(" + YEAR + r"\))?"
_RESOLUTION = r"(?:Security Council|General Assembly)" + _OF_NATIONS
SERIES: tuple[str, ...] = (
    # bills, resolutions, reports and laws of the United States, its states and New York City
    r"H(?:\. ?R\.|R|\. ?Amdt\.|\.? ?(?:Con\.? ?|J\.? ?)?Res\.)" + _BILL,
    r"S(?:\. ?Amdt\.|\.? ?(?:Con\.? ?|J\.? ?)?Res\.|\.)" + _BILL,
    r"A\." + _BILL,
    r"House (?:" + _RESOLVED + r"|" + _REPORT + r")", r"Senate (?:" + _RESOLVED + r"|" + _REPORT + r")",
    r"Assembly " + _RESOLVED, r"H\. ?" + _REPORT, r"S\. ?" + _REPORT, r"Conference " + _REPORT,
    r"P(?:ublic Laws?|ub\. ?L\.|\. ?L\.)" + _LAW, r"Treaty Doc\." + _LAW,
    r"E(?:xecutive Orders?|\.O\.|O) ?" + _NO + r"\d{2,5}\b(?: of " + YEAR + r"\b)?",
    r"Proclamation " + _NO + r"\d{4,5}\b",
    r"L(?:ocal Laws?|L) " + _NO + r"\d{1,3}(?:/" + YEAR + r"|(?:,? and \d{1,3})?(?:,? (?:of|for the year) "
    + YEAR + r")?)\b(?!-\w)",
    r"S\d{2,5}[A-Z]?/A\d{2,5}[A-Z]?\b", r"A\d{2,5}[A-Z]?/S\d{2,5}[A-Z]?\b",
    r"S(?:tate|enate) [Bb]ill [SA]\.?\d{2,5}(?:-?[A-Z])?\b", r"Assembly [Bb]ill [SA]\.?\d{2,5}(?:-?[A-Z])?\b",
    r"Proposed (?:Preconsidered )?" + _INTRODUCED + _OF_YEAR, r"Preconsidered " + _INTRODUCED + _OF_YEAR,
    _INTRODUCED + _OF_YEAR, _INTRODUCED + r"[Nn](?:o\.?|umber) ?\d{1,4}(?:-[A-Z])?\b",
    r"Res(?:olution)?\.? ?(?:" + _NO + r"\d{1,4}(?:-[A-Z])?[-/]" + YEAR
    + r"\b|(?:[Nn]o\.|[Nn]umber) ?\d{1,4}(?:-[A-Z])?\b(?:(?: of |/)" + YEAR + r"\b)?)",
    r"Circulars? " + _NO + r"(?:A-\d{1,3}\b|\d{1,3}[/-](?:" + YEAR + r"|\d\d)\b)", r"M-\d\d-\d\d\b",
    # rulemaking in the Federal Register
    r"FR Doc\.? ?" + _NO + r"(?:\d{4}|[A-Z]\d)" + _DASH + r"\d{4,6}\b",
    r"RIN:? ?(?:[Nn]o\.? ?|[Nn]umber )?\d{4}" + _DASH + r"[A-Z]{2}\d{2}\b",
    r"Docket:? ?(?:ID:? ?)?(?:[Nn]os?\.?:? ?|[Nn]umbers?:? )?(?:ID )?[A-Z]{2,6}(?:" + _DASH
    + r"[A-Z\d]{1,6}){0,3}" + _DASH + r"(?:" + YEAR + r"|\d\d)(?:" + _DASH + r"[A-Z\d]{1,6}){1,3}\b",
    # instruments, command papers and papers of the House of Commons
    r"S(?:\.?S?\.?I\.?|\. ?R\.|tatutory (?:Instruments?|Rules?)),?:? ?" + _NO + YEAR
    + r" ?(?:/|,? ?[Nn]o\.?) ?\d{1,4}\b",
    r"C(?:m|md|mnd)\.? ?\d{3,4}\b", r"HC \d{2,4}(?:-[IVX]{1,4})?\b",
    # acts and papers of the European Union
    r"C(?:ouncil|ommission) (?:Delegated |Implementing )?" + _ACT,
    r"Delegated " + _ACT, r"Implementing " + _ACT,
    r"Regulations?" + _OF_UNION, r"Directives?" + _OF_UNION, r"Decisions?" + _OF_UNION,
    r"Framework Decisions?" + _OF_UNION, r"Recommendations?" + _OF_UNION, r"Common Position" + _OF_UNION,
    r"COM ?\(" + YEAR + r"\) ?\d{1,4}\b", r"S(?:EC|WD) ?\(" + YEAR + r"\) ?\d{1,4}\b",
    r"JOIN ?\(" + YEAR + r"\) ?\d{1,4}\b", r"CELEX:? ?(?:[Nn]umber:? ?|[Nn]o\.? ?)?\d{5}[A-Z]{1,2}\d{4}\b",
    # notifications of the Gazette of India
    r"G\.? ?S\.? ?R\.? ?" + _NO + r"\d{1,5} ?\(E\)", r"S\. ?O\. ?" + _NO + r"\d{1,5} ?\(E\)",
    r"F\. ?No\. ?(?=[\w/().-]{0,30}\d)[A-Z\d][\w/().-]{3,40}\w",
    r"Notification [Nn]o\.? ?\d{1,4}/" + YEAR + r"(?:" + _DASH
    + r"(?:Central|Integrated|Customs|Union)[\w.]{0,12}(?: [Tt]ax)?(?: ?\([A-Z][\w.]{0,8}\))?)?",
    # the United Nations
    r"U(?:N|\.N\.|nited Nations) " + _RESOLUTION, r"Security Council" + _OF_NATIONS,
    r"General Assembly" + _OF_NATIONS, r"U(?:NSCR|N Resolution|\.N\. Resolution) ?\d{3,4}\b",
)  # fmt: skip
CAPITAL = re.compile("|".join(rf"{one[0]}(?<![\w.]{one[0]}){one[1:]}" for one in SERIES))
