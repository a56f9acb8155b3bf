"""Sentences that no summary should hold: how to reach an office, who signed, what every page of a site has.

Most sentences hold none of the words in question, which are looked up as plain strings first.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"[*>#\s-]*(?:(?:tel(?:ephone)?|phone|fax|e-?mail|address|website|contact(?: us| details| information)?"
    r"|media|press|public enquiries|out of hours|media (?:enquiries|contact)"
    r"|press (?:enquiries|office|contact)|notes? to editors|twitter|follow us|further information"
    r"|share this|about the author|see also|resources|references|table of contents|images?|videos?|photos?"
    r"|(?:related |background |supporting )?(?:documents?|downloads?|links|information))"
    r"[^.:]{0,24}(?::|$)|for further information contact|billing code|\[?fr doc|dated:|signed at\b)",
    re.IGNORECASE,
)
_HINTS = (
    "contact",
    "@",
    "/s/",
    "further information",
    "more information",
    "hone",
    "fax",
    "tel",
    "external link",
)
_INSIDE = re.compile(
    r"@\w+\.\w|mailto:|/s/|\bfor (?:further|more) information,? (?:please )?(?:contact|call|visit|see)"
    r"|\b(?:please|to) (?:contact|call|e-?mail|telephone)\b"
    r"|\b(?:tel(?:ephone)?|phone|fax)\.?(?: (?:no\.?|number))?:? ?\+?\(?\d[\d ()-]{5,}|\(external link",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"[(0-9](?:(?<=\()\d{3}\) ?\d{3}[-–]\d{4}\b|(?<!\d\d)\d{2}[-–.]\d{3}[-–.]\d{4}\b"
    r"|(?<=0)(?<!\d0)\d{2,4} \d{3,4} ?\d{3,4}\b)"
)
_SIGNED = re.compile(
    r"By (?:order|direction) of\b"
    r"|(?:(?:Acting|Deputy|Assistant|Associate|Principal|Regional|Under|Chief|Executive|General) )*"
    r"(?:Director|Administrator|Secretary|Commissioner|Officer|Counsel|Manager)(?:,| for| of)\b"
    r"(?!.*\b(?:shall|must|will|is|are|has|have|may|was|were|said|says)\b)"
)
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)|https?://\S+")
_LEAST_OUTSIDE = 30  # characters of a sentence of links that are not linked
_LABEL = re.compile(
    r"(?:联\s?系\s?人|联系电话|联系方式|咨询电话|举报电话|监督电话|电\s{0,4}话|传\s{0,4}真|手\s{0,4}机"
    r"|邮\s{0,4}箱|电子邮[件箱]|邮\s{0,4}编|邮政编码|通[讯信]地址|联系地址|地\s{0,4}址|网\s{0,4}址|主办单位"
    r"|责任编辑|(?<![一-鿿])来源)\s?[：:]"
)
_BEGINS = re.compile(r"联\s?系\s?人|抄\s?[送报]|附\s?件|附[：:]|[（(](?:此件|联系|印发)")
_PAGE_WORDS = ("分享到", "ICP备", "网站标识码", "扫一扫", "打印本页", "关闭窗口", "责任编辑", "@")
_ISSUED = re.compile(r"(?:办公[厅室]|秘书处|局|委员会)\s{0,6}(?:20\d\d年.{2,8})?印发[。]?$")


def is_boilerplate(text: str, language: str) -> bool:
    """Whether a sentence is a contact, a signature, a link or what every page repeats."""
    if not language.startswith("en"):
        return _is_chinese(text)
    lowered = text.lower()
    return (
        _OPENING.match(text) is not None
        or _SIGNED.match(text) is not None
        or _TELEPHONE.search(text) is not None
        or (any(hint in lowered for hint in _HINTS) and _INSIDE.search(text) is not None)
        or (("](" in text or "http" in text) and len(_LINK.sub("", text).strip(" *>-.#")) < _LEAST_OUTSIDE)
    )


def _is_chinese(text: str) -> bool:
    if _BEGINS.match(text) is not None or any(word in text for word in _PAGE_WORDS):
        return True
    labelled = ("：" in text or ":" in text) and _LABEL.search(text) is not None
    return labelled or ("印发" in text[-4:] and _ISSUED.search(text, max(0, len(text) - 40)) is not None)
