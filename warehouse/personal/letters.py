"""Whether a text is a letter that somebody wrote to an office: by its unit, else by its title and form.

A paper about letters, hotlines and petitions is none: 关于公布12345热线服务办法的通知.
"""

from __future__ import annotations

import re

HEAD = 600  # characters in which a letter shows its form
_ABOUT = re.compile(
    r"来信|回信|来访|来电|信箱|留言|[答致]网[民友]|答市民|网友问|"
    r"(?:咨询|投诉|求助|诉求|反映|举报|信访)[^的\n]{0,12}的?(?:答复|回复)|"
    r"(?:答复|回复)[^\n]{0,16}(?:咨询|投诉|求助|诉求|反映|来信)"
)
_ASKS = re.compile(
    r"^(?:请问|咨询|求助|投诉|举报|反映|询问|[您你]好|建议(?![书的])|我[想要的是家们]|本人)|[？?吗呢]$|怎么办$|如何办理$"
)
_PAPER = re.compile(
    r"(?:通知|公告|通告|办法|规定|条例|细则|决定|意见|方案|规划|计划|通报|报告|规程|规范|指南|要点|制度|预案|"
    r"批复|公示|章程|目录|名单|函|令|法|纪要|总结|简报|年报|标准|解读|统计|情况|启事|须知)"
    r"(?:[（(][^（()）\n]{0,30}[)）])?$"
)
_LABEL = re.compile(  # at the beginning of a line
    r"\s*(?:来信|写信|来电|来访|留言|咨询|投诉|信件|求助|诉求|反映|提问)(?:人|内容|时间|主题|标题|日期|编号|类型)?\s?[：:]"
)
_GREETS = re.compile(r"\s*(?:尊敬的|敬爱的|亲爱的)?[^\s，。：:]{0,16}[，,：:]?\s?[您你]好")
_OWN = re.compile(r"我(?![国省市县区镇乡州局厅委院校司部])|本人")
_WANTS = re.compile(
    r"请问|[？?]|[吗呢][。，]|咨询|求助|恳请|投诉|希望|[盼望请].{0,12}(?:解决|答复|回复|处理)"
)


def told_letter(unit: str) -> bool | None:
    """What a document's unit says of it; None: its title and form have to tell."""
    return True if unit == "letter" else False if unit == "service item" else None


def is_letter(text: str, title: str) -> bool:
    """The title asks or tells of a letter, or the head of the text has the form of one."""
    if _PAPER.search(title) is None:
        return _ABOUT.search(title) is not None or _ASKS.search(title) is not None or _has_form(text)
    return _labelled(text)


def _has_form(text: str) -> bool:
    """Labels as in 来信人：, or a greeting (or a short text), somebody's own words and a question."""
    if _labelled(text):
        return True
    greeted = "好" in text[:HEAD] and any(_GREETS.match(line) for line in text[:HEAD].split("\n", 3)[:3])
    own, wants = _OWN.search(text, 0, HEAD) is not None, _WANTS.search(text, 0, HEAD) is not None
    return (own or wants) if greeted else (own and wants and len(text) < HEAD)


def _labelled(text: str) -> bool:
    line = 0
    while line >= 0:
        if _LABEL.match(text, line, HEAD):
            return True
        line = text.find("\n", line, HEAD) + 1 or -1
    return False
