"""Summaries are the document's own words: headings where it has them, else central sentences, with places."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.warehouse.make import make_home
from warehouse.summaries.kept import summary_of
from warehouse.summaries.sentences import sentences
from warehouse.summaries.summary import MOST_HEADINGS, Passage, Summary, summarise
from warehouse.summaries.textrank import central

FILLING = "各地要结合本地实际，细化工作措施，明确责任分工，定期报告进展情况。" * 3
WITH_HEADINGS = (
    "各市人民政府：", "一、总体要求", FILLING, "二、重点任务", "（一）完善养老服务网络。" + FILLING,
    "（二）支持社会力量兴办养老机构。" + FILLING, "三、保障措施", FILLING + FILLING,
)  # fmt: skip
PLAIN = (
    "本市对六十五岁以上老年人发放养老服务补贴，补贴标准按照失能等级确定。",
    "失能等级由评估机构按照国家标准评定，评定结果作为发放养老服务补贴的依据。",
    "天气炎热，注意防暑。",
    "养老服务补贴按月发放，由区民政部门审核失能等级和补贴标准。",
    "会议讨论了食堂、停车和绿化，各有不同看法，没有作出任何结论就散会了。",
    "市民政局会同市财政局根据失能等级调整养老服务补贴标准。",
    "老年人可以选择上门照料、社区日间照料或者机构照料，服务费用从养老服务补贴中支付，不足部分由本人承担。",
    "评估机构应当在收到申请之日起三十日内评定失能等级，并将评定结果告知老年人及其家属和所在地街道办事处。",
    "对失能等级评定结果有异议的，可以在十五日内向区民政部门申请复评，复评由另一家评估机构承担。",
    "领取养老服务补贴的老年人去世或者迁出本市的，自次月起停止发放补贴，多领的补贴应当退回。",
    "区民政部门每年核查养老服务补贴发放情况，发现虚报失能等级骗取补贴的，追回已经发放的补贴。",
    "养老服务补贴所需资金由市、区两级财政按照四六比例分担，列入年度预算，专款专用。",
)


def words(paragraphs: tuple[str, ...], summary: Summary) -> list[str]:
    return [paragraphs[one.paragraph][one.start : one.end] for one in summary.passages]


def test_a_document_with_headings_shows_them_with_their_levels() -> None:
    summary = summarise(WITH_HEADINGS, "zh")
    assert summary.kind == "headings"
    assert words(WITH_HEADINGS, summary) == [
        "一、总体要求", "二、重点任务", "（一）完善养老服务网络。",
        "（二）支持社会力量兴办养老机构。", "三、保障措施",
    ]  # fmt: skip
    assert [one.level for one in summary.passages] == [1, 1, 2, 2, 1]


def test_chapters_of_a_law_are_headings_and_a_list_of_contents_is_told_once() -> None:
    chapters = ("第一章 总则", "第二章 服务", "第三章 法律责任")
    text = (*chapters, *(part for one in chapters for part in (one, "第一条 " + FILLING * 2)))
    assert words(text, summarise(text, "zh")) == list(chapters)


def test_an_enumeration_is_no_heading() -> None:
    text = (
        "有下列情形之一的，不予受理：", "（一）材料不全的；", "（二）超过期限的；", "（三）其他情形。",
        *(FILLING,) * 5,
    )  # fmt: skip
    assert summarise(text, "zh").kind == "sentences"


def test_sentences_are_chosen_for_what_the_others_share_and_not_said_twice() -> None:
    summary = summarise(PLAIN, "zh")
    chosen = words(PLAIN, summary)
    assert summary.kind == "sentences"
    assert not any("食堂" in one or "防暑" in one for one in chosen)
    assert len(set(chosen)) == len(chosen)
    places = [(one.paragraph, one.start) for one in summary.passages]
    assert places == sorted(places)


def test_english_sentences_end_at_full_stops_but_not_at_abbreviations() -> None:
    text = (
        "Part 1 of No. 5 applies to the U.S. Department. The Secretary shall report; Each report is public."
    )
    assert [one.text for one in sentences([text], "en")] == [
        "Part 1 of No. 5 applies to the U.S. Department.",
        "The Secretary shall report;",
        "Each report is public.",
    ]


def test_every_sentence_stands_where_it_says() -> None:
    for language, text in (
        ("zh", "  甲说：“好。”乙说：不好！  丙"),
        ("en", " One is here.  Two follows here. Three"),
    ):
        found = list(sentences([text], language))
        assert [text[one.start : one.end] for one in found] == [one.text for one in found]
        assert len(found) == 3


def test_a_short_or_empty_document_needs_no_summary() -> None:
    assert summarise(("请认真执行。",), "zh") == summarise((), "en") == Summary("none")


def test_hostile_texts_take_bounded_time() -> None:
    dice = random.Random(3)
    one_line = "".join(dice.choices("一二三、。（）第章12；aZ ", k=1_000_000))
    texts = (one_line, "一、" * 200_000, "。" * 300_000, "A. " * 200_000, "No. " * 200_000, "（" * 300_000)
    began = time.process_time()
    for text in texts:
        for language in ("zh", "en"):
            summary = summarise((text,), language)
            assert len(summary.passages) <= max(MOST_HEADINGS, 100)
    assert time.process_time() - began < 20


def test_long_documents_are_sampled_evenly() -> None:
    texts = [f"第{n}项工作由有关部门负责落实并报告第{n}项进展" for n in range(2_000)]
    assert 0 < len(central(texts, "zh", 100)) < 10
    assert central([], "zh", 100) == []


def test_a_summary_is_kept_as_places_and_made_anew_for_another_text(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    first = summary_of(home, "rea-0123456789abcdef", PLAIN, "zh")
    file = next((home.root / "cache").rglob("*.json"))
    assert "养老" not in file.read_text(encoding="utf-8")
    assert summary_of(home, "rea-0123456789abcdef", PLAIN, "zh") == first
    changed = summary_of(home, "rea-0123456789abcdef", WITH_HEADINGS, "zh")
    assert changed.kind == "headings"
    file.write_text("{", encoding="utf-8")
    assert summary_of(home, "rea-0123456789abcdef", WITH_HEADINGS, "zh") == changed


@pytest.mark.parametrize("reading", ["../../evil", "", "a/b"])
def test_a_strange_name_is_never_a_file(tmp_path: Path, reading: str) -> None:
    home = make_home(tmp_path)
    assert summary_of(home, reading, PLAIN, "zh").kind == "sentences"
    assert not (home.root / "cache").exists()


def test_passages_say_where_they_stand() -> None:
    assert summarise(WITH_HEADINGS, "zh").passages[0] == Passage(1, 0, 6, 1)
