"""English texts: numbers, laws by name, relations, duties, limits, sums; hostile input ends soon."""

from __future__ import annotations

import time
from datetime import date

import pytest

from classify.components.english_citation import english_citations
from classify.components.english_duty import english_deadlines
from classify.components.english_facts import english_sums, english_targets
from classify.components.english_force import english_clauses
from classify.components.english_names import english_names
from classify.components.english_number import (
    codified,
    english_normal,
    english_numbers,
    english_own,
    is_bill,
)
from tests.classify.write import ISSUED, classified, document, source


@pytest.mark.parametrize(
    "number",
    ["H.R. 1234", "S. 12", "H. Res. 77", "S.J.Res. 5", "H.Con.Res. 376", "Public Law 109-58",
     "Executive Order 13514",
     "Local Law 97 of 2019", "local law number 33 for the year 2013", "Int. No. 12-2014", "Circular 01/2006",
     "OMB Circular A-130", "M-13-13", "SI 2010/675", "S.I. 2011 No. 3076", "Regulation (EU) 2016/679",
     "Directive 2008/98/EC", "COM(2020) 66", "G.S.R. 123(E)", "Cm 9519", "chapter 322 of the laws of 2021"],
)  # fmt: skip
def test_numbers_of_every_series_are_read_whole(number: str) -> None:
    assert [found[2] for found in english_numbers(f"As told in {number}, it goes on.")] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. 12th Fleet",
        "Room S.",
        "Grade A. 5th row",
        "section 8 of the Act",
        "in 2010/11 prices",
        "HR department 5",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert [found for found in english_numbers(text) if "department" not in text or found[2] != "HR"] == []


def test_places_in_a_code_and_bills_are_told_apart() -> None:
    found = codified("under 42 U.S.C. 7401 and 40 CFR 60.5")
    assert [one[2] for one in found] == ["42 U.S.C. 7401", "40 CFR 60.5"]
    numbers = ("H.R. 5", "Int. No. 12-2014", "Public Law 109-58")
    assert [is_bill(one) for one in numbers] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Amends the Lake Water Act and the Fish, Bird, and Bee Act of 1987 to do so.",
         ["Lake Water Act", "Fish, Bird, and Bee Act of 1987"]),
        ("section 8 of the Housing Act of 1937 applies", ["Housing Act of 1937"]),
        ("title XVIII (Medicare) of the Social Security Act", ["Social Security Act"]),
        ("Section 24-136 of the administrative code of the city of New York",
         ["administrative code of the city of New York"]),
        ("in the Harbour (Dues) (England) Regulations 2011 and PPS3",
         ["Harbour (Dues) (England) Regulations 2011", "PPS3"]),
        ("the Convention on the Rights of the Child", ["Convention on the Rights of the Child"]),
        ("This Act and the Local Law; your ZIP Code", []),
    ],
)  # fmt: skip
def test_laws_are_found_by_name_without_what_leads_to_them(text: str, names: list[str]) -> None:
    assert [found[2] for found in english_names(text)] == names


def cited(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(kind, title, number) for _, _, kind, title, number, _ in english_citations(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Amends title II of the Lake Act to widen it.", "amends"),
        ("Repeals the Lake Act.", "repeals"),
        ("Repeals section 5 of the Lake Act.", "amends"),
        ("They work to repeal the Lake Act.", "mentions"),
        ("The Lake Act is hereby repealed.", "repeals"),
        ("Section 5 of the Lake Act is repealed.", "amends"),
        ("Made under the Lake Act.", "basis"),
        ("As said in the Lake Act.", "mentions"),
    ],
)
def test_the_relation_is_that_of_the_words_around(text: str, kind: str) -> None:
    assert [one[0] for one in cited(text)] == [kind]


def test_a_list_shares_its_verb_and_a_number_in_brackets_belongs_to_its_name() -> None:
    assert cited("Amends the Lake Act and the Pond Act 1990 (S.I. 1990/12).") == [
        ("amends", "Lake Act", None), ("amends", "Pond Act 1990", "SI 1990/12"),
    ]  # fmt: skip


def test_the_own_name_is_no_citation_and_capitals_in_brackets_are_a_short_form() -> None:
    text = "Clean Pond Act of 2008 or the CP Act - Amends the Lake Act (LA). Revises LA further."
    assert cited(text) == [("amends", "Lake Act", None), ("mentions", "Lake Act", None)]


def duties(
    text: str, issued: date | None = None
) -> list[tuple[tuple[str, ...], str, str | None, date | None]]:
    return [(one.who, one.what, one.printed, one.due) for one in english_deadlines(text, issued)]


def test_modals_and_orders_name_their_bearer() -> None:
    assert duties("The commissioner of parks shall count the trees.") == [
        (("commissioner of parks",), "count the trees", None, None)
    ]
    assert duties("Directs the Secretary of Labor to count the trees.")[0][:2] == (
        ("Secretary of Labor",),
        "count the trees",
    )
    assert duties("Prohibits any person from cutting trees.")[0][0] == ("any person",)
    assert duties("Owners are required to water the trees.")[0][0] == ("Owners",)


