"""The made world of the benchmarks: thirty offices, portals that reprint them, twenty topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from warehouse.records import Body, Source, TopicClass

JURISDICTION = "XS"  # a code no country holds
SCHEME = "state-council"
PREFIX = "xs-made-"  # of the codes, as usual offices have them: they belong to classes of bodies
ENGLISH = 4  # so many of the offices write English
_REGIONS = ("全国", "云河省", "青岭省", "海陵省", "金川省")
_KINDS = (
    "民政",
    "教育",
    "卫生健康",
    "财政",
    "交通运输",
    "生态环境",
    "农业农村",
    "住房建设",
    "人社",
    "市场监管",
)
_SIGNS = "民教卫财交环农建人市"
_SUBJECTS = (
    ("01", "社会救助", ("养老服务", "低保救助")), ("02", "教育科技", ("义务教育", "科技创新")),
    ("03", "卫生健康", ("医疗卫生", "疾病防治")), ("04", "财政金融", ("预算管理", "金融监管")),
    ("05", "交通运输", ("公路建设", "城市公交")), ("06", "生态环境", ("污染防治", "自然保护")),
    ("07", "农业农村", ("乡村建设", "农田水利")), ("08", "城乡建设", ("住房保障", "城市更新")),
    ("09", "劳动人事", ("就业创业", "社会保险")), ("10", "市场监管", ("营商环境", "食品安全")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """One issuing body with its site and the opening of its numbers."""

    code: str
    name: str
    name_en: str
    region: str
    level: str
    sign: str  # opening of its document numbers; empty where it numbers nothing
    language: str

    @property
    def source_id(self) -> str:
        """Its own site."""
        return f"scale-site-{self.code.removeprefix(PREFIX)}"


@lru_cache(maxsize=1)
def offices() -> tuple[Office, ...]:
    """Twenty-six offices that write Chinese, then those that write English."""
    found = []
    for number in range(30 - ENGLISH):
        region, kind = _REGIONS[number // 10 if number < 20 else 2 + number % 3], _KINDS[number % 10]
        level = "national" if number < 10 else "provincial" if number < 20 else "municipal"
        place = {"national": "", "provincial": region, "municipal": f"{region[:2]}市"}[level]
        name = f"{place}{kind}{'部' if level == 'national' else '厅' if level == 'provincial' else '局'}"
        found.append(
            Office(
                f"{PREFIX}{number:02d}",
                name,
                f"Office {number}",
                region,
                level,
                f"{place[:1] or '国'}{_SIGNS[number % 10]}{'发函办'[number // 10]}",
                "zh",
            )
        )
    for number in range(30 - ENGLISH, 30):
        name = f"Ministry {number} of the Outer Islands"
        found.append(Office(f"{PREFIX}{number:02d}", name, name, "Outer Islands", "national", "", "en"))
    return tuple(found)


def bodies() -> Iterator[Body]:
    """The offices as rows of an authority file."""
    for one in offices():
        yield Body(one.code, one.name, one.name_en, one.name[:6], JURISDICTION, one.region, one.level)


def sources() -> Iterator[Source]:
    """A site for each office, and six portals that reprint."""
    for one in offices():
        yield _source(one.source_id, one.name, one.region, one.level, one.language, one.code)
    for number in range(PORTALS):
        yield _source(portal(number), f"门户{number}", _REGIONS[number % 5], "provincial", "zh", None)


PORTALS = 6


def portal(number: int) -> str:
    """The source of one of the portals."""
    return f"scale-portal-{number % PORTALS}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A class of the second level with the first-level class above it."""

    code: str
    parent: str
    name: str
    parent_name: str

    @property
    def path(self) -> str:
        """Both names."""
        return f"{self.parent_name}\\{self.name}"


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The twenty classes that documents are given."""
    return tuple(
        Topic(f"{parent}-{at:02d}", parent, name, above)
        for parent, above, names in _SUBJECTS
        for at, name in enumerate(names, start=1)
    )


def classes() -> Iterator[TopicClass]:
    """Both levels as rows of a topic scheme."""
    for parent, name, _ in _SUBJECTS:
        yield TopicClass(SCHEME, parent, None, 1, name, name, name)
    for one in topics():
        yield TopicClass(SCHEME, one.code, one.parent, 2, one.name, one.name, one.path)


def _source(source_id: str, name: str, region: str, level: str, language: str, code: str | None) -> Source:
    return Source(
        source_id, name, name, JURISDICTION, region, level, language, "generic",
        f"https://{source_id}.example/", code, "Asia/Shanghai", "full", True, True, None,
    )  # fmt: skip
