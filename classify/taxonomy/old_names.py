"""Names that a draft takes from a class stay printed forms of it: sites print the old ones for years."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classify.taxonomy.load import Node, Taxonomy, plain_name
from warehouse.errors import UserError

VARIANTS, COMBINED = "variants", "combined"  # keys of a class: other names, and printed classes in full
_HEADER = re.compile(r"\s*\[\[?[^\]]*\]\]?\s*(?:#.*)?")
_CLASS = re.compile(r"\s*\[\[\s*class\s*\]\]\s*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class KeptName:
    """An old printed name that goes on meaning a class."""

    code: str  # of the class that it means now
    name: str
    key: str  # variants, or combined where only the full path is clear


def kept_names(old: Taxonomy | None, new: Taxonomy) -> tuple[KeptName, ...]:
    """The old names of renamed and merged classes that the new version does not know any more.

    A name that the new version gives to another class is that one's. Where a bare name would mean two
    classes, or the class stands under another first level now, the printed path is kept. Other names that
    an editor struck out of a class that stays are gone.
    """
    return tuple(dict.fromkeys(_kept(old, new))) if old is not None else ()


def _kept(old: Taxonomy, new: Taxonomy) -> Iterator[KeptName]:
    for before in old.nodes:
        code = new.current(before.topic.code)
        if code is None:
            continue
        after = new.by_code[code]
        stays = code == before.topic.code
        known = {plain_name(name) for name in _names_of(after)}
        there = (before.topic.level, before.topic.parent) == (after.topic.level, after.topic.parent)
        for name in (before.topic.name_zh, before.topic.name_en, *(() if stays else before.variants)):
            if there and plain_name(name) in known:
                continue
            if there and _means_one(name, after, new):
                yield KeptName(code, name, VARIANTS)
            elif before.topic.level == 1 or name in (before.topic.name_zh, *before.variants):
                path = _path(old, before, name)
                if not _is_taken(path, before, new):
                    yield KeptName(code, path, COMBINED)


def _names_of(node: Node) -> tuple[str, ...]:
    return node.topic.name_zh, node.topic.name_en, *node.variants


def _means_one(name: str, after: Node, new: Taxonomy) -> bool:
    """Whether the name can stand in this class and leaves to every other what that one's names mean."""
    level, parent = after.topic.level, after.topic.parent
    others = [
        node
        for node in new.nodes
        if node.topic.level == level and node is not after
        if plain_name(name) in {plain_name(one) for one in _names_of(node)}
    ]
    if level == 1:
        return not others
    return len(others) != 1 and all(one.topic.parent != parent for one in others)


def _path(old: Taxonomy, node: Node, name: str) -> str:
    parent = node.topic.parent
    return f"{old.topic(parent).name_zh}\\{name}" if parent else name


def _is_taken(path: str, before: Node, new: Taxonomy) -> bool:
    """Whether the new version itself means a class by this path."""
    if before.topic.level == 1:
        return new.code_of(path) is not None
    return any(plain_name(path) == plain_name(node.topic.path) for node in new.nodes)


def with_kept_names(text: str, kept: Sequence[KeptName], file: str) -> str:
    """The draft's text with these names written into its classes, comments and order untouched.

    A UserError names the class to change by hand where the text is written in another way than line by line.
    """
    lines = text.splitlines(keepends=True)
    for one in kept:
        _write(lines, one, file)
    changed = "".join(lines)
    written = {item["code"]: item for item in tomllib.loads(changed)["class"]}
    for one in kept:
        if one.name not in written[one.code].get(one.key, ()):
            raise _by_hand(one, file)
    return changed


def _write(lines: list[str], one: KeptName, file: str) -> None:
    """Put the name first in the list of its class, or write that list behind the code."""
    start, end = _block(lines, one, file)
    quoted = json.dumps(one.name, ensure_ascii=False)
    for number in range(start, end):
        found = re.match(rf"(\s*{one.key}\s*=\s*\[)(\s*\])?", lines[number])
        if found:
            rest = lines[number][found.end(1) :]
            between = "" if found.group(2) else ", "
            lines[number] = f"{found.group(1)}{quoted}{between}{rest}"
            return
    code = next(n for n in range(start, end) if _is_code(lines[n], one.code))
    if not lines[code].endswith("\n"):
        lines[code] += "\n"
    lines.insert(code + 1, f"{one.key} = [{quoted}]\n")


def _block(lines: Sequence[str], one: KeptName, file: str) -> tuple[int, int]:
    """The lines of one [[class]]."""
    starts = [number for number, line in enumerate(lines) if _CLASS.fullmatch(line.rstrip("\n"))]
    for start in starts:
        after = (n for n in range(start + 1, len(lines)) if _HEADER.fullmatch(lines[n].rstrip("\n")))
        end = next(after, len(lines))
        if any(_is_code(line, one.code) for line in lines[start:end]):
            return start, end
    raise _by_hand(one, file)


def _is_code(line: str, code: str) -> bool:
    return bool(re.match(rf"""\s*code\s*=\s*["']{re.escape(code)}["']\s*(?:#.*)?$""", line))


def _by_hand(one: KeptName, file: str) -> UserError:
    return UserError(
        f"{file}: class {one.code} loses its printed name '{one.name}'; write it into its {one.key} = [...]."
    )
