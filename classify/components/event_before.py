"""Limits that an event sets in Chinese text: 施工前, 在作出行政许可决定前, 有效期届满前.

前 closes one when the clause obliges: a modal before 在 or behind 前, or an act that is told to be done. Bans
and powers until then (前不得, 前可以), conditions (提出的，) and what was done before are none. The event has
no date, so the words stay as printed.
"""

from __future__ import annotations

import re

from classify.components.anchors import Anchors

_NOT_BEHIND = frozenset(
    "期提列三述款置沿景往所身来线端瞻进科任兆言方锋夕哨途人辈头卫世年两几十一二四五六七八九半的前移行后和及、条"
)
_NOT_AHEAD = frozenset(
    "当此眼日提先事空史战生面跟超午年学婚诉税岁餐饭睡窗床房门店堂楼厦桥墙碑跨支往朝从个名的天时月周历届前院龄炉役以在"
)
_MODAL = re.compile(
    r"应当|应该|确保|(?<![适相响对供效反])应(?![用急对届聘邀付税变])|必须|须(?!知)|务必|(?<![申提报聘邀])请(?![求示])"
    r"|需(?![求要])|(?<![主重必需概摘简紧])要(?![求素点件])"
)
_LAST = re.compile(
    r".*(?:(?<![存所现自正实内同仍潜旨])在|(?<![由关对属位用处至大小低高基等便利限鉴终归])于|应当|(?<![适相响对供效反])应(?![用急对])|必须|须(?!知)|(?<![合兼归])并(?![购网轨])|(?<![主重必需紧])要|(?<![申提报聘邀呈])请(?![求示])|(?<![理自缘事])由|确保|(?<![涉普危遍波触])及(?![时格]))"
)
_FAR = re.compile(r".*(?=报请|提请|呈请|申请|涉及|波及)")  # a long clause: the event begins with its verb
_FIRST = re.compile(
    r"(?P<no>不得|不予|不准|禁止|严禁|不能|不宜|可以|(?<![许认])可(?![能靠行持])|有权|不)"
    r"|(?P<yes>应当|应该|(?<![适相响对供效反])应(?![用急对])|必须|须(?!知)|务必"
    r"|(?<![主重必需])要(?![求素点])|(?<![理自缘])由|(?<![申提报])请(?!求)|(?<!优)先)"
)
_NO_DUTY = re.compile(
    r"审计|自查|(?:依法)?(?:取得|发生|形成|存在|签订|作出|设立|建成|享受|开展|进行|实施|使用)的|[^。；，,\n]{1,24}的除外|[，,]?[^。；，,\n]{0,40}(?:保密|措施防止|停止[^。；，]{0,8}履行|暂停|暂缓|维持|(?<!水土)保持|继续)|[，,]?(?:已|曾|没有|未|还|仍|尚|就|一直|的)|[，,]?[^。；，,;\n]{0,60}的[，。；：,;:\n]|(?:之|以)?[前后]"
)
_TOLD = re.compile(
    r"[，,]?(?:及时|对|针对|组织|完成|将|向|报(?!告)|委托|通知|制定|编制|公布|公告|告知|征求|征得|取得|办理|申请(?!人|在线|调解|仲裁)|提交|提出|检查"
    r"|开展|进行|依法|做好|落实|核实|查验|采取|清除|设置|建立|事先|预先|按|根据|经|到|在|自行|自主|建成|再|送|移交|书面|如实|全面|全部|再次|拆除|清理|驱赶|剥离|恢复|修复"
    r"|安装|划定|搬迁|明确|确保|加强|启动|签订|缴纳|严格|认真|督促|发放|兑付|落实到位|通过(?!的)|稳定达标)"
)
_DONE = re.compile(r"了|已|曾|近年|没有")
_GONE = re.compile(
    r"(?:本[一-鿿]{0,8}(?:法|例|办法|规定|细则|决定|解释|通知|规则|章程|意见|方案|公告|办法》)|解放|建国|开放|修改|修订)(?:施行|实施|生效|颁布|公布|发布|下发|印发|出台|实行)?$|(?:》|法|条例)(?:施行|实施|生效|颁布|公布|发布)$|未(?!成年|来)|没有|违反(?![^，]{0,24}的)|擅自|拒|截止(?!日)|逾期|不(?!动|可|设区|同|少于|断|低)"
)
_RUN_UP = re.compile(
    r"\s?[\d一二三四五六七八九十]{1,3}\s?个?(?:工作日|日|天|月)(?:至|到|—|-)[^，。；]{1,8}(?:期间|之间|内)"
)
_COUNTED = re.compile(
    r"第[^ \u3000]{1,6}条[ \u3000]*|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[\d一二三四五六七八九十]{1,2}[.．、][ \u3000]*"
)
_COUNTED_BACK = re.compile(  # 开班前10个工作日登录: so long ahead of the event
    r"\s?(?:至少|不少于)?\s?(?:\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?:个?工作日|日|天|个?小时|个月|周)"
    r"(?![之以]?[内前后]|的|至|到|—|-|左右|平均|以来)"
)
_ENDS = ("届满", "期满", "到期", "期限届")
_TEMPORARY = ("成立", "建立", "出台", "任命", "确定", "实施", "施行")  # 成立前由…承担 tells who stands in
_STANDS_IN = re.compile(r"由[^，。；]{1,24}(?:维护|承担|代行|代理|行使|保管|代管)")
_OR = re.compile("或者?|及|和|、")
_EARLIER = re.compile("前(?![往期款述置])")
_BINDS_THEN = re.compile(r"，[^，。；\n未不的]{1,20}(?:应当|必须)")
_SENTENCE = "。；;\n"
_YET = ("进一步", "进行", "及时", "提请", "提出", "提交", "提供", "提前", "提醒")


