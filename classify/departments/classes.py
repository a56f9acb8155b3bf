"""Classes of bodies: every civil affairs bureau of a province's cities, every department of a government.

A class has the code `all:KIND:LEVEL:PLACE`. KIND is a key of kinds.toml or `department` (every office of the
government); LEVEL is national, provincial, municipal, county, township or any; PLACE is the jurisdiction in
or below which the offices lie.
"""

from __future__ import annotations

from dataclasses import dataclass

from classify.departments.places import Kind, Place

PREFIX = "all:"
ANY = "any"
DEPARTMENT = "department"
GOVERNMENT = "government"
_EACH = {
    "provincial": "各省（自治区、直辖市）", "municipal": "各市（州）",
    "county": "各县（市、区）", "any": "各级",
}  # fmt: skip
_OWN = {"national": "", "provincial": "省级", "municipal": "市级", "county": "县级", "any": "各级"}
_FORMS = {"provincial": "province", "municipal": "city", "county": "county"}


@dataclass(frozen=True, slots=True)
class BodyClass:
    """One class of bodies."""

    kind: str
    level: str
    place: str

    @property
    def code(self) -> str:
        """The class as routing writes it."""
        return f"{PREFIX}{self.kind}:{self.level}:{self.place}"

    def name(self, kind: Kind | None, place: Place | None) -> str:
        """What the class is called: 云河省各市（州）民政局, 石桥县各乡镇（街道）."""
        where = place.name if place is not None else "全国"
        if self.kind == DEPARTMENT:
            near = place is not None and place.body_level == self.level
            return f"{where}{'' if near else _OWN.get(self.level, '')}各部门"
        if self.level == "township":
            return f"{where}各乡镇（街道）"
        form = kind.form(_FORMS.get(self.level, "county")) if kind is not None else self.kind
        if self.level == ANY and form.endswith(("厅", "局")):
            form = f"{form[:-1]}部门"
        return f"{where}{_EACH.get(self.level, '各级')}{form}"


def class_of(code: str) -> BodyClass | None:
    """The class that a code means; None for the code of a body."""
    parts = code.removeprefix(PREFIX).split(":")
    return BodyClass(*parts) if code.startswith(PREFIX) and len(parts) == 3 else None
