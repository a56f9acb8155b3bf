"""Passwords: hashed with argon2id, looked at in the same time whether or not there is an account."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from warehouse.errors import UserError

SHORTEST, LONGEST = 10, 200  # characters; long enough without rules about signs (NIST SP 800-63B)
_GUESSED = (
    "password",
    "12345678",
    "qwertyui",
    "govbrief",
    "letmein",
    "mima",
    "admin",
    "library",
    "tushuguan",
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def hashed(password: str, name: str = "") -> str:
    """The argon2id hash of a fit password; UserError says what does not fit."""
    _check(password, name)
    return _hasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether the password is the one that was hashed; without a hash the same work is done for nothing."""
    try:
        return _hasher().verify(kept or _nobody(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def one_time() -> str:
    """A password to hand over once: 16 letters and digits in groups of four."""
    signs = [secrets.choice(_LETTERS) for _ in range(16)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 16, 4))


def _check(password: str, name: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserError(f"A password has {SHORTEST} to {LONGEST} characters; a sentence is easy to remember.")
    folded = password.casefold()
    if len(set(folded)) < 5 or any(folded.startswith(guess) for guess in _GUESSED):
        raise UserError("That password is among the first that are tried; take another.")
    if name and name.casefold() in folded:
        raise UserError("A password must not hold the account's name.")


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id with the library's parameters (RFC 9106, low memory)


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
