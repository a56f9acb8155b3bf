"""From a draft's text to the paper that is printed, and to its files: what is exported and what is signed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.drafting.figures import FigureMaker
from dashboard.drafting.grammar import parse
from dashboard.drafting.paper_blocks import paper_sections, title_of
from dashboard.drafting.paper_sources import PaperSources
from dashboard.drafting.rights import refuse_closed_quotations
from dashboard.report.as_json import as_dict
from dashboard.report.files import FORMATS, ReportFile
from dashboard.report.markdown import as_markdown
from dashboard.report.model import Masthead, Report, plain
from dashboard.report.prose import Figure, Paper
from dashboard.report.words import Words
from dashboard.words import say
from warehouse.clock import today
from warehouse.desk.basket.model import BasketItem
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries import briefing as questions

USUAL_STYLE = {"zh": "gb7714-2025-numeric", "en": "apa-7"}


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands over the title; what is left empty is taken from `[report]` of the settings."""

    series: str = ""  # name of the bulletin
    issue: int | None = None  # within the year, None before it is given
    total: int | None = None  # since the series began, None where nobody counts it
    unit: str = ""  # who compiles it
    mark: str = ""  # whom it is for, such as 内部资料; a degree of secrecy is refused
    day: date | None = None  # the day it bears, today where none is given
    period: str = ""  # the time told, as printed; "" for none


@dataclass(frozen=True, slots=True)
class Signer:
    """A person whose name stands under the paper."""

    name: str
    day: date
    role: Literal["drafted", "reviewed", "approved"] = "approved"


def paper_of(
    home: Home,
    publication: Publication,
    text: str,
    *,
    title: str,
    template: str,
    items: Mapping[int, BasketItem],
    language: str,
    head: PaperHead | None = None,
    draft: bool = True,
    style: str = "",
    signed: Sequence[Signer] = (),
) -> Report:
    """The paper of a draft's text. `template` is the kind of paper as it is called (周报).

    `style` is the name of a citation style; without one GB/T 7714-2025 numbers the sources of a Chinese paper
    and APA 7 those of an English one. A draft bears its mark on every page.

    UserError for a mark, unit or series that claims secrecy, for a quotation that the terms of its source
    forbid, for a figure that cannot be made, and in a signed paper for a reference to nothing.
    """
    head = head or PaperHead()
    place = home.settings.place
    day = head.day or today(home.clock, place.timezone)
    words = Words(language, timezone=place.timezone)
    told = parse(text)
    name = plain(title) or title_of(told)
    sources = PaperSources(
        publication, told, items, style or USUAL_STYLE[words.language], words, strict=not draft
    )
    refuse_closed_quotations(told, sources)
    figures = FigureMaker(publication, words, day, place.region)
    sample = _is_sample(publication)
    return Report(
        language=words.language,
        title=name or words.say("untitled"),
        dateline=plain(head.period),
        day=day,
        masthead=_masthead(home, head, words),
        sample=words.say("sample") if sample else "",
        sample_mark=words.say("sample_mark") if sample else "",
        lead=(),
        sections=paper_sections(told, sources, figures, words.language),
        provenance=tuple(_provenance(publication, words)),
        reference_heading=say(words.language, "printed.references"),
        references=sources.references(),
        publication_id=publication.publication_id,
        subject=plain(template),
        paper=Paper(
            draft=say(words.language, "printed.draft") if draft else "",
            signers=tuple(_signer(one, words) for one in signed),
            style=sources.style.name,
            numbered=sources.style.numeric,
        ),
    )


def written_paper(home: Home, report: Report, format: str) -> ReportFile:
    """The paper in one of `FORMATS`; the same paper is the same Markdown, JSON and PDF to the byte.

    EnvironmentProblem when this machine has no font that could set it.
    """
    if format not in FORMATS:
        raise UserError(f"There is no format '{format}'; choose one of {', '.join(FORMATS)}.")
    if format == "md":
        return ReportFile(as_markdown(report).encode("utf-8"))
    if format == "json":
        return ReportFile(paper_json(report).encode("utf-8"))
    from dashboard.report.fonts import faces_of

    look = home.settings.report
    faces = faces_of(home, look)
    if format == "docx":
        from dashboard.report.word import as_docx

        return ReportFile(as_docx(report, look, faces))
    from dashboard.report.pdf import as_pdf

    made = as_pdf(report, faces)
    return ReportFile(made.data, made.fonts, made.missing, made.substituted, made.pages)


def paper_json(report: Report) -> str:
    """The paper as indented JSON in the shape of docs/json.md: figures as their tables, without drawings."""
    answer = as_dict(report)
    for section in answer["sections"]:
        for block in section["blocks"]:
            block.pop("chart", None)
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def period_said(since: str, until: str, language: str) -> str:
    """The time that a paper tells, from ISO days; "" where one is not given."""
    if not (since and until):
        return ""
    words = Words(language)
    first, last = (words.day(date.fromisoformat(one)) for one in (since, until))
    return words.say("period", since=first, today=last)


def figures_of(report: Report) -> tuple[Figure, ...]:
    """The figures of a paper in their order."""
    return tuple(one for part in report.sections for one in part.blocks if isinstance(one, Figure))


def _is_sample(publication: Publication) -> bool:
    return bool(publication.rows("select sample from publication")[0]["sample"])


def _masthead(home: Home, head: PaperHead, words: Words) -> Masthead:
    look = home.settings.report
    key = "printed.issue-total" if head.total is not None else "printed.issue"
    issue = say(words.language, key, number=head.issue, total=head.total) if head.issue is not None else ""
    return Masthead(
        series=plain(head.series or look.series),
        issue=issue,
        unit=plain(head.unit or look.unit),
        mark=plain(head.mark or look.mark),
        red_head=plain(look.red_head),
    )


def _signer(one: Signer, words: Words) -> str:
    said = say(words.language, f"printed.{one.role}", name=plain(one.name), day=words.day(one.day))
    return plain(said)


def _provenance(publication: Publication, words: Words) -> list[str]:
    row = questions.coverage(publication)
    told = [
        say(
            words.language,
            "printed.coverage" if row["sources"] else "printed.imported",
            ok=row["sources_ok"],
            sources=row["sources"],
            documents=row["documents"],
            until=words.moment(row["data_until"]),
            publication=publication.publication_id,
        )
    ]
    if row["silent"]:
        told.append(words.say("silent", names=words.listed(row["silent"])))
    return [*told, say(words.language, "printed.originals")]
