"""A publication carried over as a signed bundle reads the same; whatever is wrong with one leaves CURRENT."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.archived_copy import archive_routes
from dashboard.commands.main import main
from tests.commands.conftest import Govbrief, Outcome
from tests.commands.test_json import differences, documented
from tests.copying import copied
from warehouse import signing
from warehouse.bundle_manifest import MAGIC, BundledFile, manifest_bytes, read_manifest_bytes, signature_bytes
from warehouse.folders import CURRENT, FACTS, publication_ids, read_current
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.receive import receive

ROW = {"id": "1", "title": "关于养老服务的通知", "text": "各市：\n请认真做好养老服务工作。"}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few published documents and a key, and an empty one that trusts it; never written to."""
    folder = tmp_path_factory.mktemp("both")
    sender = Home.create(folder / "sender", "")
    add(lambda *words: Outcome(main([str(word) for word in words]), "", ""), sender, folder, *range(6))
    key = answer("publish", "--new-key", "--home", sender.root)
    assert differences(documented("publish --new-key --json"), key) == []
    receiver = Home.create(folder / "receiver", "")
    told = answer("receive", "--trust", sender.root / "keys" / "bundle-key.pub.pem", "--home", receiver.root)
    assert differences(documented("receive --trust KEYFILE --json"), told) == []
    return folder


def answer(*words: str | Path) -> Any:
    """What a command that must succeed answers in JSON."""
    with redirect_stdout(io.StringIO()) as said:
        assert main([*map(str, words), "--json"]) == 0
    return json.loads(said.getvalue())


@pytest.fixture
def sender(both: Path, tmp_path: Path) -> Home:
    """A home with a few published documents and a key."""
    return Home.open(copied(both / "sender", tmp_path / "sender"))


@pytest.fixture
def receiver(both: Path, tmp_path: Path) -> Home:
    """An empty home that trusts the sender's key."""
    return Home.open(copied(both / "receiver", tmp_path / "receiver"))


