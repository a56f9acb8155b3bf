"""What is handed in, on the command line or on the page, taken into archive and warehouse."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dashboard.commands.chain import catalogue_of, classify_step, publish_step
from dashboard.commands.console import Console
from warehouse.desk import Desk
from warehouse.desk.accessions import JOB, Accession
from warehouse.errors import GovbriefError, LockHeld
from warehouse.home import Home
from warehouse.web_keys import without_key

if TYPE_CHECKING:
    from crawlers.handed_in import AddSummary

REQUESTS = 8  # robots.txt and one page, each perhaps redirected
_LEFT_BEHIND = 3600  # seconds after which a file that no entry waits for is swept away


def take_address(home: Home, url: str, source_id: str | None) -> AddSummary:
    """Fetch one page under the rules of a crawl (robots.txt, pace, refusals, quiet hours, a source's rest).

    NothingUsable says why it was not fetched, or that no document came of it.
    """
    from crawlers.credential import key_of
    from crawlers.handed_in import SOURCE_ID, HandedIn, NotTaken, add, refuse_purged, source_of
    from crawlers.platforms.base import PageRequest
    from crawlers.probing.errors import NotFetched
    from dashboard.commands.source_client import polite_client

    catalogue = catalogue_of(home)
    source = source_of(url, source_id, catalogue)
    refuse_purged(home, source.id if source else SOURCE_ID, url)
    if source and (why := _resting(home, source)):
        raise NotTaken(
            "resting", f"{url}: not fetched, {why}; save the page and add the file with --url {url}."
        )
    url = without_key(url)
    with polite_client(home, most=REQUESTS) as client:
        client.key = key_of(source) if source else None
        try:
            answer = client.get(PageRequest(url, "detail"))
        except NotFetched as error:
            remedy = f"save the page in a browser and type 'govbrief add FILE --url {url}'"
            raise NotTaken(error.code, f"Not fetched: {str(error).rstrip('.')}; or {remedy}.") from error
    handed = HandedIn(url, answer.body, answer.media_type, answer.final_url)
    return add(home, handed, "", source_id, catalogue)


def take_accession(home: Home, console: Console, arguments: dict[str, Any]) -> str:
    """Take in one entry of the register; once no other waits, classify and publish what came of it.

    What cannot be used is settled as refused, with the sentence that says why; its file is not kept. When
    another process holds the warehouse the entry goes on waiting.
    """
    with Desk.open(home) as desk:
        sweep(home, desk)
        one = desk.accessions.get(int(arguments["accession"]))
        fault: GovbriefError | None = None
        try:
            if one.state == "waiting":
                one, fault = _settled(home, desk, one)
        finally:  # whatever became of the last, those before it are shown
            if not any(job.kind == JOB for job in desk.queue.listed("queued")):
                _publish(home, console, desk)
    if fault:
        raise fault
    return f"accession {one.accession_id}: {one.state}, {one.outcome}"


def _publish(home: Home, console: Console, desk: Desk) -> None:
    """One publication for all that was taken in since the last one made here."""
    numbers = desk.accessions.unpublished()
    if numbers:
        classify_step(home, console)
        publish_step(home, console)
        desk.accessions.note_published(numbers)


def sweep(home: Home, desk: Desk) -> None:
    """Remove files that nobody waits for: an upload whose server was killed before it was registered."""
    if not home.incoming.is_dir():
        return
    kept = desk.accessions.waiting_files()
    for file in home.incoming.iterdir():
        if file.name not in kept and time.time() - file.stat().st_mtime > _LEFT_BEHIND:
            file.unlink(missing_ok=True)


def _settled(home: Home, desk: Desk, one: Accession) -> tuple[Accession, GovbriefError | None]:
    """The entry as it was settled, and the fault that refused it."""
    fault = None
    try:
        _refuse_who_may_not(desk, one)
        summary = _taken(home, one)
        desk.accessions.settle(home, one.accession_id, summary.document_id, summary.outcome)
    except LockHeld:
        raise
    except GovbriefError as error:
        fault = error
        desk.accessions.settle(home, one.accession_id, "", getattr(error, "code", "other"), str(error))
    except Exception as error:  # a fault of ours: an entry that waits for ever tells nobody anything
        desk.accessions.settle(home, one.accession_id, "", "other", f"internal error: {error}")
        raise
    return desk.accessions.get(one.accession_id), fault


def _refuse_who_may_not(desk: Desk, one: Accession) -> None:
    """NotTaken when who handed it in was let go, or lost the role, while it waited."""
    from crawlers.handed_in import NotTaken
    from warehouse.desk.roles import reaches

    account = desk.accounts.one(one.account)
    if account.state != "active" or not reaches(account.role, "analyst"):
        raise NotTaken("not-allowed", f"{one.account} may hand in nothing any more.")


def _taken(home: Home, one: Accession) -> AddSummary:
    from crawlers.handed_in import NotTaken, add_body

    if one.kind == "address":
        return take_address(home, one.url, one.source_id or None)
    try:
        body = (home.incoming / one.stored).read_bytes()
    except OSError as error:
        raise NotTaken("file-gone", f"{one.name}: the file that waited is gone; hand it in again.") from error
    return add_body(
        home, one.name, body, one.url or None, one.source_id or None, catalogue_of(home), over_crawled=False
    )


def _resting(home: Home, source: Any) -> str | None:
    from crawlers.schedule import resting
    from dashboard.commands.source_client import left_alone

    return left_alone(home, source.id) or resting(source, home, home.clock.now())
