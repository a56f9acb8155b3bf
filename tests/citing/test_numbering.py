"""Numbers keep themselves: by first mention, one a work, drawn together, right again after every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.citing.make import record
from warehouse.citing.numbering import Cite, Numbering, work_key
from warehouse.citing.parts import Pinpoint
from warehouse.citing.runs import plain
from warehouse.citing.sorting import sort_keys
from warehouse.citing.style import style_named
from warehouse.exchange.reference_record import ReferenceRecord

NUMERIC = style_named("gb7714-2025-numeric")
DATED = style_named("gb7714-2025-author-date")
OLD = style_named("gb7714-2015-author-date")
APA = style_named("apa-7")


def work(
    name: str, issuer: str = "民政部", day: date | None = date(2024, 5, 1), **more: object
) -> ReferenceRecord:
    return record(
        {"id": f"doc-{name}", "title": name, "issuers": [issuer] if issuer else [], "published": day, **more}
    )


def english(name: str, *issuers: str, day: date = date(2024, 5, 1)) -> ReferenceRecord:
    return record(
        {
            "id": f"doc-{name}",
            "title": name,
            "issuers": issuers,
            "published": day,
            "language": "en",
            "doc_type": "guidance",
        }
    )


def cite(one: ReferenceRecord, page: str | None = None) -> Cite:
    return Cite(one, Pinpoint("page", page) if page else None)


A, B, C, D = (work(name) for name in "甲乙丙丁")


def numbered(*mentions: tuple[Cite, ...]) -> Numbering:
    numbering = Numbering(NUMERIC)
    for at, cites in enumerate(mentions):
        numbering.add(f"m{at}", cites)
    return numbering


def marks(numbering: Numbering, *names: str) -> list[str]:
    return [plain(numbering.mark(name)) for name in names]


def titles(numbering: Numbering) -> list[str]:
    return [one.record.title for one in numbering.listed()]


def test_works_are_numbered_by_their_first_mention_and_keep_their_number() -> None:
    numbering = numbered((cite(B),), (cite(A),), (cite(B),))
    assert marks(numbering, "m0", "m1", "m2") == ["[1]", "[2]", "[1]"]
    assert [(one.number, one.record.title) for one in numbering.listed()] == [(1, "乙"), (2, "甲")]
    assert numbering.listed()[0].text.startswith("[1] 民政部. 乙[")


def test_neighbours_are_drawn_together() -> None:
    numbering = numbered(
        (cite(A), cite(B), cite(C)), (cite(C), cite(A)), (cite(D), cite(A), cite(B)), (cite(A), cite(B))
    )
    assert marks(numbering, "m0", "m1", "m2", "m3") == ["[1-3]", "[1,3]", "[1-2,4]", "[1-2]"]


def test_pinpoints_stand_behind_the_brackets_of_their_number() -> None:
    numbering = numbered(
        (cite(A, "12"),),
        (cite(A, "15-17"),),
        (cite(A), cite(B, "3"), cite(C), cite(D)),
        (Cite(A, Pinpoint("paragraph", "4")),),
        (Cite(english("Guide", "Home Office"), Pinpoint("paragraph", "4")),),
    )
    assert marks(numbering, "m0", "m1", "m2") == ["[1]12", "[1]15-17", "[1][2]3[3-4]"]
    assert marks(numbering, "m3", "m4") == ["[1]第4段", "[5]para. 4"]
    assert len(numbering.listed()) == 5


def test_a_mention_that_moves_takes_its_number_along() -> None:
    numbering = numbered((cite(A),), (cite(B),), (cite(C),))
    numbering.move("m2", before="m0")
    assert marks(numbering, "m2", "m0", "m1") == ["[1]", "[2]", "[3]"]
    numbering.move("m2")
    assert titles(numbering) == ["甲", "乙", "丙"]
    numbering.move("m1", before="m1")
    assert titles(numbering) == ["甲", "乙", "丙"]


def test_a_mention_taken_away_frees_its_number_unless_another_names_the_work() -> None:
    numbering = numbered((cite(A),), (cite(B),), (cite(A),))
    numbering.remove("m0")
    assert marks(numbering, "m1", "m2") == ["[1]", "[2]"]
    numbering.remove("m2")
    assert titles(numbering) == ["乙"]
    numbering.add("m3", [cite(C)], before="m1")
    assert titles(numbering) == ["丙", "乙"]


def test_what_cannot_be_done_is_refused_and_changes_nothing() -> None:
    numbering = numbered((cite(A),), (cite(B),))
    for wrong in (
        lambda: numbering.remove("m9"),
        lambda: numbering.move("m0", before="m9"),
        lambda: numbering.mark("m9"),
    ):
        with pytest.raises(KeyError, match="m9"):
            wrong()
    with pytest.raises(ValueError, match="is there already"):
        numbering.add("m0", [cite(C)])
    with pytest.raises(ValueError, match="names no work"):
        numbering.add("m2", [])
    assert marks(numbering, "m0", "m1") == ["[1]", "[2]"]


def test_a_reprint_is_the_same_work_and_a_revision_another() -> None:
    held = work("养老办法", doc_number="民发〔2024〕1号")
    reprint = replace(held, document_id="doc-other", url="http://other.example/", number="民发 〔2024〕1号")
    revised = replace(held, document_id="doc-new", edition="2025年1月1日修订")
    assert work_key(held) == work_key(reprint) != work_key(revised)
    assert marks(numbered((cite(held),), (cite(reprint),), (cite(revised),)), "m0", "m1", "m2") == [
        "[1]",
        "[1]",
        "[2]",
    ]


def test_works_of_one_name_and_year_get_letters_in_the_order_of_the_list() -> None:
    numbering = Numbering(DATED)
    late, early = work("甲", day=date(2024, 9, 1)), work("乙", day=date(2024, 2, 1))
    other = work("丙", day=date(2023, 2, 1))
    numbering.add("m0", [cite(late)])
    numbering.add("m1", [cite(early), cite(other)])
    assert marks(numbering, "m0", "m1") == ["（民政部，2024b）", "（民政部，2024a；民政部，2023）"]
    assert [one.text[:10] for one in numbering.listed()] == [
        "民政部，2023. ",
        "民政部，2024a.",
        "民政部，2024b.",
    ]
    numbering.remove("m0")
    assert marks(numbering, "m1") == ["（民政部，2024；民政部，2023）"]


def test_undated_works_have_letters_too() -> None:
    numbering = Numbering(DATED)
    for at, name in enumerate("甲乙"):
        numbering.add(f"m{at}", [cite(work(name, day=None))])
    numbering.add("m2", [cite(work("丙", day=None, url="http://a.example/", accessed=date(2026, 1, 1)))])
    # by title, 甲 (jiǎ) before 乙 (yǐ)
    assert marks(numbering, "m0", "m1", "m2") == [
        "（民政部，无日期-a）",
        "（民政部，无日期-b）",
        "（民政部，[2026]）",
    ]


def test_names_in_the_text_are_cut_short_in_the_documents_own_words() -> None:
    joint = record({"title": "x", "issuers": ["民政部", "财政部"], "published": date(2024, 1, 1)})
    both = english("Guide", "Home Office", "Department for Education")
    alone = work("无名", issuer="")
    for style, expected in (
        (DATED, "（民政部等，2024；Home Office et al.，2024；佚名，2024）"),
        (OLD, "(民政部 等, 2024; Home Office et al., 2024; 佚名, 2024)"),
    ):
        numbering = Numbering(style)
        numbering.add("m0", [cite(joint), cite(both), cite(alone)])
        assert marks(numbering, "m0") == [expected]


def test_pages_stand_behind_the_bracket_of_name_and_year() -> None:
    numbering = Numbering(DATED)
    numbering.add("m0", [cite(A, "12")])
    assert marks(numbering, "m0") == ["（民政部，2024）12"]


def test_apa_marks_follow_their_list_and_join_the_years_of_a_name() -> None:
    numbering = Numbering(APA)
    first, second = (
        english("A", "Home Office", day=date(2020, 1, 1)),
        english("B", "Home Office", day=date(2022, 1, 1)),
    )
    act = record(
        {"title": "Care Act 2014", "language": "en", "doc_type": "act", "published": date(2014, 5, 14)}
    )
    many = english("C", "Home Office", "Cabinet Office", "HM Treasury")
    numbering.add("m0", [cite(second), cite(act), cite(first)])
    numbering.add("m1", [cite(first, "3"), cite(second, "3-4")])
    numbering.add("m2", [cite(many)])
    assert marks(numbering, "m0") == ["(Care Act 2014; Home Office, 2020, 2022)"]
    assert marks(numbering, "m1", "m2") == [
        "(Home Office, 2020, p. 3; Home Office, 2022, pp. 3–4)",
        "(Home Office et al., 2024)",
    ]


def test_a_list_has_chinese_by_pinyin_and_then_the_others() -> None:
    numbering = Numbering(DATED)
    bodies = ["中国人民银行", "亳州市人民政府", "安徽省人民政府", "国务院"]
    for body in bodies:
        numbering.add(body, [cite(work(body, issuer=body))])
    numbering.add("en", [cite(english("Guide", "Cabinet Office"))])
    numbering.add("en2", [cite(english("Guide 2", "Audit Office"))])
    order = ["安徽省人民政府", "亳州市人民政府", "国务院", "中国人民银行", "Audit Office", "Cabinet Office"]
    assert [one.record.authors[0] for one in numbering.listed()] == order
    numbering.restyle(APA)
    assert [one.record.authors[0] for one in numbering.listed()] == [*order[4:], *order[:4]]


def test_the_style_can_change_under_the_mentions() -> None:
    numbering = numbered((cite(A),), (cite(B),))
    numbering.restyle(DATED)
    assert marks(numbering, "m0") != ["[1]"]
    numbering.restyle(NUMERIC)
    assert marks(numbering, "m0", "m1") == ["[1]", "[2]"]


def test_own_punctuation_is_wide_in_chinese_and_narrow_in_english_entries() -> None:
    numbering = Numbering(replace(NUMERIC, punctuation="own"))
    numbering.add("m0", [cite(work("甲", doc_number="民发〔2024〕1号"))])
    numbering.add("m1", [cite(english("Guide", "Home Office", "Cabinet Office"))])
    assert [one.text for one in numbering.listed()] == [
        "[1] 民政部. 甲：民发〔2024〕1号[Z]. 2024-05-01.",
        "[2] Home Office, Cabinet Office. Guide[Z]. 2024-05-01.",
    ]


def test_pinyin_is_asked_of_icu() -> None:
    places = ["上海", "濮阳", "亳州", "北京"]  # 濮 and 亳 lie outside the common characters of GB 2312
    keys = sort_keys(places)
    assert sorted(places, key=lambda place: keys[places.index(place)]) == ["北京", "亳州", "濮阳", "上海"]
    assert sort_keys([]) == []
