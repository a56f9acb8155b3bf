"""Who bears a duty: the words before its modal, behind 由 and 请, or who a part of a sentence begins with."""

from __future__ import annotations

import re

from classify.components.body_words import HEAD, bare, persons

BY_WHOM = re.compile(
    r"[由请](?P<who>[一-鿿、（）()]{2,48}?)(?:"
    r"(?:负责|承担|牵头|组织|统一|监督|制定|审批|办理|实施|管理|研究|提出|确定|审核|核发|召集|召开|选举|选定|作出|完成"
    r"|清偿|张榜|核实|复核|验收|收齐|逐一|兜底|发布|公布|调查|处理|决定|批准|划定|编制|汇总|审查|登记|备案|通知|告知|征求|签发|颁发|指定|聘请)"
    rf"(?!{HEAD})|向|会同(?!意)|按照|依[法照据]|结合|根据|认真|于|在(?![地校])|自(?![然治])|将|把|参照|尽快|抓紧|做好"
    r"|严格|遵照|加强|督促|对(?!外)|予以|报|送|填|及时|先|另行|分别|共同|提?请(?=全|省|市|国)|，(?=[在于自]))"
)
MODAL = re.compile(
    r"(?<![适反相响对供效感回顺呼照本一])应(?:当|该)?(?![急用届聘邀付税诉征对有])|必须|(?<![必无])须(?!知)|不得|可以"
    r"|(?<![主重需必纲概摘提简只若想将首次])要(?![求点件素害闻事员领目])"
)
ENDING = (  # how the name of a bearer ends inside of a sentence
    r"(?:(?:人民政府|政府|部门|委员会|单位|机关|机构|组织|企业|公司|中心|银行|法院|检察院|协会|大学|学校|学院|医院|集团"
    r"|办公室|办事处|代表处|管理处|领导小组|[局厅部委院署人者员方会组队庭站行]|所(?![在属有需以])|[商用农住]户|个体工商户"
    r"|业主|街道|各地|地区|支队|社区|海关|主体|亲属|选区|合作社|镇|(?<=各)[乡村]|[县市区省]|市州|县区|(?<=属)地|(?<=车)主|(?<=考)生"
    r"|(?<=院)校|(?<=物)业)"
    r"(?:[（(][^（）()]{1,6}[）)])?)"
)
_CASE = r"对(?!外|口)|将|把|自(?!然|行|治|律|主|愿)|在(?![校职地])|于|按照?|依照|依据|根据|向"
_DOES = (  # verbs between who bears a duty and its modal, or the day that its limit begins with
    r"(?=\d{1,4}[年月])|被(?!告|申|执|征|害)|有(?=下列|以下|本[条法])|请(?!求)|拟|变更|不(?:予)?受理|不予|均|尽快|抓紧|积极|认真|切实|开庭|准许|交(?=下|有|由|本)|先(?!进)|收到|接到|受理|认为|决定"
    r"|(?<!被告人)(?<!嫌疑人)(?<!当事人)(?<!双方)(?:未(?!被)|不能|不同意|不接受|拒绝|逾期|已(?!被))|不服|发现|作出"
    r"|与(?=[^，]{2,30}(?:终止|签订|解除|订立|发生|协商|协议|有利害|建立))|经(?![营济办销贸])|提出|申请|因"
    r"|以(?![上下外及])|需要?|会同(?!意)|依法"
    r"|(?:承诺|聘请|会商|自交|抽查|核查|落实|参照|汇总|收齐|组建|选派|梳理|牵头|负责|抓好|做好|开放|接入|自查|建立|指定|完成|发布|公布|确定|统一受理|汇总|拟定|组织编制|编制|接受|举办|从事|承接|实施|设立|开展|办理|审理|审查|审批"
    r"|(?<!工会)组织|要求|建造|停止|终止|解除|撤销|注销|转让|延长|使用|获得|取得|领取|进行|购买|销售|利用|占用|发生|招用"
    rf"|聘用|录用|自行|退出|参加|委托|开工|开业|歇业|停业|解散|领用|制定|签订)(?!{HEAD})"
)
SUBJECT = re.compile(rf"请?(?P<who>[一-鿿（）()、“”]{{1,48}}?{ENDING})(?:(?P<case>{_CASE})|{_DOES})")
BEHIND = re.compile(  # who acts, behind a limit or a verb of asking
    rf"[，,]?\s?(?P<by>(?:应当|应|可|先|再|须|需)*由)?(?P<who>[一-鿿（）()、]{{1,48}}?{ENDING})(?=应|须|要(?!求)|必须"
    r"|可以|不得|将|把|对(?!外|口)|向|就|以(?![上下外及])|按照?|依[照据法]|根据|结合|因地制宜|会同(?!意)"
    r"|(?:全部|至少|全面|统一|定期|依法|及时|尽快|牵头|负责|组织|制定|编制|建立|开展|完成|提出|报送|上报|印发|出台|公布|发布|公开|完善"
    r"|落实|实施|推进|启动|设立|明确|确定|召开|审核|清偿|退回|退还|提交|办理|核定|验收|研究|做好|加强|另行|予以|通知|告知|征求|书面"
    rf"|提请|申报|作出|移交|划定|宣布|倒排|抓紧|限期|对照|逐|报)(?!{HEAD}))"
)
_JOINT = re.compile(
    r"[，,]?(?:应当|应|必须|须|要)?(?:依法|及时|牵头|主动)?(?:会同(?!意)|商(?![务业户会品标场])|联合)"
    rf"(?P<who>[一-鿿（）()、]{{1,60}}?{ENDING})(?=[，,]|在(?!地)|于|自(?![然治])|将|把|对(?!外)|按|依|根据|联合|共同|每"
    r"|(?:制定|编制|组织|提出|研究|确定|公布|发布|另行|开展|建立|负责|划定|拟订|规定|审查|审核|进行|统一|及时|定期|加强|完善"
    rf"|做好|实施|办理|印发|核定|指导|督促|推进|报)(?!{HEAD})|(?<=[关等]部门)(?![的和与及、或])"
    r"|(?<=[关等]单位)(?![的和与及、或]))"
)
_ASKS = re.compile(r"(?:要求|责成|督促|责令)(?=[各有市省县区国全本相])")
_OF = re.compile(r"[^，。的]{0,3}的[^，。的]{1,20}$")  # 甲提出的要求 is no act of 甲's here
_LEADS = re.compile(r"(?:牵头负责|牵头|负责)$")  # 甲牵头，…前公布
_AND = re.compile(r"^(?:并且?|且|但是?|同时|或者|也|还|再)+")
NOT_BY = tuple("理自缘事来")  # 理由, 事由


