"""An altered pack is refused, wherever the byte stands; hostile files are refused in one sentence."""

from __future__ import annotations

import io
import random
import stat
import zipfile

import pytest

from dashboard.evidence.container import PackDamaged, read_container, write_container
from dashboard.evidence.manifest import as_json, sealed
from dashboard.evidence.verify import verified
from tests.evidence.conftest import Signed

CHANGES = 400


@pytest.fixture(scope="module")
def pack(signed: Signed) -> bytes:
    return signed.pack()


def test_any_altered_byte_is_noticed(pack: bytes) -> None:
    draw = random.Random(20261122)
    places = {*draw.sample(range(len(pack)), CHANGES), *range(64), *range(len(pack) - 90, len(pack))}
    passed = []
    for place in sorted(places):
        altered = bytearray(pack)
        altered[place] ^= 1 << draw.randrange(8)
        try:
            verified(bytes(altered))
            passed.append(place)
        except PackDamaged:
            continue
    assert passed == []


def test_every_header_byte_of_the_container_is_noticed() -> None:
    whole = write_container({"a.txt": b"one", "b/c.txt": b""})
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 0xFF
        try:
            found = read_container(bytes(altered))
        except PackDamaged:
            continue
        assert found != read_container(whole)  # a byte of a member: the manifest's hash tells it


@pytest.mark.parametrize(
    "change", [lambda pack: pack + b"\0", lambda pack: pack[:-1], lambda pack: b"\0" + pack]
)
def test_added_and_missing_bytes_are_noticed(pack: bytes, change: object) -> None:
    with pytest.raises(PackDamaged):
        verified(change(pack))  # type: ignore[operator]


def test_a_comment_of_the_archive_is_noticed(pack: bytes) -> None:
    buffer = io.BytesIO(pack)
    with zipfile.ZipFile(buffer, "a") as opened:
        opened.comment = b"hello"
    with pytest.raises(PackDamaged):
        verified(buffer.getvalue())


def _zip(*entries: tuple[str, bytes, int, int]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data, method, mode in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, method
            made.writestr(info, data)
    return buffer.getvalue()


FILE = 0o100644


@pytest.mark.parametrize(
    ("hostile", "told"),
    [
        (_zip(("bomb.txt", b"\0" * 5_000_000, zipfile.ZIP_DEFLATED, FILE)), "compressed"),
        (_zip(("../../etc/passwd", b"x", zipfile.ZIP_STORED, FILE)), "has a name"),
        (_zip(("/etc/passwd", b"x", zipfile.ZIP_STORED, FILE)), "has a name"),
        (_zip(("a\\b", b"x", zipfile.ZIP_STORED, FILE)), "has a name"),
        (_zip(("a.txt", b"x", 0, FILE), ("b.txt", b"y", 0, FILE)).replace(b"b.txt", b"a.txt"), "twice"),
        (_zip(("link", b"/etc/passwd", 0, stat.S_IFLNK | 0o777)), "is a link"),
        (b"", "no evidence pack"),
        (b"%PDF-1.7", "no evidence pack"),
        (b"PK\x03\x04" + b"\xff" * 300, "does not end"),
    ],
)
def test_hostile_files_are_refused_in_one_sentence(hostile: bytes, told: str) -> None:
    with pytest.raises(PackDamaged, match=told) as refused:
        verified(hostile)
    assert "\n" not in str(refused.value)


def test_a_number_of_members_that_is_not_there_is_refused() -> None:
    whole = bytearray(write_container({"a.txt": b"one"}))
    whole[-14:-10] = b"\xff\x4d\xff\x4d"  # 19,967 members by the end record
    with pytest.raises(PackDamaged):
        read_container(bytes(whole))


def _rebuilt(signed: Signed, pack: bytes, **changed: bytes) -> bytes:
    """The pack as somebody would make it who changes a member and all hashes with it."""
    members = {n: d for n, d in read_container(pack).items() if not n.startswith("manifest.")}
    members |= {name.replace("__", "/").replace("_", "."): data for name, data in changed.items()}
    facts = {"issue": {}, "publication_id": "x"}
    return write_container(sealed(signed.home, members, facts))


def test_a_quotation_that_does_not_stand_in_its_text_is_refused_with_right_hashes(
    signed: Signed, pack: bytes
) -> None:
    evidence = read_container(pack)["evidence.json"].replace("推进智慧养老".encode(), "推迟智慧养老".encode())
    with pytest.raises(PackDamaged, match="e7 does not stand"):
        verified(_rebuilt(signed, pack, evidence_json=evidence))


def test_a_mark_without_evidence_is_refused_with_right_hashes(signed: Signed, pack: bytes) -> None:
    with pytest.raises(PackDamaged, match="passage e55"):
        verified(_rebuilt(signed, pack, report__text_md="又[^e55]".encode()))


def test_missing_references_are_refused_with_right_hashes(signed: Signed, pack: bytes) -> None:
    with pytest.raises(PackDamaged, match=r"references\.json"):
        verified(_rebuilt(signed, pack, references__references_json=b"[]\n"))


def test_lists_of_another_shape_are_refused(signed: Signed, pack: bytes) -> None:
    with pytest.raises(PackDamaged, match="shape"):
        verified(_rebuilt(signed, pack, evidence_json=as_json({"pins": [{"key": 1}]})))


def test_a_false_signature_is_refused(signed: Signed, tmp_path: object) -> None:
    from warehouse.home import Home
    from warehouse.signing import new_key

    home = Home.create(tmp_path / "home", "")  # type: ignore[operator]
    new_key(home)
    members = sealed(home, {"a.txt": b"one"}, {"issue": {}, "publication_id": "x"})
    members["manifest.sig"] = bytes(reversed(members["manifest.sig"].strip())) + b"\n"
    with pytest.raises(PackDamaged, match="signature"):
        verified(write_container(members))
