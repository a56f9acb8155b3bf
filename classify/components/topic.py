"""What a document is about: the published class and ours by its terms, each with evidence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.scan import TermScanner, WordScanner
from classify.components.state import Component, Findings, Spoken, Votes, findings
from classify.components.subject import NO_SUBJECT, has_subject
from classify.departments.authority import Authority, authority
from classify.taxonomy.load import DEFAULT, LEAD_SCHEME, Taxonomy, load_taxonomy
from warehouse.records import Evidence, Label

TITLE_WEIGHT, HEAD_WEIGHT, BODY_WEIGHT, ORGAN_WEIGHT = 3.0, 0.5, 0.15, 3.0
HEAD_CHARACTERS, BODY_CHARACTERS = 400, 1500
RANKED = 5  # so many classes at most
SMOOTHING = 6.0  # how much evidence makes a score of one half
MINIMUM = 1.5  # less evidence than one plain term in a title is no answer
EVIDENCE = 6
ANSWER = 0.15  # from this score on a further class by terms alone is an answer; the starter model's threshold
NO_TERM = "topic: no term of any class stands in the title or the text"


class TermVote:
    """A taxonomy's terms and organs, ready to vote on documents of one language."""

    def __init__(self, taxonomy: Taxonomy, language: str) -> None:
        self.taxonomy = taxonomy
        self.authority = authority()
        classes: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._organs: dict[str, list[str]] = defaultdict(list)
        for node in taxonomy.nodes:
            for term, weight in node.english if language == "en" else node.terms:
                classes[term].append((node.topic.code, weight))
            for organ in node.organs:
                self._organs[organ].append(node.topic.code)
        if language != "en":
            for word in self.authority.office_words():
                classes.setdefault(word, [])  # the longest match takes it: who acts is no subject
        scanner = WordScanner if language == "en" else TermScanner
        self.scanner: TermScanner | WordScanner = scanner(sorted(classes, key=lambda term: not classes[term]))
        self._classes = [classes[term] for term in self.scanner.terms]
        self._speaking = sum(map(bool, self._classes))  # so many terms, the first ones, speak for a class

    def vote(self, state: Findings, text: str) -> Votes:
        """Points of every class that any term or the issuing organ speaks for."""
        votes = Votes(defaultdict(float), defaultdict(list), defaultdict(float))
        named: dict[int, Spoken] = {}
        skipped = subject_start(state)
        title, classes, terms = votes.title, self._classes, self.scanner.terms
        for number, start, _ in self.scanner.numbers(state.document.title[skipped:400]):
            if number < self._speaking and number not in named:
                named[number] = ("title", terms[number], skipped + start)
        for number in named:
            for code, weight in classes[number]:
                title[code] += TITLE_WEIGHT * weight
        body = text[:BODY_CHARACTERS] or "\n".join(state.stored.attachment_texts)[:BODY_CHARACTERS]
        told = self._told(body)
        for number, spoken in named.items():
            factor = TITLE_WEIGHT + told.pop(number)[0] if number in told else TITLE_WEIGHT
            self._give(votes, number, factor, spoken)
        where = "text" if text else "attachment"
        points, spoke = votes.points, votes.spoke
        for number, (factor, start) in told.items():
            words = where, terms[number], start
            for code, weight in classes[number]:
                given = factor * weight
                points[code] += given
                spoke[code].append((given, words))
        self._vote_organs(state, votes)
        return votes

    def _give(self, votes: Votes, number: int, factor: float, spoken: Spoken) -> None:
        for code, weight in self._classes[number]:
            votes.points[code] += factor * weight
            votes.spoke[code].append((factor * weight, spoken))

    def _told(self, body: str) -> dict[int, tuple[float, int]]:
        """How much each term of a text counts there, and where it stands first."""
        counts: dict[int, int] = {}
        first: dict[int, int] = {}
        speaking = self._speaking
        for number, start, _ in self.scanner.numbers(body):
            if number in first:
                counts[number] = counts.get(number, 1) + 1
            elif number < speaking:
                first[number] = start
        once = BODY_WEIGHT * (1.0 if len(body) < 1500 else 0.75)
        weights = once + HEAD_WEIGHT, once
        told = {number: (weights[start >= HEAD_CHARACTERS], start) for number, start in first.items()}
        for number, count in counts.items():
            often = once * math.log2(1 + count)
            start = first[number]
            told[number] = (often + HEAD_WEIGHT if start < HEAD_CHARACTERS else often), start
        return told

    def _vote_organs(self, state: Findings, votes: Votes) -> None:
        for rank, label in enumerate(state.departments[:3]):
            for code in self._organs.get(issuer_kind(label.code, self.authority), ()):
                points = ORGAN_WEIGHT * (1.0 if rank == 0 else 0.4) * (1.5 if "-" not in code else 1.0)
                votes.points[code] += points
                votes.title[code] += points
                votes.spoke[code].append((points, ("issuer", label.name, 0)))


def names_end(state: Findings) -> int:
    """Where the issuers' names at the start of the title end; their own words are no subject."""
    ends = [e.end for label in state.departments for e in label.evidence if e.where == "title" and e.end]
    return max(ends, default=0)


