"""Reads whom a phrase of an official text means: one body, several, or a class of bodies.

市教育局 in a paper of 澜江市 is that city's bureau, in one of the province every city's; 各市（州）民政局、
医保局 are two classes; 县级以上人民政府 are governments of all levels. What stands above the issuer is taken
upwards.
"""

from __future__ import annotations

import re
from datetime import date

from classify.departments.authority import Authority
from classify.departments.beginnings import PLACE, PLACES, beginnings
from classify.departments.classes import ANY, GOVERNMENT
from classify.departments.levels import EACH, TOKEN, Scope, scope_at
from classify.departments.meant import Meanings, Meant, Standing, meant_body
from classify.departments.offices import OfficeWords
from classify.departments.places import Place

_SIGN = {
    "省": "provincial", "自治区": "provincial", "市": "municipal", "州": "municipal", "县": "county",
    "区": "county", "旗": "county",
}  # fmt: skip
_DEPARTMENTS = re.compile(
    r"(?P<at>省|自治区|市|州|县|区|旗)(?:直(?:机关)?|级)?(?:人民政府|政府)?(?:直属)?(?:各|有关|相关)"
    r"(?:有关|工作|直属|组成|职能|级)*(?:部门|单位|机构|委办局|委、办、局)(?:、各?直属(?:机构|单位))?(?:办公室)?"
)
_MINISTRIES = re.compile(r"国务院各部委(?:、各直属机构)?|中央和国家机关各部门")
_NEXT = re.compile(r"(?:、|或者?|和(?!谐|平)|与|及(?!时)|以及|会同|，会同|商)(?=[^，。；\n]{2})")
_TOWN_OFFICE = re.compile(r"人民政府|政府|办事处|[一-鿿]{2,6}?(?:办公室|站所)")
_LED = re.compile(r"由|请|各?所在地?|其中|属地")
_ENDED = re.compile(r"(?:等(?:有关)?(?:部门|单位)?|（[^（）]*）)?")
# What is in no county's name: 并报市人民政府, 受委托的区人民政府, 水源保护区人民政府, 省辖市人民政府.
_NO_COUNTY = re.compile(
    r"[由请的将把为向经并被到在报送是指取需所其先列]|或者|应当|可以|会同|鼓励|完成|参加|委托|条件|统筹|必要|依法|分别|审议"
    r"|[市县区][和与及或]|(?:保护|集聚|控制|养殖|责任|开发|合作|功能分|保育|重建|居住|生活|小|勘查|经济特|地|自治)区|(?:省?辖|单列)市"
)
_PLACE_ENDS = re.compile(r"$|[、，,；;：:\s]|和|及|以及|会同")
_LIST_NEXT = re.compile(r"[、，,；;\s]*(?:和|及|以及)?")
_LINE_NEXT = re.compile(r"[、，,；;\s]")


