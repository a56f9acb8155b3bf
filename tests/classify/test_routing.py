"""Whom phrases of official texts mean, and to whom a document gives work."""

from __future__ import annotations

import pytest

from classify.components.routing_text import recipients
from classify.departments.addressed import Addressees
from classify.departments.authority import authority
from classify.departments.classes import class_of
from classify.departments.meant import Standing
from classify.departments.offices import OfficeWords
from classify.pipeline import build_classifier
from warehouse.records import Document, Source, StoredDocument


def _reader(jurisdiction: str, level: str) -> Addressees:
    known = authority()
    place = known.place(jurisdiction)
    return Addressees(
        known, OfficeWords(known.kinds()), Standing(place, jurisdiction.split("-")[0], level), None
    )


def _line(text: str, jurisdiction: str, level: str) -> list[str]:
    return [one.code for one in _reader(jurisdiction, level).line(text, 0, len(text))]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("各市（州）卫生健康委、民政局", ["all:health:municipal:XS-10", "all:civil-affairs:municipal:XS-10"]),
        ("各市（州）、县（区）人民政府", ["all:government:municipal:XS-10", "all:government:county:XS-10"]),
        ("省政府各部门、各直属机构", ["all:department:provincial:XS-10"]),
        ("省民政厅、省财政厅", ["xs-10-civil-affairs", "xs-10-finance"]),
        ("各有关企业、医院和院校", []),
    ],
)  # fmt: skip
def test_a_line_of_recipients_of_a_province_names_bodies_and_classes(line: str, codes: list[str]) -> None:
    assert _line(line, "XS-10", "provincial") == codes


def test_a_bare_name_means_the_office_of_the_issuers_place() -> None:
    assert _line("市教育局", "XS-1001", "municipal") == ["xs-1001-education"]
    assert _line("市教育局", "XS-10", "provincial") == ["all:education:municipal:XS-10"]


def test_several_places_share_one_office() -> None:
    names = [one.name for one in _reader("XS-1001", "municipal").line("望川区、东湖区人民政府", 0, 11)]
    assert names == ["望川区人民政府", "东湖区人民政府"]


def test_departments_named_by_what_they_do_are_no_ministries() -> None:
    found, _ = _reader("XS-10", "provincial").read("公安部门应当核查", 0)
    assert [one.code for one in found] == ["all:public-security:any:XS-10"]


_TEXT = (
    "各市（州）民政局、医保局应当汇总。由榆川县协助，市财政局、教育部门负责。望川区、东湖区人民政府牵头。"
    "国务院各部委，省政府各部门和中国人民银行。设区的市公安机关、县级以上人民政府及乡镇（街道）要落实，石桥县须完成。"
)


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("市、区县人民政府应当", ["all:government:municipal:XS-10", "all:government:county:XS-10"]),
        ("市和区县（市）体育主管部门应当", ["all:sport:municipal:XS-10", "all:sport:county:XS-10"]),
        ("县级以上人民政府财政部门应当", ["all:finance:any:XS-10"]),
        ("澜江市人民政府财政部门应当", ["xs-1001-finance"]),
        ("市水行政主管部门应当", ["all:water:municipal:XS-10"]),
        ("本省各级人民法院应当", ["all:court:any:XS-10"]),
        ("街道办事处或者乡镇人民政府应当", ["all:government:township:XS-10"] * 2),
        ("受委托的区人民政府应当", []),
        ("水源保护区人民政府应当", []),
    ],
)  # fmt: skip
def test_clauses_of_laws_name_offices_in_the_words_of_laws(clause: str, codes: list[str]) -> None:
    found, _ = _reader("XS-10", "provincial").read(clause, 0, bare=True)
    assert [one.code for one in found] == codes


def test_a_county_that_no_file_lists_is_known_by_its_name() -> None:
    found, end = _reader("XS-10", "provincial").read("长岭县经济和信息化局应当核查", 0, bare=True)
    assert (len(found), end) == (1, len("长岭县经济和信息化局"))
    assert found[0].code.startswith("county-")


def test_where_no_name_may_begin_none_is_read() -> None:
    reader = _reader("XS-10", "provincial")
    named = {at for at in range(len(_TEXT)) if reader.read(_TEXT, at, bare=True)[0]}
    assert len(named) > 20
    assert {at for at in named if not reader.may_name(_TEXT, at, True)} == set()
    assert reader.may_name("推动经济发展", 0, False) is False


def test_a_class_is_called_as_papers_call_it() -> None:
    group = class_of("all:civil-affairs:municipal:XS-10")
    kinds = {kind.key: kind for kind in authority().kinds()}
    assert group is not None
    assert group.name(kinds["civil-affairs"], authority().place("XS-10")) == "云河省各市（州）民政局"
    assert class_of("xs-10-finance") is None


@pytest.mark.parametrize(
    "text", ["现将有关事项通知如下：\n一、办理。", "为做好工作。\n各市民政局：\n请办理。"]
)
def test_a_text_that_has_begun_has_no_line_of_recipients(text: str) -> None:
    assert recipients(text) is None


SOURCE = Source(
    "s", "云河省民政厅", "", "XS-10", "云河省", "provincial", "zh", "trs", "http://mzt.yunhe.example/",
    None, "Asia/Shanghai", "full", True, True, None,
)  # fmt: skip


def _routes(title: str, *paragraphs: str, **values: str) -> list[tuple[str, str | None]]:
    one = Document("doc-1", "s", None, None, title, paragraphs, departments=("云河省民政厅",), **values)  # type: ignore[arg-type]
    answer = next(build_classifier(use_model=False).classify([StoredDocument(one, "rea-1", SOURCE)]))
    return [(route.reason, route.code) for route in answer.routes]


def test_recipients_and_bearers_are_routed_and_the_issuer_is_not() -> None:
    found = _routes(
        "云河省民政厅关于做好高龄津贴发放的通知",
        "各市（州）民政局：",
        "一、省财政厅应当于2026年9月30日前下达资金。省民政厅负责汇总。",
    )
    assert found == [("addressee", "all:civil-affairs:municipal:XS-10"), ("duty", "xs-10-finance")]


def test_a_letter_gives_work_to_nobody_and_says_so() -> None:
    assert _routes("关于津贴的来信答复", "来信人：某某", "省财政厅应当发放。", unit="letter") == [
        ("tells", None)
    ]
