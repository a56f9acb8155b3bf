"""How much each sentence of a text speaks for a problem and for a measure.

Words at the head of a clause, behind its doer and its adverbs, tell what is done (深入推进…,
各地要加快…); words of want and harm tell what is wrong, unless they are the object of what is done
(解决…问题), denied, over, or a case that a rule provides for (存在…的，). What stands behind a heading
or a sentence that leads to problems (主要问题是：) in the same paragraph is more probably one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from classify.components.anchors import Anchors
from classify.components.finding_words import Word, words_of

DONE = 0.5  # a word worth more tells by itself that something was done
BARE = 0.7  # what nouns alone can be worth
ASKED = 1.6  # a citizen's letter tells what its writer meets
FIRM = 0.4  # a clause that says so much of a problem before it says what is done keeps it
ENDED = "，：；"  # signs behind 的 that end a case
DOUBT = 0.6  # a sentence that tells a problem needs more to tell a measure too
FORMULA = 3.0  # a form of words, which tells neither
LED = 0.5  # worth of a lead
CALLED = 1.2  # what an exclamation takes from a measure: it rouses, and tells no act
LEAST = 0.8  # from here on a sentence counts
PARTS = ("wrong", "any-wrong", "led", "verbs", "nouns", "against")  # what a sentence's sums are made of
HEADING = 30  # a line up to here that leads to problems leads those below it too
_HELPING = frozenset("要应将须需可请并再还也都均已正拟会更对与和及所了")
_BINDING = frozenset("要应将须并拟请再")  # a verb directly behind one begins the clause anew
_WITHIN = frozenset("主重必相适响供反效对是")  # 主要, 相应: no helping word
_ITEM = frozenset("（(0123456789①②③④⑤⑥⑦⑧⑨⑩")  # signs that begin an item of a list
_NUMBERING = frozenset(' \u3000\t（(）)一二三四五六七八九十0123456789.．、①②③④⑤⑥⑦⑧⑨⑩“”"‘’>*#—–-●◆■•·▲○★【】')


class Manner(NamedTuple):
    """How a text of some kind speaks: a citizen's letter commits nobody, and asks."""

    measures: bool = True
    asks: bool = False  # a citizen's letter: whatever is wrong is told by one who meets it


SPEAKS = Manner()


class Told(NamedTuple):
    """One sentence: where it begins and ends (its closing sign included), and what speaks for either."""

    start: int
    end: int
    problem: float
    measure: float
    parts: tuple[float, float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)  # named by PARTS


@dataclass(slots=True)
class _Said:
    """What the words of one sentence say so far."""

    begin: int = 0
    end: int = 0
    problem: float = 0.0
    verbs: float = 0.0
    nouns: float = 0.0
    against: float = 0.0
    purpose: bool = False  # it tells why, not what
    named: float = 0.0  # words of want and harm, be they handled, denied, over or a case


@dataclass(slots=True)
class _Clause:
    left: int = 0
    right: int = 0
    head: int = 0
    problem: float = 0.0
    verbs: float = 0.0
    done: bool = False  # it begins with the verb of a measure
    handled: bool = False
    conditional: bool = False


def sentences_told(text: str, anchors: Anchors, manner: Manner = SPEAKS) -> Iterator[Told]:
    """Chinese sentences in which any word speaks, from left to right."""
    known = words_of("zh")
    words, clauses, sentences, size = known.words, anchors.at("clause"), anchors.at("sentence"), len(text)
    clause, said = _Clause(), _Said()
    at, next_at, led_until = -1, 0, -1
    for number, start, stop in known.find(text):
        if start >= clause.right:
            _close(text, said, clause)
            if start >= said.end:
                if said.problem > 0 or said.verbs > 0 or said.nouns > 0:
                    yield _told(text, said, led_until, manner)
                at = bisect_left(sentences, start, max(at, 0))
                said = _Said(
                    sentences[at - 1] + 1 if at else 0, sentences[at] + 1 if at < len(sentences) else size
                )
            next_at = bisect_left(clauses, start, next_at)
            left = clauses[next_at - 1] + 1 if next_at else 0
            clause = _Clause(left, clauses[next_at] if next_at < len(clauses) else size, left)
        word = words[number]
        if start > clause.head:
            _move_head(text, clause, start)
        _weigh(said, clause, word, start, stop)
        if word.lead:
            line = text.find("\n", stop)
            line = size if line < 0 else line
            led_until = max(led_until, line if line - said.begin > HEADING else line + 400)
    _close(text, said, clause)
    if said.problem > 0 or said.verbs > 0 or said.nouns > 0:
        yield _told(text, said, led_until, manner)


def _move_head(text: str, clause: _Clause, start: int) -> None:
    """Behind numbering and helping words of one sign the clause begins anew."""
    head = clause.head
    if start - head < 8:
        while head < start and (text[head] in _NUMBERING or text[head] in _HELPING):
            head += 1
        clause.head = head if head == start or head - clause.left < 8 else clause.head
    if clause.head < start and text[start - 1] in _BINDING and text[start - 2] not in _WITHIN:
        clause.head = start


def _weigh(said: _Said, clause: _Clause, word: Word, start: int, stop: int) -> None:
    """Add to its clause and its sentence what one word says at its place."""
    if start == clause.head:
        if word.verb and not said.purpose and not clause.problem:  # 有待加强 tells what is wanting
            clause.verbs += word.verb
            clause.done = True
        if word.leads_on or word.verb:
            clause.head = stop
        if word.doer:
            said.purpose = False
    elif word.doer and not word.verb:
        clause.head = stop
    if word.purpose:
        said.purpose = True
    if word.measure > DONE:
        said.verbs += word.measure
    else:
        said.nouns += word.measure
    said.against += word.against
    said.named += word.problem
    if word.relieved:
        clause.problem = 0.0
        clause.handled = True
    elif word.problem and not clause.handled and (not clause.done or stop >= clause.right - 1):
        clause.problem += word.problem
    if word.handled and clause.problem < FIRM:
        clause.handled = True
    if word.conditional:
        clause.conditional = True


def _close(text: str, said: _Said, clause: _Clause) -> None:
    """Add to its sentence what a clause says; 的， or 时 at its end make it a case, 后 what went before."""
    ending = text[clause.right - 1 : clause.right]
    if ending not in ("后", "时", "下"):
        said.verbs += clause.verbs
    if clause.conditional or ending == "时" or text.startswith("对", clause.left):
        return
    if ending == "的" and (
        text[clause.right : clause.right + 1] in ENDED or text[said.begin : said.begin + 1] in _ITEM
    ):
        return
    said.problem += clause.problem / 2 if text.startswith("针对", clause.left) else clause.problem


def _told(text: str, said: _Said, led_until: int, manner: Manner) -> Told:
    begin = said.begin
    while begin < said.end and text[begin] in " \u3000\n\t":
        begin += 1
    led = LED if begin < led_until else 0.0
    problem = 0.0 if said.against >= FORMULA else said.problem + led
    if manner.asks:
        problem *= ASKED
    spent = said.against + (DOUBT if problem >= LEAST else 0.0)
    if text[said.end - 1] in "！!":
        spent += CALLED
    measure = said.verbs + (min(0.3 * said.nouns, 0.6) if said.verbs else min(said.nouns, BARE)) - spent
    parts = (said.problem, said.named, led, said.verbs, said.nouns, said.against)
    return Told(begin, said.end, problem, measure, parts)
