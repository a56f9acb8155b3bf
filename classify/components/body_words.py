"""Which words name who bears a duty: how such names end, what none begins with, lists and joint bearers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

HEAD = (  # what makes a name of a verb before it: 检查组, 办理机关, 审核管理部门
    r"(?:行政|监督|主管|管理|检查|执法|服务|实施|运营|经营|登记|指导|协调|编制|工作|决定|受理)*"
    r"(?:单位|机关|机构|部门|委员|组织(?=[报应须可，。、；的]|$)|企业|公司|中心|办公室|小组|专班|人(?!民)|组(?!织)"
    r"|[者员方站所局处])"
)
_WORDS = tomllib.loads(Path(__file__).with_name("body_words.toml").read_text(encoding="utf-8"))


def _by_sign(words: Iterable[str], place: int) -> dict[str, tuple[str, ...]]:
    """The words by their first (0) or last (-1) sign, so that few are compared."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[place]] = (*found.get(word[place], ()), word)
    return found


_ENDS, _NO_END = _by_sign(_WORDS["ends"], -1), _by_sign(_WORDS["no_end"], -1)
_OPENING, _NO_OPENING = tuple(_WORDS["opening"]), _by_sign(_WORDS["no_opening"], 0)
_NO_NAME, _PLACES = frozenset(_WORDS["no_name"]), frozenset(_WORDS["places"])
_NO_BODY = re.compile(
    r"内容|申请书|意见(?![的机单人部])|通知书|决定书|结果|其他材料|之日|不属于|者已经|是否|.送达(?!机)"
    r"|报送(?![单机人主部])|未[^成来的，]{1,6}、|发生(?!单位|地)|的名称|规定设立|[^原成]因(?!公|病|故)"
)  # anywhere in the words
_DONE_TO = re.compile(  # whoever stands behind such a verb is spoken to or sent for
    r"转交|转送|转办|交办|通知|告知|书面|指派|委派|召开|召集|抄送|邀请|送达"
    rf"|(?:委托|安排|移送|移交|报送)(?![的执]|双方|{HEAD})"
    r"|引导|动员|推动|保证(?!人)|指导(?!小组|中心|单位|员|老师|教师|委员|站|机构|服务)"
    r"|组织(?!编制|编写|编定|实施|申报|者|人|部|机构|单位|协调|推荐|承办|建设|起草|验收|评审|评估|采购|招标|施工|报名"
    r"|委员|管理|生产|考试|活动|召开|成员|化|方|办|工作|关系|调查|鉴定|拍卖|听证)"
)
_WHO_DOES = re.compile(r"的(?:机关|单位|部门|机构|法院|人民法院|人民检察院|人员)$")
_ACTS = re.compile(  # who acts stands before such a verb, so nobody's name begins with it
    r"成立|举行|通报|报(?!社|业|关|名|刊|考|告|废)"
    rf"|报告(?!{HEAD})|上报|呈报|分级|反馈|传真|参加|实现|继续|新建|扩建|改建|建成|延长|征求|听取|责令"
    r"|提请|全部|妥善|提前|讯问|请求(?!人(?!民))|受国|法律、|是指|加强|加快|推动|完善|健全|确保|进行|给予|采取|会同"
    r"|列入|进口(?=本)|涉及|符合|属于|要求|送(?!展|检|审|电|货|水|医)"
    r"|(?:完成|组成(?!人)|建立|推进|落实|取得|提交|检查|审核|申报|举办|办理|设立|核发|颁发|决定|开庭|配合|协调|督促|督导"
    rf"|使用|提供|利用|作出|提出|收到|接到|发现)(?!{HEAD}|双方)"
)
_WHILE = re.compile(
    r"(?!在|同时|先|事)[^，。的]{2,12}(?:期内|期间|届满前|日内"
    r"|(?:施行|实施|公布|成立|开工|施工|补偿|变更|审批|报批|竣工|出让|设立)[前后])(?=[^，的]{3,}$)"
)
_DIRECTED = re.compile(  # who is told to do it bears it
    r"(?:(?:请(?!求)|明确|要求|规定|督促|敦促|责成|责令|各级以及|检查(?=[^，]{4})(?!组|站|监督|机|人)"
    r"|监督(?=[^，]{4})(?!管理|检查|机|部|员|委))[和与、并]?)+(?=.{2})"
)
_PARTS = re.compile(r"(?:、|以及|和(?=[省市县国有各地行])|会同)(?![^（(]*[）)])")
_ADVERBS = re.compile(
    r"(?:(?:[，,]|依法|统一|均|都|也|还|并|同时|共同|分别|切实|一律|原则上|至少|一般|首先"
    r"|具体|及时|不|再|就|更|仍|才|自觉|定期|每年|各自|主动|联合|(?:每年|至少|定期|分批)组织|最迟|至迟|按规定|有权"
    r"|(?<=[门府位关构])则)+"
    r"|[在于][^，。；]{2,24}(?:时|中|内|前|后|上|期间)"
    r"|(?:自|从)[^，。；]{2,30}(?:之日起|日内))$"
)
_ADVERB_ENDS = frozenset(
    "，,不法一均都也还并时同别实律上少般先体再就更仍才觉期年自动中内前后间合迟定权起则织"
)
LONGEST = 48


