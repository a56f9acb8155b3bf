"""The bodies in charge near a clause: in brackets behind it, or as the one who acts."""

from __future__ import annotations

import re

from classify.departments.authority import Authority

_BRACKET = re.compile(r"[（(](?P<inside>[^（()）\n]{2,240})[）)]")
_MARKED = re.compile(r"负责|牵头|责任单位|责任部门|按职责分工|配合|主办")
_LABEL = re.compile(r"^(?:责任单位|责任部门|牵头单位|牵头部门|主办单位|配合单位|配合部门|负责单位)[：:]?")
_TAIL = re.compile(
    r"(?:等)?(?:有关|相关)?(?:部门|单位)?(?:按照?职责分工|按照?职能分工|分别|共同|按职责"
    r"|会同)?(?:牵头|负责|配合|参与|落实|主办|组织实施)+$"
)
_SPLIT = re.compile(r"[、，,；;]|会同|和(?=[市省县区国])")
_BODY_WORD = re.compile(
    r"(?:部|委|局|厅|办|署|会|院|行|社|中心|政府|公安|法院|总队|集团|公司|部门|单位|地区"
    r"|企业|街道|学校|机构)$"
)
_ACTOR = (
    r"(?:人民政府|政府|部门|委员会|单位|分局|局|厅|部|委|办公室|办|企业|机构|学校|大学|学院"
    r"|医院|法院|检察院|地区|地方|地|中心|公司|集团"
    r"|机关|街道|乡镇|银行|指挥部|大队|总队|支队|工作组|项目组|专班|协会|团队|队|组|站|所"
    r"|院|科|处|校|社区|省份|各方|车主|业主|户"
    r"|[省市县区州镇乡村级]|[（(][市州县区、旗]{1,5}[）)])"
)
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?|[一二三四五六七八九]是|第[一二三四五六七八九十百\d]{1,5}条\s?)+"
)
_MODAL = re.compile(
    r"(?:应当|应该|应|须|需|要|必须|可以|原则上|将|分别|均|也|再|务必|确保|要求|力争|承诺"
    r"|保证|请|自|并|共同|负责)*"
    r"(?:至迟于|最迟于|至迟|最迟|于|在|到|自|从)?\s*$"
)
_ASKED = re.compile(
    r"^(?:请|要求|责成|督促|敦促|引导|动员|组织(?=各|有关|相关|所属|辖区)|同意由|同意|对|凡|由|经)"
)
_INVITED = re.compile(r"^(?:国家)?(?:鼓励|支持(?!单位|机构|部门)|倡导|提倡)")  # asked of nobody: no duty
_LED_BY = re.compile(r".*(?:由|责成|督促|要求|请|委托|指导)")
_ENDS = re.compile(_ACTOR + r"$")
_NO_ACTOR = re.compile(
    r"^(?:报|在|通过|向|按|把|将|以|因|如|其中|从|已|并|至|每|某|等|组织|其他)|要求|^[（(](?![^）)]*[）)])"
    r"|（[一二三四五六七八九十]）|^[上下前后本此以]?(?:述|列|全[省市县区国州]|当地|本地|异地"
    r"|实地|重点|试点|主干|农村|城[市区]|乡村|山区|库区|灾区|小区|园区"
    r"|各级|一级|二级|三级|全部|内部|外部|大部|局部|干部|总部|用户|住户|农户|产业|用地|土地"
    r"|基地|场地|工地)$|(?<!设区)的|了|是否|[一二三四五六七八九十\d]+[个处所户家]|不|率$"
    r"|中$|网站$"
)
_VERB = (
    r"(?:(?:统一|指定|选派|推荐|因地制宜|填写|填报|全面|变更|拟|依法|依规|及时|尽快|继续"
    r"|结合|具体|定期|牵头|总结|研究|登记|应当|应(?!急)|要|须|必须|需|将|可以|负责|牵头|组织"
    r"|按照?|依照|对照|结合|根据|参照|制定|编制|建立|开展|完成|提出|报送|上报|上传|印发|出台"
    r"|公布"
    r"|发布|公开|完善|落实|实施|推进|推动|加强|做好|督促|指导|督导|配合|承担|负担|安排|统筹"
    r"|汇总|清偿|退回|收回|返还|清理|排查|整改|修订|修改|调整|审核"
    r"|核定|核实|核查|复核|验收|评估|检查|抽查|启动|建成|建设|接入|上线|开通|设立|成立|明确"
    r"|确定|公示|通报|履行|办理|处理|处置|解决|召开|举办|提交|拿出|形成"
    r"|列出|排出|选定|补足|拨付|下达|兑付|支付|清点|聘请|倒排|抓紧|限期|每|全部|均|都|至少"
    r"|承诺|保证|逐)(?![局厅部署组院])"
    r"|报|把|将|对|向|为|于|在|自(?=本|公布|收到|接到|行|查)|先|再|从)"
)
_BEHIND = re.compile(
    r"[，,]?\s?(?P<by>由)?(?P<who>[一-鿿（）()、]{1,40}?" + _ACTOR + r")(?=" + _VERB + r"|[，,](?!等))"
)
_BY = re.compile(r"(?:由|要求|责成|督促)(?P<who>[一-鿿（）()、]{1,40}?" + _ACTOR + r")(?=" + _VERB + r")")
_OPENS = re.compile(
    r"(?:请|要求|责成|督促)?(?P<who>[一-鿿（）()、]{1,40}?"
    + _ACTOR
    + r")(?:请|要|应|须|必须|共同|分别|切实|认真|积极|抓紧)?(?="
    + _VERB
    + r"|[，,](?=[于在应要]|\d{1,4}\s?[年月])|\d{1,4}\s?[年月])(?![的和与、及])"
)
_COMMON = re.compile(
    r"^(?:各|有关|相关|县|市|省|区|州|沿|我|你|本|部|所在地|所属|设区|发证|制定|采购|申报"
    r"|推荐|建设|施工|试点)"
)


