"""What bodies, topics, sources and other values are called in a publication, read once and kept with it."""

from __future__ import annotations

import difflib
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import ReferenceType, WeakKeyDictionary, ref

from warehouse.queries.lineage import family_of
from warehouse.queries.reading import Published
from warehouse.search.language import KNOWN_VALUES, code_of, plain
from warehouse.search.problems import SearchProblem

_MOST_BODIES = 5_000  # held bodies that a name's beginning may stand for
_LONGEST = 60  # characters of a wrong value that a message repeats
_COMPARED = 4000  # names that a wrong one is compared with

_BODIES = """
select code, name_zh, name_en, short from body
union all
select distinct coalesce(department_code, department_name), department_name, null, null
from document
where coalesce(department_code, department_name) is not null
union all
select distinct code, name, null, null
from label
where field = 'department' and code not in (select code from body)
"""
_HELD = """
select distinct coalesce(department_code, department_name) as code from document
where coalesce(department_code, department_name) is not null
union
select distinct code from label where field = 'department'
"""
_TOPICS = """
select code, level, path, name_zh, name_en from topic_class
union all
select code, 3, any_value(name), null, null
from label
where field = 'topic' and given and code not in (select code from topic_class)
group by code
order by 2, 1
"""
_SOURCES = "select source_id, name_zh, name_en, reuse from source"
_VALUES = {
    "level": "select level as value from document union select level from source",
    "region": "select region as value from document union select region from source",
    "source": "select source_id as value from document union select source_id from source",
    "doc_type": "select distinct doc_type as value from document",
    "language": "select distinct language as value from document",
}
_COLUMN_SAID = {"doc_type": "Kind", "has_attachment": "Attachment"}


