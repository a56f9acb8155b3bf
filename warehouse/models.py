"""The models of a home: which were taught, which is in use, and the way back to the one before.

Each stands in `models/<name>/` with a card; `models/CURRENT` names the one in use for each field and what was
in use before it. A model that CURRENT does not name is a candidate and changes nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home

PACKAGED = "packaged"  # the name of what govbrief brings with it
CARD, CURRENT, EFFECT = "card.json", "CURRENT", "effect.json"


def kind_of(card: dict[str, Any]) -> str:
    """What models replace one another: those of one field, scheme and language."""
    own = card.get("scheme") not in ("state-council", "govbrief-authority", None)
    kind = f"{card['field']}:{card['scheme']}" if own else str(card["field"])
    return f"{kind}-en" if card.get("words") else kind


def taught_models(home: Home) -> list[dict[str, Any]]:
    """The cards of the home's models, newest first, each with `name`, `kind` and whether it is `in_use`."""
    used = in_use(home)
    cards = []
    for file in home.models.glob(f"*/{CARD}"):
        card = _card(file)
        kind, name = kind_of(card), file.parent.name
        cards.append({**card, "name": name, "kind": kind, "in_use": used.get(kind) == name})
    return sorted(cards, key=lambda card: (str(card.get("made_at", "")), card["name"]), reverse=True)


def taught_model(home: Home, name: str) -> dict[str, Any]:
    """One card; a UserError names the models there are."""
    cards = {card["name"]: card for card in taught_models(home)}
    if name not in cards:
        known = ", ".join(cards) or "none; make one with 'govbrief train'"
        raise UserError(f"There is no model '{name}' in {home.models}; there are {known}.")
    return cards[name]


def in_use(home: Home) -> dict[str, str]:
    """The model in use for each kind; a kind that is missing uses the packaged one."""
    return {kind: line[-1] for kind, line in _current(home).items() if line[-1] != PACKAGED}


def folders_in_use(home: Home) -> list[Path]:
    """The folders of the models in use; a UserError when one that CURRENT names is gone."""
    folders = [home.models / name for _, name in sorted(in_use(home).items())]
    for folder in folders:
        if not (folder / CARD).is_file():
            raise UserError(
                f"{home.models / CURRENT} names '{folder.name}', which is not there;"
                " go back with 'govbrief train --rollback' or '--use packaged'."
            )
    return folders


def use_model(home: Home, name: str, kind: str = "topic") -> tuple[str, str]:
    """Put a model (or `packaged`, of `kind`) in use; gives back the kind and what was in use before."""
    if name != PACKAGED:
        kind = str(taught_model(home, name)["kind"])
    lines = _current(home)
    line = lines.get(kind, [PACKAGED])
    if line[-1] == name:
        raise UserError(f"'{name}' is in use already; 'govbrief train --list' shows the models.")
    _write(home, {**lines, kind: [*line, name]})
    return kind, line[-1]


def roll_back(home: Home, kind: str = "topic") -> tuple[str, str]:
    """Take the model in use out again; gives back its name and the one that is in use now."""
    lines = _current(home)
    line = lines.get(kind, [PACKAGED])
    if len(line) < 2:
        raise UserError(f"Nothing was in use for '{kind}' before {line[-1]}; there is nothing to go back to.")
    _write(home, {**lines, kind: line[:-1]})
    return line[-1], line[-2]


def read_effect(home: Home, name: str) -> dict[str, Any] | None:
    """What the last preview of a model found, None when none was made."""
    file = home.models / name / EFFECT
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def write_effect(home: Home, name: str, effect: dict[str, Any]) -> None:
    """Keep what a preview found beside the model."""
    write_whole(home.models / name / EFFECT, json.dumps(effect, ensure_ascii=False, indent=1) + "\n")


def _current(home: Home) -> dict[str, list[str]]:
    """For each kind the names that were put in use, the present one last."""
    file = home.models / CURRENT
    if not file.is_file():
        return {}
    try:
        lines = json.loads(file.read_text(encoding="utf-8"))
        return {str(kind): [str(name) for name in line] for kind, line in lines.items() if line}
    except (ValueError, AttributeError, TypeError) as error:
        raise UserError(
            f"{file}: cannot be read ({error}); remove it to use the packaged models, then apply one again."
        ) from error


def _write(home: Home, lines: dict[str, list[str]]) -> None:
    home.models.mkdir(parents=True, exist_ok=True)
    write_whole(home.models / CURRENT, json.dumps(lines, ensure_ascii=False, indent=1) + "\n")


def _card(file: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        card["field"] = str(card["field"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UserError(f"{file}: cannot be read ({error}); remove that model's folder.") from error
    card.pop("classes", None)
    return card
