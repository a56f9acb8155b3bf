"""Who bears a duty: the words before its modal, behind 由 and 请, or those whom its time limit binds.

A limit binds who is told to keep it (责令某人在…内), else who stands before it in its part of the sentence, else
who follows it when it leads that part, else who an earlier part of the sentence obliges or begins with.
"""

from __future__ import annotations

import re

from classify.components.body_words import HEAD, bare, persons

_BY_WHOM = re.compile(
    r"[由请](?P<who>[一-鿿、（）()]{2,48}?)(?:(?:负责|承担|牵头|组织|统一|监督|制定|审批|办理|实施|管理|研究|提出|确定"
    r"|审核|核发|召集|召开|选举|选定|作出|完成|发布|公布|调查|处理|决定|批准|划定|编制|汇总|审查|登记|备案|通知)"
    rf"(?!{HEAD})|向|会同(?!意)|按照|依[法照据]|结合|根据|认真|于|在(?![地校])|自(?![然治])|将|把|参照|尽快|抓紧|做好|严格|遵照|加强"
    r"|督促|对(?!外)|予以|报|送|填|及时|先|另行|分别|共同|，(?=[在于自]))"
)
_NUMBERED = re.compile(
    r"[ \u3000]*(?:(?:第[一二三四五六七八九十百]{1,4}章[^第，。]{0,20})?第[一二三四五六七八九十百零\d]{1,6}条[ \u3000]*"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)][ \u3000]*|[一二三四五六七八九十]{1,3}[、.．是][ \u3000]*"
    r"|\d{1,2}[、.．）)](?!\d)[ \u3000]*|[①-⑳“\"‘ \u3000])*"
)
_MODAL = re.compile(
    r"(?<![适反相响对供效感回顺呼照本一])应(?:当|该)?(?![急用届聘邀付税诉征对有])|必须|(?<![必无])须(?!知)|不得|可以"
    r"|(?<![主重需必纲概摘提简只若想将首次])要(?![求点件素害闻事员领目])"
)
_TOLD = re.compile(
    r"(?:通知|告知|要求|责成|督促|责令|敦促|交由|[^申提聘邀]请(?!求))(?P<who>[一-鿿、（）()]{2,40}?)"
    r"(?:应当|应|必须|须)?(?:至迟|最迟)?(?:[在于自从]|至迟于)?$"
)
_LINKS = re.compile(  # a part of a sentence that begins so has its subject in an earlier one
    r"(?:并|且|同时|或者|再|也|还|应|须|必须|可以|不得|将|把|对|按|依|经|要|分别|及时|最迟|至迟|于|在|自|从|由此|一般|但|方|其中|确保|力争|争取|保证|务必|都|均|预计|组织|指导|引导|推动|督促|抓紧|完成|开展|做好|加强|制定|编制|负责)"
)
_ENDING = (
    r"(?:(?:人民政府|政府|部门|委员会|单位|机关|机构|组织|企业|公司|中心|银行|法院|检察院|协会|大学|学校|学院|医院|集团"
    r"|办公室|办事处|代表处|管理处|领导小组|[局厅部委院署人者员方会组队庭站行]|所(?![在属有需以])|[商用农住]户|个体工商户"
    r"|业主|街道|各地|地区|支队|社区|海关|主体|亲属)(?:[（(][^（）()]{1,6}[）)])?)"
)
_CASE = r"对(?!外|口)|将|把|自(?!然|行|治|律|主|愿)|在(?![校职地])|于|按照?|依照|依据|根据|向"
_DOES = (  # verbs between who bears a duty and its modal
    r"拟|变更|不予|(?<!被告人)(?<!嫌疑人)(?<!当事人)(?<!双方)(?:未(?!被)|不能|不同意|不接受|拒绝|逾期|已(?!被))"
    r"|与(?=[^，]{2,30}(?:终止|签订|解除|订立|发生|协商|协议|有利害|建立))|经(?![营济办销贸])|不服|先(?!进)|收到|接到|受理|认为|决定|发现|作出|提出|申请|因|以(?![上下外及])|需要?|违反|会同(?!意)|依法"
    r"|(?:指定|完成|发布|公布|确定|统一受理|汇总|拟定|组织编制|编制|接受|举办|从事|承接|实施|设立|开展|办理|审理|审查|审批|(?<!工会)组织|要求|建造|停止|终止"
    r"|解除|撤销|注销|转让|延长|使用|获得|取得|领取|进行|购买|销售|利用|占用|发生|招用|聘用|录用|自行|退出|参加|委托|开工|领用|制定|签订)"
    rf"(?!{HEAD})"
)
_SUBJECT = re.compile(rf"请?(?P<who>[一-鿿（）()、“”]{{1,48}}?{_ENDING})(?:(?P<case>{_CASE})|{_DOES})")
_OF = re.compile(r"的[^，。的]{1,20}$")
_NEXT = re.compile(r"(?:(?:或者|以及|、)[^，。；]{2,24})?[，,]\s?(?P<words>[^，,。；;：\n]{2,60}?)(?:应当|应(?![急用])|必须|须|可以|不得)")
_BEHIND = re.compile(
    rf"[，,]?\s?(?P<by>(?:应当|应|可|先|再|须|需)*由)?(?P<who>[一-鿿（）()、]{{1,48}}?{_ENDING})(?=应|须|要(?!求)|必须|可以|不得|将|把"
    r"|对(?!外|口)|向|就|以(?![上下外及])|按照?|依[照据法]|根据|结合|因地制宜|会同(?!意)"
    r"|(?:全面|统一|定期|依法|及时|尽快|牵头|负责|组织|制定|编制|建立|开展|完成|提出|报送|上报|印发|出台|公布|发布|公开|完善|落实"
    r"|实施|推进|启动|设立|明确|确定|召开|审核|清偿|退回|退还|提交|办理|核定|验收|研究|做好|加强|另行|予以|通知|书面|提请|申报|作出|移交|划定|宣布|倒排|抓紧|限期|对照|逐|报)"
    rf"(?!{HEAD}))"
)
_JOINT = re.compile(
    rf"(?:会同(?!意)|商(?![务业户会品标场])|联合)(?P<who>[一-鿿（）()、]{{1,60}}?{_ENDING})(?=[，,]|在(?!地)|于|自(?![然治])|将|把"
    r"|对(?!外)|按|依|根据|联合|共同|(?:制定|编制|组织|提出|研究|确定|公布|发布|另行|开展|建立|负责|划定|拟订|规定|审查|审核|进行|统一|及时"
    rf"|定期|加强|完善|做好|实施|办理|印发|核定|指导|督促|推进|报)(?!{HEAD})|(?<=[关等]部门)(?![的和与及、或])|(?<=[关等]单位)(?![的和与及、或]))"
)
FAR = 6  # parts of the sentence before the limit's own that are asked


