"""HTML that cannot be injected into: children are escaped unless this module made them, links are checked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
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
    return Markup(f"<{tag}{rendered}>{join(children)}</{tag}>")


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
    if isinstance(child, str | int | float):
        return html.escape(str(child))
    return "" if child is None else join(child)


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
