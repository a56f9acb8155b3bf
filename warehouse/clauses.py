"""Two texts clause by clause: which clauses of one stand in the other, in what words, and with what figures.

A clause is a sentence: of Chinese up to 。；！？, of English up to . ; ! ? before a blank, headings included.
Two clauses are alike by the pairs of neighbouring letters they share, rare pairs weighing more than
common ones (inverse document frequency over both texts, Spärck Jones 1972; cosine). Each clause is given
to at most one of the other text, the most alike first.

Clauses of fewer words in common (below `WORDED`) are a pair when they speak of one subject: by what they say
without figures and without who must do it, together with the heading they stand under. One that sets a day
or figure has its like only in one that sets its own; a heading has none in a clause much longer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import log, sqrt

from warehouse.clause_subjects import FIGURE, NUMBERED, is_heading, sets, subject, unnamed
from warehouse.shingles import plain

MOST = 500  # clauses of a text that are compared; the rest is counted
ALIKE = 0.24  # cosine from which two clauses speak of one thing, also in other words
SETTING = 0.2  # that from which two speak of one thing that both set a day or a quantity
WORDED = 0.5  # cosine from which the words alone tell; below it the subject has to be the same
SAME = 0.97
_HEADED = 0.5  # weight of the heading's words beside the clause's own
_LONGER = 2.0  # times a heading: a clause of more letters is none
_SHORTEST = 4  # letters beside the number in front: less is no clause
_LONGEST = 600  # characters of a clause that are compared word by word
_LEAST_EQUAL = 2  # characters: a single shared one between two changes is chance
_CLAUSE = re.compile(r"(?:[^。；！？;!?.]|\.(?!\s|$))+(?:[。；！？;!?]+|\.(?=\s|$)|$)[”’」』）)]*")
_UNITS = re.compile(r"[0-9][0-9.,:]*[%％‰]?|[A-Za-z]+|.", re.S)  # a number or a word changes as a whole
_FRAME = re.compile(  # who is addressed, who signs and when: of every paper, of none
    r"各[^。]{0,120}[：:]|\d{4}年\d{1,2}月\d{1,2}日|[^，。；：]{2,30}(?:人民政府|办公[厅室]|[部厅局委会])|附件[：:].*"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a text; the paragraph counts from 0, the characters within it."""

    paragraph: int
    start: int
    text: str
    heading: str = ""  # the heading it stands under in its paragraph, or that of the paragraph before
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause above and the one below that says the same."""

    upper: Clause
    lower: Clause
    likeness: float  # 0 to 1
    figures: tuple[tuple[str, ...], tuple[str, ...]]  # what each has and the other lacks

    @property
    def same(self) -> bool:
        """Whether the words are the same but for punctuation."""
        return self.likeness >= SAME and not any(self.figures)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts beside each other, each list in the order of its text."""

    pairs: tuple[Pair, ...]
    added: tuple[Clause, ...]  # only below
    dropped: tuple[Clause, ...]  # only above
    left_out: int = 0  # clauses beyond those compared

    @property
    def kept(self) -> float:
        """The part of the upper text's clauses that has a like below, 0 to 1."""
        whole = len(self.pairs) + len(self.dropped)
        return len(self.pairs) / whole if whole else 0.0

    @property
    def taken(self) -> float:
        """The part of the lower text's clauses that has a like above, 0 to 1."""
        whole = len(self.pairs) + len(self.added)
        return len(self.pairs) / whole if whole else 0.0


def clauses(paragraphs: Sequence[str]) -> Iterator[Clause]:
    """The clauses of numbered paragraphs, without address, signature and bare headings."""
    above = ""  # the last heading that is a paragraph of its own
    for at, paragraph in enumerate(paragraphs):
        heading = above
        for found in _CLAUSE.finditer(paragraph):
            said = found.group().strip()
            if len(_letters(said)) < _SHORTEST or _FRAME.fullmatch(said):
                continue
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            heads = is_heading(said, paragraph)
            yield Clause(at, start, said, "" if heads else heading, heads)
            if heads:
                heading = said
                above = said if said == paragraph.strip() else above


def align(upper: Sequence[str], lower: Sequence[str], *, alike: float = ALIKE) -> Alignment:
    """The two texts beside each other; at most `MOST` clauses of each are compared."""
    above, below = list(clauses(upper)), list(clauses(lower))
    left_out = max(0, len(above) - MOST) + max(0, len(below) - MOST)
    above, below = above[:MOST], below[:MOST]
    found = _matched(_likenesses(above, below, alike))
    pairs = tuple(
        Pair(above[i], below[j], round(likeness, 3), _figures(above[i].text, below[j].text))
        for i, j, likeness in found
    )
    mine, theirs = {i for i, _, _ in found}, {j for _, j, _ in found}
    return Alignment(
        pairs,
        tuple(one for at, one in enumerate(below) if at not in theirs),
        tuple(one for at, one in enumerate(above) if at not in mine),
        left_out,
    )


