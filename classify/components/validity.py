"""When a document takes effect and when it lapses, as its own clauses say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.dates import after, end_of
from classify.components.duty import issue_date
from classify.components.english_force import english_clauses
from classify.components.mined import anchors_of
from classify.components.number import chinese_integer
from classify.components.sentence import sentence_at
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact

RULE = "validity-5"
_YEAR = "(?P<y>(?:20|19|２０|１９)\\d\\d|[一二][九〇○零Ｏ0][〇○零Ｏ0一二三四五六七八九]{2})"
_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"{_YEAR}\s?[年./-]\s?(?P<m>{_COUNT})\s?[月./-]\s?(?P<d>{_COUNT})(?!\d)\s?日?"
_TERMS = "(?:有效|试行|执行|实施|施行)期"
_LATER = r"(?P<later>(?P<n>\d{1,3}|[一二三四五六七八九十]{1,4})(?P<unit>日|个月|天)(?:后|内)?)?"
_FORCE = r"(?:正式|开始)?(?:施行|试行|实施|执行|生效|起效)"
_COMES = re.compile(rf"\s?{_LATER}{_FORCE}")  # behind 起
_BEFORE_TERM = frozenset("效行施")  # 有效期, 试行期, 实施期
_BEFORE_LAST = frozenset("期限为截止行施效")  # 有效期至, 期限为至, 截至, 执行至
_EFFECTIVE = re.compile(
    r"[自从于]\s?(?:" + _DAY + r"(?:零时|\d{1,2}时)?|(?P<event>"
    r"公布|发布|印发|颁布|下发|签署|即日|本[一-鿿]{1,4}(?:印发|发布|公布)?)(?:之日)?)\s?起\s?"
    + _LATER
    + _FORCE
)
_TERM = re.compile(
    rf"{_TERMS}(?:限)?(?:为|是|暂定为?)?\s?(?P<n>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?(?P<unit>年|个月)"
)
_TO = rf"(?:{_TERMS}(?:限)?(?:为|截)?[至到]|{_TERMS}(?:限)?截止[到至为于]?|执行至|实施至|施行至|有效至)\s?"
_UNTIL = re.compile(_TO + _DAY)
_UNTIL_END = re.compile(_TO + _YEAR + rf"\s?年(?:年?[底末]|\s?(?P<m>{_COUNT})\s?月[底末])")
_FROM_TO = re.compile(rf"{_TERMS}(?:限|间)?(?:为|是)?自?[^。；，\n]{{0,24}}?(?:至|到|—)\s?" + _DAY)
_OF_ITSELF = re.compile(r"(?:自行|自动|自然)(?:废止|失效|终止)")
_ON_DAY = re.compile(r"(?:自|从|于|到|至)?\s?" + _DAY + r"(?:之日)?(?P<since>起)?[，,]?(?:后|即|将)?\Z")
_SPAN = re.compile(
    r"自\s?"
    + _DAY
    + r"(?:零时|\d{1,2}时)?\s?起?\s?(?P<verb>(?:施行|实施|执行|生效)[，,]?)?(?:至|到)\s?"
    + _DAY.replace("?P<", "?P<to_")
    + r"(?P<stop>\s?(?:止|为止|期间有效))?"
)
_CHANGES = re.compile(
    r"(?:自|从)\s?" + _DAY + r"(?:零时|\d{1,2}时)?\s?起[，,]?\s?"
    r"(?=提高|调整|启用|降低|取消|实行|恢复|以新|凡|对|在|全面|全省|全市|全县|禁止|统一)"
)
_TEMPORARY = re.compile(r"(?:命令|令|通告)$")
_PAPER = (
    "(?:办法|通知|规定|意见|公告|通告|方案|细则|条例|规则|政策|决定|措施|计划|标准|文件|目录|规划"
    "|指南|规程|制度|暂行|试行|批复|函|导则|清单|预案|令)"
)
_THIS = re.compile("(?:该|此|本)[一-鿿]{0,12}" + _PAPER + "[一-鿿]{0,6}$")
_BARE = re.compile(
    r"\s*(?:\d{1,3}[.、．]|[（(]?[一二三四五六七八九十]{1,3}[）)、])?\s*"
    r"(?:其|且|并|试行|暂定|施行|执行|实施)?\s?"
)
_BEGINS = re.compile("施行|实施|执行|生效|试行|(?:印发|发布|公布|下发)之日|本[一-鿿]{0,12}" + _PAPER)
BEFORE, BEHIND = 48, 80  # characters around a sign that a clause of force needs
HEAD = 600  # a change without 施行 counts in the opening of a text only


@Language.factory("gov_validity")
class ValidityReader(Component):
    """Adds facts `effective` and `expiry`; the value is an ISO date."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        if self.language == "en":
            read = english_clauses(state.text[:MINED_CHARACTERS], issue_date(state))
        else:
            read = chinese_clauses(anchors_of(state), state)
        places = []
        for start, end, kind, value, sentence in islice(read, MOST_FACTS):
            paragraph, inside = state.place(start)
            known = name_fact(state.document.document_id, f"{kind}:{value.isoformat()}", sentence)
            state.facts.append(
                Fact(known, kind, value.isoformat(), sentence, paragraph, inside, inside + end - start, RULE)
            )
            places.append((start, end, kind))
        mark(doc, places)
        return doc


