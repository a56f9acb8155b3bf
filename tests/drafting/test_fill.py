"""What a program fills in rests on documents, passes the check, and never covers a person's words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.briefing.model import Item
from dashboard.checking.check import check_draft
from dashboard.drafting.begin import begin, refill
from dashboard.drafting.fill import refilled, section_place
from dashboard.drafting.grammar import parse
from dashboard.drafting.lines import GAP, document_line, is_whole, plain, quoted, titled
from dashboard.drafting.model import Figure
from dashboard.drafting.model import Item as Point
from dashboard.drafting.templates import Section, templates
from tests.drafting.baskets import collected
from warehouse.desk import Desk
from warehouse.desk.asked import asked
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

THEME = "elderly-care"
SINCE, UNTIL = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize("name", ["weekly", "special", "monthly", "policy-brief"])
def test_every_point_filled_in_names_its_source_and_the_check_stops_nothing(fresh: Home, name: str) -> None:
    publication = _publication(fresh)
    with Desk.open(fresh) as desk:
        draft = begin(fresh, publication, desk, "local", template=name, theme=THEME, since=SINCE, until=UNTIL)
        text = desk.drafts.head(draft.draft_id)[1]
    parsed = parse(text)
    points = [block for block in parsed.blocks if isinstance(block, Point)]
    assert points
    for one in points:
        assert one.text.marks[-1].at == len(one.text.text), one.text.text
    report = check_draft(publication, text, {}, draft.language)
    assert report.stops == ()
    assert {one.kind for one in report.looks} <= {"gap-left", "citation-missing"}
    assert all(block.problem == "" for block in parsed.blocks if isinstance(block, Figure))
    assert [one.text.text for one in parsed.outline if one.level == 1] == [
        one.heading for one in templates(fresh)[name].sections
    ]


def test_what_nobody_fills_is_a_gap_with_its_guidance(fresh: Home) -> None:
    with Desk.open(fresh) as desk:
        draft = begin(fresh, _publication(fresh), desk, "local", template="flash", theme=THEME)
        text = desk.drafts.head(draft.draft_id)[1]
    assert len(GAP.findall(text)) == 2
    assert "请谁、做什么、什么时候前" in text


def test_basket_and_saved_search_fill_a_section(fresh: Home) -> None:
    publication = _publication(fresh)
    with Desk.open(fresh) as desk:
        item = collected(fresh)
        saved = desk.searches.save("养老", asked("养老", {}), "local")
        draft = begin(
            fresh, publication, desk, "local", template="special", theme=THEME, since=SINCE, until=UNTIL,
            searches=[saved.search_id],
        )  # fmt: skip
        text = desk.drafts.head(draft.draft_id)[1]
        items = desk.basket.by_ids([item.item_id])
    assert f"“{item.passage.text}”[^e{item.item_id}]" in text
    answers = text[text.index("## 对策建议") :]
    assert "《云河省民政厅关于推进居家养老服务的通知》" in answers
    assert check_draft(publication, text, items, "zh").stops == ()


def test_filling_again_leaves_what_a_person_wrote(fresh: Home) -> None:
    publication = _publication(fresh)
    with Desk.open(fresh) as desk:
        draft = begin(
            fresh, publication, desk, "local", template="weekly", theme=THEME, since=SINCE, until=UNTIL
        )
        number = draft.draft_id
        text = desk.drafts.head(number)[1]
        mine = text.replace("## 要闻\n", "## 要闻\n\n我写的导语。\n").replace(
            "（云河省民政厅", "（我改过，云河省民政厅", 1
        )
        desk.drafts.save(number, 1, mine, "local")
        refill(fresh, publication, desk, "local", number, "news")
        assert desk.drafts.head(number)[1].split() == mine.split()
        with pytest.raises(UserError, match="has no section 'weather'; it has overview, news"):
            refill(fresh, publication, desk, "local", number, "weather")
        desk.drafts.save(
            number, desk.drafts.get(number).revision, mine.replace("## 要闻", "## 新闻"), "local"
        )
        with pytest.raises(UserError, match="the draft has no such heading; write '## 要闻'"):
            refill(fresh, publication, desk, "local", number, "news")


def test_a_section_left_as_it_was_is_written_anew() -> None:
    section = Section("news", "要闻", ("", ""), ())
    text = "## 综述\n\n一。\n\n## 要闻\n\n- 旧。\n\n## 数据\n\n二。\n"
    assert refilled(text, section, "- 旧。", "- 新。\n- 更新。") == text.replace("- 旧。", "- 新。\n- 更新。")
    kept = text.replace("- 旧。", "- 旧，我补充。")
    assert refilled(kept, section, "- 旧。", "- 新。") == kept
    assert refilled(kept, section, "", "所收文件中没有找到这方面的内容。") == kept


def test_a_heading_inside_a_fenced_block_ends_no_section() -> None:
    text = "## 要闻\n\n```figure\n## 数据\n```\n\n尾。\n\n## 数据\n"
    assert section_place(text, "要闻") == (1, 8)
    assert section_place(text, "没有") is None


def test_foreign_text_makes_no_markdown_and_no_reference() -> None:
    hostile = "*粗* _斜_ [^e1] [链](http://x)\n# 题 \\"
    parsed = parse(f"- {plain(hostile)}")
    (point,) = parsed.blocks
    assert isinstance(point, Point)
    assert point.text.marks == ()
    assert point.text.spans == ()
    assert point.text.text == " ".join(hostile.split()).replace("[^", "[ ^")


def test_titles_and_quotations_stand_in_the_marks_of_their_language() -> None:
    assert titled("zh", "关于《办法》的通知") == "《关于〈办法〉的通知》"
    assert titled("en", "Care Act") == "*Care Act*"
    assert quoted("称为“两区”。") == "「称为“两区”。」"
    assert quoted("两区。") == "“两区。”"
    assert not is_whole("第二款：“不得收取")
    item = Item(
        "d1", "通知", "民政厅", None, date(2026, 5, 2), "云民发〔2026〕1号", None, None, None, "s", "", None,
        1, "in-force", "active", None, False,
    )  # fmt: skip
    assert document_line("zh", item) == "- 《通知》（民政厅，云民发〔2026〕1号，2026年5月2日）。[^dd1]"
    assert document_line("zh", item, "做好。").endswith("2026年5月2日）：“做好。”[^dd1]")
    assert re.search(r"\(民政厅, .*, 2 May 2026\)\.\[\^dd1\]$", document_line("en", item))


def _publication(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication
