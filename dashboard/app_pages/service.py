"""知识服务: requests to the library from need to outcome, products as chains, and the figures of a year."""

from __future__ import annotations

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Markup, element
from dashboard.pieces import quiet
from dashboard.service.figures import figures_page
from dashboard.service.forms import told_problem
from dashboard.service.listing import request_list
from dashboard.service.one import issue_page, products_page, request_page

VIEWS = ("", "products", "year")


def page() -> None:
    """Draw the page; requests hold what people need, so readers do not see them."""
    frame = open_frame("service")
    if not frame.may("analyst"):
        show(element("h1", frame.say("nav.service")), quiet(frame.say("service.only-analysts")))
    elif frame.parameters.get("request"):
        request_page(frame, frame.parameters["request"])
    elif frame.parameters.get("issue"):
        issue_page(frame, frame.parameters["issue"])
    else:
        _lists(frame)
    close(frame)


def _lists(frame: Frame) -> None:
    view = frame.parameters.get("view", "")
    if view not in VIEWS:
        refuse(frame, "service.unknown-view", view)
    show(
        element("h1", frame.say("nav.service")),
        element("p", frame.say("service.lead"), cls="gb-coverage"),
        _switch(frame, view),
    )
    told_problem(frame)
    {"": request_list, "products": products_page, "year": figures_page}[view](frame)


def _switch(frame: Frame, view: str) -> Markup:
    links = (
        element(
            "li",
            element(
                "a", frame.say(f"service.view-{one or 'requests'}"), href=frame.to("service", view=one),
                data_go=True, aria_current="true" if one == view else None,
            ),
        )
        for one in VIEWS
    )  # fmt: skip
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("service.views"))


page()
