"""What looks like a fact and is none: conditions, plans, the past, words cut at the wrong place."""

from __future__ import annotations

import pytest

from tests.classify.write import ISSUED, classified, document
from warehouse.records import Classification


def facts(*paragraphs: str, title: str = "云河省养老办法", **fields: object) -> Classification:
    return classified(document(title, *paragraphs, **{"written": ISSUED, **fields}))


def relations(text: str, title: str = "云河省养老办法") -> list[tuple[str, str | None]]:
    return [(one.kind, one.target_title) for one in facts(text, title=title).citations]


@pytest.mark.parametrize(
    "text",
    [
        "对违反《甲条例》的单位，由县水利局责令改正。",
        "应当对申请是否符合《甲条例》作出说明。",
        "对属于《甲条例》所列情形的项目，不予批准。",
        "我局对你单位提交的《甲条例》进行了审查。",
        "定期对《甲条例》进行修改，报省水利厅批准。",
        "适时修订《甲条例》，完善配套标准。",
        "我部正在抓紧修改完善《甲条例》。",
        "发生在此之前的行为，适用修改前的《甲条例》。",
        "及时按照《甲条例》修订各项管理程序。",
        "我部对《甲条例》进行了修订，现公开征求意见。",
    ],
)
def test_speaking_of_an_amendment_amends_nothing(text: str) -> None:
    assert [kind for kind, _ in relations(text)] != ["amends"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("现对《甲条例》作如下修改：", "云河省养老办法"),
        ("将《甲条例》第三条第二款修改为：“县人民政府负责养老工作。”", "云河省养老办法"),
        ("省人民政府决定对《甲条例》部分条款予以修改。", "云河省养老办法"),
        ("三、修改《甲条例》", "云河省人民政府关于修改部分规章的决定"),
        ("五、删去《甲条例》第九条。", "云河省人民政府关于修改部分规章的决定"),
        ("根据本决定，《甲条例》作相应修改，重新公布。", "云河省人民政府关于修改部分规章的决定"),
    ],
)
def test_an_act_amends(text: str, title: str) -> None:
    assert relations(text, title) == [("amends", "甲条例")]


def test_both_members_of_a_list_are_amended() -> None:
    text = "现对省民政厅《甲办法》、省财政厅《乙办法》作如下补充、修改："
    assert relations(text) == [("amends", "甲办法"), ("amends", "乙办法")]


def test_an_article_quoted_in_a_decision_is_not_amended_by_it() -> None:
    text = "“当事人对民法典第五百条规定的责任有异议的，可以起诉。”"
    assert [kind for kind, _ in relations(text, "云河省人民政府关于修改部分规章的决定")] == ["mentions"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("坚决撤销违反《甲条例》的文件。", "mentions"),
        ("依照《甲条例》的规定不受保护的，可以另行申请。", "mentions"),
        ("撤销省民政厅印发的《甲条例》。", "repeals"),
    ],
)
def test_conditions_are_neither_repeal_nor_basis(text: str, kind: str) -> None:
    assert [one for one, _ in relations(text)] == [kind]


def test_a_form_among_papers_is_no_document() -> None:
    assert relations("申请材料：原《养老待遇核定表》原件；委托书。") == []
