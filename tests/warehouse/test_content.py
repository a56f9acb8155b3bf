"""Titles are matched without their dress, and a secrecy mark is told from a text about secrecy."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

import pytest

from tests.warehouse.make import document
from warehouse.content import fingerprint, secrecy_mark, title_key
from warehouse.records import FieldOrigin


@pytest.mark.parametrize(
    ("cited", "held"),
    [
        ("《云河省养老服务条例》", "云河省养老服务条例"),
        ("关于印发“十四五”规划的通知", "关于印发「十四五」规划的通知"),
        ("中华人民共和国慈善法", "慈善法（2023年修订）"),
        ("关于 推进5G建设的意见", "关于推进５Ｇ建设的意见"),
        ("Care Homes (Fees) Regulations", "care homes fees regulations"),
    ],
)
def test_the_same_title_in_other_dress_has_the_same_key(cited: str, held: str) -> None:
    assert title_key(cited) == title_key(held)


def test_a_trial_edition_is_another_title() -> None:
    assert title_key("养老机构管理办法（试行）") != title_key("养老机构管理办法")
    assert title_key(None) == ""


def test_white_space_and_width_do_not_make_a_version_but_a_date_does() -> None:
    plain = document(1, paragraphs=("请于2026年执行。",))
    spaced = document(1, paragraphs=(" 请于２０２６年", "执行。"))
    retitled = replace(plain, title="另一标题")
    assert fingerprint(plain) == fingerprint(spaced)
    assert fingerprint(plain).text == fingerprint(retitled).text
    assert fingerprint(plain).content != fingerprint(retitled).content
    assert fingerprint(plain).content != fingerprint(replace(plain, published=None)).content


@pytest.mark.parametrize("mark", ["秘密", "机密★10年", "绝密 ★ 长期", "密级：秘密", "秘密★1年 特急"])
def test_a_header_mark_is_found(mark: str) -> None:
    found = secrecy_mark(document(1, paragraphs=("云河省民政厅文件", mark, "正文")))
    assert found == f"{normalize('NFKC', mark)}, paragraph 2"


@pytest.mark.parametrize(
    "innocent",
    [
        "关于做好保守国家秘密工作的通知",
        "不得泄露商业秘密。",
        "秘密投票办法",
        "密级：公开",
        "机密文件管理规定",
    ],
)
def test_speaking_of_secrets_is_no_mark(innocent: str) -> None:
    assert secrecy_mark(document(1, paragraphs=(innocent,))) is None


@pytest.mark.parametrize(
    "mark",
    [
        "TOP SECRET",
        "UK SECRET",
        "SECRET//NOFORN",
        "CONFIDENTIAL - UK EYES ONLY",
        "OFFICIAL-SENSITIVE",
        "RESTREINT UE/EU RESTRICTED",
        "TRÈS SECRET UE/EU TOP SECRET",
        "CONTROLLED UNCLASSIFIED INFORMATION",
    ],
)
def test_a_mark_of_another_country_is_found(mark: str) -> None:
    assert (
        secrecy_mark(document(1, paragraphs=("Office of Harbours", mark, "Text"))) == f"{mark}, paragraph 2"
    )


@pytest.mark.parametrize(
    "innocent",
    [
        ("Secret ballots at parish meetings",),
        ("CONFIDENTIALITY NOTICE",),
        ("Official", "Sensitive"),
        ("UNCLASSIFIED",),
        ("SECRET", "DECLASSIFIED on 3 May 2011"),
    ],
)
def test_a_lifted_or_spoken_mark_is_none(innocent: tuple[str, ...]) -> None:
    assert secrecy_mark(document(1, paragraphs=innocent)) is None


def test_a_mark_deep_in_the_text_is_not_a_header_mark() -> None:
    assert secrecy_mark(document(1, paragraphs=("正文",) * 10 + ("秘密",))) is None


def test_the_printed_field_counts_too() -> None:
    marked = document(1, origins=(FieldOrigin("密级", "机密", "table:密级"),))
    open_one = document(1, origins=(FieldOrigin("密级", "非密", "table:密级"),))
    assert secrecy_mark(marked) == "机密, field 密级"
    assert secrecy_mark(open_one) is None
