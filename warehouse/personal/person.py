"""Names of private persons: who writes a letter, who stands in a list of people helped.

Officials in office, appointments and contacts of a notice are public and stay; so do 王女士 and 李某, who are
nobody in particular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.personal.roster import rosters

_COMPOUND = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|长孙|宇文|端木|百里|呼延|南宫|独孤|司空|鲜于|闾丘|淳于|赫连|"
    "轩辕"
)
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏"
    "付傅方邹熊白孟秦邱丘江尹薛闫阎段雷侯龙史黎贺陶顾毛郝龚邵万覃武钱戴严莫孔向常汤康易乔牛庞鲁施柳葛翟梅齐申季喻倪安洪樊邢路祝聂关纪涂柯"
    "焦毕解甘欧毋尚祁冉庄辛管左凌蒙包艾农岳时蓝卓宁蒲应苗盛卜柴车房华裴滕娄章童景阮简边党匡耿屈古冷窦席幸游米靳尤连司阳荣迟仇卫宗鲍鄢项桂"
    "苟刁岑骆符储巫佟符强褚屠闵明费楼舒敖单隋晏冀臧栾池丛麻谷麦查谈封虞缪糜燕巩鞠乌扈鄂厉植仲练狄楚沙胥荆郎"
)
FAMILY = rf"(?:{_COMPOUND}|[{_SINGLE}])"
_NOBODY = (
    "(?!先生|女士|小姐|同志|老师|师傅|大爷|大妈|阿姨|奶奶|爷爷|老汉|大姐|大哥|家长|同学|"
    "医生|主任|局长|某|姓|家[的，。]|老[，。、]|女[，。、])"
)
_GIVEN = r"(?:(?![某的了在是你您我])[一-鿿]){1,2}?"
_NAME = rf"(?P<name>(?:{FAMILY}{_NOBODY}{_GIVEN}|[一-鿿]{{2,6}}·[一-鿿]{{2,8}}))"
_TITLE = "(?:先生|女士|小姐|同志|老师|师傅|同学)"
_STOP = r"(?=\s|[，,。；;：:（(、）)！]|$|" + _TITLE + ")"
_WRITER = (
    "(?:来信人|写信人|来电人|来访人|信访人|投诉人|反映人|求助人|咨询人|留言人|诉求人|提问人|举报人|建议人|受助人|"
    "来信群众|来电群众|来信市民|来电市民|网友|网民|市民|居民|村民|业(?<!行业)主|群众|读者)"
)
_LABELLED = re.compile(
    _WRITER + r"(?:姓名)?(?:\s?[：:]\s?|[（(]\s?|\s|(?<=人)(?=[^\s，,。；;、]{2,4}[（(：:]))" + _NAME + _STOP,
    re.MULTILINE,
)
_SPOKEN = re.compile(
    r"(?:我叫|我名叫|我的名字(?:是|叫)|我(?<![一-鿿]我)是(?=[^，。\n]{2,4}[，,]))" + _NAME + _STOP
)
_SELF = re.compile(
    "(?:申请人|委托人|声明人|承诺人|代理人|监护人|本人)[：:]?"
    + _NAME
    + r"(?=[，,]?\s?(?:男|女|系|家住|现住|住址|身份证|公民身份|今年|现年)"
    r"|[（(][^（()）]{0,6}(?:男|女|身份证|公民身份|手机|电话))"
)
_ASKS = re.compile(
    r"(?:市民|居民|村民|业(?<!行业)主|网友|网民|群众)(?![于向和从经因对全都常时关应连单]|安[全置居]|管理|高[层龄]|方便|金融)"
    + _NAME
    + "(?=(?:先生|女士)?(?:来信|来电|反映|咨询|投诉|询问|求助|留言|举报)|[（(，,]\\s?(?:男|女|身份证|手机))"
)
_GREETED = re.compile(
    r"^\s*(?:尊敬的|敬爱的)?" + _NAME + _TITLE + "?\\s?[：:，,]\\s*(?:您好|你好)", re.MULTILINE
)
_PARTY = re.compile(
    "(?:当事人|被处罚人|申请人|被申请人|户主|房主|产权人|受助人|救助对象|受害人|死者|伤者|法定监护人|监护人)"
    r"(?:姓名)?\s?[：:]\s?" + _NAME + _STOP
)
_LIVES = re.compile("家住|现住|[，,、 ]住(?=[^房宅院建所宿]{2,12}[村路街巷镇乡])|住址|户籍[地在为]|身份证号")
_SKETCHED = re.compile(
    "(?:^|[^一-鿿]|[人主民者])"
    + _NAME
    + r"[，,、（(\s]\s?(?P<sketch>(?:男|女|\d{1,3}岁)[，,、\s][^。；;\n]{0,40}?)?$"
)
_IDENTITY = re.compile(r"[（(，,、\s]{1,2}(?:公民)?身份(?:证件?)?(?:号码|号)?[^\d\n]{0,6}\d{6}")
_BEFORE_IDENTITY = re.compile("(?:^|[^一-鿿]|[人民主者员])" + _NAME + "$")
_CALLED = re.compile(
    "(?:司机|师傅|售票员|乘务员|安保员|保安|保洁员?|护士|大夫|医生|老师|邻居|房东|业主|住户|物业经理|店主|老板|爱人|老公|丈夫|妻子|老婆|儿子|女儿|孩子"
    "|父亲|母亲|爸爸|妈妈|[他她])(?:[的本]?(?:名字|姓名))?(?:名?叫[做作]?|是叫|姓名[是为])" + _NAME + _STOP
)
_REACHED = re.compile(
    "(?:^|[^一-鿿])"
    + _NAME
    + r"[，,、\s（(]{1,2}(?:本人)?(?:的)?(?:微信|QQ|手机|联系电话|电话|联系方式|邮箱|1[3-9]\d)",
    re.MULTILINE,
)
_FORM = re.compile(r"(?:联系人|姓名)\s?[：:]\s?" + _NAME + _STOP)
_SIGNED = re.compile(r"^\s*" + _NAME.replace("{1,2}?", "{1,2}") + r"(?:敬上|谨上|敬启|上)?\s*$", re.MULTILINE)
_CLOSING = re.compile(r"此致|敬礼|敬上|盼复|恳请|谢谢|望[^。\n]{0,16}(?:解决|答复|回复|处理)")
_ANSWER = re.compile(
    r"^\s*(?:\S{0,12}(?:答复|回复|回信)(?:内容|意见|如下|情况)?\s?[：:]|.{0,40}(?:您好|你好))", re.MULTILINE
)
_OFFICE = re.compile(r"招聘|聘用|录用|选调|任免|任职|拟任|考试|遴选|评审|专家|表彰|获奖|当选")
_ROLE = re.compile(r"(?:[局厅处科部委院所]|中心|大队|单位|工作)$")


def find_names(text: str, title: str = "", letter: bool = False) -> Iterator[tuple[int, int]]:
    """Where names of private persons stand: after the words that introduce them, and wherever they recur."""
    public = _OFFICE.search(title) is not None
    places = {found.span("name") for found in _introduced(text, letter)}
    if not public:
        places |= {*_identified(text), *_sketched(text), *rosters(text, title)}
    yield from places
    known = {text[start:end] for start, end in places if end - start > 2}
    if known:
        again = re.compile("|".join(re.escape(one) for one in sorted(known, key=len, reverse=True)))
        yield from (one.span() for one in again.finditer(text))


def _introduced(text: str, letter: bool) -> Iterator[re.Match[str]]:
    if "人" in text or "民" in text or "业主" in text or "群众" in text:
        yield from _LABELLED.finditer(text)
        yield from _SELF.finditer(text)
        yield from _PARTY.finditer(text)
        yield from _ASKS.finditer(text)
    if "我" in text:
        yield from _SPOKEN.finditer(text)
    if letter:
        yield from _in_letter(text)


def _identified(text: str) -> Iterator[tuple[int, int]]:
    """Names directly before an identity number."""
    for found in _IDENTITY.finditer(text) if "身份" in text else ():
        low = max(0, found.start() - 12)
        name = _BEFORE_IDENTITY.search(text[low : found.start()])
        if name is not None:
            yield low + name.start("name"), low + name.end("name")


def _sketched(text: str) -> Iterator[tuple[int, int]]:
    """A name with sex or age and where the person lives: 陶砚秋，男，家住…"""
    told = "住" in text or "户籍" in text or "身份证号" in text
    for lives in _LIVES.finditer(text) if told else ():
        end = lives.start() + (lives.group()[0] in "，,、 ")
        at = max(0, end - 60, text.rfind("\n", max(0, end - 60), end) + 1)
        found = _SKETCHED.search(text[at:end])
        if found is not None and (found["sketch"] or lives.group()[-1] == "住"):
            yield at + found.start("name"), at + found.end("name")


def _in_letter(text: str) -> Iterator[re.Match[str]]:
    """What only a letter shows: the form it came with, a greeting by name, the writer's signature."""
    yield from _GREETED.finditer(text)
    yield from _REACHED.finditer(text)
    if "叫" in text or "姓名" in text:
        yield from _CALLED.finditer(text)
    answer = _ANSWER.search(text)
    written = answer.start() if answer is not None and answer.start() > 0 else len(text)
    yield from _FORM.finditer(text, 0, written)
    for line in _SIGNED.finditer(text):
        before = text[max(0, line.start() - 60) : line.start()]
        if _CLOSING.search(before) and not _ROLE.search(line["name"]):
            yield line
