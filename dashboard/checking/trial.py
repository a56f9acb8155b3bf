"""Trying the checks on real texts: true quotations as people paste them, and faults planted in them.

What is drawn and planted knows nothing of how it will be checked: a digit becomes another digit, 不得 becomes
应当, a full stop between two sentences of different paragraphs becomes a comma, and so on.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from warehouse.masking import MASK
from warehouse.publication import Publication

_SENTENCES = {
    "zh": re.compile(r"(?<![^。！？；\n])[^。！？；\n]{8,160}[。！？；]"),
    "en": re.compile(r"[A-Z][^.!?\n]{30,260}[.!?](?=\s|$)"),
}
_SWAPS = {
    "zh": (("不得", "应当"), ("应当", "不得"), ("禁止", "允许"), ("严禁", "鼓励"), ("可以", "不得"),
           ("必须", "不必"),
           ("不予", "应予"), ("不再", "继续"), ("不能", "可以"), ("未", "已"), ("有", "没有")),
    "en": (("shall not", "shall"), ("may not", "may"), ("must not", "must"), ("is not", "is"),
           ("are not", "are"),
           ("shall", "shall not"), ("may", "may not"), ("must", "must not"), ("is", "is not"),
           ("are", "are not"),
           ("will", "will not"), ("was", "was not"), ("were", "were not")),
}  # fmt: skip
_INVENTED = {
    "zh": (
        "各地要在年底前完成全部排查，逾期未完成的予以通报批评。",
        "对成绩突出的单位和个人按照规定给予一次性奖励。",
        "有条件的县区可先行试点，试点期限一般不超过两年。", "所需经费由市县财政按照四比六的比例分担。",
        "企业可凭备案回执直接办理后续手续，无需另行提交证明。",
    ),
    "en": (
        "The agency will publish a full account of all spending before the end of each quarter.",
        "Local offices may grant a delay of up to ninety days on written request.",
        "No further approval is needed where the applicant has filed a complete notice.",
        "The programme has lowered waiting times in every region that took part.",
        "Members agreed that the pilot should be extended to all remaining districts.",
    ),
}  # fmt: skip


_TRIES = 400


@dataclass(frozen=True)
class Drawn:
    """A quotation as it is pasted into a draft, and the document it is of."""

    kind: str  # how it was pasted, or which fault was planted
    document_id: str
    language: str
    words: str


@dataclass(frozen=True)
class Paper:
    """A published text to draw from."""

    document_id: str
    language: str
    paragraphs: tuple[str, ...]

    @property
    def sentences(self) -> list[tuple[int, str]]:
        """Whole sentences with the paragraph they stand in; none with masked words."""
        pattern = _SENTENCES[self.language]
        return [
            (number, found[0].strip())
            for number, line in enumerate(self.paragraphs)
            for found in pattern.finditer(line)
            if MASK not in found[0]
        ]


Way = Callable[[random.Random, Paper], str]


def papers(publication: Publication, ids: Sequence[str] | None = None) -> list[Paper]:
    """The published texts that have sentences to quote."""
    rows = publication.rows("select document_id, language from document order by document_id")
    chosen = [row for row in rows if ids is None or row["document_id"] in ids]
    found = [
        Paper(row["document_id"], row["language"], publication.body(row["document_id"]))
        for row in chosen
        if row["language"] in _SENTENCES
    ]
    return [one for one in found if len(one.sentences) > 3]


def true_quotations(from_papers: Sequence[Paper], count: int, seed: int) -> Iterator[Drawn]:
    """So many true quotations, in turn by each way of pasting that the texts allow."""
    ways: dict[str, Way] = {
        "sentence": _sentence, "sentences": _sentences, "paragraphs": _paragraphs, "wrapped": _wrapped,
        "inner marks": _inner, "numbers": _numbers, "half width": _narrow, "part": _part,
    }  # fmt: skip
    return _drawn(from_papers, ways, count, seed)


def faults(from_papers: Sequence[Paper], count: int, seed: int) -> Iterator[Drawn]:
    """So many quotations with one planted fault each, in turn of each kind that needs one text alone."""
    ways: dict[str, Way] = {
        "changed digit": _changed_digit, "swapped negation": _swapped, "half-width comma": _comma,
        "merged sentences": _merged, "invented sentence": _invented,
    }  # fmt: skip
    return _drawn(from_papers, ways, count, seed, false=True)


def _drawn(
    from_papers: Sequence[Paper], ways: dict[str, Way], count: int, seed: int, false: bool = False
) -> Iterator[Drawn]:
    """In turn by each way; one that finds nothing in many texts is passed over this time."""
    dice = random.Random(seed)
    names = list(ways)
    made = turn = missed = 0
    while made < count and missed < len(names):
        name, turn = names[turn % len(names)], turn + 1
        for _ in range(_TRIES):
            paper = dice.choice(from_papers)
            words = ways[name](dice, paper)
            # a planted fault that happens to stand elsewhere in the text would be true
            if words and not (false and words in "\n".join(paper.paragraphs)):
                made, missed = made + 1, 0
                yield Drawn(name, paper.document_id, paper.language, words)
                break
        else:
            missed += 1


def stated_numbers(from_papers: Sequence[Paper], count: int, seed: int) -> Iterator[Drawn]:
    """So many sentences with numbers and without quotation marks, as they stand and with a changed digit."""
    dice = random.Random(seed)
    made = 0
    for _ in range(count * _TRIES):
        if made == count:
            return
        paper = dice.choice(from_papers)
        words = _numbers(dice, paper)
        if not words or re.search(r"[“”\"「」]", words):
            continue
        made += 1
        yield Drawn("as it stands", paper.document_id, paper.language, words)
        at = dice.choice([found.start() for found in re.finditer(r"\d", words)])
        other = dice.choice([one for one in "123456789" if one != words[at]])
        yield Drawn("changed digit", paper.document_id, paper.language, words[:at] + other + words[at + 1 :])


def _sentence(dice: random.Random, paper: Paper) -> str:
    return dice.choice(paper.sentences)[1]


def _sentences(dice: random.Random, paper: Paper) -> str:
    line = dice.choice(paper.paragraphs)
    found = [one for one in _SENTENCES[paper.language].finditer(line) if MASK not in one[0]]
    near = [(a, b) for a, b in pairwise(found) if b.start() - a.end() < 3]
    if not near:
        return ""
    first, last = dice.choice(near)
    return line[first.start() : last.end()].strip()


def _paragraphs(dice: random.Random, paper: Paper) -> str:
    """The end of a paragraph with the beginning of the next, as a selection over both gives it."""
    if len(paper.paragraphs) < 2:
        return ""
    at = dice.randrange(len(paper.paragraphs) - 1)
    first, last = paper.paragraphs[at], paper.paragraphs[at + 1]
    end = _SENTENCES[paper.language].search(last)
    if not first.strip() or end is None or MASK in first + last or last[: end.start()].strip():
        return ""
    return f"{first.strip()[:400]}\n{last[: end.end()].strip()}" if len(first) <= 400 else ""


def _wrapped(dice: random.Random, paper: Paper) -> str:
    """With the line breaks of a narrow window: anywhere in Chinese, at spaces in English."""
    words = _sentence(dice, paper)
    width = dice.choice((18, 24, 31))
    if paper.language == "zh":
        return "\n".join(words[at : at + width] for at in range(0, len(words), width))
    return re.sub(rf"(.{{{width},{width + 15}}}?) ", r"\1\n", words)


def _inner(dice: random.Random, paper: Paper) -> str:
    """With quotation marks inside turned into the inner ones, as both languages ask."""
    marked = [one for _, one in paper.sentences if re.search(r"[“\"].+?[”\"]", one)]
    if not marked:
        return ""
    words = dice.choice(marked)
    if words.count("“") != words.count("”") or words.count('"') % 2:
        return ""
    words = words.replace("“", "‘").replace("”", "’")
    return re.sub(r'"([^"]*)"', r"‘\1’", words)


def _numbers(dice: random.Random, paper: Paper) -> str:
    found = [one for _, one in paper.sentences if re.search(r"\d", one)]
    return dice.choice(found) if found else ""


def _narrow(dice: random.Random, paper: Paper) -> str:
    """In the width of another input method, with doubled spaces."""
    words = _sentence(dice, paper)
    if paper.language == "zh":
        return words.translate(str.maketrans("，；：（）？！％", ",;:()?!%"))
    return words.replace(" ", "  ").replace("'", "’")


def _part(dice: random.Random, paper: Paper) -> str:
    """Part of a sentence, cut at its commas."""
    parts = re.split(r"，|,(?=\s)", _sentence(dice, paper))
    if len(parts) < 3:
        return ""
    words = parts[1].strip()
    return words if len(words) > 12 and not re.search(r"[。！？；.!?]", words) else ""


def _changed_digit(dice: random.Random, paper: Paper) -> str:
    words = _numbers(dice, paper)
    places = [found.start() for found in re.finditer(r"\d", words)]
    if not places:
        return ""
    at = dice.choice(places)
    other = dice.choice([one for one in "0123456789" if one != words[at]])
    return words[:at] + other + words[at + 1 :]


def _swapped(dice: random.Random, paper: Paper) -> str:
    words = _sentence(dice, paper)
    for old, new in dice.sample(_SWAPS[paper.language], len(_SWAPS[paper.language])):
        pattern = re.escape(old) if paper.language == "zh" else rf"\b{re.escape(old)}\b(?! not)"
        if re.search(pattern, words):
            return re.sub(pattern, new, words, count=1)
    return ""


def _comma(dice: random.Random, paper: Paper) -> str:
    """One comma in the other width."""
    words = _sentence(dice, paper)
    old, new = ("，", ",") if paper.language == "zh" else (",", "，")
    return words.replace(old, new, 1) if old in words else ""


def _merged(dice: random.Random, paper: Paper) -> str:
    """Two sentences with others between them, written as one."""
    found = paper.sentences
    if len(found) < 4:
        return ""
    first = dice.randrange(len(found) - 2)
    one, other = found[first][1], found[dice.randrange(first + 2, len(found))][1]
    comma = "，" if paper.language == "zh" else ", "
    joint = dice.choice((comma, one[-1] + (" " if paper.language == "en" else ""), ""))
    return one[:-1] + joint + other if one != other else ""


def _invented(dice: random.Random, paper: Paper) -> str:
    return dice.choice(_INVENTED[paper.language])
