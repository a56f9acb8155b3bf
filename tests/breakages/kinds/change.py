"""Tools of the breakages: changing the text of a page, and choosing which answers are hit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.breakages.answers import HTML, Answer, Ask
from tests.breakages.server import Break

Rewrite = Callable[[Ask, Answer], str]


def rewritten(answer: Answer, text: str, ask: Ask) -> Answer:
    """The answer with another text, made on the day of the request."""
    return replace(answer, body=text.encode(), modified=ask.moment)


def on(*kinds: str) -> Callable[[Break], Break]:
    """Only good answers of these kinds are hit."""

    def chosen(change: Break) -> Break:
        def only(ask: Ask, answer: Answer) -> Answer:
            return change(ask, answer) if answer.kind in kinds and answer.status == 200 else answer

        return only

    return chosen


def html_page(ask: Ask, text: str, status: int = 200) -> Answer:
    """A page put in the place of another."""
    return Answer(status, HTML, text.encode(), "other", ask.moment)


def inside(text: str, start: str, end: str, filling: str) -> str:
    """The text with everything between two marks replaced; KeyError when the marks are not there."""
    found = re.search(f"({re.escape(start)}).*?({re.escape(end)})", text, re.S)
    if not found:
        raise KeyError(f"no {start} … {end} on the page")
    return text[: found.end(1)] + filling + text[found.start(2) :]
