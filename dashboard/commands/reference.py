"""Writes manuals from the program: docs/cli.md from the parser, docs/data-dictionary.md from the schemas.

`python -m dashboard.commands.reference cli|data` prints one; `--write docs` writes both, the index of
decision notes and the measured figures of the README. A test compares.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from dashboard.commands.dictionary import data_text
from dashboard.commands.main import EXIT_CODES, build_parser

__all__ = ["cli_text", "data_text", "decisions_text", "readme_text"]

CLI_HEAD = """\
# The command line

Written from the program by `make docs`; do not edit by hand. `govbrief VERB --help` prints the same.

Results go to standard output, remarks, progress and errors to standard error. Every listing takes `--json`;
the shapes are in [json.md](json.md). An error is one sentence that says what to do next.
"""
DECISIONS_HEAD = """\
# Decisions

Half a page each: what the situation was, what we chose, what follows. A note is not edited after the fact; a
later one replaces it and says so.
"""
QUALITY_ROW = re.compile(
    r"^(?P<what>\|[^|]+\| )[\d.]+ \| \d+(?P<rest>[^|]*\| `(?P<name>[a-z-]+)` \|)$", re.MULTILINE
)


def cli_text() -> str:
    """docs/cli.md as it should stand."""
    parser = build_parser()
    parts = [
        CLI_HEAD,
        f"{EXIT_CODES[:1].upper()}{EXIT_CODES[1:]}.",
        "## Options of every verb",
        _options(parser),
    ]
    for name, sub in _verbs(parser):
        parts.append(f"## govbrief {name}")
        parts.extend(_manual(sub))
        for action, below in _verbs(sub):
            parts.append(f"### govbrief {name} {action}")
            parts.extend(_manual(below))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _verbs(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices.items())
    return []


def _manual(parser: argparse.ArgumentParser) -> list[str]:
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    for option in ("[-h] ", "[--home FOLDER] ", "[--debug] ", "[--quiet] "):
        usage = usage.replace(option, "").replace(option.rstrip(), "")
    return [
        parser.description or "",
        f"    {usage.strip()}".replace("    ", "`", 1) + "`",
        _options(parser, own=True),
    ]


def _options(parser: argparse.ArgumentParser, own: bool = False) -> str:
    lines = []
    for action in parser._actions:
        common = action.dest in ("help", "home", "debug", "quiet", "version")
        if isinstance(action, argparse._SubParsersAction) or common == own:
            continue
        lines.append(f"- `{_called(action)}` {_help(action)}".rstrip())
    return "\n".join(lines)


def _called(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    if not action.option_strings:
        return str(value)
    flags = ", ".join(action.option_strings)
    return flags if action.nargs == 0 else f"{flags} {value}"


def _help(action: argparse.Action) -> str:
    text = action.help or ""
    return text % {"default": action.default} if "%(" in text else text


def decisions_text(folder: Path) -> str:
    """The index of the numbered notes in a folder."""
    notes = [
        (file, file.read_text(encoding="utf-8").splitlines()[0]) for file in sorted(folder.glob("[0-9]*.md"))
    ]
    lines = [
        f"- [{file.stem[:4]}]({file.name}) {title.lstrip('# ').partition(' ')[2]}" for file, title in notes
    ]
    return "\n".join((DECISIONS_HEAD, *lines)) + "\n"


def readme_text(readme: str) -> str:
    """The README with the figures of its quality table as they were measured last."""
    from classify.quality import measured_quality

    measured = {figure.name: figure for figure in measured_quality()}

    def row(found: re.Match[str]) -> str:
        figure = measured.get(found["name"])
        if figure is None:
            return found[0]
        return f"{found['what']}{figure.value:.2f} | {figure.sample}{found['rest']}"

    return QUALITY_ROW.sub(row, readme)


def main() -> None:
    """Print or write the manuals."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.commands.reference")
    parser.add_argument("what", nargs="?", choices=("cli", "data"), default="cli")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    args = parser.parse_args()
    if args.write:
        (args.write / "cli.md").write_text(cli_text(), encoding="utf-8")
        (args.write / "data-dictionary.md").write_text(data_text(), encoding="utf-8")
        index = args.write / "decisions" / "README.md"
        index.write_text(decisions_text(index.parent), encoding="utf-8")
        readme = args.write.parent / "README.md"
        readme.write_text(readme_text(readme.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        sys.stdout.write(cli_text() if args.what == "cli" else data_text())


if __name__ == "__main__":
    main()
