"""`govbrief sources check ID`: field by field what would be stored, from saved pages or few requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.chain import catalogue_of
from dashboard.commands.extract import home_or_none
from dashboard.commands.source_client import left_alone, polite_client
from dashboard.commands.verb import Context
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from crawlers.probing.field_report import DocumentReport, FieldReport
    from crawlers.source import SourceFile

_SHOWN = 10  # entries of a list on screen; JSON has all
_LONG = 90


def is_file(word: str) -> bool:
    """Whether a word names a TOML file rather than a source."""
    return word.endswith(".toml") or "/" in word or Path(word).is_file()


def soundness(context: Context, files: list[Path]) -> dict[str, Any]:
    """How many source files are sound, a sentence for each that is not; no files: the whole catalogue."""
    from classify.departments.authority import authority_of

    authority_of(home_or_none(context))  # whose own bodies a source may name
    if not files:
        catalogue = catalogue_of(home_or_none(context))
        unknown = [
            fault for one in catalogue.sources.values() if (fault := _department_fault(one, f"{one.id}.toml"))
        ]
        faults = [*catalogue.faults.values(), *unknown]
        return {"sources": len(catalogue.sources) - len(unknown), "faults": faults}
    faults = [fault for file in files if (fault := _file_fault(file))]
    return {"sources": len(files) - len(faults), "faults": faults}


def _file_fault(file: Path) -> str | None:
    """Why a crawl would leave this file out, in a sentence."""
    from crawlers.catalogue import check_start, read_source

    if file.suffix.lower() == ".toml" and file.suffix != ".toml":
        return f"{file.name}: not read for its name's ending; call it {file.stem}.toml."
    try:
        source = read_source(file)
        check_start(source, file.name)
    except UserError as error:
        return str(error)
    return _department_fault(source, file.name)


def _department_fault(source: SourceFile, named: str) -> str | None:
    """The sentence about a `department` that no authority file knows."""
    from classify.departments.authority import authority

    if source.department is None or authority().body(source.department) is not None:
        return None
    return (
        f"{named}: department '{source.department}' is no code of classify/departments;"
        " correct it, or leave it out where a site speaks for many."
    )


def check_sources(context: Context, ids: list[str], *, samples_only: bool, as_json: bool) -> int:
    """Print the report of each source; the worst exit code of them."""
    home = context.home
    reports = [
        field_report(context, home, source, samples_only=samples_only)
        for source in catalogue_of(home).select(ids)
    ]
    if as_json:
        context.console.json([record(report) for report in reports])
    else:
        for report in reports:
            for line in lines(report):
                context.console.result(line)
    codes = {report.exit_code for report in reports}
    return 3 if len(codes) > 1 else codes.pop()


def field_report(context: Context, home: Home, source: SourceFile, *, samples_only: bool) -> FieldReport:
    """From the newer of sample and archive, else from the site itself; only the last asks anybody."""
    from crawlers.probing.errors import NotFetched
    from crawlers.probing.field_report import inspect
    from crawlers.probing.samples import SamplePages, has_sample, sample_folder

    if not samples_only and _archive_is_newer(home, source):
        report = _from_archive(home, source)
        if report is not None:
            return report
    if has_sample(home, source.id):
        try:
            return inspect(source, SamplePages(sample_folder(home, source.id)), "sample")
        except NotFetched as error:
            if samples_only or error.code != "not-saved":
                raise
            context.console.say(f"{source.id}: its start addresses are not among the saved pages.")
    if samples_only:
        raise NothingUsable(
            f"{source.id}: no pages are saved in {sample_folder(home, source.id)};"
            " leave --samples out to look at the archive or the site."
        )
    return _from_archive(home, source) or _from_site(context, home, source)


def _archive_is_newer(home: Home, source: SourceFile) -> bool:
    """Whether a list of the source was archived after its sample was saved."""
    from crawlers.probing.archived import ArchivePages
    from crawlers.probing.field_report import first_requests
    from crawlers.probing.samples import sampled_at
    from warehouse.crawl_state.store import CrawlState

    saved = sampled_at(home, source.id)
    if saved is None or not home.crawl_state_file.is_file():
        return False
    with CrawlState.look(home) as state:
        archived = ArchivePages(home, state, source.id).listed_at(first_requests(source))
    return archived is not None and archived > saved


def _from_archive(home: Home, source: SourceFile) -> FieldReport | None:
    from crawlers.probing.archived import ArchivePages
    from crawlers.probing.errors import NotFetched
    from crawlers.probing.field_report import inspect
    from warehouse.crawl_state.store import CrawlState

    if not home.crawl_state_file.is_file():
        return None
    with CrawlState.look(home) as state:
        try:
            return inspect(source, ArchivePages(home, state, source.id), "archive")
        except NotFetched as error:
            if error.code != "not-saved":
                raise
            return None


def _from_site(context: Context, home: Home, source: SourceFile) -> FieldReport:
    from crawlers.credential import key_of
    from crawlers.probing.field_report import inspect

    key = key_of(source)
    why = left_alone(home, source.id)
    if why:
        raise NothingUsable(f"{source.id} is not asked now: {why}. Save its pages instead, or wait.")
    with polite_client(home) as client:
        context.console.say(f"Asking {source.home}, one request at a time; nothing is stored ...")
        client.delay, client.key = max(client.delay, source.delay_seconds or 0.0), key
        return inspect(source, client, "site")


def record(report: FieldReport) -> dict[str, Any]:
    """The report as docs/json.md fixes it."""
    from dashboard.commands.console import plain

    told = dict(plain(report))
    told["list"]["entries"] = [
        {"url": e.url, "title": e.title, "date": plain(e.published), "doc_number": e.doc_number}
        for e in report.list.entries
    ]
    for document, one in zip(told["documents"], report.documents, strict=True):
        document["fields"] = [
            {"field": f.field, "value": f.value, "origin": f.origin,
             "others": [{"value": value, "origin": origin} for value, origin in f.others]}
            for f in one.fields
        ]  # fmt: skip
        document["sound"] = one.sound
    return told


def summary(report: FieldReport) -> Iterator[str]:
    """Two or three lines: what the list and the documents give."""
    listed = report.list
    yield f"The first list holds {len(listed.entries)} entries, {listed.dated} with a date."
    for document in report.documents:
        told = ", ".join(
            line.field for line in document.fields if line.field not in ("site_code", "site_name")
        )
        yield f"Document read: {told or 'nothing'}; {document.text_characters} characters of text."
    for advice in report.advice:
        yield f"To mend: {advice}"


def lines(report: FieldReport) -> Iterator[str]:
    """The whole report for a person."""
    listed = report.list
    seen = f"; its marks say {report.detected}" if report.detected not in (None, report.platform) else ""
    basis = {"sample": "the saved sample", "archive": "the archive", "site": "the site, nothing stored"}
    yield f"{report.source}: platform {report.platform}{seen}; read from {basis[report.basis]}"
    yield f"List {_short(listed.url)}: {len(listed.entries)} entries, {listed.dated} dated"
    if listed.reason:
        yield f"  confidence {listed.confidence:.2f}: {listed.reason}"
    if listed.unlinked:
        yield f"  {listed.unlinked} further rows print a day and lead nowhere; they are not fetched"
    if listed.rows_from != listed.url:
        yield f"  rows from {_short(listed.rows_from)}"
    for entry in listed.entries[:_SHOWN]:
        number = f"  {entry.doc_number}" if entry.doc_number else ""
        yield f"  {entry.published or 'no date   '}  {_short(entry.title or '(no title)', 60)}{number}"
        yield f"              {_short(entry.url)}"
    if len(listed.entries) > _SHOWN:
        yield f"  ... and {len(listed.entries) - _SHOWN} more"
    total = f"; the site says {listed.total} in all" if listed.total else ""
    yield f"  next page: {_short(listed.next) if listed.next else 'none'}{total}"
    yield from (f"  problem: {problem.detail}" for problem in listed.problems)
    for document in report.documents:
        yield ""
        yield from _document(document)
    yield ""
    for advice in report.advice:
        yield f"To mend: {advice}"
    if report.exit_code == 0:
        yield f"Sound: 'govbrief sources enable {report.source}' takes it into the nightly run."


def _document(document: DocumentReport) -> Iterator[str]:
    yield f"{document.kind.capitalize()} {_short(document.url)}" + (
        f"  [{document.path}]" if document.path else ""
    )
    for line in document.fields:
        yield f"  {line.field:<13} {_short(line.value, 60)}  <- {line.origin}"
        for value, origin in line.others:
            yield f"  {'':<13}   also: {_short(value, 50)}  <- {origin}"
    if document.text_characters:
        yield f"  {'text':<13} {document.text_characters} characters: {_short(document.beginning, 50)}"
    if document.empty:
        yield f"  empty: {', '.join(document.empty)}"
    yield from (f"  file: {_short(link.name, 40)}  {_short(link.url)}" for link in document.attachments)
    yield from (f"  problem: {problem.detail}" for problem in document.problems)


def _short(text: str, most: int = _LONG) -> str:
    """One printable line; words of a site must not move a terminal's cursor."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
