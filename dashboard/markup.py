"""HTML that cannot be injected into: children are escaped unless this module made them, links are checked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from contextvars import ContextVar
from urllib.parse import urlsplit

_VOID = {"input", "br", "hr", "img"}
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "blockquote",
        "button",
        "caption",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "hr",
        "input",
        "ins",
        "label",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
        "br",
    ]
)


# A date with or without its time, a publication, a run: browsers would break them at their hyphens.
_WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|\d{8}-\d{6}-\d+")


# What is Chinese in a text, with the marks and figures between its signs: a title or a name.
_CHINESE = re.compile(r"[《“（【〔]?[\u3400-\u9fff](?:.*[\u3400-\u9fff])?[》”）】〕。？！]*", re.DOTALL)
# A text of Latin letters is English where one of its small words stands in it: a title in a Chinese page.
_ENGLISH = re.compile(r"\b(?:the|and|for|with|from|by)\b", re.IGNORECASE)
_PLAIN = frozenset({"option", "textarea"})  # elements that hold text alone
_reader: ContextVar[str | None] = ContextVar("language of the page", default=None)


class Markup(str):
    """A string that is HTML already; only `element` and `join` make one out of foreign text."""

    __slots__ = ()


Child = str | int | float | None | Iterable["Child"]


def element(tag: str, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """One element; text children are escaped, `cls` is class, `data_x` is data-x, None and False leave out.

    A `href` that is neither local nor http(s) is dropped, so a crawled `javascript:` address is dead text.
    """
    if tag not in _TAGS:
        raise ValueError(f"element <{tag}> is not one of ours")
    rendered = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{rendered}>")
    if tag in _PLAIN:
        words = "".join(str(child) for child in children if child is not None)
        foreign = None if "lang" in attributes else _foreign(words)
        text = "".join(child if isinstance(child, Markup) else html.escape(str(child)) for child in children
                       if child is not None)  # fmt: skip
        return Markup(f"<{tag}{rendered}{_attribute('lang', foreign[0] if foreign else None)}>{text}</{tag}>")
    return Markup(f"<{tag}{rendered}>{join(children)}</{tag}>")


def page_language(language: str | None) -> None:
    """Say in which language the page of this run speaks; text in another is marked with `lang` from now on.

    Screen readers and fonts go by it. None: nothing is marked, as where no page is made.
    """
    _reader.set(language)


def html_language(code: object) -> str | None:
    """The `lang` of a text whose language a document tells; None where it is unknown."""
    said = str(code or "")
    return {"zh": "zh-CN", "": None, "und": None}.get(said, said)


def join(children: Iterable[Child], separator: str = "") -> Markup:
    """The children one after the other, each escaped unless it is Markup."""
    return Markup(html.escape(separator).join(_child(child) for child in children if child is not None))


def unbroken(text: str) -> Markup:
    """A sentence whose dates and numbers of publications stay in one line each."""
    parts: list[Child] = []
    at = 0
    for found in _WHOLE.finditer(text):
        parts += [text[at : found.start()], element("span", found.group(), cls="gb-whole")]
        at = found.end()
    return join([*parts, text[at:]])


def web_address(address: str | None) -> str | None:
    """The address when it is plain http or https with a host, else None."""
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
        fits = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return address.strip() if fits else None


def host_of(address: str | None) -> str:
    """The host a reader would be sent to, or an empty string."""
    checked = web_address(address)
    return (urlsplit(checked).hostname or "") if checked else ""


def _child(child: Child) -> str:
    if isinstance(child, Markup):
        return str(child)
    if isinstance(child, str):
        return _marked(child)
    if isinstance(child, int | float):
        return html.escape(str(child))
    return "" if child is None else join(child)


def _marked(text: str) -> str:
    """The text escaped, what is in another language than the page in a span that says so."""
    foreign = _foreign(text)
    if foreign is None:
        return html.escape(text)
    language, start, end = foreign
    before, inside, after = (html.escape(part) for part in (text[:start], text[start:end], text[end:]))
    return f'{before}<span lang="{language}">{inside}</span>{after}'


def _foreign(text: str) -> tuple[str, int, int] | None:
    """The language and the place of what is not in the page's language: Chinese signs, an English title."""
    page = _reader.get()
    if page == "en":
        found = _CHINESE.search(text)
        return ("zh-CN", *found.span()) if found else None
    if page == "zh" and len(text) > 12 and _ENGLISH.search(text) and not _CHINESE.search(text):
        return "en", 0, len(text)
    return None


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    key = {"cls": "class", "for_": "for"}.get(name, name.replace("_", "-"))
    if key.startswith("on") or key == "style":
        raise ValueError(f"attribute {key} is not allowed")
    if value is True:
        return f" {key}"
    text = str(value)
    if key in {"href", "action"} and not _local(text) and web_address(text) is None:
        return ""
    return f' {key}="{html.escape(text, quote=True)}"'


def _local(address: str) -> bool:
    return address.startswith(("#", "?")) or (
        address.startswith("/") and not address.startswith(("//", "/\\"))
    )
