"""Whoever takes the desk's file away reads no password and no address in it, and cannot walk in with it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.accounts.conftest import MAIL, PASSWORD, staff
from tests.dashboard.publication_fixture import library
from warehouse.backup import back_up
from warehouse.desk import LOCAL, Desk
from warehouse.desk.sealed import Sealer
from warehouse.errors import UserError
from warehouse.home import Home


def desk_bytes(home: Home) -> bytes:
    """All that lies in the desk's files, its log too."""
    return b"".join(file.read_bytes() for file in sorted(home.root.glob("desk.sqlite*")))


def test_no_password_address_or_token_stands_in_the_file(own_home: Home) -> None:
    with Desk.open(own_home) as desk:
        token = desk.sessions.begin("anna", 1.0)
        desk.sessions.may_try("my secret typed as a name", "127.0.0.1")
        assert desk.sessions.find(token, 1.0) is not None
        held = desk_bytes(own_home)
        assert Sealer(own_home).opened(desk.accounts.sealed_mail("anna")) == MAIL
    assert b"$argon2id$" in held
    for secret in (PASSWORD, MAIL, MAIL.split("@")[0], token, "my secret typed as a name"):
        assert secret.encode() not in held
        assert secret.encode("utf-16-le") not in held


def test_the_key_lies_outside_the_file_and_is_read_by_nobody_else(own_home: Home) -> None:
    key = own_home.root / "keys" / "desk.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_bytes().strip() not in desk_bytes(own_home)


def test_another_homes_key_opens_nothing(own_home: Home, tmp_path: Path) -> None:
    sealed = Sealer(own_home).seal(MAIL)
    assert sealed != Sealer(own_home).seal(MAIL)  # two equal addresses do not look equal
    other = library(tmp_path / "other")
    Sealer(other).seal("x")
    with pytest.raises(UserError, match="key"):
        Sealer(other).opened(sealed)


def test_a_backup_carries_the_key(own_home: Home, tmp_path: Path) -> None:
    (own_home.root / "crawl_state.sqlite").exists()
    copy = back_up(own_home, tmp_path / "backups")
    kept = copy.folder / "keys" / "desk.key"
    assert kept.read_bytes() == (own_home.root / "keys" / "desk.key").read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) & 0o077 == 0


def test_erasing_a_person_leaves_no_trace_of_her_but_keeps_what_she_signed(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    staff(home, ("wang.xiaoming", "analyst"))
    with Desk.open(home) as desk:
        made = desk.correct("d-1", "title", "new", "old", "", "wang.xiaoming")
        desk.record_visit("wang.xiaoming", "today", "", "p", home.clock.now())
        desk.sessions.begin("wang.xiaoming", 1.0)
        former = desk.accounts.erase("wang.xiaoming", LOCAL)
        assert desk.corrections()[0].account == former
        assert desk.corrections()[0].correction_id == made.correction_id
        assert desk.last_visit("wang.xiaoming", "today", "") is None
        assert [one.account for one in desk.audit_events("d-1")] == [former]
        assert "wang.xiaoming" not in {one.name for one in desk.accounts.every(erased=True)}
        with pytest.raises(UserError):
            desk.accounts.one("wang.xiaoming")
