"""What one record of a WARC file is to us: a capture to take up, a visit without news, or nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from crawlers.catalogue import Catalogue, load_catalogue
from crawlers.extraction.charset import decode
from crawlers.handed_in import SOURCE_ID
from crawlers.reading_pool import read_body
from crawlers.warc_visits import Unchanged, digest_key
from warehouse.archive.card import Card, read_card
from warehouse.archive.payload import UnusablePayload, header, http_answer, plain_body
from warehouse.archive.reader import read_record
from warehouse.archive.stream import StoredRecord
from warehouse.content import extraction_mark
from warehouse.crawl_state.purged import tombstones
from warehouse.home import Home
from warehouse.identity import capture_id, sha256
from warehouse.records import ArchivePlace, Capture, Entry

Headers = Sequence[tuple[str, str]]

_TAKEN = frozenset({"response", "resource"})
_WEB = frozenset({"http", "https"})
_OURS = frozenset({"import", SOURCE_ID})
_PAGE_PARTS = re.compile(
    r"(?:image|audio|video|font)/|text/css|(?:text|application)/(?:x-)?javascript|application/font", re.I
)
_MAY_BE_MARKED = re.compile("秘密|机密|绝密")
_DEFAULT_PORT = re.compile(
    r"^(http://[^/?#]*(?=:80(?:[/?#]|$))|https://[^/?#]*(?=:443(?:[/?#]|$))):\d+", re.I
)
_AHEAD = timedelta(days=1)  # by which another machine's clock may be wrong


class WrongRecord(ValueError):
    """A record that could have been a capture and is refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is nothing for us: its reason, or the host that no source holds."""

    reason: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One answer on its way into the archive; `headers` is None for what did not come by HTTP."""

    capture_id: str
    source_id: str
    url: str
    final_url: str
    at: datetime
    status: int
    media_type: str
    headers: Headers | None
    body: bytes
    kind: str
    role: str
    ip: str | None = None
    entry: Entry | None = None
    parent_url: str | None = None

    def capture(self, run_id: str, place: ArchivePlace) -> Capture:
        """The card of the answer once it lies in the archive."""
        return Capture(
            capture_id=self.capture_id,
            source_id=self.source_id,
            run_id=run_id,
            url=self.url,
            final_url=self.final_url,
            fetched_at=self.at,
            status=self.status,
            media_type=self.media_type,
            sha256=sha256(self.body),
            length=len(self.body),
            place=place,
            kind="handed-in" if self.kind == "handed-in" else "imported",
            role=self.role,
            entry=self.entry,
            parent_url=self.parent_url,
        )