def bare(words: str) -> str:
    """Words before a modal without the adverbs and the circumstances of time that end them."""
    for _ in range(3):
        if words[-1:] not in _ADVERB_ENDS or (is_person(words) and not _ends_as_none(words)):
            break
        words = _ADVERBS.sub("", words)
    return words


@lru_cache(maxsize=2048)  # the same bodies bear duty after duty
def persons(words: str) -> tuple[str, ...]:
    """Names that a list of bearers holds; all as one name when a part is none, () when the whole is none."""
    if "（" in words or "(" in words:
        words = _SHORT.sub("", words)
    words = words.strip(' \u3000"')
    if words.endswith("”") and words.count("”") == 1:
        words = words.strip("“”")
    if not is_person(words):
        return ()  # nor is any end of it
    words = "“" + words if words.count("”") > words.count("“") else words
    for ahead in (_DIRECTED, _WHILE):
        found = ahead.match(words)
        words = words[found.end() :] if found is not None else words
    if not 1 < len(words) <= LONGEST or not is_person(words) or bears_nothing(words):
        return ()
    if "、" not in words and "和" not in words and "以及" not in words and "会同" not in words:
        return (words,)
    names = [part for part in _PARTS.split(words) if part]
    if all(len(part) > 1 and is_person(part) and part not in _PLACES for part in names):
        return tuple(dict.fromkeys(names))
    return (words,)


_WHICH = re.compile(
    r"(?:[不未]|依法|本条例|本办法|本规定|本法)[^，]{2,24}的[^，的]{3,}$"
)  # 不再续聘的物业服务人
_SHORT = re.compile(r"[（(](?:以下|下称|简称|下同)[^（()）]*[）)]")


def is_person(words: str) -> bool:
    """The words end as those who may bear a duty are called, maybe with （局） behind."""
    if words[-1:] in "）)":
        words = words[: max(words.rfind("（"), words.rfind("("), 0)]
    return words.endswith(_ENDS.get(words[-1:], ()))


def _ends_as_none(words: str) -> bool:
    return words.endswith(_NO_END.get(words[-1:], ()))


def bears_nothing(words: str) -> bool:
    """They begin, end or hold what shows that they name nobody."""
    if (
        (
            words.startswith(_NO_OPENING.get(words[:1], ()))
            and not words.startswith(_OPENING)
            and not _WHICH.match(words)
        )
        or (_ends_as_none(words) and words != "全社会")
        or words in _NO_NAME
        or words.count("（") != words.count("）")
        or words.count("(") != words.count(")")
    ):
        return True
    if (_DONE_TO.match(words) and not _WHO_DOES.search(words)) or (_ACTS.match(words) and "的" not in words):
        return True
    return _NO_BODY.search(words) is not None
