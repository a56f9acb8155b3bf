"""Checking a pack with nothing but its bytes: no home, no network, no trust in what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dashboard.drafting.grammar import parse
from dashboard.evidence.container import PackDamaged, read_container
from dashboard.evidence.manifest import opened, read_json, signer
from dashboard.evidence.model import BIBTEX, CSL, EVIDENCE, PRINTED, README, RIS, SOURCES, TEXT, VIEWER
from dashboard.evidence.places import words_of
from dashboard.evidence.texts import words_at

_NEEDED = (README, TEXT, EVIDENCE, SOURCES, VIEWER, RIS, BIBTEX, CSL, PRINTED)


@dataclass(frozen=True, slots=True)
class PackVerdict:
    """A pack that is whole: what it holds and who signed it."""

    issue: Mapping[str, Any]  # series, number, title, language, signed_at
    publication_id: str
    members: int
    size: int  # bytes
    quotations: int
    withheld: int  # passages whose words the terms of their source keep out
    references: int
    originals: int
    outside: int  # cited documents whose original is not in the pack
    signed_by: str | None  # fingerprint of the key


def verified(data: bytes) -> PackVerdict:
    """What a whole pack holds; PackDamaged names the first thing that is not as it was made."""
    try:
        return _verified(data)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise PackDamaged(f"The pack's lists do not have the shape of format 1 ({error!r:.80}).") from error


def _verified(data: bytes) -> PackVerdict:
    members = read_container(data)
    manifest = opened(members)
    signed_by = signer(members, manifest)
    missing = [name for name in _NEEDED if name not in members]
    if missing:
        raise PackDamaged(f"The pack has no {missing[0]}.")
    sources = read_json(members, SOURCES)["sources"]
    pins = read_json(members, EVIDENCE)["pins"]
    _check_pins(members, pins)
    _check_marks(members[TEXT].decode("utf-8"), pins, sources)
    _check_references(members, sources)
    inside = [one for one in sources if _check_original(members, one)]
    return PackVerdict(
        issue=manifest["issue"],
        publication_id=manifest["publication_id"],
        members=len(members),
        size=len(data),
        quotations=len(pins),
        withheld=sum(bool(pin["withheld"]) for pin in pins),
        references=len(sources),
        originals=len(inside),
        outside=len(sources) - len(inside),
        signed_by=signed_by,
    )


def _check_pins(members: Mapping[str, bytes], pins: list[dict[str, Any]]) -> None:
    """Each passage that is not withheld stands, letter by letter, at its offsets of the packed text."""
    for pin in pins:
        text = read_json(members, str(pin["file"]))
        same = (text["document_id"], text["version_no"]) == (pin["document_id"], pin["version_no"])
        words = words_at(text["pieces"], int(pin["paragraph"]), int(pin["start"]), int(pin["end"]))
        if pin["withheld"]:
            fits = pin["text"] == "" and words is None
        else:
            fits = (
                words == pin["text"] and sha256(pin["text"].encode("utf-8")).hexdigest() == pin["text_sha256"]
            )
        if not same or not fits:
            raise PackDamaged(f"Passage {pin['key']} does not stand at its offsets in {pin['file']}.")


def _check_marks(text: str, pins: list[dict[str, Any]], sources: list[dict[str, Any]]) -> None:
    """Every reference of the report leads to evidence, and every quotation stands in the report."""
    draft = parse(text)
    keys, documents = {pin["key"] for pin in pins}, {one["document_id"] for one in sources}
    for mark in draft.marks():
        if mark.kind == "evidence" and f"e{mark.key}" not in keys:
            raise PackDamaged(f"The report rests on passage e{mark.key}, which the pack does not hold.")
        if mark.kind == "document" and mark.key not in documents:
            raise PackDamaged(f"The report cites document {mark.key}, which the pack does not list.")
    letters = [one.text for _, one in draft.texts()]
    for pin in pins:
        if pin["document_id"] not in documents:
            raise PackDamaged(f"The document of passage {pin['key']} is not among the pack's sources.")
        stands = (
            words_of(draft.blocks, pin["place"]) == pin["quoted"]
            if pin["place"]
            else any(pin["quoted"] in one for one in letters)
        )
        if pin["quoted"] and not stands:
            raise PackDamaged(f"Quotation {pin['key']} does not stand in the report.")


def _check_references(members: Mapping[str, bytes], sources: list[dict[str, Any]]) -> None:
    """Each source once in every form of the references, in one order."""
    ids = [str(one["document_id"]) for one in sources]
    ris = members[RIS].decode("utf-8").split("\r\n")
    told = {
        CSL: [str(one["id"]) for one in json.loads(members[CSL])],
        RIS: [line.removeprefix("ID  - ") for line in ris if line.startswith("ID  - ")],
        PRINTED: [ids[at] for at, _ in enumerate(members[PRINTED].decode("utf-8").splitlines())],
        BIBTEX: [one for one in ids if f"{{{one}," in members[BIBTEX].decode("utf-8")],
    }
    for name, found in told.items():
        if found != ids:
            raise PackDamaged(f"{name} does not have each of the {len(ids)} sources once.")


def _check_original(members: Mapping[str, bytes], source: dict[str, Any]) -> bool:
    original = source["original"]
    if original["file"] is None:
        if not original["why"] or original["card_file"] not in members:
            raise PackDamaged(
                f"The pack does not say why the original of source {source['source']} is missing."
            )
        return False
    if sha256(members[original["file"]]).hexdigest() != original["card"]["body_sha256"]:
        raise PackDamaged(f"{original['file']} is not the archived copy that {SOURCES} names.")
    return True
