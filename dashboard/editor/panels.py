"""The panels beside a draft's text: outline, sections, basket, references, comments, versions, findings."""

from __future__ import annotations

from dashboard.addresses import address
from dashboard.checking.model import CheckReport, Finding
from dashboard.drafting.grammar import mark_text
from dashboard.drafting.lines import quoted
from dashboard.drafting.model import Draft as Parsed
from dashboard.drafting.model import Mark
from dashboard.editor.preview import length_of, numbers_of, size_of
from dashboard.editor.sheet import Sheet
from dashboard.markup import Child, Markup, element, join
from dashboard.words import known
from warehouse.desk.basket.model import BasketItem
from warehouse.desk.drafts.merging import conflicts_in

_SHORT = 60  # characters of a paragraph that name it


def outline(sheet: Sheet, parsed: Parsed) -> Markup:
    """The headings, each leading to its line."""
    lines = (
        element(
            "li",
            element("button", one.text.text, type="button", data_line=str(one.place.line), cls="gb-go"),
            cls=f"gb-depth-{max(one.level - 1, 0)}",
        )
        for one in parsed.outline
    )
    return element("ul", *lines) if parsed.outline else nothing(sheet, "editor.no-outline")


def length(sheet: Sheet, parsed: Parsed) -> Markup:
    """How long the text is, beside what its template wants."""
    size, template = size_of(parsed), sheet.template()
    counted = length_of(size, sheet.draft.language)
    unit = "words" if sheet.draft.language == "en" else "signs"
    told = sheet.say(f"editor.length-{unit}", count=f"{counted:,}", characters=f"{size.characters:,}")
    if template is None or not (template.least or template.most):
        return element("p", told, cls="gb-note")
    state = "short" if counted < template.least else "long" if 0 < template.most < counted else "fits"
    aim = sheet.say("editor.aim", least=f"{template.least:,}", most=f"{template.most:,}")
    return element(
        "p", told, " ", aim, " ", element("strong", sheet.say(f"editor.is-{state}")), cls="gb-note"
    )


def sections(sheet: Sheet) -> Markup:
    """What belongs into each section, and filling it anew."""
    template = sheet.template()
    if template is None:
        return nothing(sheet, "editor.no-template")
    place = 1 if sheet.language == "en" else 0
    rows = []
    for one in template.sections:
        form = small_form(
            sheet, "/fill", element("button", sheet.say("editor.refill"), name="section", value=one.key),
        ) if one.fills and sheet.draft.state == "draft" else None  # fmt: skip
        rows.append(element("li", element("strong", one.heading), element("p", one.guidance[place]), form))
    return join((element("p", template.shape[place], cls="gb-note"), element("ul", *rows, cls="gb-rows")))


def basket(sheet: Sheet) -> Markup:
    """The passages of the draft's theme, each put into the text by one click."""
    items = [one for one in sheet.desk.basket.items(sheet.draft.theme) if not one.removed]
    if not items:
        link = element("a", sheet.say("editor.to-basket"), href=f"/basket?theme={sheet.draft.theme}")
        return element("p", sheet.say("editor.no-basket"), " ", link, cls="gb-quiet")
    return element("ul", *(_basket_item(sheet, one) for one in items), cls="gb-rows")


def _basket_item(sheet: Sheet, item: BasketItem) -> Markup:
    mark = mark_text(Mark(0, "evidence", str(item.item_id)))
    said = quoted(item.passage.text) + mark
    place = sheet.say("doc.paragraph", n=item.passage.paragraph + 1)
    at = f"{item.passage.start}-{item.passage.end}"
    link = address("doc", sheet.spoken, id=item.passage.document_id, para=item.passage.paragraph + 1, at=at)
    return element(
        "li",
        element("p", item.passage.text, cls="gb-quote"),
        element(
            "p",
            f"{mark} ",
            element("a", item.title, href=link, target="_blank"),
            f" · {place}",
            cls="gb-meta",
        ),
        element("p", item.note, cls="gb-why") if item.note else None,
        element("p", sheet.say("editor.attention"), cls="gb-flag") if item.state == "attention" else None,
        _insert(sheet, "editor.put-mark", mark, item.title),
        _insert(sheet, "editor.put-quotation", said, item.title),
    )


def _insert(sheet: Sheet, key: str, text: str, title: str) -> Markup:
    told = sheet.say(key)
    return element(
        "button", told, type="button", data_insert=text, aria_label=f"{told}: {title}", cls="gb-script"
    )


def references(sheet: Sheet, parsed: Parsed) -> Markup:
    """The references of the text in order, each with its source."""
    numbers, sources = numbers_of(parsed), sheet.sources(parsed)
    if not numbers:
        return nothing(sheet, "editor.no-references")
    by_text = {mark_text(mark): source for mark, source in sources.items()}
    rows = []
    for text, number in numbers.items():
        source = by_text[text]
        told: Child = source.told
        if source.document_id:
            para = source.paragraph + 1 if source.paragraph is not None else None
            link = address("doc", sheet.spoken, id=source.document_id, para=para)
            told = element("a", source.told, href=link, target="_blank")
        cls = None if source.known else "gb-flag"
        rows.append(
            element("li", f"[{number}] ", told, " ", element("code", text), id=f"gb-note-{number}", cls=cls)
        )
    return element("ul", *rows, cls="gb-rows")


def findings(sheet: Sheet, report: CheckReport, parsed: Parsed) -> Markup:
    """What the check found, the gravest first, each leading to its line."""
    left = conflicts_in(sheet.text)
    counts = report.counts
    lead = sheet.say("editor.counts", stop=counts["stop"], look=counts["look"], told=counts["told"])
    order = ("stop", "look", "told")
    found = sorted(report.findings, key=lambda one: order.index(one.weight))
    rows = (_finding(sheet, one, parsed) for one in found)
    return join(
        (
            element("p", sheet.say("editor.conflicts"), cls="gb-notice") if left else None,
            element("p", element("strong", lead)),
            element("ul", *rows, cls="gb-rows") if found else nothing(sheet, "editor.nothing-found"),
        )
    )


def _finding(sheet: Sheet, one: Finding, parsed: Parsed) -> Markup:
    sentence = known(sheet.language, f"checking.{one.kind}", one.kind)
    told = sentence.format_map(_Values(one.values))
    line = parsed.blocks[one.block].place.line if 0 <= one.block < len(parsed.blocks) else 0
    return element(
        "li",
        element("span", sheet.say(f"editor.weight-{one.weight}"), cls=f"gb-badge gb-weight-{one.weight}"),
        " ",
        told,
        " ",
        element(
            "button",
            shortened(one.text or sentence),
            type="button",
            data_line=str(line),
            data_words=one.text,
            cls="gb-go",
        ),
    )


class _Values(dict[str, str]):
    """Values of a sentence; what a finding does not tell stays blank."""

    def __missing__(self, key: str) -> str:
        return ""


def small_form(sheet: Sheet, tail: str, *fields: Child) -> Markup:
    token = element("input", type="hidden", name="token", value=sheet.token)
    return element("form", token, *fields, action=sheet.address(tail), method="post", cls="gb-small-form")


def shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else flat[: _SHORT - 1] + "…"


def nothing(sheet: Sheet, key: str) -> Markup:
    return element("p", sheet.say(key), cls="gb-quiet")
