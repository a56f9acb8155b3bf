"""A proposed source as a commented TOML file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from crawlers.credential import Credential
from crawlers.probing.identity import PLACE_KEYS
from crawlers.probing.proposal import Proposal

_WIDTH = 34  # columns before a comment
_LEVELS = "national | provincial | municipal | county | international"


def source_text(proposal: Proposal, made: str, credential: Credential | None = None) -> str:
    """The file; `made` says when and from what. Every doubt stands as a comment beside its key.

    `credential` names the variable that holds the key of an interface which asks for one.
    """
    lines = [f"# {made}", "# Look at every line that says CHECK; docs/add-a-source.md leads through it.", ""]
    lines += _head(proposal)
    for section in (_options, _starts, _impact, _expected, _scope, _selectors):
        part = list(section(proposal))
        lines += ["", *part] if part else []
    lines += ["", *_credential(credential)] if credential else []
    return "\n".join(lines) + "\n"


def _head(proposal: Proposal) -> Iterator[str]:
    who, doubts = proposal.who, dict(proposal.doubts)
    place = doubts.get(PLACE_KEYS, "")
    told = f"site code {who.site_code}" if who.site_code else ""
    yield _line("id", who.id, "the file's name; documents carry it, so settle it before the first crawl")
    yield _line("name_zh", who.name_zh, _check(doubts.get("name_zh")))
    yield _line("name_en", who.name_en, _check(doubts.get("name_en")))
    yield _line("jurisdiction", who.jurisdiction, _check(place) or told or "CN, CN-44, CN-4403, GB ...")
    yield _line("region", who.region, _check(place) or "as people print it")
    yield _line("level", who.level, _check(place) or _LEVELS)
    yield _line("language", who.language, "zh | en")
    yield _line("timezone", who.timezone, _check("no zone could be told") if who.timezone == "UTC" else "")
    yield _line("platform", proposal.platform, _platform_said(proposal.platform))
    yield _line("home", proposal.home)
    yield from _department(proposal)
    yield _line("reuse", "excerpt", "full | excerpt | link: what the site's terms let us show")
    yield _line("reuse_note", "", "where the site says so")
    yield _line("contact", "", "of the site's owner, for the letter we write when it blocks us")
    yield _line("certainty", "B", "A once a crawl brought documents, C when never confirmed")
    yield "cadence_hours = 24"
    if proposal.crawl_delay:
        yield _line("delay_seconds", math.ceil(proposal.crawl_delay), "robots.txt asks for it (Crawl-delay)")
    yield "enabled = false"
    yield _line(
        "disabled_reason",
        "not tried yet",
        "'govbrief sources enable ID' when 'sources check ID' satisfies you",
    )


def _credential(credential: Credential) -> Iterator[str]:
    yield "[credential]"
    yield _line("env", credential.env, "the environment variable that holds the key; it is never stored")
    place = "query" if credential.query else "header"
    yield _line(place, credential.query or credential.header, "where the key goes on a request")
    if credential.hosts:
        yield f"hosts = {json.dumps(list(credential.hosts))}"


def _department(proposal: Proposal) -> Iterator[str]:
    """The body a site speaks for; a government's portal publishes for many, so only its name is said."""
    who = proposal.who
    if who.department is None and who.department_name:
        yield _line(
            "department_name", who.department_name, "as its name; the authority file has no code for it"
        )
        return
    if who.department is None:
        yield _commented(
            "department", "cn-mof", "when the site speaks for one body: its code in the authority file"
        )
        return
    portal = who.department.endswith(("-government", "-government-office"))
    write = _commented if portal else _line
    yield write(
        "department", who.department, "a portal publishes for many bodies" if portal else "by its name"
    )
    yield _line("department_name", who.department_name or "")


def _options(proposal: Proposal) -> Iterator[str]:
    if not proposal.options:
        return
    yield "[options]"
    for key, value in proposal.options.items():
        yield _line(key, value, _OPTION_SAYS.get(key, ""))
    if proposal.lists_by_options:
        yield from (f"#   {_comment(start.url)}  {_comment(start.seen)}" for start in proposal.starts)


