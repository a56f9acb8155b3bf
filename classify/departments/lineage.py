"""What became of bodies: each reform as steps with day and basis, followed forwards and backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from classify.strict import check_keys
from warehouse.errors import UserError

KINDS = ("renamed", "merged", "split", "name-kept", "functions")
SUCCESSION = frozenset({"renamed", "merged", "split", "name-kept"})  # the whole body passes on
Way = Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a reform: from these bodies to those, on a day, by an act."""

    kind: str  # one of KINDS; `functions`: the givers go on, part of their work moves
    before: tuple[str, ...]
    after: tuple[str, ...]
    day: date
    basis: str
    what: str = ""  # which functions moved


@dataclass(frozen=True, slots=True)
class Link:
    """A body that another leads to, the step that leads there and how many steps away it is."""

    code: str
    step: Step
    distance: int
    whole: bool = True  # the body itself passed on; false where only part of its work led here


@dataclass(frozen=True, slots=True)
class Descent:
    """Where a body came from and what became of it, nearest first, functions included."""

    predecessors: tuple[Link, ...]
    successors: tuple[Link, ...]


class Lineage:
    """All steps, asked by the code of a body."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = tuple(sorted(steps, key=lambda step: step.day))
        self._out: dict[str, list[Step]] = defaultdict(list)
        self._in: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            for code in step.before:
                self._out[code].append(step)
            for code in step.after:
                self._in[code].append(step)

    def tells_of(self, code: str) -> bool:
        """Whether a step begins or ends at this body."""
        return code in self._out or code in self._in

    def descent(self, code: str) -> Descent:
        """Predecessors and successors of a body, transitively; both empty for one that never changed."""
        return Descent(tuple(self._links(code, "before")), tuple(self._links(code, "after")))

    def successors(self, code: str) -> tuple[str, ...]:
        """The bodies that took its place at once, in the order of the files."""
        taken = (step for step in self._out.get(code, ()) if step.kind in SUCCESSION)
        return tuple(dict.fromkeys(one for step in taken for one in step.after))

    def neighbours(self, code: str, *, backwards: bool) -> tuple[str, ...]:
        """Those that took its place at once, or those it was made of."""
        if not backwards:
            return self.successors(code)
        made = (step for step in self._in.get(code, ()) if step.kind in SUCCESSION)
        return tuple(dict.fromkeys(one for step in made for one in step.before))

    def family(self, code: str) -> frozenset[str]:
        """The body, those it was made of and those that took its place: what a search for it should find."""
        ways: tuple[Way, Way] = ("before", "after")
        links = (link for way in ways for link in self._links(code, way, functions=False))
        return frozenset({code, *(link.code for link in links)})

    def _links(self, code: str, way: Way, functions: bool = True) -> Iterator[Link]:
        """Breadth first, never back in time; work that moved goes on with the body that received it."""
        waiting: list[tuple[str, date | None, bool, int]] = [(code, None, functions, 1)]
        seen = {code}
        whole = {link.code for link in self._links(code, way, False)} if functions else set()
        while waiting:
            at, day, with_functions, distance = waiting.pop(0)
            for step in (self._out if way == "after" else self._in).get(at, ()):
                moved = step.kind == "functions"
                if (moved and not with_functions) or not _in_order(day, step.day, way):
                    continue
                for other in step.after if way == "after" else step.before:
                    if other in seen:
                        continue
                    seen.add(other)
                    yield Link(other, step, distance, other in whole or not functions)
                    if way == "after" or not moved:  # of a giver's own past nothing came along
                        waiting.append((other, step.day, with_functions and not moved, distance + 1))


def _in_order(day: date | None, then: date, way: Way) -> bool:
    return day is None or (then >= day if way == "after" else then <= day)


def read_steps(file: str, raw: Mapping[str, Any], codes: frozenset[str]) -> list[Step]:
    """The steps of a file; a UserError names the step whose kind, basis or body nobody knows."""
    found = []
    for item in raw.get("steps", ()):
        where = f"{file}: step {item!r}"
        check_keys(where, item, {"kind": str, "from": list, "to": list, "basis": str}, {"what": str})
        basis = raw.get("basis", {}).get(item["basis"])
        if basis is None:
            raise UserError(f"{where}: the basis '{item['basis']}' stands nowhere in the file.")
        check_keys(f"{file}: basis {item['basis']}", basis, {"date": date, "act": str}, {})
        if item["kind"] not in KINDS:
            raise UserError(f"{where}: the kind is one of {', '.join(KINDS)}.")
        unknown = [code for code in (*item["from"], *item["to"]) if code not in codes]
        if unknown:
            raise UserError(f"{where}: '{unknown[0]}' is the code of no body.")
        found.append(
            Step(
                item["kind"], tuple(item["from"]), tuple(item["to"]), basis["date"], basis["act"],
                item.get("what", ""),
            )
        )  # fmt: skip
    return found
