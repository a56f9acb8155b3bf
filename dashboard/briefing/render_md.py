"""A briefing as Markdown: the report on it, without what only a publication knows of archived copies."""

from __future__ import annotations

from dashboard.briefing.model import Briefing
from dashboard.report.make import report_of
from dashboard.report.markdown import as_markdown, escape, safe_link

__all__ = ["escape", "render", "safe_link"]


def render(briefing: Briefing, language: str = "zh") -> str:
    """The briefing as a Markdown text with headings in the asked language."""
    return as_markdown(report_of(briefing, language))
