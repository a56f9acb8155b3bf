"""A passage is found again after a changed reader, or it is said to be lost; never at another place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from warehouse.anchoring import Repeat, anchored, repeat_of
from warehouse.passages import Passage, context, words_at

TEXT = (
    "云河省人民政府办公厅关于推进养老服务的意见",
    "各市、县人民政府：为贯彻落实党中央、国务院决策部署，经省政府同意，现提出如下意见。",
    "一、到2027年，全省养老床位达到十万张（含家庭床位）。二、每年新增护理员2,000名。",
    "责任单位：省民政厅",
    "三、建立“一老一小”服务体系，支持社会力量参与。",
    "责任单位：省民政厅",
    "本意见自印发之日起施行。",
)


def pinned(words: str, lines: Sequence[str] = TEXT, paragraph: int | None = None) -> Passage:
    at = paragraph if paragraph is not None else next(n for n, line in enumerate(lines) if words in line)
    start = lines[at].index(words)
    end = start + len(words)
    before, after = context(lines, at, start, end)
    return Passage("doc-1", 1, "old", None, at, start, end, words, before, after)


BEDS = "全省养老床位达到十万张（含家庭床位）"


def test_the_same_text_read_anew_is_exact_and_pins_the_new_reading() -> None:
    found = anchored(pinned(BEDS), TEXT, "new", 1)
    assert (found.state, found.stands) == ("exact", "")
    assert found.passage.reading_id == "new"


def test_a_paragraph_put_before_moves_the_pin() -> None:
    found = anchored(pinned(BEDS), ("首页 > 政策", *TEXT), "new", 1)
    assert (found.state, found.passage.paragraph, found.passage.start) == ("moved", 3, 9)
    assert words_at(("首页 > 政策", *TEXT), found.passage) == BEDS


def test_other_white_space_width_and_signs_are_found_and_told_while_the_pin_keeps_its_words() -> None:
    lines = (
        *TEXT[:2],
        "一、到2027年, 全省养老床位  达到十万张(含家庭床位)。二、每年新增护理员２，０００名。",
        *TEXT[3:],
    )
    found = anchored(pinned(BEDS), lines, "new", 1)
    assert found.state == "moved"
    assert found.passage.text == BEDS
    assert found.stands == words_at(lines, found.passage) == "全省养老床位  达到十万张(含家庭床位)"


def test_a_paragraph_that_was_divided_within_the_passage_runs_on() -> None:
    lines = (
        *TEXT[:2],
        "一、到2027年，全省养老床位",
        "达到十万张（含家庭床位）。",
        "二、每年新增护理员2,000名。",
        *TEXT[3:],
    )
    found = anchored(pinned(BEDS), lines, "new", 1)
    assert (found.state, found.passage.paragraph) == ("moved", 2)
    assert found.stands == words_at(lines, found.passage) == "全省养老床位\n达到十万张（含家庭床位）"
    assert anchored(found.passage, TEXT, "newer", 1).passage.end == pinned(BEDS).end


def test_paragraphs_that_were_joined_are_one_place() -> None:
    lines = (TEXT[0], "".join(TEXT[1:4]), *TEXT[4:])
    found = anchored(pinned(BEDS), lines, "new", 1)
    assert (found.state, found.stands, found.passage.paragraph) == ("moved", "", 1)
    assert words_at(lines, found.passage) == BEDS


def test_of_several_places_the_context_decides() -> None:
    lines = ("目录", *TEXT)
    second = anchored(pinned("责任单位：省民政厅", paragraph=5), lines, "new", 1)
    assert (second.state, second.passage.paragraph) == ("moved", 6)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((*TEXT[:2], *TEXT[4:]), "its own line is gone, the other one stays"),
        ((TEXT[0],), "the words are gone"),
        ((), "there is no text"),
        ((*TEXT, *TEXT), "the whole text stands there twice"),
        (("责任单位：省民政厅",) * 4, "nothing tells the places apart"),
    ],
)
def test_what_has_no_certain_place_is_lost_and_keeps_its_pin(lines: tuple[str, ...], why: str) -> None:
    passage = pinned("责任单位：省民政厅")
    found = anchored(passage, lines, "new", 1)
    assert (found.state, found.passage) == ("lost", passage), why


def test_words_that_stand_elsewhere_only_are_no_place() -> None:
    """The line was dropped; a sentence of another part says the same number."""
    passage = pinned("2,000名")
    lines = (TEXT[0], "去年全省共有退役军人2,000名，均已登记。", *TEXT[4:])
    assert anchored(passage, lines, "new", 1).state == "lost"


def test_a_changed_digit_a_negation_and_a_lost_letter_are_lost() -> None:
    passage = pinned("每年新增护理员2,000名")
    for line in ("每年新增护理员3,000名", "每年不新增护理员2,000名", "每年新增护理员2,000人"):
        lines = (*TEXT[:2], TEXT[2].replace("每年新增护理员2,000名", line), *TEXT[3:])
        assert anchored(passage, lines, "new", 1).state == "lost"


def test_a_place_within_a_letter_that_folds_to_several_is_none() -> None:
    passage = pinned("1", ("表1", "其他内容"))
    assert anchored(passage, ("表⑾", "其他内容"), "new", 1).state == "lost"


def test_repeated_cells_stay_where_they_are_only_in_the_same_reading() -> None:
    cells = ("项目", *["是"] * 60, "合计")
    passage = pinned("是", cells, 30)
    assert anchored(passage, cells, "old", 1).state == "exact"
    assert anchored(passage, (*cells[:10], *cells[11:]), "new", 1).state == "lost"


def test_of_places_that_are_quite_alike_the_order_is_kept_when_there_are_as_many() -> None:
    part = (
        "一是限期整治，建立台账并逐项销号，确保整改到位、不留死角。",
        "二是依法查处。",
        "三是举一反三，全面开展自查自纠，按时报送情况并接受社会监督，不得弄虚作假。",
    )
    text = ("甲市：", *part, "乙市：", *part, "丙市：", *part)
    passage = pinned("二是依法查处。", text, 6)
    assert repeat_of(passage, text) == Repeat(2, 3, 3)
    found = anchored(passage, ("打印本页", *text), "new", 1, Repeat(2, 3, 3))
    assert (found.state, found.passage.paragraph) == ("moved", 7)
    assert anchored(passage, ("打印本页", *text[:8]), "new", 1, Repeat(2, 3, 3)).state == "lost"
