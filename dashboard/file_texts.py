"""The text of files on a document's page: what was read, how, how well, and what people corrected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.file_lines import file_lines
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element, join
from dashboard.text_form import text_form
from warehouse.desk.texts import ShownText, shown_text
from warehouse.queries import pages_document

UNCERTAIN = 0.8  # recognition below this mean confidence is said to be uncertain
_EXCERPT = 200


def own_text(frame: Frame, row: Mapping[str, Any]) -> ShownText | None:
    """The body of a document that is a recognised file itself; None for every other document."""
    if row["reuse"] != "full" or not is_recognised(row):
        return None
    body = frame.publication.body(str(row["document_id"]))
    return shown_text(frame.desk, row["sha256"], body, row["text_correction"])


def own_note(frame: Frame, row: Mapping[str, Any], shown: ShownText | None) -> Markup | None:
    """How the body was recognised and corrected, above it; nothing when we read it ourselves."""
    return _told(frame, row, row, shown) if is_recognised(row) else None


def file_texts(frame: Frame, row: Mapping[str, Any]) -> None:
    """A section with the text of every attached file, as far as the source's terms allow to show it."""
    document_id = str(row["document_id"])
    files = [one for one in frame.read(pages_document.attachments, document_id) if one["characters"]]
    if not files:
        return
    show(element("h2", frame.say("filetext.title")))
    if row["reuse"] in ("link", "excerpt"):
        show(element("p", frame.say(f"doc.reuse-{row['reuse']}"), cls="gb-notice", role="note"))
    if row["reuse"] == "link":
        return
    for number, file in enumerate(files, start=1):
        published = pages_document.attachment_text(frame.publication, document_id, file["url"])
        if row["reuse"] == "excerpt":
            show(_excerpt(frame, file, number, published))
            continue
        shown = shown_text(frame.desk, file["sha256"], published, file["text_correction"])
        show(_file(frame, row, file, number, shown))
        if is_recognised(file) and frame.may("analyst"):
            text_form(frame, row, file["sha256"], shown, number)


def is_recognised(row: Mapping[str, Any]) -> bool:
    """Whether a file's text came out of a picture, so that it can be corrected."""
    recognised = str(row["method"] or "").startswith("tesseract") or row["text_correction"] is not None
    return bool(recognised and row["sha256"])


def recognition_flag(frame: Frame, row: Mapping[str, Any]) -> Markup | None:
    """The warning beside a text that was recognised with little confidence."""
    if row["quality"] is None or row["quality"] >= UNCERTAIN:
        return None
    return element("div", "⚠ ", frame.say("filetext.uncertain"), cls="gb-flag")


def _file(
    frame: Frame, row: Mapping[str, Any], file: Mapping[str, Any], number: int, shown: ShownText
) -> Markup:
    """One attachment to unfold; open where a person's correction waits for the next run."""
    places = file["places"] if shown.state == "published" else None
    part = file_lines(frame, file, number, shown.paragraphs, places)
    cut = None if part.is_whole else frame.say("filetext.cut", n=part.lines)
    if part.first:
        cut = frame.say("filetext.cut-around", first=part.first + 1, last=part.first + part.lines)
    return element(
        "details",
        _summary(frame, file, number),
        _told(frame, row, file, shown),
        element("ol", *part.items, cls="gb-text"),
        element("p", cut, cls="gb-note") if cut else None,
        open=shown.state != "published" or part.is_asked,
        cls="gb-file",
    )


def _excerpt(frame: Frame, file: Mapping[str, Any], number: int, published: Sequence[str]) -> Markup:
    beginning = " ".join(published)[:_EXCERPT]
    return element(
        "details", _summary(frame, file, number), element("p", beginning, cls="gb-excerpt"), cls="gb-file"
    )


def _summary(frame: Frame, file: Mapping[str, Any], number: int) -> Markup:
    return element("summary", frame.say("filetext.open", n=number, name=file["name"] or file["url"]))


def _told(frame: Frame, row: Mapping[str, Any], file: Mapping[str, Any], shown: ShownText | None) -> Markup:
    """Who read the text and how well, how many pages, the archived copy, and how a correction stands."""
    parts: list[Child] = [_how(frame, file)]
    if file.get("pages"):
        parts += [" ", frame.say("filetext.pages", n=file["pages"])]
    if file["capture_id"]:
        copy = element("a", frame.say("doc.archived"), href=f"/archive/{file['capture_id']}", target="_blank")
        parts += [" ", copy]
    corrected = shown is not None and shown.state == "waits"
    told = [element("p", *parts, cls="gb-meta"), None if corrected else recognition_flag(frame, file)]
    if shown is not None and shown.state != "published":
        told.append(element("p", frame.say(f"filetext.{shown.state}"), cls="gb-notice", role="note"))
    if shown is not None and shown.correction and shown.correction.document_id != row["document_id"]:
        other = shown.correction.document_id
        place = frame.link(other, "doc", id=other)
        told.append(element("p", frame.say("filetext.elsewhere"), " ", place, cls="gb-note"))
    return join([one for one in told if one])


def _how(frame: Frame, file: Mapping[str, Any]) -> str:
    method = file["method"] or ""
    if method == "librarian":
        return frame.say("filetext.librarian")
    if file["quality"] is not None:
        return frame.say("filetext.recognised", method=method, quality=f"{file['quality']:.2f}")
    return frame.say("filetext.by", method=method) if method else frame.say("filetext.own-way")
