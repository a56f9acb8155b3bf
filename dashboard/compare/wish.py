"""What an address asks to compare: two to five regions or bodies, a subject, words of a measure, texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dashboard.frame import Frame, refuse
from warehouse.queries import compare, pages_overview, regions
from warehouse.queries.compare import MOST_SIDES, Kind

KINDS: tuple[Kind, ...] = ("region", "department")
FILLED_TO = 5  # sides in all, when fewer than two are asked for
LONGEST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """One comparison."""

    kind: Kind = "region"
    of: tuple[str, ...] = ()
    theme: str | None = None
    topic: str | None = None
    words: str = ""
    docs: tuple[str, ...] = ()  # whose texts are laid side by side, at most one a side
    filled: bool = False  # sides were put beside those asked for

    @property
    def about(self) -> tuple[str, str] | None:
        """The subject as queries take it."""
        if self.theme:
            return "theme", self.theme
        return ("topic", self.topic) if self.topic else None

    def parameters(self, **changes: Any) -> dict[str, object]:
        """The address parameters of this comparison with some parts changed."""
        wish = replace(self, **changes)
        return {
            "kind": wish.kind if wish.kind != "region" else None,
            "of": ",".join(wish.of) or None,
            "theme": wish.theme,
            "topic": wish.topic,
            "measure": wish.words or None,
            "docs": ",".join(wish.docs) or None,
        }


def read_wish(frame: Frame) -> Wish:
    """The comparison of the address; what names nothing is refused by name."""
    given = frame.parameters
    kind = given.get("kind") or "region"
    if kind not in KINDS:
        refuse(frame, "sides.unknown-kind", kind)
    of = _listed(given.get("of"))
    held = known_sides(frame, kind)
    for one in of:
        if one not in held:
            refuse(frame, "unknown.department" if kind == "department" else "regions.unknown", one)
    if len(of) > MOST_SIDES:
        refuse(frame, "sides.too-many", str(len(of)))
    theme, topic = given.get("theme") or None, given.get("topic") or None
    if theme and theme not in {row["theme_id"] for row in frame.read(pages_overview.themes, frame.today)}:
        refuse(frame, "unknown.theme", theme)
    if topic and topic not in frame.topic_names:
        refuse(frame, "unknown.topic", topic)
    words = " ".join((given.get("measure") or "").split())
    if len(words) > LONGEST_WORDS:
        refuse(frame, "sides.unknown-measure", words)
    return _filled(frame, Wish(kind, of, theme, None if theme else topic, words, _listed(given.get("docs"))))


def known_sides(frame: Frame, kind: Kind) -> dict[str, str]:
    """All that can be a side: key and name in the reader's language."""
    if kind == "region":
        return {row["region"]: frame.region_name(row["region"]) for row in frame.read(regions.regions)}
    rows = frame.read(pages_overview.departments)
    return {str(row["code"]): frame.named(row["name_zh"], row["name_en"]) for row in rows if row["code"]}


def _filled(frame: Frame, wish: Wish) -> Wish:
    """Beside fewer than two sides those that hold most on the subject; the home region first."""
    if len(wish.of) >= 2 or not (wish.of or wish.about):
        return wish
    held = [str(row["side"]) for row in frame.read(compare.sides_holding, wish.kind, wish.about)]
    if wish.kind == "department":
        known = known_sides(frame, "department")
        held = [one for one in held if one in known]
    home = frame.home.settings.place.region
    ordered = sorted(held, key=lambda one: one != home) if wish.kind == "region" else held
    sides = tuple(dict.fromkeys((*wish.of, *ordered)))[: max(FILLED_TO, len(wish.of))]
    return replace(wish, of=sides, filled=True)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in (text or "").split(",") if one.strip()))
