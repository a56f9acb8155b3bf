"""Quotations in drafts: what is equal, what was repaired, and what keeps a draft from being signed."""

from __future__ import annotations

import pytest

from dashboard.checking.check import check_draft, report_as_json
from dashboard.checking.copied import LEAST
from tests.checking.conftest import ENGLISH, RULES, Check, item, kinds
from tests.dashboard.papers import FIRST_DAY
from warehouse.publication import Publication

D = f"[^d{RULES.document_id}]"
E = f"[^d{ENGLISH.document_id}]"
OTHER = f"[^d{FIRST_DAY[1].document_id}]"

FINE = {
    "a sentence": f"办法规定：“主管部门应当自受理之日起15个工作日内作出决定。”{D}",
    "in a block": f"> 主管部门应当自受理之日起15个工作日内作出决定。{D}",
    "in a block with marks around": f"> “主管部门应当自受理之日起15个工作日内作出决定。”{D}",
    "its mark at the paragraph's end": f"办法要求“应当自受理之日起15个工作日内作出决定”。各地正在落实。{D}",
    "corner marks": f"办法要求「不得以任何名义强制消费」{D}。",
    "over paragraphs": f"> 决定应当书面告知申请人。\n> 第五条　联系人电话{D}",
    "two paragraphs of a block": f"> 制定本办法。\n>\n> 不得以任何名义强制消费。{D}",
    "with an attribution": f"> 不得以任何名义强制消费。{D}\n> ——《云河省养老服务补贴办法》",
    "a part": f"年收入“超过5.5万元的家庭”{D}除外。",
}
REPAIRED = {
    "width": f"办法规定“补贴标准为每人每月200元;高龄老人另加百分之二十”{D}。",
    "spaces": f"> 第三条 养老机构不得向老人收取\n> “预付卡”押金{D}",
    "inner marks": f"办法规定“养老机构不得向老人收取‘预付卡’押金”{D}。",
    "a stop of the sentence around": f"办法规定，“不得以任何名义强制消费，”{D}各地照办。",
}
STOPPED = {
    "quote-differs": (
        f"“主管部门应当自受理之日起16个工作日内作出决定。”{D}",
        f"“养老机构应当向老人收取“预付卡”押金，不得以任何名义强制消费。”{D}",
    ),
    "quote-unverified": (f"“各地要在年底前完成全部排查，逾期未完成的予以通报。”{D}",),
    "quote-joined": (
        f"“为规范养老服务补贴，不得以任何名义强制消费。”{D}",
        f"> 养老机构不得向老人收取押金，不得以任何名义强制消费。{D}",
    ),
    "quote-unmarked": ("会议强调，“要把这项工作放在全局来谋划和推进。”",),
    "quote-unmarked-found": (f"办法{D}发布。\n\n其中，“不得以任何名义强制消费”一条最受关注。",),
    "quote-other-source": (f"意见称“不得以任何名义强制消费”{OTHER}，办法{D}称“押金”。",),
    "quote-open": (f"办法规定“不得以任何名义强制消费{D}。",),
    "quote-masked": (f"“联系人电话13912345678，投诉邮箱见附件。”{D}",),
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_what_stands_in_the_source_is_exact(check: Check, text: str) -> None:
    report = check(text)
    assert [one.verdict for one in report.quotes] == ["exact"] * len(report.quotes) != []
    assert report.stops == ()


@pytest.mark.parametrize("text", REPAIRED.values(), ids=REPAIRED)
def test_forms_may_differ_and_are_told(check: Check, text: str) -> None:
    report = check(text)
    assert [one.verdict for one in report.quotes] == ["repaired"]
    assert report.stops == ()
    assert "quote-repaired" in kinds(report)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, several in STOPPED.items() for text in several]
)
def test_what_does_not_stand_there_stops(check: Check, kind: str, text: str) -> None:
    report = check(text)
    assert kind in [one.kind for one in report.stops]


MARKS = (
    "“”",
    "「」",
    "『』",
    "«»",
    "‹›",
    "‘’",
    "''",
    "＇＇",
    '""',
    "＂＂",
    "﹁﹂",
    "﹃﹄",
    "〝〞",
    "〝〟",
    "❝❞",
    "„“",
    "‚‘",
    "»«",
)


