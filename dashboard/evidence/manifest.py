"""The manifest of a pack: the hash of every member, its own hash, and the signature of the home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dashboard.evidence.container import PackDamaged
from dashboard.evidence.model import DIGEST, FORMAT, MANIFEST, SIGNATURE, VERSION
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.signing import fingerprint, public_key_of, signature_fits, signing_key

_SIGNED_FOR = b"govbrief evidence pack 1\n"  # a signature of a bundle is none of a pack, and the reverse


def sealed(home: Home, members: Mapping[str, bytes], facts: Mapping[str, Any]) -> dict[str, bytes]:
    """The members with their manifest behind them, signed where the home has a key to sign with."""
    key = signing_key(home) if (home.root / "keys" / "bundle-key.pem").exists() else None
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        **facts,
        "signed_by": key.public_key().public_bytes_raw().hex() if key else None,
        "members": [
            {"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in members.items()
        ],
    }
    content = as_json(manifest)
    whole = {**members, MANIFEST: content, DIGEST: _digest(content)}
    if key:
        whole[SIGNATURE] = key.sign(_SIGNED_FOR + content).hex().encode() + b"\n"
    return whole


def opened(members: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest of a pack's members, all of them compared with it; PackDamaged says what differs."""
    content = members.get(MANIFEST, b"")
    if members.get(DIGEST) != _digest(content):
        raise PackDamaged(f"{MANIFEST} does not have the hash that {DIGEST} says.")
    manifest = read_json(members, MANIFEST)
    if manifest.get("format") != FORMAT or as_json(manifest) != content:
        raise PackDamaged(f"{MANIFEST} is not the manifest of an evidence pack.")
    if manifest.get("version") != VERSION:
        raise PackDamaged(f"The pack has format {manifest.get('version')}; this govbrief checks {VERSION}.")
    _compare(members, manifest)
    return manifest


def signer(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> str | None:
    """The fingerprint of the key that signed the pack, None when nobody did; PackDamaged for a false one."""
    named, written = manifest.get("signed_by"), members.get(SIGNATURE)
    if named is None and written is None:
        return None
    try:
        key = public_key_of(str(named))
        signature = bytes.fromhex((written or b"").decode("ascii").strip())
    except (UserError, ValueError) as error:
        raise PackDamaged("The pack's signature, or the key it names, is damaged or missing.") from error
    fits = signature_fits(key, signature, _SIGNED_FOR + members[MANIFEST])
    if not fits or written != signature.hex().encode() + b"\n":
        raise PackDamaged("The pack's signature does not fit its manifest.")
    return fingerprint(key)


def as_json(value: Any) -> bytes:
    """The one way in which members are written as JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_json(members: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """A member that is a JSON object; PackDamaged when it is missing or none."""
    try:
        found = json.loads(members[name])
    except KeyError:
        raise PackDamaged(f"The pack has no {name}.") from None
    except (ValueError, RecursionError) as error:
        raise PackDamaged(f"{name} is no JSON.") from error
    if not isinstance(found, dict):
        raise PackDamaged(f"{name} is no JSON object.")
    return found


def _compare(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    listed = manifest.get("members")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise PackDamaged(f"{MANIFEST} lists no members.")
    names = [str(one.get("name")) for one in listed]
    own = [MANIFEST, DIGEST, *([SIGNATURE] if manifest.get("signed_by") else [])]
    if [*names, *own] != list(members):
        raise PackDamaged("The pack does not hold exactly the members that its manifest lists.")
    for one in listed:
        data = members[str(one["name"])]
        if (one.get("bytes"), one.get("sha256")) != (len(data), sha256(data).hexdigest()):
            raise PackDamaged(f"The member '{one['name']}' is not as the manifest says: it was changed.")


def _digest(content: bytes) -> bytes:
    return f"{sha256(content).hexdigest()}  {MANIFEST}\n".encode()
