"""Open pages whose session is over: what they still send changes nothing any more.

Streamlit runs the callback of a button before the page, which is where `open_frame` looks who reads. So the
session is looked at once more for each message of an open socket: when it is over, a message that asks for a
run loses what was clicked and typed, and the page that it draws says that one must sign in.
"""

from __future__ import annotations

from collections.abc import Callable

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg


def watched(receive: Receive, still_in: Callable[[], bool]) -> Receive:
    """The messages of a socket as the application gets them; `still_in` says whether its session is open."""

    async def receive_watched() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes")
            if message["type"] != "websocket.receive" or not data or await run_in_threadpool(still_in):
                return message
            bare = without_acts(data)
            if bare is not None:
                return {**message, "bytes": bare}

    return receive_watched


def without_acts(data: bytes) -> bytes | None:
    """The same request for a run without the state of any widget; None for every other message."""
    asked = BackMsg()
    try:
        asked.ParseFromString(data)
    except DecodeError:
        return None
    if asked.WhichOneof("type") != "rerun_script":
        return None
    run, bare = asked.rerun_script, BackMsg()
    bare.rerun_script.query_string = run.query_string
    bare.rerun_script.page_script_hash = run.page_script_hash
    return bytes(bare.SerializeToString())