_OPTION_SAYS = {
    "index": "the index page that names the site's number and its categories",
    "columns": "numbers of the columns that are its lists; add those further down",
    "tag": "the unit of a column's page that holds the list",
    "id": "a pattern; its group is the page's lasting number",
    "day_order": "how 03/04/2020 is meant, told by days that fit one reading only",
    "include": "a pattern that addresses of documents match. CHECK",
    "address": "below the home page; {page}, {offset} and {size} are filled in",
    "rows": "where the rows stand in the answer. CHECK this and the names below",
    "total": "how many documents the site says there are",
    "title": "values of a row",
    "key": "the row's lasting number",
    "family": "how the site numbers its pages",
}


def _starts(proposal: Proposal) -> Iterator[str]:
    blocks = []
    for start in () if proposal.lists_by_options else proposal.starts:
        role = [] if start.role == "list" else [_line("role", start.role)]
        blocks.append([f"# {_comment(start.seen)}", "[[start]]", _line("url", start.url), *role])
    if proposal.others:
        rows = [f"#   {_comment(title)}  {_comment(url)}" for title, url in proposal.others[:20]]
        blocks.append(["# Further columns, not opened; take in those that hold documents:", *rows])
    for number, block in enumerate(blocks):
        yield from ["", *block] if number else block


def _impact(proposal: Proposal) -> Iterator[str]:
    yield "[impact]"
    yield _line("requests_per_day", 200, "a ceiling, kept by the crawler")
    yield _line("window", "19:00-07:00", "local hours in which we come")


def _expected(proposal: Proposal) -> Iterator[str]:
    rhythm = proposal.rhythm
    yield f"# From {rhythm.basis}:"
    yield "[expected]"
    yield _line("documents_min", rhythm.documents_min, "documents once fully crawled, at least")
    yield _line("new_per_month", rhythm.new_per_month, "typical news")
    yield _line("silent_days", rhythm.silent_days, "days without a new document that call for a look")


def _scope(proposal: Proposal) -> Iterator[str]:
    said = [why for key, why in proposal.doubts if key in ("scope", "survey", "options")]
    yield from (f"# CHECK {_comment(one)}" for one in said)
    if proposal.hosts:
        yield "[scope]"
        hosts = ", ".join(json.dumps(host) for host in proposal.hosts)
        yield f"hosts = [{hosts}]  # the hosts on which its documents lie"


def _selectors(proposal: Proposal) -> Iterator[str]:
    doubt = dict(proposal.doubts).get("list")
    if doubt:
        yield f"# CHECK {_comment(doubt)}"
    if proposal.list_selectors:
        yield "# CSS selectors, proven on the lists above:"
        yield "[list]"
        for key, value in proposal.list_selectors.items():
            yield _line(key, value, _SELECTOR_SAYS[key])
    if proposal.field_selectors:
        yield "" if proposal.list_selectors else "# CSS selectors of a document page:"
        yield "[fields]"
        for key, value in proposal.field_selectors.items():
            yield _line(key, value, "the text, without navigation. CHECK")


_SELECTOR_SAYS = {
    "item": "the rows of the list",
    "link": "the document's link in a row",
    "date": "the date in a row",
}


def _platform_said(platform: str) -> str:
    said = {
        "generic": "no known platform: lists and pages are read by structure",
        "single_api": "a JSON list of the site's own, described under [options]",
    }
    return said.get(platform, "by its marks")


def _check(why: str | None) -> str:
    return f"CHECK {why}" if why else ""


def _line(key: str, value: str | int, comment: str = "") -> str:
    """`key = "value"`, patterns in single quotes so that backslashes need no doubling."""
    text = str(value)
    if isinstance(value, int):
        quoted = text
    elif "\\" in text and "'" not in text and text.isprintable():
        quoted = f"'{text}'"
    else:
        quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "")
    said = f"{key} = {quoted}"
    return f"{said:<{_WIDTH - 1}} # {_comment(comment)}" if comment else said


def _commented(key: str, value: str, comment: str = "") -> str:
    return "# " + _line(key, value, comment)


def _comment(text: str) -> str:
    """One printable line: words of a site must not end a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
