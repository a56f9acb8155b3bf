"""Presentations: slides in the order of the show, titles first, tables by row, notes marked, bounded."""

from __future__ import annotations

from crawlers.extraction.files import read_file
from crawlers.extraction.ppt import read_ppt
from crawlers.extraction.pptx import NOTES, read_pptx
from crawlers.extraction.sniff import sniff
from tests.extraction.make_office import odf, pptx, shape, slide, table, zipped
from tests.extraction.make_ole import presentation
from warehouse.places import Spot, spot_of

SHOW = pptx(
    {
        "slide1": slide(shape("第二张的要点"), table((("市", "床位"), ("澜江市", "320")))),
        "slide2": slide(shape("正文一句"), shape("养老服务工作汇报", "title"), shape("7", "sldNum")),
        "slide3": slide(shape("备用"), hidden=True),
    },
    ["slide2", "slide1", "slide3"],
    {"slide2": "讲解时强调检查频次"},
)


def test_slides_come_in_the_order_of_the_show_with_the_title_first() -> None:
    read = read_file(SHOW, sniff(SHOW), "")
    assert read.attachment is not None
    assert read.attachment.text.split("\n") == [
        "养老服务工作汇报", "正文一句", NOTES, "讲解时强调检查频次", "第二张的要点", "市\t床位",
        "澜江市\t320", "备用",
    ]  # fmt: skip
    assert (read.attachment.status, read.attachment.pages) == ("text", 3)
    assert [problem.code for problem in read.problems] == ["hidden-slides"]


def test_a_line_knows_its_slide_and_a_row_its_headings() -> None:
    text = read_pptx(SHOW).text
    assert spot_of(text.places, 0) == Spot(slide=1)
    assert spot_of(text.places, 6) == Spot(slide=2, table=1, row=2, head=5)


def test_what_stands_twice_for_older_programs_is_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = (
        f"<mc:AlternateContent {mc}><mc:Choice Requires='p14'>{shape('一次')}</mc:Choice>"
        f"<mc:Fallback>{shape('一次')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read_pptx(pptx({"slide1": slide(twice)}, ["slide1"])).text.text == "一次"


def test_a_presentation_with_entities_or_without_parts_is_damaged() -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    for parts in ({"ppt/presentation.xml": evil}, {"ppt/other.xml": "<x/>"}):
        assert read_pptx(zipped(parts)).text.status == "damaged"


def test_an_old_presentation_gives_its_slides_and_notes() -> None:
    body = presentation([("工作汇报", "一、检查情况"), ("数据", "床位320张\r机构12家")], "请讲慢一些")
    read = read_file(body, sniff(body), "")
    assert read.attachment is not None
    assert read.attachment.text.split("\n") == [
        "工作汇报", "一、检查情况", NOTES, "请讲慢一些", "数据", "床位320张", "机构12家",
    ]  # fmt: skip
    assert spot_of(read.attachment.places, 5) == Spot(slide=2)


def test_a_locked_old_presentation_is_encrypted_and_a_cut_one_damaged() -> None:
    assert read_ppt(presentation([("a", "b")], locked=True)).text.status == "encrypted"
    assert read_ppt(presentation([("a", "b")])[:5000]).text.status == "damaged"


def test_slides_of_opendocument_are_read_with_their_notes() -> None:
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = f"<presentation:notes>{box.format('说明')}</presentation:notes>"
    pages = f"<draw:page>{box.format('标题')}{notes}</draw:page><draw:page>{box.format('第二张')}</draw:page>"
    body = odf("presentation", pages)
    read = read_file(body, sniff(body), "")
    assert read.attachment is not None
    assert read.attachment.text.split("\n") == ["标题", NOTES, "说明", "第二张"]
    assert spot_of(read.attachment.places, 3) == Spot(slide=2)
