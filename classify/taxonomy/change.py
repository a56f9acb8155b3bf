"""What one version of a topic scheme has that another has not: classes, names, terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from classify.taxonomy.load import Node, Taxonomy
from classify.taxonomy.old_names import KeptName, kept_names


@dataclass(frozen=True, slots=True)
class ClassChange:
    """A class that was added, removed or renamed; `before` and `after` are its full names."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A class that takes over others (its `replaces`)."""

    code: str
    name: str
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term or English word that a class gained, lost, or that went from one class to another."""

    term: str
    before: str | None  # code of the class that had it
    after: str | None  # code of the class that has it


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """Everything by which `after` differs from `before`, in the order of the schemes."""

    scheme: str
    before: str  # versions
    after: str
    added: tuple[ClassChange, ...]
    removed: tuple[ClassChange, ...]  # without a class that takes them over
    renamed: tuple[ClassChange, ...]
    merged: tuple[Merge, ...]
    moved_terms: tuple[TermChange, ...]
    added_terms: tuple[TermChange, ...]
    removed_terms: tuple[TermChange, ...]
    changed_notes: tuple[str, ...]  # codes
    kept_names: tuple[KeptName, ...] = ()  # old printed names that publication writes into their classes

    @property
    def labels_stay(self) -> bool:
        """Whether nothing changed that can move a document."""
        return self.before == self.after


def scheme_change(old: Taxonomy | None, new: Taxonomy) -> SchemeChange:
    """The difference of two versions of one scheme; with no old one everything is added."""
    before = old.by_code if old else {}
    merged = tuple(
        Merge(node.topic.code, node.topic.path, taken)
        for node in new.nodes
        if (taken := tuple(code for code in node.replaces if code in before and code not in new.by_code))
    )
    gone = {code for one in merged for code in one.replaced}
    terms = list(_term_changes(before, new.by_code))
    return SchemeChange(
        scheme=new.scheme,
        before=old.version if old else "",
        after=new.version,
        added=tuple(
            ClassChange(code, "", node.topic.path) for code, node in new.by_code.items() if code not in before
        ),
        removed=tuple(
            ClassChange(code, node.topic.path, "")
            for code, node in before.items()
            if code not in new.by_code and code not in gone
        ),
        renamed=tuple(_renamed(before, new.by_code)),
        merged=merged,
        moved_terms=tuple(one for one in terms if one.before and one.after),
        added_terms=tuple(one for one in terms if not one.before),
        removed_terms=tuple(one for one in terms if not one.after),
        changed_notes=tuple(
            code
            for code, node in new.by_code.items()
            if code in before and _notes(node) != _notes(before[code])
        ),
        kept_names=kept_names(old, new),
    )


def _renamed(before: dict[str, Node], after: dict[str, Node]) -> Iterator[ClassChange]:
    for code, node in after.items():
        if code in before:
            old, new = before[code].topic, node.topic
            if (old.path, old.name_en) != (new.path, new.name_en):
                yield ClassChange(code, f"{old.path} ({old.name_en})", f"{new.path} ({new.name_en})")


def _term_changes(before: dict[str, Node], after: dict[str, Node]) -> Iterator[TermChange]:
    """Terms lost and gained; one that a class lost and another of the same level gained has moved."""
    lost = [(term, code) for code, node in before.items() for term in _lost(node, after.get(code))]
    gained = [(term, code) for code, node in after.items() for term in _lost(node, before.get(code))]
    for term, code in lost:
        level = before[code].topic.level
        taker = next((one for one in gained if one[0] == term and after[one[1]].topic.level == level), None)
        if taker is not None:
            gained.remove(taker)
        yield TermChange(term, code, taker[1] if taker else None)
    for term, code in gained:
        yield TermChange(term, None, code)


def _lost(node: Node, other: Node | None) -> list[str]:
    """Words of the node that the other one has not."""
    kept = _words(other) if other else {}
    return [word for word in _words(node) if word not in kept]


def _words(node: Node) -> dict[str, float]:
    return {**dict(node.terms), **dict(node.english)}


def _notes(node: Node) -> tuple[str, str]:
    return node.note_zh, node.note_en
