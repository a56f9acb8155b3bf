"""The home: the one folder everything lives under, its settings and its clock."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.clock import Clock, FixedClock, SystemClock
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.files import write_whole

SETTINGS_FILE = "govbrief.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """`[place]`: where the library is; decides "today", quiet hours and which region is home."""

    region: str = "全国"
    timezone: str = "Asia/Shanghai"
    language: str = "zh"  # first language of the interface


@dataclass(frozen=True, slots=True)
class Crawl:
    """`[crawl]`: how the crawler behaves towards sites."""

    contact: str = ""  # mail address or page shown in the user agent; required before a real site is crawled
    delay_seconds: float = 5.0
    max_body_bytes: int = 50_000_000
    lease_seconds: int = 300
    quiet_hours: str = "08:30-18:00"  # no full crawls of real sites in these local hours; "" for none
    requests_per_run: int = 5000
    operator: str = ""  # name of the library, for letters to the owners of sites that refuse us
    proxy: str = ""  # http://host:port that all requests go through; empty: none


@dataclass(frozen=True, slots=True)
class Classifying:
    """`[classify]`: which topic schemes documents are put into."""

    schemes: tuple[str, ...] = ()  # first the leading one; empty: state-council, then all of taxonomies/


@dataclass(frozen=True, slots=True)
class Publishing:
    """`[publishing]`: what a publication keeps and needs."""

    keep: int = 3
    replayed: bool = False  # publish replayed captures too
    minimum_documents: int = 1


@dataclass(frozen=True, slots=True)
class WarehouseUse:
    """`[warehouse]`: how processes that write the warehouse share it."""

    patience_seconds: int = 600  # how long one waits for another (a batch, a backup) before it ends with 75


@dataclass(frozen=True, slots=True)
class Retention:
    """`[retention]`: for how many days traces of the work are kept; 0: for good."""

    runs: int = 1100  # crawl runs with their counts, verdicts and measurements, and the health of sources
    problems: int = 1100  # difficulties of captures that no document shows
    visits: int = 400  # when somebody last opened a page
    jobs: int = 400  # what pages asked for and how it ended
    audit: int = 0  # who changed what
    demand: int = 400  # queries that found nothing
    searches: int = 400  # saved searches that were removed, with what they found
    listings: int = 0  # archived list pages and feeds, which no document rests on
    superseded_readings: bool = True  # keep what older readers made of a page, although it is shown nowhere


@dataclass(frozen=True, slots=True)
class Serving:
    """`[serving]`: where the dashboards listen."""

    host: str = "127.0.0.1"
    port: int = 8501
    proxy: bool = (
        False  # a proxy on this machine overwrites X-Forwarded-For and -Proto; they are believed then
    )


@dataclass(frozen=True, slots=True)
class AccountUse:
    """`[accounts]`: who may open the dashboards, and how people sign in."""

    mode: str = "single"  # single (no password) | local (accounts of this home) | oidc (a provider too)
    open: bool = False  # in single mode: listen beyond this machine; whoever reaches it may do everything
    session_hours: float = 12.0  # after which one signs in again
    idle_hours: float = 4.0  # without opening a page, after which one signs in again
    secure: bool = False  # the cookie travels over https only; set it where a proxy speaks https for us
    oidc_name: str = ""  # how the provider is called on the page, such as 统一身份认证
    oidc_issuer: str = ""  # its https address; the secret is in the environment: GOVBRIEF_OIDC_SECRET
    oidc_client: str = ""  # our name there
    oidc_readers: bool = False  # whom the provider knows and no account is linked to becomes a reader


@dataclass(frozen=True, slots=True)
class SampleClock:
    """`[clock]`: a standing present for the sample province; leave it out for a real home."""

    now: str = ""


@dataclass(frozen=True, slots=True)
class Alarms:
    """`[alarms]`: whom new alarms are told, beside run report, `health` and exit code; empty: nobody."""

    mail_to: str = ""  # addresses, separated by commas
    mail_from: str = ""
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_tls: str = "starttls"  # starttls | tls | none
    smtp_user: str = ""
    smtp_password_file: str = ""  # a path from the home; the password is its first line
    webhook: str = ""  # https, or http on this machine
    webhook_secret_file: str = ""  # its first line goes into the header X-Govbrief-Secret
    prometheus_file: str = ""  # a path from the home, such as one in node_exporter's textfile folder


@dataclass(frozen=True, slots=True)
class Reports:
    """`[reports]`: how long run reports are kept."""

    keep: int = 400  # days


@dataclass(frozen=True, slots=True)
class ReportLook:
    """`[report]`: what stands on briefings written as PDF and DOCX, and in which faces; empty: our order."""

    unit: str = ""  # who compiles them, for the masthead
    series: str = ""  # name of the bulletin
    mark: str = ""  # whom they are for, such as 内部资料; a degree of secrecy is refused
    red_head: str = ""  # the mark of an issuing organ, in red; printed only when it stands here
    fonts_folder: str = "fonts"  # font files of your own; a path from the home
    fangsong: tuple[str, ...] = ()  # body: families by name, each tried before ours
    hei: tuple[str, ...] = ()  # headings of the first level
    kai: tuple[str, ...] = ()  # headings of the second level
    song: tuple[str, ...] = ()  # page numbers
    title: tuple[str, ...] = ()  # titles, such as FZXiaoBiaoSong-B05S
    latin: tuple[str, ...] = ()  # body of English reports
    four_eyes: bool = True  # who wrote or submitted a report does not approve it, where there are accounts
    instructions: bool = False  # keep instructions (批示) that readers gave, sealed, for administrators only


@dataclass(frozen=True, slots=True)
class Log:
    """`[log]`: a file that takes what verbs say on stderr, turned over by size; empty: stderr alone."""

    file: str = ""  # a path from the home, such as logs/govbrief.log
    max_bytes: int = 5_000_000
    keep: int = 7  # files beside the current one


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `govbrief.toml`; every key has a default, an unknown key is refused."""

    place: Place = Place()
    crawl: Crawl = Crawl()
    classify: Classifying = Classifying()
    publishing: Publishing = Publishing()
    warehouse: WarehouseUse = WarehouseUse()
    retention: Retention = Retention()
    serving: Serving = Serving()
    accounts: AccountUse = AccountUse()
    alarms: Alarms = Alarms()
    reports: Reports = Reports()
    report: ReportLook = ReportLook()
    log: Log = Log()
    clock: SampleClock = SampleClock()


