"""What classification would have mined of a made document: duties with limits, facts, findings, routes.

Rates are those of real documents: of the 45,417 of ../shared/data (2026-11-22: duties, limits, bearers, other
facts) and of 4,456 of them (2,452 Chinese, 2,004 English) read by the rules of that day (problems, measures,
routes). A duty: 6.4 a document; of all duties 8.3 % have a limit, 51 % say who, of limits 18 % return, of
wordings of limits 43 % stand once. A Chinese document in 100: 44 name measures (13 each), 11 problems (4.3
each); an English one: 47 (3.5) and 7 (1.9). Of Chinese documents 51 in 100 are routed, to 3.9 bodies or
classes each (45 % bodies), nine of ten by a duty; of English ones 2; what goes to nobody mostly only tells.

Two rates are not the real ones, so that pages have more to do: of limits 30 % name a day, not 11 % (laws
name fewer than notices do), and classes of bodies are of the made place, so that each is in some inbox.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from warehouse.bench.places import Office, offices
from warehouse.bench.prose import vocabulary
from warehouse.identity import fact_id
from warehouse.records import Document, Duty, Fact, Route

RULE = "made-1"
DUTIES, FACTS = 6.4, 1.83  # a document; facts without findings and routes
LIMITED, DATED, RETURNING, ONCE = 0.083, 0.3, 0.18, 0.43
WHO = 0.51
_FACTS = (
    "deadline", "deadline", "deadline", "deadline", "money:fine", "money:fine", "number", "number",
    "requirement", "effective", "money:sum", "money:funding", "contact", "target",
)  # fmt: skip
_AFTER = (-424, 49, 334, 1020, 4093)  # days from publication to the day of a limit: 5, 25, 50, 75, 95 %
_SURE = {"problem": (0.52, 0.65, 0.79, 0.86, 0.94), "measure": (0.55, 0.55, 0.65, 0.84, 0.98)}
_LIMITS = (
    "20个工作日内", "三十日内", "施工前", "七日内", "二十四小时内", "十五日内", "收到本批复后20个工作日内",
    "三日内", "规定期限内", "十日内", "五日内", "五个工作日内", "开工前", "报送审批前", "六十日内",
    "三个月内",
    "within 30 days",
)  # fmt: skip
_RETURNS = (
    "每年", "annually", "每半年", "quarterly", "每月", "on an annual basis", "每五年", "每三年", "每季度",
    "每十年", "每年第一季度", "每年3月31日前", "每学年", "every five years", "每两年", "每年6月底前",
    "每年12月15日前",
)  # fmt: skip
_GENERIC = (
    "有关部门", "县级以上人民政府", "任何单位和个人", "建设单位", "各级人民政府", "市人民政府", "街道办事处",
    "公安机关", "各市（州）人民政府", "乡镇人民政府", "你市（区）", "学校", "Secretary", "The department",
    "Administrator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rate:
    """How many of a hundred documents have one, and how many those have."""

    share: float
    each: float


_FINDINGS = {
    "zh": {"measure": _Rate(0.44, 12.9), "problem": _Rate(0.11, 4.3)},
    "en": {"measure": _Rate(0.47, 3.5), "problem": _Rate(0.07, 1.9)},
}
_ROUTED = {"zh": _Rate(0.51, 3.94), "en": _Rate(0.02, 1.1)}
_REASONS = ("duty",) * 90 + ("addressee",) * 9 + ("responsible",)
_NOBODY = {
    "zh": ("tells",) * 75 + ("unknown",) * 11 + ("nobody",) * 9 + ("own",) * 5,
    "en": ("nobody",) * 60 + ("tells",) * 40,
}
_OTHER_KINDS = 15  # classes of bodies that no made body belongs to


def duties(document: Document, office: Office) -> Iterator[Duty]:
    """The duties of a document; copies and later documents change nothing of them."""
    chance = Random(f"duties:{document.document_id}")
    for paragraph, _, _, sentence in _openings(chance, document, DUTIES * 1.2):  # short ones hold fewer
        limited = chance.random() < LIMITED
        dated = limited and document.published is not None and chance.random() < DATED
        after = timedelta(days=round(_between(chance, _AFTER)))
        yield Duty(
            fact_id(document.document_id, "duty", sentence), sentence, paragraph, 0, len(sentence),
            (_bearer(chance, office),) if chance.random() < WHO else (), sentence[:46],
            document.published + after if dated and document.published else None,
            _limit(chance, dated) if limited else None, None, "deadline" if limited else "rule",
        )  # fmt: skip


def facts(document: Document) -> Iterator[Fact]:
    """What else was mined: days, sums, numbers, then problems and measures."""
    chance = Random(f"facts:{document.document_id}")
    for paragraph, _, _, sentence in _openings(chance, document, FACTS * 1.03):
        kind = chance.choice(_FACTS)
        dated = kind in ("deadline", "effective")
        value = document.published.isoformat() if dated and document.published else sentence[:8]
        yield Fact(
            fact_id(document.document_id, kind, sentence), kind, value, sentence, paragraph, 0,
            min(8, len(sentence)), RULE,
        )  # fmt: skip
    for kind, rate in _FINDINGS[document.language].items():
        if chance.random() < rate.share:
            yield from _findings(chance, document, kind, rate.each)


def routes(document: Document) -> Iterator[Route]:
    """To whom the document gives work, or why to nobody."""
    chance = Random(document.document_id)
    rate = _ROUTED[document.language]
    if chance.random() >= rate.share:
        yield _route(document, None, None, chance.choice(_NOBODY[document.language]))
        return
    for code, name in dict(_goal(chance) for _ in range(_geometric(chance, rate.each))).items():
        yield _route(document, code, name, chance.choice(_REASONS))


def some(chance: Random, mean: float) -> int:
    """A number drawn by Poisson's law."""
    floor, found, left = math.exp(-mean), 0, chance.random()
    while left > floor:
        found += 1
        left *= chance.random()
    return found


