"""Whether a document says what it is about at all: a notice of 某事项 with no text names its issuer alone."""

from __future__ import annotations

import re

from classify.components.state import Findings, Votes

NO_SUBJECT = "topic: neither title nor text says what it is about; the issuer alone is no evidence"
HEAD = 400  # so many characters of title and text are looked at
# Words of papers as such, which stand in documents of every subject.
_FILLER = re.compile(
    r"关于|印发|转发|批转|下发|公布|发布|颁布|开展|做好|进一步|加强|切实|推进|落实|贯彻|执行|实行|实施|修订|修改|"
    r"有关|相关|若干|具体|本次|此次|上述|以下|如下|详见|参见|附件|附后|附表|正文|内容|全文|标题|文件|材料|"
    r"工作|事项|事宜|问题|情况|要点|意见|通知|通告|通报|公告|公报|决定|决议|命令|指示|请示|报告|批复|答复|复函|来函|"
    r"议案|纪要|说明|办法|规定|细则|方案|计划|规划|要求|措施|名单|清单|目录|年度|各地|各部门|各单位|"
    r"第?[〇零一二三四五六七八九十百\d]+[年月日号次批条]?|[的了和与及等为将在对于年月日号第见附某令函请你我贵各本该现]"
)
# 国家林业和草原局公告（2020年第19号）: by its form such a title is whole, and its issuer tells the field.
_NUMBERED = re.compile(
    r"(?:公告|令)\s?[（(〔\[]?(?:\d{4}年?)?[〕\])）]?\s?第\s?[\d〇一二三四五六七八九十百]{1,6}号"
)
_WORD = re.compile(r"[一-鿿]{2,}|[^\W\d_一-鿿]{3,}")


def has_subject(state: Findings, votes: Votes) -> bool:
    """Whether a term, or a word of title, text or attachment beside those of papers and issuers, says it."""
    if any(spoken[0] != "issuer" for given in votes.spoke.values() for _, spoken in given):
        return True
    document = state.document
    if _NUMBERED.search(document.title[:HEAD]):
        return True
    texts = (document.title, "\n".join(document.paragraphs[:20]), *state.stored.attachment_texts[:1])
    return any(_speaks(state, text[:HEAD]) for text in texts)


def _speaks(state: Findings, text: str) -> bool:
    for label in state.departments[:3]:
        for name in (label.name, *(one.text for one in label.evidence)):
            text = text.replace(name, "\n") if name else text
    return bool(_WORD.search(_FILLER.sub("\n", text)))