def bearers(text: str, start: int, verb: int, after: int, end: int) -> tuple[str, ...]:
    """Who bears the duty of a clause: the words before its modal, or behind 由 and 请; () when not said."""
    if text[verb : verb + 1] in ("由", "请"):
        found = _BY_WHOM.match(text, verb, min(end, verb + 60))
        return _with_joint(persons(found["who"]), text, found.end("who"), end) if found is not None else ()
    words = text[start:verb]
    names = persons(bare(words)) if 1 < len(words) <= 60 else ()
    if not names and text.startswith("由", after):
        return bearers(text, after, after, after, end)
    return _with_joint(names, text, after, end)


def bound(text: str, left: int, start: int, end: int, right: int) -> tuple[str, ...]:
    """Whom the limit start..end binds in its sentence left..right; () when not said."""
    if text.startswith("的除外", max(left, right - 4)) and "，" not in text[end:right]:
        return ()
    begins = _parts(text, left, start)
    words = text[begins[-1] : start].strip()
    if _RIGHT.search(words) or _MAY.match(text, end):
        return ()  # a right or a power, no duty
    told = _TOLD.search(text, max(begins[-1], start - 60), start)
    names = persons(told["who"]) if told is not None else ()
    return names or _with_joint(_nearest(text, begins, start, end, right), text, end, right)


