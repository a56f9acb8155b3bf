"""Markup becomes paragraphs: blocks are lines, data tables rows, what nobody sees is gone."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.extraction.blocks import paragraphs_of_markup

CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "blocks": ("<p>一、<span style='a>b'>总则</span></p><div>二<br>三</div>", ("一、总则", "二", "三")),
    "line ends of the source are blanks": ("<p>第一\n\t段</p>\r\n<p>第二段</p>", ("第一 段", "第二段")),
    "preformatted lines stay": ("<pre>第一行\n第二行</pre><p>完</p>", ("第一行", "第二行", "完")),
    "a comment": ('<p>前<!-- <p>藏 > "x</p> -->后</p>', ("前后",)),
    "comment signs in an attribute": ('<p title="<!-- x -->">文</p><p>完</p>', ("文", "完")),
    "script and style": ("<p>文</p><noscript>无</noscript><textarea>字</textarea>", ("文",)),
    "a data table": (
        "<table><tr><th>名称\t一</th><th> 数 </th>\n<tr><td><p>甲</p><p>乙</p><td>2</td></tr></table>",
        ("名称 一\t数", "甲 乙\t2"),
    ),
    "a table that only places things": ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", ("甲", "乙")),
    "a table in a table": (
        "<table><tr><td><table><tr><td>甲</td><td>1</td></tr></table></td></tr></table>",
        ("甲\t1",),
    ),
    "empty cells": (
        "<table><tr><td>甲</td><td>\n</td></tr><tr><td>&nbsp;</td><td>乙</td></tr></table>",
        ("甲", "\t乙"),
    ),
    "entities": ("<p>甲&amp;乙&nbsp;&lt;丙&gt;</p>", ("甲&乙 <丙>",)),
    "a control character of ours": ("<p>甲\x02乙</p>", ("甲乙",)),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES.keys())
def test_markup_becomes_these_paragraphs(source: str, expected: tuple[str, ...]) -> None:
    body = LexborHTMLParser(f"<html><body>{source}</body></html>").body
    assert body is not None
    assert paragraphs_of_markup(body.html or "") == expected


def test_a_cell_tag_outside_of_any_table_is_a_block() -> None:
    assert paragraphs_of_markup("<td>甲</td><tr>乙</tr></table><table><tr><td>丙</td></tr></table>") == (
        "甲",
        "乙",
        "丙",
    )


def test_tables_nested_beyond_measure_are_blocks() -> None:
    deep = "<table><tr><td>甲" * 40 + "</td></tr></table>" * 40
    assert "".join(paragraphs_of_markup(deep)).count("甲") == 40
