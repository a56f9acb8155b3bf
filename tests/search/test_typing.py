"""What people type as they are used to: other script, width, case, blanks and quotation marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.shelf import Shelf, day
from tests.search.test_search import ids
from warehouse.search.language import span
from warehouse.search.problems import SearchProblem
from warehouse.search.query import search


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("typing"))
    source = {"source_id": "yh-MZ", "name_zh": "云河網", "reuse": "full", "level": "provincial"}
    made.insert("source", [source])
    made.insert(
        "topic_class",
        [
            {"scheme": "gov", "code": "05", "parent": None, "level": 1, "name_zh": "财政、金融、审计",
             "name_en": "Finance", "path": "财政、金融、审计"},
        ],
    )  # fmt: skip
    bodies = (("mep", "环境保护部"), ("mee", "生态环境部"), ("swd", "社會福利署"), ("mca", "民生保障部"))
    made.insert("body", [{"code": code, "name_zh": name} for code, name in bodies])
    made.insert(
        "body_step",
        [
            {"before_code": "mep", "after_code": "mee", "kind": "merged", "on_day": day("2018-03-17"),
             "act": "方案", "what": ""}
        ],
    )  # fmt: skip
    made.add(
        "air", "养老服务条例",
        "瞭解情況，着重復核，覆核，憑藉，只有，价値，淸单，戸籍。关于（试行）的通知。",
        published=day("2026-04-20"), department_code="mee", department_name="生态环境部", level="provincial",
        region="云河省", validity="repealed", doc_type="Notice", topic_code="05", topic1_code="05",
        topic_path="财政、金融、审计", source_id="yh-MZ",
    )  # fmt: skip
    made.add(
        "care", "托育补贴办法",
        "养老与托育的补贴。了解，著重，复核，借，祇有，价值，清单，户籍。", published=day("2025-06-30"),
        department_code="swd", department_name="社會福利署", region="雲河省", validity="in-force",
        language="en", source_id="yh-MZ",
    )  # fmt: skip
    text = "依据《养老服务条例》，养老 A 与 B 一并施行。"
    made.add("cites", "转发", text, published=day("2024-02-01"), source_id="yh-MZ")
    return made.publish()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        *((one, ["air", "care"]) for one in ("了解", "瞭解", "着重", "著重", "复核", "覆核", "只有", "衹有")),
        *((one, ["air", "care"]) for one in ("价值", "價値", "清单", "淸單", "户籍", "戶籍", "戸籍")),
        ("凭借", ["air"]),
        ("机关:環境保護部", ["air"]),
        ("環境保護部", ["air"]),
        ("机关:社会福利署", ["care"]),
        ("社会福利署", ["care"]),
        ("主题:財政、金融、審計", ["air"]),
        ("地区:雲河省", ["air", "care"]),
        ("来源:云河网", ["air", "care", "cites"]),
        ("標題:養老", ["air"]),
        ("機關：社會福利署", ["care"]),
        ("年份:2025", ["care"]),
        ("（养老 OR 托育） 补贴", ["care"]),
        ("标题:（养老 OR 托育）", ["air", "care"]),
        ("（養老 且 （补贴 或 施行））", ["care", "cites"]),
        ("关于（试行）的", ["air"]),
        ("关于(试行)的通知", ["air"]),
        ("试行）的", ["air"]),
        ("养\u200b老\ufeff服\u00ad务", ["air", "cites"]),
        ("《养老服务条例》", ["air", "cites"]),
        ("《养老 A 与 B》", ["cites"]),
        ("《养老服务条例》、《养老 A 与 B》", ["cites"]),
        ("发布:2026-04-01 .. 2026-04-30", ["air"]),
        ("发布:2026-04-01 至 2026-04-30", ["air"]),
        ("发布:2026年4月1日至2026年4月30日", ["air"]),
        ("年:>= 2025", ["air", "care"]),
        ("年:2025 至今", ["air", "care"]),
        ("年:2025年-2026年", ["air", "care"]),
        ("年:2024 - 2025 补贴", ["care"]),
        ("年:2024 -补贴", ["cites"]),
        ("年:（2024 至 2025 OR 2026）", ["air", "care", "cites"]),
        ("发布:20260420", ["air"]),
        ("发布:20260401-20260430", ["air"]),
        ("发布:2026 通知", ["air"]),
        ("level:Provincial", ["air"]),
        ("validity:REPEALED", ["air"]),
        ("validity:IN_FORCE", ["care"]),
        ("language:EN", ["care"]),
        ("kind:notice", ["air"]),
        ("KIND:ＮＯＴＩＣＥ", ["air"]),
        ("source:YH-mz", ["air", "care", "cites"]),
        ("养老＊", ["air", "care", "cites"]),
        ("‘养老服务’", ["air", "cites"]),
        ("rock‘n", []),
        ("标题 ：养老服务", ["air"]),
        ("标题 : 养老服务", ["air"]),
        ("in_force:2025-01-01", []),
        ("has_attachment:no", ["air", "care", "cites"]),
        ("有附件：否", ["air", "care", "cites"]),
    ],
)
def test_query_finds(shelf: Shelf, query: str, expected: list[str]) -> None:
    assert ids(shelf, query) == expected


def test_a_radical_in_a_characters_place_is_that_character(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.add("radical", "⽼⻳", "论养⽼之⻳。")
    shelf.publish()
    for query in ("⽼龟", "老⻳", '"老龟"', "标题:⽼⻳", "《老⻳》"):
        (hit,) = search(shelf, query).hits
        assert hit.document_id == "radical"
    (hit,) = search(shelf, "养老之龟").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["养⽼之⻳"]


@pytest.mark.parametrize(
    ("query", "kind", "place"),
    [
        ("机关:(民生保障部 OR 甲乙丙)", "department", 14),
        ("机关:（民生保障部 OR \u200b甲乙丙）", "department", 15),
        ("年:(2024 OR abc)", "no-date", 12),
        ("年:(2024 abc)", "no-date", 9),
        ('大气 机关:("民生保障部" 或 "甲乙丙")', "department", 18),
        ("\ufeff\u200b养老 机关:甲乙丙", "department", 9),
        ("\u200b（养老", "open", 2),
        ("标题 ：", "empty-field", 1),
        ("养老)H.R.）0", "close", 3),
    ],
)
def test_an_error_points_at_its_own_place(shelf: Shelf, query: str, kind: str, place: int) -> None:
    with pytest.raises(SearchProblem) as problem:
        search(shelf, query)
    assert (problem.value.kind, problem.value.values["place"]) == (kind, place)


def test_a_whole_title_in_its_marks_comes_first(shelf: Shelf) -> None:
    for query in ("《养老服务条例》", "《养老服务条例》 关于", "通知 《养老服务条例》"):
        assert search(shelf, query).hits[0].document_id == "air"
    scores = [search(shelf, query).hits[0].score for query in ("《养老服务条例》 通知", "养老服务条例 通知")]
    assert scores[0] > scores[1] + 30


def test_spans_run_together_or_hyphenated() -> None:
    assert span("202604") == (day("2026-04-01"), day("2026-04-30"))
    assert span("2024-05-01 - 2024-06-30") == (day("2024-05-01"), day("2024-06-30"))
    assert span("2024/5/1-2024/6/30") == (day("2024-05-01"), day("2024-06-30"))
    assert span("2024-13") is None
    assert span("2024-05-01") == (day("2024-05-01"), day("2024-05-01"))
