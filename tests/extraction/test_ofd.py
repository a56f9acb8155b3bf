"""OFD: every construct that the reader claims, in files made by hand."""

from __future__ import annotations

import pytest

from crawlers.extraction.ofd import read_ofd
from crawlers.extraction.ofd_content import deltas
from crawlers.extraction.read import read_capture
from crawlers.extraction.sniff import sniff
from tests.extraction.helpers import capture
from tests.extraction.make_ofd import document, ofd_xml, packed, page, part, simple, simple_parts, text

TITLE = "关于开展养老机构消防检查的通知"
WORDS = page(text(TITLE, 20, 20, 8), text("各县民政局：", 20, 40))


def lines(body: bytes) -> list[str]:
    """The paragraphs of a file that must read without any difficulty."""
    read, problems = read_ofd(body)
    assert (read.status, problems) == ("text", ())
    return read.text.split("\n")


def test_a_file_is_recognised_by_its_bytes_and_read_as_an_attachment() -> None:
    body = simple(WORDS)
    assert sniff(body, "application/pdf", "http://a.example/x.doc") == "ofd"
    many = simple(WORDS, extra={f"A{n}/{'x' * 90}.xml": b"" for n in range(200)} | {"word/a.xml": b""})
    assert sniff(many) == "ofd"
    read = read_capture(capture("http://a.example/x.doc", role="attachment"), body, None)
    assert read.path == "file:ofd"
    assert read.attachment is not None
    assert (read.attachment.status, read.attachment.pages) == ("text", 1)
    assert read.attachment.text == f"{TITLE}\n各县民政局："


def test_reading_order_follows_the_page_and_not_the_file() -> None:
    body = simple(page(text("第三", 20, 60), text("第二", 50, 40), text("第一", 20, 40.4)))
    assert lines(body) == ["第一\t第二", "第三"]


@pytest.mark.parametrize("namespace", ["o", "ofd", ""])
@pytest.mark.parametrize("uri", ["http://www.ofdspec.org/2016", "http://www.ofdspec.org", ""])
def test_any_namespace_prefix_is_read(namespace: str, uri: str) -> None:
    def renamed(xml: str) -> str:
        declared = f'xmlns{":" if namespace else ""}{namespace}="{uri}"' if uri else ""
        prefix = f"{namespace}:" if namespace and uri else ""
        plain = xml.replace('xmlns:o="http://www.ofdspec.org/2016"', declared)
        return plain.replace("<o:", f"<{prefix}").replace("</o:", f"</{prefix}")

    parts = {name: renamed(str(xml)) for name, xml in simple_parts(WORDS).items()}
    assert lines(packed(parts)) == [TITLE, "各县民政局："]


@pytest.mark.parametrize(
    "root", ["Doc_0/Document.xml", "/Doc_0/Document.xml", "./Doc_0/Document.xml", "Doc_0"]
)
@pytest.mark.parametrize(
    "location",
    [
        "Pages/Page_{}/Content.xml",
        "/Doc_0/Pages/Page_{}/Content.xml",
        "Doc_0/Pages/Page_{}/Content.xml",
        "pages\\page_{}\\content.xml",
        "Pages/Page_{}",
    ],
)
def test_parts_are_found_by_absolute_relative_and_careless_addresses(root: str, location: str) -> None:
    parts = simple_parts(WORDS) | {
        "OFD.xml": ofd_xml(root),
        "Doc_0/Document.xml": document(1, location=location),
    }
    assert lines(packed(parts))[0] == TITLE


def test_pages_are_counted_and_never_share_a_paragraph() -> None:
    full = "各级民政部门应当会同有关部门建立健全养老服务综合监管制度明确"
    read, _ = read_ofd(simple(page(text(full, 20, 280)), page(text("职责分工。", 20, 20))))
    assert (read.pages, read.text) == (2, f"{full}\n职责分工。")


def test_several_documents_in_one_file_follow_each_other() -> None:
    parts = simple_parts(WORDS) | {
        "OFD.xml": ofd_xml("Doc_0/Document.xml", "Doc_1/Document.xml"),
        "Doc_1/Document.xml": document(1),
        "Doc_1/Pages/Page_0/Content.xml": page(text("附件：检查表", 20, 20)),
    }
    read, _ = read_ofd(packed(parts))
    assert (read.pages, read.text.split("\n")[-1]) == (2, "附件：检查表")


