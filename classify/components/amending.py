"""Whether words around a title amend it: an act of this document, not a plan, a condition or a report.

对《甲》作如下修改 and 将《甲》第三条修改为 are acts anywhere. 修改《甲》, 予以修改 or 删去《甲》第三条
are acts only where the document decides them: its title is that of an amending decision, or the clause
says 决定 or 现.
"""

from __future__ import annotations

import re

_DECISION = re.compile(
    r"关于(?:公布|发布)?(?:废止|宣布失效|取消|停止执行)?[、和及]?(?:部分)?(?:修改|修订|修正)(?!后|前|的|稿|工作|完善)"
    r".*(?:决定|决议|通知|公告|通告|令)$|修正案(?:[（(][^（）()]{1,4}[）)])?$|修改的?决定$"
)
_MEMBER = r"[、和及以与]{1,2}[^。，；《\n]{0,14}《[^》\n]{1,80}》(?:\s?[（(][^（()）]{1,40}[）)])?"
_AS_FOLLOWS = (
    r"[作做]出?(?:如下|以下|部分|相应)[^。，；《]{0,6}?(?:修改|修订|修正)|(?:修改|修订|修正)(?:如下|为)|改为"
)
_FOLLOWS = re.compile(
    rf"(?:{_MEMBER}){{0,8}}(?:等[^。，；《\n]{{0,14}})?(?P<part>[^。，；《\n]{{0,48}}?)(?P<act>{_AS_FOLLOWS})"
)
_DECIDED = re.compile(
    rf"(?:{_MEMBER}){{0,8}}(?:等[^。，；《\n]{{0,14}})?(?P<part>[^。，；《\n]{{0,24}}?)"
    r"(?:予以|[作做]出|[作做]了?|进行了?)(?:了|部分|相应|必要的?)?(?:修改|修订|修正)(?!前|后|的|意见|情况|工作|时)"
)
_ARTICLE = re.compile(r"(?:\s?[（(][^（()）]{1,40}[）)])?(?:的?(?:附件|附表|名称|题目)|[^。，；《\n]{0,6}第)")
_WITHIN = re.compile(r"[^。，；《\n]{0,6}第[^。，；《\n]{1,24}?(?:中|后|之?前|之[后前])")
_OPENS = re.compile(
    r"\s*(?:第?[一二三四五六七八九十百\d]{1,5}[、.．条项]\s?|[（(][一二三四五六七八九十\d]{1,4}[）)])?\s*"
    r"(?P<verb>将|对|删去|删除|在)(?!违反|不?符合|属于)[一-鿿]{0,14}\Z"
)
_OBJECT = re.compile(r"(?:对|将|就|把|[一二三四五六七八九十\d][、.．])[^。；，\n]{0,160}\Z|\A\s*[“\"]?\Z")
_ORDERED = re.compile(r"(?:决定|现|兹)[^。；\n]{0,40}\Z")
_NOW = re.compile(r"，现(?![^。，]{0,6}征求)")
_VERB = re.compile(r"(?:修改|修订|修正)(?!前|后|的|稿)[^。，；》]{0,12}\Z")
_NO_ACT = re.compile(
    r"定期|适时|及时|抓紧|尽快|拟(?:对|修|将)|应当?|可以|建议|推动|推进|加快|组织|研究|启动|按照|依照|依据|根据"
    r"|违反|符合|提请|审议|征求|未|需要|[去昨]年|已经?(?:对|将)|若|如果"
)


def decides(title: str) -> bool:
    """The document is an amending decision by its title: 关于修改《甲》的决定, 甲法修正案（二）."""
    return "修" in title and _DECISION.search(title) is not None


def amends(text: str, start: int, end: int, decided: bool) -> bool:
    """The words around the title at start..end amend it; `decided`: the document is an amending decision."""
    right = text[end : end + 160]
    left = text[max(0, start - 160) : start]
    left = left[max(left.rfind(sign) for sign in "。；，\n") + 1 :]
    if "修" in right or "改为" in right:
        found = _FOLLOWS.match(right)
        if found is not None:
            return _OBJECT.search(left) is not None and not _NO_ACT.search(left + found["part"])
        found = _DECIDED.match(right)
        if found is not None and not _NO_ACT.search(left + found["part"]):
            return decided or _ORDERED.search(left) is not None or _NOW.match(right, found.end()) is not None
    if _VERB.search(left):
        return (decided or _ORDERED.search(left) is not None) and not _NO_ACT.search(left)
    opens = _OPENS.match(left) if decided else None
    return opens is not None and (_WITHIN if opens["verb"] == "在" else _ARTICLE).match(right) is not None