def event_before(text: str, place: int, anchors: Anchors) -> tuple[int, int] | None:
    """(start, end) of the event with the 前 at place; None where nothing has to be done by then."""
    stem = place - 1 if text[place - 1 : place] in ("之", "以") else place
    behind, ahead = text[place + 1 : place + 2], text[stem - 1 : stem]
    run_up = _RUN_UP.match(text, place + 1) if text.endswith(_ENDS, 0, stem) else None
    counted = None
    if run_up is None and (behind.isdigit() or behind in "至不 一二三四五六七八九十两"):
        run_up = counted = _COUNTED_BACK.match(text, place + 1)
    if (
        run_up is None
        and (behind in _NOT_BEHIND or behind.isdigit())
        and not text.startswith(_YET, place + 1)
    ):
        return None
    if (not ("一" <= ahead <= "鿿" or "A" <= ahead <= "Z") and ahead not in "）)”》") or (
        _is_word(text, stem, ahead) and not (counted is not None and text.endswith("之日", 0, stem))
    ):
        return None
    left = max(anchors.clause(place)[0], stem - 60)
    said = text[left:stem]
    led = _LAST.match(said, 0, len(said) - 1)
    start = left + (led.end() if led is not None else 0)
    while start < stem and text[start] in " \u3000":
        start += 1
    if (
        counted is not None
        and _MODAL.search(text, max(left - 40, text.rfind("。", 0, stem) + 1, 0), stem) is None
        and _BINDS_THEN.match(text, counted.end()) is None
    ):
        return None
    if stem - start > 40 and (far := _FAR.match(said, max(0, start - left))) is not None:
        start = left + far.end()
    while (numbered := _COUNTED.match(text, start, stem)) is not None:
        start = numbered.end()
    start = _last_part(text, start, stem)
    if not (2 <= stem - start <= 40 or text[start:stem] == "汛") or _EARLIER.search(text, start, stem):
        return None
    if _GONE.search(said) and not text.endswith(("应当在本", "应在本", "必须在本"), 0, start + 1):
        return None
    end = run_up.end() if run_up is not None else place + 1
    # 包括举办前报告: 前 may belong to a noun behind it
    loose = led is None or not led.group().endswith(("在", "于", "确保"))
    return (start, end) if _has_to_be_done(text, end, left, said, loose) else None


def _last_part(text: str, start: int, stem: int) -> int:
    """就业前或者上岗前 are two limits; of a list that is too long the last part names the event."""
    earlier = max(text.rfind("前", start, stem), _period_end(text, start, stem))
    if 0 <= earlier < stem - 3 and (joined := _OR.match(text, earlier + 1, stem)) is not None:
        return joined.end()
    if stem - start > 40:
        return max(start, text.rfind("、", stem - 40, stem - 2) + 1)
    return start


def _period_end(text: str, start: int, stem: int) -> int:
    """Where 十五日内 ends ahead of 或者有效期届满前."""
    inside = text.rfind("内", start, stem)
    return inside if inside > start and text[inside - 1] in "日天月年时周" else -1


def _is_word(text: str, stem: int, ahead: str) -> bool:
    """目前, 学前, 产前: a word, no event; 投产前 and 上岗前 are events."""
    if ahead == "生":
        return text[stem - 2 : stem - 1] not in ("学", "发")
    if ahead in "产岗课":
        return text[stem - 2 : stem - 1] not in ("投", "停", "复", "生", "上")
    if ahead == "学":
        return text[stem - 2 : stem - 1] not in ("开", "入")
    if ahead == "日":
        return text[stem - 3 : stem] not in (
            "休息日",
            "选举日",
            "投票日",
            "举行日",
            "开庭日",
            "考试日",
            "报到日",
            "开学日",
            "登记日",
            "截止日",
            "期满日",
            "假期日",
            "节假日",
            "工作日",
            "结束日",
            "到期日",
            "生效日",
            "交付日",
        )
    if ahead == "批":
        return text[stem - 2 : stem - 1] not in ("审", "报", "获", "申")
    if ahead == "目":
        return text[stem - 2 : stem - 1] not in ("项", "节", "科", "题")
    return ahead in _NOT_AHEAD


def _has_to_be_done(text: str, end: int, left: int, said: str, loose: bool) -> bool:
    right = min(end + 60, len(text))
    if _NO_DUTY.match(text, end, right):
        return False
    stop = min((at for sign in _SENTENCE if (at := text.find(sign, end, right)) >= 0), default=right)
    first = _FIRST.search(text, end, min(stop, end + 40))
    bound = _MODAL.search(said) is not None
    if first is not None and first["no"] and not (bound and first.start() > end + 6):
        return False
    if first is not None and first["yes"] == "由" and not bound:
        return not said.endswith(_TEMPORARY) and _STANDS_IN.match(text, first.start(), stop) is None
    if bound and loose and text[end : end + 1] not in ("，", ",") and _TOLD.match(text, end) is None:
        return first is not None and first.start() < end + 4
    if bound or first is not None:
        return True
    return _TOLD.match(text, end) is not None and _DONE.search(text, left, stop) is None
