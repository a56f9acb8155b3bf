"""Who publishes a site, as its pages say it: names, the national site code, place, level, an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import Page, open_page
from crawlers.extraction.plain import one_line
from crawlers.probing.client import Answer
from crawlers.probing.reading import language_of, opened, timezone_of
from warehouse.records import Body

_ENDINGS = re.compile(
    r"(?:\.gov\.cn|\.org\.cn|\.com\.cn|\.edu\.cn|\.ac\.cn|\.gov\.uk|\.org\.uk|\.co\.uk|\.[a-z]{2,8})$"
)
_COUNTRIES = ((".cn", "cn"), (".uk", "uk"), (".gov", "us"), (".us", "us"), (".eu", "eu"))
_JURISDICTIONS = {"cn": "CN", "uk": "GB", "us": "US", "eu": "EU"}
_NOTE = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
PLACE_KEYS = "level, region, jurisdiction"
_FRAME = re.compile(r"(?:门户网站|政务网站|官方网站|官网|网站|网|信息公开(?:平台|目录|专栏)?|首页|主页)+$")
_TITLE_PARTS = re.compile(r"\s*[-_|—–·»>]+\s*|\s{2,}")
_ORGAN = re.compile(r"人民政府|[部委厅局署院]$|Government|Ministry|Department|Council")
_GREETING = re.compile(r"^(?:欢迎(?:访问|光临|来到)|首页|home\b|welcome to)\s*", re.I)
_FOOT_CODE = re.compile(r"(?:网站)?标识码\s*[:：]?\s*((?:bm)?\d{8,10})", re.I)
_COUNTY = re.compile(r"([\u4e00-\u9fff]{1,6}?(?:自治县|县|区|市|旗))(?:人民政府|政府|[\u4e00-\u9fff]{2,8}局)")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治州|地区|市|盟)")
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the caller knows of bodies and places; crawlers have no authority file of their own."""

    body: Callable[[str, str | None], Body | None] = lambda name, jurisdiction: None  # by full printed name
    places: Mapping[str, str] = field(default_factory=dict)  # 44 -> 广东省, 4403 -> 深圳市
    taken: Collection[str] = ()  # ids of the catalogue


@dataclass(frozen=True, slots=True)
class Identity:
    """The first keys of a source file; `doubts` names those that a person must look at."""

    id: str
    name_zh: str
    name_en: str
    jurisdiction: str
    region: str
    level: str
    language: str
    timezone: str
    department: str | None = None
    department_name: str | None = None
    site_code: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()  # key and why


def identify(
    answers: Sequence[Answer], knows: Knowledge, wanted_id: str | None = None, issuer: str | None = None
) -> Identity:
    """Read the publisher from some pages of a site, best told first; `issuer` is one document's."""
    host = urlsplit(answers[0].final_url).hostname or ""
    language, zone = language_of(answers[0]), timezone_of(answers[0])
    code, name, titled = (_first(read, answers) for read in (_site_code, _meta_name, _title_name))
    country = next((name for ending, name in _COUNTRIES if host.endswith(ending)), "")
    chosen = wanted_id or _free(_id_of(host, country), knows.taken)
    key = "name_zh" if language == "zh" else "name_en"
    why = "taken from a page's title" if titled else "taken from the issuer of one document or the host"
    called = name or titled or issuer or host
    doubts = [] if name else [(key, why)]
    plain = Identity(
        chosen, called, called, _JURISDICTIONS.get(country, "CN" if language == "zh" else "ZZ"),
        "全国" if language == "zh" else country.upper() or "unknown", "national", language, zone,
        site_code=code, doubts=tuple(doubts),
    )  # fmt: skip
    return _english(_named(_placed(plain, code, knows), knows, issuer))


def _first(read: Callable[[Answer], str | None], answers: Sequence[Answer]) -> str | None:
    """What the first page that tells something tells."""
    return next((told for told in map(read, answers) if told), None)


def _placed(who: Identity, code: str | None, knows: Knowledge) -> Identity:
    """Level, region and jurisdiction by the site code: six digits of a place, or bm for a ministry."""
    if code is None or code[:2].lower() == "bm":
        return who
    province, city, county = code[:2], code[2:4], code[4:6]
    if province not in knows.places:
        return who
    municipality = province in _MUNICIPALITIES
    if city == "00" or (municipality and county == "00"):
        return replace(who, jurisdiction=f"CN-{province}", region=knows.places[province], level="provincial")
    if county == "00":
        named = _CITY.match(who.name_zh.removeprefix(knows.places[province]))
        region = knows.places.get(province + city) or (named[0] if named else knows.places[province])
        return replace(who, jurisdiction=f"CN-{province}{city}", region=region, level="municipal")
    named = _COUNTY.search(who.name_zh.removeprefix(knows.places.get(province + city, "")))
    region = named[1] if named else knows.places.get(province + city, knows.places[province])
    return replace(who, jurisdiction=f"CN-{code[:6]}", region=region, level="county")


