"""The list of issues with their notices and files, how they were received, and what waits for review."""

from __future__ import annotations

from collections import Counter

from dashboard.frame import Frame, refuse, show
from dashboard.issuing.routes import issue_address
from dashboard.issuing.seeing import may_open
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import quiet, section, table
from warehouse.desk.drafts.model import State
from warehouse.desk.issues.model import Adoption, Issue

SHOWN = ("pdf", "docx", "md")  # what the list offers; JSON stands on the page of an issue


def draw_list(frame: Frame) -> None:
    """Issues published, chosen by series and year; below them review and figures for who works on them."""
    every = [one for one in frame.desk.issues.all() if may_open(frame.may, one)]
    series, year = frame.parameters.get("series"), frame.parameters.get("year")
    if series is not None and series not in {one.series for one in every}:
        refuse(frame, "reports.unknown-series", series)
    if year is not None and year not in {str(one.year) for one in every}:
        refuse(frame, "reports.unknown-year", year)
    found = [one for one in every if series in (None, one.series) and year in (None, str(one.year))]
    show(_choices(frame, every, series, year))
    if found:
        show(_issues(frame, found))
    else:
        show(quiet(frame.say("reports.none")))
    if frame.may("analyst"):
        show(_waiting(frame, "review"), _waiting(frame, "draft"))
        figures = [one for one in frame.desk.issues.adoption() if series in (None, one.series)]
        show(
            section(
                frame.say("reports.adoption"),
                _adoption(frame, figures),
                note=frame.say("reports.adoption-note"),
            )
        )


def number_of(frame: Frame, issue: Issue) -> str:
    """The number as it is printed: of its year, and since the series began."""
    return frame.say("reports.number", year=issue.year, number=issue.number, total=issue.total)


def file_links(frame: Frame, issue: Issue, formats: tuple[str, ...]) -> Markup:
    """Links to the kept files."""
    links = (
        element("a", name.upper(), href=issue_address(issue.issue_id, name), download=True)
        for name in formats
    )
    return join(links, " · ")


def state_badge(frame: Frame, issue: Issue) -> Markup:
    """The state in words, with a shape for who sees no colour."""
    shape = {"signed": "●", "withdrawn": "⊘", "corrected": "◐"}[issue.state]
    sign = element("span", shape, aria_hidden="true")
    return element("span", sign, " ", frame.say(f"reports.state-{issue.state}"), cls="gb-badge")


def _choices(frame: Frame, every: list[Issue], series: str | None, year: str | None) -> Markup | None:
    names = sorted({one.series for one in every})
    years = sorted({str(one.year) for one in every}, reverse=True)
    if len(names) < 2 and len(years) < 2:
        return None
    of_series = (
        _choice(frame, name or frame.say("reports.all-series"), name == series, name, year)
        for name in (None, *names)
    )
    of_years = (
        _choice(frame, one or frame.say("reports.all-years"), one == year, series, one)
        for one in (None, *years)
    )
    return join(
        (
            element("ul", *of_series, cls="gb-choices", aria_label=frame.say("reports.head-series")),
            element("ul", *of_years, cls="gb-choices", aria_label=frame.say("reports.years")),
        )
    )


def _choice(frame: Frame, label: str, here: bool, series: str | None, year: str | None) -> Markup:
    href = frame.to("reports", series=series, year=year)
    return element("li", element("a", label, href=href, data_go=True, aria_current="true" if here else None))


def _issues(frame: Frame, found: list[Issue]) -> Markup:
    notices = Counter(one.issue_id for one in frame.desk.issues.notices(one.issue_id for one in found))
    heads = [
        frame.say(f"reports.head-{name}") for name in ("series", "number", "date", "title", "state", "files")
    ]
    rows = []
    for one in found:
        told = notices[one.issue_id]
        title: list[Child] = [frame.link(one.title, "reports", issue=one.issue_id)]
        if told:
            title += [" ", element("span", "⚠ ", frame.say("reports.notices", n=told), cls="gb-badge")]
        rows.append(
            (
                one.series, number_of(frame, one), frame.local(one.approved_at, "%Y-%m-%d"), join(title),
                state_badge(frame, one), file_links(frame, one, SHOWN),
            )
        )  # fmt: skip
    return table(heads, rows, frame.say("nav.reports"))


def _waiting(frame: Frame, state: State) -> Markup:
    """Drafts that wait for a reviewer, or that are being written and can be submitted."""
    drafts = frame.desk.drafts.listed(state)
    lines = [
        element(
            "li",
            frame.link(one.title, "reports", draft=one.draft_id),
            " ",
            element(
                "span",
                frame.say(
                    f"reports.since-{state}", who=frame.person(one.account), at=frame.local(one.changed_at)
                ),
                cls="gb-meta",
            ),
        )
        for one in drafts
    ]
    inner = element("ul", *lines, cls="gb-list") if lines else quiet(frame.say(f"reports.none-{state}"))
    return section(frame.say(f"reports.in-{state}"), inner)


def _adoption(frame: Frame, figures: list[Adoption]) -> Markup:
    if not figures:
        return quiet(frame.say("reports.no-figures"))
    names = ("series", "year", "issues", "delivered", "read", "adopted", "adopted-issues")
    rows = (
        (
            one.series, str(one.year), str(one.issues), str(one.delivered),
            _share(frame, one.read, one.delivered), _share(frame, one.adopted, one.delivered),
            _share(frame, one.issues_adopted, one.issues),
        )
        for one in figures
    )  # fmt: skip
    heads = [frame.say(f"reports.head-{name}") for name in names]
    return table(heads, rows, frame.say("reports.adoption"), frozenset({2, 3, 4, 5, 6}))


def _share(frame: Frame, part: int, whole: int) -> str:
    """A share with its counts; of nothing there is no share."""
    return f"{round(100 * part / whole)}% ({part} / {whole})" if whole else frame.say("reports.no-share")
