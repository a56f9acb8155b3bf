"""By which mark the desk knows a person of an identity provider: nothing of it can be read in the file."""

from __future__ import annotations

from warehouse.desk import LOCAL, Desk
from warehouse.desk.sealed import Sealer
from warehouse.home import Home


def identity_mark(home: Home, issuer: str, subject: str) -> str:
    """The mark of a provider's subject, which may be a mail address; a "/" at the issuer's end is none."""
    return "mark:" + Sealer(home).mark(f"{issuer.rstrip('/')}|{subject}")


def linked_identity(home: Home, desk: Desk, issuer: str, subject: str) -> str:
    """The mark; an account that an earlier version linked in clear text is linked by its mark from now on."""
    mark = identity_mark(home, issuer, subject)
    for clear in (f"{issuer}|{subject}", f"{issuer.rstrip('/')}|{subject}"):
        account = desk.accounts.known_as(clear)
        if account is not None and not desk.accounts.is_linked(mark):
            desk.accounts.link(account.name, mark, LOCAL)
    return mark
