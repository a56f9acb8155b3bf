"""What every verb is given and what every verb offers."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from dashboard.commands.console import Console
from dashboard.commands.log_file import LibraryWarnings, LogFile
from warehouse.errors import NotBuilt
from warehouse.home import Home, find_home


class OneSentenceParser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence that names the command and where its help is."""

    def error(self, message: str) -> NoReturn:
        text = message[:1].upper() + message[1:]
        self.exit(2, f"{text.rstrip('.')}; see '{self.prog} --help'.\n")


@dataclass(slots=True)
class Context:
    """The console and the home of one call; the home is looked for when a verb first asks."""

    console: Console
    home_option: str | None = None
    _home: Home | None = field(default=None, repr=False)
    _warnings: LibraryWarnings | None = field(default=None, repr=False)

    @property
    def home(self) -> Home:
        """The home this call works on, named once on stderr."""
        if self._home is None:
            self.use(Home.open(find_home(self.home_option)))
        assert self._home is not None
        return self._home

    @property
    def known_home(self) -> Home | None:
        """The home when one was opened already; for the error log."""
        return self._home

    def name_home(self) -> None:
        """Say on which home an error ended, where --quiet kept it unsaid."""
        if self._home is not None and self.console.quiet:
            self.console.error(f"Home: {self._home.root}")

    def ended(self, what: str) -> None:
        """The last line of the call's log."""
        self.console.log(what)
        if self._warnings is not None:
            logging.getLogger().removeHandler(self._warnings)

    def use(self, home: Home) -> Home:
        """Work on this home from now on."""
        self._home = home
        log = LogFile.of(home)
        self.console.log_to(log.write if log else None)
        if log:
            self._warnings = LibraryWarnings(log)
            logging.getLogger().addHandler(self._warnings)
        self.console.say(f"Home: {home.root}")
        return home


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its name, its sentence in the help, its arguments and the function behind it."""

    name: str
    help: str
    run: Callable[[Context, argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    note: str = ""  # further sentences of `govbrief VERB --help`


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`, which every listing takes."""
    parser.add_argument(
        "--json", action="store_true", help="print the answer as JSON; its shape is fixed in docs/json.md"
    )


def not_built(what: str, instead: str = "") -> NoReturn:
    """End with code 69: the design holds this, this version does not carry it out."""
    raise NotBuilt(f"{what} is not available in this version" + (f"; {instead}." if instead else "."))


def common_options() -> OneSentenceParser:
    """What every verb and action takes: which home, and how much is said."""
    common = OneSentenceParser(add_help=False)
    common.add_argument(
        "--home",
        metavar="FOLDER",
        default=argparse.SUPPRESS,
        help="the home to work on (else GOVBRIEF_HOME, else the folder of the nearest govbrief.toml)",
    )
    common.add_argument(
        "--debug",
        action="store_true",
        default=argparse.SUPPRESS,
        help="show the traceback of an internal error",
    )
    common.add_argument(
        "--quiet",
        action="store_true",
        default=argparse.SUPPRESS,
        help="no remarks and no progress on stderr, errors only",
    )
    return common


def add_actions(
    parser: argparse.ArgumentParser, required: bool = True
) -> Callable[..., argparse.ArgumentParser]:
    """Room for actions below a verb; the answer makes one: `action("list", help="...")`."""
    actions = parser.add_subparsers(
        dest="action", metavar="ACTION", required=required, parser_class=OneSentenceParser
    )

    def action(name: str, help: str) -> argparse.ArgumentParser:
        return actions.add_parser(
            name, help=help, description=f"{help[:1].upper()}{help[1:]}.", parents=[common_options()]
        )

    return action
