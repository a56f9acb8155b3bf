"""The ZIP of an evidence pack, written in exactly one way: the same members are always the same bytes.

Members are stored, not compressed, so that no version of a compression library decides about a byte, and
nothing can unpack to more than the file itself. Reading takes nothing but what writing would have written:
names, order, headers and the end are built again from the members and compared byte for byte.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from warehouse.errors import NothingUsable

LARGEST = 1_000_000_000  # bytes of a pack; larger ones need ZIP64, which is not written
MOST = 20_000  # members
_NAME = re.compile(r"(?:[a-z0-9][a-z0-9.-]{0,79}/){0,3}[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEAD = struct.Struct("<4s5H3I2H")
_CENTRAL_HEAD = struct.Struct("<4s6H3I5H2I")
_END_RECORD = struct.Struct("<4s4H2IH")
_NEEDS, _MADE_BY = 20, 3 << 8 | 20  # version 2.0; attributes as Unix has them
_TIME, _DATE = 0, 0x21  # midnight of 1980-01-01, the first day that ZIP knows
_FILE = 0o100644 << 16
_LINK = 0o120000 << 16
_KIND = 0o170000 << 16


class PackDamaged(NothingUsable):
    """A file is no evidence pack, or not as it was written; the message says in one sentence why."""


def write_container(members: Mapping[str, bytes]) -> bytes:
    """The file with these members in their order. ValueError for a name or size that no pack has."""
    body, central = bytearray(), bytearray()
    for name, data in members.items():
        if not _NAME.fullmatch(name):
            raise ValueError(f"'{name}' is no name of a member")
        place, raw, crc = len(body), name.encode("ascii"), zlib.crc32(data)
        sizes = (crc, len(data), len(data))
        body += _LOCAL_HEAD.pack(_LOCAL, _NEEDS, 0, 0, _TIME, _DATE, *sizes, len(raw), 0) + raw + data
        head = (_CENTRAL, _MADE_BY, _NEEDS, 0, 0, _TIME, _DATE, *sizes, len(raw), 0, 0, 0, 0, _FILE, place)
        central += _CENTRAL_HEAD.pack(*head) + raw
    if len(members) > MOST or len(body) + len(central) > LARGEST:
        raise ValueError(f"{len(members)} members of {len(body)} bytes are more than a pack holds")
    end = (_END, 0, 0, len(members), len(members), len(central), len(body), 0)
    return bytes(body + central + _END_RECORD.pack(*end))


def read_container(data: bytes) -> dict[str, bytes]:
    """The members in their order; PackDamaged for a file that `write_container` would not have written."""
    found: dict[str, bytes] = {}
    if not data.startswith(_LOCAL):
        raise PackDamaged("This is no evidence pack: it does not begin as one.")
    for name, place, length, packed in _listed(data):
        if name in found:
            raise PackDamaged(f"The pack names the member '{name}' twice.")
        if packed != length:
            raise PackDamaged(f"The member '{name}' is compressed; members of a pack never are.")
        start = place + _LOCAL_HEAD.size + len(name)
        if start + length > len(data):
            raise PackDamaged(f"The member '{name}' reaches beyond the end of the file.")
        found[name] = data[start : start + length]
    if sum(map(len, found.values())) > len(data) or write_container(found) != data:
        raise PackDamaged("The pack is not as it was written: bytes between or behind its members differ.")
    return found


def _listed(data: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, place, size and packed size of each member as the list at the end names them."""
    if not _END_RECORD.size < len(data) <= LARGEST:
        raise PackDamaged(f"The file has {len(data):,} bytes, which no evidence pack has.")
    mark, _, _, _, count, size, at, _ = _END_RECORD.unpack(data[-_END_RECORD.size :])
    if mark != _END or at + size + _END_RECORD.size != len(data) or count > MOST:
        raise PackDamaged("The pack does not end with the list of its members: bytes are missing or added.")
    end = at + size
    for _ in range(count):
        head = data[at : at + _CENTRAL_HEAD.size]
        if len(head) < _CENTRAL_HEAD.size or not head.startswith(_CENTRAL):
            raise PackDamaged("The list of the pack's members is damaged.")
        _, _, _, _, method, _, _, _, packed, length, names, *_, attributes, place = _CENTRAL_HEAD.unpack(head)
        raw = data[at + _CENTRAL_HEAD.size : at + _CENTRAL_HEAD.size + names]
        name = _checked(raw, method, attributes)
        at += _CENTRAL_HEAD.size + names
        yield name, place, length, packed
    if at != end:
        raise PackDamaged("The list of the pack's members is damaged.")


def _checked(raw: bytes, method: int, attributes: int) -> str:
    name = raw.decode("utf-8", "backslashreplace")
    if attributes & _KIND == _LINK:
        raise PackDamaged(f"The member '{_short(name)}' is a link; a pack holds files only.")
    if not _NAME.fullmatch(name):
        raise PackDamaged(f"The member '{_short(name)}' has a name that no member of a pack has.")
    if method:
        raise PackDamaged(f"The member '{name}' is compressed; members of a pack never are.")
    return name


def _short(name: str) -> str:
    return ascii(name[:60])[1:-1]