def bearers(text: str, start: int, verb: int, after: int, end: int) -> tuple[str, ...]:
    """Who bears the duty of a clause: the words before its modal, or behind 由 and 请; () when not said."""
    if text[verb : verb + 1] in ("由", "请"):
        found = BY_WHOM.match(text, verb, min(end, verb + 60))
        return with_joint(persons(found["who"]), text, found.end("who"), end) if found is not None else ()
    words = text[start:verb]
    names = persons(bare(words)) if 1 < len(words) <= 60 else ()
    if names:
        return with_joint(names, text, after, end)
    return bearers(text, after, after, after, end) if text.startswith("由", after) else ()


def in_part(text: str, begin: int, stop: int, right: int) -> tuple[str, ...]:
    """Who is obliged in one part of a sentence: before its modal, behind its 由, or who it begins with."""
    modal = MODAL.search(text, begin, stop)
    if modal is not None and modal.start() - begin <= 70:
        names, size = named(text[begin : modal.start()])
        if names:
            joined = with_joint(names, text, begin + size, right)
            return joined if len(joined) > len(names) else with_joint(names, text, modal.end(), right)
    by = text.rfind("由", begin, stop)
    if by >= 0 and text[by - 1 : by] not in NOT_BY:
        found = BY_WHOM.match(text, by, min(right, by + 60))
        return with_joint(persons(found["who"]), text, found.end("who"), right) if found is not None else ()
    if modal is not None:
        return ()
    asks = _ASKS.search(text, begin, stop)
    if asks is not None:
        asked = BEHIND.match(text, asks.end(), stop)
        return persons(asked["who"]) if asked is not None else ()
    names, size = named(text[begin:stop].rstrip("在于自从到至 \u3000"))
    return with_joint(names, text, begin + size, right)


def named(words: str) -> tuple[tuple[str, ...], int]:
    """Who words before a modal or a limit name, and where that name ends: those before a preposition or verb
    of theirs, else all."""
    begin = _AND.match(words)
    subject = SUBJECT.match(words, begin.end() if begin is not None else 0)
    if subject is not None and (subject["case"] or not _OF.match(words, subject.end())):
        names = persons(subject["who"])
        if names:
            return names, subject.end("who")
    return persons(bare(_LEADS.sub("", _AND.sub("", words)))), len(words)


def with_joint(names: tuple[str, ...], text: str, at: int, right: int) -> tuple[str, ...]:
    """The bodies together with those they act with (会同某局): lead first."""
    found = _JOINT.match(text, at, min(right, at + 70)) if names else None
    if found is None:
        return names
    others = persons(found["who"])
    return tuple(dict.fromkeys((*names, *others)))
