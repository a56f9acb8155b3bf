"""收文登记: handing a file or an address to the library, and the register of what was handed in."""

from __future__ import annotations

from dashboard.accession.register import register, waiting
from dashboard.accession.routes import POST
from dashboard.frame import Frame, close, need, open_frame, refuse, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import notice, section
from dashboard.words import known
from warehouse.desk.accessions import LARGEST_FILE
from warehouse.queries import pages_overview


def page() -> None:
    """Draw the page."""
    frame = open_frame("accession")
    show(
        element("h1", frame.say("nav.accession")),
        element("p", frame.say("accession.lead"), cls="gb-coverage"),
    )
    need(frame, "analyst")
    entries = frame.desk.accessions.listed()
    show(
        _told(frame),
        section(frame.say("accession.file"), _file_form(frame), note=frame.say("accession.file-note")),
        section(
            frame.say("accession.address"), _address_form(frame), note=frame.say("accession.address-note")
        ),
        section(frame.say("accession.register"), waiting(frame, entries), register(frame, entries)),
    )
    close(frame)


def _told(frame: Frame) -> Markup | None:
    told = frame.parameters.get("told", "")
    if not told:
        return None
    sentence = known(frame.language, f"accession.told-{told}", "")
    if not sentence:
        refuse(frame, "accession.unknown-told", told)
    return notice(frame.say(f"accession.told-{told}", mb=LARGEST_FILE // 1_000_000))


def _file_form(frame: Frame) -> Markup:
    chooser = element("input", type="file", name="file", required=True)
    return _form(
        frame,
        "file",
        element("label", frame.say("accession.choose"), chooser),
        element("label", frame.say("accession.from"), _line("url", "url")),
    )


def _address_form(frame: Frame) -> Markup:
    return _form(
        frame, "address", element("label", frame.say("accession.web"), _line("url", "url", required=True))
    )


def _form(frame: Frame, kind: str, *fields: Child) -> Markup:
    spoken = frame.language != frame.home.settings.place.language
    return element(
        "form",
        element("input", type="hidden", name="token", value=frame.token),
        element("div", *fields, _sources(frame), cls="gb-narrow"),
        element(
            "div",
            element("label", frame.say("accession.note"), _line("note", "text")),
            cls="gb-narrow gb-wide",
        ),
        element("button", frame.say(f"accession.send-{kind}"), type="submit"),
        action=POST + kind + (f"?lang={frame.language}" if spoken else ""),  # a field `lang` is taken out
        method="post",
        enctype="multipart/form-data",
        cls="gb-form",
    )


def _line(name: str, kind: str, *, required: bool = False) -> Markup:
    return element(
        "input", type=kind, name=name, maxlength="2000" if kind == "url" else "500", required=required
    )


def _sources(frame: Frame) -> Markup:
    """Whose paper it is; without a choice its address decides, else it is the library's own."""
    rows = frame.read(pages_overview.sources)
    options = [element("option", frame.say("accession.by-address"), value="")]
    options += [
        element("option", frame.named(row["name_zh"], row["name_en"]), value=row["source_id"])
        for row in rows
        if row["source_id"] != "handed-in"
    ]
    return element("label", frame.say("accession.source"), element("select", *options, name="source"))


page()
