"""The schema of a source's TOML file: who publishes, where, on what platform, how often, how gently."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from crawlers.credential import Credential, credential_fault
from warehouse.records import Source

if TYPE_CHECKING:
    from crawlers.platforms.hints import Hints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+(/\S*)?$")]
Level = Literal["national", "provincial", "municipal", "county", "international"]
Reuse = Literal["full", "excerpt", "link"]
Role = Literal["list", "detail", "feed", "api"]

_WINDOW = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


class Strict(BaseModel):
    """A TOML table in which an unknown key is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Start(Strict):
    """One address from which a crawl of the source begins."""

    url: WebAddress
    role: Role = "list"
    method: Literal["GET", "POST"] = "GET"
    body: str = ""  # of a POST
    headers: dict[str, str] = Field(default_factory=dict)  # content type of a POST body, Accept


class Impact(Strict):
    """What our visits cost the site, stated for its owner."""

    requests_per_day: int = Field(default=200, ge=1)  # a ceiling, kept by the crawler
    window: str = ""  # local hours in which we come, "19:00-07:00"; empty for any but the home's quiet hours
    note: str = ""

    @field_validator("window")
    @classmethod
    def _window(cls, value: str) -> str:
        if value and not _WINDOW.match(value):
            raise ValueError('write local hours such as "19:00-07:00"')
        return value


