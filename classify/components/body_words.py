"""Which words name who bears a duty: how such names end, what none begins with, lists and joint bearers."""

from __future__ import annotations

import re

HEAD = (  # what makes a name of a verb before it: 检查组, 办理机关, 审核管理部门
    r"(?:行政|监督|主管|管理|检查|执法|服务|实施|运营|经营|登记|指导|协调|编制|工作|决定|受理)*"
    r"(?:单位|机关|机构|部门|委员|组织(?=[报应须可在于自对将，。、；的]|$)|企业|公司|中心|办公室|小组|专班|人(?!民)|组(?!织)|[者员方站所局处])"
)
_PERSON = frozenset("人者员方局厅部委会院所站师长官校社省市县区组队庭团署园馆厂商")  # last sign of a bearer
_PERSONS = (
    "组织", "公民", "代表", "单位", "企业", "机构", "部门", "政府", "机关", "公司", "中心", "银行", "业主",
    "用户", "村民", "居民", "各地", "学生", "船舶", "商户", "农户", "住户", "养殖户", "办公室", "办事处",
    "管理处", "团体", "媒体", "平台", "集团", "街道", "专班", "大学", "当地", "地市", "管委会", "代表处", "地区", "分行", "支行", "海关", "政协", "两院", "主体", "亲属", "省份", "县级", "市级", "省级", "乡级", "职工", "员工",
)  # fmt: skip
_NO_BEARER = (
    "在", "对", "因", "从", "按", "依照", "根据", "经", "自", "以", "为", "除", "未", "不", "有", "当", "将",
    "把", "其中", "如", "与", "并", "同时", "确", "通过", "凡", "属于", "需", "本办法", "本条例", "本规定",
    "本法", "本通知", "逐", "鼓励", "支持", "倡导", "提倡", "到", "往", "向", "持", "应", "可以", "必须", "须",
    "但", "又", "依法", "或者", "以及", "及时", "及其", "于", "由", "和", "再", "先", "分级", "共同", "本办法",
    *(f"{count}是" for count in "一二三四五六七八九十"),
)  # fmt: skip
_BEARER = (
    "经营", "经办", "经销", "经纪", "经济", "经贸", "从业", "当事人", "当地", "未成年人", "自然", "自治",
    "自律", "自愿", "不动产", "对外", "对口", "对方", "有限公司", "有关", "有权", "有管辖权", "有条件", "有资质",
    "支持单位", "支持机构", "支持部门", "在校", "在职", "到岗", "持有", "持证", "持股", "向导", "应急", "应用",
    "应税", "应聘", "应征", "应诉", "须弥", "需求方", "需方", "以色列", "将军", "为主", "和平", "和谐", "先进",
    "先行", "按揭", "按时", "除外", "如东", "如皋",
)  # fmt: skip  # begins like one of those and names somebody
_NO_BEARERS = (
    *(f"{of}{who}" for of in "的得" for who in (
        "", "人", "者", "单位", "企业", "机构", "部门", "组织", "公司"
    )),
    "入户", "全部", "或者", "工作", "工作人", "时", "后", "内", "等方", "最长", "延长", "布局", "城市", "上市",
    "超市", "小区", "园区", "灾区", "街区", "城区", "片区", "库区", "山区", "矿区", "林区", "辖区", "区域", "向社会", "社会", "门户网站",
    "机会", "机构所", "单位所", "部署", "名城", "住所", "当场", "按规定", "前款", "本办法所",
)  # fmt: skip
_ELSE = frozenset(("专人", "地方部", "本市", "本省", "本县", "本区", "一方", "多方", "市", "县", "组织",
                   *(f"{part}部" for part in "底顶外内上下头尾端中根")))  # fmt: skip