class Sifter:
    """Decides about records by a home's catalogue, its clock and its bounds."""

    def __init__(self, home: Home, catalogue: Catalogue, source_id: str | None) -> None:
        self._home = home
        self._catalogue = catalogue
        self._other = load_catalogue(None, sample=not catalogue.sample)
        self._source_id = source_id
        self._purged = tombstones(home)
        self._latest = home.clock.now() + _AHEAD
        self._limit = home.settings.crawl.max_body_bytes

    def sift(self, record: StoredRecord) -> Arrival | Unchanged | Skipped:
        """What the record is; WrongRecord when it could have been a capture and may not or cannot be one."""
        fields = record.fields
        kind = fields.get("warc-type", "").lower()
        url = stated_address(fields, "warc-target-uri")
        scheme = url.partition(":")[0].lower()
        if kind not in {*_TAKEN, "revisit", "continuation"} or scheme not in _WEB | _OURS:
            return Skipped(kind if kind not in _TAKEN else f"scheme-{scheme[:20] or 'none'}")
        card = read_card(fields)
        self._refuse_mixture(url, card)
        source_id = self._source_of(url, card)
        if source_id is None:
            return Skipped(host=urlsplit(url).netloc.lower() or url[:60])
        if kind == "continuation":
            raise WrongRecord("it is a part of an answer that was written in several records")
        if kind == "revisit":
            return self._visit(fields, source_id, url)
        found = self._arrival(record, kind, source_id, url, card)
        if isinstance(found, Arrival):
            self._refuse_purged(found)
            self._refuse_marked(found)
        return found

    def _refuse_purged(self, found: Arrival) -> None:
        gone = found.capture_id in self._purged.captures
        if gone or self._purged.holds(found.source_id, found.url, found.final_url):
            raise WrongRecord("its address was purged here and is not taken in again")

    def source_at(self, url: str) -> str | None:
        """The source whose an answer of this address would be."""
        return self._source_of(url, None)

    def _visit(self, fields: dict[str, str], source_id: str, url: str) -> Unchanged:
        named = instant_of(fields.get("warc-refers-to-date", ""))
        refers_to = stated_address(fields, "warc-refers-to-target-uri") or url
        return Unchanged(source_id, url, self._date(fields), named, refers_to, digest_key(fields))

    def back_again(self, visit: Unchanged, original: Capture) -> Arrival:
        """The capture of a visit that found what an earlier capture, not the last one, had shown."""
        record = read_record(self._home.archive, original.place)
        return Arrival(
            capture_id(visit.source_id, visit.url, visit.at, original.sha256),
            visit.source_id,
            visit.url,
            original.final_url,
            visit.at,
            record.status,
            original.media_type,
            tuple(record.headers.items()),
            record.body,
            "imported",
            original.role,
            None,
            original.entry,
            original.parent_url,
        )

    def _arrival(
        self, record: StoredRecord, kind: str, source_id: str, url: str, card: Card | None
    ) -> Arrival | Skipped:
        fields = record.fields
        try:
            web = kind == "response" and "http" in fields.get("content-type", "application/http")
            status, headers, body = http_answer(record.block) if web else (200, [], record.block)
            if not 200 <= status < 300 or status in (204, 206):
                return Skipped(f"http-{status}")
            said = header(headers, "content-type") if web else fields.get("content-type", "")
            media_type = said.split(";")[0].strip().lower()
            if card is None and _PAGE_PARTS.match(media_type):
                return Skipped("part-of-page")
            _refuse_part(fields)
            body = plain_body(headers, body, self._limit)
        except UnusablePayload as error:
            raise WrongRecord(str(error)) from error
        at = self._date(fields)
        plain = Arrival(
            capture_id(source_id, url, at, sha256(body)),
            source_id,
            url,
            url,
            at,
            status,
            media_type,
            headers if web else None,
            body,
            "imported",
            "unknown",
            fields.get("warc-ip-address"),
        )
        return plain if card is None else _with_card(plain, card)

    def _source_of(self, url: str, card: Card | None) -> str | None:
        if self._source_id is not None:
            return self._source_id
        if card is not None and (card.source_id in self._catalogue.sources or _own_source(url, card)):
            return card.source_id
        matched = self._catalogue.match(url)
        return matched.id if matched else None

    def _refuse_mixture(self, url: str, card: Card | None) -> None:
        """Sample addresses never enter a real home, nor real ones the sample's: one hides in the other."""
        if self._catalogue.sample:
            ours = self._catalogue.match(url) or (card is not None and card.sample)
            if not ours and (self._source_id is not None or self._other.match(url) or card is not None):
                raise WrongRecord(
                    "it is not sample data, and this is the sample province's home; use another --home"
                )
        elif self._other.match(url) or (card is not None and card.sample):
            raise WrongRecord("it is sample data (示例数据), and this is a real home")

    def _refuse_marked(self, found: Arrival) -> None:
        """A page that carries a secrecy mark is refused before anything of it is kept; files when read."""
        if found.media_type and not found.media_type.startswith(("text/", "application/")):
            return
        if found.body.startswith((b"%PDF", b"PK")) or not _MAY_BE_MARKED.search(decode(found.body)):
            return
        card = found.capture("", ArchivePlace("", 0, 0))
        mark = extraction_mark(
            read_body(self._catalogue.sources.get(found.source_id), card, found.body).extraction
        )
        if mark:
            raise WrongRecord(f"the document carries a secrecy mark ({mark}) and nothing of it was kept")

    def _date(self, fields: dict[str, str]) -> datetime:
        at = instant_of(fields.get("warc-date", ""))
        if at is None:
            raise WrongRecord("its WARC-Date is missing or no instant")
        if at > self._latest:
            raise WrongRecord(f"its WARC-Date {at:%Y-%m-%d} lies in the future")
        return at


def stated_address(fields: Mapping[str, str], name: str) -> str:
    """The address that a field states, without the angle brackets of old tools and without a default port."""
    url = fields.get(name, "").strip().strip("<>")
    return _DEFAULT_PORT.sub(r"\1", url, count=1)


def _refuse_part(fields: Mapping[str, str]) -> None:
    """WrongRecord for the record of half an answer: cut by its tool, or the first of several segments."""
    cut = fields.get("warc-truncated", "").strip()
    if cut:
        raise WrongRecord(f"its answer was cut when it was recorded (WARC-Truncated: {cut[:40]})")
    if fields.get("warc-segment-number", "").strip():
        raise WrongRecord("it is a part of an answer that was written in several records")


def _with_card(plain: Arrival, card: Card) -> Arrival:
    """What our own export says of the capture besides; its name tells whether it is held already."""
    return replace(
        plain,
        capture_id=card.capture_id,
        url=card.url or plain.url,
        final_url=card.final_url or plain.url,
        media_type=card.media_type if card.media_type is not None else plain.media_type,
        kind=card.kind,
        role=card.role,
        entry=card.entry,
        parent_url=card.parent_url,
    )


def _own_source(url: str, card: Card) -> bool:
    """Whether the record is an imported line or a handed-in file, whose sources no catalogue lists."""
    line = url.startswith("import://") and card.source_id.startswith("import-")
    return line or (card.source_id == SOURCE_ID and card.kind == "handed-in")


def instant_of(text: str) -> datetime | None:
    """A WARC-Date of any precision, from 2019 to 2019-05-06T07:08:09.123456789Z; None for anything else."""
    found = re.fullmatch(
        r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?Z)?)?)?", text.strip()
    )
    if not found:
        return None
    year, month, day, hour, minute, second, part = (one or "" for one in found.groups())
    try:
        return datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int(part[:6].ljust(6, "0")) if part else 0,
            tzinfo=UTC,
        )
    except ValueError:
        return None
