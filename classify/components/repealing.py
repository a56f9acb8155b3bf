"""Whether words around a title end it: an act of this document on the whole paper, without a condition.

A wrong "repealed" is the worst error: what stands behind the title must end the clause
(废止《甲》中的收费标准 and 撤销《甲》设立的委员会 end no paper), and a request, a question, a ban, a plan
or a condition ends nothing.
"""

from __future__ import annotations

import re

_ACT = "(?:废止|失效|停止执行|停止施行|终止执行|不再执行|不再施行)"
_STOP = r"(?=\s*(?:[。；;，,、！!）)”\"\n]|\Z))"
_BRACKET = r"(?:\s?[（(][^（()）\n]{0,60}[）)])?"
_BEHIND = re.compile(
    rf"{_BRACKET}"
    r"[”\"]?(?:文件?)?(?:等[^。，；《\n]{0,14}?)?[，,]?\s?"
    r"(?P<since>(?:自|从|于|在|\d{4}年)[^。，；《\n]{0,24}?)?[，,]?"
    r"(?:同时|即行|立即|即|一律|相应|均|予以|也|亦|随之|一并|自动|自行|自然|宣布|全部|作)*"
    rf"{_ACT}(?:了)?{_STOP}"
)
_BEFORE = re.compile(
    r"(?:废止|撤销|停止执行|停止施行|终止执行|不再执行|宣布失效)(?P<middle>[^。；，《\n]{0,44})\Z"
)
_MIDDLE = re.compile(
    r"\s?(?:了|原|[：:])?\s?(?:(?:我[部委局厅]|[一-鿿、\d 〇]{0,40}?)"
    r"(?:发布|印发|制定|公布|颁布|颁发|下发|批准|通过|施行|实施|出台|转发|下达)的"
    r"|[一-鿿]{0,14}[部委局厅院府会办市省县区]|原[一-鿿]{0,12})?(?:原)?\s?[“\"]?"
)
_FOREIGN = re.compile("违反|符合|不一致|抵触|适用|根据|依照|依据|按照|采取|以?[前后](?!发|印|公|颁|制)")
_AFTER = re.compile(
    rf"{_BRACKET}"
    r"[”\"]?(?:文件?)?(?:等[^。，；《\n]{0,24}?(?:文件|规章|规定|法规|办法|通知|决定|条例|解释|[件部项个]))?"
    r"(?:的?(?:决定|决议|命令|令|公告|通告|通知)(?!草案|稿))?\s?(?:[。；;，,、：:！!）)”\"\n]|\Z|[和及与并]|以及|同时)"
)
_NO_ACT = re.compile(
    r"不(?!再|适应|相适应|符合|一致)|未|没有|擅自|有权|无权|可以|应[当该予]?(?!急|用|对)|须|建议|拟(?![定订])|请求|要求|申请|提请|审议|讨论"
    r"|认为|主张|反对|如果|若(?!干)|(?<![优接等对])待|恢复|曾|被|研究|推动|适时|根据|依据|依照|按照|遵照|继续|负责|依法"
)
_NO_SUBJECT = re.compile(
    r"恢复|继续|根据|依据|依照|按照|遵照|贯彻|适用|违反|如果|若(?!干)|(?<![优接等对])待|一旦|是否|请求|要求|申请(?!办法|登记)|建议|认为"
    r"|主张|拟(?![定订])|不得|代替|参照|对照"
)
_DOUBT = re.compile(
    r"[？?]|吗|是否|能否|(?:申请|被告|原告|上诉|当事)人?[^，。]{0,6}(?:请求|认为|要求|称)|请求[：:]|诉称|辩称|本机关认为"
    r"|任何(?:单位|组织|个人|机关)|擅自|建议(?![^，。]{0,4}(?:已|经))|(?:\A|[，；：])\s?(?:待|若|如果|一旦|俟)|自新[^，。]{1,20}起|届时|[如若]需|问[：:]"
)
_CONDITION = re.compile(r"新|待|届满|期满|以后|通过|批准")
_NAMED = re.compile(r"《[^》\n]*》")
_CONCRETE = re.compile(  # an act on one case; to quash it repeals no rule
    r"(?:决定书|通报|认定书|告知书|答复书?|裁决书?|判决书?|裁定书?|通知书|意见书|确认书|登记证?|证明?)$"
)
_TELLS = re.compile(
    r"(?:复议|判决|裁定|裁决)[^，。的]{0,6}书|行政复议决定|答复|复函|问答|解读|说明$|工作报告|来信|信访(?:事项|件)"
    r"|提案的|建议的|发布会|处罚决定"
)


def may_repeal(title: str) -> bool:
    """Not a review decision, a reply or an explanation: such papers tell of repeals, or judge one case."""
    return _TELLS.search(title) is None


def repeals(text: str, start: int, end: int, name: str | None = None) -> bool:
    """The words around start..end end what is named there (`name`: its title) as a whole."""
    right = text[end : end + 100]
    behind = (
        _BEHIND.match(right) if "废" in right or "失" in right or "执" in right or "施" in right else None
    )
    left = text[max(0, start - 160) : start]
    clause = left[max(left.rfind(sign) for sign in "。；，！？\n》") + 1 :]
    if behind is not None:
        since = behind["since"] or ""
        ruled = _NO_SUBJECT.search(clause) is not None and not clause.endswith(("修改的", "修正的", "修订的"))
        if ruled or (_CONDITION.search(since) and "本" not in since):
            return False
        return not _doubtful(text, start, end + behind.end())
    before = _BEFORE.search(clause)
    if before is None or _AFTER.match(right) is None:
        return False
    if before.group().startswith("撤销") and name is not None and _CONCRETE.search(name):
        return False
    middle = before["middle"]
    if (
        _MIDDLE.fullmatch(middle) is None
        or _FOREIGN.search(middle)
        or _NO_ACT.search(clause[: before.start()])
    ):
        return False
    return not _doubtful(text, start, end)


def governs(text: str, start: int) -> bool:
    """The clause before a title rules that title alone: 恢复执行《甲》，《乙》同时废止."""
    left = text[max(0, start - 60) : start]
    clause = left[max(left.rfind(sign) for sign in "。；，！？\n》") + 1 :]
    return _NO_SUBJECT.search(clause) is not None or clause.endswith(_RULING)


_RULING = ("执行", "实施", "落实", "印发", "公布", "发布", "转发", "见", "修改", "修订", "参见", "符合")


def _doubtful(text: str, start: int, end: int) -> bool:
    """The sentence asks, requests, forbids or waits; titles in it are not read."""
    left = text[max(0, start - 160) : start]
    left = left[max(left.rfind(sign) for sign in "。；！？\n") + 1 :]
    right = text[end : end + 60]
    stops = [at for sign in "。；！？?\n" if (at := right.find(sign)) >= 0]
    said = left + "《》" + text[end : end + (min(stops) + 1 if stops else 0)]
    return _DOUBT.search(_NAMED.sub("", said)) is not None