def test_template_text_stands_where_the_template_puts_it() -> None:
    template = '<o:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    parts = simple_parts(
        page(text("正文", 20, 100), before='<o:Template TemplateID="5" ZOrder="Background"/>')
    )
    parts |= {
        "Doc_0/Document.xml": document(1, template),
        "Doc_0/Tpls/Tpl_0/Content.xml": page(text("云河省民政厅文件", 50, 20, 12), text("页脚", 20, 280)),
    }
    assert lines(packed(parts)) == ["云河省民政厅文件", "正文", "页脚"]


def test_text_in_nested_blocks_and_several_layers_is_found() -> None:
    inner = f"<o:PageBlock ID='3'><o:PageBlock ID='4'>{text('里层', 20, 20)}</o:PageBlock></o:PageBlock>"
    layers = f"</o:Layer><o:Layer Type='Foreground'>{text('前景', 20, 40)}"
    assert lines(simple(page(inner, layers))) == ["里层", "前景"]


def test_marked_up_characters_are_read_as_characters() -> None:
    marked = text("X", 20, 20).replace(">X<", "><![CDATA[甲&乙<b>]]><")
    assert lines(simple(page(marked, text("丙 & 丁", 20, 40)))) == ["甲&乙<b>", "丙 & 丁"]


def test_invisible_objects_are_not_read() -> None:
    assert lines(simple(page(text("可见", 20, 20), text("隐藏", 20, 40, Visible="false")))) == ["可见"]


def test_coordinate_mapping_scales_and_moves_the_text() -> None:
    scaled = text("二", 0, 0, 27.96, CTM="0.3528 0 0 0.3528 0 0", code='X="100" Y="200"')  # at 35.3, 70.6
    moved = text("一", 10, 10, 10, CTM="1 0 0 1 20.2 54", code='X="0" Y="0"')  # at 30.2, 64
    after = text("三", 45, 65.6, 5)  # baseline at 70.6
    assert lines(simple(page(scaled, after, moved))) == ["一", "二三"]


def test_deltas_place_every_character() -> None:
    spread = text("甲乙", 20, 20, code='X="0" Y="5" DeltaX="60"')
    between = text("中", 50, 20)
    assert lines(simple(page(spread, between))) == ["甲\t中\t乙"]


def test_repeated_deltas_are_read_and_bounded() -> None:
    assert deltas("g 3 1.5 4", 4) == [1.5, 1.5, 1.5, 4]
    assert deltas("g 999999999999 1.5", 4) == [1.5] * 4
    assert deltas("g -5 1 g nan 2 G 1", 4) == [0.0]
    assert deltas("1 2 3 4 5 6", 2) == [1, 2]
    assert deltas(None, 3) == deltas("g", 0) == []
    fee = text("合计400.00元", 20, 20, code='X="0" Y="5" DeltaX="5 5 g 6 2.5"')
    assert lines(simple(page(fee))) == ["合计400.00元"]


def test_lines_inside_one_text_are_told_apart() -> None:
    wrapped = text("上行下行", 20, 20, code='X="0" Y="5" DeltaX="5 -5 5" DeltaY="0 9 0"')
    assert lines(simple(page(wrapped))) == ["上行", "下行"]


def test_several_text_codes_of_one_object_inherit_their_place() -> None:
    codes = '<o:TextCode X="0" Y="5">甲</o:TextCode><o:TextCode Y="15">乙</o:TextCode>'
    both = f'<o:TextObject Boundary="20 20 9 9" Size="5">{codes}</o:TextObject>'
    assert lines(simple(page(both))) == ["甲", "乙"]


def test_text_that_runs_down_or_slanting_stays_in_one_piece_after_the_lines() -> None:
    down = text("骑缝章", 190, 20, code='X="0" Y="5" DeltaY="6 6"')
    slanting = text("内部资料", 60, 100, 20, CTM="0.7 -0.7 0.7 0.7 0 0")
    assert lines(simple(page(down, slanting, text("正文", 20, 60)))) == ["正文", "骑缝章", "内部资料"]


