"""A briefing as a file, for terminal and page: from a publication to Markdown, JSON, DOCX or PDF."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from dashboard.briefing.assemble import assemble
from dashboard.briefing.gather import with_extras
from dashboard.briefing.model import Briefing, Subject
from dashboard.briefing.render_json import render as render_json
from dashboard.report.make import report_of
from dashboard.report.markdown import as_markdown
from dashboard.report.model import Report
from dashboard.report.spoken import spoken
from warehouse.clock import today
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.report import archived_copies

MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
FORMATS = tuple(MEDIA)
_KEPT = 24  # files a server keeps: on one morning many ask for the same briefing


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One written file, and of a PDF what it is made of."""

    data: bytes
    fonts: tuple[str, ...] = ()  # embedded, as the file itself names them
    missing: tuple[tuple[str, int], ...] = ()  # characters without a glyph, and how often each was wanted
    substituted: tuple[tuple[str, str], ...] = ()  # use of a face and the family that stands in for it
    pages: int | None = None


def report_file(
    home: Home, publication: Publication, subject: Subject, since: date, format: str, language: str
) -> bytes:
    """The briefing on `subject` since a day as the bytes of one file; the last ones made are kept."""
    day = today(home.clock, home.settings.place.timezone)
    key = (home.root, home.settings, publication.publication_id, subject, since, day, format, language)
    known = _kept(key)
    if known is None:
        briefing = briefing_of(home, publication, subject, since, day, language)
        known = written(home, publication, briefing, format, language).data
        _keep(key, known)
    return known


def briefing_of(
    home: Home, publication: Publication, subject: Subject, since: date, day: date, language: str = ""
) -> Briefing:
    """The briefing as this home's readers get it, with all that its page shows: its region, its time zone.

    The summary quotes documents of `language`, the home's where it is not given.
    """
    place = home.settings.place
    lists = assemble(publication, subject, since, day, home_region=place.region, timezone=place.timezone)
    return with_extras(publication, lists, language or place.language)


def written(
    home: Home, publication: Publication, briefing: Briefing, format: str, language: str, issue: str = ""
) -> ReportFile:
    """The briefing in one of `FORMATS`. UserError for a mark that claims secrecy."""
    look = home.settings.report
    told = spoken(publication, briefing, language)
    named = report_of(told, language, look, issue=issue)
    held = archived_copies(publication, [one.document_id for one in named.references])
    report = report_of(told, language, look, held, issue)
    if format == "pdf":
        return _pdf(home, report)
    if format == "docx":
        from dashboard.report.word import as_docx

        return ReportFile(as_docx(report, look))
    text = render_json(briefing, report) if format == "json" else as_markdown(report)
    return ReportFile(text.encode("utf-8"))


def _pdf(home: Home, report: Report) -> ReportFile:
    from dashboard.report.fonts import faces_of
    from dashboard.report.pdf import as_pdf

    made = as_pdf(report, faces_of(home, home.settings.report))
    return ReportFile(made.data, made.fonts, made.missing, made.substituted, made.pages)


_files: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = threading.Lock()


def _kept(key: Hashable) -> bytes | None:
    with _lock:
        if key in _files:
            _files.move_to_end(key)
        return _files.get(key)


def _keep(key: Hashable, data: bytes) -> None:
    with _lock:
        _files[key] = data
        while len(_files) > _KEPT:
            _files.popitem(last=False)
