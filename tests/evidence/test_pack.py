"""What is in an evidence pack, what is kept out of it, and that it is the same whenever it is made."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from dashboard.evidence.model import CitedSource, PackPin
from dashboard.evidence.texts import PackedText, packed_texts, pin_content
from dashboard.evidence.verify import verified
from dashboard.evidence.viewer import _linked
from dashboard.markup import Markup
from tests.dashboard.papers import FIRST_DAY
from tests.evidence.conftest import PERSONAL, Signed
from warehouse.errors import UserError

FREE, _, CITY, _, EVIL = FIRST_DAY


@pytest.fixture(scope="module")
def members(signed: Signed) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(signed.pack())) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def _sources(members: dict[str, bytes]) -> dict[str, dict]:
    return {one["document_id"]: one for one in json.loads(members["sources.json"])["sources"]}


def test_the_same_issue_is_the_same_bytes(signed: Signed) -> None:
    assert signed.pack() == signed.pack()


def test_a_whole_pack_is_told_with_what_it_holds(signed: Signed) -> None:
    verdict = verified(signed.pack())
    assert verdict.issue["title"] == "居家养老<b>动态"
    assert (verdict.quotations, verdict.references, verdict.originals, verdict.outside) == (4, 4, 2, 2)
    assert (verdict.signed_by, verdict.publication_id) == (None, signed.publication.publication_id)


def test_sources_are_numbered_as_the_text_names_them(members: dict[str, bytes]) -> None:
    numbers = {name: one["source"] for name, one in _sources(members).items()}
    wanted = [FREE.document_id, CITY.document_id, EVIL.document_id, PERSONAL.document_id]
    assert numbers == {name: number for number, name in enumerate(wanted, start=1)}


def test_an_original_whose_terms_allow_it_is_inside_as_it_was_archived(
    signed: Signed, members: dict[str, bytes]
) -> None:
    original = _sources(members)[FREE.document_id]["original"]
    assert original["file"] == "originals/001.txt"
    assert "居家养老".encode() in members[original["file"]]
    assert original["card"]["sha256"] == original["card"]["body_sha256"]


@pytest.mark.parametrize(("paper", "why"), [(CITY, "reuse"), (PERSONAL, "personal")])
def test_an_original_that_may_not_be_handed_on_is_a_card(
    members: dict[str, bytes], paper: object, why: str
) -> None:
    original = _sources(members)[paper.document_id]["original"]  # type: ignore[attr-defined]
    assert (original["file"], original["why"]) == (None, why)
    card = members[original["card_file"]].decode()
    assert original["card"]["sha256"] in card
    assert "http" in card
    assert b"13800138000" not in b"".join(members.values())


def test_a_hostile_page_has_a_name_under_which_nothing_runs_it(members: dict[str, bytes]) -> None:
    assert _sources(members)[EVIL.document_id]["original"]["file"].endswith(".txt")
    assert {name for name in members if name.endswith((".html", ".htm", ".js", ".svg"))} == {"viewer.html"}
    page = members["viewer.html"].decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "<iframe" not in page
    assert "&lt;script&gt;" in page


def test_texts_go_as_far_as_their_terms(signed: Signed, members: dict[str, bytes]) -> None:
    whole = json.loads(members["texts/001-v1.json"])
    cited = json.loads(members["texts/002-v1.json"])
    pins = {one["key"]: one for one in json.loads(members["evidence.json"])["pins"]}
    assert (whole["extent"], len(whole["pieces"])) == ("whole", len(FREE.lines))
    assert (cited["extent"], [one["text"] for one in cited["pieces"]]) == ("passages", ["推进智慧养老"])
    assert (pins["e3"]["before"] != "", pins["e7"]["before"], pins["e7"]["withheld"]) == (True, "", False)


def _of_terms(signed: Signed, reuse: str, pins: list[PackPin]) -> tuple[PackedText, list[dict]]:
    rows = signed.publication.rows("select * from document where document_id = ?", [CITY.document_id])
    row = {**rows[0], "reuse": reuse}
    source = CitedSource(2, CITY.document_id, CITY.title, 1, row, row)
    (text,) = packed_texts([signed.publication], [source], pins)
    return text, [pin_content(pin, [text]) for pin in pins]


def test_words_of_a_source_that_allows_a_link_are_withheld(signed: Signed) -> None:
    text, (pin,) = _of_terms(signed, "link", [signed.issue.pins[1]])
    assert (text.extent, text.pieces) == ("nothing", ())
    assert (pin["withheld"], pin["text"], pin["before"]) == (True, "", "")
    assert pin["text_sha256"] == hashlib.sha256("推进智慧养老".encode()).hexdigest()


def test_an_excerpt_has_an_end(signed: Signed) -> None:
    one = signed.issue.pins[1].passage
    long = [replace(one, start=at, end=at + 150, text=str(at) * 75) for at in (10, 50)]
    text, pins = _of_terms(signed, "excerpt", [PackPin(f"e{at}", pin, "") for at, pin in enumerate(long)])
    assert sum(len(piece["text"]) for piece in text.pieces) == 150
    assert [pin["withheld"] for pin in pins] == [False, True]


def test_a_version_that_is_gone_keeps_the_words_of_its_pins(signed: Signed) -> None:
    pin = signed.issue.pins[0]
    former = PackPin(pin.key, replace(pin.passage, version_no=9), pin.title)
    issue = replace(signed.issue, pins=(former, *signed.issue.pins[1:]))
    pack = replace(signed, issue=issue).pack()
    assert verified(pack).quotations == 4
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        text = json.loads(opened.read("texts/001-v9.json"))
    assert (text["found"], text["pieces"][0]["text"]) == (False, "做好居家养老服务工作")


def test_an_item_that_was_not_frozen_with_the_issue_is_refused(signed: Signed) -> None:
    issue = replace(signed.issue, text=signed.issue.text + "\n又[^e99]\n")
    with pytest.raises(UserError, match="e99"):
        replace(signed, issue=issue).pack()


def test_a_home_with_a_key_signs_its_packs(signed: Signed, tmp_path_factory: pytest.TempPathFactory) -> None:
    from warehouse.home import Home
    from warehouse.signing import new_key

    root = tmp_path_factory.mktemp("keyed") / "home"
    home = Home.create(root, '[place]\nregion = "云河省"\n')
    _, fingerprint = new_key(home)
    from dashboard.evidence.pack import packed

    pack = packed(home, signed.publication, signed.issue)
    assert verified(pack).signed_by == fingerprint


def test_quotations_and_references_of_the_report_are_links_that_stand_side_by_side() -> None:
    marks = [(0, Markup("<0>")), (2, Markup("<2>")), (4, Markup("<4>")), (6, Markup("<6>"))]
    linked = _linked("abcdef", [(1, 4, "q1"), (2, 3, "q2"), (4, 5, "q3")], marks)
    one, two = '<a href="#p-q1" id="r-q1" class="q">b</a>', '<a href="#p-q1" class="q">cd</a>'
    assert linked == f'<0>a{one}<2>{two}<4><a href="#p-q3" id="r-q3" class="q">e</a>f<6>'
