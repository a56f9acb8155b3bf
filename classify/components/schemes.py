"""Brings the schemes together: a published class of one speaks for another, and each has its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.state import Component, Findings, findings
from classify.departments.authority import authority
from classify.taxonomy.load import DEFAULT, Taxonomy, load_taxonomy, packaged_schemes
from classify.taxonomy.mapping import FILE, Mapped, mapping
from warehouse.records import Evidence, Label

_CFR = re.compile(r"^(\d{1,2}) CFR\b.*$")  # 40 CFR Part 52: the title decides
SCORE = {"exact": 0.9, "narrower": 0.8}  # trust in a person's class read through a mapping: a choice


@dataclass(frozen=True, slots=True)
class Published:
    """A class that the publisher gave, in the publisher's scheme."""

    scheme: str
    code: str
    printed: str


@Language.factory("gov_schemes", default_config={"schemes": [], "mappings": []})
class SchemeJoiner(Component):
    """Adds mapped classes as candidates of basis "rule", and puts labels in the order of the schemes.

    `schemes`: names or files of the chosen schemes, the packaged State Council one when empty.
    `mappings`: files of the home, read after the packaged one.
    """

    def __init__(self, nlp: Language, name: str, schemes: Sequence[str], mappings: Sequence[str]) -> None:
        self.name = name
        self.chosen = tuple(load_taxonomy(one) for one in schemes) or (load_taxonomy(DEFAULT),)
        self.files = (FILE, *(Path(file) for file in mappings))
        self._maps: dict[tuple[str, str], dict[str, tuple[Mapped, ...]]] = {}

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        published = self._published(state)
        if not published and len(self.chosen) == 1:
            return doc
        place = {taxonomy.scheme: rank for rank, taxonomy in enumerate(self.chosen)}
        for taxonomy in self.chosen if published else ():
            for code, relation, one in self._candidates(taxonomy, published):
                state.topics = _with(state.topics, taxonomy, code, relation, one)
        state.topics.sort(key=lambda label: place.get(label.scheme, len(place)))
        if state.topics:
            state.reasons = [reason for reason in state.reasons if not reason.startswith("topic:")]
        return doc

    def _published(self, state: Findings) -> list[Published]:
        """The publisher's classes, in any scheme we know: chosen, or packaged and stated by the document."""
        given = [
            Published(label.scheme, label.code, label.evidence[0].text if label.evidence else label.name)
            for label in state.topics
            if label.basis == "published"
        ]
        stated = state.document.topic_scheme
        scheme = _scheme_called(stated) if stated else None
        if scheme is not None:
            return [*given, *_read_in((scheme,), state.document.topics, given)]
        usual = tuple(load_taxonomy(name) for name in authority().schemes_of(state.home))
        return [*given, *_read_in(usual, state.document.topics, given)]

    def _candidates(
        self, target: Taxonomy, published: Iterable[Published]
    ) -> Iterator[tuple[str, str, Published]]:
        for one in published:
            if one.scheme == target.scheme:
                continue
            for mapped in self._map(one.scheme, target.scheme).get(one.code, ()):
                code = target.current(mapped.code)
                if mapped.carries and code is not None:
                    yield code, mapped.relation, one

    def _map(self, from_scheme: str, to_scheme: str) -> dict[str, tuple[Mapped, ...]]:
        pair = (from_scheme, to_scheme)
        if pair not in self._maps:
            self._maps[pair] = mapping(from_scheme, to_scheme, self.files)
        return self._maps[pair]


def _read_in(
    schemes: Sequence[Taxonomy], printed: Iterable[str], given: Sequence[Published]
) -> Iterator[Published]:
    """What each printed class means in the first of these schemes that knows it, where nobody said it yet."""
    known = {one.scheme for one in given}
    for name in printed:
        for scheme in schemes:
            plain = _CFR.sub(r"\1 CFR", name)
            code = scheme.code_of(plain)
            codes = (code,) if code is not None else scheme.codes_of(plain)
            if codes:
                if scheme.scheme not in known:
                    yield from (Published(scheme.scheme, code, name) for code in codes)
                break


def _with(labels: list[Label], target: Taxonomy, code: str, relation: str, one: Published) -> list[Label]:
    """The labels with the mapped class behind the published ones; a finer class of ours moves up instead."""
    words = f"{one.printed} ({one.scheme} {one.code}) is {relation}: {target.scheme} {code}"
    evidence = Evidence("mapping", words)
    own = [label for label in labels if label.scheme == target.scheme]
    inside = [label for label in own if code in (label.code, target.parents[label.code])]
    if any(label.basis == "published" for label in inside):
        return labels
    found = inside[0] if inside else None
    if found is None:
        label = Label(
            "topic", target.scheme, code, target.topic(code).path, SCORE[relation], "rule", (evidence,)
        )
    else:
        label = replace(found, score=max(found.score, SCORE[relation]), evidence=(*found.evidence, evidence))
    rest = [other for other in labels if other is not found]
    behind = sum(_settled(other) for other in rest)
    first = sorted(rest, key=lambda other: not _settled(other))
    return [*first[:behind], label, *first[behind:]]


def _settled(label: Label) -> bool:
    """Whether a label stands before a new candidate: published, or mapped before it."""
    return label.basis == "published" or any(e.where == "mapping" for e in label.evidence)


@lru_cache(maxsize=64)
def _scheme_called(name: str) -> Taxonomy | None:
    """The packaged scheme that sites call by this name."""
    for file in packaged_schemes().values():
        taxonomy = load_taxonomy(file)
        if name in taxonomy.names:
            return taxonomy
    return None
