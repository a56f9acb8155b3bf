"""Rules of the issuer on documents of our own: imprint, forwarding, prefix, site, and what only looks so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from classify.components.issuer import SURE
from classify.components.site import by_site
from classify.components.state import findings, make_doc
from classify.departments.authority import authority
from classify.pipeline import build_pipeline
from tests.classify.write import classified, document, source
from warehouse.records import FieldOrigin, Source, StoredDocument

CITY = source("CN-4401", "广州市人民政府")
TEXT = "各区民政局，各有关单位：为把老年食堂办好，现就有关事项通知如下。"
TITLE = "关于办好老年食堂的通知"


def issued(title: str, *paragraphs: str, site: Source | None = CITY, **fields: Any) -> list[tuple[str, str]]:
    """Code and words of each body that a rule is sure of."""
    one = replace(document(title, *paragraphs), **fields)
    answer = classified(one, site, use_model=False)
    return [(label.code, label.evidence[0].text) for label in answer.departments if label.score >= SURE]


@pytest.mark.parametrize(
    "imprint",
    [
        "广州市民政局办公室 2022年5月1日印发",
        "抄送：市财政局。　广州市民政局办公室　　2022年5月1日印发",
        "广州市民政局办公室2022年5月1日 印发",
    ],
)
def test_the_office_that_had_it_printed_is_its_body(imprint: str) -> None:
    assert issued(TITLE, TEXT, imprint) == [("cn-4401-civil-affairs", "广州市民政局办公室")]


@pytest.mark.parametrize(
    "line",
    [
        "“广州市财政局2022年5月1日印发的办法”仍然有效。",
        "本办法参照广州市财政局 2022年5月1日印发 的文件执行。",
        "广州市财政局2022年5月1日发布的资金管理办法同时废止。",
        "《广州市财政局关于资金管理的通知》请一并执行。",
        "技术支持：广州市财政局",
        "承办单位：广州市财政局信息中心",
        "主办：广州市财政局　承办：广州市政务服务和数据管理局",
        "联系人：广州市财政局 李同志",
        "抄送：广州市财政局，广州市审计局。",
    ],
)
def test_a_name_at_the_end_that_nobody_signs_with_is_no_issuer(line: str) -> None:
    assert issued(TITLE, TEXT, line) == []


def test_who_runs_the_site_never_stands_before_who_signs() -> None:
    foot = "主办：广州市财政局　承办：广州市数字政府运营中心　技术支持：广州市审计局　网站标识码：4401000000"
    assert issued(TITLE, TEXT, "广州市民政局", "2022年5月1日", foot) == [
        ("cn-4401-civil-affairs", "广州市民政局")
    ]


def test_technical_support_is_not_even_a_guess() -> None:
    answer = classified(document(TITLE, TEXT, "技术支持：广州市财政局"), CITY, use_model=False)
    assert answer.departments == ()


ORIGINAL = (
    "广东省民政厅关于办好老年食堂的通知",
    "各地级以上市民政局：请认真落实。",
    "广东省民政厅",
    "2022年4月1日",
)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("广州市民政局转发广东省民政厅关于办好老年食堂的通知", "cn-4401-civil-affairs"),
        ("国务院办公厅转发国家发展改革委关于能源规划意见的通知", "cn-state-council-office"),
        ("国务院批转财政部关于预算改革方案的通知", "cn-state-council"),
        ("广州市人民政府办公厅关于转发市民政局老年食堂办法的通知", "cn-4401-government-office"),
    ],
)
def test_who_forwards_leads_and_who_wrote_it_does_not(title: str, lead: str) -> None:
    assert [code for code, _ in issued(title, TEXT, *ORIGINAL)] == [lead]


def test_all_who_forward_together_are_issuers() -> None:
    title = "广东省财政厅 国家税务总局广东省税务局转发财政部 税务总局关于延续优惠的公告"
    assert [code for code, _ in issued(title, TEXT)] == ["cn-44-finance", "cn-44-tax"]


@pytest.mark.parametrize(
    "title",
    [
        "转发省民政厅关于办好老年食堂的通知",
        "转发广东省民政厅关于办好老年食堂的通知",
        "关于转发《广东省民政厅关于办好老年食堂的通知》的通知",
        "关于转发省民政厅办公室办好老年食堂经验的通知",
    ],
)
def test_the_signature_of_a_forwarded_paper_is_not_its_forwarders(title: str) -> None:
    assert issued(title, TEXT, *ORIGINAL) == []
    signed = (TEXT, "广州市民政局", "2022年5月1日", *ORIGINAL)
    assert issued(title, *signed) == [("cn-4401-civil-affairs", "广州市民政局")]
    assert issued(title, TEXT, *ORIGINAL, doc_number="穗民〔2022〕5号") == [
        ("cn-4401-civil-affairs", "穗民〔2022〕5号")
    ]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("粤民发〔2022〕5号", "cn-44-civil-affairs"),
        ("穗府办〔2022〕5号", "cn-4401-government-office"),
        ("国办函〔2022〕5号", "cn-state-council-office"),
        ("财税〔2022〕5号", "cn-mof"),
        ("发改环资〔2008〕5号", "cn-ndrc"),
        ("环发〔2005〕5号", "cn-sepa"),
        ("环发〔2012〕5号", "cn-mep"),
        ("京财采购[2022]5号", "cn-11-finance"),
        ("文旅市场发（2022）5号", "cn-mct"),
    ],
)
def test_a_numbers_letters_tell_the_body_of_their_day(number: str, code: str) -> None:
    assert issued("关于印发老年食堂办法的通知", TEXT, site=None, doc_number=number) == [(code, number)]


def test_letters_of_nobody_and_numbers_of_others_tell_nothing() -> None:
    assert issued(TITLE, TEXT, site=None, doc_number="甲乙丙〔2022〕5号") == []
    assert issued(TITLE, "根据《关于某事的通知》（财税〔2020〕3号），现通知如下。", site=None) == []
    assert issued(TITLE, "（粤财规〔2020〕3号）同时废止。", site=None, doc_number="粤民规字〔2022〕5号") == [
        ("cn-44-civil-affairs", "粤民规字〔2022〕5号")
    ]
    abroad = issued(TITLE, TEXT, site=source("CN-33"), doc_number="粤民发〔2022〕5号")
    assert abroad == []  # 粤 is no letter of Zhejiang


MINISTRY = "https://www.mee.gov.cn/xxgk2018/xxgk/t20220501_1.html"


def test_a_ministrys_own_site_tells_the_issuer_that_nothing_else_does() -> None:
    answer = classified(replace(document(TITLE, TEXT), url=MINISTRY), None, use_model=False)
    assert [(label.code, label.basis) for label in answer.departments] == [("cn-mee", "rule")]
    assert answer.departments[0].score >= SURE
    assert [(one.where, one.text) for one in answer.departments[0].evidence] == [("site", MINISTRY)]


def test_the_site_code_of_the_page_tells_it_too() -> None:
    origins = (FieldOrigin("site_code", "bm29000002", "meta:SiteIDCode"),)
    assert issued(TITLE, TEXT, site=None, origins=origins) == [("cn-sta", "bm29000002")]
    own = (FieldOrigin("site_code", "bm29030010", "meta:SiteIDCode"),)  # a local tax office's site
    assert issued(TITLE, TEXT, site=None, origins=own) == []


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://www.gov.cn/zhengce/1.htm", TITLE),
        ("https://www.gd.gov.cn/gkmlpt/content/1.html", TITLE),
        ("https://flk.npc.gov.cn/detail?id=1", TITLE),
        ("https://nnsa.mee.gov.cn/1.html", TITLE),
        ("https://www.mee.gov.cn.example.com/1.html", TITLE),
        ("https://notmee.gov.cn/1.html", TITLE),
        ("http://[", TITLE),
        (MINISTRY, "建设项目环境保护管理条例"),
        (MINISTRY, "中华人民共和国噪声污染防治法"),
        (MINISTRY, "中华人民共和国噪声污染防治法（2021年修订）"),
    ],
)
def test_portals_other_hosts_and_reprinted_laws_tell_nothing(address: str, title: str) -> None:
    assert issued(title, TEXT, site=None, url=address) == []


def test_the_site_is_the_last_to_speak_and_never_for_another_place() -> None:
    assert issued("财政部关于办好食堂的通知", TEXT, site=None, url=MINISTRY)[0][0] == "cn-mof"
    assert issued(TITLE, TEXT, "水利部", "2022年5月1日", site=None, url=MINISTRY)[0][0] == "cn-mwr"
    assert issued(TITLE, TEXT, url=MINISTRY) == []  # gathered from a city's site
    assert issued(TITLE, TEXT, site=None, url=MINISTRY, jurisdiction="广东省") == []
    assert issued(TITLE, TEXT, site=None, url=MINISTRY, unit="letter") == []
    assert issued("储能管理办法", TEXT, site=None, url=MINISTRY)[0][0] == "cn-mee"


def test_a_page_older_than_the_body_means_who_held_its_place() -> None:
    assert issued(TITLE, TEXT, site=None, url=MINISTRY, published=date(2012, 5, 1))[0][0] == "cn-mep"
    several = "https://www.mct.gov.cn/1.html"  # made of two: the site cannot tell which
    assert issued(TITLE, TEXT, site=None, url=several, published=date(2012, 5, 1)) == []


def test_what_is_measured_without_published_labels_does_not_see_the_site() -> None:
    code = FieldOrigin("site_code", "bm17000009", "meta")
    one = replace(document(TITLE, TEXT), url=MINISTRY, origins=(code,))
    doc = make_doc(
        build_pipeline("zh", mining=False).vocab, StoredDocument(one, "rea", None), hide_published=True
    )
    assert by_site(findings(doc), authority()) == []


@pytest.mark.parametrize(
    "last",
    [
        "第三十条 本办法自发布之日起施行。广州市财政局1997年7月1日发布的《食堂管理办法》同时废止。",
        "国务院1955年5月21日批准颁发的规定停止执行。",
        "此前由广州市财政局2020年1月1日起执行的标准不再执行。",
    ],
)
def test_a_date_within_a_sentence_signs_nothing(last: str) -> None:
    assert issued(TITLE, TEXT, last) == []


def test_a_flat_text_still_ends_with_its_signature() -> None:
    flat = f"{TEXT}附件：报名回执广州市民政局2022年5月1日"
    assert issued(TITLE, flat) == [("cn-4401-civil-affairs", "广州市民政局")]
