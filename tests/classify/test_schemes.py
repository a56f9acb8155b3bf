"""Schemes beside the State Council's: packaged, chosen by a setting, brought by the home."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classify.pipeline import ClassifierPipeline, build_classifier, vocabulary
from classify.rows import classify_rows
from classify.taxonomy.choice import chosen_schemes
from classify.taxonomy.load import load_taxonomy, packaged_schemes
from tests.classify.write import document
from tests.warehouse.make import make_home
from warehouse.errors import UserError
from warehouse.home import SETTINGS_FILE, Classifying, Home, read_settings
from warehouse.records import Classification, Document, StoredDocument

SHELF = 'scheme = "shelf"\nname_zh = "书架"\nname_en = "Shelf"\n'
SILVER = '[[class]]\ncode = "a"\nname_zh = "银发"\nname_en = "Silver"\nstrong = ["养老"]\n'


def home_with(tmp_path: Path, *schemes: str) -> Home:
    home = make_home(tmp_path)
    return replace(home, settings=replace(home.settings, classify=Classifying(schemes)))


def own_scheme(home: Home, text: str, name: str = "shelf") -> Path:
    home.taxonomies.mkdir(exist_ok=True)
    file = home.taxonomies / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def answer(classifier: ClassifierPipeline, one: Document) -> Classification:
    return next(classifier.classify([StoredDocument(one, "rea", None)]))


def test_eleven_schemes_are_packaged_and_those_with_seed_words_have_notes() -> None:
    sizes = {name: len(load_taxonomy(name).nodes) for name in packaged_schemes()}
    taught = {
        "state-council": 143,
        "crs-policy-areas": 34,
        "digital-gov-tags": 50,
        "gov-uk-policies": 37,
        "guangdong-service-themes": 35,
    }
    read = {  # only what publishers print in them is read
        "eurovoc": 148,
        "cfr-titles": 50,
        "gov-uk-topics": 21,
        "india-sectors": 53,
        "un-sdg": 17,
        "world-bank-sectors": 11,
    }
    assert sizes == taught | read
    for name in taught:
        nodes = load_taxonomy(name).nodes
        assert all(node.topic.name_zh and node.topic.name_en and node.note_zh for node in nodes)
        assert all(node.note_en for node in nodes if node.topic.parent is None)


@pytest.mark.parametrize("name", ["crs-policy-areas", "gov-uk-policies", "digital-gov-tags"])
def test_every_class_of_an_english_scheme_has_seed_words(name: str) -> None:
    nodes = load_taxonomy(name).nodes
    assert all(len(node.english) >= 9 and node.terms for node in nodes)
    assert all(term == term.lower() for node in nodes for term, _ in node.english)


def test_the_state_council_scheme_has_seed_words_in_both_languages() -> None:
    nodes = load_taxonomy().nodes
    assert all(len(node.english) >= 15 for node in nodes if node.topic.parent is None)
    assert all(len(node.terms) >= 4 for node in nodes)


def test_codes_of_packaged_schemes_never_clash() -> None:
    codes = [node.topic.code for name in packaged_schemes() for node in load_taxonomy(name).nodes]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("scheme", "printed", "code"),
    [
        ("crs-policy-areas", "Armed forces and national security", "crs-armed-forces"),
        ("gov-uk-policies", "reducing-co2-and-other-emissions-from-transport", "uk-transport-emissions"),
        ("gov-uk-policies", "rail-speed-rail", "uk-high-speed-rail"),
        ("guangdong-service-themes", "社会保障（社会保险、社会救助）", "gd-social-security"),
        ("digital-gov-tags", "Product-and-project-management", "dg-product-and-project-management"),
        ("digital-gov-tags", "artificial intelligence", "dg-artificial-intelligence"),
    ],
)
def test_printed_classes_of_other_schemes_are_known(scheme: str, printed: str, code: str) -> None:
    assert load_taxonomy(scheme).code_of(printed) == code


def test_an_unknown_scheme_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="scheme 'dewey' is unknown; packaged are state-council, cfr"):
        load_taxonomy("dewey")
    with pytest.raises(UserError, match=r"\[classify\] schemes names 'dewey'"):
        chosen_schemes(home_with(tmp_path, "dewey"))


def test_a_version_changes_with_terms_but_not_with_notes(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    file = own_scheme(home, SHELF + SILVER)
    before = load_taxonomy(file).version
    file.write_text(SHELF + SILVER + 'note_zh = "收养老，不收儿童。"\n', encoding="utf-8")
    assert (load_taxonomy(file).version, load_taxonomy(file).nodes[0].note_zh[:1]) == (before, "收")
    file.write_text(SHELF + SILVER.replace("养老", "敬老"), encoding="utf-8")
    assert load_taxonomy(file).version != before


def test_chosen_schemes_label_in_their_order_and_nothing_else_does(tmp_path: Path) -> None:
    home = home_with(tmp_path, "crs-policy-areas", "state-council")
    own_scheme(home, SHELF + SILVER)
    bill = document("A bill to amend the Immigration and Nationality Act on visas", language="en")
    given = answer(build_classifier(home), bill).topics
    assert [label.scheme for label in given][:1] == ["crs-policy-areas"]
    assert {label.scheme for label in given} == {"crs-policy-areas", "state-council"}
    assert given[0].code == "crs-immigration"


def test_a_home_may_do_without_the_state_council_scheme(tmp_path: Path) -> None:
    home = home_with(tmp_path, "guangdong-service-themes")
    classifier = build_classifier(home)
    given = answer(classifier, document("养老服务与护照签注"))
    assert {label.scheme for label in given.topics} == {"guangdong-service-themes"}
    assert classifier.classifier.taxonomy.startswith("guangdong-service-themes-")
    classes, _ = vocabulary(schemes=classifier.schemes)
    assert len(classes) == 35


def test_the_sites_own_class_stands_beside_ours(tmp_path: Path) -> None:
    home = home_with(tmp_path, "state-council", "guangdong-service-themes")
    one = document("护照签发", topics=("出境入境",), topic_scheme="广东政务服务主题")
    given = answer(build_classifier(home), one).topics
    assert (given[0].scheme, given[0].code) == ("state-council", "16-01")
    assert ("gd-exit-entry", "published") in {(label.code, label.basis) for label in given}


def test_a_homes_version_of_a_packaged_scheme_takes_its_place(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    packaged = packaged_schemes()["state-council"].read_text(encoding="utf-8")
    mine = (
        packaged
        + '\n[[class]]\ncode = "23"\nname_zh = "机关食堂"\nname_en = "Canteens"\nstrong = ["机关食堂"]\n'
    )
    own_scheme(home, mine, "state-council")
    classifier = build_classifier(home)
    best = answer(classifier, document("关于机关食堂开放机关食堂的通知")).topics
    assert "23" in {label.code for label in best}
    assert classifier.classifier.classifier_id != build_classifier().classifier.classifier_id


def test_rows_of_a_file_are_put_into_the_schemes_named() -> None:
    row = {"id": "x", "title": "A bill to amend the Clean Air Act on greenhouse gas", "lang": "en"}
    (answered,) = classify_rows([row], schemes=["crs-policy-areas", "state-council"])
    assert answered["topic"][0]["code"] == "crs-environment"
    assert "10" in {label["code"][:2] for label in answered["topic"]}
    with pytest.raises(UserError, match="scheme 'dewey' is unknown"):
        list(classify_rows([row], schemes=["dewey"]))


def test_two_files_of_one_scheme_are_named(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    own_scheme(home, SHELF + SILVER, "one")
    own_scheme(home, SHELF + SILVER, "two")
    with pytest.raises(UserError, match=r"two\.toml: the scheme 'shelf' stands in one\.toml too"):
        chosen_schemes(home)


@pytest.mark.parametrize("value", ['"state-council"', "[1]", '["a", "a"]'])
def test_the_setting_is_a_list_of_names(tmp_path: Path, value: str) -> None:
    file = tmp_path / SETTINGS_FILE
    file.write_text(f"[classify]\nschemes = {value}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"\[classify\] schemes"):
        read_settings(file)


def test_hyphens_in_names_of_classes_make_no_levels_unless_the_scheme_says_so(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    two = '[[class]]\ncode = "a-b"\nname_zh = "乙"\nname_en = "B"\n'
    file = own_scheme(home, SHELF + SILVER + two)
    assert load_taxonomy(file).parents["a-b"] == "a"
    file.write_text(SHELF + "levels = 1\n" + SILVER + two, encoding="utf-8")
    assert load_taxonomy(file).parents["a-b"] is None
    file.write_text(SHELF + SILVER + two.replace("a-b", "b") + 'parent = "z"\n', encoding="utf-8")
    with pytest.raises(UserError, match="first-level class 'z' must come before it"):
        load_taxonomy(file)
