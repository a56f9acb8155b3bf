"""Mappings between schemes as data, and the candidates they give to documents of another scheme."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.taxonomy.load import load_taxonomy, packaged_schemes
from classify.taxonomy.mapping import Mapped, mapping, mapping_rows
from tests.classify.write import classified, document
from warehouse.errors import UserError


def test_every_row_joins_classes_that_exist() -> None:
    known = {name: load_taxonomy(name).by_code for name in packaged_schemes()}
    rows = mapping_rows()
    assert len(rows) > 120
    assert [row for row in rows if row.from_code not in known[row.from_scheme]] == []
    assert [row for row in rows if row.to_code not in known[row.to_scheme]] == []
    assert len({(row.from_code, row.to_code) for row in rows}) == len(rows)


@pytest.mark.parametrize("scheme", ["crs-policy-areas", "gov-uk-policies", "guangdong-service-themes"])
def test_every_class_but_other_is_mapped(scheme: str) -> None:
    mapped = mapping(scheme, "state-council")
    codes = {node.topic.code for node in load_taxonomy(scheme).nodes}
    assert codes - set(mapped) <= {"gd-other"}


def test_a_mapping_is_read_backwards_with_its_relation_turned() -> None:
    assert mapping("crs-policy-areas", "state-council")["crs-taxation"] == (Mapped("04-02", "exact"),)
    assert Mapped("crs-housing", "broader") not in mapping("crs-policy-areas", "state-council").values()
    back = mapping("state-council", "crs-policy-areas")
    assert Mapped("crs-taxation", "exact") in back["04-02"]
    assert Mapped("crs-housing", "broader") in back["10-02"]
    assert mapping("crs-policy-areas", "gov-uk-policies") == {}


def test_a_class_of_another_scheme_gives_a_candidate_that_names_the_mapping() -> None:
    one = document("关于有关事项办理指南的说明", topics=("知识产权",), topic_scheme="广东政务服务主题")
    first = classified(one).topics[0]
    assert (first.scheme, first.code, first.basis, first.score) == ("state-council", "11-03", "rule", 0.9)
    assert "知识产权 (guangdong-service-themes gd-ip) is exact: state-council 11-03" in {
        e.text for e in first.evidence if e.where == "mapping"
    }


def test_a_related_class_gives_no_candidate() -> None:
    one = document("关于有关事项办理指南的说明", topics=("准营准办",), topic_scheme="广东政务服务主题")
    labels = classified(one, use_model=False).topics
    assert all(e.where != "mapping" for label in labels for e in label.evidence)


def test_a_finer_class_of_ours_moves_up_with_the_mapping_as_evidence() -> None:
    one = document("医疗器械经营备案", topics=("医疗卫生",), topic_scheme="广东政务服务主题")
    first = classified(one, use_model=False).topics[0]
    assert first.code == "13-02"
    assert first.score >= 0.8
    assert {"title", "mapping"} <= {e.where for e in first.evidence}


def test_hidden_labels_give_no_candidate() -> None:
    one = document("说明", topics=("知识产权",), topic_scheme="广东政务服务主题")
    assert classified(one, hide_published=True, use_model=False).topics == ()


def test_an_english_document_with_a_policy_area_is_found_under_our_scheme() -> None:
    bill = document("A bill on levies", topics=("Taxation",), topic_scheme="CRS policy areas", language="en")
    assert classified(bill).topics[0].code == "04-02"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            '["a", "same", "b"]',
            r"own\.toml: mapping 1: .* is no row; write .* exact, narrower, broader, related",
        ),
        ('["a", "exact"]', r"mapping 1: \['a', 'exact'\] is no row"),
    ],
)
def test_a_row_that_does_not_fit_is_named(tmp_path: Path, rows: str, says: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f'[[mapping]]\nfrom = "one"\nto = "two"\nrows = [{rows}]\n', encoding="utf-8")
    with pytest.raises(UserError, match=says):
        mapping("one", "two", [file])


ABROAD = ("eurovoc", "cfr-titles", "gov-uk-topics", "india-sectors", "un-sdg", "world-bank-sectors")


@pytest.mark.parametrize("scheme", ABROAD)
def test_schemes_abroad_are_named_in_both_languages_and_mapped_where_it_is_sound(scheme: str) -> None:
    taxonomy = load_taxonomy(scheme)
    assert all(node.topic.name_zh and node.topic.name_en for node in taxonomy.nodes)
    assert not any(any("一" <= sign <= "鿿" for sign in node.topic.name_en) for node in taxonomy.nodes)
    mapped = mapping(scheme, "state-council")
    carrying = [code for code, classes in mapped.items() if any(one.carries for one in classes)]
    assert len(mapped) >= 0.85 * len(taxonomy.nodes)
    assert len(carrying) >= 0.4 * len(taxonomy.nodes)


def test_eurovoc_has_its_fields_and_microthesauri() -> None:
    levels = [node.topic.level for node in load_taxonomy("eurovoc").nodes]
    assert (levels.count(1), levels.count(2)) == (21, 127)
    assert len(load_taxonomy("cfr-titles").nodes) == 50


@pytest.mark.parametrize(
    ("home", "printed", "scheme", "code"),
    [
        ("EU", "5216 deterioration of the environment", "eurovoc", "10-03"),
        ("EU", "Taxation", "eurovoc", "04-02"),
        ("US", "40 CFR Part 52", "cfr-titles", "10"),
        ("US", "Taxation", "crs-policy-areas", "04-02"),
        ("UK", "Crime, justice and law", "gov-uk-topics", "16"),
        ("UK", "making-roads-safer", "gov-uk-policies", "16-01"),
        ("India", "Railways", "india-sectors", "07-09"),
        ("INT", "SDG 4", "un-sdg", "11-02"),
        ("INT", "Transportation", "world-bank-sectors", "07"),
    ],
)
def test_a_class_printed_without_its_scheme_is_read_in_those_of_its_country(
    home: str, printed: str, scheme: str, code: str
) -> None:
    one = document("A paper on some matter", topics=(printed,), language="en", jurisdiction=home)
    labels = [label for label in classified(one, use_model=False).topics if label.code == code]
    assert [label.basis for label in labels] == ["rule"]
    told = [e.text for e in labels[0].evidence if e.where == "mapping"]
    assert len(told) == 1
    assert told[0].startswith(f"{printed} ({scheme} ")


def test_what_no_scheme_of_the_country_knows_says_nothing() -> None:
    one = document("A paper on some matter", topics=("Railways",), language="en", jurisdiction="UK")
    labels = classified(one, use_model=False).topics
    assert all(e.where != "mapping" for label in labels for e in label.evidence)
