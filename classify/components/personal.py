"""Personal data with their places: mobile and identity numbers, bank cards, private e-mail, names and homes.

Runs before every component that quotes sentences, so that no quoted sentence repeats what is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.dwelling import find_dwellings
from classify.components.person import find_names, is_letter
from classify.components.sentence import sentence_at
from classify.components.state import MOST_FACTS, Component, Findings, findings, mark
from warehouse.identity import digest
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact

MASK = "＊"
RULE = "personal-2"
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_SAID_IDENTITY = re.compile(
    r"(?:身份证(?:件)?(?:号码|号)?|公民身份号码|证件号码)[^\d\n]{0,8}(?P<value>[1-9]\d{5}(?:\d{8}\d{3}[\dXx]|\d{9}))(?![\dA-Za-z])"
)
_SIGNS = re.compile(  # without one of these words no text is read for names and homes: most laws and notices
    r"\t|身份证|公民身份|家庭住址|现住址|家住|现住|居住在|租住|[我，,]住|我[叫名家]|户籍|来[信电访]|写信|市民|网[友民]|村民[一-鿿]{2,3}[反来咨投]"
    r"|[人主]\s?[：:]\s?[一-鿿]|死者|伤者|[您你]好"
)
_CARD = re.compile(r"(?<!\d)(?:62|4\d|5[1-5]|35)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9._%+-])@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})")
_FREE = re.compile(
    r"(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|hotmail|outlook|live|aliyun|icloud|yahoo|wo|tom|21cn)\.",
    re.IGNORECASE,
)
_SENT_TO = re.compile(r"(?:[至到]|意见|报名)[^。，；\n]{0,14}$")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find_personal(text: str, title: str = "", letter: bool = False) -> list[tuple[int, int, str]]:
    """(start, end, kind) of all personal data of a text, without overlaps, in order.

    `letter`: somebody wrote it to an office (title or head may say so as well); it is read more strictly.
    """
    letter = letter or is_letter(text, title)
    hits = [*_identities(text), *_cards(text), *_mobiles(text), *_emails(text, letter)]
    if letter or _SIGNS.search(text) is not None:
        hits += [(start, end, "name") for start, end in find_names(text, title, letter)]
        hits += [(start, end, "address") for start, end in find_dwellings(text, letter)]
    hits.sort(key=_order)
    found: list[tuple[int, int, str]] = []
    for hit in hits:
        if not found or hit[0] >= found[-1][1]:
            found.append(hit)
    return found


def _order(hit: tuple[int, int, str]) -> tuple[int, int]:
    return hit[0], -hit[1]


def masked(text: str, places: list[tuple[int, int, str]]) -> str:
    """The text with these places replaced by as many full-width asterisks."""
    pieces, at = [], 0
    for start, end, _ in places:
        pieces += [text[at:start], MASK * (end - start)]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _mobiles(text: str) -> Iterator[tuple[int, int, str]]:
    return ((m.start(), m.end(), "mobile") for m in _MOBILE.finditer(text))


def _identities(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _IDENTITY.finditer(text):
        digits = found.group()
        total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
        if "10X98765432"[total % 11] == digits[17].upper():
            yield found.start(), found.end(), "identity"
    for found in _SAID_IDENTITY.finditer(text):
        yield *found.span("value"), "identity"


def _cards(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _CARD.finditer(text):
        digits = [int(sign) for sign in found.group() if sign.isdigit()]
        doubled = [
            (digit * 2 - 9 if digit > 4 else digit * 2) if index % 2 else digit
            for index, digit in enumerate(reversed(digits))
        ]
        if sum(doubled) % 10 == 0:
            yield found.start(), found.end(), "bank-card"


def _emails(text: str, letter: bool) -> Iterator[tuple[int, int, str]]:
    """E-mail addresses of persons: in a letter all but an office's, elsewhere those of free providers.

    An address to which a notice asks to send something is the office's own, whoever provides it.
    """
    for domain in _DOMAIN.finditer(text):
        local = _LOCAL.search(text, max(0, domain.start() - 64), domain.start())
        if local is None or _is_official(domain.group(1)):
            continue
        before = text[max(0, local.start() - 24) : local.start()]
        if letter or (_FREE.match(domain.group(1)) and not _SENT_TO.search(before)):
            yield local.start(), domain.end(), "email"


def _is_official(domain: str) -> bool:
    parts = domain.lower().split(".")
    return "gov" in parts or "gob" in parts or domain.lower().endswith(".example")


@Language.factory("gov_personal")
class PersonalDataFinder(Component):
    """Adds a fact `personal:<kind>` for each place; value and sentence are masked."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        text = doc.text
        places = find_personal(text, state.document.title, state.document.unit == "letter")
        if len(places) > MOST_FACTS:
            places = [*places[:MOST_FACTS], *_by_paragraph(places[MOST_FACTS:], state)]
        state.text = masked(text, places)
        document = state.document.document_id
        for start, end, kind in places:
            paragraph, inside = state.place(start)
            sentence = sentence_at(state.text, start, end)
            known = name_fact(document, f"personal:{kind}:{digest(text[start:end])}", sentence)
            state.facts.append(
                Fact(known, f"personal:{kind}", MASK * (end - start), sentence, paragraph, inside,
                     inside + end - start, RULE)
            )  # fmt: skip
        mark(doc, ((start, end, f"personal:{kind}") for start, end, kind in places[:MOST_FACTS]))
        return doc


def _by_paragraph(places: list[tuple[int, int, str]], state: Findings) -> list[tuple[int, int, str]]:
    """A table of personal data: from the first to the last hit of each paragraph as one place."""
    merged: dict[int, tuple[int, int, str]] = {}
    for start, end, kind in places:
        paragraph, _ = state.place(start)
        first = merged.get(paragraph, (start, end, kind))
        merged[paragraph] = (first[0], end, first[2])
    return list(merged.values())
