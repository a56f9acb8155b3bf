"""What other programs build on: each component alone, typed values, exact places, and what is saved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import load_model_from_config

from classify.components import COMPONENTS
from classify.components.extensions import label_of
from classify.components.state import blank, findings, make_doc
from classify.linear.features import Sample
from classify.linear.model import load_model
from classify.linear.packed import model_bytes, model_of
from classify.pipeline import STARTER, build_pipeline
from classify.rows import stored_of_row
from classify.teaching.mixed import mix
from warehouse.errors import UserError
from warehouse.records import Citation, Duty

ZH = """民政部关于加强养老服务的通知
民发〔2021〕11号
根据《中华人民共和国老年人权益保障法》和国发〔2019〕5号文件，制定本办法。
各省级民政部门应当于2027年6月30日前将方案报送民政部。各地应当每年公布名单。
到2025年，养老床位达到900万张，护理型床位占比不低于55%。
中央财政安排补助资金5亿元，用于养老机构建设。存在服务供给不足、设施不完善等突出问题。
本办法自2021年7月1日起施行，有效期5年。
联系单位：民政部养老服务司，联系人手机13812345678。"""
EN = """Housing benefit: notice to the public
The Secretary of Labor must submit a report to Congress by 30 June 2027. Executive Order 14028 applies.
This rule amends 40 CFR Part 52. The Department shall provide $5 million in grants.
This rule is effective July 1, 2027. Call Jane Roe, mobile 07700 900123, for help with health care."""
SPANS = {  # what each component marks, the words of the first of its marks
    ("zh", "gov_personal"): ("personal:mobile", "13812345678"),
    ("zh", "gov_number_facts"): ("number", "民发〔2021〕11号"),
    ("zh", "gov_citation"): ("citation:basis", "《中华人民共和国老年人权益保障法》"),
    ("zh", "gov_duty"): ("duty", "各省级民政部门应当于2027年6月30日前将方案报送民政部"),
    ("zh", "gov_target"): ("target", "养老床位达到900万张"),
    ("zh", "gov_money"): ("money:subsidy", "5亿元"),
    ("zh", "gov_contact"): ("contact", "民政部养老服务司"),
    ("zh", "gov_candidate"): ("problem", "存在服务供给不足、设施不完善等突出问题"),
    ("zh", "gov_validity"): ("effective", "自2021年7月1日起施行"),
    ("en", "gov_personal"): ("personal:mobile", "07700 900123"),
    ("en", "gov_citation"): ("citation:mentions", "Executive Order 14028"),
    ("en", "gov_duty"): ("duty", "The Secretary of Labor must submit a report to Congress by 30 June 2027"),
    ("en", "gov_candidate"): ("measure", "The Department shall provide $5 million in grants"),
    ("en", "gov_english"): ("money:funding", "$5 million"),
    ("en", "gov_validity"): ("effective", "is effective July 1, 2027"),
}
VALUES: dict[tuple[str, str], Any] = {  # what the others answer
    ("zh", "gov_number"): lambda doc: doc._.gov_number.normal == "民发〔2021〕11号",
    ("zh", "gov_kind"): lambda doc: doc._.gov_kind == "通知",
    ("zh", "gov_issuer"): lambda doc: doc._.gov_departments[0].code == "cn-mca",
    ("zh", "gov_topic"): lambda doc: doc._.gov_topics[0].code == "17-03",
    ("en", "gov_kind"): lambda doc: doc._.gov_kind == "notice",
    ("en", "gov_issuer"): lambda doc: doc._.gov_reasons[0].startswith("department:"),  # of no known country
    ("en", "gov_topic"): lambda doc: doc._.gov_topics,
}
CHINESE_ONLY = {"gov_number_facts", "gov_target", "gov_money", "gov_contact", "gov_candidate"}


def _makers() -> list[Any]:
    return [pytest.param(spacy.blank, id="spacy"), pytest.param(blank, id="ours")]


@pytest.mark.parametrize("make", _makers())
@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_works_alone_on_a_plain_text(name: str, make: Any) -> None:
    for language, text in (("zh", ZH), ("en", EN)):
        nlp: Language = make(language)
        nlp.add_pipe(name)
        doc = nlp(text)
        marked = SPANS.get((language, name))
        if marked is not None:
            places = [
                text[slice(*span._.gov_offsets)] for span in doc.spans["gov"] if span.label_ == marked[0]
            ]
            assert places[0] == marked[1], language
        elif (language, name) in VALUES:
            assert VALUES[language, name](doc), language
        else:  # a reader of the other language, or of what a bare English text has not: a published number
            assert name in CHINESE_ONLY | {"gov_english", "gov_number", "gov_told"}
            assert "gov" not in doc.spans


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline("zh", [STARTER])


def test_a_masked_text_is_what_later_components_quote(nlp: Language) -> None:
    doc = nlp(ZH)
    (mobile,) = (span for span in doc.spans["gov"] if span.label_ == "personal:mobile")
    assert doc.text[slice(*mobile._.gov_offsets)] == "13812345678"
    assert "13812345678" not in doc._.gov_text
    assert not any("13812345678" in fact.sentence + fact.value for fact in doc._.gov_facts)


def test_each_span_stands_for_one_record_at_its_exact_place(nlp: Language) -> None:
    doc = next(
        iter(nlp.pipe([make_doc(nlp.vocab, stored_of_row({"id": "1", "title": "通知", "text": ZH}, 1))]))
    )
    spans = list(doc.spans["gov"])
    starts = findings(doc).starts
    for span in spans:
        (one,) = span._.gov_facts
        begin = starts[one.paragraph]
        assert span._.gov_offsets == (begin + one.start, begin + one.end)
        assert label_of(one) == span.label_
        assert span._.gov_value
    records = (*doc._.gov_facts, *doc._.gov_citations, *doc._.gov_duties)
    assert len(spans) == len(records)
    by_label = {span.label_: span for span in reversed(spans)}
    assert by_label["citation:basis"]._.gov_value == "中华人民共和国老年人权益保障法"
    assert by_label["deadline"]._.gov_value == "2027-06-30"
    assert by_label["duty"]._.gov_facts[0].due == date(2027, 6, 30)


def test_any_other_span_tells_of_all_that_lies_in_it(nlp: Language) -> None:
    doc = nlp(ZH)
    whole, nothing = doc[:], Doc(nlp.vocab, words=["空"])[:]
    kinds = {type(one) for one in whole._.gov_facts}
    assert {Citation, Duty} <= kinds
    assert whole._.gov_offsets == (0, len(ZH))
    assert (nothing._.gov_facts, nothing._.gov_value, nothing.doc._.gov_duties) == ((), None, ())
    assert nothing.doc._.gov_number is None
    assert nothing.doc._.gov is None  # asking changed nothing


def _same(one: Doc, other: Doc) -> None:
    for name in (
        "number",
        "kind",
        "departments",
        "topics",
        "citations",
        "duties",
        "facts",
        "routes",
        "reasons",
        "text",
    ):
        assert getattr(one._, f"gov_{name}") == getattr(other._, f"gov_{name}"), name
    first, second = findings(one), findings(other)
    assert (first.stored, first.document, first.votes_of) == (
        second.stored, second.document, second.votes_of,
    )  # fmt: skip
    assert second.document is second.stored.document
    assert [span._.gov_facts for span in one.spans["gov"]] == [
        span._.gov_facts for span in other.spans["gov"]
    ]


def test_findings_travel_with_a_doc_as_bytes_in_a_bin_and_between_processes(nlp: Language) -> None:
    row = {"id": "1", "title": "民政部关于养老服务的通知", "text": ZH, "published": "2021-06-01"}
    doc = next(iter(nlp.pipe([make_doc(nlp.vocab, stored_of_row(row, 1))])))
    _same(doc, Doc(nlp.vocab).from_bytes(doc.to_bytes()))
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (unpacked,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    _same(doc, unpacked)
    made = [make_doc(nlp.vocab, stored_of_row(row, 1)), nlp.make_doc(ZH)]
    first, second = nlp.pipe(made, n_process=2, batch_size=1)
    _same(doc, first)
    assert second._.gov_citations == nlp(ZH)._.gov_citations


def test_a_pipeline_as_bytes_carries_its_model(nlp: Language) -> None:
    config = nlp.config.copy()
    for part in config["components"].values():
        if "model" in part:
            part["model"] = "/nowhere/any/more"
    other = load_model_from_config(config)
    title = "民政部关于加强养老服务的通知"
    assert other(title).cats == {}
    other.from_bytes(nlp.to_bytes())
    assert other(title).cats == nlp(title).cats != {}
    rules = build_pipeline("zh")
    assert rules.from_bytes(rules.to_bytes())(title)._.gov_topics


def test_a_taught_model_is_packed_with_both_parts_and_strange_bytes_are_refused() -> None:
    starter = load_model(STARTER)
    mixed = mix(starter, starter, 0.25, {"id": "m", "field": "topic", "scheme": "state-council", "votes": 0})
    samples = [Sample(title="民政部关于加强养老服务的通知")]
    assert (model_of(model_bytes(mixed)).predict(samples) == mixed.predict(samples)).all()
    strangers: list[Any] = [{"../card.json": b""}, {"seed/../card.json": b""}, {"card.json": "text"}, []]
    for strange in strangers:
        with pytest.raises(UserError, match="packed model"):
            model_of(srsly.msgpack_dumps(strange))