def test_a_list_of_orders_is_a_duty_an_item() -> None:
    found = duties("Requires the Secretary to: (1) count the trees; and (2) report to Congress.")
    assert [(who, what) for who, what, _, _ in found] == [
        (("Secretary",), "count the trees"), (("Secretary",), "report to Congress"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["The term shall mean a tree.", "This Act shall take effect at once.", "We must look forward.",
     "The city may plant trees.",
     "It cost direct loans."],
)  # fmt: skip
def test_definitions_force_powers_and_talk_are_no_duties(text: str) -> None:
    assert duties(text) == []


@pytest.mark.parametrize(
    ("text", "printed", "due"),
    [
        ("Not later than January 1, 2029, the board shall report.", "Not later than January 1, 2029",
         date(2029, 1, 1)),
        ("Councils must publish the list by April 2028.", "by April 2028", date(2028, 4, 30)),
        ("Send replies within 60 days of publication.", "within 60 days of publication", date(2026, 7, 20)),
        ("The office shall answer no later than 30 days after the request.",
         "no later than 30 days after the request", None),
        ("Requires the board, within one year of enactment of this Act, to report.",
         "within one year of enactment of this Act", None),
        ("No later than March 1 of each year, the office shall report.",
         "No later than March 1 of each year", None),
    ],
)  # fmt: skip
def test_limits_are_resolved_where_their_start_is_known(text: str, printed: str, due: date | None) -> None:
    assert [(one[2], one[3]) for one in duties(text, date(2026, 5, 21))] == [(printed, due)]


def test_sums_have_a_type_and_targets_a_value() -> None:
    text = "A fine of $5,000 is due. Funding of £1.8bn was given. Grants from $10 to $30 million."
    assert [one[2:] for one in english_sums(text)] == [
        ("fine", "USD 5000"), ("funding", "GBP 1800000000"), ("funding", "USD 10000000"), ("funding",
         "USD 30000000"),
    ]  # fmt: skip
    aims = "The board must reduce leaks by 25% and plant at least 400 trees."
    assert [one[2] for one in english_targets(aims)] == ["25%", "400 trees"]


def test_the_pipeline_keeps_numbers_and_places() -> None:
    text = "Under Executive Order 13514, the agency shall pay no more than $300 by May 7, 2027."
    answer = classified(
        document("A notice", text, written=ISSUED, published=ISSUED, language="en"), source("XM")
    )
    facts = {one.kind: text[one.start : one.end] for one in answer.facts}
    assert facts["number"] == "Executive Order 13514"
    assert facts["money:limit"] == "$300"
    (duty,) = answer.duties
    assert (duty.who, duty.due) == (("agency",), date(2027, 5, 7))


@pytest.mark.parametrize(
    "piece",
    ["A and ", "(I (I ", "Act, ", "section 1 of the ", "the law ", "Requires (1) ", "shall ", "1-1-",
     "S.", "within 1 day of ", "$1,1",
     "Regulation (EU) No ", "at least 1 ", "and the "],
)  # fmt: skip
def test_hostile_input_ends_soon(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    started = time.process_time()
    sum(1 for _ in english_citations(text))
    sum(1 for _ in english_deadlines(text, None))
    sum(1 for _ in english_sums(text))
    sum(1 for _ in english_targets(text))
    assert time.process_time() - started < 6


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Directs the Head of the U.S. Tree Service to count oaks.", ("Head of the U.S. Tree Service",)),
        ("Requires an owner to count the trees.", ("an owner",)),
        ("Tree Act - Provides that, if oaks fall, the board must count them.", ("board",)),
        ("Whereas, Owners shall count the trees; and", ("Owners",)),
    ],
)
def test_the_bearer_is_read_past_initials_articles_and_recitals(text: str, who: tuple[str, ...]) -> None:
    assert [one[0] for one in duties(text)] == [who]


@pytest.mark.parametrize(
    "text",
    ["This requires planning.", "The changes will require legislation.", "The list may not be the newest.",
     "Its terms preclude a sale."],
)  # fmt: skip
def test_talk_and_possibility_are_no_duties(text: str) -> None:
    assert duties(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Judges must be admitted for at least ten years prior to election.", []),
        ("It shall report within six months of its start that would include a list.",
         ["within six months of its start"]),
        ("Comments must be received on or before March 1, 2027.", ["on or before March 1, 2027"]),
        ("The office must answer within 30 calendar days of receipt.",
         ["within 30 calendar days of receipt"]),
    ],
)  # fmt: skip
def test_a_limit_is_a_time_to_act_and_ends_with_its_event(text: str, printed: list[str]) -> None:
    assert [one[2] for one in duties(text) if one[2]] == printed


@pytest.mark.parametrize(
    "number",
    ["RIN 2060-AV99", "Docket No. FDA-2031-N-0553", "FR Doc. 2031-12345", "Regulation (EC) No 1/2033",
     "Council Decision 2034/97/EC", "CELEX: 32036R0679", "S.S.I. 2031/228", "S.O. 12(E)",
     "Notification No. 12/2037-Central Tax (Rate)"],
)  # fmt: skip
def test_numbers_of_registers_and_gazettes_are_read_whole(number: str) -> None:
    assert [found[2] for found in english_numbers(f"As told in {number}, it goes on.")] == [number]


def test_one_number_in_every_form_is_one() -> None:
    forms = ("Executive Order 14901", "EO 14901", "E.O. 14901", "Executive Order No. 14901")
    assert {english_normal(one) for one in forms} == {"Executive Order 14901"}
    assert english_normal("H.R. 12") is english_normal("G.S.R. 123(E)") is None
    assert english_own("Executive Order 14901 of May 12, 2029") == "Executive Order 14901"
    assert english_own("Executive Order 14901: questions and answers") is None


def test_a_rule_that_takes_effect_at_once_does_so_on_its_day_and_a_bill_does_not() -> None:
    assert [one[2:4] for one in english_clauses("This final rule is effective immediately.", ISSUED)] == [
        ("effective", ISSUED)
    ]
    assert [*english_clauses("This local law takes effect immediately.", ISSUED)] == []