def _nearest(text: str, begins: list[int], start: int, end: int, right: int) -> tuple[str, ...]:
    """Who stands in the limit's own part, directly behind it, or else in an earlier part."""
    words = text[begins[-1] : start].strip()
    if _MODAL.search(words) is None and (names := _following(text, end, right)):
        return names
    if found := _in_part(text, begins[-1], start, right):
        return _with_list(text, begins, found)
    if found := _by_later(text, end, right):
        return found
    if _PLAIN.fullmatch(words) or _LINKED.fullmatch(words):
        behind = _BEHIND.match(text, end, min(right, end + 70))
        if behind is not None and (behind["by"] or _PLAIN.fullmatch(words)):
            found = persons(behind["who"])
        inside = _SUBJECT.match(text, start, end) if not words and not found else None
        if behind is not None and found:
            return _with_joint(found, text, behind.end("who"), right)
        if inside is not None and (found := persons(inside["who"])):
            return found
    elif _speaks_of_else(words):
        return ()
    return _earlier(text, begins, right) if "由" not in words else ()


def _with_list(text: str, begins: list[int], names: tuple[str, ...]) -> tuple[str, ...]:
    """各级政府及其部门，企业、学校和其他组织应当…: the part before is of the same list."""
    if len(begins) < 2 or not _LISTS.search("、".join(names)):
        return names
    before = text[begins[-2] : begins[-1] - 1]
    return (*persons(before), *names) if _LISTS.search(before) and "的" not in before else names


_LISTS = re.compile(r"、|及其|和")


def _speaks_of_else(words: str) -> bool:
    """The limit's own part has a subject that bears no duty: 审计结果应当在…内"""
    modal = _MODAL.search(words)
    said = _LEAD.sub("", words if modal is None else words[: modal.start()])
    if modal is None:
        return not _LINKS.match(words) and not words.endswith(_SUCH)
    return bool(said) and said[0] not in "在对将把按依于自经为因" and not said.endswith(("的", "后", "时", "前"))


_AND = re.compile(r"^(?:并且?|且|但是?|同时|或者|也|还|再)+")
_RIGHT = re.compile(r"可以|有权(?!机关|处理|部门)|可(?=[在于自])")
_MAY = re.compile(r"[，,]?(?:也|均|还|方)?(?:可以|有权)")
_LEAD = re.compile(r"^(?:并且?|且|但是?|同时|或者|也|还|再|一般|则|均|都|分别|及时|依法|最迟|至迟|原则上|首先|确保|力争)+")
_PLAIN = re.compile(r"(?:[在于自到从至]|至迟|最迟|原则上|(?:至迟|最迟)[在于])?")
_LINKED = re.compile(r"(?:并|且|但|同时|以及|或者)?(?:应当|应|须|必须|可以|要)?(?:[在于自到从至])?")
_SUCH = ("的", "的应", "的应当", "的可以", "的须", "的应在", "的应当在", "的应于", "的应当于", "的应当自", "的应自", "的在")


def _by_later(text: str, end: int, right: int) -> tuple[str, ...]:
    """Whom 由 names in the limit's own part behind it: …期内的费用由甲承担"""
    stop = min((at for at in (text.find(sign, end, right) for sign in "，,：") if at >= 0), default=right)
    by = text.find("由", end, min(stop, end + 40))
    if by < 0 or text[by - 1 : by] in _NOT_BY:
        return ()
    found = _BY_WHOM.match(text, by, min(right, by + 60))
    return _with_joint(persons(found["who"]), text, found.end("who"), right) if found is not None else ()