def test_bold_type_drawn_twice_is_read_once() -> None:
    assert lines(simple(page(text(TITLE, 20, 20), text(TITLE, 20.2, 20)))) == [TITLE]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    first = "一、各级民政部门应当会同有关部门建立健全综合监管制度，"  # indented by two characters
    second = "明确部门职责分工。"
    third = "二、本通知自印发之日起施行。"
    body = simple(
        page(
            text("通知", 85, 20, 8),
            text(first, 30, 40),
            text("完善养老服务机构备案管理办法，加强日常巡查和年度考核工作，", 20, 49),
            text(second, 20, 58),
            text(third, 30, 67),
        )
    )
    joined = f"{first}完善养老服务机构备案管理办法，加强日常巡查和年度考核工作，{second}"
    assert lines(body) == ["通知", joined, third]


def test_english_words_are_separated_whether_by_character_or_by_gap() -> None:
    parted = [text(word, x, 20, 5) for word, x in (("Notice", 20), ("on", 36.5), ("fees", 44))]
    assert lines(simple(page(*parted))) == ["Notice on fees"]


def test_cells_of_a_row_are_separated_by_tabs() -> None:
    row = [text(word, x, 20) for word, x in (("机构", 20), ("床位", 70), ("电话", 120))]
    assert lines(simple(page(*row))) == ["机构\t床位\t电话"]


def test_wide_set_titles_keep_their_spaces() -> None:
    assert lines(simple(page(text("通知", 80, 20, 8, code='X="0" Y="8" DeltaX="18"')))) == ["通 知"]


def test_composite_drawings_of_the_resources_are_drawn_in_their_place() -> None:
    drawn = f"<o:Content>{text('章内文字', 0, 0)}</o:Content>"
    unit = f'<o:CompositeGraphicUnit ID="7">{drawn}</o:CompositeGraphicUnit>'
    used = '<o:CompositeObject ID="8" ResourceID="7" Boundary="20 60 40 40" CTM="1 0 0 1 0 0"/>'
    parts = simple_parts(page(text("下", 20, 90), used, text("上", 20, 20)))
    parts |= {
        "Doc_0/Document.xml": document(1, "<o:DocumentRes>DocumentRes.xml</o:DocumentRes>"),
        "Doc_0/DocumentRes.xml": part("Res", f"<o:CompositeGraphicUnits>{unit}</o:CompositeGraphicUnits>"),
    }
    assert lines(packed(parts)) == ["上", "章内文字", "下"]


def test_attachments_and_annotations_are_listed_and_signatures_ignored() -> None:
    after = (
        "<o:Attachments>Attachs/Attachments.xml</o:Attachments><o:Annotations>Annots/List.xml</o:Annotations>"
    )
    parts = simple_parts(WORDS) | {
        "OFD.xml": ofd_xml("Doc_0/Document.xml").replace(
            "</o:DocBody>", "<o:Signatures>Signs/Signatures.xml</o:Signatures></o:DocBody>"
        ),
        "Doc_0/Document.xml": document(1, after=after),
        "Doc_0/Attachs/Attachments.xml": part("Attachments", '<o:Attachment ID="1" Name="名单.xlsx"/>'),
        "Doc_0/Annots/List.xml": part(
            "Annotations", '<o:Page PageID="10"><o:FileLoc>Page_0/Annotation.xml</o:FileLoc></o:Page>'
        ),
        "Doc_0/Annots/Page_0/Annotation.xml": part(
            "PageAnnot",
            f'<o:Annot Type="Watermark"><o:Appearance>{text("水印", 1, 1)}</o:Appearance></o:Annot>',
        ),
    }
    read, problems = read_ofd(packed(parts))
    assert (read.status, read.text) == ("text", f"{TITLE}\n各县民政局：")
    assert [one.code for one in problems] == ["ofd-extras"]
    assert "1 annotation Watermark, 1 attachment 名单.xlsx" in problems[0].detail


def test_pictures_without_text_are_no_text_layer_and_blank_pages_are_empty() -> None:
    picture = '<o:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="6"/>'
    scanned, problems = read_ofd(simple(page(picture, text("收文章", 20, 20))))
    assert (scanned.status, scanned.text, problems[0].code) == ("no_text_layer", "收文章", "no-text-layer")
    assert read_ofd(simple(page()))[0].status == "empty"