def bracketed(text: str, left: int, right: int, known: Authority, home: str | None) -> tuple[str, ...]:
    """Names in the last bracket of a sentence or directly behind it that says who is in charge."""
    found: tuple[str, ...] = ()
    for bracket in _BRACKET.finditer(text, left, min(len(text), right + 260)):
        behind = bracket.start() >= right
        if behind and text[right : bracket.start()].strip():
            break
        names = _names(bracket["inside"], known, home)
        if len(names) == 1 and not _MARKED.search(bracket["inside"]) and _may_be_a_name(text, left, bracket):
            names = ()
        found = names or found
        if behind:
            break
    return found


def in_charge(inside: str, known: Authority, home: str | None) -> tuple[str, ...]:
    """The bodies that the inside of a bracket puts in charge by 牵头, 负责, 参与 …."""
    return _names(inside, known, home) if _MARKED.search(inside) is not None else ()


def _may_be_a_name(text: str, left: int, bracket: re.Match[str]) -> bool:
    """生态环境部（国家核安全局） is one body under two names; a long run of words is no task."""
    before = text[max(left, bracket.start() - 1) : bracket.start()]
    return bracket.start() - left > 200 or before in tuple("部局厅委会院办署室司）、")


def acting(text: str, left: int, right: int, start: int, end: int) -> tuple[str, ...]:
    """Who acts: the words before the time limit at start..end, those behind it, or the opening."""
    return (
        _before(text, left, start)
        or _behind(text, end, right)
        or _through(text, left, start)
        or _opening(text, left, start)
    )


