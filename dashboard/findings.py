"""What a crawl found wrong, and what it remarked, in the reader's language.

The crawl writes English sentences beside codes and values. A code that the catalogue of words does not know,
or a template that asks for a value the crawl did not give, falls back to the English sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dashboard.words import known

_WHOLE = {
    "nothing new": "nothing-new",
    "nothing was due": "nothing-due",
    "no request was answered": "no-answer",
    "the lists answered, but none held an entry": "empty-lists",
    "the site refused an earlier run and is left alone": "left-alone",
    "the budget of requests for this run is used up; the rest is for the next": "budget",
}
_URL = r"(?P<url>\S+?)"
_LONG = re.compile(r"(https?://[^\s（）]{90})[^\s（）]{10,}")  # addresses of searches fill half a page
_REMARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("letter", re.compile(r"(?P<rest>.+); a letter to the site's owner lies in (?P<file>\S+)")),
    (
        "own-network",
        re.compile(r"None of (?P<sites>\d+) sites could be reached: our own connection seems to be down\."),
    ),
    ("waits", re.compile(r"(?P<rest>.+); left alone")),
    ("some-failed", re.compile(r"(?P<failed>\d+) of (?P<total>\d+) requests failed; (?P<rest>.+)")),
    ("robots-failed", re.compile(r"robots\.txt answers (?P<status>\d{3}); RFC 9309 asks to wait")),
    (
        "robots-lost",
        re.compile(r"robots\.txt of (?P<host>\S+) cannot be fetched: .+ \((?P<what>[a-z0-9-]+)\)"),
    ),
    (
        "robots-unread",
        re.compile(r"robots\.txt cannot be read \((?P<what>[a-z0-9-]+)\); RFC 9309 asks to wait"),
    ),
    ("robots-forbids", re.compile(r"robots\.txt of (?P<host>\S+) forbids (?P<url>\S+) \(robots\)")),
    (
        "robots-delay",
        re.compile(
            r"robots\.txt of (?P<host>\S+) asks for (?P<asked>\S+) seconds between requests,"
            r" (?P<kept>\S+) are kept"
        ),
    ),
    ("quiet-hours", re.compile(r"quiet hours (?P<hours>\S+) \((?P<zone>[^)]+)\); it is asked after them")),
    ("window", re.compile(r"outside its window (?P<hours>\S+) \((?P<zone>[^)]+)\)")),
    ("answers", re.compile(_URL + r" answers (?P<status>\d{3})")),
    ("come-back", re.compile(_URL + r": the site asks to come back in (?P<wait>.+)")),
    (
        "breaker",
        re.compile(_URL + r": (?P<what>[a-z0-9-]+); too many failures in a row, the breaker is open"),
    ),
    ("coded", re.compile(_URL + r":? .*\((?P<what>[a-z0-9]+(?:-[a-z0-9]+)*)\)", re.DOTALL)),
)
_NOTES = {  # what the sentence of a difficulty tells beside its kind
    "other-platform": re.compile(
        r"platform (?P<other>[a-z0-9_]+), the source's file says (?P<own>[a-z0-9_]+)"
    ),
    "challenge": re.compile(r"answered (?P<status>\d{3})"),
    "out-of-scope": re.compile(r"none of (?P<entries>\d+) list entries"),
    "ocr": re.compile(r"Tesseract (?P<version>[\w.]*), mean confidence (?P<confidence>[\d.]+)$"),
    "ocr-poor": re.compile(r"mean confidence (?P<confidence>[\d.]+);.* too poor to be kept$"),
}
_CHALLENGED = re.compile(_URL + r" answers with a challenge page")


def finding_sentence(language: str, code: str, found: Mapping[str, Any], sentence: str) -> str:
    """A finding in the reader's language: the template of its code with the values found."""
    return shortened(_finding(language, code, found, sentence))


def remark_sentence(language: str, remark: str) -> str:
    """A remark of the crawl in the reader's language; one of a form unknown here stays as it is."""
    return shortened(_remark(language, remark.strip()))


def problem_sentence(language: str, code: str, detail: str) -> str:
    """What is said of a difficulty: the template of its code, else the sentence that the crawl wrote."""
    key = f"{code}-poor" if detail.endswith("too poor to be kept") else code
    template, pattern = known(language, f"problem-note.{key}", ""), _NOTES.get(key)
    told = pattern.search(detail) if pattern else None
    if not template or (pattern and not told):
        return shortened(detail)
    return template.format(**told.groupdict()) if told else template


def shortened(text: str) -> str:
    """The text with addresses cut that are longer than a line."""
    return _LONG.sub(r"\1…", text)


def _finding(language: str, code: str, found: Mapping[str, Any], sentence: str) -> str:
    template = known(language, f"finding.{code}", "")
    if not template:
        return sentence
    values = dict(found)
    if isinstance(values.get("said"), str):
        values["said"] = _remark(language, values["said"].strip()).rstrip("。.")
    if isinstance(values.get("error"), str):
        values["error"] = failure_name(language, values["error"])
    if isinstance(values.get("field"), str):
        values["field"] = known(language, f"measure.{values['field']}", values["field"])
    try:
        return template.format(**values)
    except (KeyError, IndexError, ValueError, TypeError):
        return sentence  # the crawl of another version gave other values


def _remark(language: str, text: str) -> str:
    if text in _WHOLE:
        return known(language, f"remark.{_WHOLE[text]}", text)
    challenged = _CHALLENGED.fullmatch(text)
    if challenged:
        what = known(language, "failure.challenge", "challenge")
        return known(language, "remark.coded", "").format(url=challenged["url"], what=what)
    for key, pattern in _REMARKS:
        match = pattern.fullmatch(text)
        template = known(language, f"remark.{key}", "") if match else ""
        if match and template:
            values = match.groupdict()
            if "rest" in values:
                values["rest"] = _remark(language, values["rest"])
            if "what" in values:
                said = failure_name(language, values["what"])
                if said == values["what"] and key == "coded":
                    continue  # a word in brackets that is no code
                values["what"] = said
            return template.format(**values)
    return text


def failure_name(language: str, code: str) -> str:
    """The class of a failure in words; an unknown one as its code."""
    status = re.fullmatch(r"(?:http-)?([45])(\d\d)", code)
    family = f"failure.http-{status[1]}xx" if status else ""
    named = known(language, f"failure.{code}", "") or known(language, f"problem.{code}", "")
    if not named and status:
        named = known(language, family, "").format(code=status[1] + status[2])
    return named or code