Clause = tuple[int, int, str, date, str]  # start, end, kind, day, sentence


def chinese_clauses(anchors: Anchors, state: Findings) -> Iterator[Clause]:
    """(start, end, kind, day, sentence); a clause about another document (《甲》自…施行) is left out."""
    text = anchors.text
    begun = [*_beginnings(text, anchors, state)]
    begun += _spans(text, anchors, state.document.title, bool(begun))
    begun += [] if any(one[2] == "effective" for one in begun) else _changes(text)
    yield from begun
    effective = state.document.effective or next((one[3] for one in begun if one[2] == "effective"), None)
    terms = [sign for sign in anchors.at("term") if text[sign - 1 : sign] in _BEFORE_TERM]
    for found in _near(_TERM, text, terms):
        count = chinese_integer(found["n"])
        last = after(effective or issue_date(state), count, found["unit"]) if count else None
        if last is not None and _ends_own(text, found.start()):
            yield _clause(text, found, "expiry", last - timedelta(days=1))
    seen: set[date] = set()
    for start, end, until in _ends(text, anchors, terms):
        if until not in seen and _ends_own(text, start):
            seen.add(until)
            yield start, end, "expiry", until, sentence_at(text, start, end)


def _near(pattern: re.Pattern[str], text: str, signs: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` finds of a pattern that needs one of these signs, by looking around them alone."""
    reached = 0
    for sign in signs:
        if sign < reached:
            continue
        for found in pattern.finditer(text, max(reached, sign - BEFORE), sign + BEHIND):
            if found.start() > sign:
                break  # it belongs to a later sign, whose own look sees all of it
            yield found
            reached = found.end()


def _ends(text: str, anchors: Anchors, terms: list[int]) -> Iterator[tuple[int, int, date]]:
    """(start, end, last day) of 有效期至…, 执行期限为…至…, 有效期至…年底 and …自行废止."""
    lasts = [sign for sign in anchors.at("last") if text[sign - 1 : sign] in _BEFORE_LAST]
    for pattern, signs in ((_UNTIL, lasts), (_FROM_TO, terms), (_UNTIL_END, lasts)):
        for found in _near(pattern, text, signs):
            until = _end_of_term(found) if pattern is _UNTIL_END else _printed_day(found)
            if until is not None:
                yield found.start(), found.end(), until
    reads = (_OF_ITSELF.match(text, place) for place in anchors.at("from"))
    for itself in (one for one in reads if one is not None):
        low = max(0, itself.start() - 28)
        dated = _ON_DAY.search(text[low : itself.start()])
        until = _printed_day(dated) if dated is not None else None
        if dated is not None and until is not None:
            yield low + dated.start(), itself.end(), until - timedelta(days=1 if dated["since"] else 0)


def _end_of_term(found: re.Match[str]) -> date | None:
    year = _year(found["y"])
    return end_of(year, chinese_integer(found["m"]) if found["m"] else 12) if year else None


def _year(printed: str) -> int | None:
    return chinese_integer(
        printed.replace("Ｏ", "〇").replace("0", "〇") if printed[0] in "一二" else printed
    )


def _beginnings(text: str, anchors: Anchors, state: Findings) -> Iterator[Clause]:
    """本办法自…起施行"""
    signs = [sign for sign in anchors.at("since") if _COMES.match(text, sign + 1)]
    for found in _near(_EFFECTIVE, text, signs):
        day = _effective_day(found, state)
        if day is not None and _is_own(text, found.start()):
            yield _clause(text, found, "effective", day)


def _spans(text: str, anchors: Anchors, title: str, begun: bool) -> Iterator[Clause]:
    """自…起施行，至…止; of an order or a notice to all also 自…至… in its opening."""
    reads = (_SPAN.match(text, place) for place in anchors.at("from"))
    for found in (one for one in reads if one is not None):
        said = found["verb"] or found["stop"]
        opening = not begun and found.start() < HEAD and _TEMPORARY.search(title) is not None
        if not (said or opening) or not _is_own(text, found.start()):
            continue
        since, until = _printed_day(found), _printed_day(found, "to_")
        if since is not None and until is not None and since < until:
            if not begun:
                yield _clause(text, found, "effective", since)
            yield _clause(text, found, "expiry", until)
            return


def _changes(text: str) -> Iterator[Clause]:
    """决定自…起提高标准: the day of a change that the opening announces."""
    found = _CHANGES.search(text, 0, HEAD)
    day = _printed_day(found) if found is not None else None
    if found is not None and day is not None and _is_own(text, found.start()):
        yield _clause(text, found, "effective", day)


def _printed_day(found: re.Match[str], prefix: str = "") -> date | None:
    year, month, day = (found[prefix + part] for part in "ymd")
    read = _year(year), chinese_integer(month), chinese_integer(day)
    return end_of(read[0], read[1], read[2]) if read[0] and read[1] and read[2] else None


def _clause(text: str, found: re.Match[str], kind: str, day: date) -> Clause:
    return found.start(), found.end(), kind, day, sentence_at(text, found.start(), found.end())


def _effective_day(found: re.Match[str], state: Findings) -> date | None:
    if found["y"]:
        day = _printed_day(found)
    elif (first := _first_promulgation(state)) is not None:
        day = first[0]
    else:
        printed_first = (state.document.published, state.document.written)
        signed_first = (state.document.written, state.document.published)
        order = printed_first if found["event"] in ("公布", "发布", "颁布") else signed_first
        day = next((one for one in order if one), None)
    count = chinese_integer(found["n"]) if found["later"] else None
    return after(day, count, found["unit"]) if count and day else day


def _first_promulgation(state: Findings) -> tuple[date | None] | None:
    """The day an amended law was first made known, as its head says it, or (None,) where it does not say.

    自公布之日起 of a law that decisions only amended (修正) runs from there; one revised as a whole (修订)
    or never amended gives None: its last day counts.
    """
    head = "\n".join(state.document.paragraphs[:8])[:HEAD]
    acts = list(_AMENDED.finditer(head))
    if not acts:
        noted = _NOTED.search(head) if _REVISED.search(head) is None else None
        return (_printed_day(noted),) if noted is not None else None
    if _REVISED.search(head, acts[-1].end()) is not None:
        return None
    revised = [*_REVISED.finditer(head)]
    found = _MADE_KNOWN.search(head, revised[-1].start() if revised else 0, HEAD)
    return (_printed_day(found) if found is not None else None,)


_NOTED = re.compile(  # the note of an act: 1985年7月27日 国务院发布
    rf"^[（(]?{_DAY}[^。；《》\n]{{0,30}}(?:公布|发布)[）)]?$", re.MULTILINE
)
_AMENDED = re.compile(r"决定》?[^。；《\n]{0,12}(?:修正|修改|修订)|第[一二三四五六七八九]次修正")
_REVISED = re.compile(r"会议(?:第[一二三四五六]次)?修订")
_MADE_KNOWN = re.compile(_DAY + r"[^。；，年\n]{0,40}?(?:公布|发布|颁布)")


def _is_own(text: str, start: int) -> bool:
    """The clause speaks of this document: no other title, certificate or licence stands as its subject."""
    before = text[max(0, start - 36) : start]
    clause = before[max(before.rfind(sign) for sign in "。；\n") + 1 :]
    if "本" in clause:
        return True
    return "》" not in clause and not re.search(r"证|许可|执照|合同|批准文件|协议", clause)


def _ends_own(text: str, start: int) -> bool:
    """It is this document that lapses: 本办法 is the subject, or its force is and no other.

    A term of certificates, plans or pilots (规划条件有效期为一年) is what a document rules, not its own.
    """
    low = max(0, start - 80)
    sentence = text[max(text.rfind(sign, low, start) for sign in "。；\n") + 1 or low : start]
    clause = sentence[max(sentence.rfind(sign) for sign in "，,（(：") + 1 :]
    if not _is_own(text, start):
        return False
    if _THIS.match(clause):
        return True
    return _BARE.fullmatch(clause) is not None and (not sentence or _BEGINS.search(sentence) is not None)
