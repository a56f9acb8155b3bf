"""OFD files that are damaged, locked or hostile: a status and a reason, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from crawlers.extraction.limits import MAX_OFD_OBJECTS
from crawlers.extraction.ofd import read_ofd
from crawlers.extraction.sniff import sniff
from tests.extraction.make_ofd import document, ofd_xml, packed, page, part, simple, simple_parts, text

FIRST, SECOND = page(text("第一页的正文", 20, 20)), page(text("第二页的正文", 20, 20))


def without(*names: str) -> bytes:
    return packed({name: xml for name, xml in simple_parts(FIRST, SECOND).items() if name not in names})


def replaced(name: str, content: str | bytes) -> bytes:
    return packed(simple_parts(FIRST, SECOND) | {name: content})


def with_flipped_byte() -> bytes:
    body = bytearray(simple(FIRST, SECOND))
    body[body.index(b"Doc_0/Document.xml") + 40] ^= 0xFF
    return bytes(body)


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
DAMAGED: dict[str, bytes] = {
    "no OFD.xml": without("OFD.xml"),
    "OFD.xml is cut": replaced("OFD.xml", ofd_xml("Doc_0/Document.xml")[:90]),
    "OFD.xml names no document": replaced("OFD.xml", ofd_xml()),
    "no Document.xml": without("Doc_0/Document.xml"),
    "Document.xml lists no pages": replaced("Doc_0/Document.xml", document(0)),
    "Document.xml is empty": replaced("Doc_0/Document.xml", ""),
    "Document.xml is not XML": replaced("Doc_0/Document.xml", bytes(range(256))),
    "pages missing": without("Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_1/Content.xml"),
    "one page missing": without("Doc_0/Pages/Page_1/Content.xml"),
    "one page cut": replaced("Doc_0/Pages/Page_1/Content.xml", SECOND[:-60]),
    "template missing": replaced(
        "Doc_0/Document.xml",
        document(2, '<o:TemplatePage ID="5" BaseLoc="Tpls/None.xml"/>'),
    ),
    "page in a wrong charset": replaced("Doc_0/Pages/Page_1/Content.xml", SECOND.encode("utf-16-le")[:-3]),
    "container is cut": simple(FIRST, SECOND)[:-30],
    "container is cut in the middle": simple(FIRST, SECOND)[:400],
    "a flipped byte": with_flipped_byte(),
    "entities": replaced(
        "Doc_0/Document.xml", f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]><d>&a9;</d>'
    ),
    "an outside entity": replaced(
        "Doc_0/Document.xml",
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
    ),
    "an address out of the file": replaced("OFD.xml", ofd_xml("../../../../etc/passwd")),
}


@pytest.mark.parametrize("name", [name for name in DAMAGED if name != "template missing"])
def test_damaged_files_are_said_to_be_damaged_with_the_reason(name: str) -> None:
    read, problems = read_ofd(DAMAGED[name])
    assert read.status == "damaged"
    assert [one.code for one in problems] == ["damaged-file"]
    assert len(problems[0].detail) > 30
    assert "root:" not in read.text + problems[0].detail


def test_a_lost_page_is_named_and_the_others_are_kept() -> None:
    read, problems = read_ofd(DAMAGED["one page missing"])
    assert (read.pages, read.text) == (2, "第一页的正文")
    assert "Page_1/Content.xml" in problems[0].detail


def test_a_template_that_no_page_uses_may_be_missing() -> None:
    assert read_ofd(DAMAGED["template missing"])[0].status == "text"
    used = page(text("正文", 20, 20), before='<o:Template TemplateID="5"/>')
    parts = simple_parts(used) | {
        "Doc_0/Document.xml": document(1, '<o:TemplatePage ID="5" BaseLoc="Tpls/None.xml"/>')
    }
    assert read_ofd(packed(parts))[0].status == "damaged"


def test_addresses_that_climb_stay_inside_the_file() -> None:
    assert read_ofd(replaced("OFD.xml", ofd_xml("../../Doc_0/Document.xml")))[0].status == "text"


def test_a_missing_list_of_attachments_does_not_damage_the_text() -> None:
    body = replaced("Doc_0/Document.xml", document(2, after="<o:Attachments>None.xml</o:Attachments>"))
    read, problems = read_ofd(body)
    assert (read.status, [one.code for one in problems]) == ("text", ["ofd-extras"])


def test_locked_containers_and_encrypted_parts_are_encrypted() -> None:
    locked = bytearray(simple(FIRST))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + place] |= 1
    assert read_ofd(bytes(locked))[0].status == "encrypted"
    sealed = simple_parts(FIRST) | {
        "Encryptions.xml": part("Encryptions", ""),
        "Doc_0/Pages/Page_0/Content.xml": random.Random(3).randbytes(600),
    }
    read, problems = read_ofd(packed(sealed))
    assert (read.status, problems[0].code) == ("encrypted", "encrypted-file")


HUGE = page(
    text("远", 20, 20, CTM="1e300 0 0 1e300 1e308 1e308"),
    text("无", 20, 30, CTM="nan inf -inf 1 2 3", code='X="1e999" Y="NaN"'),
    text("字号", 20, 40, Size_="", code='X="0" Y="5" DeltaX="g 99999999999999999999 1e308"'),
    text("短", 20, 50, CTM="1 2 3", code='X="" Y="x" DeltaX="g" DeltaY="g 5"'),
    '<o:TextObject Boundary="a b c d" Size="-1e309"><o:TextCode>无框</o:TextCode></o:TextObject>',
    "<o:TextObject/><o:CompositeObject ResourceID='77'/><!-- 注 --><?x y?>",
)


def test_numbers_beyond_any_page_do_no_harm() -> None:
    read, problems = read_ofd(simple(HUGE))
    assert (read.status, problems) == ("text", ())
    assert {"字号", "短", "无框"} <= set(read.text.split("\n"))


def _bomb() -> bytes:
    return simple(FIRST, extra={"Doc_0/Res/image.jbig2": b"0" * 80_000_000})


def _page_used_again_and_again() -> bytes:
    filler = f"<!-- {''.join(map(str, range(400_000)))} -->"
    parts = simple_parts(FIRST) | {"Doc_0/Pages/Page_0/Content.xml": FIRST + filler}
    return packed(parts | {"Doc_0/Document.xml": document(100, location="Pages/Page_0/Content.xml")})


def _template_of_a_thousand_texts_on_a_thousand_pages() -> bytes:
    template = '<o:TemplatePage ID="5" BaseLoc="Tpl.xml"/>'
    used = page(before='<o:Template TemplateID="5"/>')
    parts = simple_parts(used) | {"Doc_0/Tpl.xml": page(*(text("字", n, n) for n in range(1000)))}
    return packed(
        parts | {"Doc_0/Document.xml": document(1000, template, location="Pages/Page_0/Content.xml")}
    )


def _drawings_inside_each_other() -> bytes:
    uses = '<o:CompositeObject ResourceID="7"/>' * 10
    unit = f'<o:CompositeGraphicUnit ID="7"><o:Content>{uses}</o:Content></o:CompositeGraphicUnit>'
    return packed(
        simple_parts(page(uses))
        | {
            "Doc_0/Document.xml": document(1, "<o:DocumentRes>Res.xml</o:DocumentRes>"),
            "Doc_0/Res.xml": part("Res", unit),
        }
    )


def _too_many_pages() -> bytes:
    return packed(simple_parts(FIRST) | {"Doc_0/Document.xml": document(3_001, location="x")})


@pytest.mark.parametrize(
    "make",
    [
        _bomb,
        _page_used_again_and_again,
        _template_of_a_thousand_texts_on_a_thousand_pages,
        _drawings_inside_each_other,
        _too_many_pages,
    ],
)
def test_files_that_would_grow_beyond_bounds_are_refused(make: Callable[[], bytes]) -> None:
    body = make()
    assert len(body) < 2_000_000 < MAX_OFD_OBJECTS * 5
    read, problems = read_ofd(body)
    assert (read.status, problems[0].code) == ("too_large", "zip-bomb")


def test_elements_nested_too_deep_are_damage() -> None:
    deep = page("<o:PageBlock>" * 300 + text("深", 1, 1) + "</o:PageBlock>" * 300)
    assert read_ofd(simple(deep))[0].status == "damaged"
    allowed = page("<o:PageBlock>" * 190 + text("深", 1, 1) + "</o:PageBlock>" * 190)
    assert read_ofd(simple(allowed))[0].text == "深"


def spoiled(sound: bytes, dice: random.Random) -> bytes:
    """The same bytes with up to thirty of them changed, and one time in five the end cut off."""
    body = bytearray(sound)
    for _ in range(dice.randint(1, 30)):
        body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body[: dice.randrange(len(body))] if dice.random() < 0.2 else body)


def test_random_damage_of_the_container_never_crashes_the_reader() -> None:
    dice = random.Random(20260601)
    sound = simple(FIRST, HUGE)
    bodies = [spoiled(sound, dice) for _ in range(200)]
    assert all(sniff(body) for body in bodies)
    assert {read_ofd(body)[0].status for body in bodies} >= {"damaged", "too_large"}


def test_random_damage_of_the_parts_never_crashes_the_reader() -> None:
    dice = random.Random(20260602)
    sound = {name: str(xml).encode() for name, xml in simple_parts(FIRST, HUGE).items()}
    bodies = [
        packed({name: spoiled(xml, dice) if dice.random() < 0.3 else xml for name, xml in sound.items()})
        for _ in range(200)
    ]
    assert {read_ofd(body)[0].status for body in bodies} >= {"damaged", "text"}