class Addressees:
    """Reads phrases of the texts of one standing."""

    def __init__(self, known: Authority, words: OfficeWords, standing: Standing, on: date | None) -> None:
        self._known, self._words, self._on = known, words, on
        self.standing = standing
        self._home = standing.place.jurisdiction if standing.place is not None else None
        self._phrases: dict[str, list[Meant]] = {}
        self._means, self._beginnings = Meanings(known, words, standing), beginnings(known, words)

    def line(self, text: str, start: int, end: int) -> list[Meant]:
        """Everybody named in a line of recipients, such as 各市（州）民政局，省直各单位."""
        found: list[Meant] = []
        at = start
        while at < end:
            meant, behind = self.read(text, at, bare=True, line=True)
            meant = [one for one in meant if one.end <= end]
            found += meant
            if not meant:
                following = _LINE_NEXT.search(text, at, end)
                behind = following.end() if following else end
            at = max(behind, at + 1)
            skipped = _LIST_NEXT.match(text, at, end)
            at = skipped.end() if skipped else at
        return found

    def whole(self, phrase: str) -> list[Meant]:
        """Whom a phrase means that names nobody else; [] when it says more than is understood."""
        if phrase not in self._phrases:  # a document says who has to act in the same words again and again
            self._phrases[phrase] = self._whole(phrase)
        return self._phrases[phrase]

    def _whole(self, phrase: str) -> list[Meant]:
        begin = _LED.match(phrase)
        start = begin.end() if begin else 0
        if not self.may_name(phrase, start, True):
            return []
        meant, end = self.read(phrase, start, bare=True, line=True)
        return meant if meant and _ENDED.fullmatch(phrase, end) else []

    def may_name(self, text: str, at: int, asked: bool) -> bool:
        """Whether a clause may name somebody from `at` on; False is sure. `asked`: behind 由 or 请."""
        return self._beginnings.at(text, at, asked)

    def read(
        self, text: str, start: int, *, bare: bool = False, line: bool = False
    ) -> tuple[list[Meant], int]:
        """Who is named from `start` on, one after another (甲局、乙局会同丙局), and where the last name ends.

        `bare`: a place alone (各县) stands for its government; in a `line` of names nothing follows it.
        """
        found: list[Meant] = []
        at, end, scope = start, start, None
        while True:
            meant, behind, scope = self._one(text, at, scope, bare)
            if not meant or (line and meant[-1].said == "place" and not _PLACE_ENDS.match(text, behind)):
                return found, end
            found += meant
            end = behind
            following = _NEXT.match(text, end)
            if following is None:
                return found, end
            at = following.end()

    # -- one name

    def _one(
        self, text: str, at: int, before: Scope | Place | None, bare: bool
    ) -> tuple[list[Meant], int, Scope | Place | None]:
        departments = self._departments(text, at)
        if departments is not None:
            return [departments], departments.end, None
        listed = self._listed_places(text, at)
        if listed:
            return listed, listed[-1].end, None
        if before is not None:
            inherited = self._without_place(text, at, before)
            if inherited[0]:
                return inherited
        scope = scope_at(text, at, lambda place: self._names_other(text, place))
        if scope is None or not (scope.each or scope.up or len(scope.levels) > 1):
            named = self._named(text, at)
            if named is not None:
                return [named], named.end, self._known.place(self._jurisdiction(named.code))
        if scope is not None:
            found = self._offices(text, at, scope, bare)
            if found:
                return found, found[-1].end, scope
        alone = self._without_place(text, at, None)
        government = self._government_of(text, at) if bare and not alone[0] else []
        return (government, government[0].end, None) if government else alone

    def _names_other(self, text: str, at: int) -> bool:
        """Whether a body's own name begins here; 区县人民政府 is none of a county called 区."""
        named = self._known.named_at(text, at, self._home, self._on)
        return named is not None and not named.body.code.startswith("county-")

    def _without_place(
        self, text: str, at: int, before: Scope | Place | None
    ) -> tuple[list[Meant], int, Scope | Place | None]:
        """医保局 behind 各市（州）民政局, 教育局 behind 市公安局, 民政部门 where no place was named."""
        office = self._words.at(text, at)
        if office is None:
            return [], at, None
        if isinstance(before, Scope):
            return self._means.offices(office.kinds, before, at, office.end), office.end, before
        if before is not None:
            bodies = [self._known.office(before.jurisdiction, kind) for kind in office.kinds]
            return [meant_body(one, at, office.end) for one in bodies if one], office.end, before
        charged = self._words.charged(text, at)
        if charged is None:
            return [], at, None
        levels = Scope((ANY,), True, True, at, False)
        return self._means.offices(charged.kinds, levels, at, charged.end, "loose"), charged.end, None

    def _government_of(self, text: str, at: int) -> list[Meant]:
        """由榆川县协助: a place by its name stands for its government."""
        place = PLACE.match(text, at)
        named = self._known.named_at(f"{place[0]}人民政府", 0, self._home) if place is not None else None
        if place is None or named is None or named.end < len(place[0]):
            return []
        if named.body.code.startswith("county-") and _NO_COUNTY.search(place[0]):
            return []
        return [meant_body(named.body, at, place.end(), "place")]

    def _departments(self, text: str, at: int) -> Meant | None:
        national = _MINISTRIES.match(text, at)
        if national is not None:
            return self._means.ministries(at, national.end())
        found = _DEPARTMENTS.match(text, at)
        return self._means.departments(_SIGN[found["at"]], at, found.end()) if found is not None else None

    def _listed_places(self, text: str, at: int) -> list[Meant]:
        """望川区、东湖区人民政府: several places before one office."""
        places = PLACES.match(text, at)
        if places is None or EACH.match(text, at):
            return []
        office = self._words.at(text, places.end())
        if office is None:
            return []
        words = text[places.end() : office.end]
        found = (
            self._known.named_at(place + words, 0, self._home, self._on) for place in places[0].split("、")
        )
        return [meant_body(one.body, at, office.end) for one in found if one is not None]

    def _named(self, text: str, at: int) -> Meant | None:
        named = self._known.named_at(text, at, self._home, self._on)
        if named is None or (TOKEN.match(text, at) and named.body.code.startswith("county-")):
            return None
        place = at + len(named.body.region)  # behind it comes the office: 经济和信息化局
        if named.body.code.startswith("county-") and _NO_COUNTY.search(text, at, min(place, named.end)):
            return None
        charged = self._words.charged(text, at)
        if charged is not None and charged.end > named.end:
            return None  # 公安部门 is no ministry
        if self._known.kind_of(named.body.code) == "kind:government":
            of_it = self._words.charged(text, named.end)
            office = self._known.office(named.body.jurisdiction, of_it.kinds[0]) if of_it else None
            if of_it is not None and office is not None:
                return meant_body(office, at, of_it.end)  # 澜江市人民政府财政部门
        return meant_body(named.body, at, named.end)

    def _offices(self, text: str, at: int, scope: Scope, bare: bool) -> list[Meant]:
        if scope.levels == ("township",):
            office = _TOWN_OFFICE.match(text, scope.end)
            if office is not None or bare or scope.each:
                end, said = (office.end(), "office") if office is not None else (scope.end, "place")
                return self._means.offices((GOVERNMENT,), scope, at, end, said)
            return []
        named = self._words.at(text, scope.end)
        if named is not None:
            return self._means.offices(named.kinds, scope, at, named.end)
        if bare and (scope.each or scope.levelled or len(scope.levels) > 1):
            return self._means.offices((GOVERNMENT,), scope, at, scope.end, "place")
        return []

    def _jurisdiction(self, code: str) -> str:
        body = self._known.body(code)
        return body.jurisdiction if body is not None else ""