def _named(who: Identity, knows: Knowledge, issuer: str | None) -> Identity:
    """The body of the authority file that the site's name means; its place fills what the code left open."""
    home = who.jurisdiction if who.jurisdiction != "CN" else None
    short = _FRAME.sub("", _NOTE.sub("", who.name_zh))
    body = next((body for name in (who.name_zh, short) if (body := knows.body(name, home))), None)
    if body is None:
        return _by_issuer(who, knows.body(issuer, home) if issuer else None)
    passing = body.code.startswith(("county-", "printed-"))  # made from the name, in no file
    who = replace(
        who,
        department=None if passing else body.code,
        department_name=body.name_zh,
        name_zh=short or who.name_zh,
        name_en=body.name_en or who.name_en,
    )
    return who if _is_located(who) else _at_place_of(who, body)


def _by_issuer(who: Identity, issuer: Body | None) -> Identity:
    """The place of the body that issued one document; a guess, and said to be one."""
    if _is_located(who) or (who.site_code or "").lower().startswith("bm"):
        return who
    if issuer is None:
        why = "no page tells the place: neither a site code nor a name that the authority file knows"
        return replace(who, doubts=(*who.doubts, (PLACE_KEYS, why)))
    why = f"guessed from {issuer.name_zh}, which issued one of its documents"
    return replace(_at_place_of(who, issuer), doubts=(*who.doubts, (PLACE_KEYS, why)))


def _is_located(who: Identity) -> bool:
    return who.jurisdiction not in ("CN", "ZZ")


def _at_place_of(who: Identity, body: Body) -> Identity:
    return replace(who, jurisdiction=body.jurisdiction, region=body.region or who.region, level=body.level)


def _english(who: Identity) -> Identity:
    """A Chinese site seldom says its English name, and the other way round."""
    if who.language == "zh" and re.search(r"[\u4e00-\u9fff]", who.name_en):
        return replace(who, doubts=(*who.doubts, ("name_en", "no page says it; write it yourself")))
    return who


def _site_code(answer: Answer) -> str | None:
    """SiteIDCode of the page, or the 网站标识码 of its foot."""
    text = decode(opened(answer))
    if "<" not in text[:2000]:
        return None
    page = open_page(text, answer.final_url)
    told = _meta(page, "siteidcode")
    code = told if told and re.fullmatch(r"(?:bm)?\d{8,10}", told, re.I) else None
    foot = None if code else _FOOT_CODE.search(text)
    return code or (foot[1] if foot else None)


def _meta_name(answer: Answer) -> str | None:
    text = decode(opened(answer))
    if "<meta" not in text[:50_000].lower():
        return None
    page = open_page(text, answer.final_url)
    return _meta(page, "sitename") or _meta(page, "og:site_name")


def _meta(page: Page, wanted: str) -> str | None:
    """The content of a meta tag, whatever the case of its name and the order of its attributes."""
    for tag in page.tree.css("meta[content]"):
        attributes = tag.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        if name.strip().lower() == wanted:
            return one_line(attributes.get("content"), 100)
    return None


def _title_name(answer: Answer) -> str | None:
    """The site's name in the window's title: a part that names a body, else the last of several parts."""
    text = decode(opened(answer))
    found = re.search(r"<title[^>]*>(.*?)</title>", text[:100_000], re.S | re.I)
    title = one_line(re.sub(r"<!\[CDATA\[|\]\]>|<[^>]*>", "", found[1]), 200) if found else None
    parts = [_GREETING.sub("", part).strip() for part in _TITLE_PARTS.split(title or "")]
    kept = [part for part in parts if len(part) > 2]
    if answer.role == "detail":
        kept = kept[1:]  # the first part is the document's own title
    organ = next((part for part in kept if _ORGAN.search(part)), None)
    return organ or (kept[-1] if kept else None)


def _id_of(host: str, country: str) -> str:
    """cn-bj-zwgk of zwgk.bj.gov.cn: country, then the host's own labels, the widest first."""
    bare = _ENDINGS.sub("", host.removeprefix("www."))
    labels = [part for part in reversed(bare.split(".")) if part]
    return re.sub(r"[^a-z0-9]+", "-", "-".join([country, *labels]).lower()).strip("-") or "new-source"


def _free(wanted: str, taken: Collection[str]) -> str:
    """The id itself, or with the first number that makes it free."""
    number = 2
    chosen = wanted
    while chosen in taken:
        chosen, number = f"{wanted}-{number}", number + 1
    return chosen
