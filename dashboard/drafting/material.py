"""What a draft is filled from: the theme's briefing, saved searches, the basket, points left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.briefing.assemble import item_of
from dashboard.briefing.extras import Extras
from dashboard.briefing.model import Briefing, Item
from dashboard.briefing.subjects import find_subject
from dashboard.drafting.lines import is_whole
from dashboard.issuing.points import point_lines
from dashboard.report.files import briefing_of
from warehouse.desk import Desk
from warehouse.desk.basket.model import BasketItem
from warehouse.desk.searches import SavedSearch
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.briefing_items import items
from warehouse.queries.by_name import documents_by_name
from warehouse.search.every_hit import every_hit
from warehouse.summaries.period import period_summary

EXCERPT = 200  # characters of a document whose source allows excerpts only
_READ_HITS = 2000  # of a saved search, whose latest are told


@dataclass(slots=True)
class Material:
    """All that sections are filled from, read once for a draft; quotations keep to the sources' terms."""

    publication: Publication
    briefing: Briefing
    language: str
    desk: Desk | None = None
    account: str = ""
    searches: Sequence[SavedSearch] = ()
    basket: Sequence[BasketItem] = ()
    points: Sequence[str] = ()
    _terms: dict[str, str | None] = field(default_factory=dict)
    _quoted: dict[str, int] = field(default_factory=dict)

    @property
    def extras(self) -> Extras:
        """What the briefing tells beside its lists."""
        if self.briefing.extras is None:
            raise ValueError("a draft is filled from a whole briefing")
        return self.briefing.extras

    def may_quote(self, document_id: str, sentence: str) -> bool:
        """Whether a sentence is whole and its source's terms let it stand beside those quoted already."""
        if not is_whole(sentence):
            return False
        if document_id not in self._terms:
            column = "(select s.reuse from source s where s.source_id = d.source_id) as reuse"
            row = documents_by_name(self.publication, column, [document_id]).get(document_id)
            self._terms[document_id] = str(row["reuse"]) if row and row["reuse"] else None
        terms = self._terms[document_id]
        so_far = self._quoted.get(document_id, 0) + len(sentence)
        if terms == "link" or (terms == "excerpt" and so_far > EXCERPT):
            return False
        self._quoted[document_id] = so_far
        return True

    def telling(self, document_id: str) -> str | None:
        """The sentence that says most of a document; None where its source or its text gives none."""
        said = period_summary(self.publication, [document_id], self.language)
        return said[0].text if said and self.may_quote(document_id, said[0].text) else None

    def hits(self, saved: SavedSearch, most: int) -> list[Item]:
        """The latest documents of the period that a saved search finds; UserError when it cannot be run."""
        if saved.asked is None:
            raise UserError(saved.wrong or "")
        filters = {
            name: value for name, value in saved.asked.keywords().items() if name not in ("order", "versions")
        }
        since, until = self.briefing.since, self.briefing.today
        filters["since"] = max(since, filters.get("since") or since)
        filters["until"] = min(until, filters.get("until") or until)
        found = list(every_hit(self.publication, saved.asked.query, **filters))
        days = documents_by_name(self.publication, "d.published", found[:_READ_HITS])
        latest = sorted(days, key=lambda one: (days[one]["published"] or date.min, one), reverse=True)[:most]
        return [item_of(row) for row in items(self.publication, [{"document_id": one} for one in latest])]

    def named(self, search: str) -> SavedSearch:
        """The saved search that a template names; a UserError when this account sees none of that name."""
        if self.desk is None:
            raise UserError(f"There is no saved search named '{search}'.")
        return self.desk.searches.find(search, self.account)


def gathered(
    home: Home, publication: Publication, desk: Desk, *, theme: str, since: date, until: date,
    language: str, account: str, searches: Sequence[int] = (), series: str = "",
) -> Material:  # fmt: skip
    """Read everything a draft on a theme can be filled from; UserError for an unknown theme or search."""
    subject = find_subject(publication, theme, ("theme",))
    return Material(
        publication,
        briefing_of(home, publication, subject, since, until, language),
        language,
        desk,
        account,
        tuple(desk.searches.get(number, account) for number in searches),
        tuple(one for one in desk.basket.items(subject.key) if not one.removed),
        tuple(point_lines(desk, series, language)) if series else (),
    )
