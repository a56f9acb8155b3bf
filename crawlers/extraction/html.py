"""Reading a document page: disclosure table, meta tags, body container or guess, attachments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.containers import find_container
from crawlers.extraction.dates import parse_date, url_date
from crawlers.extraction.disclosure import Disclosure, read_disclosure
from crawlers.extraction.disclosure_labels import LABELS
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.generic_body import generic_body, read_main
from crawlers.extraction.heuristics import body_values, heading_values, source_line_values
from crawlers.extraction.main_text import MainText
from crawlers.extraction.page import Page, attachments
from crawlers.extraction.page_dates import page_dates
from crawlers.extraction.page_days_inferred import signed_date
from crawlers.extraction.page_facts import files_near_text, issuer_values
from crawlers.extraction.plain import is_chinese, one_line, squeeze
from crawlers.extraction.printed_number import printed_numbers

_LINE_BELOW_TITLE = ("来源", "发布", "日期：", "日期:", "点击", "浏览")  # words of such a line
_HEAD_LINES = 30  # lines of a body in which a repeated disclosure table may stand


def read_page(page: Page, selectors: Mapping[str, str] | None = None) -> Gathered:
    """Everything a document page says; `selectors` are a source's own CSS selectors by field."""
    own = selectors or {}
    markup = page.markup
    table = read_disclosure(markup)
    container = find_container(page, own.get("body"))
    main: MainText | None = None
    if container:
        name, _, lines = container
        path = f"container:{name}"
    else:
        main = read_main(page, markup)
        path, lines = generic_body(page, main)
    paragraphs = without_table(lines, table)
    values = [
        *_own_values(page, own),
        *table.values,
        *page.metadata,
        *heading_values(page, own.get("title"), main.heading if main else None),
        *body_values(paragraphs),
    ]
    values += _late_values(page, markup, values, main)
    values += _number(page, markup, paragraphs, values, main)
    if main is None:
        return Gathered(tuple(values), paragraphs, path, attachments(page), language=page.lang)
    fields = {value.field for value in values}
    values += issuer_values(page, main) if "issuer" not in fields else ()
    return Gathered(tuple(values), paragraphs, path, files_near_text(page), language=page.lang)


def _number(
    page: Page, markup: str, paragraphs: tuple[str, ...], values: Sequence[Value], main: MainText | None
) -> Iterator[Value]:
    """The paper's number around its heading, where nothing else tells it; not on a page in Chinese."""
    if not is_chinese("".join(paragraphs[:5])) and not any(value.field == "doc_number" for value in values):
        yield from printed_numbers(page, main or read_main(page, markup))


def without_table(lines: tuple[str, ...], table: Disclosure) -> tuple[str, ...]:
    """The body without the lines of the disclosure table that a container or a guess took along."""
    if not table.lines:
        return lines
    head = squeeze("".join(lines[:_HEAD_LINES]))
    if not any(value.origin.removeprefix("table:") in head for value in table.values):
        return lines
    return (*_outside(lines[:_HEAD_LINES], table), *lines[_HEAD_LINES:])


def _outside(lines: tuple[str, ...], table: Disclosure) -> Iterator[str]:
    """The lines that are not the table's; a bare value is one only behind the line with its label."""
    labelled = False
    for line in lines:
        own = squeeze(line) in table.lines
        label = own and squeeze(line).strip("【】[]:：") in LABELS
        if not (label or (labelled and own) or _of_table(line, table)):
            yield line
        labelled = label


def _of_table(line: str, table: Disclosure) -> bool:
    if squeeze(line) in table.lines:
        return squeeze(line)[-1] in ":：" or _is_labelled(line, table)
    cells = [squeeze(cell) for cell in line.split("\t")]
    return len(cells) > 1 and all(cell in table.lines or not cell for cell in cells)


def _is_labelled(line: str, table: Disclosure) -> bool:
    """Whether a line is a label with its value; a bare value may also be the body's own title."""
    return any(
        squeeze(line).startswith(squeeze(value.origin.removeprefix("table:"))) for value in table.values
    )


def _own_values(page: Page, selectors: Mapping[str, str]) -> Iterator[Value]:
    for field, selector in selectors.items():
        if field in ("body", "title"):
            continue
        node = page.tree.css_first(selector)
        text = one_line(node.text(deep=True)) if node else None
        if text:
            yield Value(field, text, f"selector:{field}")


def _late_values(page: Page, markup: str, values: list[Value], main: MainText | None) -> list[Value]:
    """Weaker sources of date and issuer, read only when nothing better was found."""
    late: list[Value] = []
    fields = {value.field for value in values}
    if not {"published", "issuer"} <= fields:
        late += (
            source_line_values(paragraphs_of_markup(markup))
            if any(word in markup for word in _LINE_BELOW_TITLE)
            else ()
        )
    if not any(map(_tells_day, (*values, *late))):
        main = main or read_main(page, markup)
        late += page_dates(page, main)
        late += signed_date(main.paragraphs) if "written" not in fields else ()
    from_url = url_date(page.url)
    if from_url:
        late.append(Value("published", from_url.isoformat(), "url"))
    return late


def _tells_day(value: Value) -> bool:
    """Whether a value is a day of publication that needs no second place; some tags hold no date at all."""
    strong = value.field == "published" and value.origin.lower() not in _WEAK
    return strong and parse_date(value.value) is not None


_WEAK = {"meta:date", "meta:created", "meta:dc.date", "meta:dcterms.date", "meta:dcterms.created"} | {
    "json-ld:datecreated"
}