_NO_BODY = re.compile(r"内容|申请书|意见(?![的机单人部])|通知书|决定书|结果|其他材料|之日|不属于|者已经|是否|.送达(?!机)|报送(?![单机人主部])|未[^成来的，]{1,6}、")  # anywhere in the words
_DONE_TO = re.compile(  # whoever stands behind such a verb is spoken to or sent for
    rf"转交|转送|转办|交办|通知|告知|书面|指派|委派|召开|召集|抄送|邀请|送达|(?:委托|安排|移送|移交|报送)(?![的执]|双方|{HEAD})"
    r"|引导|动员|推动|保证(?!人)|指导(?!小组|中心|单位|员|老师|教师|委员|站|机构|服务)"
    r"|组织(?!编制|编写|编定|实施|申报|者|人|部|机构|单位|协调|开展|推荐|承办|建设|起草|验收|评审|评估|采购|招标|施工|报名"
    r"|委员|管理|生产|考试|活动|召开|成员|化|方|办|工作|关系|调查|鉴定|拍卖|听证)"
)
_WHO_DOES = re.compile(r"的(?:机关|单位|部门|机构|法院|人民法院|人民检察院|人员)$")
_ACTS = re.compile(  # who acts stands before such a verb, so nobody's name begins with it
    r"成立|举行|通报|报(?!社|业|关|名|刊|考|告|废)"
    rf"|报告(?!{HEAD})|上报|呈报|分级|反馈|传真|参加|实现|继续|新建|扩建|改建|建成|延长|征求|听取|责令"
    r"|提请|特别|全部|是指|加强|加快|推动|完善|健全|确保|进行|给予|采取|会同|列入|进口(?=本)|涉及|符合|属于|要求"
    r"|送(?!展|检|审|电|货|水|医)"
    rf"|(?:完成|建立|推进|落实|取得|提交|检查|审核|申报|举办|办理|设立|核发|颁发|决定|开庭|配合|协调|督促|督导|使用|提供"
    rf"|利用|作出|提出|收到|接到|发现)(?!{HEAD}|双方)"
)
_WHILE = re.compile(r"(?!在|同时|先|事)[^，。的]{2,12}(?:期内|期间|届满前|日内|(?:施行|实施|公布|成立|开工|施工|补偿|变更|审批|报批|竣工|出让|设立)[前后])(?=[^，的]{3,}$)")
_DIRECTED = re.compile(  # who is told to do it bears it
    r"(?:(?:请(?!求)|明确|要求|规定|督促|敦促|责成|责令|各级以及|检查(?=[^，]{4})(?!组|站|监督|机|人)"
    r"|监督(?=[^，]{4})(?!管理|检查|机|部|员|委))[和与、并]?)+(?=.{2})"
)
_DIRECTS = frozenset("请明要规督敦责各检监")
_PARTS = re.compile(r"(?:、|以及|和(?=[省市县国有各地行])|会同)(?![^（(]*[）)])")
_ADVERBS = re.compile(
    r"(?:(?:[，,]|依法|统一|均|都|也|还|并|同时|共同|分别|切实|一律|原则上|至少|一般|首先"
    r"|具体|及时|不|再|就|更|仍|才|自觉|定期|每年|各自|主动|联合|最迟|至迟|按规定|有权|(?<=[门府位关构])则)+"
    r"|[在于][^，。；]{2,24}(?:时|中|内|前|后|上|期间)"
    r"|(?:自|从)[^，。；]{2,30}(?:之日起|日内))$"
)
_ADVERB_ENDS = frozenset("，,不法一均都也还并时同别实律上少般先体再就更仍才觉期年自动中内前后间合迟定权起则")
LONGEST = 48


def bare(words: str) -> str:
    """Words before a modal without the adverbs and the circumstances of time that end them."""
    for _ in range(3):
        if is_person(words) or words[-1:] not in _ADVERB_ENDS:
            break
        words = _ADVERBS.sub("", words)
    return words


def persons(words: str) -> tuple[str, ...]:
    """Names that a list of bearers holds; the whole as one name when a part of it is none; () when it is none."""
    words = _SHORT.sub("", words).strip(' \u3000“”"')
    words = _DIRECTED.sub("", words, count=1) if _DIRECTED.match(words[:40]) and words[0] in _DIRECTS else words
    words = _WHILE.sub("", words, count=1) if _WHILE.match(words) else words
    if not 1 < len(words) <= LONGEST or not is_person(words) or bears_nothing(words):
        return ()
    if "、" not in words and "和" not in words and "以及" not in words and "会同" not in words:
        return (words,)
    names = [part for part in _PARTS.split(words) if part]
    if all(len(part) > 1 and is_person(part) and part not in _PLACES for part in names):
        return tuple(dict.fromkeys(names))
    return (words,)


_WHICH = re.compile(r"(?:[不未]|依法|本条例|本办法|本规定|本法)[^，]{2,24}的[^，的]{3,}$")  # 不再续聘的物业服务人
_SHORT = re.compile(r"[（(](?:以下|下称|简称|下同)[^（()）]*[）)]")
_PLACES = frozenset(("自治区", "直辖市", "市辖区", "自治县", "地级市", "城市", "街道", "民族乡", "自治州", "区县"))


def is_person(words: str) -> bool:
    """The words end as those who may bear a duty are called, maybe with （局） behind."""
    if words[-1:] in "）)":
        words = words[: max(words.rfind("（"), words.rfind("("), 0)]
    return words[-1:] in _PERSON or words.endswith(_PERSONS)


def bears_nothing(words: str) -> bool:
    """They begin, end or hold what shows that they name nobody."""
    if (
        (words.startswith(_NO_BEARER) and not words.startswith(_BEARER) and not _WHICH.match(words))
        or (words.endswith(_NO_BEARERS) and words != "全社会")
        or words in _ELSE
        or words.count("（") != words.count("）")
        or words.count("(") != words.count(")")
    ):
        return True
    if (_DONE_TO.match(words) and not _WHO_DOES.search(words)) or (_ACTS.match(words) and "的" not in words):
        return True
    return _NO_BODY.search(words) is not None
