"""One reader without a browser: she opens pages over Streamlit's own socket and waits until each is whole."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 60.0  # seconds a reader waits for a page before it counts as failed


@dataclass(frozen=True, slots=True)
class Opened:
    """One page opened: which, when it was asked for, and how long it took until the last part was there."""

    page: str
    at: float  # seconds since the readers came
    milliseconds: float


@dataclass(slots=True)
class Told:
    """What readers of one server met."""

    opened: list[Opened] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


async def readers(
    base: str, pages: Sequence[str], count: int, every: float, seconds: float, seed: int, told: Told
) -> None:
    """`count` readers, each in a session of her own, open one of the pages each `every` seconds.

    They come spread over one such span, so that they do not act in step; the first page of a session, which
    also imports and connects, is not counted. Pages are addresses such as `/topics?theme=x`.
    """
    began = time.perf_counter()
    tasks = (
        _read(base, pages, every, began + seconds, every * number / count, Random(seed + number), told, began)
        for number in range(count)
    )
    await asyncio.gather(*tasks)


async def _read(
    base: str, pages: Sequence[str], every: float, until: float, wait: float, chance: Random,
    told: Told, began: float,
) -> None:  # fmt: skip
    await asyncio.sleep(wait)
    address = base.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as line:
        next_act = time.perf_counter()
        counted = False
        while time.perf_counter() < until:
            page = chance.choice(pages)
            at = time.perf_counter()
            try:
                await asyncio.wait_for(_open(line, page), PATIENCE)
            except (TimeoutError, OSError, RuntimeError) as error:
                told.failed.append(f"{page}: {error or 'no answer'}")
                return
            if counted:
                told.opened.append(Opened(page, at - began, (time.perf_counter() - at) * 1000))
            counted = True
            next_act += every
            await asyncio.sleep(max(0.0, next_act - time.perf_counter()))


async def _open(line: ClientConnection, page: str) -> None:
    """Ask for a page as the browser does; a RuntimeError when its script ends with an error."""
    path, _, query = page.partition("?")
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = path.strip("/")
    await line.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await line.recv(decode=False))
        kind = message.WhichOneof("type")
        if kind == "page_not_found":
            raise RuntimeError("no such page")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") in {"exception", "alert"}:
            raise RuntimeError("the page shows an error")
        if kind == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError("the script did not finish")
            return