@pytest.mark.parametrize("marks", MARKS)
def test_an_invented_quotation_stops_in_marks_of_any_form(check: Check, marks: str) -> None:
    invented = "各地要在年底前关闭全部民办养老机构，逾期未关闭的予以通报"
    assert "quote-unverified" in kinds(check(f"办法规定：{marks[0]}{invented}{marks[1]}{D}。"))
    true = f"办法规定：{marks[0]}不得以任何名义强制消费{marks[1]}{D}。"
    assert check(true).stops == ()
    assert [one.text for one in check(true).quotes] == ["不得以任何名义强制消费"]


@pytest.mark.parametrize(
    "text",
    [
        "The boys' school and the girls' school don't close.", "rock ’n’ roll in the ’90s",
        "It's the council's duty.",
        "the Mayors’ offices and the council’s staff", "5' 6\" tall",
    ],
)  # fmt: skip
def test_an_apostrophe_is_no_quotation_mark(check: Check, text: str) -> None:
    report = check(f"{text}{E}", language="en")
    assert report.quotes == ()
    assert "quote-open" not in kinds(report)


def test_a_genitive_within_single_marks_ends_no_quotation(check: Check) -> None:
    report = check(f"He said ‘the boys’ school must close at once, now’ today.{E}", language="en")
    assert [one.text for one in report.quotes] == ["the boys’ school must close at once, now"]


FALSE = "“各地必须关闭全部民办养老机构，逾期一律通报”"


def test_title_heading_and_captions_are_checked_like_the_text(check: Check) -> None:
    body = f"## 总体\n\n办法要求“不得以任何名义强制消费”{D}。\n"
    settings = f'kind = "trend"\nsubject = "theme:elderly-care"\ntitle = {FALSE!r}\ncaption = "涉及9999家"'
    figure = f"\n```figure\n{settings}\n```\n"
    assert check(body, title="养老服务周报").stops == ()
    assert "quote-unmarked" in kinds(check(body, title=f"周报：{FALSE}"))
    assert "number-heading" in kinds(check(body, title="已关闭9999家养老机构"))
    assert "number-heading" in kinds(check("## 全省已关闭9999家\n" + body))
    said = kinds(check(body + figure))
    assert {"quote-unmarked", "number-heading"} <= set(said)
    assert "personal-data" in kinds(check(body, title="张三（身份证110101199003070038）"))
    assert "secrecy-mark" in kinds(check(body, title="机密★10年"))


def test_a_title_beside_a_reference_is_one_that_the_sources_know(check: Check) -> None:
    assert "title-unknown" in kinds(check(f"通知指出《各市必须立即取消全部收费的规定》。{D}"))
    assert "title-unknown" not in kinds(check(f"《{RULES.title}》作了规定。{D}"))


def test_own_words_are_compared_with_the_sources_of_their_language(check: Check) -> None:
    far = "各地连夜组织专家赴海外考察航天发射场建设情况并形成报告上报"
    assert "claim-unlike" in kinds(check(f"{far}{D}{E}。"))
    assert "claim-not-compared" in kinds(check(f"{far}{E}。"))
    assert "claim-unlike" in kinds(check(f"| 事项 |\n| --- |\n| {far}{D} |"))


def test_a_number_of_the_title_needs_its_source_in_the_text_too(check: Check) -> None:
    text = f"全省共关闭9999家{D}。"
    assert "number-unsourced" in kinds(check(text, title="关闭9999家"))


def test_a_verdict_names_the_place_in_the_source(check: Check, first_day: Publication) -> None:
    [verdict] = check(FINE["a sentence"]).quotes
    assert verdict.paragraph is not None
    line = first_day.body(RULES.document_id)[verdict.paragraph]
    assert line[verdict.source_start : verdict.source_end] == verdict.text == verdict.source_text
    assert (verdict.version_no, verdict.paragraph, verdict.where) == (1, 3, "body")


def test_words_left_out_are_told_and_must_keep_their_order(check: Check) -> None:
    fine = check(f"“养老机构不得……以任何名义强制消费。”{D}")
    turned = check(f"“不得以任何名义强制消费……养老机构不得向老人收取”{D}")
    assert fine.stops == ()
    assert "quote-shortened" in kinds(fine)
    assert turned.stops != ()


@pytest.mark.parametrize(
    ("words", "found"), [("5%", False), ("收入超过5.5万元", True), ("收入超过5", False), ("00元", False)]
)
def test_no_number_and_no_word_is_cut_in_two(check: Check, words: str, found: bool) -> None:
    assert (check(f"办法称“{words}”{D}。").stops == ()) is found


