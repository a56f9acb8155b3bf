"""The authority file beyond the ministries: local and English bodies, titles, bad input, real titles."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest

from classify.components.competence import by_competence, competences, ranking
from classify.components.issuer import split_printed
from classify.components.signature import signed_by
from classify.components.state import findings, make_doc
from classify.departments.abroad import countries, english_bodies
from classify.departments.authority import authority
from classify.departments.load import authority_data
from classify.gold import read_rows
from classify.measures.departments import title_figures
from classify.pipeline import build_pipeline
from tests.classify.write import classified, document, source
from warehouse.records import StoredDocument

SHARED = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.parametrize(
    ("printed", "home", "code"),
    [
        ("市规划自然资源委", "CN-11", "cn-11-natural-resources"),
        ("公交集团公司", "CN-11", "cn-11-public-transport"),
        ("市委社会工委市民政局", "CN-11", "cn-11-civil-affairs"),
        ("中华人民共和国广州海关", "CN-44", "cn-44-customs-guangzhou"),
        ("省法院", "CN-44", "cn-44-court"),
        ("省教育厅", "CN-4401", "cn-44-education"),
        ("省教育厅", "CN-33", "cn-33-education"),
        ("文化和旅游部市场管理司", None, "cn-mct"),
        ("中华人民共和国海事局", None, "cn-msa"),
    ],
)
def test_written_local_offices_and_rooms_reach_their_body(printed: str, home: str | None, code: str) -> None:
    body = authority().resolve(printed, home)
    assert body is not None
    assert body.code == code


@pytest.mark.parametrize("bare", ["公交集团公司", "团省委", "市规划自然资源委", "国务院某某办公室"])
def test_names_that_hold_in_one_place_mean_nobody_elsewhere(bare: str) -> None:
    assert authority().resolve(bare) is None


@pytest.mark.parametrize(
    ("short", "code"),
    [
        ("工信部", "cn-miit"), ("应急管理部", "cn-mem"), ("发改委", "cn-ndrc"), ("卫健委", "cn-nhc"),
        ("人社部", "cn-mohrss"), ("住建部", "cn-mohurd"), ("文旅部", "cn-mct"), ("市场监管总局", "cn-samr"),
        ("网信办", "cn-cac"), ("央行", "cn-pbc"), ("国资委", "cn-sasac"), ("证监会", "cn-csrc"),
        ("金融监管总局", "cn-nfra"), ("林草局", "cn-nfga"), ("中宣部", "cn-propaganda"),
        ("团中央", "cn-youth-league"),
        ("全国妇联", "cn-women-federation"), ("国铁集团", "cn-railway-group"), ("中央网信办", "cn-cac"),
    ],
)  # fmt: skip
def test_short_forms_as_brackets_print_them(short: str, code: str) -> None:
    body = authority().resolve(short)
    assert body is not None
    assert body.code == code


@pytest.mark.parametrize(
    ("printed", "home", "code"),
    [
        ("Commerce Department, National Oceanic and Atmospheric Administration", "US", "us-noaa"),
        ("State Department", "US", "us-state"),
        ("U.S. Department of Health and Human Services", "US", "us-hhs"),
        ("Trade Representative, Office of United States", "US", "us-trade-representative"),
        ("Justice Department, Alcohol, Tobacco, Firearms, and Explosives Bureau", "US", "us-atf"),
        ("House Veterans' Affairs", "US", "us-house-veterans-affairs"),
        ("house-veterans-affairs", "US", "us-house-veterans-affairs"),
        ("Committee on Women's Issues", "US-NYC", "nyc-women-issues"),
        ("department-for-business-innovation-amp-skills", "GB", "gb-bis"),
        ("Department for Business, Innovation &amp; Skills", "GB", "gb-bis"),
        ("Directorate-General for Competition", "EU", "eu-comp"),
        ("NITI Aayog", "IN", "in-niti"),
    ],
)
def test_english_names_lines_and_slugs_reach_their_body(printed: str, home: str, code: str) -> None:
    body = authority().resolve(printed, home)
    assert body is not None
    assert body.code == code
    assert authority().resolve(printed) is None


def test_printed_jurisdictions_lead_to_their_country() -> None:
    homes = {
        "UK": "GB",
        "US federal (110th Congress)": "US",
        "US, New York City": "US-NYC",
        "广东省": "CN-44",
    }
    assert {printed: authority().home_of(printed) for printed in homes} == homes


@pytest.mark.realdata
def test_every_department_of_the_english_data_is_a_body() -> None:
    file, known = SHARED / "en" / "documents.jsonl.gz", authority()
    if not file.is_file():
        pytest.skip(f"../shared/data is absent: {file} is not there")
    printed = {(row["jurisdiction"], row["department"]) for row in read_rows(file) if row["department"]}
    assert len(printed) > 400
    for jurisdiction, name in printed:
        home = known.home_of(jurisdiction)
        assert all(known.resolve(part, home) for part in split_printed(name, known, home)), name


def test_a_joint_line_of_the_federal_register_is_taken_apart() -> None:
    line = "Treasury Department, Comptroller of the Currency, Federal Reserve System, Coast Guard"
    assert authority().english_parts(line, "US") == [
        "Comptroller of the Currency", "Federal Reserve System", "Coast Guard",
    ]  # fmt: skip
    assert authority().english_parts("Weather, Wind and Rain", "US") == []


@pytest.mark.parametrize(
    ("organ", "home", "code"),
    [
        ("粤府办", None, "cn-44-government-office"),
        ("京政发", None, "cn-11-government"),
        ("粤教", "CN-4401", "cn-44-education"),
        ("京规自发", "CN-11", "cn-11-natural-resources"),
        ("环发", None, "cn-mep"),
        ("EPA", "US", "us-epa"),
        ("Int", "US-NYC", "nyc-council"),
        ("EPA", None, None),
    ],
)
def test_prefixes_of_written_offices(organ: str, home: str | None, code: str | None) -> None:
    body = authority().by_number(organ, home)
    assert (body.code if body else None) == code
    old = authority().by_number("环发", None, date(2005, 1, 1))
    assert old is not None
    assert old.code == "cn-sepa"


def test_site_codes_and_every_body_written_out_can_be_chosen() -> None:
    assert [one.code for site in ("bm29000002", "4400000131") if (one := authority().by_site(site))] == [
        "cn-sta", "cn-44-government",
    ]  # fmt: skip
    assert authority().by_site("9999999999") is None
    codes = {body.code for body in authority().bodies(sample=False)}
    assert {"gb-dft", "us-epa", "nyc-council", "eu-commission", "in-rbi", "cn-44-library"} <= codes
    assert {subject.code for subject in competences()[0]} <= codes
    for country in countries():
        for code, entry in english_bodies(country).entries.items():
            assert code.startswith(f"{country.stem}-")
            assert authority().body(code) == entry.body


@pytest.mark.parametrize(
    ("title", "number", "codes"),
    [
        ("商务部等9部门办公厅（室）关于印发县域行动的通知", None, ["cn-mofcom-office"]),
        ("船闸运行管理办法（中华人民共和国交通运输部令2021年第4号）", None, ["cn-mot"]),
        ("免征车辆购置税的车型目录", "工业和信息化部 税务总局公告2020年第16号", ["cn-miit", "cn-sta"]),
        ("总局办公厅关于做好宣传工作的通知", "广电办发〔2019〕1号", ["cn-nrta-office"]),
    ],
)
def test_issuers_of_titles(title: str, number: str | None, codes: list[str]) -> None:
    answer = classified(document(title, doc_number=number), hide_published=True)
    assert [label.code for label in answer.departments] == codes


def test_competence_speaks_last_and_only_for_the_whole_country() -> None:
    title = "关于进一步完善研发费用税前加计扣除政策的公告"
    national, local = classified(document(title)), classified(document(title), source("CN-44"))
    assert [(label.code, label.score) for label in national.departments] == [("cn-mof", 0.6)]
    assert national.departments[0].evidence[0].text in title
    assert local.departments == ()
    assert ranking("事业单位人事管理条例")[0][1] == "cn-state-council"
    assert classified(document("贺电")).departments == ()


HOSTILE = (
    "", "（" * 50_000, "关于" * 50_000, "国务院" * 30_000, "财政部、" * 30_000, "司" * 100_000,
    "Department of " * 20_000, "a" * 10_000_000, "省市县区" * 30_000, "2020年1月1日\n" * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_bad_input_is_read_in_bounded_time(text: str) -> None:
    nlp, known = build_pipeline("zh", mining=False), authority()
    started = time.process_time()
    for home in (None, "CN-44", "US"):
        assert known.resolve(text, home) is None or len(text) < 400
        known.by_number(text, home)
        known.named_at(text, 0, home)
        known.english_at(text[:20_000], home)
    one = document(text[:200_000], text, issuer=text[:200_000])
    state = findings(make_doc(nlp.vocab, StoredDocument(one, "r", source("CN-44")), hide_published=True))
    for rule in (nlp.get_pipe("gov_issuer"),):
        rule(make_doc(nlp.vocab, state.stored, hide_published=True))
    by_competence(state, known)
    assert time.process_time() - started < 3


def test_a_long_run_of_date_lines_is_read_in_bounded_time() -> None:
    started = time.process_time()
    assert signed_by(["财政部 " * 40, "x", "2020年1月1日"] * 20_000, authority(), "CN-44") == []
    assert time.process_time() - started < 3


def test_an_empty_text_is_undetermined_with_a_reason() -> None:
    answer = classified(document("", ""))
    assert answer.departments == ()
    assert any(reason.startswith("department:") for reason in answer.reasons)


def test_the_files_are_read_in_a_moment() -> None:
    started = time.process_time()
    authority_data.__wrapped__()
    assert time.process_time() - started < 1


@pytest.mark.realdata
def test_departments_of_real_titles_hold_their_bars() -> None:
    titles = SHARED / "zh" / "gov_titles.jsonl.gz"
    if not titles.is_file():
        pytest.skip(f"../shared/data is absent: {titles} is not there")
    figures = {one.name: one.value for one in title_figures(titles, "2026-11-21", draws=40)}
    print(figures)
    assert figures["department-titles"] >= 0.95
    assert figures["department-titles-blocks"] >= 0.95
    assert figures["department-titles-alone"] >= 0.88
    assert figures["department-titles-alone-blocks-merged"] >= 0.88
    assert figures["department-named-f1"] >= 0.95
