"""What a check of a home or a backup found, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.archive.verify import Fault


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    code: str
    subject: str  # the file, table or document it is about
    detail: str
    remedy: str
    usable: bool = True  # False: the store as a whole cannot be used


@dataclass(frozen=True, slots=True)
class Checked:
    """What `verify` looked at and found."""

    checked: int  # captures whose record was read
    bytes: int
    faults: tuple[Fault, ...]
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 whole; 3 something is missing or differs; 4 a store or all of the archive cannot be used."""
        lost = self.checked > 0 and len(self.faults) == self.checked
        if lost or any(not one.usable for one in self.findings):
            return 4
        return 3 if self.faults or self.findings else 0
