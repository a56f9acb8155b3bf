"""What a reader types and what must be found."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.search.shelf import Shelf, day
from warehouse.errors import UserError
from warehouse.search.query import search

TOPICS = {
    "17": ("民政、扶贫、救灾", "Civil affairs"),
    "17-03": ("社会福利", "Welfare"),
    "17-07": ("其他", "Other"),
    "07-06": ("其他", "Other"),
    "22": ("其他", "Other"),
}
FIRST_LEVEL = {"17": "民政、扶贫、救灾", "07": "工业、交通"}

BRACKETS = [*zip("﹝{｛《〖⟨﹙〘❲「", "﹞}｝》〗⟩﹚〙❳」", strict=True)]


def topic_row(code: str) -> dict[str, object]:
    first, _, second = code.partition("-")
    name_zh, name_en = TOPICS[code]
    path = f"{FIRST_LEVEL[first]}\\{name_zh}" if second else name_zh
    parent = first if second else None
    level = 2 if second else 1
    return {
        "scheme": "gov", "code": code, "parent": parent, "level": level, "name_zh": name_zh,
        "name_en": name_en, "path": path,
    }  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("shelf"))
    made.insert(
        "source",
        [
            {
                "source_id": "s1",
                "name_zh": "示例网",
                "reuse": "full",
                "level": "provincial",
                "region": "云河省",
            }
        ],
    )
    made.insert("topic_class", map(topic_row, TOPICS))
    made.insert(
        "body",
        [
            {
                "code": "xs10-mz",
                "name_zh": "云河省民政厅",
                "name_en": "Civil Affairs of Yunhe",
                "short": "省民政厅",
            }
        ],
    )
    made.add(
        "d1", "关于推进养老服务体系建设的意见",
        "各市人民政府：", "推行“双随机、一公开”监管，加快5G 网络和社区食堂建设。", "第一条　为了老年人。",
        doc_number="云民发〔2026〕7号", number_normal="云民发〔2026〕7号", published=day("2026-05-20"),
        department_code="xs10-mz", department_name="云河省民政厅", topic_code="17-03", topic1_code="17",
        topic_path="民政、扶贫、救灾\\社会福利", topic1_name="民政、扶贫、救灾", level="provincial",
        region="云河省", doc_type="意见", validity="in-force",
    )  # fmt: skip
    made.add(
        "d2", "数据标准目录",
        "执行 GB/T 9704-2012 标准。依据《意见》（云民发[2026]7号）办理养老事项。",
        "The pharmacy act of the Islands.", "互联网＋政务，达到１００％。",
        attachment="附件一\n护理补贴标准表", published=day("2025-03-01"), level="municipal", region="澜江市",
        validity="repealed",
    )  # fmt: skip
    made.add(
        "d3", "Pharma policy", "Of the people, by the people. 25Gbit links.", "服", "务 other", language="en"
    )
    return made.publish()


def ids(shelf: Shelf, query: str, **filters: object) -> list[str]:
    return sorted(hit.document_id for hit in search(shelf, query, **filters).hits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("养老", ["d1", "d2"]),
        ('"养老服务"', ["d1"]),
        ("“养老服务”", ["d1"]),
        ("「双随机、一公开」", ["d1"]),
        ("双随机、一公开", ["d1"]),
        ("5G", ["d1"]),
        ("5g网络", ["d1"]),
        ("５Ｇ 网络", ["d1"]),
        ('"5G网"', ["d1"]),
        ('"5"', ["d1", "d3"]),
        ("GB/T 9704-2012", ["d2"]),
        ('"GB/T 9704-2012"', ["d2"]),
        ('"t 97"', ["d2"]),
        ('"GB/T9704"', []),
        ("云民发〔2026〕7号", ["d1", "d2"]),
        ("云民发[2026]7号", ["d1", "d2"]),
        ("云民发(2026)7号", ["d1", "d2"]),
        ("云民发（2026）第07号", ["d1", "d2"]),
        *((f"云民发{a}2026{b}7号", ["d1", "d2"]) for a, b in BRACKETS),
        *((f'"云民发{a}2026{b}7号"', ["d1", "d2"]) for a, b in BRACKETS),
        ("双随机《2026》", []),
        ('"互联网+政务"', ["d2"]),
        ('"互联网＋政务"', ["d2"]),
        ('"达到１００％"', ["d2"]),
        ('"达到100%"', ["d2"]),
        ("100％", ["d2"]),
        ('"政务,"', []),
        ("pharma", ["d3"]),
        ('"pharma"', ["d2", "d3"]),
        ("PHARMACY", ["d2"]),
        ('"of the"', ["d2", "d3"]),
        ('"ofthe"', []),
        ('"服务体系"', ["d1"]),
        ('"服务"', ["d1"]),
        ('"政府推行"', []),
        ('"条为了"', ["d1"]),
        ("养老 -意见", []),
        ("养老 -随机", ["d2"]),
        ("养老 NOT 随机", ["d2"]),
        ("随机 OR pharma", ["d1", "d3"]),
        ("随机 或 pharma", ["d1", "d3"]),
        ("养老 AND (随机 OR 标准)", ["d1", "d2"]),
        ("-养老", ["d3"]),
        ("护理补贴", ["d2"]),
        ('"目录执行"', []),
        ("标准。依据《意见》(云民发", ["d2"]),
    ],
)
def test_query_finds(shelf: Shelf, query: str, expected: list[str]) -> None:
    assert ids(shelf, query) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"department": "xs10-mz"}, ["d1"]),
        ({"department": "云河省民政厅"}, ["d1"]),
        ({"department": "省民政厅"}, ["d1"]),
        ({"topic": "17"}, ["d1"]),
        ({"topic": "17-03"}, ["d1"]),
        ({"topic": "社会福利"}, ["d1"]),
        ({"topic": "民政、扶贫、救灾/社会福利"}, ["d1"]),
        ({"level": "municipal"}, ["d2"]),
        ({"region": "云河省"}, ["d1"]),
        ({"since": day("2026-01-01")}, ["d1"]),
        ({"until": day("2026-01-01")}, ["d2"]),
        ({"in_force": True}, ["d1", "d3"]),
        ({"source": "s1", "doc_type": "意见"}, ["d1"]),
    ],
)
def test_filters_narrow(shelf: Shelf, filters: dict[str, object], expected: list[str]) -> None:
    assert ids(shelf, "", **filters) == expected


def test_empty_query_lists_newest_first_and_undated_last(shelf: Shelf) -> None:
    assert [hit.document_id for hit in search(shelf, "").hits] == ["d1", "d2", "d3"]


def test_title_hits_come_first(shelf: Shelf) -> None:
    assert [hit.document_id for hit in search(shelf, "养老").hits] == ["d1", "d2"]


def test_document_with_the_number_comes_before_one_that_cites_it(shelf: Shelf) -> None:
    assert search(shelf, "云民发[2026]7号").hits[0].document_id == "d1"


def test_facets_count_all_hits_with_names(shelf: Shelf) -> None:
    answer = search(shelf, "养老", limit=1)
    assert answer.total == 2
    assert len(answer.hits) == 1
    assert answer.facets["department"] == (("xs10-mz", "云河省民政厅", 1),)
    assert answer.facets["topic"] == (("17", "民政、扶贫、救灾", 1),)
    assert answer.facets["topic2"] == (("17-03", "民政、扶贫、救灾\\社会福利", 1),)
    assert answer.facets["year"] == (("2026", "2026", 1), ("2025", "2025", 1))
    assert answer.facets["source"] == (("s1", "示例网", 2),)


def test_snippet_marks_what_was_found(shelf: Shelf) -> None:
    hit = search(shelf, "5g网络").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["5G 网络"]
    assert hit.paragraph == 1


def test_snippet_comes_from_the_attachment_when_only_it_matches(shelf: Shelf) -> None:
    hit = search(shelf, "护理补贴").hits[0]
    assert hit.snippet == "护理补贴标准表"
    assert hit.marks == ((0, 4),)
    assert hit.paragraph is None


def test_paging_is_stable_and_complete(shelf: Shelf) -> None:
    pages = [search(shelf, "", limit=1, offset=at).hits[0].document_id for at in range(3)]
    assert pages == ["d1", "d2", "d3"]


def test_a_thousand_hits_come_at_once(tmp_path: Path) -> None:
    made = Shelf(tmp_path)
    for number in range(1001):
        made.add(f"m{number:04}", f"通知{number}", "养老服务。")
    found = search(made.publish(), "养老", limit=1000)
    assert (found.total, len(found.hits)) == (1001, 1000)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('养老 "服务', "character 4 is never closed"),
        ("(养老", "character 1 is never closed"),
        ("养老)", "character 3 closes nothing"),
        ("养老 OR", "missing at character 6"),
        ('""', "hold nothing"),
        ("长" * 1001, "at most 1000"),
        ("(" * 30 + "养", "deeper than 20"),
    ],
)
def test_unreadable_query_names_the_place(shelf: Shelf, query: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        search(shelf, query)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (
            {"department": "云河省民政局"},
            "Department '云河省民政局' is not known here; did you mean 云河省民政厅",
        ),
        ({"topic": "养猫"}, "Topic '养猫' is not known"),
        ({"topic": "其他"}, "stands for several classes.*22 其他.*07-06"),
        ({"region": "火星"}, "Region '火星' is not known"),
        ({"order": "size"}, "Order 'size' is unknown"),
        ({"offset": 10**9}, "narrow it"),
        ({"limit": 0}, "1 to 1000 hits"),
        ({"limit": 1001}, "1 to 1000 hits"),
    ],
)
def test_unknown_filter_value_is_named(shelf: Shelf, filters: dict[str, object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        search(shelf, "", **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "-",
        "()",
        "( )",
        "AND",
        "\x00",
        "\ud800",
        "。",
        "a" * 1000,
        '"' + "国" * 998 + '"',
        "*",
        "[",
        "\\",
        "^.-]",
    ],
)
def test_odd_queries_answer_or_explain(shelf: Shelf, query: str) -> None:
    with suppress(UserError):
        assert search(shelf, query).total >= 0
