"""Drafts of topic schemes: made from what is in force, compared with it, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from classify.taxonomy.change import SchemeChange, scheme_change
from classify.taxonomy.choice import chosen_schemes, home_schemes, scheme_file
from classify.taxonomy.load import Taxonomy, load_taxonomy, packaged_schemes
from classify.taxonomy.old_names import with_kept_names
from warehouse.desk.desk import Desk
from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.records import Correction
from warehouse.themes.load import load_themes

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_TEMPLATE = """\
# A topic scheme of your own. A class needs a code and names; its note says what belongs here and what not.
# decisive, strong, terms and weak are words of Chinese documents; english_decisive, english_strong and
# english (lower case) of English ones.
# A second-level class has the code of its first-level class before a hyphen, or names it: parent = "a".
# replaces = ["b"] takes over the documents and corrections of a class that this version drops.
scheme = "{name}"
name_zh = "{name}"
name_en = "{name}"

[[class]]
code = "a"
name_zh = "第一类"
name_en = "First class"
note_zh = "收……；不收……。"
terms = ["示例词"]
english = ["example word"]
"""


def new_draft(home: Home, name: str, from_scheme: str | None) -> Path:
    """Write `drafts/<name>.toml`: a scheme as it is in force, or a commented template; no draft is lost."""
    check_name(name)
    file = home.taxonomies / "drafts" / f"{name}.toml"
    if file.exists():
        raise UserError(f"{file} is already there; go on with it, publish it, or name another draft.")
    text = (
        scheme_file(home, from_scheme).read_text(encoding="utf-8")
        if from_scheme
        else _TEMPLATE.format(name=name)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, text)
    return file


def draft_file(home: Home, what: str) -> Path:
    """The file of a draft, by its path or by its name in `drafts/`."""
    for file in (Path(what), home.taxonomies / "drafts" / f"{what}.toml"):
        if file.is_file():
            return file
    raise UserError(f"'{what}' is neither a file nor a draft in {home.taxonomies / 'drafts'}; make one with"
                    " 'govbrief taxonomy draft'.")  # fmt: skip


def draft_change(home: Home, file: Path) -> SchemeChange:
    """What the draft changes in the scheme of its name."""
    new = load_taxonomy(file)
    old = in_force(home, new.scheme)
    return scheme_change(load_taxonomy(old) if old else None, new)


def obstacles(home: Home, change: SchemeChange, new: Taxonomy) -> list[str]:
    """Why this version cannot come into force.

    What people wrote names a class that it drops, or a code of it is another scheme's in use.
    """
    gone = {one.code for one in change.removed}
    found = []
    with Desk.open(home) as desk:
        named = [
            str(one.value["code"]) for one in desk.corrections(field="topic") if one.value["code"] in gone
        ]
    for code in sorted(set(named)):
        found.append(
            f"{named.count(code)} corrections name the class '{code}', which the draft drops; write"
            f' replaces = ["{code}"] in the class that takes it over.'
        )
    own = [one for one in load_themes(home) if (home.themes / f"{one.theme_id}.toml").is_file()]
    for theme in own:
        found += [
            f"the theme {theme.theme_id} names the class '{code}', which the draft drops; change the theme."
            for code in theme.topics
            if code in gone
        ]
    for other in chosen_schemes(home).taxonomies:
        shared = sorted(set(other.by_code) & set(new.by_code)) if other.scheme != new.scheme else []
        if shared:
            found.append(f"the code '{shared[0]}' is a class of {other.scheme} already; give yours another.")
    return found


def in_force(home: Home, scheme: str) -> Path | None:
    """The file of this scheme as it is read now; None for a scheme nobody has yet."""
    own = home_schemes(home)
    return own.get(scheme) or packaged_schemes().get(scheme)


def followed(corrections: Iterable[Correction], taxonomies: Sequence[Taxonomy]) -> list[Correction]:
    """The corrections under the names that their classes have now; those of a class that was merged away
    point at the class that took it over.
    """
    return [_followed(one, taxonomies) if one.field == "topic" else one for one in corrections]


def _followed(one: Correction, taxonomies: Sequence[Taxonomy]) -> Correction:
    code = str(one.value["code"])
    having = (taxonomy for taxonomy in taxonomies if code in taxonomy.by_code)
    taxonomy = next(having, None) or next((one for one in taxonomies if one.current(code)), None)
    if taxonomy is None:
        return one
    now = taxonomy.current(code) or code
    return replace(one, value={"code": now, "name": taxonomy.topic(now).path})


def as_published(file: Path, change: SchemeChange, folder: Path) -> Path:
    """The draft as publication would write it: itself, or a copy in `folder` that keeps old printed names."""
    if not change.kept_names:
        return file
    copy = folder / file.name
    text = with_kept_names(file.read_text(encoding="utf-8"), change.kept_names, str(file))
    copy.write_text(text, encoding="utf-8")
    return copy


def check_name(name: str) -> None:
    """Refuse a name that cannot be a file's and a scheme's."""
    if not NAME.fullmatch(name):
        raise UserError(f"'{name}' cannot be a file's name; use small letters, digits and hyphens.")
