"""方法: where the data comes from, what the words mean, how good it is, and what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.evaluation_tables import evaluations
from dashboard.frame import Frame, close, open_frame, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import number, quiet, section, table
from dashboard.words import known
from warehouse.intervals import wilson
from warehouse.queries import pages_overview, pages_runs
from warehouse.queries.pages_listing import Selection

_TERMS = (
    "document",
    "new",
    "changed",
    "reading",
    "department",
    "topic",
    "theme",
    "due",
    "validity",
    "correction",
    "sample",
)
_FACTS = (
    "number",
    "citation",
    "deadline",
    "responsible",
    "effective",
    "repeals",
    "amends",
    "money",
    "target",
)
_EXPECTED = (  # what a reader relies on; what of it was not measured is told so
    "topic-first-level-blocks", "topic-both-levels-blocks", "department-titles-blocks", "lineage-recall",
    *(f"precision-{name}" for name in _FACTS), "recall-number", "recall-citation",
    "recall-deadline", "recall-duty", "validity-verdicts", "personal-data", "cascade-precision",
    "communities", "contact", "sentences-problem-precision", "sentences-measure-precision", "theme-precision",
)  # fmt: skip
_GROUPS = {  # which figures stand together, by how their names begin
    "mined": (
        "precision-", "recall-", "met-by-", "duty-", "sentences-", "theme-", "cascade-", "routing-",
        "validity-", "personal-", "cascades", "communities", "contact", "candidates",
    ),
    "classes": ("topic-", "department-", "issuer-", "lineage-", "own-"),
}  # fmt: skip
_OTHER = "benchmarks"
_NO_SHARES = ("-error", "-per-cpu-second", "-f1")
COUNTS_FROM = 10  # no share is so large; speeds, sizes and counts are told whole
_LIMITS = ("counts", "mined", "masked", "hand")


def page() -> None:
    """Draw the page."""
    frame = open_frame("about")
    show(
        element("h1", frame.say("nav.about")),
        element("p", frame.say("about.lead"), cls="gb-coverage"),
    )
    terms = element(
        "dl",
        *(
            join((element("dt", frame.say(f"term.{name}")), element("dd", frame.say(f"term.{name}-is"))))
            for name in _TERMS
        ),
    )
    limits = element("ul", *(element("li", frame.say(f"about.limit-{name}")) for name in _LIMITS))
    show(
        section(frame.say("about.quality"), _quality(frame), note=frame.say("about.quality-note")),
        section(
            frame.say("about.per-class"),
            *evaluations(frame),
            note=frame.say("about.per-class-note"),
            anchor="per-class",
        ),
        section(frame.say("about.terms"), terms, cls="gb-terms"),
        section(frame.say("about.sources"), _sources(frame), note=frame.say("about.sources-note")),
        section(
            frame.say("about.classifiers"),
            _classifiers(frame),
            element("p", frame.link(frame.say("teach.link"), "teach")),
        ),
        section(frame.say("about.limits"), limits),
    )
    close(frame)


def _quality(frame: Frame) -> Markup:
    rows = frame.read(pages_runs.quality)
    if not rows:
        return quiet(
            join(
                (element("strong", frame.say("about.not-evaluated")), " ", frame.say("about.how-to-evaluate"))
            )
        )
    measured = {row["name"] for row in rows}
    lines = [(row["name"], _measured(frame, row)) for row in rows]
    lines += [(name, _unmeasured(frame, name)) for name in _EXPECTED if name not in measured]
    groups = [
        _figures(frame, group, [cells for name, cells in lines if _group_of(name) == group])
        for group in (*_GROUPS, _OTHER)
    ]
    return element("div", *groups)


def _group_of(name: str) -> str:
    return next((group for group, starts in _GROUPS.items() if name.startswith(starts)), _OTHER)


def _figures(frame: Frame, group: str, lines: list[list[Child]]) -> Markup | None:
    """One group of figures under its name, folded but for the first; None without any."""
    if not lines:
        return None
    title = frame.say(f"about.group-{group}")
    heads = [frame.say(f"table.{name}") for name in ("figure", "value", "interval", "sample", "note")]
    shown = table(heads, lines, title, frozenset({1, 2, 3}))
    told = element("summary", title, " ", frame.say("about.figures", n=len(lines)))
    return element("details", told, shown, open=group == next(iter(_GROUPS)), cls="gb-measures")


def _measured(frame: Frame, row: Mapping[str, Any]) -> list[Child]:
    note = known(frame.language, f"figure-note.{row['name']}", row["note"] or "")
    where = element("span", f"{row['data']} · {row['measured_on']}", cls="gb-remark")
    return [
        known(frame.language, f"figure.{row['name']}", row["name"]),
        f"{row['value']:.3f}" if row["value"] < COUNTS_FROM else f"{row['value']:,.0f}",
        _interval(row),
        f"{row['sample']:,}",
        element("span", note, where),
    ]


def _unmeasured(frame: Frame, name: str) -> list[Child]:
    told = frame.say("about.not-evaluated")
    return [known(frame.language, f"figure.{name}", name), told, "–", "–", None]


def _interval(row: Mapping[str, Any]) -> str:
    """Of a share that was counted, by its sample; errors of confidence and speeds are no such shares."""
    if row["name"].endswith(_NO_SHARES) or not 0 <= row["value"] <= 1:
        return "–"
    low, high = wilson(row["value"], row["sample"])
    return f"{low:.3f} – {high:.3f}"


def _sources(frame: Frame) -> Markup:
    rows = frame.read(pages_overview.sources)
    if not rows:
        return quiet(frame.say("runs.no-sources"))
    heads = [frame.say(f"table.{name}") for name in ("source", "region", "documents", "reuse")]
    lines: list[list[Child]] = [
        [
            frame.named(row["name_zh"], row["name_en"]),
            frame.region_name(row["region"]),
            number(frame, Selection(source=row["source_id"]), row["documents"]),
            frame.say(f"reuse.{row['reuse']}"),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("about.sources"), frozenset({2}))


def _classifiers(frame: Frame) -> Markup:
    rows = frame.read(pages_runs.classifiers)
    if not rows:
        return quiet(frame.say("about.no-classifiers"))
    heads = [
        frame.say(f"table.{name}") for name in ("classifier", "model", "taxonomy", "authority", "version")
    ]
    lines: list[list[Child]] = [
        [row["classifier_id"], row["model"], row["taxonomy"], row["authority"], row["code_version"]]
        for row in rows
    ]
    return table(heads, lines, frame.say("about.classifiers"))


page()