def test_a_negation_cut_off_before_a_quotation_is_looked_at(check: Check) -> None:
    assert "quote-cut" in kinds(check(f"办法允许“以任何名义强制消费”{D}。"))
    assert "quote-cut" in kinds(check(f"> 高龄老人另加百分之二十。{D}"))


def test_a_short_term_needs_no_mark_when_a_cited_text_uses_it(check: Check) -> None:
    known = check(f"各地取消了“预付卡”。\n\n依据见办法{D}。")
    unknown = check(f"各地推行“掌上办”。\n\n依据见办法{D}。")
    assert [one.verdict for one in known.quotes] == ["term"]
    assert kinds(unknown) == ["term-unknown"]
    assert unknown.stops == ()


@pytest.mark.parametrize(
    "text",
    [
        f"The rules say that “a provider shall not charge a deposit”{E} .".replace("“a", "“A"),
        f'The rules say: "The office doesn\'t take cash."{E}',
        f"> The office calls this the 'care first' rule{E}",
        f"> Grants rise by 20 per cent\n> on 1 July 2026{E}",
        f"The rules speak of “Grants rise by 20 per cent,”{E} which is much.",
    ],
)
def test_english_forms_are_not_refused(check: Check, text: str) -> None:
    assert check(text, language="en").stops == ()


@pytest.mark.parametrize(
    "text",
    [
        f"The rules say that “A provider shall charge a deposit”{E}.",
        f"The rules say: “Grants rise by 25 per cent on 1 July 2026”{E}.",
        f"The rules say: “The office doesnt take cash.”{E}",
    ],
)
def test_english_changes_stop(check: Check, text: str) -> None:
    assert check(text, language="en").stops != ()


def test_a_passage_of_the_basket_is_named_with_its_place(check: Check, first_day: Publication) -> None:
    held = item(first_day, 7, RULES, 2, "不得以任何名义强制消费")
    within = check("办法要求“不得以任何名义强制消费”[^e7]。", [held])
    elsewhere = check("办法要求“有效期五年”[^e7]。", [held])
    assert (within.quotes[0].item_id, kinds(within)) == (7, [])
    assert kinds(elsewhere) == ["quote-elsewhere"]


def test_a_former_version_is_known_as_such(second_day: Publication) -> None:
    report = check_draft(second_day, FINE["a sentence"], {}, "zh")
    assert [one.verdict for one in report.quotes] == ["exact"]
    assert [one.kind for one in report.looks] == ["quote-former"]
    assert report.quotes[0].version_no == 1


def test_a_source_that_allows_excerpts_lends_two_hundred_signs_and_one_with_a_link_none(
    check: Check, first_day: Publication
) -> None:
    paper = FIRST_DAY[2]  # of a source with the terms `excerpt`
    once = f"意见提出“加快5G网络建设，推进智慧养老。”[^d{paper.document_id}]\n\n"
    assert check(once).stops == ()
    assert {one.kind for one in check(once * 20).stops} == {"quote-too-long-excerpt"}


def test_words_of_such_a_source_are_noticed_without_quotation_marks_too(
    check: Check, first_day: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LEAST, "zh", 12)  # the papers of these tests have short sentences
    paper = FIRST_DAY[2]  # of a source with the terms `excerpt`
    sentence = max(first_day.body(paper.document_id), key=len)
    copied = f"{sentence}[^d{paper.document_id}]\n\n"
    assert "copied-excerpt" not in kinds(check(copied))  # within what the source allows
    assert "copied-excerpt" in {one.kind for one in check(copied * (200 // len(sentence) + 1)).stops}
    own = f"意见要求各地抓紧推进这项工作，并把进展报省里。[^d{paper.document_id}]\n\n"
    assert "copied-excerpt" not in kinds(check(own * 20))


def test_a_key_stays_while_other_parts_of_the_draft_change(check: Check) -> None:
    text = f"各地推行“掌上办”。\n\n依据见办法{D}。"
    [one] = check(text).findings
    [same] = check(f"# 题目\n\n新的一段。\n\n{text}").findings
    assert one.key == same.key
    assert one.block != same.block
    assert check(text).unwaived({one.key}) == ()


def test_the_report_as_json_says_whether_it_signs(check: Check) -> None:
    look = check(f"各地推行“掌上办”。\n\n依据见办法{D}。")
    assert report_as_json(look)["signs"] is False
    assert report_as_json(look, {look.findings[0].key})["signs"] is True
    assert report_as_json(check(STOPPED["quote-differs"][0]))["counts"]["stop"] == 1
