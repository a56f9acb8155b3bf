"""English headings are a summary; contacts, signatures and boilerplate never are; the budget holds."""

from __future__ import annotations

import time

import pytest

from warehouse.summaries.boilerplate import is_boilerplate
from warehouse.summaries.english_headings import english_headings
from warehouse.summaries.summary import BUDGET, Summary, summarise

FILLING = "The agency counts every tree of the park and tells the council how many stand. " * 6


def words(paragraphs: tuple[str, ...], summary: Summary) -> list[str]:
    return [paragraphs[one.paragraph][one.start : one.end] for one in summary.passages]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("## Why trees", "### Old ones", "## What we do", "## Who pays", "### Notes to editors"),
         ["Why trees", "Old ones", "What we do", "Who pays"]),
        (("1. Purpose", "1.1 Old trees", "2. Counting", "3. Payment"),
         ["1. Purpose", "1.1 Old trees", "2. Counting", "3. Payment"]),
        (("WHY TREES COUNT", "WHO PAYS FOR THEM", "BACKGROUND"),
         ["WHY TREES COUNT", "WHO PAYS FOR THEM", "BACKGROUND"]),
        (("Summary", "Background", "**Who pays**"), ["Summary", "Background", "Who pays"]),
        (("Section 1. Policy. Trees count.", "Sec. 2. Counting of Trees. It is done.", "Sec. 3. Payment."),
         ["Section 1. Policy", "Sec. 2. Counting of Trees", "Sec. 3. Payment"]),
    ],
)  # fmt: skip
def test_headings_of_every_style_are_shown_in_their_own_words(
    lines: tuple[str, ...], told: list[str]
) -> None:
    text = tuple(part for line in lines for part in (line, FILLING))
    summary = summarise(text, "en")
    assert (summary.kind, words(text, summary)) == ("headings", told)


@pytest.mark.parametrize(
    "lines",
    [
        ("### Notes to editors", "### Twitter", "### Media enquiries"),
        ("1. The trees are counted.", "2. The council shall pay.", "3. It is told."),
        ("§ 1. Section 3 of the code is amended.", "§ 2. Section 4 is repealed.", "§ 3. It takes effect."),
        ("RESOLVED", "ARTICLE III", "EXHIBIT A"),
    ],
)
def test_page_furniture_and_numbered_sentences_are_no_headings(lines: tuple[str, ...]) -> None:
    assert english_headings([part for line in lines for part in (line, FILLING)]) == []


def test_a_list_of_names_without_text_is_no_outline() -> None:
    assert english_headings(["## Oak", "## Elm", "## Ash", "## Yew"]) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("FOR FURTHER INFORMATION CONTACT: Ann Lee, Office of Trees, Room 5, Lakeside.", "en"),
        ("For more information, contact the office of trees in Lakeside.", "en"),
        ("Ann Lee can be reached at (555) 555-0199 in the office of trees.", "en"),
        ("Telephone: 020 7946 0000 or write to the office of trees, Lakeside.", "en"),
        ("Write to trees@lakeside.example with your count of the trees.", "en"),
        ("BILLING CODE 9999-99-P and what the printer puts behind a rule", "en"),
        ("Deputy Assistant Secretary for Trees, Department of Parks and Lakes.", "en"),
        ("* [A count of all the trees of the lake](http://trees.example/count)", "en"),
        ("附件：1.树木清点表 2.树木清点说明", "zh"),
        ("联系人：王某某，联系电话：010-00000000。", "zh"),
        ("抄送：市园林局，市林业局，各区人民政府办公室。", "zh"),
        ("通讯地址：湖滨市树木路一号园林楼五层。", "zh"),
        ("湖滨市人民政府办公室2026年5月20日印发", "zh"),
    ],
)
def test_contacts_signatures_and_furniture_are_boilerplate(text: str, language: str) -> None:
    assert is_boilerplate(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Secretary of Parks shall count 1,200 trees and report to the council.", "en"),
        ("Each office must address the loss of trees in its plan.", "en"),
        ("设立举报电话，鼓励群众举报毁坏树木的行为。", "zh"),
        ("各单位要明确联系人，按时报送清点结果。", "zh"),
    ],
)
def test_what_a_document_says_is_not(text: str, language: str) -> None:
    assert not is_boilerplate(text, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_budget_holds_and_a_sentence_longer_than_it_is_passed_over(language: str) -> None:
    unit = "The council counts the trees, " if language == "en" else "各地要清点古树名木，"
    end = "and ends." if language == "en" else "报告结果。"
    long = unit * 30 + end
    short = [f"{unit}{n} {end}" for n in range(60)]
    both = summarise((*short, long), language)
    assert sum(one.end - one.start for one in both.passages) <= BUDGET[language]
    assert not any(one.cut for one in both.passages)


def test_where_every_sentence_is_too_long_one_is_cut_at_a_word_and_says_so() -> None:
    text = tuple(
        f"The council of lake {n} " + "counts trees and lakes and ponds " * 25 + "now." for n in range(5)
    )
    (only,) = summarise(text, "en").passages
    assert only.cut
    assert only.end - only.start <= BUDGET["en"]
    assert text[only.paragraph][only.end - 1 : only.end + 1].count(" ") == 1


@pytest.mark.parametrize(
    "piece", ["## a\n", "1. A ", "A B ", "Sec. 1. A", "**a", "(555) 555-", "tel 0 ", "[a](", "：电 "]
)
def test_hostile_lines_take_bounded_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    for language in ("en", "zh"):
        summarise((text,), language)
        summarise(text.splitlines() or [text], language)
        is_boilerplate(text[:2_000], language)
    assert time.process_time() - began < 8
