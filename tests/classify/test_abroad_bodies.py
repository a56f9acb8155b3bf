"""Bodies with English names: named in both languages, found by name, site and day, not by a doubtful one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from classify.departments.abroad import Country, countries, english_bodies, name_words, own_name
from classify.departments.authority import authority
from classify.departments.load import FOLDER, authority_data
from classify.strict import read_toml
from warehouse.records import Body

REAL = [one for one in countries() if one.code not in ("XM", "US-NYC")]
IDS = [one.code for one in REAL]


def _touch(one: Body, other: Body) -> bool:
    """Whether a day exists on which both stood."""
    begins = max(body.valid_from or date.min for body in (one, other))
    return begins <= min(body.valid_to or date.max for body in (one, other))


@pytest.mark.parametrize("country", REAL, ids=IDS)
def test_no_name_or_abbreviation_means_two_bodies_on_one_day(country: Country) -> None:
    holders: dict[tuple[str, ...], list[Body]] = defaultdict(list)
    for entry in english_bodies(country).entries.values():
        for words in {tuple(name_words(name)) for name in entry.names}:
            holders[words].append(entry.body)
    doubtful = [
        (words, one.code, other.code)
        for words, bodies in holders.items()
        for at, one in enumerate(bodies)
        for other in bodies[at + 1 :]
        if _touch(one, other)
    ]
    assert doubtful == []


@pytest.mark.parametrize("country", REAL, ids=IDS)
def test_a_short_form_that_is_doubtful_for_one_body_names_no_other(country: Country) -> None:
    raw = [one for file in country.files for one in read_toml(FOLDER / file)["body"]]
    doubtful = {short for one in raw for short in one.get("ambiguous", ())}
    named = {name for entry in english_bodies(country).entries.values() for name in entry.names}
    assert doubtful & named == set()


@pytest.mark.parametrize("country", REAL, ids=IDS)
def test_nearly_every_body_has_a_chinese_name_of_its_own(country: Country) -> None:
    bodies = [entry.body for entry in english_bodies(country).entries.values()]
    chinese = [body.name_zh for body in bodies if any("一" <= sign <= "鿿" for sign in body.name_zh)]
    assert len(chinese) >= 0.95 * len(bodies)
    assert len(set(chinese)) == len(chinese)


def test_the_site_of_every_body_abroad_belongs_to_a_body() -> None:
    assert [site.body for site in authority_data().sites if authority().body(site.body) is None] == []


@pytest.mark.parametrize(
    ("name", "home", "on", "code"),
    [
        ("Department for Business, Energy & Industrial Strategy", "GB", date(2020, 5, 1), "gb-beis"),
        ("Ministry of Housing, Communities and Local Government", "GB", date(2019, 5, 1), "gb-mhclg-2018"),
        ("Ministry of Housing, Communities and Local Government", "GB", date(2025, 5, 1), "gb-mhclg"),
        ("Cybersecurity and Infrastructure Security Agency", "US", None, "us-cisa"),
        ("Homeland Security Department, Coast Guard", "US", None, "us-coast-guard"),
        ("GPO", "US", date(2010, 1, 1), "us-gpo-old"),
        ("European Union Agency for Asylum", "EU", None, "eu-euaa"),
        ("Department for Promotion of Industry and Internal Trade", "IN", None, "in-dpiit"),
        ("Information Commissioner's Office (ICO)", "GB", None, "gb-ico"),
        ("His Majesty’s Treasury", "GB", None, "gb-treasury"),
        ("U.S. Department of Veterans’ Affairs", "US", None, "us-va"),
        ("World Health Organization", "INT", None, "int-who"),
        ("BRICS New Development Bank", "INT", None, "int-ndb"),
    ],
)
def test_a_printed_name_means_the_body_of_its_day(name: str, home: str, on: date | None, code: str) -> None:
    found = authority().resolve(name, home, on)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(("short", "home"), [("ICO", "GB"), ("FSA", "US"), ("BIS", "INT"), ("WHO", "INT")])
def test_a_doubtful_abbreviation_alone_names_nobody(short: str, home: str) -> None:
    assert authority().resolve(short, home) is None


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("gb-beis", {"gb-dbt", "gb-desnz", "gb-dsit"}),
        ("gb-dclg", {"gb-mhclg-2018", "gb-dluhc", "gb-mhclg"}),
        ("eu-near", {"eu-enest", "eu-mena"}),
        ("us-special-trustee", {"us-trust-funds"}),
        ("in-dipp", {"in-dpiit"}),
        ("int-gatt", {"int-wto"}),
    ],
)
def test_what_became_of_a_body_is_told(code: str, after: set[str]) -> None:
    assert {link.code for link in authority().lineage(code).successors if link.whole} == after


def test_a_host_tells_its_agency_and_a_portal_nobody() -> None:
    known = authority()
    agency = known.speaks_for(None, "https://www.epa.gov/rules/1")
    assert agency is not None
    assert (agency.code, agency.name_zh, own_name(agency)) == (
        "us-epa",
        "美国国家环境保护局",
        "Environmental Protection Agency",
    )
    assert known.speaks_for(None, "https://www.gov.uk/government/news/1") is None
    assert known.by_site(None, "https://www.federalregister.gov/documents/1") is not None
    assert known.speaks_for(None, "https://www.federalregister.gov/documents/1") is None


def test_places_of_sources_lead_to_their_bodies() -> None:
    known = authority()
    assert [known.home_of(said) for said in ("UK", "US", "EU", "INT", "India")] == [
        "GB",
        "US",
        "EU",
        "INT",
        "IN",
    ]
