"""`govbrief user`: accounts of a home — made, changed, closed, erased — and the log of who did what."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_actions, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from warehouse.desk import Desk

_LIST = ("name", "shown", "role", "state", "created_at", "sessions")


def _arguments(parser: argparse.ArgumentParser) -> None:
    action = add_actions(parser)
    listing = action("list", help="the accounts of this home")
    listing.add_argument("--erased", action="store_true", help="also those that were erased")
    add_json(listing)
    add = action("add", help="a new account")
    add.add_argument("name")
    add.add_argument("--role", default="reader", help="reader, analyst, reviewer or administrator")
    add.add_argument("--shown", default="", help="the name that others see")
    add.add_argument("--mail", default="", help="mail address, kept sealed")
    _password_from(add)
    role = action("role", help="give another role")
    role.add_argument("name")
    role.add_argument("role", help="reader, analyst, reviewer or administrator")
    for name, told in (
        ("reset", "a password for one time, which the person must change; ends her sessions"),
        ("disable", "close an account and its sessions; what it did stays"),
        ("enable", "open a closed account again"),
        ("erase", "take the person out of the desk; what she signed stays under a stand-in"),
        ("export", "everything the desk holds about a person, as JSON"),
    ):
        action(name, help=told).add_argument("name")
    link = action("link", help="let whom the OIDC provider knows as this subject in as the account")
    link.add_argument("name")
    link.add_argument("subject", help="as the provider tells it; - ends the link")
    password = action("password", help="set a password that the person keeps")
    password.add_argument("name")
    _password_from(password)
    audit = action("audit", help="the log of who did what, newest first")
    audit.add_argument("--account", help="only what this account did")
    audit.add_argument("--action-name", help="only this action, such as approve-report")
    audit.add_argument("--limit", type=int, default=200)
    add_json(audit)


def _password_from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-file",
        help="file whose first line is the password, - for standard input; else one is asked for or made",
    )


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.desk import Desk

    with Desk.open(context.home) as desk:
        if args.action == "list":
            return _list(context, desk, args)
        if args.action == "audit":
            return _audit(context, desk, args)
        if args.action == "export":
            context.console.json(_about(context, desk, args.name))
            return 0
        context.console.say(_change(context, desk, args))
    return 0


def _change(context: Context, desk: Desk, args: argparse.Namespace) -> str:
    """Carry out one change; the answer is the sentence to say."""
    from dashboard.accounts.identity import identity_mark
    from warehouse.desk.desk import LOCAL
    from warehouse.purge_sqlite import forget_deleted

    name, accounts = args.name.strip().casefold(), desk.accounts
    if args.action == "add":
        return _add(context, desk, args)
    if args.action == "role":
        return f"{name} is {accounts.set_role(name, args.role, LOCAL).role} now."
    if args.action in ("reset", "password"):
        password, given = _password(args, name) if args.action == "password" else ("", False)
        return _set_password(desk, name, password, given)
    if args.action == "link":
        issuer = context.home.settings.accounts.oidc_issuer
        identity = "" if args.subject == "-" else identity_mark(context.home, issuer, args.subject)
        accounts.link(name, identity, LOCAL)
        return f"{name} is {'no longer linked' if not identity else 'linked with ' + args.subject}."
    if args.action == "erase":
        former = accounts.erase(name, LOCAL)
        forget_deleted(context.home)
        return f"{name} was erased; what the account did stands under {former}."
    state = "active" if args.action == "enable" else "disabled"
    return f"{name} is {accounts.set_state(name, state, LOCAL).state} now."


def _add(context: Context, desk: Desk, args: argparse.Namespace) -> str:
    from dashboard.accounts.passwords import hashed, one_time
    from warehouse.desk.desk import LOCAL
    from warehouse.desk.sealed import Sealer

    password, given = _password(args, args.name)
    password = password or one_time()
    mail = Sealer(context.home).seal(args.mail.strip())
    made = desk.accounts.add(
        args.name, args.role, LOCAL, shown=args.shown, password=hashed(password, args.name), mail=mail,
        must_change=not given,
    )  # fmt: skip
    if not given:
        print(password)
    told = "" if given else " The password above is for one time: the person chooses her own."
    mode = context.home.settings.accounts.mode
    on = "" if mode != "single" else ' Write [accounts] mode = "local" in govbrief.toml to ask for it.'
    return f"{made.name} is {made.role}.{told}{on}"


def _set_password(desk: Desk, name: str, password: str, given: bool) -> str:
    from dashboard.accounts.passwords import hashed, one_time
    from warehouse.desk.desk import LOCAL

    word = password or one_time()
    desk.accounts.set_password(name, hashed(word, name), LOCAL, must_change=not given)
    if given:
        return f"{name} has a new password; open sessions ended."
    print(word)
    return f"{name} signs in once with the password above and chooses another; open sessions ended."


def _password(args: argparse.Namespace, name: str) -> tuple[str, bool]:
    """The password and whether it was given; never from the command line, where others can read it."""
    if args.password_file == "-":
        return _not_empty(sys.stdin.readline().rstrip("\n")), True
    if args.password_file:
        try:
            lines = Path(args.password_file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"--password-file {args.password_file} cannot be read ({error}).") from error
        return _not_empty((lines or [""])[0]), True
    if not sys.stdin.isatty():
        return "", False
    typed = getpass.getpass(f"Password for {name} (empty: one is made for one time): ")
    if typed and typed != getpass.getpass("Once more: "):
        raise UserError("The two passwords differ; nothing was changed.")
    return typed, bool(typed)


def _not_empty(password: str) -> str:
    if not password:
        raise UserError("The first line of --password-file is empty; write the password there.")
    return password


def _list(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    sessions = desk.sessions.open_counts()
    rows = [{**plain(one), "sessions": sessions.get(one.name, 0)} for one in desk.accounts.every(args.erased)]
    if args.json:
        context.console.json(rows)
    else:
        context.console.table(_LIST, [tuple(row[key] for key in _LIST) for row in rows])
    return 0


def _audit(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    if args.limit < 1:
        raise UserError(f"--limit {args.limit}: 1 at least.")
    events = desk.audit_events(account=args.account, action=args.action_name, limit=args.limit)
    rows = [plain(one) for one in events]
    if args.json:
        context.console.json(rows)
    else:
        heads = ("at", "account", "action", "subject")
        context.console.table(heads, [tuple(row[key] for key in heads) for row in rows])
    return 0


def _about(context: Context, desk: Desk, name: str) -> dict[str, Any]:
    from warehouse.desk.sealed import Sealer

    account = desk.accounts.one(name)
    return {
        "account": plain(account),
        "mail": Sealer(context.home).opened(desk.accounts.sealed_mail(name)),
        "rows": desk.accounts.rows_about(name),
    }


VERB = Verb(
    name="user",
    help="Accounts: add, list, role, password, reset, disable, erase; the audit log.",
    run=_run,
    arguments=_arguments,
    note='Accounts are asked for when [accounts] mode = "local" stands in govbrief.toml.',
)