_PERSON = frozenset("人者员方局厅部委会院所站师长官校社省市县区")  # the last sign of one who bears a duty
_PERSONS = (
    "组织", "公民", "代表", "单位", "企业", "机构", "部门", "政府", "机关", "公司", "中心", "银行", "业主",
    "用户", "村民", "居民", "各地", "学生", "船舶",
)  # fmt: skip
_NO_BEARER = (
    "在", "对", "因", "从", "按", "依照", "根据", "经", "自", "以", "为", "除", "未", "不", "有", "当", "将",
    "把", "其中", "如", "与", "并", "同时", "确", "通过", "凡", "属于", "需", "本办法", "本条例", "本规定",
    "本法", "本通知", "逐", "鼓励", "支持", "倡导", "提倡",
    *(f"{count}是" for count in "一二三四五六七八九十"),
)  # fmt: skip
_BEARER = (
    "经营", "经办", "经销", "经纪", "从业", "当事人", "未成年人", "自然人", "自然资源", "不动产", "对外",
    "有限公司", "支持单位", "支持机构", "支持部门",
)  # fmt: skip  # begins like one of those and names somebody
_NO_BEARERS = (
    *(f"{of}{who}" for of in "的得" for who in (
        "", "人", "者", "单位", "企业", "机构", "部门", "组织", "公司"
    )),
    "入户", "全部", "或者", "工作", "工作人", "时", "后", "内", "等方",
)  # fmt: skip
_ELSE = frozenset(("专人", *(f"{part}部" for part in "底顶外内上下头尾端中根")))
_NO_BODY = ("内容", "申请书", "意见")  # anywhere in the words
_ADVERBS = re.compile(
    r"(?:(?:[，,]|依法|统一|均|都|也|还|并|同时|共同|分别|切实|一律|原则上|至少|一般|首先"
    r"|具体|及时|不|再|就|更|仍|才|自觉|定期|每年|各自|主动)+|在[^，。；]{2,24}(?:时|中|内"
    r"|前|后|上|期间))$"
)
_ADVERB_ENDS = frozenset("，,不法一均都也还并时同别实律上少般先体再就更仍才觉期年自动中内前后间")
_PARTS = re.compile(r"(?:、|以及|和(?=[省市县国有各地行]))(?![^（(]*[）)])")
_DIRECTED = re.compile(  # 组织编制机关, 指导小组 are names themselves
    r"^(?:明确|要求|规定|督促|敦促|动员|指导(?!小组|中心|单位|员|老师|教师|委员|站|机构|服务)|引导|推动|确保|各级以及"
    r"|组织(?!编制|编写|编定|实施|申报|者|人|部|机构|单位|协调|开展|推荐|承办|建设|起草|验收|评审|评估|采购|招标|施工|报名"
    r"|委员|管理|生产|考试|活动|召开|成员|化|方|办|工作|关系|调查|鉴定|拍卖|听证))(?=.{2})"
)
_DIRECTS = frozenset("明要规督敦动指引组推确各")
_BY_WHOM = re.compile(
    r"[由请](?P<who>[一-鿿、（）()]{2,40}?)(?:负责|承担|牵头|组织|统一|会同|监督|制定|按照"
    r"|依法|审批|办理|实施|管理|结合|根据|认真|于|在|将|参照|尽快|抓紧|做好|严格|遵照|研究"
    r"|加强|提出|督促|对)"
)


def bearers(text: str, start: int, verb: int, after: int, end: int) -> tuple[str, ...]:
    """Who bears the duty of a clause: the words before its modal, or behind 由 and 请; () when not said."""
    if text[verb : verb + 1] in ("由", "请"):
        found = _BY_WHOM.match(text, verb, min(end, verb + 50))
        return _persons(found["who"]) if found is not None else ()
    words = text[start:verb]
    if not 1 < len(words) <= 60:
        return ()
    for _ in range(2):
        if _is_person(words) or words[-1:] not in _ADVERB_ENDS:
            break
        words = _ADVERBS.sub("", words)
    return _persons(words)


