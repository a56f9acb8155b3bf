"""The State Council scheme as data, and topics with their evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.components.scan import TermScanner, WordScanner
from classify.taxonomy.load import load_taxonomy
from tests.classify.write import classified, document, source
from warehouse.errors import UserError


def test_the_scheme_has_22_and_121_classes_all_named_and_all_but_other_with_terms() -> None:
    nodes = load_taxonomy().nodes
    assert [sum(node.topic.level == level for node in nodes) for level in (1, 2)] == [22, 121]
    assert all(node.topic.name_en and node.terms for node in nodes)
    assert all(node.english for node in nodes if node.topic.level == 1 and node.topic.code != "22")


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("科技、教育\\科技", "11-01"),
        ("综合政务", "02"),
        ("组织结构", "01"),
        ("公安、司法", "16"),
        ("公安、司法/司法", "16-03"),
        ("农业、畜牧业、渔业、林业、水利、粮食", "06"),
        ("海关", "08-03"),
        ("城乡建设、环境保护\\城乡建设(含住房)", "10-02"),
        ("天文", None),
    ],
)
def test_printed_classes_and_local_variants_are_mapped(printed: str, code: str | None) -> None:
    assert load_taxonomy().code_of(printed) == code


def test_an_unknown_key_of_a_scheme_names_file_and_key(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'scheme = "mine"\nname_zh = "我的"\nname_en = "Mine"\n'
        '[[class]]\ncode = "01"\nname_zh = "甲"\nname_en = "A"\nword = ["x"]\n',
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"mine\.toml: class '01': unknown key 'word'"):
        load_taxonomy(file)


def test_the_longest_term_wins_at_a_place() -> None:
    assert list(TermScanner(["污染", "土壤污染", "土壤"]).find("防治土壤污染")) == [(2, "土壤污染")]
    assert list(TermScanner(["养老", "老"]).find("\ud800𠮷养老老")) == [(2, "养老")]
    assert list(TermScanner([]).find("养老")) == []
    assert list(WordScanner(["public health care", "public health"]).find("Public Health")) == [
        (0, "public health")
    ]
    assert list(WordScanner(["health", "public health"]).find("On Public Health, healthy")) == [
        (3, "public health")
    ]


def test_a_published_class_stands_first_with_ours_beside_it() -> None:
    answer = classified(document("关于加强医院护理工作的通知", topics=("民政、扶贫、救灾\\社会福利",)))
    assert (answer.topics[0].code, answer.topics[0].basis) == ("17-03", "published")
    assert answer.topics[1].code[:2] == "13"
    assert answer.topics[1].basis in ("rule", "model")


def test_a_class_of_another_scheme_is_not_taken_for_ours() -> None:
    answer = classified(document("关于开展检查的通知", topics=("其他",), topic_scheme="广东政务服务主题"))
    assert all(label.basis != "published" for label in answer.topics)


@pytest.mark.parametrize("use_model", [False, True])
@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("关于推进居家养老服务的实施意见", "17"),
        ("关于进一步加强大气污染防治工作的通知", "10"),
        ("关于调整企业所得税优惠的公告", "04"),
        ("关于做好中小学招生入学工作的通知", "11"),
        ("关于加强高速公路收费管理的通知", "07"),
        ("关于同意兴建水库枢纽工程的批复", "06"),
        ("关于加强宗教活动场所管理的通知", "18"),
    ],
)
def test_plain_titles_find_their_class(title: str, first: str, use_model: bool) -> None:
    best = classified(document(title), use_model=use_model).topics[0]
    assert best.code[:2] == first
    assert best.evidence
    assert best.name.startswith(load_taxonomy().topic(first).name_zh)


def test_evidence_points_at_the_words() -> None:
    one = document("工作安排", "一、总则。", "二、完善养老机构的护理，发展养老服务。")
    best = classified(one, use_model=False).topics[0]
    places = [e for e in best.evidence if e.where == "paragraph" and e.paragraph is not None]
    assert places
    assert all(one.paragraphs[e.paragraph or 0][e.start : e.end] == e.text for e in places)


def test_english_words_vote_for_english_documents() -> None:
    one = document("Ferry timetable", "Shipping and ports: the ferry sails daily.", language="en")
    assert classified(one, source("XM")).topics[0].code[:2] == "07"


def test_the_issuers_own_words_are_no_subject() -> None:
    answer = classified(document("国家文物局关于开展消防安全检查的通知"), use_model=False)
    assert all(e.text != "文物" for label in answer.topics for e in label.evidence if e.where == "title")


def test_nothing_to_read_is_an_answer_with_a_reason() -> None:
    answer = classified(document(""), use_model=False)
    assert answer.topics == ()
    assert any(reason.startswith("topic:") for reason in answer.reasons)


def test_a_class_the_model_never_learnt_is_named_by_its_terms() -> None:
    best = classified(document("关于走访慰问归侨侨眷的通知"), source("XS-10", "云河省人民政府")).topics[0]
    assert best.code == "20-03"


def test_the_longest_term_at_a_place_counts_alone_and_a_long_one_counts_more() -> None:
    best = classified(document("关于城乡居民基本养老保险的通知"), use_model=False).topics[0]
    assert best.code == "15-02"


def test_the_name_of_an_office_in_the_text_is_no_subject() -> None:
    one = document(
        "若干事项", "由省生态环境厅和市生态环境局办理，生态环境部门配合。", "本事项涉及公共图书馆。"
    )
    best = classified(one, use_model=False).topics[0]
    assert best.code[:2] == "12"
