"""`govbrief user`: accounts are made, changed, closed and erased; no password stands on a command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dashboard.accounts.passwords import fits
from tests.accounts.conftest import ACCOUNTS_ON, PASSWORD
from tests.commands.conftest import Govbrief, Outcome
from tests.commands.conftest import govbrief as govbrief
from tests.dashboard.publication_fixture import library
from warehouse.desk import Desk
from warehouse.home import Home


class House:
    """A home whose accounts a test changes by the verb."""

    def __init__(self, folder: Path, call: Govbrief) -> None:
        self.home: Home = library(folder / "home", extra=ACCOUNTS_ON)
        self.secret = folder / "secret"
        self.secret.write_text(PASSWORD + "\n", encoding="utf-8")
        self._call = call

    def user(self, *words: str) -> Outcome:
        """`govbrief user ...` on this home."""
        return self._call("--home", self.home.root, "user", *words)

    def add(self, name: str, role: str = "reader") -> Outcome:
        """An account with the password of these tests."""
        return self.user("add", name, "--role", role, "--password-file", str(self.secret))

    def opens(self, name: str, password: str) -> bool:
        """Whether the password fits."""
        with Desk.open(self.home) as desk:
            return fits(password, desk.accounts.password_of(name))


@pytest.fixture
def house(tmp_path: Path, govbrief: Govbrief) -> House:
    """A home without accounts but `local`."""
    return House(tmp_path, govbrief)


def listed(house: House) -> dict[str, tuple[str, str]]:
    """Role and state of each account by name."""
    return {one["name"]: (one["role"], one["state"]) for one in house.user("list", "--json").json}


def test_an_account_is_made_changed_closed_and_opened(house: House) -> None:
    assert house.add("Adele", "administrator").code == 0
    assert house.add("rita").code == 0
    assert house.opens("adele", PASSWORD)
    assert house.user("role", "rita", "analyst").code == 0
    assert house.user("disable", "rita").code == 0
    assert listed(house)["rita"] == ("analyst", "disabled")
    assert not house.opens("rita", PASSWORD)
    assert house.user("enable", "rita").code == 0
    assert house.opens("rita", PASSWORD)


def test_a_reset_gives_a_password_for_one_time_and_ends_open_sessions(house: House) -> None:
    house.add("rita")
    with Desk.open(house.home) as desk:
        token = desk.sessions.begin("rita", 1.0)
        assert desk.sessions.find(token, 1.0) is not None
    made = house.user("reset", "rita")
    once = made.out.strip()
    assert len(once) >= 16
    assert house.opens("rita", once)
    assert not house.opens("rita", PASSWORD)
    with Desk.open(house.home) as desk:
        assert desk.accounts.one("rita").must_change
        assert desk.sessions.find(token, 1.0) is None


def test_a_password_comes_from_a_file_or_standard_input_only(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.add("rita")
    monkeypatch.setattr("sys.stdin", io.StringIO("another sentence of mine\n"))
    assert house.user("password", "rita", "--password-file", "-").code == 0
    assert house.opens("rita", "another sentence of mine")
    assert house.user("password", "rita", "--password", "on the command line").code == 2
    assert not house.opens("rita", "on the command line")
    missing = house.user("password", "rita", "--password-file", "/nowhere/at/all")
    assert missing.code == 2
    assert "--password-file /nowhere/at/all" in missing.err


@pytest.mark.parametrize("weak", ["short", "password1234567", "aaaaaaaaaaaaaa", "i am rita of the house", ""])
def test_a_weak_password_is_refused_with_the_reason(house: House, weak: str) -> None:
    house.secret.write_text(weak + "\n", encoding="utf-8")
    told = house.add("rita")
    assert told.code == 2
    assert "password" in told.sentences[-1].lower()
    assert "rita" not in listed(house)


@pytest.mark.parametrize("name", ["", "a b", "../x", "former-1", "x" * 41, "a\nb", "-x", "<b>"])
def test_a_name_that_does_not_fit_is_refused(house: House, name: str) -> None:
    told = house.user("add", "--password-file", str(house.secret), "--", name)
    assert told.code == 2
    assert set(listed(house)) == {"local"}


def test_the_last_administrator_and_the_machines_own_account_stay(house: House) -> None:
    house.add("adele", "administrator")
    for words in (("role", "adele", "reader"), ("disable", "adele"), ("erase", "adele")):
        told = house.user(*words)
        assert told.code == 2
        assert "administrator" in told.err
    for words in (("role", "local", "reader"), ("disable", "local"), ("erase", "local"), ("reset", "local")):
        assert house.user(*words).code == 2
    assert listed(house) == {"adele": ("administrator", "active"), "local": ("administrator", "active")}


def test_unknown_accounts_and_roles_are_named(house: House) -> None:
    assert "nobody" in house.user("role", "nobody", "reader").err
    house.add("rita")
    told = house.user("role", "rita", "librarian")
    assert told.code == 2
    assert "reader, analyst, reviewer, administrator" in told.err


def test_what_the_desk_holds_of_a_person_is_told_and_erased(house: House) -> None:
    words = ("add", "rita", "--shown", "Rita Li", "--mail", "rita@library.example")
    house.user(*words, "--password-file", str(house.secret))
    with Desk.open(house.home) as desk:
        desk.record_visit("rita", "today", "", "p", house.home.clock.now())
    about = house.user("export", "rita").out
    assert "rita@library.example" in about
    assert "visit" in about
    assert "argon2" not in about
    told = house.user("erase", "rita")
    assert "former-1" in told.err + told.out
    assert house.user("export", "rita").code == 2
    left = b"".join(file.read_bytes() for file in house.home.root.glob("desk.sqlite*"))
    assert b"rita" not in left.lower()
    assert "rita@library.example" not in house.user("list", "--erased", "--json").out


def test_the_log_tells_who_did_what_and_holds_no_secret(house: House) -> None:
    house.add("rita")
    house.user("role", "rita", "analyst")
    rows = house.user("audit", "--action-name", "change-role", "--json").json
    assert [(one["account"], one["subject"], one["detail"]["role"]) for one in rows] == [
        ("local", "rita", "analyst")
    ]
    assert PASSWORD not in house.user("audit", "--json").out
    assert house.user("audit", "--account", "rita", "--json").json == []
