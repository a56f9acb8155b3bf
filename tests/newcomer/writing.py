"""What the newcomer sites publish: documents as data, each with a text of its own, written from a seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

NEWEST = date(2026, 5, 29)  # the sample clock stands on 1 June 2026


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as it truly is; the sites only dress it."""

    column: str
    number_on_site: int
    title: str
    published: date
    issuer: str
    paragraphs: tuple[str, ...]
    doc_number: str | None = None
    index_number: str | None = None
    written: date | None = None
    topic: str | None = None
    files: tuple[str, ...] = ()  # names as printed


@dataclass(frozen=True, slots=True)
class Column:
    """A list of a site: what it is called and what is published there."""

    folder: str
    name: str
    kind: str  # the last word of its titles
    numbered: bool  # whether its documents carry a document number and a disclosure table
    subjects: tuple[str, ...]


SENTENCES = (
    "为进一步做好{s}，结合{p}实际，经研究，现就有关事项通告如下。",
    "{p}前三个季度累计投入{a}万元，用于{s}所需的设备、场地和人员培训。",
    "各有关单位要在{m}月{d}日前完成自查，形成书面材料，一式{k}份报送经办科室。",
    "对{s}中发现的{b}处问题，实行台账管理，逐项明确责任人和完成时限。",
    "经现场核验，{p}的{k}个点位符合要求，其余{c}个点位应当在{k}个工作日内整改到位。",
    "鼓励社会力量参与{s}，对表现突出的{k}家单位给予一次性奖补，标准为每家{c}元。",
    "申请人可以通过政务服务窗口或者手机端提交材料，受理时限由{b}个工作日压缩为{k}个工作日。",
    "本次安排涉及{c}户居民，其中{p}占{b}%，资金由县级财政和上级补助共同承担。",
    "对逾期未办理的，由主管部门书面催告；催告后{b}日内仍未办理的，依法处理。",
    "值班电话为0971-88{c}，工作日上午九时至下午五时半有人接听。",
    "{p}已连续{k}年开展{s}，群众满意率由{b}%提高到九成以上。",
    "专家组听取汇报、查阅资料并抽查了{k}个项目，形成评审意见{b}条。",
    "财政、审计等部门按照职责分工，对{s}的资金使用情况开展全过程监督。",
    "涉及管线迁改的，施工单位应当提前{k}天书面告知产权单位，并设置不少于{b}块警示标志。",
    "自{m}月{d}日起，{p}实行新的办理流程，原有表格同时停止使用。",
    "截至上月末，{s}已覆盖{b}个村和{k}个社区，登记在册人员{c}名。",
    "对不符合条件的申请，经办机构应当一次性告知理由，并退回全部材料。",
    "本办法所称补助对象，是指在{p}连续居住{k}年以上并完成登记的人员。",
    "第{k}批名单公示期为{b}日，公示期间如有异议，请以书面形式实名反映。",
    "气象部门预计{m}月中下旬有{k}次明显降水过程，请{p}提前检查排水设施。",
    "项目建成后预计每年可减少支出{a}万元，服务半径扩大到{b}公里。",
    "学校、医院和养老机构应当在{m}月底前各组织一次演练，参加人数不少于{b}人。",
)


def papers(
    column: Column, organ: str, word: str, places: Sequence[str], first: int, seed: int
) -> list[Paper]:
    """The documents of one column, newest first, `first` the number of its newest on the site."""
    dice = random.Random(seed)
    day = NEWEST - timedelta(days=dice.randint(0, 3))
    made = []
    for place, subject in enumerate(column.subjects):
        made.append(_paper(column, organ, word, places, (first - place * 3, day, subject), dice))
        day -= timedelta(days=dice.randint(2, 9))
    return made


def _paper(
    column: Column,
    organ: str,
    word: str,
    places: Sequence[str],
    item: tuple[int, date, str],
    dice: random.Random,
) -> Paper:
    number, day, subject = item
    written = day - timedelta(days=dice.randint(1, 6)) if column.numbered else None
    serial = number % 90 + 3
    text = [
        _filled(sentence, subject, places, dice) for sentence in dice.sample(SENTENCES, dice.randint(4, 8))
    ]
    if column.numbered and written:
        text = [
            "各乡镇人民政府，各有关单位：",
            *text,
            organ,
            f"{written.year}年{written.month}月{written.day}日",
        ]
    files = tuple(
        f"{dice.choice(('附件', '附表'))}{n + 1}：{subject[:12]}"
        f"{dice.choice(('明细表', '申请表', '任务分工'))}.docx"
        for n in range(dice.choice((0, 0, 1, 2)) if column.numbered else dice.choice((0, 0, 0, 1)))
    )
    return Paper(
        column=column.folder,
        number_on_site=number,
        title=f"{organ}关于{subject}的{column.kind}" if column.numbered else subject,
        published=day,
        issuer=organ,
        paragraphs=tuple(text),
        doc_number=f"{word}〔{written.year}〕{serial}号" if written else None,
        index_number=f"01{number % 89 + 10}2345-{dice.randint(1, 9)}/{day.year}-{number:05d}"
        if written
        else None,
        written=written,
        topic=dice.choice(("城乡建设、环境保护", "民政、扶贫、救灾", "劳动、人事、监察", "农业、林业、水利"))
        if written
        else None,
        files=files,
    )


def _filled(sentence: str, subject: str, places: Sequence[str], dice: random.Random) -> str:
    return sentence.format(
        s=subject,
        p=dice.choice(places),
        a=dice.randint(120, 9800),
        b=dice.randint(5, 60),
        c=dice.randint(1000, 9999),
        d=dice.randint(1, 28),
        k=dice.randint(2, 9),
        m=dice.randint(6, 12),
    )


def word_file(text: str) -> bytes:
    """A small Word file that holds one sentence."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        parts.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}"><w:body><w:p><w:r>'
            f"<w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        )
    return packed.getvalue()
