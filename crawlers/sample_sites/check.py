"""Checks that what a document's TOML claims stands in its text: truth.json cannot drift from the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from crawlers.sample_sites.model import SampleDocument
from crawlers.sample_sites.reading import folders, read_documents, read_site
from crawlers.sample_sites.settings import LAST_DAY, day_date

KINDS = (
    *(
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
    ),
    *("令", "规划", "解读", "信件", "其他"),
)
_PERIODS = ("有效期", "之日起")  # the text may set a term by a period instead of a date
_SELF = "本(?:办法|方案|通知|规定|意见|细则|措施|决定|公告|通告|规则|计划|标准|预案|条例)"
_IN_FORCE = re.compile(_SELF + "自(?:印发|发布|公布)之日起(?:施行|实施|执行|生效)")
_TERM = re.compile(_SELF + "[^。；]{0,30}(?:有效期(?:为)?[一二三四五两1-5]年|(?:有效期|实施期|执行期?)至)")
SHARE = 0.125  # of the eight-character passages of the shorter of two documents


def check_folder(name: str) -> list[str]:
    """Every claim of the folder's documents that its text does not bear, one sentence each."""
    folder = next(item for item in folders() if item.name == name)
    found = read_documents(read_site(folder))
    return [f"{d.key}: {line}" for d in found for line in claims(d)] + list(alike(found))


def claims(document: SampleDocument) -> Iterator[str]:
    """What is claimed of one document and does not stand in it."""
    text = plain("\n".join((document.title, *document.paragraphs)))
    yield from _absent(document, text)
    yield from _unsaid(document, text)
    if not 3 <= len(document.paragraphs) <= 45:
        yield f"has {len(document.paragraphs)} paragraphs; 3 to 45 are wanted."
    if document.published > day_date(document.appears):
        yield f"is published on {document.published}, after it appears ({day_date(document.appears)})."
    if not 0 <= document.appears <= LAST_DAY:
        yield f"appears on day {document.appears}, outside 0 to {LAST_DAY}."
    if document.kind not in KINDS and document.site != "meridian":
        yield f"has the unknown kind '{document.kind}'; known are {'、'.join(KINDS)}."


def _absent(document: SampleDocument, text: str) -> Iterator[str]:
    passages = [p.passage for p in (*document.problems, *document.measures)]
    passages += [value for target in document.targets for value in (target.value,)]
    passages += [words for following in document.follows for words in following.added]
    passages += [following.number for following in document.follows]
    passages += [value for _, value in document.personal]
    passages += [name for duty in document.duties for name in (*duty.who, duty.rule) if name]
    for citation in document.citations:
        passages += [name for name in (citation.number, citation.title) if name]
    for passage in passages:
        if plain(passage) not in text:
            yield f"claims the words '{passage}', which its text does not hold."
    dates = [duty.due for duty in document.duties if not duty.rule]
    dates += [target.by for target in document.targets]
    if not any(rule in text for rule in _PERIODS):
        dates += [document.effective, document.expires]
    for day in dates:
        if day is not None and not any(form in text for form in printed(day)):
            yield f"claims the date {day}, which its text does not print."
    for change in document.changes:
        for old, _ in change.replace:
            if not any(old in paragraph for paragraph in document.paragraphs):
                yield f"replaces '{old}' on day {change.day}, which its text does not hold."


def _unsaid(document: SampleDocument, text: str) -> Iterator[str]:
    """Terms that the text prints of the document itself and the claims leave out."""
    if document.kind in ("解读", "信件") or document.reprint_of:
        return
    if document.effective is None and _IN_FORCE.search(text):
        yield "prints from when it is in force; give `effective`."
    if document.expires is None and _TERM.search(text):
        yield "prints how long it is in force; give `expires`."


def plain(text: str) -> str:
    """Inner title marks as outer ones: the text of a title quotes 〈〉 where the claim quotes 《》."""
    return text.replace("〈", "《").replace("〉", "》")


def printed(day: date) -> tuple[str, ...]:
    """The ways a text prints a day, a month's end included."""
    forms = [f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日", f"{day.day} {day:%B}"]
    forms += [f"{day.year}年{day.month}月底", f"{day.month}月底", f"{day:%B} {day.year}"]
    if (day.month, day.day) == (12, 31):
        forms += [
            f"{day.year}年底",
            f"{day.year}年年底",
            f"{day.year}年末",
            "年底前",
            f"到{day.year}年",
            f"至{day.year}年",
        ]
    return tuple(forms)


def alike(found: Iterable[SampleDocument]) -> Iterator[str]:
    """Pairs of documents, reprints aside, that share too much of their text to be written one by one."""
    grams = {d.key: _grams(d) for d in found if d.reprint_of is None}
    keys = sorted(grams)
    for at, first in enumerate(keys):
        for second in keys[at + 1 :]:
            share = len(grams[first] & grams[second]) / max(1, min(len(grams[first]), len(grams[second])))
            if share >= SHARE:
                yield f"{first} and {second} share {share:.0%} of their passages, {SHARE:.1%} or more."


def _grams(document: SampleDocument) -> frozenset[str]:
    text = re.sub(r"\s+", "", "".join(document.paragraphs))
    return frozenset(text[start : start + 8] for start in range(len(text) - 7))