def differing(old: str, new: str) -> list[tuple[str, str]]:
    """The words of two clauses as (kind, words): equal, gone (only in `old`) or come (only in `new`)."""
    if max(len(old), len(new)) > _LONGEST:
        return [("gone", old), ("come", new)]
    told: list[tuple[str, str]] = []
    was, now = _UNITS.findall(old), _UNITS.findall(new)
    for kind, i, i_end, j, j_end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        before, after = "".join(was[i:i_end]), "".join(now[j:j_end])
        if kind == "equal" and len(before) >= _LEAST_EQUAL:
            told.append(("equal", before))
            continue
        told += [("gone", before)] if before else []
        told += [("come", after)] if after else []
    return list(_joined(told))


def _joined(told: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Between two equal runs one that went and one that came, not a flicker of both."""
    gone, come = "", ""
    for kind, words in (*told, ("equal", "")):
        if kind != "equal":
            gone, come = gone + (words if kind == "gone" else ""), come + (words if kind == "come" else "")
            continue
        yield from ((name, some) for name, some in (("gone", gone), ("come", come)) if some)
        gone = come = ""
        if words:
            yield kind, words


def _likenesses(
    above: Sequence[Clause], below: Sequence[Clause], alike: float
) -> list[tuple[float, int, int]]:
    """How alike each pair is that may be one: by its words, below `WORDED` by its subject."""
    worded = _cosines(
        [Counter(_grams(one.text)) for one in above], [Counter(_grams(one.text)) for one in below]
    )
    least = max(alike, WORDED)
    found = [(one, i, j) for one, i, j in worded if one >= least and _of_a_length(above[i], below[j])]
    if alike >= WORDED:
        return found
    told = {(i, j) for _, i, j in found}
    subjects = _cosines([_subject_grams(one) for one in above], [_subject_grams(one) for one in below])
    mine, theirs = [sets(one.text) for one in above], [sets(one.text) for one in below]
    below_worded = WORDED - 0.001  # what rests on its subject is not taken over in words
    return found + [
        (min(one, below_worded), i, j) for one, i, j in subjects
        if one >= (min(alike, SETTING) if mine[i] & theirs[j] else alike) and (i, j) not in told
        and _one_sort(mine[i], theirs[j]) and _of_a_kind(above[i], below[j])
    ]  # fmt: skip


def _of_a_length(one: Clause, other: Clause) -> bool:
    """Whether neither is a heading alone beside a much longer clause."""
    if one.is_heading == other.is_heading:
        return True
    heading, clause = (one, other) if one.is_heading else (other, one)
    return len(_letters(clause.text)) <= _LONGER * len(_letters(heading.text))


def _of_a_kind(one: Clause, other: Clause) -> bool:
    """A heading with a heading, a sentence with a sentence; the row of a table with none."""
    return one.is_heading == other.is_heading and "\t" not in one.text and "\t" not in other.text


def _one_sort(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both set a day or both a quantity, or neither sets anything."""
    return bool(one & other) or not (one or other)


def _subject_grams(one: Clause) -> dict[str, float]:
    """The subject's pairs of letters, and with less weight those of the heading."""
    grams: dict[str, float] = dict(Counter(_grams(subject(one.text))))
    for gram in _grams(one.heading):
        grams[gram] = max(grams.get(gram, 0.0), _HEADED)
    return grams


def _cosines(
    above: Sequence[Mapping[str, float]], below: Sequence[Mapping[str, float]]
) -> list[tuple[float, int, int]]:
    """Cosine of each pair that shares a pair of letters: over the postings of the letters, not all pairs."""
    texts = [*above, *below]
    spread = Counter(gram for one in texts for gram in one)
    weight = {gram: log((1 + len(texts)) / count) for gram, count in spread.items()}
    norms = [sqrt(sum((weight[gram] * times) ** 2 for gram, times in one.items())) or 1.0 for one in texts]
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for j in range(len(above), len(texts)):
        for gram in texts[j]:
            postings[gram].append(j)
    found = []
    for i in range(len(above)):
        shared: defaultdict[int, float] = defaultdict(float)
        for gram, times in texts[i].items():
            for j in postings.get(gram, ()):
                shared[j] += weight[gram] ** 2 * times * texts[j][gram]
        found += [(product / (norms[i] * norms[j]), i, j - len(above)) for j, product in shared.items()]
    return found


@lru_cache(maxsize=4096)
def _grams(text: str) -> tuple[str, ...]:
    letters = _letters(text)
    return tuple(letters[at : at + 2] for at in range(len(letters) - 1))


def _letters(text: str) -> str:
    """The letters of a clause without the number in front: what is fourth above may be third below."""
    return plain(NUMBERED.sub("", text, count=1))


def _matched(likenesses: Sequence[tuple[float, int, int]]) -> list[tuple[int, int, float]]:
    """Each clause with at most one, the most alike first; in the order of the upper text."""
    mine: set[int] = set()
    theirs: set[int] = set()
    found = []
    for likeness, i, j in sorted(likenesses, key=lambda one: (-one[0], one[1], one[2])):
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            found.append((i, j, min(1.0, likeness)))
    return sorted(found)


def _figures(upper: str, lower: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    above, below = (FIGURE.findall(unnamed(one)) for one in (upper, lower))
    return (
        tuple(one for one in dict.fromkeys(above) if one not in below),
        tuple(one for one in dict.fromkeys(below) if one not in above),
    )