def _persons(words: str) -> tuple[str, ...]:
    """Names that a list of bearers holds; nothing when one part of it is none."""
    words = words.strip(' \u3000“”"')
    words = _DIRECTED.sub("", words) if words[:1] in _DIRECTS else words
    if not 1 < len(words) <= 36 or not _is_person(words) or _bears_nothing(words):
        return ()
    if "、" not in words and "和" not in words and "以及" not in words:
        return (words,)
    names = [part for part in _PARTS.split(words) if part]
    if all(len(part) > 1 and _is_person(part) for part in names):
        return tuple(dict.fromkeys(names))
    return (words,)


def _is_person(words: str) -> bool:
    """The words end as those who may bear a duty are called."""
    return words[-1:] in _PERSON or words.endswith(_PERSONS)


def _bears_nothing(words: str) -> bool:
    """They begin, end or hold what shows that they name nobody."""
    if (
        (words.startswith(_NO_BEARER) and not words.startswith(_BEARER))
        or words.endswith(_NO_BEARERS)
        or words in _ELSE
    ):
        return True
    return any(sign in words for sign in _NO_BODY)


def _before(text: str, left: int, start: int) -> tuple[str, ...]:
    """各县（区）应当于…前"""
    clause = max(text.rfind(sign, left, start) for sign in "，,：:；")
    said = _NUMBERED.sub("", text[max(clause + 1, left, start - 60) : start].strip())
    said = _MODAL.sub("", said)
    led = _LED_BY.match(said)
    return _listed(said[led.end() :] if led else said)


def _behind(text: str, end: int, right: int) -> tuple[str, ...]:
    """…前，省水利厅完成 or …前由各县（区）人民政府清偿"""
    found = _BEHIND.match(text, end, min(right, end + 60))
    return _listed(found["who"]) if found is not None else ()


def _through(text: str, left: int, start: int) -> tuple[str, ...]:
    """由省民政厅组织勘定，于…前完成: the last 由 before the limit."""
    found = list(_BY.finditer(text, max(left, start - 90), start))
    return _listed(found[-1]["who"]) if found else ()


def _opening(text: str, left: int, start: int) -> tuple[str, ...]:
    """The one whom the sentence begins with."""
    at = left + len(text[left:start]) - len(_NUMBERED.sub("", text[left:start]))
    found = _OPENS.match(text, at, start)
    if found is None:
        return ()
    names = _listed(found["who"])
    return names if len(found["who"]) <= 24 or _COMMON.match(found["who"]) else ()


_AND = re.compile(
    r"(、|(?:应当|应该|应|必须|须|要|可以|负责)?会同|联合(?!工作组|会)|以及|和|与|及)(?![^（(]*[）)])"
)


def _listed(words: str) -> tuple[str, ...]:
    """市财政局会同市民政局 as two names, 县（区） and 发展和改革局 as one; nothing when a part is no body."""
    if _INVITED.match(words):
        return ()
    names, pending = [], ""
    for piece in _AND.split(words.strip()):
        if pending or not _AND.fullmatch(piece):
            pending += piece
            if _is_actor(name := _ASKED.sub("", pending.strip())):
                names.append(name)
                pending = ""
    if pending and not (names and "会同" in words):
        return ()
    return tuple(dict.fromkeys(names))


def _is_actor(name: str) -> bool:
    return 2 <= len(name) <= 30 and _ENDS.search(name) is not None and not _NO_ACTOR.search(name)


def _names(inside: str, known: Authority, home: str | None) -> tuple[str, ...]:
    marked = _MARKED.search(inside) is not None
    names = []
    for piece in _SPLIT.split(inside):
        name = _TAIL.sub("", _LABEL.sub("", piece.strip())).strip()
        name = re.sub(r"(?:牵头|负责|配合|参与)$", "", name)
        if not name:
            continue
        resolved = known.resolve(name, home) is not None
        if not resolved and not (marked and len(name) <= 24 and _BODY_WORD.search(name)):
            if not marked:
                return ()
            continue
        names.append(name)
    return tuple(dict.fromkeys(names))
