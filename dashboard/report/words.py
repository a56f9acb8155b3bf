"""The words around the documents of a report; how days, lists and quotations are said in each language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.briefing.model import Proof
from dashboard.report.model import plain


class Words:
    """One language's sentences with the names of codes; `say` fills one, the rest say common things."""

    def __init__(self, language: str, names: Iterable[tuple[str, str]] = (), timezone: str = "UTC") -> None:
        self.language = "en" if language == "en" else "zh"
        self._table = _table(self.language)
        self._names = dict(names)
        self._zone = ZoneInfo(timezone)

    def say(self, key: str, **values: object) -> str:
        """The sentence under `key`; values are cleaned of what no format can carry."""
        sentence = str(self._table[key])
        return sentence.format(**{name: plain(str(value)) for name, value in values.items()})

    def code(self, group: str, value: str) -> str:
        """What a code such as a validity is called; "" for one without a word."""
        return str(self._table[group].get(value, ""))

    def day(self, day: date | None) -> str:
        """A day as it is written in running text; "" for none."""
        if day is None:
            return ""
        return f"{day.year}年{day.month}月{day.day}日" if self.language == "zh" else f"{day:%Y-%m-%d}"

    def moment(self, moment: datetime | None) -> str:
        """An instant in the home's time zone, to the minute; a dash for none."""
        if moment is None:
            return "—"
        local = moment.astimezone(self._zone)
        return f"{self.day(local.date())}{'' if self.language == 'zh' else ' '}{local:%H:%M}"

    def listed(self, parts: Iterable[str | None]) -> str:
        """The parts that say something, one after the other."""
        return str(self._table["comma"]).join(part for part in map(plain, parts) if part)

    def beside(self, parts: Iterable[str]) -> str:
        """Several that are alike, such as the bearers of one duty."""
        return str(self._table["between"]).join(part for part in map(plain, parts) if part)

    def titled(self, title: str) -> str:
        """A document's title in marks; other marks where it holds such itself."""
        known = plain(title) or self.say("untitled")
        inside = str(self._table["titled"])[0] in known
        return self.say("titled_inside" if inside else "titled", title=known)

    def reason(self, reason: str) -> str:
        """Why a document is listed, codes by their names."""
        told = []
        for part in reason.split("; "):
            code, _, value = part.partition(":")
            template = self._table["reasons"].get(code)
            value = self._names.get(value, value).replace("\\", "/")
            told.append(str(template).format(value=plain(value)) if template else part)
        return self.listed(told)

    def proof(self, proof: Proof) -> str:
        """The words a line rests on, with their place."""
        if proof.paragraph is not None:
            where = self.say("paragraph", n=proof.paragraph + 1)
        else:
            where = self.say("in_title" if proof.where == "title" else "in_metadata")
        quoted = proof.sentence.replace("\\", "/") if proof.where == "published" else proof.sentence
        return self.say("quoted", sentence=quoted, where=where)


@cache
def _table(language: str) -> dict[str, Any]:
    text = (resources.files("dashboard") / "briefing" / "words.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[language])