def _following(text: str, end: int, right: int) -> tuple[str, ...]:
    """Who is obliged directly behind a limit that closes its part: 甲在…前，乙应当…"""
    found = _NEXT.match(text, end, min(right, end + 80))
    if found is None:
        return ()
    names, size = _named(found["words"])
    joined = _with_joint(names, text, found.start("words") + size, right)
    return joined if len(joined) > len(names) else _with_joint(names, text, found.end(), right)


_ELSEWHERE = re.compile(r"其(?![中他它])|请|[^，]*(?:(?:告知|通知|要求)其|印发《|提出$)")  # who acts from here on is not told


def _earlier(text: str, begins: list[int], right: int) -> tuple[str, ...]:
    """Whom an earlier part of the sentence obliges or begins with, the nearest first."""
    for begin, stop in reversed(list(zip(begins, begins[1:], strict=False))[-FAR:]):
        if found := _in_part(text, begin, stop - 1, right):
            return found
        if _ELSEWHERE.match(text, begin, stop):
            return ()
    return ()


def _parts(text: str, left: int, start: int) -> list[int]:
    """Where the parts of a sentence before a place begin, behind ， and ： and their numbering."""
    begins = [left]
    for place in range(left, start):
        if text[place] in "，,：:；":
            begins.append(place + 1)
    found = _NUMBERED.match(text, begins[0], start)
    begins[0] = found.end() if found is not None else begins[0]
    if len(begins) > 1 and begins[-1] < start:
        found = _NUMBERED.match(text, begins[-1], start)
        begins[-1] = found.end() if found is not None else begins[-1]
    return begins


def _in_part(text: str, begin: int, stop: int, right: int) -> tuple[str, ...]:
    """Who is obliged in one part of a sentence: before its modal, behind its last 由, or who it begins with."""
    modal = _MODAL.search(text, begin, stop)
    if modal is not None and modal.start() - begin <= 70:
        names, size = _named(text[begin : modal.start()])
        if names:
            joined = _with_joint(names, text, begin + size, right)
            return joined if len(joined) > len(names) else _with_joint(names, text, modal.end(), right)
    by = text.rfind("由", begin, stop)
    if by >= 0 and text[by - 1 : by] not in _NOT_BY:
        found = _BY_WHOM.match(text, by, min(right, by + 60))
        return _with_joint(persons(found["who"]), text, found.end("who"), right) if found is not None else ()
    if modal is not None:
        return ()
    asks = _ASKS.search(text, begin, stop)
    if asks is not None:
        asked = _BEHIND.match(text, asks.end(), stop)
        return persons(asked["who"]) if asked is not None else ()
    names, size = _named(text[begin:stop].rstrip("在于自从到至 \u3000"))
    return _with_joint(names, text, begin + size, right)


_ASKS = re.compile(r"(?:要求|责成|督促|责令)(?=[各有市省县区国全本相])")
_NOT_BY = tuple("理自缘事来")


def _named(words: str) -> tuple[tuple[str, ...], int]:
    """Who words before a modal or a limit name and where that ends: those before a preposition or a verb of
    theirs, else all."""
    begin = _AND.match(words)
    subject = _SUBJECT.match(words, begin.end() if begin is not None else 0)
    if subject is not None and (subject["case"] or not _OF.search(words, subject.end())):
        names = persons(subject["who"])
        if names:
            return names, subject.end("who")
    return persons(bare(_AND.sub("", words))), len(words)


def _with_joint(names: tuple[str, ...], text: str, at: int, right: int) -> tuple[str, ...]:
    """The bodies together with those they act with (会同某局): lead first."""
    found = _JOINT.match(text, at, min(right, at + 70)) if names else None
    if found is None:
        return names
    others = persons(found["who"])
    return tuple(dict.fromkeys((*names, *others)))
