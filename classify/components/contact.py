"""The unit to turn to, as a notice names it; the person's name behind it is never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language

from classify.components.anchors import Anchors
from classify.components.mined import FactReader

_LABEL = re.compile(
    r"(?:联系单位|联系部门|联系处室|联系机构|承办单位|承办处室|承办部门|咨询单位|咨询部门"
    r"|咨询机构|联系人(?:及联系方式|及电话|和联系方式)?|联系方式|联系地址)[ \u3000]?[：:]\s{0,2}"
)
_UNIT = re.compile(
    r"[一-鿿（）]{2,30}(?:部|司|局|处(?!长)|办公室|中心|厅|委员会|委|科(?!长)|室(?!主任)"
    r"|院|站|署|所(?!长)|支队|总队|大队|公司|协会|办|股)(?![长员])"
)
_PERSON = re.compile(r"(?:先生|女士|同志|老师|主任|处长|科长)")


def contact_units(text: str, anchors: Anchors) -> Iterator[tuple[int, int, str]]:
    """(start, end, unit) behind each label for a contact."""
    for place in anchors.at("contact"):
        label = _LABEL.match(text, place)
        if label is None:
            continue
        unit = _UNIT.match(text, label.end(), label.end() + 40)
        if unit is not None and not _PERSON.search(unit.group()):
            yield unit.start(), unit.end(), unit.group()


@Language.factory("gov_contact")
class ContactReader(FactReader):
    """Adds a fact `contact` for each unit that the text names as the one to turn to."""

    rule = "contact-1"

    def found(self, text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of each."""
        return ((start, end, "contact", unit) for start, end, unit in contact_units(text, anchors))
