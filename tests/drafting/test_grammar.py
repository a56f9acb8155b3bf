"""The text of a draft: its blocks, its references, and that nothing foreign gets a meaning."""

from __future__ import annotations

from dashboard.drafting.grammar import mark_text, parse
from dashboard.drafting.model import Figure, Heading, Item, Mark, Paragraph, Quotation, Span, Table

TEXT = """\
# 养老服务周报

## 一、本周要闻

云省民政厅要求“**年底前**建成120个站点”[^e12]，并报省政府。[^d3f9a-1]
第二行。

> 各县应当于六月底前完成。[^e7]

1. 第一点[^e1]
2. 第二点
   - 下一层

| 地区 | 站点 |
| --- | ---: |
| 云市[^e3] | 120 |

```figure
kind = "trend"
subject = "theme:elder-care"
```
"""


def test_every_kind_of_block_is_read_with_its_lines() -> None:
    blocks = parse(TEXT).blocks
    kinds = [type(block) for block in blocks]
    assert kinds == [Heading, Heading, Paragraph, Quotation, Item, Item, Item, Table, Figure]
    assert [block.place.block for block in blocks] == list(range(9))
    lines = TEXT.splitlines()
    assert lines[blocks[2].place.line].startswith("云省民政厅")
    assert lines[blocks[3].place.line].startswith("> 各县")
    assert [(block.depth, block.number) for block in blocks if isinstance(block, Item)] == [
        (0, 1), (0, 2), (1, None),
    ]  # fmt: skip


def test_references_and_emphasis_count_code_points_of_the_plain_text() -> None:
    paragraph = parse(TEXT).blocks[2]
    assert isinstance(paragraph, Paragraph)
    text = paragraph.text
    assert text.text == "云省民政厅要求“年底前建成120个站点”，并报省政府。\n第二行。"
    assert text.spans == (Span(8, 11, "strong"),)
    assert text.marks[0] == Mark(text.text.index("”") + 1, "evidence", "12")
    assert text.marks[1] == Mark(text.text.index("\n"), "document", "3f9a-1")
    assert [mark.key for mark in parse(TEXT).marks()] == ["12", "3f9a-1", "7", "1", "3"]
    assert [mark_text(mark) for mark in text.marks] == ["[^e12]", "[^d3f9a-1]"]


def test_a_table_keeps_cells_and_columns_of_numbers() -> None:
    table = parse(TEXT).blocks[7]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.heads] == ["地区", "站点"]
    assert [[cell.text for cell in row] for row in table.rows] == [["云市", "120"]]
    assert table.numbers == (1,)


def test_a_figure_has_its_settings_and_a_broken_one_says_why() -> None:
    figure = parse(TEXT).blocks[8]
    assert isinstance(figure, Figure)
    assert figure.settings == {"kind": "trend", "subject": "theme:elder-care"}
    broken = parse("```figure\nkind = \n```\n").blocks[0]
    assert isinstance(broken, Figure)
    assert broken.problem


def test_links_images_and_html_stay_letters() -> None:
    hostile = "![x](http://evil/x.png) <b onload=1>粗</b> [链接](javascript:1) `a` &lt; <http://evil>"
    (block,) = parse(hostile).blocks
    assert isinstance(block, Paragraph)
    assert block.text.text == hostile


def test_an_indented_line_is_a_paragraph_and_no_program() -> None:
    (block,) = parse("　　首行缩进的段落。\n").blocks
    assert isinstance(block, Paragraph)
    assert [type(one) for one in parse("甲\n\n    乙\n").blocks] == [Paragraph, Paragraph]