_Sentence = tuple[int, int, int, str]  # paragraph, start and end in it, words


def _openings(chance: Random, document: Document, mean: float) -> Iterator[_Sentence]:
    """The opening sentence of some paragraphs after the first, each once."""
    most = len(document.paragraphs) - 1
    for number in chance.sample(range(most), min(most, some(chance, mean))):
        paragraph = document.paragraphs[number + 1]
        end = paragraph.find(_stop(document)) + 1
        sentence = paragraph[: end or len(paragraph)][:200]
        yield number + 1, 0, len(sentence), sentence


def _findings(chance: Random, document: Document, kind: str, mean: float) -> Iterator[Fact]:
    sentences = list(_sentences(document))
    for paragraph, start, end, sentence in chance.sample(
        sentences, min(len(sentences), _geometric(chance, mean))
    ):
        sure = f"{_between(chance, _SURE[kind]):.2f}"
        name = fact_id(document.document_id, kind, sentence)
        yield Fact(name, kind, sure, sentence, paragraph, start, end, RULE)


def _sentences(document: Document) -> Iterator[_Sentence]:
    """Those of the paragraphs after the first that are long enough to say something."""
    for number, paragraph in enumerate(document.paragraphs[1:], start=1):
        start = 0
        while (end := paragraph.find(_stop(document), start) + 1) > 0:
            if end - start >= 12:
                yield number, start, end, paragraph[start:end]
            start = end


def _stop(document: Document) -> str:
    return "。" if document.language == "zh" else ". "


def _bearer(chance: Random, office: Office) -> str:
    """Who has to act: the issuer, another body, a kind of bodies, or somebody named nowhere else."""
    at = chance.random()
    if at < 0.25:
        return office.name
    if at < 0.4:
        return chance.choice(offices()).name
    return chance.choice(_GENERIC) if at < 0.72 else f"{_coined(chance)}单位"


def _limit(chance: Random, dated: bool) -> str:
    """A limit as printed; often worded as nobody else words it."""
    once = chance.random() < ONCE
    if not dated and chance.random() < RETURNING:
        return f"每年{_coined(chance)}后{chance.randint(2, 90)}日内" if once else chance.choice(_RETURNS)
    return f"自{_coined(chance)}之日起{chance.randint(2, 90)}日内" if once else chance.choice(_LIMITS)


def _coined(chance: Random) -> str:
    return "".join(chance.choices(vocabulary()["zh"], k=2))


def _goal(chance: Random) -> tuple[str, str]:
    """Code and name of a body, or of a class of bodies of the made place."""
    office = chance.choice(offices())
    if chance.random() < 0.45:
        return office.code, office.name
    number = chance.randrange(len(offices()) + _OTHER_KINDS)
    level = offices()[number].level if number < len(offices()) else "county"
    return f"all:made-{number:02d}:{level}:XS", f"各级部门{number}"


def _route(document: Document, code: str | None, name: str | None, reason: str) -> Route:
    known = fact_id(document.document_id, f"route:{reason}", code or "")
    return Route(known, code, name, reason, 0, 0, 4 if code else 0, RULE)


def _geometric(chance: Random, mean: float) -> int:
    """One or more, so many on average; most have few and some have many."""
    return 1 + int(math.log(1 - chance.random()) / math.log(1 - 1 / mean)) if mean > 1 else 1


def _between(chance: Random, marks: Sequence[float]) -> float:
    """A value between the marks at 5, 25, 50, 75 and 95 of a hundred."""
    at = chance.random() * (len(marks) - 1)
    low = int(at)
    return marks[low] + (marks[low + 1] - marks[low]) * (at - low)
