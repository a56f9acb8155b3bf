"""Figures of drafts: made from the publication, refused in one sentence, shown small to the editor."""

from __future__ import annotations

import json

import pytest

from dashboard.drafting.figure_settings import KINDS
from dashboard.drafting.figures import FigureProblem, figure_preview, figure_problem
from dashboard.drafting.paper import figures_of
from tests.dashboard.papers import EVIL_TITLE
from tests.drafting.papers import paper, publication_of
from warehouse.home import Home


def figure(kind: str, subject: str = "topic:17-03", **more: str) -> str:
    lines = [
        f"{key} = {json.dumps(value)}" for key, value in {"kind": kind, "subject": subject, **more}.items()
    ]
    return "```figure\n" + "\n".join(lines) + "\n```\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_title_source_figures_and_words(drafting_home: Home, language: str) -> None:
    text = "\n\n".join(figure(kind) for kind in KINDS)
    made = figures_of(paper(drafting_home, text, language))
    assert len(made) == len(KINDS)
    labels = ["图1", "表1", "表2", "图2", "表3"]
    if language == "zh":
        assert [one.label for one in made] == labels
    for one in made:
        assert one.title
        assert one.alternative
        assert "20260601" in one.source
        assert one.rows
        assert all(len(row) == len(one.heads) for row in one.rows)
        assert bool(one.chart) == (one.label[:1] in "图F")


def test_a_trend_has_twenty_four_months_and_marks_the_gaps(drafting_home: Home) -> None:
    (trend,) = figures_of(paper(drafting_home, figure("trend")))
    assert len(trend.rows) == 24
    assert trend.rows[-1][0] == "2026-06（未完）"
    assert trend.rows[-2][:2] == ("2026-05", "3")
    assert next(row for row in trend.rows if row[0] == "2025-01")[1] == "—"
    assert "个月没有来源" in trend.alternative


def test_a_period_and_titles_of_the_author_are_kept(drafting_home: Home) -> None:
    text = figure("due", period="10d", title="十天") + "\n" + figure("due", period="30d", caption="请看")
    short, long = figures_of(paper(drafting_home, text))
    assert (short.title, short.rows[0][0]) == ("十天", "这段时间没有。")
    assert long.rows[0][:2] == ("6月20日", "各市民政局")
    assert long.caption == "请看"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"kind": "pie", "subject": "topic:14"}, "没有“pie”这种图表"),
        ({"subject": "topic:14"}, "没有“”这种图表"),
        ({"kind": "trend"}, "看不出指什么"),
        ({"kind": "trend", "subject": "养老"}, "看不出指什么"),
        ({"kind": "trend", "subject": "topic:99-99"}, "找不到"),
        ({"kind": "trend", "subject": "planet:mars"}, "看不出指什么"),
        ({"kind": "matrix", "subject": "department:xs-10-civil"}, "没有各地对照"),
        ({"kind": "trend", "subject": "topic:14", "period": "30d"}, "请去掉 period"),
        ({"kind": "due", "subject": "topic:14", "period": "soon"}, "请写天数加 d"),
        ({"kind": "due", "subject": "topic:14", "period": "999d"}, "请写天数加 d"),
        ({"kind": "due", "subject": "topic:14", "colour": "red"}, "没有“colour”这一项"),
        ({"kind": "due", "subject": "topic:14", "title": 3}, "title 应是一行文字"),
        ({"kind": "due", "subject": "topic:14", "title": "长" * 201}, "title 应是一行文字"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(
    drafting_home: Home, settings: dict[str, object], said: str
) -> None:
    publication = publication_of(drafting_home)
    assert said in figure_problem(publication, settings)
    assert figure_problem(publication, settings, "en")
    assert said in figure_preview(drafting_home, publication, settings, "zh")


def test_a_paper_with_such_a_figure_is_refused(drafting_home: Home) -> None:
    with pytest.raises(FigureProblem, match="no figure “pie”"):
        paper(drafting_home, figure("pie"))
    with pytest.raises(FigureProblem, match="not TOML"):
        paper(drafting_home, "```figure\nkind = \n```\n")


def test_a_figure_that_can_be_made_has_no_problem(drafting_home: Home) -> None:
    publication = publication_of(drafting_home)
    for kind in KINDS:
        assert figure_problem(publication, {"kind": kind, "subject": "topic:17-03"}) == ""
    assert figure_problem(publication, {"kind": "actors", "subject": "region:云河省", "period": "90d"}) == ""


def test_the_preview_is_a_small_table_of_escaped_text(drafting_home: Home) -> None:
    settings = {"kind": "trend", "subject": "topic:17-03", "title": EVIL_TITLE}
    shown = figure_preview(drafting_home, publication_of(drafting_home), settings, "zh")
    assert shown.count("<tr>") == 7
    assert "成品中共 24 行" in shown
    assert "<script" not in shown
