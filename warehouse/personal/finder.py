"""Personal data of any text with their places: bodies, attached files, former versions, corrected texts.

Numbers count by form and check digit, or because the text calls them so; serials, codes and sums do not. An
address at a free provider is private unless a notice asks to send something there; in a letter every one is,
but for those at a government domain. In a letter accounts of messengers count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from warehouse.personal.dwelling import addressed_homes, find_dwellings
from warehouse.personal.english import english_places
from warehouse.personal.letters import is_letter
from warehouse.personal.mail import email_places
from warehouse.personal.numbers import Hit, names_beside, number_places
from warehouse.personal.person import find_names
from warehouse.personal.roster import numbered_cells
from warehouse.personal.signs import LONG, PlainSigns, Signs, plain_signs

MASK = "＊"
RULE = "personal-4"  # raise it when rules change what they answer: kept places are read anew then
_PASSPORT = re.compile(r"护照(?:号码|号|编号)?[为是]?\s?[：:]?\s?(?P<value>[A-Z]{1,2}\d{7,8})(?![\dA-Za-z])")
_ACCOUNT = re.compile(
    r"(?:微信(?:号码?)?|QQ(?:号码?)?)\s?[为是：:]?\s?(?P<value>[A-Za-z][\w-]{5,19}|[1-9]\d{5,10})(?![\w@.])",
    re.ASCII,
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


def find_personal(
    text: str,
    title: str = "",
    letter: bool | None = None,
    signs: Signs | None = None,
    language: str = "zh",
) -> list[Hit]:
    """(start, end, kind) of all personal data of a text, without overlaps, in order.

    `letter`: somebody wrote it to an office, so it is read more strictly; None: title and form tell.
    """
    known = signs or PlainSigns(text)
    hits = _english(text, bool(letter), known) if language == "en" else _chinese(text, title, letter, known)
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    found: list[Hit] = []
    for hit in hits:
        if not found or hit[0] >= found[-1][1]:
            found.append(hit)
    return found


def masked(text: str, places: Iterable[Hit]) -> str:
    """The text with these places replaced by as many full-width asterisks."""
    pieces, at = [], 0
    for start, end, _ in places:
        pieces += [text[at:start], MASK * (end - start)]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _english(text: str, letter: bool, signs: Signs) -> list[Hit]:
    return [*email_places(text, letter), *english_places(text, letter, signs)]


def _chinese(text: str, title: str, told: bool | None, signs: Signs) -> list[Hit]:
    letter = is_letter(text, title) if told is None else told
    numbers = signs.has("wide") or signs.has_run(LONG)
    plain = plain_signs(text) if numbers else text
    hits = [*email_places(plain, letter), *_called(plain, letter)]
    if numbers:
        found = list(number_places(plain))
        if "\t" in text:
            found += numbered_cells(plain)
        hits += [*found, *names_beside(plain, found)]
    if letter or _tells_of_somebody(text, signs):
        hits += [(start, end, "name") for start, end in find_names(plain, title, letter)]
        hits += [(start, end, "address") for start, end in find_dwellings(plain, letter)]
    if not letter and "地址" in text:
        hits += [(start, end, "address") for start, end in addressed_homes(plain)]
    return hits


def _tells_of_somebody(text: str, signs: Signs) -> bool:
    """One of the words stands in the text that lead to names and homes."""
    for sign, words in _SIGNS.items():
        if signs.has(sign) and words.search(text):
            return True
    return "市民" in text


def _called(text: str, letter: bool) -> Iterator[Hit]:
    """Passports anywhere and messenger accounts in letters, where the text calls them so."""
    if "护照" in text:
        yield from ((*found.span("value"), "passport") for found in _PASSPORT.finditer(text))
    if letter and ("微信" in text or "QQ" in text):
        yield from ((*found.span("value"), "account") for found in _ACCOUNT.finditer(text))
