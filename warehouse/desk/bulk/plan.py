"""What a change of many documents would do to each: looked at before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from warehouse.desk.values import CLASS_FIELDS, checked
from warehouse.errors import UserError
from warehouse.records import Correction

MOST = 200  # documents of one act: as many as a person can look through before she saves
FIELDS = (*CLASS_FIELDS, "doc_type", "issuer", "published", "written")  # what several documents can share
State = Literal["change", "same", "person", "refused"]
Reason = Literal["", "no-class", "withdrawn", "gone"]


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a plan: what it says, what it would say, and what becomes of it."""

    document_id: str
    title: str
    old: Any
    new: Any
    state: State
    reason: Reason = ""  # of those refused
    held: int | None = None  # the person's correction that the plan saw
    account: str = ""  # who said it


@dataclass(frozen=True, slots=True)
class Plan:
    """A change of one field of several documents."""

    field: str
    value: Any  # None: what each document says is confirmed
    lines: tuple[Line, ...]

    def of(self, state: State) -> tuple[Line, ...]:
        """The lines of one state, in their order."""
        return tuple(one for one in self.lines if one.state == state)

    def kept(self, over_people: bool = False) -> tuple[Line, ...]:
        """The lines that an act would keep; `over_people`: also where a person has said otherwise."""
        states = ("change", "person") if over_people else ("change",)
        return tuple(one for one in self.lines if one.state in states)


def planned(
    rows: Iterable[Mapping[str, Any]], held: Mapping[str, Correction], field: str, value: Any
) -> Plan:
    """What saving `value` would do to document rows as lists show them; None confirms what each says.

    `held`: by document the person's correction of this field that holds. A UserError when there are more
    than MOST documents, or when the value is none for the field.
    """
    if field not in FIELDS:
        raise UserError(f"'{field}' is not changed for many at once; choose one of {', '.join(FIELDS)}.")
    if value is None and field not in CLASS_FIELDS:
        raise UserError(f"{field}: only classes are confirmed as they are; give a value.")
    kept = None if value is None else checked(field, value)
    lines = tuple(_line(row, held.get(str(row["document_id"])), field, kept) for row in rows)
    if len(lines) > MOST:
        raise UserError(f"{len(lines)} documents are too many for one act; at most {MOST} are changed.")
    return Plan(field, kept, lines)


def said(row: Mapping[str, Any], field: str) -> Any:
    """The value of a document row as a correction keeps it; None where it has none."""
    if field in CLASS_FIELDS:
        name = row["department_name"] if field == "department" else row["topic_path"]
        return {"code": row[f"{field}_code"], "name": name or ""} if row[f"{field}_code"] else None
    value = row[field]
    return value.isoformat() if isinstance(value, date) else value


def alike(field: str, one: Any, other: Any) -> bool:
    """Whether two values mean the same: the code alone counts of a class, whose printed name may differ."""
    if field in CLASS_FIELDS and isinstance(one, Mapping) and isinstance(other, Mapping):
        return bool(one["code"] == other["code"])
    return bool(one == other)


def newest_of(log: Sequence[Correction], field: str) -> Correction | None:
    """The correction of a field that holds in a document's log."""
    return next((one for one in reversed(log) if one.field == field and one.undone_at is None), None)


def _line(row: Mapping[str, Any], held: Correction | None, field: str, value: Any) -> Line:
    old = said(row, field)
    new = old if value is None else value
    state, reason = _state(row, held, field, old, value)
    number, account = (held.correction_id, held.account) if held else (None, "")
    return Line(
        str(row["document_id"]), str(row["title"] or ""), old, new, state, reason, number, account
    )  # fmt: skip


def _state(
    row: Mapping[str, Any], held: Correction | None, field: str, old: Any, value: Any
) -> tuple[State, Reason]:
    if row.get("status") == "withdrawn":
        return "refused", "withdrawn"
    if value is None and old is None:
        return "refused", "no-class"
    if held is not None:
        same = value is None or alike(field, held.value, value)
        return ("same" if same else "person"), ""
    return ("same" if value is not None and alike(field, old, value) else "change"), ""