def subject_start(state: Findings) -> int:
    """Where a title's subject begins: behind the issuers' names, save that 人民政府工作报告 shares 政府."""
    end = names_end(state)
    return end - 2 if state.document.title.startswith("政府工作报告", max(end - 2, 0)) else end


def issuer_kind(code: str, known: Authority) -> str:
    """The kind of an issuing body, alike in every place; a general office counts as its ministry."""
    kind = known.kind_of(code) or code
    national = kind.startswith("cn-") and kind != "cn-state-council-office"
    return kind.removesuffix("-office") if national else kind


def _evidence(state: Findings, spoken: Spoken) -> Evidence:
    where, term, start = spoken
    if where == "title":
        return Evidence("title", term, None, start, start + len(term), None, "seed")
    if where == "text":
        paragraph, inside = state.place(start)
        return Evidence("paragraph", term, paragraph, inside, inside + len(term), None, "seed")
    return Evidence(where, term, kind=None if where == "issuer" else "seed")


def ranked(state: Findings, votes: Votes, taxonomy: Taxonomy) -> list[Label]:
    """The classes by their points: first level with its children's share, then the best child of each."""
    first, children = by_level(votes.points, taxonomy)
    total = sum(first.values())
    labels: list[Label] = []
    for code in sorted(first, key=lambda c: (-first[c], c))[:RANKED]:
        if first[code] < MINIMUM:
            break
        best = max(
            (c for c in children if taxonomy.parents[c] == code),
            key=lambda c: (children[c], c),
            default=None,
        )
        chosen = best if best is not None and children[best] >= MINIMUM else code
        score = round(first[code] / (total + SMOOTHING), 4)
        evidence = merged_evidence(state, votes, (code, chosen))
        labels.append(
            Label(
                "topic", taxonomy.scheme, chosen, taxonomy.topic(chosen).path, score, "rule", evidence,
                given=not labels or score >= ANSWER,
            )
        )  # fmt: skip
    return labels


def by_level(given: Mapping[str, float], taxonomy: Taxonomy) -> tuple[dict[str, float], dict[str, float]]:
    """Points of the first-level classes, half of their children's added, and points of the children."""
    first: dict[str, float] = defaultdict(float)
    children: dict[str, float] = {}
    for code, points in given.items():
        parent = taxonomy.parents[code]
        if parent is None:
            first[code] += points
        else:
            children[code] = points
            first[parent] += 0.5 * points
    return first, children


def merged_evidence(state: Findings, votes: Votes, codes: Iterable[str]) -> tuple[Evidence, ...]:
    """The strongest words that spoke for any of these classes, each once."""
    given = [votes.spoke[code] for code in dict.fromkeys(codes) if code in votes.spoke]
    if len(given) == 1:
        best = sorted(given[0], key=itemgetter(0), reverse=True)
        return tuple([_evidence(state, one) for one in islice(dict.fromkeys(s for _, s in best), EVIDENCE)])
    every = list(chain.from_iterable(given))
    strongest = {spoken: points for points, spoken in every}
    if len(strongest) < len(every):
        for points, spoken in every:
            strongest[spoken] = max(points, strongest[spoken])
    order = sorted(strongest, key=strongest.__getitem__, reverse=True)
    return tuple([_evidence(state, one) for one in order[:EVIDENCE]])


def published_labels(state: Findings, taxonomy: Taxonomy) -> list[Label]:
    """The site's own classes that our scheme knows; other schemes stay beside it in the document."""
    document = state.document
    if document.topic_scheme and document.topic_scheme not in taxonomy.names:
        return []
    if not document.topic_scheme and taxonomy.scheme == LEAD_SCHEME and authority().schemes_of(state.home):
        return []  # a publisher abroad means its own scheme, also where a name is the same
    found: dict[str, Label] = {}
    for printed in document.topics:
        evidence = (Evidence("published", printed),)
        for code in taxonomy.codes_of(printed):
            found[code] = found.get(code) or Label(
                "topic", taxonomy.scheme, code, taxonomy.topic(code).path, 1.0, "published", evidence
            )
    return list(found.values())


@Language.factory("gov_topic", default_config={"taxonomy": None, "rank": True, "lead": True})
class TopicReader(Component):
    """Adds the ranked topics of one scheme: published ones first, then ours.

    `taxonomy`: a scheme's file or packaged name. `rank=False` leaves the order to a model.
    `lead`: its votes are what a model sees.
    """

    def __init__(self, nlp: Language, name: str, taxonomy: str | None, rank: bool, lead: bool) -> None:
        self.name, self.rank, self.lead = name, rank, lead
        self.taxonomy = load_taxonomy(taxonomy or DEFAULT)
        self.voter = TermVote(self.taxonomy, str(nlp.lang))

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        votes = self.voter.vote(state, state.text or doc.text)
        state.votes_of[self.taxonomy.scheme] = votes
        if self.lead:
            state.votes = votes
        if not self.rank:
            return doc
        published = published_labels(state, self.taxonomy)
        known = {label.code for label in published}
        said = has_subject(state, votes)
        ours = [label for label in ranked(state, votes, self.taxonomy) if said and label.code not in known]
        state.topics += [*published, *ours]
        if not state.topics:
            state.reasons.append(NO_TERM if said else NO_SUBJECT)
        return doc
