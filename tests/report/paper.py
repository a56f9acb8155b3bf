"""Reading a PDF as a person with a ruler would; the program's own layout check measures the same way."""

from __future__ import annotations

from dashboard.report.measuring import PAGE_HEIGHT, SMALL, Line, Sign, body, pages, whole_text

__all__ = ["PAGE_HEIGHT", "SMALL", "Line", "Sign", "body", "pages", "whole_text"]
