"""Recorded pages through Scrapy: a manifest row is a request, answered from its file, kept as replayed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from crawlers.recordings import Recording, read_recordings
from crawlers.replay import source_of
from crawlers.spiders.round import Round
from warehouse.errors import EnvironmentProblem
from warehouse.identity import digest, sha256
from warehouse.records import Capture

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def replay_settings(folder: str) -> dict[str, Any]:
    """Settings that put the recorded folder in the place of the network."""
    handler = "crawlers.spiders.replayed.RecordedHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "DOWNLOADER_MIDDLEWARES": {},
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "REPLAY_FOLDER": folder,
    }


class RecordedHandler(BaseDownloadHandler):
    """Answers a request from the file of its manifest row."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._folder = Path(crawler.settings["REPLAY_FOLDER"])

    async def download_request(self, request: Request) -> Response:
        """The recorded bytes; a missing file is an OSError that the spider names."""
        recording: Recording = request.meta["recording"]
        body = await asyncio.to_thread(recording.read, self._folder)
        return Response(request.url, 200, headers={"Content-Type": recording.media_type}, body=body)

    async def close(self) -> None:
        """Nothing is open."""


class ReplaySpider(Spider):
    """One request a manifest row; a row that was replayed before adds nothing."""

    name = "replay"

    def __init__(self, round: Round, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.round = round
        self._folder = Path(round.job.replay or "")

    async def start(self) -> AsyncIterator[Any]:
        """Every row of the manifest."""
        for recording in read_recordings(self._folder):
            yield Request(
                recording.address,
                callback=self.answered,
                errback=self.broke,
                meta={"recording": recording, "recorded": True},
                dont_filter=True,
            )

    def answered(self, response: Response) -> None:
        """Archive the recorded bytes, once."""
        recording: Recording = response.meta["recording"]
        source_id = self._source_of(recording)
        self.round.count(source_id, requests=1, bytes=len(response.body))
        problem = recording.fault(response.body)
        if problem:
            self.round.count(source_id, failures=1)
            self.round.note(source_id, f"{recording.file}: {problem}")
            return
        try:
            self._keep(recording, source_id, response.body)
        except EnvironmentProblem as error:
            self.round.fatal = error
            raise CloseSpider("environment") from error

    def broke(self, failure: Any) -> None:
        """A row whose file cannot be read is named; the rest goes on."""
        recording: Recording = failure.request.meta["recording"]
        source_id = self._source_of(recording)
        reason = getattr(failure.value, "strerror", None) or type(failure.value).__name__
        self.round.count(source_id, requests=1, failures=1)
        self.round.note(
            source_id, f"{recording.file}: the recorded file cannot be read ({reason}; missing-file)"
        )

    def _keep(self, recording: Recording, source_id: str, body: bytes) -> None:
        payload = sha256(body)
        name = "cap-" + digest("replay", source_id, recording.address, recording.row, payload)
        if self.round.state.capture(name) is not None:
            self.round.count(source_id, not_modified=1)
            return
        at = self.round.now()
        headers = [("Content-Type", recording.media_type)]
        place = self.round.writer.write_response(recording.address, 200, headers, body, at)
        self.round.keep(
            Capture(
                capture_id=name,
                source_id=source_id,
                run_id=self.round.job.run_id,
                url=recording.address,
                final_url=recording.address,
                fetched_at=at,
                status=200,
                media_type=recording.media_type,
                sha256=payload,
                length=len(body),
                place=place,
                kind="replayed",
                role=recording.role,
            )
        )
        self.round.count(source_id, fetched=1, new_documents=1)

    def _source_of(self, recording: Recording) -> str:
        return source_of(recording, self.round.catalogue, self._folder)
