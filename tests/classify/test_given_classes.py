"""Which classes a document is given: answers, not noise; local classes mapped; issuers alone say nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classify.components.subject import NO_SUBJECT
from classify.rows import classify_rows
from classify.taxonomy.load import load_taxonomy
from tests.classify.write import classified, document
from tests.warehouse.make import make_home


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("综合党团", ("02",)),
        ("01 综合经济", ("03",)),
        ("02 工交、能源、邮电", ("05", "07")),
        ("旅游、城乡建设、环保", ("08-05", "10")),
        ("04农业、林业、水利、气象", ("06", "10-05")),
        ("10.科、教、文、卫、体", ("11", "12", "13")),
        ("教育、体育", ("11-02", "13-03")),
        ("民政、扶贫、救灾\\社会福利", ("17-03",)),
        ("通知公告", ()),
        ("", ()),
    ],
)
def test_a_printed_class_of_a_local_list_means_the_nearest_of_ours(
    printed: str, codes: tuple[str, ...]
) -> None:
    assert load_taxonomy().codes_of(printed) == codes


def test_every_published_class_is_given() -> None:
    answer = classified(document("关于某事项的通知", topics=("04农业、林业、水利、气象", "教育")))
    assert [(one.code, one.basis, one.given) for one in answer.topics] == [
        ("06", "published", True),
        ("10-05", "published", True),
        ("11-02", "published", True),
    ]


def test_only_what_is_as_likely_as_an_answer_is_given_the_rest_are_candidates() -> None:
    rows = [{"id": str(number), "title": title} for number, title in enumerate(TITLES)]
    labels = [label for row in classify_rows(rows) for label in row["topic"]]
    assert all(label["given"] == (label["score"] >= 0.15) for label in labels)
    assert {label["given"] for label in labels} == {True, False}


TITLES = (
    "关于做好农村教育工作的通知",
    "关于加强校园食品安全和学生体质健康工作的通知",
    "关于支持民营企业参与交通基础设施建设发展的实施意见",
    "关于促进乡村旅游和电子商务融合发展的指导意见",
    "关于进一步规范殡葬服务收费的通知",
    "关于加强旅游安全和道路运输管理的意见",
    "关于推进文化产业和金融合作的意见",
    "关于矿山生态修复和土地复垦的通知",
)


@pytest.mark.parametrize("use_model", [True, False])
@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        ("关于某事项的通知", ("内容。",)),
        ("民政部关于印发工作要点的通知", ("见附件。",)),
        ("通知", ("",)),
    ],
)
def test_an_issuer_alone_says_nothing_of_the_subject(
    title: str, paragraphs: tuple[str, ...], use_model: bool
) -> None:
    answer = classified(document(title, *paragraphs, departments=("民政部",)), use_model=use_model)
    assert (answer.topics, answer.departments[0].name) == ((), "民政部")
    assert NO_SUBJECT in answer.reasons


@pytest.mark.parametrize("title", ["关于殡葬管理的通知", "民政部公告（2020年第19号）"])
def test_the_issuer_helps_where_a_word_or_the_form_of_the_title_lets_it(title: str) -> None:
    answer = classified(document(title, departments=("民政部",)))
    assert answer.topics[0].code[:2] == "17"


def test_rows_are_labelled_with_the_schemes_of_the_home(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    home.taxonomies.mkdir(exist_ok=True)
    (home.taxonomies / "shelf.toml").write_text(
        'scheme = "shelf"\nname_zh = "书架"\nname_en = "Shelf"\n[[class]]\ncode = "s-music"\n'
        'name_zh = "音乐"\nname_en = "Music"\ndecisive = ["钢琴"]\n',
        encoding="utf-8",
    )
    row = json.loads('{"id": "x", "title": "关于举办钢琴比赛的通知"}')
    (plain,) = classify_rows([row])
    (own,) = classify_rows([row], home=home)
    (named,) = classify_rows([row], schemes=["shelf"], home=home)
    assert "s-music" not in {label["code"] for label in plain["topic"]}
    assert "s-music" in {label["code"] for label in own["topic"]}
    assert [label["code"] for label in named["topic"]] == ["s-music"]
