"""What can be asked of the basket with one click, each answered by a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.basket.range import Range, around, asked_range, trimmed
from dashboard.words import say
from warehouse.basket_check import check_basket, in_present
from warehouse.desk import Desk
from warehouse.desk.basket import BasketItem, Paper
from warehouse.passages import MOST_OF_EXCERPT, Passage, passage_of
from warehouse.publication import Publication
from warehouse.queries import pages_document
from warehouse.search.past import past_text

_LONGEST_NUMBER = 9


class Refused(Exception):
    """What was asked cannot be done; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One click: by whom, in which language, with what the button said."""

    publication: Publication
    desk: Desk
    fields: Mapping[str, str]
    language: str
    account: str

    def say(self, key: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(self.language, f"basket.{key}", **values)

    def number(self, name: str) -> int:
        """A whole number among the fields; Refused when it is missing or none."""
        value = self.fields.get(name, "")
        if not value.isdecimal() or len(value) > _LONGEST_NUMBER:
            raise Refused(self.say("no-number", name=name))
        return int(value)

    def item(self) -> BasketItem:
        """The item that is meant."""
        found = self.desk.basket.by_ids([self.number("item")])
        if not found:
            raise Refused(self.say("unknown-item", value=self.fields["item"]))
        return next(iter(found.values()))


def add(asked: Asked) -> str:
    """Keep a passage for the theme for which the reader collects."""
    row = pages_document.document(asked.publication, asked.fields.get("doc", ""))
    if row is None:
        raise Refused(asked.say("unknown-document"))
    if row["reuse"] == "link":
        raise Refused(asked.say("link-only"))
    passage = _passage(asked, row)
    if row["reuse"] == "excerpt" and len(passage.text) > MOST_OF_EXCERPT:
        raise Refused(asked.say("excerpt-only", most=MOST_OF_EXCERPT, n=len(passage.text)))
    basket = asked.desk.basket
    theme = basket.chosen(asked.account)
    folded = basket.has(theme, passage) is not None
    shown = asked.desk.overlay([row], asked.publication.created_at)[0]
    paper = Paper(
        shown["title"] or "", shown["department_name"] or shown["issuer"], shown["doc_number"],
        str(shown["published"]) if shown["published"] else None,
    )  # fmt: skip
    item = basket.add(theme, passage, paper.title, "", (), asked.account, paper)
    check_basket(asked.publication, asked.desk, item.item_id)
    return asked.say("folded" if folded else "kept", item=item.item_id, count=basket.count(theme))


def remove(asked: Asked) -> str:
    """Take an item out."""
    item = asked.desk.basket.remove(asked.number("item"), asked.account)
    return asked.say("removed", item=item.item_id)


def restore(asked: Asked) -> str:
    """Put a removed item back."""
    item = asked.desk.basket.restore(asked.number("item"), asked.account)
    return asked.say("restored", item=item.item_id)


def up(asked: Asked) -> str:
    """One place further up."""
    return _shifted(asked, -1)


def down(asked: Asked) -> str:
    """One place further down."""
    return _shifted(asked, 1)


def settle(asked: Asked) -> str:
    """Let the passage stand as it is, although something about its document changed."""
    item = asked.desk.basket.pins.settle(asked.number("item"), asked.account)
    return asked.say("settled", item=item.item_id)


def renew(asked: Asked) -> str:
    """Pin the same words in the present version of their document."""
    item = asked.item()
    there = in_present(asked.publication, item.passage)
    if there is None:
        raise Refused(asked.say("not-in-present"))
    asked.desk.basket.pins.renew(item.item_id, there, asked.account)
    check_basket(asked.publication, asked.desk, item.item_id)
    return asked.say("renewed", item=item.item_id, version=there.version_no)


def _shifted(asked: Asked, by: int) -> str:
    item = asked.item()
    names = [one.item_id for one in asked.desk.basket.items(item.theme)]
    if item.item_id not in names:
        raise Refused(asked.say("unknown-item", value=item.item_id))
    at = names.index(item.item_id)
    to = min(max(at + by, 0), len(names) - 1)
    names.insert(to, names.pop(at))
    asked.desk.basket.order(item.theme, names, asked.account)
    return asked.say("placed", item=item.item_id, place=to + 1)


def _passage(asked: Asked, row: Mapping[str, Any]) -> Passage:
    document_id, version = str(row["document_id"]), None
    if asked.fields.get("version"):
        version = asked.number("version")
    former = version is not None and version != row["version_no"]
    body = (
        past_text(asked.publication, document_id, version or 0)
        if former
        else asked.publication.body(document_id)
    )
    paragraph = asked.number("para") - 1
    if not 0 <= paragraph < len(body):
        raise Refused(asked.say("no-paragraph", asked=paragraph + 1, n=len(body)))
    most = MOST_OF_EXCERPT if row["reuse"] == "excerpt" else None
    start, end = _range(asked, body[paragraph], most)
    if start >= end:
        raise Refused(asked.say("no-words"))
    return passage_of(asked.publication, document_id, paragraph, start, end, version if former else None)


def _range(asked: Asked, line: str, most: int | None) -> Range:
    """The words that are meant: named by place, by themselves, by a search; else the whole paragraph."""
    at, words, query = (asked.fields.get(name, "") for name in ("at", "words", "query"))
    if at:
        place = asked_range(at)
        if place is None or place[1] > len(line):
            raise Refused(asked.say("no-range", value=at[:30]))
        return trimmed(line, *place)
    if words and words in line:
        start = line.index(words)
        return trimmed(line, start, start + len(words))
    if query:
        return around(line, query, most) if most else around(line, query)
    return around(line, "", most) if most else trimmed(line, 0, len(line))


ACTS: dict[str, Callable[[Asked], str]] = {
    "add": add, "remove": remove, "restore": restore, "up": up, "down": down, "settle": settle,
    "renew": renew,
}  # fmt: skip
