"""The sentence that names some words is found in either language and script, with its exact place."""

from __future__ import annotations

import pytest

from warehouse.queries.naming import sentences_naming

TOLD = "甲县尚未建立台账；"
MEAL = "Sec. 5 names a Meal Service."
CASES = {
    "half a sentence": (f"各县要排查。{TOLD}乙县已建立台账！", "台账", [TOLD, "乙县已建立台账！"]),
    "a quotation ends with its mark": ("会议要求“建立台账。”随后散会。", "台账", ["会议要求“建立台账。”"]),
    "traditional script": ("各縣應當建立臺賬。", "台账", ["各縣應當建立臺賬。"]),
    "an abbreviation ends nothing": (f"{MEAL} It starts at 3.5 percent.", "meal service", [MEAL]),
    "not there": ("各县要排查。", "台账", []),
}


@pytest.mark.parametrize(("text", "words", "found"), CASES.values(), ids=CASES)
def test_sentences_naming_words(text: str, words: str, found: list[str]) -> None:
    told = list(sentences_naming(["", f"  {text}"], words))
    assert [one.text for one in told] == found
    assert all(f"  {text}"[one.start : one.end] == one.text and one.paragraph == 1 for one in told)