@dataclass(slots=True)
class Names:
    """The names of one publication."""

    _held: ReferenceType[Published]
    _kept: dict[str, Any] = field(default_factory=dict)

    @property
    def publication(self) -> Published:
        """The publication these names belong to; whoever asks for a name holds it."""
        publication = self._held()
        assert publication is not None
        return publication

    def departments(self, value: str, *, place: int | None = None) -> list[str]:
        """The index keys of a body given by code, full name, English name or short form, with its lineage.

        Lineage: those it was made of and those that took its place, as `queries.lineage.family_of` has them.
        """
        wanted = value.strip()
        by_name = self._bodies_by_name()
        codes: Sequence[str] = by_name.get(plain(wanted), ())
        if not codes and wanted.endswith(("*", "＊")):
            codes = self._beginning_with(wanted[:-1], place)
        if not codes:
            names = {row["name_zh"] for row in self._rows(_BODIES) if row["name_zh"]}
            raise _unknown("Department", "department", wanted, names, place)
        return sorted({member for code in codes for member in self.family(code)})

    def _beginning_with(self, beginning: str, place: int | None) -> Sequence[str]:
        """Every held body with such a name, and those with one whose lineage is held; none is left out.

        One whose name fits stands for those that hold nothing.
        """
        start = plain(beginning)
        if not start:
            raise SearchProblem(
                "A department's name needs a beginning before *.", "no-beginning", **_placed(place)
            )
        named = {
            code for name, codes in self._bodies_by_name().items() if name.startswith(start) for code in codes
        }
        held = {row["code"] for row in self._rows(_HELD)}
        found = sorted(code for code in named if not held.isdisjoint(self.family(code)))
        if len(found) > _MOST_BODIES:
            raise SearchProblem(
                f"{len(found):,} departments begin with '{beginning.strip()}'; write more of the name.",
                "many-departments", **_placed(place), value=beginning.strip(), n=len(found),
            )  # fmt: skip
        return found or sorted(named)[:1]

    def family(self, code: str) -> tuple[str, ...]:
        """The body and its lineage."""
        families: dict[str, tuple[str, ...]] = self._kept.setdefault("families", {})
        if code not in families:
            older_and_newer = family_of(self.publication, code) if self.has_lineage(code) else ()
            families[code] = tuple(dict.fromkeys((code, *older_and_newer)))
        return families[code]

    def bodies_called(self, written: str) -> tuple[str, ...]:
        """The bodies whose whole name, short name or code this is; none for other words."""
        return tuple(self._bodies_by_name().get(plain(written), ()))

    def topic(self, value: str, *, place: int | None = None) -> str:
        """The code of a topic given by code, name or path (levels joined by a backslash or a slash)."""
        wanted = value.strip()
        called = plain(wanted)
        path = called.replace("/", "\\").replace("＼", "\\").strip("\\")
        rows = self._rows(_TOPICS)
        exact = [row for row in rows if called == plain(row["code"])] or [
            row
            for row in rows
            if row["path"] and "\\" in row["path"] and plain(row["path"]) in (path, called)
        ]
        candidates = exact or [
            row
            for row in rows
            if called in [plain(name) for name in (row["path"], row["name_zh"], row["name_en"]) if name]
        ]
        if len({row["code"] for row in candidates}) > 1:
            paths = "; ".join(f"{row['code']} {row['path']}" for row in candidates[:5])
            raise SearchProblem(
                f"Topic '{wanted}' stands for several classes; give a code or path: {paths}.",
                "several-topics",
                **_placed(place),
                value=wanted,
                paths=paths,
            )
        if not candidates:
            names = {name for row in rows for name in (row["name_zh"], row["path"]) if name}
            raise _unknown("Topic", "topic", wanted, names, place)
        return str(candidates[0]["code"])

    def values(self, name: str, value: str, *, place: int | None = None) -> tuple[str, ...]:
        """The values of level, region, source, doc_type, validity, language or has_attachment that are meant,
        as indexed: one, or several that differ in case, width or script alone.
        """
        wanted = code_of(name, value)
        known = self._values(name)
        found = tuple(sorted(one for one in known if plain(one) == plain(wanted)))
        if not found and name == "source":
            called = [
                row["source_id"]
                for row in self._rows(_SOURCES)
                if plain(wanted) in [plain(one) for one in (row["name_zh"], row["name_en"]) if one]
            ]
            found = tuple(called[:1])
        if not found:
            said = _COLUMN_SAID.get(name, name.capitalize())
            raise _unknown(said, name, value.strip(), known, place)
        return found

    def facet_names(self, facet: str) -> Mapping[str, str]:
        """Code to name for a facet whose codes are not names themselves."""
        called: dict[str, dict[str, str]] = self._kept.setdefault("facets", {})
        if facet not in called:
            called[facet] = self._called(facet)
        return called[facet]

    def _called(self, facet: str) -> dict[str, str]:
        if facet == "department":
            return {row["code"]: row["name_zh"] for row in reversed(self._rows(_BODIES)) if row["name_zh"]}
        if facet == "source":
            return {row["source_id"]: row["name_zh"] for row in self._rows(_SOURCES) if row["name_zh"]}
        if facet in ("topic", "topic2"):
            return self._topic_names(first=facet == "topic")
        return {}

    def shows_text(self, source_id: str) -> bool:
        """Whether the publisher lets its documents' text be shown."""
        if "reuse" not in self._kept:
            self._kept["reuse"] = {row["source_id"]: row["reuse"] for row in self._rows(_SOURCES)}
        return bool(self._kept["reuse"].get(source_id) != "link")

    def lineage(self) -> Mapping[str, set[str]]:
        """Which bodies pass on as a whole to which: before to after."""
        if "steps" not in self._kept:
            steps = defaultdict(set)
            for row in self.publication.rows(
                "select before_code, after_code from body_step where kind <> 'functions'"
            ):
                steps[row["before_code"]].add(row["after_code"])
            self._kept["steps"] = dict(steps)
        found: dict[str, set[str]] = self._kept["steps"]
        return found

    def has_lineage(self, code: str) -> bool:
        """Whether anything is known of what the body was or became, so that its family need be asked for."""
        if "with_steps" not in self._kept:
            after = {later for passed in self.lineage().values() for later in passed}
            self._kept["with_steps"] = after | self.lineage().keys()
        return code in self._kept["with_steps"]

    def _topic_names(self, *, first: bool) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self._rows(_TOPICS):
            code, path = str(row["code"]), str(row["path"] or row["name_zh"] or row["code"])
            if not first:
                names.setdefault(code, path)
            elif row["level"] == 1:
                names[code] = str(row["name_zh"] or path)
            else:
                names.setdefault(code.split("-")[0], path.split("\\")[0])
        return names

    def _bodies_by_name(self) -> dict[str, list[str]]:
        if "bodies" not in self._kept:
            found: dict[str, list[str]] = defaultdict(list)
            for row in self._rows(_BODIES):
                for name in {row["code"], row["name_zh"], row["name_en"], row["short"]}:
                    if name and row["code"] not in found[plain(name)]:
                        found[plain(name)].append(row["code"])
            self._kept["bodies"] = dict(found)
        bodies: dict[str, list[str]] = self._kept["bodies"]
        return bodies

    def _values(self, name: str) -> set[str]:
        if name not in _VALUES:
            return set(KNOWN_VALUES[name])
        held = {str(row["value"]) for row in self._rows(_VALUES[name]) if row["value"]}
        return held | set(KNOWN_VALUES.get(name, ()))

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        if sql not in self._kept:
            self._kept[sql] = self.publication.rows(sql)
        rows: list[dict[str, Any]] = self._kept[sql]
        return rows


def names_of(publication: Published) -> Names:
    """The names of a publication, one reading for all threads as long as somebody holds the publication."""
    with _LOCK:
        found = _KEPT.get(publication)
        if found is None:
            found = _KEPT[publication] = Names(ref(publication))
        return found


def _unknown(said: str, kind: str, wanted: str, names: Iterable[str], place: int | None) -> SearchProblem:
    wanted = wanted if len(wanted) <= _LONGEST else wanted[:_LONGEST] + "…"
    at = f" at character {place}" if place else ""
    told = f"{said} '{wanted}'{at} is not known here; {_nearest(wanted, names)}"
    return SearchProblem(told, kind, **_placed(place), value=wanted)


def _placed(place: int | None) -> dict[str, object]:
    return {} if place is None else {"place": place}


def _nearest(wanted: str, names: Iterable[str]) -> str:
    known = sorted(set(names))
    alike = [name for name in known if set(wanted) & set(name)][:_COMPARED]
    near = (
        difflib.get_close_matches(wanted, alike, n=3, cutoff=0.4)
        or [name for name in known if wanted in name][:3]
    )
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known are {', '.join(known[:8])}." if known else "nothing of that kind is published yet."


_LOCK = threading.Lock()
_KEPT: WeakKeyDictionary[Published, Names] = WeakKeyDictionary()
