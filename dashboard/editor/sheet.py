"""One look at one draft: what its page, its panels and its answers are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.drafting.grammar import parse
from dashboard.drafting.lines import spoken_day
from dashboard.drafting.model import Draft as Parsed
from dashboard.drafting.model import Mark
from dashboard.drafting.templates import Template, templates
from dashboard.words import say
from warehouse.desk import Desk
from warehouse.desk.basket.model import BasketItem
from warehouse.desk.drafts.model import Draft
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.subjects import subject_names


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference of the text stands for."""

    told: str  # the source line; why there is none
    document_id: str | None
    paragraph: int | None  # from 0
    known: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft with one text of it (the head, or what somebody is typing), for one reader."""

    home: Home
    publication: Publication
    desk: Desk
    draft: Draft
    text: str
    language: str  # of the page; the draft has its own
    account: str
    token: str

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue in the reader's language."""
        return say(self.language, key, **values)

    def local(self, at: datetime, pattern: str = "%Y-%m-%d %H:%M") -> str:
        """An instant at the library."""
        return at.astimezone(ZoneInfo(self.home.settings.place.timezone)).strftime(pattern)

    def theme_name(self) -> str:
        """The draft's theme by its name in the reader's language; one that somebody typed as it stands."""
        key = self.draft.theme
        found = (one for one in subject_names(self.publication) if (one.kind, one.key) == ("theme", key))
        names = [(one.name_en or one.name_zh) if self.language == "en" else one.name_zh for one in found]
        return names[0] if names else key

    def person(self, account: str) -> str:
        """Who did something, by the name that others see."""
        return self.desk.accounts.shown_name(account)

    def signed_in(self) -> str:
        """Who looks, by the name that others see; nothing where the product has one user."""
        return "" if self.home.settings.accounts.mode == "single" else self.person(self.account)

    def author(self) -> str:
        """Who began the draft, by the name that others see."""
        return self.person(self.draft.account)

    @property
    def spoken(self) -> str | None:
        """The language that addresses must name; None where it is the home's."""
        return self.language if self.language != self.home.settings.place.language else None

    def address(self, tail: str = "", query: str = "") -> str:
        """An address of this draft's editor."""
        told = "&".join(one for one in (query, f"lang={self.spoken}" if self.spoken else "") if one)
        return f"/desk/drafts/{self.draft.draft_id}{tail}" + (f"?{told}" if told else "")

    def parsed(self) -> Parsed:
        """The blocks of the text."""
        return parse(self.text)

    def template(self) -> Template | None:
        """The draft's template; None when it is there no more."""
        return templates(self.home).get(self.draft.template)

    def items(self, parsed: Parsed) -> dict[int, BasketItem]:
        """The basket items that the text names."""
        return self.desk.basket.by_ids({int(one.key) for one in parsed.marks() if one.kind == "evidence"})

    def sources(self, parsed: Parsed) -> dict[Mark, Source]:
        """What each reference of the text stands for."""
        held = self.items(parsed)
        named = {one.key for one in parsed.marks() if one.kind == "document"}
        columns = "d.title, d.issuer, d.department_name, d.doc_number, d.published"
        rows = documents_by_name(self.publication, columns, named)
        found: dict[Mark, Source] = {}
        for mark in parsed.marks():
            item = held.get(int(mark.key)) if mark.kind == "evidence" else None
            found[mark] = self._of_item(item) if mark.kind == "evidence" else self._of_row(rows, mark.key)
        return found

    def _of_item(self, item: BasketItem | None) -> Source:
        if item is None:
            return Source(self.say("editor.no-item"), None, None, False)
        told = (item.title, item.issuer, item.number, item.issued_on)
        words = self.say("word.comma").join(one for one in told if one)
        warned = self.say("editor.attention") + words if item.state == "attention" or item.removed else words
        passage = item.passage
        return Source(warned, passage.document_id, passage.paragraph, item.state == "held")

    def _of_row(self, rows: Mapping[str, Mapping[str, Any]], document_id: str) -> Source:
        row = rows.get(document_id)
        if row is None:
            return Source(self.say("editor.no-document"), None, None, False)
        day = spoken_day(self.language, row["published"])
        told = (row["title"], row["department_name"] or row["issuer"], row["doc_number"], day)
        return Source(self.say("word.comma").join(str(one) for one in told if one), document_id, None, True)
