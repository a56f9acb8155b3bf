"""The language of a text: by its words and signs, with the page's own word as evidence only."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from crawlers.extraction.language import LANGUAGES, detect, language_of, plain_code

TEXTS = {
    "zh-Hans": "各区县人民政府：为了进一步规范养老服务，现将有关事项通知如下。",
    "zh-Hant": "各區議會：為進一步規範長者服務，現將有關事項通知如下。",
    "en": "The council shall publish a list of all licences that it has granted during the year.",
    "de": "Die Behörde veröffentlicht jedes Jahr ein Verzeichnis der Genehmigungen, die sie erteilt hat.",
    "fr": "Le ministère publie chaque année la liste des autorisations qui ont été accordées aux communes.",
    "es": "El ministerio publicará cada año la lista de las licencias que se hayan concedido en la región.",
    "it": "Il ministero pubblica ogni anno l'elenco delle licenze che sono state concesse nella regione.",
    "pt": "O ministério publica todos os anos a lista das licenças que não foram concedidas na região.",
    "nl": "Het ministerie maakt elk jaar de lijst bekend van de vergunningen die zijn verleend.",
    "pl": "Urząd ogłasza co roku wykaz zezwoleń, które zostały wydane na podstawie ustawy.",
    "ru": "Министерство ежегодно публикует перечень выданных разрешений.",
    "ar": "تنشر الوزارة كل عام قائمة التراخيص التي منحتها للبلديات.",
    "ja": "市は、毎年、許可した事業者の一覧を公表しなければならない。",
    "ko": "시는 매년 허가한 사업자의 목록을 공표하여야 한다.",
    "hi": "मंत्रालय हर वर्ष उन अनुमतियों की सूची प्रकाशित करता है जो दी गई हैं।",
    "und": "Kommunen ska varje år offentliggöra en lista över de tillstånd som inte har beviljats.",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert detect(TEXTS[code]).code == code


@pytest.mark.parametrize(
    "text",
    [
        "Щороку міністерство оприлюднює перелік дозволів, які були видані.",
        "وزارتخانه هر سال فهرست پروانه‌های گوناگون را چاپ می‌کند.",
        "Cyhoeddir y rhestr gan y cyngor yn y gwanwyn ar gyfer pobl leol.",
    ],
)
def test_a_neighbour_of_a_language_is_not_taken_for_it(text: str) -> None:
    assert detect(text).code == "und"


@pytest.mark.parametrize("code", ["de", "fr", "zh-Hans", "en"])
@pytest.mark.parametrize("declared", ["en", "zh", "xx", "de-DE"])
def test_what_a_page_declares_does_not_overrule_its_text(code: str, declared: str) -> None:
    assert detect(TEXTS[code] * 2, declared).code == code


def test_what_a_page_declares_decides_where_the_text_says_little() -> None:
    assert detect("Plan 2031", "de").code == "de"
    assert detect("2031", "fr").by == "declared"
    assert detect("2031").code == "und"
    assert detect("中文", "zh-HK").code == "zh-Hant"
    assert detect("中文").code == "zh-Hans"
    assert detect("公告", "ja").code == "zh-Hans"  # no kana, nothing Japanese about it


def test_a_chinese_page_that_quotes_english_stays_chinese_and_the_other_way_round() -> None:
    assert detect(TEXTS["zh-Hans"] * 3 + "Lake Water Act 2031").code == "zh-Hans"
    assert detect(TEXTS["en"] * 3 + "（云河省）").code == "en"
    assert detect(TEXTS["zh-Hans"] * 3 + "（株式会社 のり）").code == "zh-Hans"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("zh-TW", "zh-Hant"), ("zh_CN", "zh-Hans"), ("en_GB", "en"), ("pt-BR", "pt"), ("tlh", "und"),
     (None, "und"), ("", "und"), ("ZH-hant-HK", "zh-Hant")],
)  # fmt: skip
def test_declared_tags_are_read(tag: str | None, code: str) -> None:
    assert plain_code(tag) == code


def test_a_document_is_stored_as_zh_or_with_its_own_code() -> None:
    assert language_of("关于养老服务的通知", (), "en") == "zh"
    assert language_of("關於長者服務的通知", (TEXTS["zh-Hant"],), None, "zh") == "zh-Hant"
    assert language_of("2031", (), None, "en") == "en"
    assert language_of("2031", (), None) == "und"


def test_long_and_odd_text_ends_soon() -> None:
    assert detect("a" * 2_000_000).code in LANGUAGES
    assert detect("\x00\ufffd" * 1000 + "”’" * 5000).code == "und"
    assert language_of("x" * 9000, ("y" * 100_000,) * 100, None, "en") in LANGUAGES


def test_the_recorded_documents_are_told_right(shared_data: Path) -> None:
    """Every tenth text: of Chinese none may be wrong, of English one in a hundred (Welsh ones among them)."""
    wrong: Counter[str] = Counter()
    for folder, right in (("zh", "zh-Hans"), ("en", "en")):
        with gzip.open(shared_data / folder / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % 40 == 0:
                    row = json.loads(line)
                    text = f"{row['title']}\n{row.get('text') or ''}"
                    wrong[folder] += detect(text[:1500]).code != right
    assert wrong["zh"] == 0
    assert wrong["en"] <= 10
