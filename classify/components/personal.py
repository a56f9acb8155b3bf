"""Personal data with their places: mobile, identity and passport numbers, cards, e-mail, names and homes.

Numbers count by form and check digit, or because the text calls them so; serials, codes and sums do not. An
address at a free provider is private unless a notice asks to send something there; in a letter every one is,
but for those at a government domain. In a letter accounts of messengers count too.

Runs before every component that quotes sentences, so that no quoted sentence repeats what is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from warehouse.personal.dwelling import find_dwellings
from warehouse.personal.person import find_names, is_letter
from classify.components.sentence import sentence_at
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from warehouse.identity import digest
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact

MASK = "＊"
RULE = "personal-3"
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_.=&%])(?:(?:\+|00)?86[ -]?)?1[3-9]\d"
    r"(?:[ -]?\d{4}[ -]?\d{4}|[ -]\d{3}[ -]\d{5})(?![\dA-Za-z_=])"
)
_SERIAL = re.compile(
    r"(?:第|字|编号|编码|证号|批号|单号|订单|流水号?|代码|序号|备案号|登记号|注册号|许可证号?|案号|No\.?)[为是]?\s?[：:]?\s?$"
)
_MEASURED = re.compile(r"\s?(?:号(?!码|段)|元|万|亿|吨|平方|立方|千瓦|公里|米|股|份|\.s?html?)")
_PASSPORT = re.compile(r"护照(?:号码|号|编号)?[为是]?\s?[：:]?\s?(?P<value>[A-Z]{1,2}\d{7,8})(?![\dA-Za-z])")
_ACCOUNT = re.compile(
    r"(?:微信(?:号码?)?|QQ(?:号码?)?)\s?[为是：:]\s?(?P<value>[A-Za-z][\w-]{5,19}|[1-9]\d{5,10})(?![\w@.])",
    re.ASCII,
)
_SAID_CARD = re.compile(
    r"(?:银行卡|储蓄卡|借记卡|信用卡|银行(?:账|帐))(?:号码|账号|帐号|号)[^\d\n]{0,8}"
    r"(?P<value>[1-9]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![\dA-Za-z])"
)
_WIDE = str.maketrans("０１２３４５６７８９＠", "0123456789@")
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_SAID_IDENTITY = re.compile(
    r"(?:身份证(?:件)?(?:号码|号)?|公民身份号码|证件号码)[^\d\n]{0,8}(?P<value>[1-9]\d{5}(?:\d{8}\d{3}[\dXx]|\d{9}))(?![\dA-Za-z])"
)
_SIGNS = {  # without one of these no text is read for names and homes: most laws and notices
    sign: re.compile(sign + words)
    for sign, words in {
        "\t": "", "身": "(?:份证|(?<=公民身)份)", "住": "(?:(?<=[家现租我，,]住)|(?<=居住)在|(?<=家庭住)址)",
        "我": "[叫名家]", "籍": "(?<=户籍)", "信": "(?<=[来写]信)", "电": "(?<=来电)", "访": "(?<=来访)",
        "友": "(?<=网友)", "网": "民", "村": "民", "死": "者", "伤": "者", "您": "好", "你": "好",
        "：": "(?:(?<=[人主]：)|(?<=人 ：))", ":": "(?<=[人主]:)",
    }.items()
}  # fmt: skip
LONG = 10
_LONG = re.compile(
    rf"\d[\d -]{{{LONG - 1}}}"
)  # what is shorter is no mobile, identity or card
_CARD = re.compile(r"(?<!\d)(?:62|4\d|5[1-5]|35)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9._%+-])@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})")
_FREE = re.compile(
    r"(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|hotmail|outlook|live|aliyun|icloud|yahoo|wo|tom|21cn)\.",
    re.IGNORECASE,
)
_SENT_TO = re.compile(r"(?:[至到]|意见|报名)[^。，；\n]{0,14}$")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find_personal(
    text: str, title: str = "", letter: bool = False, anchors: Anchors | None = None
) -> list[tuple[int, int, str]]:
    """(start, end, kind) of all personal data of a text, without overlaps, in order.

    `letter`: somebody wrote it to an office (title or head may say so as well); it is read more strictly.
    """
    anchors = anchors or Anchors(text)
    letter = letter or is_letter(text, title)
    wide = anchors.has("wide")
    plain = text.translate(_WIDE) if wide else text
    hits = [*_emails(plain, letter), *_called(plain, letter)]
    if (wide or anchors.has_run(LONG)) and _LONG.search(plain) is not None:
        hits += [*_identities(plain), *_cards(plain), *_mobiles(plain)]
    if letter or _tells_of_somebody(text, anchors):
        hits += [(start, end, "name") for start, end in find_names(text, title, letter)]
        hits += [(start, end, "address") for start, end in find_dwellings(text, letter)]
    hits.sort(key=_order)
    found: list[tuple[int, int, str]] = []
    for hit in hits:
        if not found or hit[0] >= found[-1][1]:
            found.append(hit)
    return found


def _tells_of_somebody(text: str, anchors: Anchors) -> bool:
    """One of the words stands in the text that lead to names and homes."""
    for sign, words in _SIGNS.items():
        if anchors.has(sign) and words.search(text):
            return True
    return "市民" in text


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
    for found in _MOBILE.finditer(text):
        if not (_is_serial(text, found.start()) or _MEASURED.match(text, found.end())):
            yield found.start(), found.end(), "mobile"


def _is_serial(text: str, start: int) -> bool:
    """The words before call the digits a serial, a code or an order."""
    return _SERIAL.search(text, max(0, start - 8), start) is not None


def _is_code(text: str, start: int) -> bool:
    """The words before name an organisation's code, which may pass for an identity number or a card."""
    return text.endswith(("代码", "代码：", "代码:", "编号：", "编号:", "编号"), max(0, start - 3), start)


def _called(text: str, letter: bool) -> Iterator[tuple[int, int, str]]:
    """Passports anywhere and messenger accounts in letters, where the text calls them so."""
    if "护照" in text:
        yield from ((*found.span("value"), "passport") for found in _PASSPORT.finditer(text))
    if letter and ("微信" in text or "QQ" in text):
        yield from ((*found.span("value"), "account") for found in _ACCOUNT.finditer(text))


def _identities(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _IDENTITY.finditer(text):
        digits = found.group()
        total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
        if "10X98765432"[total % 11] == digits[17].upper() and not _is_code(text, found.start()):
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
        if sum(doubled) % 10 == 0 and not _is_code(text, found.start()):
            yield found.start(), found.end(), "bank-card"
    if "卡" in text or "银行" in text:
        yield from ((*found.span("value"), "bank-card") for found in _SAID_CARD.finditer(text))


def _emails(text: str, letter: bool) -> Iterator[tuple[int, int, str]]:
    """E-mail addresses of persons: in a letter all but an office's, elsewhere those of free providers.

    An address to which a notice asks to send something is the office's own, whoever provides it.
    """
    for domain in _DOMAIN.finditer(text) if "@" in text else ():
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
        text = "\n".join(state.document.paragraphs)  # doc.text, without going through its tokens
        anchors = Anchors(text)
        places = find_personal(text, state.document.title, state.document.unit == "letter", anchors)
        if len(places) > MOST_FACTS:
            places = [*places[:MOST_FACTS], *_by_paragraph(places[MOST_FACTS:], state)]
        state.text = masked(text, places)
        if not places and len(text) <= MINED_CHARACTERS:
            state.anchors = anchors  # nothing was masked: the readers of facts start from the same places
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
