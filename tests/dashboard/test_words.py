"""Both languages say the same things with the same placeholders, and say everything the pages ask for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from crawlers.health.kinds import KINDS
from dashboard.words import catalogue, chosen_language, say
from warehouse.run_records import STANDING

ROOT = Path(__file__).resolve().parents[2] / "dashboard"
PLACEHOLDER = re.compile(r"{(\w+)")


def test_both_catalogues_have_the_same_keys() -> None:
    only_zh = {
        key for key in catalogue("zh") if key.startswith(("finding.", "problem-note."))
    }  # the crawl tells them in English
    assert set(catalogue("zh")) - only_zh == set(catalogue("en"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_section_stands_in_two_files(language: str) -> None:
    files = [ROOT / "text" / f"{language}.toml", *sorted((ROOT / "text" / language).glob("*.toml"))]
    sections = [name for file in files for name in tomllib.loads(file.read_text("utf-8"))]
    assert len(files) > 1
    assert len(sections) == len(set(sections))


def test_every_kind_of_finding_is_told_in_chinese_with_the_values_it_has() -> None:
    told = {
        key.removeprefix("finding."): text for key, text in catalogue("zh").items() if key[:8] == "finding."
    }
    assert set(told) == set(KINDS) | STANDING
    for code, text in ((code, told[code]) for code in KINDS):
        assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(KINDS[code].sentence)), code


@pytest.mark.parametrize("key", sorted(set(catalogue("zh")) & set(catalogue("en"))))
def test_a_sentence_has_the_same_placeholders_in_both_languages(key: str) -> None:
    placeholders = [set(PLACEHOLDER.findall(catalogue(language)[key])) for language in ("zh", "en")]
    assert placeholders[0] - {"d", "weekday"} == placeholders[1] - {"d", "weekday"}


def test_every_key_the_pages_name_is_in_the_catalogue() -> None:
    files = [*ROOT.glob("*.py"), *ROOT.glob("app_pages/*.py")]
    named = {
        key
        for file in files
        for key in re.findall(r'say\((?:[a-z_.]+, )?"([^"{]+)"', file.read_text("utf-8"))
    }
    assert named, "the pattern found no key"
    assert named - set(catalogue("zh")) == set()


def test_one_document_is_not_documents() -> None:
    assert say("en", "listing.count", n="1") == "1 document"
    assert say("en", "listing.count", n="2") == "2 documents"


def test_the_address_wins_over_the_session_and_the_session_over_the_home() -> None:
    assert chosen_language("en", "zh", "zh") == "en"
    assert chosen_language(None, "en", "zh") == "en"
    assert chosen_language("klingon", None, "en") == "en"
    assert chosen_language(None, None, "xx") == "zh"
