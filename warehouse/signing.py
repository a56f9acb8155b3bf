"""Ed25519 keys for bundles: one signing key of a home, and the public keys that a receiving home trusts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.files import write_bytes_whole
from warehouse.home import Home

_PRIVATE, _PUBLIC = "bundle-key.pem", "bundle-key.pub.pem"


def new_key(home: Home) -> tuple[Path, str]:
    """Make the home's signing key; the file to carry to receiving homes and the key's fingerprint.

    UserError when there is one already: bundles signed by it would no longer be taken in.
    """
    private, public = home.root / "keys" / _PRIVATE, home.root / "keys" / _PUBLIC
    if private.exists():
        raise UserError(f"{private} is there already; move it away first, receiving homes trust that one.")
    key = Ed25519PrivateKey.generate()
    try:
        private.parent.mkdir(mode=0o700, exist_ok=True)
        write_bytes_whole(private, _private_text(key), 0o600)
        write_bytes_whole(public, _public_text(key.public_key()))
    except OSError as error:
        raise EnvironmentProblem(f"{private}: the key cannot be written ({error.strerror}).") from error
    return public, fingerprint(key.public_key())


def signing_key(home: Home) -> Ed25519PrivateKey:
    """The home's signing key; a UserError says how to make one, or that others can read it."""
    file = home.root / "keys" / _PRIVATE
    try:
        if file.stat().st_mode & 0o077:
            raise UserError(f"{file} can be read by others; type 'chmod 600 {file}' or make a new key.")
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise UserError("There is no key to sign with; type 'govbrief publish --new-key'.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UserError(f"{file} is no private key; put it back from a backup or make a new one.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError(f"{file} is no Ed25519 key; make one with 'govbrief publish --new-key'.")
    return key


def trust(home: Home, file: Path) -> tuple[Path, str, bool]:
    """Trust bundles signed with the key whose public part is `file`: where it is kept now, its fingerprint,
    and whether it was new.
    """
    key = _read_public(file)
    mark = fingerprint(key)
    kept = home.root / "trusted" / f"{mark.partition(':')[2][:32]}.pem"
    fresh = not kept.exists()
    kept.parent.mkdir(exist_ok=True)
    write_bytes_whole(kept, _public_text(key))
    return kept, mark, fresh


def trusted_keys(home: Home) -> dict[str, Ed25519PublicKey]:
    """The keys that this home trusts, by fingerprint; a file that is none is a UserError."""
    keys = (_read_public(file) for file in sorted((home.root / "trusted").glob("*.pem")))
    return {fingerprint(key): key for key in keys}


def public_key_of(raw: str) -> Ed25519PublicKey:
    """The public key whose 32 bytes are written in hexadecimal digits; a UserError when that is none."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))
    except ValueError as error:
        raise UserError("These are not the digits of an Ed25519 public key.") from error


def read_public_key(file: Path) -> Ed25519PublicKey:
    """The public key in a PEM file; a UserError when there is none."""
    return _read_public(file)


def signature_fits(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether the holder of the key signed exactly these bytes."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def fingerprint(key: Ed25519PublicKey) -> str:
    """What two people compare by telephone before a key is trusted."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _read_public(file: Path) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}); name a public key's file.") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UserError(f"{file} is no public key; carry over the publisher's keys/{_PUBLIC}.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise UserError(f"{file} is no Ed25519 public key.")
    return key


def _public_text(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _private_text(key: Ed25519PrivateKey) -> bytes:
    none = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, none)