@dataclass(frozen=True, slots=True)
class Home:
    """An opened home; folders are made when first written to."""

    root: Path
    settings: Settings

    @classmethod
    def open(cls, root: Path) -> Home:
        """The home at `root`; a UserError names the file and key when the settings do not fit."""
        file = root / SETTINGS_FILE
        if not file.is_file():
            raise UserError(
                f"{root} is not a govbrief home: it has no {SETTINGS_FILE};"
                f" make one with 'govbrief init {root}'."
            )
        return cls(root.resolve(), read_settings(file))

    @classmethod
    def create(cls, root: Path, settings_text: str) -> Home:
        """Make a home at `root`; an existing settings file is kept as it is."""
        try:
            root.mkdir(parents=True, exist_ok=True)
            file = root / SETTINGS_FILE
            if not file.exists():
                write_whole(file, settings_text)
        except OSError as error:
            raise EnvironmentProblem(
                f"{root}: the home cannot be made ({error.strerror}); choose another folder with --home."
            ) from error
        return cls.open(root)

    @property
    def clock(self) -> Clock:
        """The sample's standing clock when `[clock] now` is set, else the machine's."""
        if self.settings.clock.now:
            return FixedClock(datetime.fromisoformat(self.settings.clock.now))
        return SystemClock()

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def crawl_state_file(self) -> Path:
        return self.root / "crawl_state.sqlite"

    @property
    def warehouse_file(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def incoming(self) -> Path:
        """Files handed in that wait to be taken into the archive."""
        return self.root / "incoming"

    @property
    def desk_file(self) -> Path:
        return self.root / "desk.sqlite"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def index(self) -> Path:
        """The writer's own search index; publications hard-link its segments."""
        return self.root / "index"

    @property
    def bodies(self) -> Path:
        """The writer's immutable body segments; publications hard-link them."""
        return self.root / "bodies"

    @property
    def sources(self) -> Path:
        return self.root / "sources"

    @property
    def themes(self) -> Path:
        return self.root / "themes"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def taxonomies(self) -> Path:
        """The home's own topic schemes, with drafts/ and history/ below."""
        return self.root / "taxonomies"

    @property
    def locks(self) -> Path:
        return self.root / "locks"

    @property
    def reports(self) -> Path:
        """Run reports."""
        return self.root / "run-reports"


def find_home(option: str | None, environ: Mapping[str, str] = os.environ, cwd: Path | None = None) -> Path:
    """The home of a command: `--home`, then GOVBRIEF_HOME, then the nearest folder with govbrief.toml."""
    if option:
        return Path(option)
    if environ.get("GOVBRIEF_HOME"):
        return Path(environ["GOVBRIEF_HOME"])
    start = (cwd or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise UserError(
        "No home found: pass --home FOLDER, set GOVBRIEF_HOME, or make one here with 'govbrief init'."
    )


def read_settings(file: Path) -> Settings:
    """Read and check govbrief.toml; a UserError names the line or the key and what is allowed."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: not readable as TOML ({error}); mend that line.") from error
    sections = {f.name: f.type for f in fields(Settings)}
    types = {
        "place": Place,
        "crawl": Crawl,
        "classify": Classifying,
        "publishing": Publishing,
        "warehouse": WarehouseUse,
        "retention": Retention,
        "serving": Serving,
        "accounts": AccountUse,
        "alarms": Alarms,
        "reports": Reports,
        "report": ReportLook,
        "log": Log,
        "clock": SampleClock,
    }
    unknown = sorted(set(raw) - set(sections))
    if unknown:
        raise UserError(f"{file}: unknown section [{unknown[0]}]; known are {', '.join(sections)}.")
    settings = Settings(**{name: _section(file, name, types[name], raw.get(name, {})) for name in sections})
    _check_instant_and_zone(file, settings)
    _check_alarms(file, settings)
    _check_days(file, settings)
    _check_accounts(file, settings.accounts)
    return settings


def _section(file: Path, name: str, kind: type, values: Any) -> Any:
    if not isinstance(values, dict):
        raise UserError(f"{file}: {name} must be a section; write [{name}] above its keys.")
    defaults = kind()
    known = {f.name for f in fields(kind)}
    for key, value in values.items():
        if key not in known:
            raise UserError(
                f"{file}: [{name}] has the unknown key '{key}'; known are {', '.join(sorted(known))}."
            )
        wanted = type(getattr(defaults, key))
        if wanted is tuple:
            _check_words(file, f"[{name}] {key}", value)
            continue
        fits = isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
        if not fits and not (wanted is float and isinstance(value, int) and not isinstance(value, bool)):
            raise UserError(f"{file}: [{name}] {key} must be {wanted.__name__}, not {value!r}.")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})


def _check_accounts(file: Path, use: AccountUse) -> None:
    if use.mode not in ("single", "local", "oidc"):
        raise UserError(f"{file}: [accounts] mode is 'single', 'local' or 'oidc', not '{use.mode}'.")
    if use.mode == "oidc" and not (_is_https_or_here(use.oidc_issuer) and use.oidc_client):
        raise UserError(f"{file}: [accounts] mode 'oidc' needs oidc_issuer (https://…) and oidc_client.")
    if use.session_hours <= 0 or use.idle_hours <= 0:
        raise UserError(f"{file}: [accounts] session_hours and idle_hours must be more than 0.")


def _is_https_or_here(address: str) -> bool:
    """Whether an address is https, or http on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"))
    )


def _check_words(file: Path, key: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise UserError(f'{file}: {key} must be a list of words such as ["one", "two"], not {value!r}.')
    if len(set(value)) < len(value):
        raise UserError(f"{file}: {key} names one thing twice; leave it once.")


def _check_instant_and_zone(file: Path, settings: Settings) -> None:
    try:
        ZoneInfo(settings.place.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(
            f"{file}: [place] timezone '{settings.place.timezone}' is unknown;"
            " write one such as Asia/Shanghai."
        ) from error
    if settings.clock.now:
        try:
            instant = datetime.fromisoformat(settings.clock.now)
        except ValueError as error:
            raise UserError(f"{file}: [clock] now '{settings.clock.now}' is no ISO 8601 instant.") from error
        if instant.tzinfo is None:
            raise UserError(f"{file}: [clock] now needs an offset, such as 2026-06-01T08:00:00+08:00.")


def _check_days(file: Path, settings: Settings) -> None:
    if settings.warehouse.patience_seconds < 0:
        raise UserError(f"{file}: [warehouse] patience_seconds is 0 or more.")
    for key in fields(Retention):
        if getattr(settings.retention, key.name) < 0:
            raise UserError(f"{file}: [retention] {key.name} is a number of days, or 0 to keep for good.")


def _check_alarms(file: Path, settings: Settings) -> None:
    alarms, log = settings.alarms, settings.log
    if alarms.mail_to and "@" not in alarms.mail_from:
        raise UserError(f"{file}: [alarms] mail_to needs mail_from, the address the alarms come from.")
    if alarms.smtp_tls not in ("starttls", "tls", "none"):
        raise UserError(f"{file}: [alarms] smtp_tls '{alarms.smtp_tls}' is none of starttls, tls, none.")
    hook = urlsplit(alarms.webhook)
    here = hook.scheme == "http" and hook.hostname in ("127.0.0.1", "localhost", "::1")
    if alarms.webhook and not here and not (hook.scheme == "https" and hook.hostname):
        raise UserError(f"{file}: [alarms] webhook must be https, or http on this machine.")
    if min(settings.reports.keep, log.keep) < 1 or log.max_bytes < 10_000:
        raise UserError(
            f"{file}: [reports] keep and [log] keep are 1 or more, [log] max_bytes 10000 or more."
        )
