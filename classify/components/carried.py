"""How findings travel: with `doc.to_bytes()`, in a DocBin with user data, between processes of `nlp.pipe`.

Decision: `doc._.gov` stays ordinary user data, and srsly, with which spaCy packs user data, learns to pack
it. A store beside the Docs would have to follow each Doc through copies, threads and processes, and would
lose its findings whenever a Doc is saved; so it was not chosen. What travels is plain msgpack: each record as
a table of its fields, read back by the types that the records declare, nothing by name of a class, no pickle.
The places of signs and the index of places are left out; they are made again when asked for.

Packed findings of a newer version with fields that this one does not know are read without those fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import srsly  # type: ignore[import-untyped]

from classify.components.state import Findings

KEY = "govbrief.findings.v1"
_MADE_AGAIN = frozenset({"anchors", "index", "_home"})


def pack(value: Any) -> Any:
    """A value of a record as msgpack knows it: records as tables, days as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in fields(value) if field.name not in _MADE_AGAIN)
        return {name: pack(getattr(value, name)) for name in names}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: pack(one) for key, one in value.items()}
    return [pack(one) for one in value] if isinstance(value, list | tuple) else value


def unpack_findings(packed: dict[str, Any]) -> Findings:
    """The findings that `pack` made a table of."""
    state: Findings = _reader(Findings)(packed)
    if state.document == state.stored.document:
        state.document = state.stored.document
    return state


@lru_cache(maxsize=256)
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns a packed value back into one of this type."""
    if is_dataclass(hint):
        return _record_reader(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (kind,) = (one for one in inner if one is not NoneType)  # our records know no other choice
        read = _reader(kind)
        return lambda value: None if value is None else read(value)
    if origin in (tuple, list):
        return _sequence_reader(origin, inner)
    if origin is dict:
        read = _reader(inner[1])
        return lambda value: {key: read(one) for key, one in value.items()}
    if hint is date:
        return date.fromisoformat
    return _as_it_is


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {one.name: _reader(hints[one.name]) for one in fields(kind) if one.name not in _MADE_AGAIN}

    def read(value: Any) -> Any:
        return kind(**{name: readers[name](one) for name, one in value.items() if name in readers})

    return read


def _sequence_reader(kind: Any, inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if kind is list or inner[-1] is ...:
        read = _reader(inner[0])
        return lambda value: kind(read(one) for one in value)
    readers = [_reader(one) for one in inner]
    return lambda value: tuple(read(one) for read, one in zip(readers, value, strict=True))


def _as_it_is(value: Any) -> Any:
    return value


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, Findings):
        return {KEY: pack(value)}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and KEY in value:
        return unpack_findings(value[KEY])
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register(KEY, func=_encode)
srsly.msgpack_decoders.register(KEY, func=_decode)
