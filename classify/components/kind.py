"""The kind of an official document by the words of its title: 15 statutory kinds and a few more."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.state import Component, findings

STATUTORY = (
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
BESIDE = ("解读", "规划", "令", "信件")
_SAME = (
    "通知",
    "通告",
    "公告",
    "公报",
    "通报",
    "批复",
    "决议",
    "决定",
    "意见",
    "报告",
    "请示",
    "议案",
    "纪要",
    "规划",
    "命令",
    "解读",
)
_ENDINGS = (*((kind, kind) for kind in _SAME), ("纲要", "规划"), ("函", "函"), ("令", "令"))
_TRAILING = re.compile(r"(?:[（(\[〔【][^（()）]{0,40}[）)\]〕】]|[》”\"'\s。])+$")
_ORDER = re.compile(
    r"令\s*[（(〔\[]?\s*(?:[12]\d{3}\s*年?[）)〕\]]?\s*)?第?\s*[\d一二三四五六七八九十百〇]{1,6}\s*号"
)
_SERIES = re.compile(
    r"(公告|通告|公报|通报|命令)(?=\s*(?:[〔（(\[]?(?:19|20)\d\d|第\s*[\d一二三四五六七八九十]+\s*号|[：:]))"
)
_READING = re.compile(
    r"解读|图解|一图|读懂|答记者问|答问|问答|问与答|政策释义|怎么来的|怎么看|怎么办理|[？?]\s*$|[？?]——"
)
_LETTER = re.compile(r"来信|回信|来电|留言|信箱|网民|网友|咨询|反映")
_ANSWER = re.compile(r"(?:答复|回复|回应|解答)(?:意见)?$")
_PROPOSAL = re.compile(r"(?:建议|提案|议案).{0,6}(?:答复|回复|复函)")
_RESULT = re.compile(r"(?:审计|审计调查|抽检|抽查)结果$|整改结果$")
_ENGLISH = (
    "press release", "notice", "guidance", "regulations", "order", "circular", "report", "consultation",
    "plan", "strategy", "statement", "act", "directive", "policy",
)  # fmt: skip


def kind_of_title(title: str) -> str | None:
    """The kind that a title ends with, a statutory one, 令 or 规划; else by words that mark it; else None."""
    tail = _TRAILING.sub("", title[-120:])
    for ending, kind in _ENDINGS:
        if tail.endswith(ending):
            return kind
    if _ORDER.search(title[:200]):
        return "令"
    series = _SERIES.search(title[:200])
    return series.group(1) if series else _marked(title[:200], tail)


def _marked(title: str, tail: str) -> str | None:
    """What no last word tells: readings, letters with their answers, published results of an inspection."""
    if _PROPOSAL.search(tail):
        return "函"
    if _READING.search(title):
        return "解读"
    if _ANSWER.search(tail) or (_LETTER.search(title) and "答复" in title):
        return "信件"
    if tail.endswith(("回信", "来信")):
        return "信件"
    return "公告" if _RESULT.search(tail) else None


def english_kind(title: str) -> str | None:
    """The English kind named by the last words of a title, else by its first."""
    lowered = re.sub(r"[^a-z ]+", " ", title.casefold())
    words = lowered.split()
    tail, head = " ".join(words[-3:]), " ".join(words[:3])
    for part in (tail, head):
        for kind in _ENGLISH:
            if f" {kind} " in f" {part} ":
                return kind
    return None


@Language.factory("gov_kind")
class KindReader(Component):
    """Sets the kind: a Chinese title's last word outranks the site's own word, an English one does not."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        title, published = state.document.title, state.document.doc_type
        if self.language == "en":
            state.doc_type = published or english_kind(title)
        else:
            order = state.number is not None and state.number.organ.endswith("令")
            state.doc_type = ("令" if order else kind_of_title(title)) or published
        return doc
