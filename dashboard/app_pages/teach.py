"""教学: confirm or correct 25 documents, learn from them, see what would change, apply it or go back."""

from __future__ import annotations

from dashboard.frame import Frame, close, need, open_frame, show
from dashboard.markup import Markup, element
from dashboard.model_panel import model_panel
from dashboard.pieces import basis_line, quiet, section
from dashboard.sitting_panel import sitting_panel
from warehouse.queries import teaching
from warehouse.sittings import own_figure


def page() -> None:
    """Draw the page."""
    frame = open_frame("teach")
    show(element("h1", frame.say("nav.teach")), element("p", frame.say("teach.lead"), cls="gb-coverage"))
    need(frame, "analyst")
    sitting_panel(frame)
    show(section(frame.say("teach.own-title"), _own(frame), note=frame.say("teach.own-note")))
    model_panel(frame)
    show(basis_line(frame))
    close(frame)


def _own(frame: Frame) -> Markup:
    figure = own_figure(frame.desk)
    counts = frame.read(teaching.label_counts)
    given = sum(counts.get(basis, 0) for basis in ("published", "librarian"))
    about = element("p", frame.say("teach.given", given=f"{given:,}", all=f"{sum(counts.values()):,}"))
    if figure is None:
        return element("div", quiet(frame.say("about.not-evaluated")), about)
    return element(
        "div",
        element(
            "p",
            element("strong", f"{figure.share:.1%}"),
            " ",
            frame.say(
                "teach.own",
                n=figure.documents,
                right=figure.right,
                low=f"{figure.low:.1%}",
                high=f"{figure.high:.1%}",
                models=", ".join(figure.classifiers),
            ),
        ),
        about,
    )


page()
