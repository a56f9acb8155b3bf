"""The kind of an official document by the last word of its title: 15 statutory kinds and a few more."""

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
BESIDE = ("解读", "规划", "令")
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
_ENGLISH = (
    "press release", "notice", "guidance", "regulations", "order", "circular", "report", "consultation",
    "plan", "strategy", "statement", "act", "directive", "policy",
)  # fmt: skip


def kind_of_title(title: str) -> str | None:
    """The kind that a title ends with: a statutory one, 令, 规划 or 解读; else None."""
    tail = _TRAILING.sub("", title[-120:])
    for ending, kind in _ENDINGS:
        if tail.endswith(ending):
            return kind
    if _ORDER.search(title[:200]):
        return "令"
    return "解读" if title.startswith(("解读", "图解", "一图读懂", "政策解读")) else None


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
            state.doc_type = kind_of_title(title) or published
        return doc
