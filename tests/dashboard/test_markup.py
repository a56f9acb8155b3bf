"""Foreign text stays text: it gains no element, no attribute and no live link, whatever a site writes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.markup import element, host_of, join, web_address
from dashboard.pieces import highlighted


@given(st.text())
def test_text_comes_back_as_it_was(text: str) -> None:
    inner = str(element("p", text)).removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inner
    assert html.unescape(inner) == text


@given(st.text())
def test_an_attribute_cannot_be_left(text: str) -> None:
    rendered = str(element("p", "x", title=text))
    assert re.fullmatch(r'<p title="[^"]*">x</p>', rendered, flags=re.DOTALL)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\evil.example",
        "vbscript:x",
        "http:///x",
        "ftp://a.example/",
        "jav\tascript:x",
        "http://[::1",
    ],
)
def test_an_address_that_is_not_local_or_web_is_no_link(address: str) -> None:
    assert str(element("a", "x", href=address)) == "<a>x</a>"


def test_local_and_web_addresses_are_links() -> None:
    assert 'href="/doc?id=1&amp;para=2"' in element("a", "x", href="/doc?id=1&para=2")
    assert 'href="https://a.example/b"' in element("a", "x", href="https://a.example/b")
    assert host_of("https://A.example:8080/b") == "a.example"
    assert web_address("ftp://a.example") is None


def test_unknown_elements_and_event_attributes_are_refused() -> None:
    with pytest.raises(ValueError, match="script"):
        element("script", "x")
    with pytest.raises(ValueError, match="onclick"):
        element("p", "x", onclick="alert(1)")


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_marking_loses_and_adds_no_text(text: str, marks: list[tuple[int, int]]) -> None:
    shown = str(highlighted(text, marks)).replace("<mark>", "").replace("</mark>", "")
    assert html.unescape(shown) == text


def test_join_escapes_what_is_not_markup() -> None:
    assert join(["<b>", element("br"), None, 3]) == "&lt;b&gt;<br>3"
