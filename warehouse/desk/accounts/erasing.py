"""Taking a person out of the desk: her own traces go, what she signed and changed stays under a stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from warehouse.errors import UserError

OWN = ("visit", "look", "follow", "session")  # what is only about the person: removed
ACTED = ("account", "owner", "undone_by", "removed_by", "approved_by", "created_by", "resolved_by", "by",
         "responsible", "submitted_by", "answered_by", "changed_by", "drawn_by", "author", "decided_by",
         "done_by")  # fmt: skip


def erase_name(connection: Connection, name: str, former: str) -> None:
    """Write `former` wherever the desk names the account. Logs may not be rewritten: their triggers are put
    aside for this one change, in the same transaction, as a purge does it.
    """
    run = connection.exec_driver_sql
    if not run(
        "select 1 from account where name = ? and state <> 'erased' and name <> 'local'", (name,)
    ).first():
        raise UserError(f"There is no account '{name}' that can be erased; 'govbrief user list' names them.")
    triggers = run("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for trigger, _ in triggers:
        run(f'drop trigger "{trigger}"')
    run(
        "insert into account (name, created_at, role, state) values (?, (select created_at from account"
        " where name = ?), 'reader', 'erased')",
        (former, name),
    )
    for table, column in _naming(connection):
        if table in OWN:
            run(f'delete from "{table}" where "{column}" = ?', (name,))
        else:
            run(f'update "{table}" set "{column}" = ? where "{column}" = ?', (former, name))
    run("update audit_event set subject = ? where subject = ?", (former, name))
    run("delete from account where name = ?", (name,))
    for _, made in triggers:
        run(made)


def rows_naming(connection: Connection, name: str) -> dict[str, list[dict[str, Any]]]:
    """Every row that names the account, by table; of sessions no token and no secret."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, column in _naming(connection):
        rows = connection.exec_driver_sql(f'select * from "{table}" where "{column}" = ?', (name,)).mappings()
        kept = [{k: v for k, v in row.items() if k not in ("token", "secret", "password")} for row in rows]
        if kept:
            found.setdefault(table, []).extend(one for one in kept if one not in found.get(table, []))
    return found


def _naming(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each table and column that names accounts: by a foreign key, or by what it is called."""
    run = connection.exec_driver_sql
    tables = [row[0] for row in run("select name from sqlite_master where type = 'table'").fetchall()]
    for table in tables:
        keys = {
            row[3] for row in run(f'pragma foreign_key_list("{table}")').fetchall() if row[2] == "account"
        }
        columns = {row[1] for row in run(f'pragma table_info("{table}")').fetchall()}
        if table not in ("account", "failed_sign_in"):
            yield from ((table, column) for column in sorted(keys | columns.intersection(ACTED)))
