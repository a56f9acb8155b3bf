"""What an English text does to the papers it names; a wrong "repealed" is the worst error."""

from __future__ import annotations

import time

import pytest

from classify.components.english_citation import english_citations


def relations(text: str) -> list[str]:
    return [one[2] for one in english_citations(text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Executive Order 14901 of May 12, 2029 (Lake and Pond Security), is hereby amended.", ["amends"]),
        ("Executive Order 14901 of May 12, 2029, is revoked.", ["repeals"]),
        ("Executive Order 14901 is superseded.", ["repeals"]),
        ("This circular replaces Circular 5/92.", ["repeals"]),
        ("Repeals the Lake Act.", ["repeals"]),
        ("I hereby revoke Executive Order 14901 of May 12, 2029.", ["repeals"]),
        ("Directive 2039/28/EC is repealed with effect from 1 January 2042.", ["repeals"]),
        ("Directive 2039/28/EC of the European Parliament and of the Council of 23 April 2039 on lakes"
         " (OJ L 140,"
         " 5.6.2039, p. 16) is repealed.", ["repeals"]),
        ("Directive 2039/28/EC of the European Parliament and of the Council of 23 April 2039 (OJ L 140,"
         " 5.6.2039,"
         " p. 16) is repealed.", ["repeals"]),
        ("Regulation (EC) No 1/2033 shall be repealed.", ["repeals"]),
        ("Council Decision 2034/97/EC is amended as follows:", ["amends"]),
        ("Section 3 of the Lake Act (5 U.S.C. 552(b)) is amended by striking 'pond'.", ["amends"]),
        ("Section 4 of the Act of March 3, 1901, is amended by striking paragraph (2).", ["amends"]),
        ("Section 552 of the Lake Act, as amended by the Pond Act, is further amended.",
         ["amends", "mentions"]),
        ("The Lake (Dues) Regulations 2032 (S.I. 2032/632) are revoked.", ["repeals"]),
        ("The Lake Regulations 2032 (S.I. 2032/632) and the Pond Regulations 2033 (S.I. 2033/9) are revoked.",
         ["repeals", "repeals"]),
        ("The Lake Regulations 2032 are revoked by these Regulations.", ["repeals"]),
        ("40 CFR part 52 is amended as follows:", ["amends"]),
        ("Public Law 117-958 is repealed.", ["repeals"]),
        ("The notification number G.S.R. 123(E), dated the 5th March, 2032, is hereby rescinded.",
         ["repeals"]),
        ("In exercise of the powers conferred by section 3 and sub-section (2) of section 5 of the Lake"
         " Act, 1955,"
         " the Government makes these rules.", ["basis"]),
        ("in supersession of the notification of the Government of India in the Ministry of Lakes number"
         " G.S.R."
         " 123(E), dated the 5th March, 2032, except as respects things done before such supersession",
         ["repeals"]),
        ("By the authority vested in me as President by the Constitution, it is ordered", ["basis"]),
        ("Having regard to Council Decision 2034/97/EC,", ["basis"]),
        ("made under the authority of the Lake Act", ["basis"]),
        ("The following Orders are revoked: (a) the Lake Order 2031; (b) the Pond Order 2032.",
         ["repeals", "repeals"]),
    ],
)  # fmt: skip
def test_the_relation_is_read_past_dates_brackets_and_what_amended_it(text: str, kinds: list[str]) -> None:
    assert relations(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "The Lake Act is not repealed.",
        "If the Lake Act is repealed, dues lapse.",
        "The dues stay until the Lake Act is repealed.",
        "The Minister said that the Lake Act is repealed.",
        "The committee proposed that the Lake Act is repealed.",
        "The Lake Act was repealed.",
        "The Lake Act has been repealed.",
        "The Lake Act is repealed by the Pond Act.",
        "The Lake Act is to be repealed.",
        "The Lake Act would be repealed.",
        "The Lake Act may be revoked.",
        "A proposal to revoke Executive Order 14901 is out for comment.",
        "The agency proposes to rescind Executive Order 14901.",
        "The agency is proposing revoking Executive Order 14901.",
        "The bill would amend the Lake Act.",
        "A tax under section 5, as amended by the Lake Act, is due.",
        "The board opposes repealing the Lake Act.",
        "The Lake Act is deemed repealed.",
        "The following Orders were revoked: (a) the Lake Order 2031.",
        "If the board agrees, the following Orders are revoked: (a) the Lake Order 2031.",
        "The Lake Act is repealed if the board agrees.",
        "Nothing in this order means that Executive Order 14901 is revoked.",
        "Whether Executive Order 14901 is revoked is open.",
        "A proposal for a Regulation on lakes, repealing Directive 2039/28/EC, is out.",
        "The Pond Act came into force in May, replacing the Lake Act.",
        "Repeals the Lake Act upon the end of the dues.",
        "The draft circular replaces Circular 5/92.",
    ],
)
def test_plans_conditions_denials_and_reports_end_nothing(text: str) -> None:
    assert not {"repeals", "amends"} & set(relations(text))


@pytest.mark.parametrize(
    "text",
    [
        "Section 5 of the Lake Act is repealed.",
        "The Lake Act is repealed in part.",
        "Repeals Lake Act provisions on ponds.",
        "The Lake Regulations 2032 are revoked except regulation 5.",
        "Regulation 5 of the Lake Regulations 2032 and the Schedule to the Pond Regulations 2033 are"
        " revoked.",
        "The Lake Act is repealed in so far as it applies to ponds.",
        "Executive Order 14901 is revoked to the extent that it names ponds.",
    ],
)
def test_what_ends_in_part_is_amended(text: str) -> None:
    assert set(relations(text)) == {"amends"}


@pytest.mark.parametrize(
    "piece",
    ["the Lake Act (a) ", "Lake Act of May 1, 2020 ", "Lake Act, as amended by a, ", "Lake Act (((",
     "following Acts are revoked: ",
     "in supersession of the notification ", "vested in a ", "Lake Act \"a\" ", "EO 14901 of 2020 ",
     "Lake Act, published in a, vide number 1 "],
)  # fmt: skip
def test_hostile_relations_end_soon(piece: str) -> None:
    started = time.process_time()
    sum(1 for _ in english_citations(piece * (40_000 // len(piece))))
    assert time.process_time() - started < 6
