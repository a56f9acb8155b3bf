"""Days of force and lapse in characters, wide digits and other words."""

from __future__ import annotations

import pytest

from tests.classify.write import ISSUED, classified, document, source


def days(text: str) -> list[tuple[str, str]]:
    one = document("云河省养老办法", text, written=ISSUED, published=ISSUED)
    found = classified(one, source("XS-10")).facts
    return [(f.kind, f.value) for f in found if f.kind in ("effective", "expiry")]


@pytest.mark.parametrize(
    "text",
    [
        "本办法自二〇〇五年五月一日起施行。",
        "本办法自二○○五年五月一日起施行。",
        "本办法从2005年5月1日起施行。",
        "本办法于2005年5月1日起施行。",
        "本办法自２００５年５月１日起施行。",
        "本办法自2005-05-01起施行。",
        "本办法自2005年5月1日零时起实施。",
    ],
)
def test_the_day_of_force_in_every_dress(text: str) -> None:
    assert days(text) == [("effective", "2005-05-01")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("本办法自2025年1月1日起施行，试行期一年。", "2025-12-31"),
        ("本办法自2025年1月1日起施行，实施期限为三年。", "2027-12-31"),
        ("本通知自2025年1月1日起执行，执行期限为2025年1月1日至2027年12月31日。", "2027-12-31"),
        ("本办法自2025年1月1日起施行，有效期至2026年底。", "2026-12-31"),
        ("本办法自2025年1月1日起施行，有效期截止2026年12月31日。", "2026-12-31"),
        ("本办法自2025年1月1日起施行，2028年4月30日自行废止。", "2028-04-30"),
        ("本办法自2025年1月1日起施行，自2028年5月1日起自动失效。", "2028-04-30"),
    ],
)
def test_the_last_day_in_other_words(text: str, last: str) -> None:
    assert days(text) == [("effective", "2025-01-01"), ("expiry", last)]


def test_a_term_of_something_else_is_not_the_documents() -> None:
    assert days("试点单位的试行期一年。合同到期，2028年4月30日自动终止。") == []
