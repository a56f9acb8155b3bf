"""Who a title names as its issuer: the run of names it opens with, and an order number it ends with."""

from __future__ import annotations

import re
from datetime import date

from classify.components.state import Findings
from classify.departments.authority import Authority, Named
from warehouse.records import Body, Evidence

_SEPARATORS = " 　、，,·和与及暨\n"
_AFTER_NAMES = re.compile(
    r"关于|令|公告|通告|通知|通报|决定|决议|命令|等(?:[一二三四五六七八九十\d]+)?(?:个)?(?:部门|单位|部委)?|联合|印发|转发|批转|批复"
    r"|对|办理|发布|就|致|20\d\d|19\d\d|[〔\[（(]|$|:|：|第|工作报告|工作会议|政府工作"
)
_INNER_OFFICE = re.compile(r"[一-鿿]{1,12}?(?:司|局|处|室|中心|组|总队|委员会)(?=关于|公告|通告|通知)")
_OWN_BODY = re.compile(  # behind a government's name: a body of its own, not a room of it
    r"(?!关于|转发|印发|批转|发布|对|同意|办公)[一-鿿]{2,24}?(?:办公室|委员会|领导小组|指挥部|中心|支队|总队|大队|局|室|组)"
    r"(?=关于|公告|通告|通知|通报|印发|转发|发布|[\s、])"
)
_OWN_FORCE = re.compile(  # behind a department's name only these are more than a room of it
    r"[一-鿿]{2,12}?(?:支队|总队|大队|中心|分局|领导小组|指挥部)(?=关于|公告|通告|通知|通报|印发|转发|发布|[\s、])"
)
_UNKNOWN = re.compile(
    r"(?P<name>(?:(?!转发|印发|批转)[一-鿿]){2,26}?(?:局|厅|部|署|委员会|办公室|办公厅|中心|指挥部|领导小组|总队|支队|大队|联合会|协会|集团|公司"
    r"|管委会|银行|法院|检察院|医院|学校|[中大小]学|学院|研究[所院]|博物馆|图书馆|管理[处所站]|街道办事处|专班|联席会议|组委会|电视台|气象台))"
    r"(?=关于|转发|印发|公告|通告)"
)
_OFFICES = re.compile(r"等[一二三四五六七八九十\d]{0,3}个?(?:部门|单位|部委)办公[厅室]")
_ORDER = re.compile(  # 办法（交通运输部令2021年第4号）
    r"[（(](?P<organ>[一-鿿、 ]{2,40}(?:令|公告|通告))\s{0,2}(?:20\d\d\s{0,2}年?)?"
    r"\s{0,2}第\s{0,2}[\d一二三四五六七八九十百]{1,5}\s{0,2}号[）)]"
)
_SET_OFF = re.compile(r"\s?[:：–—]|\s-\s")  # as in `Environment Agency: flood map`
_VERBS = ("转发", "印发", "批转", "关于", "对", "同意")
GOVERNMENTS = (
    "kind:government", "kind:party-committee", "kind:congress", "kind:congress-standing-committee",
    "cn-state-council",
)  # fmt: skip
MOST_NAMES = 40
LONGEST = 1000  # characters of a title that are read; more is no title

Found = list[tuple[Body, Evidence]]


def day_of(state: Findings) -> date | None:
    """The day that decides which of several bodies of one name is meant: written, else published."""
    document = state.document
    if document.written or document.published:
        return document.written or document.published
    year = state.number.year if state.number else None
    return date(year, 12, 31) if year and 1949 <= year <= 2100 else None


def by_title(state: Findings, known: Authority) -> Found:
    """The bodies that the title begins with, when what follows them shows that they act."""
    title = state.document.title[:LONGEST]
    named = names_at_start(title, known, state.home, day_of(state))
    named = named or _english_start(title, known, state.home)
    return [(n.body, Evidence("title", title[n.start : n.end], None, n.start, n.end)) for n in named]


def by_order(state: Findings, known: Authority) -> Found:
    """The bodies of the order or announcement whose number closes the title in brackets."""
    title = state.document.title[:LONGEST]
    found = next(_ORDER.finditer(title), None)
    if found is None:
        return []
    evidence = Evidence("title", found["organ"], None, found.start("organ"), found.end("organ"))
    return [(body, evidence) for body in organ_bodies(found["organ"], known, state.home, day_of(state))]


def by_title_words(state: Findings, known: Authority) -> Found:
    """A name that no file knows: the words before 关于 when they end as bodies' names do."""
    found = _UNKNOWN.match(state.document.title, 0, LONGEST)
    if found is None or found["name"].startswith(("关于", "印发", "转发")):
        return []
    source = state.stored.source
    region, level = (source.region, source.level) if source else ("", "")
    body = known.printed(found["name"], state.home, region, level)
    return [(body, Evidence("title", found["name"], None, 0, found.end("name")))]


def organ_bodies(organ: str, known: Authority, home: str | None, on: date | None) -> list[Body]:
    """All bodies that a number's organ names (财政部 税务总局公告), or the one its letters belong to."""
    named = names_at_start(organ.removesuffix("令"), known, home, on) or names_at_start(
        organ, known, home, on
    )
    if named:
        return list({n.body.code: n.body for n in named}.values())
    body = known.by_number(organ, home, on)
    return [body] if body else []


def names_at_start(title: str, known: Authority, home: str | None, on: date | None = None) -> list[Named]:
    """A run of body names that opens a title, separated by signs; empty when the title goes on otherwise."""
    found: list[Named] = []
    at = len(title) - len(title.lstrip("《【[ 　"))
    while at < len(title) and len(found) < MOST_NAMES and not title.startswith(_VERBS, at):
        named = known.named_at(title, at, home, on)
        if named is None:
            break
        named = _longer_name(title, named, known)
        found.append(named)
        at = named.end
        inner = _INNER_OFFICE.match(title, at)
        if inner is not None and known.named_at(title, at, home, on) is None:
            at = inner.end()
        while at < len(title) and title[at] in _SEPARATORS:
            at += 1
    acts = bool(found) and (_AFTER_NAMES.match(title, at) is not None)
    return _offices(title, at, found, known) if acts else []


def _offices(title: str, at: int, found: list[Named], known: Authority) -> list[Named]:
    """商务部等9部门办公厅（室）: it is the office of each that issues."""
    if not _OFFICES.match(title, at):
        return found
    offices = [known.body(f"{named.body.code}-office") or named.body for named in found]
    return [Named(office, named.start, named.end) for office, named in zip(offices, found, strict=True)]


def _english_start(title: str, known: Authority, home: str | None) -> list[Named]:
    """The body that opens an English title; abroad only when a sign sets it off from what follows."""
    opening = [named for named in known.english_at(title, home) if named.start == 0]
    if known.mentions_count(home):
        return opening
    return [named for named in opening if _SET_OFF.match(title, named.end)]


def _longer_name(title: str, named: Named, known: Authority) -> Named:
    """云河省人民政府 + 侨务办公室: where the printed name goes on to a body of its own, that body."""
    kind = known.kind_of(named.body.code) or ""
    if kind in GOVERNMENTS and not named.body.code.endswith("-office"):
        goes_on = _OWN_BODY.match(title, named.end)
    else:
        goes_on = _OWN_FORCE.match(title, named.end) if kind.startswith("kind:") else None
    if goes_on is None:
        return named
    body = named.body
    longer = known.printed(body.name_zh + goes_on.group(), body.jurisdiction, body.region, body.level)
    return Named(longer, named.start, goes_on.end())
