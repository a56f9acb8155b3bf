"""`govbrief sources new ADDRESS`: look at a site, write a commented file, keep the pages as a sample."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.commands.chain import catalogue_of
from dashboard.commands.source_check import summary
from dashboard.commands.source_client import knowledge, polite_client
from dashboard.commands.source_files import SOURCE_ID, new_file_of
from dashboard.commands.verb import Context
from warehouse.clock import today
from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home

if TYPE_CHECKING:
    from crawlers.probing.proposal import Proposal
    from crawlers.probing.survey import Survey
    from crawlers.source import SourceFile


def is_address(word: str) -> bool:
    """Whether a person typed an address rather than an id: www.example.gov.cn/zwgk counts."""
    return "://" in word or "." in word or "/" in word


def new_source_from(context: Context, word: str, wanted_id: str | None, files: Sequence[str]) -> int:
    """Write sources/ID.toml and samples/ID/ and say what a person must look at; a refusal writes nothing."""
    from crawlers.probing.source_text import source_text

    home = context.home
    url = word if "://" in word else f"https://{word}"
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise UserError(f"'{word}' is no web address; write one such as https://www.example.gov.cn/zwgk/.")
    asked = _keyed(context, url)
    url = asked.credential.without(url) if asked and asked.credential else url
    if wanted_id is not None and not SOURCE_ID.match(wanted_id):
        raise UserError(f"--id '{wanted_id}' is no source id; use small letters, digits and single hyphens.")
    if wanted_id is not None:
        new_file_of(home, wanted_id)  # refused before the site is asked
    found, proposal = _look(context, home, url, wanted_id, files, guessed="://" not in word, keyed=asked)
    file = new_file_of(home, proposal.who.id)
    day = today(home.clock, home.settings.place.timezone)
    made = f"Proposed by 'govbrief sources new' on {day} from {found.start.final_url}"
    home.sources.mkdir(parents=True, exist_ok=True)
    write_whole(file, source_text(proposal, made, asked.credential if asked else None))
    _tell(context, home, file, found, proposal)
    return 0


def _keyed(context: Context, url: str) -> SourceFile | None:
    """A source of the catalogue that asks the same host with a key; a new one there needs it too."""
    from crawlers.credential import keyed_source

    return keyed_source(catalogue_of(context.home).sources.values(), url)


def _look(
    context: Context,
    home: Home,
    url: str,
    wanted_id: str | None,
    files: Sequence[str],
    *,
    guessed: bool,
    keyed: SourceFile | None,
) -> tuple[Survey, Proposal]:
    """Survey the site, or the saved pages, and propose a file; `guessed`: nobody typed the https."""
    from crawlers.credential import key_of
    from crawlers.probing.errors import NotFetched
    from crawlers.probing.proposal import propose
    from crawlers.probing.saved import SavedPages
    from crawlers.probing.survey import survey

    knows = knowledge(catalogue_of(home))
    day: date = today(home.clock, home.settings.place.timezone)
    if files:
        found = survey(SavedPages(url, files), url)
        return found, propose(found, knows, day, wanted_id=wanted_id)
    key = key_of(keyed) if keyed else None
    with polite_client(home) as client:
        client.key = key
        context.console.say(f"Looking at {url}, one request at a time ...")
        try:
            found = survey(client, url)
        except NotFetched as error:
            if not guessed or error.code not in ("robots-unknown", "network", "timeout"):
                raise
            url = url.replace("https://", "http://", 1)  # several offices answer plain HTTP only
            context.console.say(f"No answer over https; looking at {url} ...")
            found = survey(client, url)
        context.console.say(f"{len(client.asked)} requests were made.")
        delay = client.rules_of(found.lists[0].look.answer.final_url).crawl_delay()
    return found, propose(found, knows, day, crawl_delay=delay, wanted_id=wanted_id)


def _tell(context: Context, home: Home, file: Path, found: Survey, proposal: Proposal) -> None:
    """What was written, what it reads, what a person must look at, what to type next."""
    from crawlers.catalogue import read_source
    from crawlers.probing.field_report import inspect
    from crawlers.probing.samples import SamplePages, save_sample

    say = context.console.result
    folder = save_sample(home, proposal.who.id, found.answers, home.clock.now())
    say(f"Wrote {file}")
    say(f"Saved {len(found.answers)} pages in {folder}")
    say(f"Platform: {proposal.platform}; lists: {len(found.lists)}")
    source = read_source(file, sample=catalogue_of(home).sample)
    for line in summary(inspect(source, SamplePages(folder), "sample")):
        say(line)
    for key, why in proposal.doubts:
        say(f"Look at {key}: {why}.")
    for other, known in catalogue_of(home).sources.items():
        if other != source.id and source.hosts() & known.hosts():
            say(f"The catalogue has {other} at the same host; see that the two do not fetch the same lists.")
    say(f"Next: open the file, mend the lines that say CHECK, then 'govbrief sources check {source.id}'.")
