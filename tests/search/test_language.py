"""The query language: fields, spans of days, force on a day, numbers in any spelling, both scripts."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from tests.search.shelf import Shelf, day
from tests.search.test_search import ids, topic_row
from warehouse.errors import UserError
from warehouse.search.language import one_day, span
from warehouse.search.numbers import number_key
from warehouse.search.problems import SearchProblem
from warehouse.search.query import search


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("shelf"))
    made.insert("source", [{"source_id": "s1", "name_zh": "示例网", "reuse": "full", "level": "provincial"}])
    made.insert("topic_class", map(topic_row, ("17", "17-03")))
    made.insert(
        "body",
        [
            {
                "code": "cn-mep",
                "name_zh": "环境保护部",
                "name_en": "Environment Protection",
                "short": "环保部",
            },
            {"code": "cn-mee", "name_zh": "生态环境部", "name_en": "Ecology", "short": None},
            {"code": "cn-moe", "name_zh": "教育部", "name_en": "Education", "short": None},
        ],
    )
    made.insert(
        "body_step",
        [
            {
                "before_code": "cn-mep", "after_code": "cn-mee", "kind": "merged",
                "on_day": day("2018-03-17"), "act": "方案", "what": "",
            }
        ],
    )  # fmt: skip
    made.add(
        "old", "大气污染防治办法", "为了防治大气污染。\n环境保护部门负责。",
        doc_number="环发〔2012〕011号", number_normal="环发〔2012〕11号", published=day("2012-02-01"),
        department_code="cn-mep", department_name="环境保护部", level="national", region="全国",
        validity="repealed", in_force_from=day("2012-03-01"), in_force_until=day("2019-12-31"),
        doc_type="办法", topic_code="17-03", topic1_code="17", topic_path="民政、扶贫、救灾\\社会福利",
    )  # fmt: skip
    made.add(
        "new", "大气污染防治办法（2019修订）", "大气与臭氧。",
        doc_number="生态环境部令第9号", number_normal="生态环境部令第9号", published=day("2019-12-15"),
        department_code="cn-mee", department_name="生态环境部", level="national", region="全国",
        validity="in-force", in_force_from=day("2020-01-01"), doc_type="办法", attachment="申报表\n名录",
    )  # fmt: skip
    made.add(
        "hk", "空氣污染管制條例", "空氣質素與臭氧。台灣與香港的國際合作。", published=day("2015-06-30"),
        in_force_from=day("2015-06-30"), validity="unknown", level="provincial", region="香港",
    )  # fmt: skip
    made.add(
        "us", "Executive Order 14110 on clean air", "H.R. 1234 was named in it. pharmacy",
        doc_number="hr1234-110", published=day("2023-10-30"), language="en", department_code="cn-moe",
        department_name="教育部",
    )  # fmt: skip
    return made.publish()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("标题:大气", ["new", "old"]),
        ("标题：臭氧", []),
        ("title:(大气 OR 空气)", ["hk", "new", "old"]),
        ("正文:臭氧", ["hk", "new"]),
        ("正文:办法", []),
        ('正文:"防治大气污染"', ["old"]),
        ("附件:申报表", ["new"]),
        ("attachment:大气", []),
        ("有附件:是", ["new"]),
        ("has-attachment:no", ["hk", "old", "us"]),
        ("文号:环发〔2012〕11号", ["old"]),
        ("文号:环发2012", ["old"]),
        ("number:9", ["new"]),
        ("机关:环境保护部", ["new", "old"]),
        ("机关:生态环境部", ["new", "old"]),
        ("issuer:环保部", ["new", "old"]),
        ("department:cn-moe", ["us"]),
        ("机关:生态*", ["new", "old"]),
        ("主题:社会福利", ["old"]),
        ("topic:17", ["old"]),
        ("地区:香港", ["hk"]),
        ("层级:国家", ["new", "old"]),
        ("level:national", ["new", "old"]),
        ("来源:示例网", ["hk", "new", "old", "us"]),
        ("类型:办法", ["new", "old"]),
        ("年:2019", ["new"]),
        ("year:2012-2015", ["hk", "old"]),
        ("发布:2012-02-01..2015-06-30", ["hk", "old"]),
        ("published:>=2019-12", ["new", "us"]),
        ("发布:..2012", ["old"]),
        ("发布：2019年12月15日", ["new"]),
        ("效力:有效", ["new"]),
        ("validity:repealed", ["old"]),
        ("语言:英文", ["us"]),
        ("有效于:2015-07-01", ["old"]),
        ("in-force:2020-01-01", ["new"]),
        ("in-force:2019-12-31", ["old"]),
        ("大气 NOT 年:2012", ["new"]),
        ("大气 -有效于:2015-07-01", ["new"]),
        ("(年:2012 OR 年:2023) AND NOT 标题:大气", ["us"]),
        ("年:(2012 OR 2019)", ["new", "old"]),
        ("空气污染", ["hk"]),
        ("大氣污染", ["new", "old"]),
        ('"空气污染"', []),
        ('"空氣污染"', ["hk"]),
        ("標題:條例", ["hk"]),
        ("标题:条例", ["hk"]),
        ("国际合作", ["hk"]),
        ("台湾与香港", ["hk"]),
        ("pharm*", ["us"]),
        ("pharm", []),
        ("大气污*", ["new", "old"]),
        ("时间:下午", []),
        ("http://a.b/c", []),
    ],
)
def test_query_finds(shelf: Shelf, query: str, expected: list[str]) -> None:
    assert ids(shelf, query) == expected


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        (
            "环发〔2012〕11号|环发[2012]11|环发2012 11号|环发 2012 年 11 号|环发（2012）第011号|"
            "環發{2012}１１號|环发201211号",
            "old",
        ),
        ("生态环境部令第9号|生态环境部令 9|生态环境部令第九号|生态环境部令第 09 号", "new"),
        ("Executive Order 14110|E.O. 14110|EO 14110|Exec. Order No. 14,110|executive order no 14110", "us"),
        ("H.R. 1234|HR 1234|hr1234-110|H. R. 1234|h.r.1234", "us"),
    ],
)
def test_a_number_is_found_however_it_is_typed(shelf: Shelf, spellings: str, expected: str) -> None:
    first = [search(shelf, spelling).hits[:1] for spelling in spellings.split("|")]
    assert [hits[0].document_id if hits else None for hits in first] == [expected] * len(first)


def test_spellings_of_statutory_instruments_are_one_key() -> None:
    written = (
        "SI 2021/123",
        "S.I. 2021/123",
        "S.I. 2021 No. 123",
        "UKSI 2021/123",
        "Statutory Instrument 2021 No. 123",
    )
    assert {number_key(one) for one in written} == {"si|2021|123"}


def test_what_is_not_known_of_force_is_counted_and_not_found(shelf: Shelf) -> None:
    answer = search(shelf, "", in_force_on=date(2016, 1, 1))
    assert ([hit.document_id for hit in answer.hits], answer.unknown) == (["old"], 1)
    assert search(shelf, "有效于:2015-06-29").unknown == 0
    assert search(shelf, "大气").unknown is None


def test_facet_counts_a_body_with_its_lineage_as_a_search_finds_it(shelf: Shelf) -> None:
    answer = search(shelf, "")
    assert answer.facets["department"] == (("cn-mee", "生态环境部", 2), ("cn-moe", "教育部", 1))
    assert answer.lineage == {"cn-mee": ("环境保护部",)}
    for code, _, count in answer.facets["department"]:
        assert search(shelf, "", department=code).total == count
    assert answer.facets["has_attachment"] == (("no", "no", 3), ("yes", "yes", 1))
    validity = {code: count for code, _, count in answer.facets["validity"]}
    assert validity == {"unknown": 2, "in-force": 1, "repealed": 1}
    assert search(shelf, "", facets=False).facets == {}


@pytest.mark.parametrize(
    ("query", "kind", "place"),
    [
        ("大气 机关:", "empty-field", 4),
        ("大气 机关: AND 办法", "missing", 8),
        ("机关:教育厅", "department", 4),
        ("大气 titel:办法", "unknown-field", 4),
        ("年:去年", "no-date", 3),
        ("in-force:2024-05", "no-day", 10),
        ("发布:2024..2020", "no-date", 4),
        ("效力:好", "validity", 4),
        ("层级:镇", "level", 4),
        ("标题:机关:教育部", "missing", 4),
        ("标题:(大气", "open", 4),
        ("主题:养猫", "topic", 4),
    ],
)
def test_an_error_names_its_kind_and_place(shelf: Shelf, query: str, kind: str, place: int) -> None:
    with pytest.raises(SearchProblem) as problem:
        search(shelf, query)
    assert (problem.value.kind, problem.value.values["place"]) == (kind, place)


def test_every_problem_has_words_in_both_languages(shelf: Shelf) -> None:
    import tomllib

    said = Path(__file__).parents[2] / "dashboard" / "text"
    kinds = {"unknown-field", "empty-field", "no-date", "no-day", "validity", "language", "has_attachment"}
    for language in ("zh", "en"):
        words = tomllib.loads((said / f"{language}.toml").read_text(encoding="utf-8"))["wrong"]
        assert kinds <= words.keys()


@pytest.mark.parametrize(
    "query",
    [
        "长" * 100_000,
        '"' + "(" * 100_000,
        "a:" * 400,
        "机关:" + "部" * 900,
        "标题:" * 200 + "x",
        "-" * 900,
        "( " * 400,
        "x*" * 300,
        "*" * 900,
        "标题:*",
        "年:" + "9" * 800,
        "文号:.*",
        "文号:[[[[",
        "'; drop table document; --",
        "机关:'; drop table document; --",
        "“" * 500,
        "，。（）" * 200,
        "（[【" * 300,
        " OR ".join(["养"] * 200),
        "\x00:\x01",
        "发布:>=",
        "有效于:9999-12-31",
        "有效于:0001-01-01",
        "发布:<1000-01-01",
    ],
)
def test_hostile_queries_are_answered_or_explained_soon(shelf: Shelf, query: str) -> None:
    began = time.process_time()
    with suppress(UserError):
        assert search(shelf, query).total >= 0
    assert time.process_time() - began < 20  # far from what any of them takes: a bound, not a measure


def test_spans_and_days() -> None:
    assert span("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert span(">2023") == (date(2024, 1, 1), None)
    assert span("２０２１～2024") == (date(2021, 1, 1), date(2024, 12, 31))
    assert [span(wrong) for wrong in ("", "..", "2024-13", "19", "0000")] == [None] * 5
    assert one_day("2024年5月1日") == date(2024, 5, 1)


def test_the_beginning_of_a_name_finds_every_body_that_has_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    rows = [
        {"code": f"cn-{no}", "name_zh": f"云河县第{no}局", "name_en": None, "short": None}
        for no in range(200)
    ]
    shelf.insert("body", [*rows, {"code": "cn-a", "name_zh": "云河会", "name_en": None, "short": None}])
    held = [3, 77, 150, 199]
    for no in held:
        shelf.add(f"d{no}", "通知", "正文。", department_code=f"cn-{no}", department_name=f"云河县第{no}局")
    shelf.add("printed", "通知", "正文。", department_name="云河县联合办公室")
    made = shelf.publish()
    wanted = {"printed", *(f"d{no}" for no in held)}
    for query in ("机关:云河县*", "机关:云*", "机关:云河县＊"):
        assert {hit.document_id for hit in search(made, query, limit=50, fold=False).hits} == wanted
    assert search(made, "机关:云河会*").total == 0
    with pytest.raises(SearchProblem, match="needs a beginning"):
        search(made, "机关:*")
