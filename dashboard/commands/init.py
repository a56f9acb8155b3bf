"""`govbrief init`: a new home with commented settings."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.verb import Context, Verb
from warehouse.errors import UserError
from warehouse.home import SETTINGS_FILE, Home

SETTINGS = """\
# Settings of this govbrief home. Every key has a default; all of them are explained in docs/settings.md.

[place]
region = "{region}"            # the region of your readers, as documents print it
timezone = "{timezone}"        # decides what "today" is
language = "{language}"        # first language of the interface: zh or en

[crawl]
# An address at which the owner of a site can reach you; real sites are crawled only when it is set.
contact = "{contact}"
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where to make the home (else --home, else the current folder)"
    )
    parser.add_argument(
        "--region", default="全国", help="the region of your readers, such as 广东省 (default: %(default)s)"
    )
    parser.add_argument(
        "--timezone", default="Asia/Shanghai", help="an IANA time zone (default: %(default)s)"
    )
    parser.add_argument(
        "--language",
        choices=("zh", "en"),
        default="zh",
        help="first language of the interface (default: %(default)s)",
    )
    parser.add_argument(
        "--contact", default="", help="mail address or page that sites see in the crawler's name"
    )


def _run(context: Context, args: argparse.Namespace) -> int:
    folder = args.folder or Path(context.home_option or ".")
    existed = (folder / SETTINGS_FILE).is_file()
    values = {
        name: _toml_text(name, getattr(args, name)) for name in ("region", "timezone", "language", "contact")
    }
    home = context.use(Home.create(folder, SETTINGS.format(**values)))
    if existed:
        context.console.say(f"{home.root / SETTINGS_FILE} was already there and is kept as it is.")
        return 0
    context.console.result(f"Made {home.root / SETTINGS_FILE}.")
    first = "" if args.contact else "set [crawl] contact in it, "
    context.console.say(f"Next: {first}choose among 'govbrief sources list', then type 'govbrief run'.")
    return 0


def _toml_text(name: str, value: str) -> str:
    if not value.isprintable():
        raise UserError(f"--{name} holds a control character; write it as plain text.")
    return value.replace("\\", "\\\\").replace('"', '\\"')


VERB = Verb(
    name="init",
    help="Make a new home: one folder with the settings, under which everything will live.",
    run=_run,
    arguments=_arguments,
    note="An existing govbrief.toml is kept as it is.",
)
