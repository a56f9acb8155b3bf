"""Facts of published fields: the last day for comments as a duty, code references as citations."""

from __future__ import annotations

from datetime import date

import pytest

from classify.pipeline import build_classifier
from warehouse.records import Classification, Document, FieldOrigin, StoredDocument


def classified(*paragraphs: str, **fields: str) -> Classification:
    origins = tuple(FieldOrigin(name, value, "list") for name, value in fields.items())
    document = Document(
        "d", "s", None, None, "Standards for River Ferries", paragraphs, published=date(2026, 5, 6),
        language="en", origins=origins,
    )  # fmt: skip
    return next(build_classifier(use_model=False).classify([StoredDocument(document, "r", None)]))


def test_a_deadline_that_no_text_names_is_a_duty_without_a_place() -> None:
    (duty,) = classified("Crew of two.", comments_close="2026-07-06").duties
    assert (duty.due, duty.what, duty.strength) == (date(2026, 7, 6), "Submit comments", "deadline")
    assert (duty.paragraph, duty.start, duty.end) == (0, 0, 0)
    assert duty.sentence == "comments_close: 2026-07-06"


@pytest.mark.parametrize("paragraphs", [(), ("",)])
def test_a_document_without_text_has_the_duty_too(paragraphs: tuple[str, ...]) -> None:
    assert [one.due for one in classified(*paragraphs, comments_close="2026-07-06").duties] == [
        date(2026, 7, 6)
    ]


def test_the_duty_that_the_text_itself_gives_is_not_doubled() -> None:
    answer = classified(
        "DATES: Comments must be received on or before July 6, 2026.", comments_close="2026-07-06"
    )
    assert [one.due for one in answer.duties] == [date(2026, 7, 6)]
    assert answer.duties[0].end > answer.duties[0].start


def test_a_printed_day_that_no_rule_reads_is_where_the_duty_stands() -> None:
    text = "Period for comments: opens at once (last day July 6, 2026)."
    duties = [one for one in classified("Crew.", text, comments_close="2026-07-06").duties if one.due]
    assert duties[0].paragraph == 1
    assert "July 6, 2026" in text[duties[0].start : duties[0].end]


def test_a_day_that_the_text_sets_for_something_else_does_not_stand_for_the_field() -> None:
    duties = classified("Owners must file plans by July 6, 2026.", comments_close="2026-07-06").duties
    assert [one.due for one in duties] == [date(2026, 7, 6)] * 2
    assert "Submit comments" in [one.what for one in duties]


def test_code_references_are_citations_unless_the_text_names_them() -> None:
    answer = classified("This rule amends 46 CFR Part 114 for ferries.", cfr="46 CFR Part 114")
    assert len([one for one in answer.citations if one.target_number]) == 1
    more = classified("Crew of two.", cfr="46 CFR Part 115")
    assert [(one.kind, one.target_number) for one in more.citations] == [
        ("mentions", more.citations[0].target_number)
    ]


def test_a_hidden_or_odd_field_says_nothing() -> None:
    assert classified("Crew of two.", comments_close="soon").duties == ()
