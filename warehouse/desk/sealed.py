"""Sealing what the desk's file must not tell by itself, such as mail addresses, with a key beside it."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.files import write_bytes_whole
from warehouse.home import Home

KEY = Path("keys") / "desk.key"


class Sealer:
    """Seals with the key in `keys/desk.key` of a home (0600), which the first sealing makes."""

    def __init__(self, home: Home) -> None:
        self._file = home.root / KEY

    def seal(self, text: str) -> str:
        """The text as only this home's key opens it; "" stays ""."""
        return self._key(make=True).encrypt(text.encode("utf-8")).decode("ascii") if text else ""

    def opened(self, sealed: str) -> str:
        """The text again; UserError when it was sealed with another key."""
        if not sealed:
            return ""
        try:
            return self._key(make=False).decrypt(sealed.encode("ascii")).decode("utf-8")
        except (InvalidToken, ValueError) as error:
            raise UserError(
                f"{self._file} is not the key this was sealed with; put the right one back from a backup."
            ) from error

    def mark(self, text: str) -> str:
        """What stands for a text that is only compared: nobody can guess it back without this home's key."""
        self._key(make=True)
        return hmac.new(
            self._file.read_bytes().strip(), text.encode("utf-8", "surrogatepass"), "sha256"
        ).hexdigest()

    def _key(self, make: bool) -> Fernet:
        try:
            if not self._file.exists():
                if not make:
                    raise UserError(f"{self._file} is missing; put it back from a backup.")
                self._file.parent.mkdir(mode=0o700, exist_ok=True)
                self._begin()
            return Fernet(self._file.read_bytes().strip())
        except ValueError as error:
            raise UserError(f"{self._file} holds no key; put it back from a backup.") from error
        except OSError as error:
            raise EnvironmentProblem(f"{self._file}: cannot be used ({error.strerror}).") from error

    def _begin(self) -> None:
        """Write a new key; of two processes that do so at once the first one's stays."""
        new = self._file.with_name(f".{KEY.name}.{os.getpid()}")
        write_bytes_whole(new, Fernet.generate_key(), 0o600)
        try:
            os.link(new, self._file)
        except FileExistsError:
            pass
        finally:
            new.unlink(missing_ok=True)
