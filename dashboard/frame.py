"""What every page starts from: the home, its publication, the reader, her language, and the masthead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import masthead
from dashboard.accounts.asking import ALONE, desk_of, may, session_of, token_of
from dashboard.addresses import address
from dashboard.markup import Child, Markup, element, page_language
from dashboard.words import chosen_language, known, say, without_sample_mark
from warehouse.clock import today
from warehouse.desk import LOCAL, Desk
from warehouse.desk.people import Account
from warehouse.errors import GovbriefError
from warehouse.home import Home, find_home
from warehouse.publication import Publication
from warehouse.queries import pages_overview
from warehouse.queries.bases import ended_bases

Read = TypeVar("Read")
Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """One run of one page for one reader."""

    page: str
    home: Home
    publication: Publication
    language: str
    parameters: dict[str, str]
    user: Account
    token: str = field(default="", repr=False)  # what forms send along, see dashboard/accounts/asking.py
    _tables: dict[str, Names] = field(default_factory=dict, repr=False, compare=False)  # met in this run

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue in the reader's language."""
        return say(self.language, key, **values)

    def to(self, page: str, /, **parameters: object) -> str:
        """The address of a page that keeps the reader's language."""
        spoken = self.language if self.language != self.home.settings.place.language else None
        return address(page, spoken, **parameters)

    def link(self, label: Child, page: str, cls: str | None = None, /, **parameters: object) -> Markup:
        """A link inside the application that keeps the session."""
        return element("a", label, href=self.to(page, **parameters), data_go=True, cls=cls)

    def read(self, query: Callable[..., Read], *arguments: object) -> Read:
        """What a query says of this publication, remembered until the next one."""
        publication = self.publication
        key = f"{query.__module__}.{query.__qualname__}"
        found: Read = _remembered(
            str(self.home.root),
            publication.publication_id,
            key,
            repr(arguments),
            lambda: query(publication, *arguments),
        )
        return found

    @property
    def body_names(self) -> Mapping[str, tuple[str, str]]:
        """Every body's Chinese and English name by its code; one for all readers, so that none is copied."""
        return self._shared(pages_overview.body_names)

    @property
    def topic_names(self) -> Mapping[str, tuple[str, str]]:
        """Every topic class's Chinese and English name by its code, shared likewise."""
        return self._shared(pages_overview.topic_names)

    def _shared(self, query: Callable[[Publication], Names]) -> Names:
        publication, key = self.publication, query.__qualname__
        if key not in self._tables:
            root = str(self.home.root)
            self._tables[key] = _held(root, publication.publication_id, key, lambda: query(publication))
        return self._tables[key]

    @property
    def today(self) -> date:
        """The day at the library."""
        return today(self.home.clock, self.home.settings.place.timezone)

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.home.clock.now()

    def local(self, instant: datetime | None, pattern: str = "%Y-%m-%d %H:%M") -> str:
        """An instant in the library's time zone."""
        if instant is None:
            return self.say("word.unknown")
        return instant.astimezone(ZoneInfo(self.home.settings.place.timezone)).strftime(pattern)

    def named(self, zh: str | None, en: str | None) -> str:
        """The name in the reader's language, the other one when it is missing."""
        name = ((en or zh) if self.language == "en" else (zh or en)) or self.say("word.unknown")
        office, comma, place = name.rpartition(", ")
        if comma and self.language == "en":  # an office of a place that the authority file names in Chinese
            name = f"{office}, {self.region_name(place)}"
        return without_sample_mark(name) if self.publication.sample else name

    def topic_name(self, code: str | None, path: str | None = None) -> str:
        """A topic class by its code, else as the document's label prints it."""
        names = self.topic_names.get(code or "")
        return self.named(*names) if names else (path or "").replace("\\", " / ")

    def body_name(self, code: str | None, printed: str | None = None) -> str:
        """An issuing body by its code, else as printed."""
        names = self.body_names.get(code or "")
        return self.named(*names) if names else (printed or "")

    def region_name(self, region: str | None) -> str:
        """A region in the reader's language where we know its name there, else as printed."""
        place = known(self.language, f"place.{region}", region or "")
        return known(self.language, f"region.{region}", place)

    def overlaid(self, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Document rows with people's corrections over them; those made before the publication are in it.

        Each also says in `ended_bases` which of the documents it rests on are no longer in force.
        """
        laid = self.desk.overlay(rows, self.publication.created_at)
        ended = self.read(ended_bases, tuple(str(row["document_id"]) for row in laid))
        return [{**row, "ended_bases": ended.get(str(row["document_id"]), [])} for row in laid]

    @property
    def desk(self) -> Desk:
        """Where this reader's work is kept."""
        return desk_of(self.home)

    def person(self, account: str) -> str:
        """Who did something, by the name that others see; an account that is gone by its sign-in name."""
        return self.desk.accounts.shown_name(account)

    def may(self, role: str) -> bool:
        """Whether this reader reaches a role: reader, analyst, reviewer, administrator."""
        return may(self.user, role)


def open_frame(page: str) -> Frame:
    """Open home and publication, draw the masthead; a page that has nothing to show says why and stops."""
    parameters = {name: str(value) for name, value in st.query_params.items()}
    home = _home()
    language = _language(parameters, home)
    page_language(language)
    publication = Publication.current(home) if home else None
    sample = publication.sample if publication else False
    user, token = _reader(home, language, page, parameters) if home else (None, "")
    who = (user.shown or user.name) if home and user and home.settings.accounts.mode != "single" else ""
    kept = basket_count(desk_of(home), user) if home and user else None
    st.html(
        masthead.masthead(
            page,
            language,
            home.settings.place.language if home else "zh",
            parameters,
            sample,
            publication,
            who,
            kept,
        )
    )
    if home is None or user is None:
        _stop(language, "first.no-home", "govbrief demo")
    if publication is None:
        _stop(language, "first.no-publication", f"govbrief --home {home.root} run")
    frame = Frame(page, home, publication, language, parameters, user, token)
    if frame.read(pages_overview.overview)["documents"] == 0 and page not in {"runs", "about"}:
        _stop(language, "first.empty", f"govbrief --home {home.root} status")
    return frame


def show(*parts: Child) -> None:
    """Put HTML of ours on the page."""
    st.html(element("div", *parts, cls="gb"))


def entitle(frame: Frame, title: str) -> None:
    """Name the browser's tab by what the page shows; without it the tab has the page's own name."""
    st.set_page_config(page_title=f"{title[:80]} · {frame.say('site.name')}")


def close(frame: Frame) -> None:
    """The foot of every page: what it rests on."""
    st.html(masthead.footer(frame))


def refuse(frame: Frame, key: str, value: str) -> NoReturn:
    """Say that an address names something unknown, show nothing else and stop."""
    show(
        element("h1", frame.say("unknown.title")),
        element("p", frame.say(key, value=value[:80]), cls="gb-notice", role="alert"),
        element("p", frame.link(frame.say("unknown.back"), frame.page if frame.page != "doc" else "docs")),
    )
    close(frame)
    st.stop()


def need(frame: Frame, role: str) -> None:
    """Show nothing of a page to whom its role does not reach, and say who can give it."""
    if frame.may(role):
        return
    givers = [one.shown or one.name for one in frame.desk.accounts.every() if may(one, "administrator")]
    told = frame.say(
        "accounts.needs",
        role=frame.say(f"role.{role}"),
        own=frame.say(f"role.{frame.user.role}"),
        who=", ".join(one for one in givers if one != LOCAL) or frame.say("accounts.nobody"),
    )
    show(element("p", told, cls="gb-notice", role="alert"))
    close(frame)
    st.stop()


def _reader(home: Home, language: str, page: str, parameters: Mapping[str, str]) -> tuple[Account, str]:
    """Who reads and the token of her forms, from one look at her session.

    It is looked at in every run, so that signing out or a closed account ends an open page too.
    """
    if home.settings.accounts.mode == "single":
        return desk_of(home).current_user(), token_of(ALONE)
    session = session_of(st.context.cookies, home)
    if session is not None:
        return session.account, token_of(session.secret)
    back = quote(address(page, language, **parameters), safe="")
    link = element("a", say(language, "accounts.sign-in-again"), href=f"/login?next={back}")
    show(element("p", say(language, "accounts.signed-out"), " ", link, cls="gb-notice", role="alert"))
    st.stop()


def basket_count(desk: Desk, user: Account) -> int | None:
    """How much the theme holds for which the reader collects; None for one who keeps nothing."""
    return desk.basket.count(desk.basket.chosen(user.name)) if may(user, "analyst") else None


def _home() -> Home | None:
    try:
        return Home.open(find_home(None))
    except GovbriefError:
        return None


def reader_language() -> str:
    """The language of this run: the address, the reader's earlier choice, the home's setting."""
    return _language({name: str(value) for name, value in st.query_params.items()}, _home())


def _language(parameters: dict[str, str], home: Home | None) -> str:
    saved = st.session_state.get("language")
    language = chosen_language(parameters.get("lang"), saved, home.settings.place.language if home else "zh")
    st.session_state["language"] = language
    return language


def _stop(language: str, key: str, command: str) -> NoReturn:
    show(
        element("h1", say(language, f"{key}-title")),
        element("p", say(language, key)),
        element("p", element("strong", command, cls="gb-command")),
        element("p", say(language, "first.sample")) if key != "first.empty" else None,
    )
    st.stop()


@st.cache_data(max_entries=1024, show_spinner=False)
def _remembered(root: str, publication_id: str, key: str, arguments: str, _call: Callable[[], Any]) -> Any:
    return _call()


@st.cache_resource(show_spinner=False, max_entries=16)
def _held(root: str, publication_id: str, key: str, _call: Callable[[], Names]) -> Names:
    """As `_remembered`, for tables of thousands of rows that a page reads row by row; nobody changes them."""
    return MappingProxyType(dict(_call()))