class Watch(Strict):
    """Short visits to the lists of a source within working hours; 0 minutes: none."""

    every_minutes: int = Field(default=0, ge=0)
    hours: str = "08:30-18:00"  # local, on working days

    @field_validator("every_minutes")
    @classmethod
    def _seldom(cls, value: int) -> int:
        if 0 < value < 30:
            raise ValueError("write 30 or more; a site is not asked more often")
        return value

    @field_validator("hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        if not _WINDOW.match(value):
            raise ValueError('write local hours such as "08:30-18:00"')
        return value


class Expected(Strict):
    """Counts that are plausible; outside of them the run says so."""

    documents_min: int = Field(default=0, ge=0)  # documents the source holds at least, once fully crawled
    new_per_month: int = Field(default=0, ge=0)  # typical news
    silent_days: int = Field(default=90, ge=1)  # days without a new document that call for a look


class Scope(Strict):
    """Where the source ends: only these hosts, only below these addresses."""

    hosts: tuple[str, ...] = ()  # host names, "*.mof.gov.cn" for all below it; empty: those of the addresses
    prefixes: tuple[WebAddress, ...] = ()  # addresses a document page begins with; empty: whole hosts


class SourceFile(Strict):
    """One row of the catalogue as its TOML file says it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name_zh: Text
    name_en: Text
    jurisdiction: Text  # "CN", "CN-44", "GB"
    region: Text  # as people print it: 全国, 广东省
    level: Level
    language: Literal["zh", "en"]
    platform: Text  # a module of crawlers/platforms
    home: WebAddress
    department: str | None = None  # authority code, when the site speaks for one body
    department_name: str | None = None  # its full official name
    timezone: str = "Asia/Shanghai"
    reuse: Reuse = "excerpt"
    reuse_note: str = ""  # where the site says so
    contact: str = ""  # of the site's owner, for the letter we write when it blocks us
    enabled: bool = True
    disabled_reason: str | None = None
    certainty: Literal["A", "B", "C"] = "B"  # A: address used by somebody this year; C: never confirmed
    evidence: str = ""  # where the address was learned
    cadence_hours: int = Field(default=24, ge=1)  # how often a scheduled run comes
    revisit_days: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(1, 3, 7, 30, 90), min_length=1)
    # ^ days until a known page is asked again: one step on while it stays the same, the first after a change
    delay_seconds: float | None = Field(default=None, ge=0)  # between two requests; empty: the home's
    max_list_pages: int = Field(default=200, ge=1)  # of one list in one run; the next run goes on from there
    stop_after_known: int = Field(default=20, ge=1)  # known entries in a row that end a newest-first list
    impact: Impact = Impact()
    watch: Watch = Watch()
    expected: Expected = Expected()
    scope: Scope = Scope()
    start: tuple[Start, ...] = ()  # empty: the platform derives them from home and options
    credential: Credential | None = None  # of an interface that asks for a key; the key is in the environment
    list: dict[str, str] = Field(default_factory=dict)  # CSS selectors; link_template
    fields: dict[str, str] = Field(default_factory=dict)  # CSS selectors: title, body, published, ...
    options: dict[str, str | int] = Field(default_factory=dict)  # values the platform asks for
    sample: bool = False  # set by the loader, not by a file

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("unknown time zone; write one such as Asia/Shanghai") from error
        return value

    @model_validator(mode="after")
    def _reason(self) -> SourceFile:
        if not self.enabled and not self.disabled_reason:
            raise ValueError("disabled_reason is missing; say in one sentence why enabled is false")
        return self

    @model_validator(mode="after")
    def _keyed(self) -> SourceFile:
        fault = credential_fault(self)
        if fault:
            raise ValueError(fault)
        return self

    def to_record(self) -> Source:
        """The row as the warehouse keeps it."""
        return Source(
            source_id=self.id,
            name_zh=self.name_zh,
            name_en=self.name_en,
            jurisdiction=self.jurisdiction,
            region=self.region,
            level=self.level,
            language=self.language,
            platform=self.platform,
            home_url=self.home,
            department_code=self.department,
            timezone=self.timezone,
            reuse=self.reuse,
            sample=self.sample,
            enabled=self.enabled,
            disabled_reason=self.disabled_reason,
        )

    def hints(self) -> Hints:
        """What the platform module needs to read this source's pages."""
        from crawlers.platforms.hints import Hints

        return Hints(
            source_id=self.id,
            language=self.language,
            timezone=self.timezone,
            home_url=self.home,
            department_name=self.department_name,
            list_selectors=self.list,
            field_selectors=self.fields,
            options=self.options,
        )

    def hosts(self) -> frozenset[str]:
        """Lower-case host names (with a port where one is written) of the source; `*.` for all below one."""
        if self.scope.hosts:
            return frozenset(host.lower() for host in self.scope.hosts)
        addresses = (self.home, *self.scope.prefixes, *(start.url for start in self.start))
        return frozenset(urlsplit(address).netloc.lower() for address in addresses)

    def has_host(self, host: str) -> bool:
        """Whether a host belongs to the source, by its name or by that of a host above it."""
        return not self.hosts().isdisjoint(host_names(host))

    def covers(self, url: str) -> bool:
        """Whether a request to the address stays inside the source's scope (http and https are one)."""
        if urlsplit(url).scheme not in {"http", "https"} or not self.has_host(urlsplit(url).netloc):
            return False
        if not self.scope.prefixes:
            return True
        asked = bare_address(url)
        return asked == bare_address(self.home) or any(asked.startswith(own) for own in self.own_addresses())

    def own_addresses(self) -> frozenset[str]:
        """What its pages' addresses begin with, without scheme: prefixes and start folders, else hosts."""
        if not self.scope.prefixes:
            return frozenset(f"{host}/" for host in self.hosts())
        folders = {bare_address(start.url.split("?")[0]).rpartition("/")[0] + "/" for start in self.start}
        wide = {folder for folder in folders if folder.count("/") == 1}  # a whole host is no start folder
        return frozenset({bare_address(prefix) for prefix in self.scope.prefixes} | (folders - wide))


def host_names(host: str) -> tuple[str, ...]:
    """The names a host goes by, the exact one first: a.b.cn, *.b.cn, *.cn."""
    lower = host.lower()
    parts = lower.split(".")
    return (lower, *("*." + ".".join(parts[place:]) for place in range(1, len(parts))))


def bare_address(url: str) -> str:
    """Host in lower case, path and query: the address without its scheme, for comparing prefixes."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path or '/'}{query}"


def in_window(window: str, moment: time) -> bool:
    """Whether a local time of day lies in "19:00-07:00" (it may pass midnight); an empty one holds none."""
    match = _WINDOW.match(window)
    if not match:
        return False
    start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    return start <= moment < end if start <= end else moment >= start or moment < end


def describe(error: Any) -> str:
    """The first fault of a pydantic ValidationError as `key: what is wrong`."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"]) or "the file"
    if first["type"] == "extra_forbidden":
        return f"unknown key '{key}'; remove it or correct its spelling"
    if first["type"] == "missing":
        return f"'{key}' is missing; add it"
    return f"'{key}' does not fit ({first['msg'].removeprefix('Value error, ')}); correct it"
