"""A refused publication is told beside the publications until another comes up, for who looks later."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from warehouse.files import write_whole

_FILE = ".refused.json"
_REMEDIES = {
    "published-in-the-far-future": "mend the day in the file it came from and import it again, or in the"
    " source's file and type 'govbrief extract --again', or take it out with 'govbrief purge'",
    "half-of-the-last-publication": "if so few are meant, type 'govbrief publish --force'",
    "minimum-documents": "crawl or import more, or lower [publishing] minimum_documents in govbrief.toml",
    "sample-and-real-apart": "keep the sample province in a home of its own",
    "label-outside-vocabulary": "type 'govbrief classify --again', then 'govbrief publish'",
}
_ELSE = "type 'govbrief verify' and do what it says, then 'govbrief publish --whole'"


@dataclass(frozen=True, slots=True)
class Refusal:
    """When a publication was refused, and the sentence that was said then."""

    at: datetime
    sentence: str


def remedies(checks: Iterable[str]) -> str:
    """What to do about the checks that do not hold, each once, as one sentence."""
    told = "; ".join(dict.fromkeys(_REMEDIES.get(name, _ELSE) for name in checks))
    return f"{told[:1].upper()}{told[1:]}."


def note_refusal(published: Path, refusal: Refusal) -> None:
    """Keep it; the disk may be the reason that nothing can be written, and the sentence was said anyway."""
    told = {**asdict(refusal), "at": refusal.at.isoformat()}
    try:
        write_whole(published / _FILE, json.dumps(told, ensure_ascii=False))
    except OSError:
        return


def last_refusal(published: Path) -> Refusal | None:
    """The refusal that is newer than every publication, None when there is none."""
    try:
        told = json.loads((published / _FILE).read_text(encoding="utf-8"))
        return Refusal(datetime.fromisoformat(told["at"]), str(told["sentence"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def clear_refusal(published: Path) -> None:
    """A publication came up."""
    (published / _FILE).unlink(missing_ok=True)