def add(govbrief: Govbrief, home: Home, tmp_path: Path, *numbers: int) -> str:
    """Publish further documents; the publication's id."""
    rows = [
        {**ROW, "id": str(n), "title": f"关于第{n}项养老服务的通知", "text": f"{ROW['text']}{n}"}
        for n in numbers
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert govbrief("import", file, "--home", home.root).code == 0
    assert govbrief("publish", "--home", home.root).code == 0
    return str(read_current(home.published))


def bundle(govbrief: Govbrief, sender: Home, file: Path, *words: str | Path) -> None:
    done = govbrief("publish", "--bundle", file, *words, "--home", sender.root, "--json")
    assert done.code == 0, done.err
    assert differences(documented("publish --json"), done.json) == []


def found(govbrief: Govbrief, home: Home) -> list[str]:
    answer = govbrief("search", "养老", "--home", home.root, "--json")
    return sorted(hit["title"] for hit in answer.json["hits"])


def test_it_reads_the_same_and_the_next_one_carries_only_what_is_new(
    govbrief: Govbrief, sender: Home, receiver: Home, tmp_path: Path
) -> None:
    first = str(read_current(sender.published))
    bundle(govbrief, sender, tmp_path / "whole")
    taken = govbrief("receive", tmp_path / "whole", "--home", receiver.root, "--json")
    assert taken.code == 0, taken.err
    assert differences(documented("receive FILE --json"), taken.json) == []
    assert found(govbrief, receiver) == found(govbrief, sender)
    assert govbrief("brief", "养老服务", "--home", receiver.root).code in (0, 4)
    assert govbrief("status", "--home", receiver.root).code == 0
    assert govbrief("receive", tmp_path / "whole", "--home", receiver.root, "--json").json["unchanged"]

    client = TestClient(Starlette(routes=archive_routes(receiver)))
    publication = Publication.current(receiver)
    assert publication is not None
    capture_id = publication.rows("select capture_id from document limit 1")[0]["capture_id"]
    assert "kept by the library that published it" in client.get(f"/archive/{capture_id}?lang=en").text
    assert client.get(f"/archive/{capture_id}/copy").status_code in (403, 404)
    assert client.get("/archive/cap-0000000000000000").status_code == 404

    have = govbrief("receive", "--have", "--home", receiver.root)
    assert differences(documented("receive --have"), have.json) == []
    (tmp_path / "have.json").write_text(have.out, encoding="utf-8")
    second = add(govbrief, sender, tmp_path, 6)
    bundle(govbrief, sender, tmp_path / "since", "--since", first)
    bundle(govbrief, sender, tmp_path / "for", "--for", tmp_path / "have.json")
    bundle(govbrief, sender, tmp_path / "again")
    sizes = {name: (tmp_path / name).stat().st_size for name in ("since", "for", "again")}
    assert max(sizes["since"], sizes["for"]) < sizes["again"]
    subprocess.run(["cp", "-a", receiver.root, tmp_path / "other"], check=True)
    for file, home in (("since", receiver), ("for", Home.open(tmp_path / "other"))):
        assert govbrief("receive", tmp_path / file, "--home", home.root).code == 0
        assert read_current(home.published) == second
        assert found(govbrief, home) == found(govbrief, sender)
        assert govbrief("verify", "--home", home.root).code == 0
    facts = receiver.published / second / FACTS
    facts.rename(tmp_path / FACTS)
    os.utime(receiver.published / CURRENT)  # this process has it open; the next one would not
    looked = govbrief("health", "--home", receiver.root)
    assert looked.code == 3
    assert f"The current publication {second} cannot be used; readers see the older {first}." in looked.out
    assert "'govbrief receive FILE'" in looked.out
    (tmp_path / FACTS).rename(facts)
    old, new = (receiver.published / one / "bodies" for one in (first, second))
    shared = {file.name for file in old.iterdir()} & {file.name for file in new.iterdir()}
    assert all((old / name).stat().st_ino == (new / name).stat().st_ino for name in shared)
    assert shared

    older = govbrief("receive", tmp_path / "whole", "--home", receiver.root)
    assert (older.code, read_current(receiver.published)) == (4, second)
    refused = govbrief("publish", "--home", receiver.root)
    assert (refused.code, refused.sentences[-1].count("--replace-received")) == (2, 1)
    empty = Home.create(tmp_path / "empty", "")
    govbrief("receive", "--trust", sender.root / "keys" / "bundle-key.pub.pem", "--home", empty.root)
    missing = govbrief("receive", tmp_path / "since", "--home", empty.root)
    assert missing.code == 4
    assert "which is not held here" in missing.err
    assert publication_ids(empty.published) == []


def test_without_a_current_an_older_bundle_is_refused_all_the_same(
    govbrief: Govbrief, sender: Home, receiver: Home, tmp_path: Path
) -> None:
    older, newer = tmp_path / "older", tmp_path / "newer"
    assert govbrief("publish", "--bundle", older, "--home", sender.root).code == 0
    add(govbrief, sender, tmp_path, 9)
    assert govbrief("publish", "--bundle", newer, "--home", sender.root).code == 0
    assert govbrief("receive", newer, "--home", receiver.root).code == 0
    at = ("--home", receiver.root)
    for file in (receiver.published / str(read_current(receiver.published)) / "index").glob("*.term"):
        os.truncate(file, file.stat().st_size // 2)
    told = govbrief("search", "养老", *at)
    assert (told.code, told.err.count("'govbrief receive FILE'")) == (5, 1)
    assert "'govbrief receive FILE'" in govbrief("verify", *at).err
    assert not govbrief("receive", newer, "--json", *at).json["unchanged"]
    assert found(govbrief, receiver) == found(govbrief, sender)
    assert govbrief("receive", newer, "--json", *at).json["unchanged"]
    purged = govbrief("purge", "doc-0123456789abcdef", "--reason", "x", "--yes", *at)
    assert purged.code == 2
    assert "Purge it at the sender" in purged.err
    (receiver.published / CURRENT).unlink()
    refused = govbrief("receive", older, "--home", receiver.root)
    assert refused.code == 4
    assert "is older than" in refused.err
    assert read_current(receiver.published) is None
    assert govbrief("receive", newer, "--home", receiver.root).code == 0  # the way back
    assert read_current(receiver.published) == read_current(sender.published)


def test_a_key_is_private_and_never_trusted_by_itself(
    govbrief: Govbrief, sender: Home, receiver: Home, tmp_path: Path
) -> None:
    private = sender.root / "keys" / "bundle-key.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert govbrief("publish", "--new-key", "--home", sender.root).code == 2
    bundle(govbrief, sender, tmp_path / "a")
    stranger = Home.create(tmp_path / "stranger", "")
    outcome = govbrief("receive", tmp_path / "a", "--home", stranger.root)
    assert outcome.code == 4
    assert "does not trust" in outcome.err
    assert not (stranger.root / "trusted").exists()
    own = govbrief("receive", tmp_path / "a", "--home", sender.root)
    assert (own.code, own.err.count("publishes by itself")) == (4, 0)  # it does not trust its own key either
    private.chmod(0o644)
    assert govbrief("publish", "--bundle", tmp_path / "b", "--home", sender.root).code == 2
    assert govbrief("receive", "--trust", private, "--home", receiver.root).code == 2
    keyless = Home.create(tmp_path / "keyless", "")
    assert "--new-key" in govbrief("publish", "--bundle", tmp_path / "b", "--home", keyless.root).err


def test_whatever_was_changed_on_the_way_is_refused(
    govbrief: Govbrief, sender: Home, receiver: Home, tmp_path: Path
) -> None:
    bundle(govbrief, sender, tmp_path / "a")
    content = (tmp_path / "a").read_bytes()
    harmed = {
        "cut in the head": content[:40],
        "cut in a file": content[:-1000],
        "a byte of a file": content[:-1000] + bytes([content[-1000] ^ 1]) + content[-999:],
        "a byte of the manifest": content[:200] + bytes([content[200] ^ 1]) + content[201:],
        "something after its end": content + b"x",
        "another kind of file": b"PK" + content,
        "an endless head": MAGIC + b"\xff" * 20,
        "nothing": b"",
    }
    for what, bad in harmed.items():
        (tmp_path / "bad").write_bytes(bad)
        outcome = govbrief("receive", tmp_path / "bad", "--home", receiver.root)
        assert (outcome.code, what) == (4, what)
        assert len(outcome.sentences[-1]) < 300
        assert list(receiver.published.glob("*")) == []
    assert govbrief("receive", tmp_path / "absent", "--home", receiver.root).code == 2


ODD = (
    BundledFile("../outside", 3, "0" * 64, "whole"),
    BundledFile("/etc/passwd", 3, "0" * 64, "whole"),
    BundledFile("bodies/../../outside", 3, "0" * 64, "whole"),
    BundledFile("bodies/a\\b", 3, "0" * 64, "whole"),
    BundledFile("facts.duckdb", 3, "0" * 64, "whole"),
    BundledFile("bodies/huge", 1 << 60, "0" * 64, "whole"),
    BundledFile("bodies/short", 3, "0" * 64, "whole"),
    BundledFile("bodies/blocks", 3, "0" * 64, "blocks", "0" * 64, (9,)),
)


def test_even_a_trusted_signer_cannot_write_elsewhere_or_without_end(
    govbrief: Govbrief, sender: Home, receiver: Home, tmp_path: Path
) -> None:
    bundle(govbrief, sender, tmp_path / "a")
    content = (tmp_path / "a").read_bytes()
    length = int.from_bytes(content[len(MAGIC) : len(MAGIC) + 8], "big")
    true = read_manifest_bytes(content[len(MAGIC) + 8 : len(MAGIC) + 8 + length])
    key = signing.signing_key(sender)
    for odd in ODD:
        signed = manifest_bytes(replace(true, files=(odd, *true.files)))
        signature = signature_bytes(signing.fingerprint(key.public_key()), key.sign(signed))
        parts = (len(signed).to_bytes(8, "big"), signed, len(signature).to_bytes(8, "big"), signature, b"abc")
        (tmp_path / "bad").write_bytes(MAGIC + b"".join(parts))
        outcome = govbrief("receive", tmp_path / "bad", "--home", receiver.root)
        assert outcome.code in (4, 5), (odd, outcome.err)
        assert list(receiver.published.glob("*")) == []
        assert not (tmp_path / "outside").exists()


def test_a_full_disk_leaves_what_was_current(
    govbrief: Govbrief, sender: Home, receiver: Home, tmp_path: Path
) -> None:
    bundle(govbrief, sender, tmp_path / "a")
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "from dashboard.commands.main import main;"
        f"sys.exit(main(['receive', {str(tmp_path / 'a')!r}, '--home', {str(receiver.root)!r}]))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 5, done.stderr
    assert "what was current stays" in done.stderr
    assert list(receiver.published.glob("*")) == []
    assert receive(receiver, tmp_path / "a").documents == 6
