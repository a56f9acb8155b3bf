"""Invented titles, numbers and texts in the manner of Chinese offices; places and bodies are fictional."""

from __future__ import annotations

import random

PLACES = (
    *("临岚市", "沙渡市", "南屿市", "云汀区", "石埭县", "青浦沟区", "鹤栖市", "白芷县", "归流区", "澄湖市"),
    *("望岫县", "松洲市", "砚溪区", "禾埂县", "长汀渡市", "东篱区", "枫岭市", "雁矶县", "柏泉区", "芦塘市"),
)
BODIES = (
    ("教育局", "教"),
    ("财政局", "财"),
    ("住房和城乡建设局", "建"),
    ("生态环境局", "环"),
    ("人力资源和社会保障局", "人社"),
    ("交通运输局", "交"),
    ("农业农村局", "农"),
    ("民政局", "民"),
    ("水利局", "水"),
    ("文化和旅游局", "文旅"),
    ("市场监督管理局", "市监"),
    ("卫生健康委员会", "卫健"),
)
_MATTERS = (
    *("老旧小区改造", "小微企业融资担保", "义务教育招生", "农村危房整治", "公共租赁住房分配", "城市内涝治理"),
    *(
        "养老服务补贴",
        "职业技能培训",
        "大气污染防治",
        "河道清淤",
        "高标准农田建设",
        "公交线路优化",
        "非遗传承",
    ),
    *(
        "食品安全抽检",
        "政府采购",
        "防汛抗旱",
        "森林防火",
        "残疾人就业",
        "医疗保障",
        "科技成果转化",
        "燃气安全",
    ),
    *(
        "秸秆综合利用",
        "冬季清洁取暖",
        "停车设施",
        "校园周边交通",
        "招标投标",
        "乡村客运",
        "预付卡管理",
        "档案移交",
    ),
)
_FORMS = (
    "关于印发《{place}{matter}工作实施方案》的通知",
    "关于进一步做好{matter}工作的通知",
    "关于开展{year}年度{matter}专项检查的通知",
    "关于{matter}项目资金使用情况的公告",
    "关于下达{year}年第{n}批{matter}补助资金的通知",
    "{place}{body}关于{matter}有关事项的通告",
    "关于公布{matter}示范单位名单（第{n}批）的公告",
    "关于修订{matter}管理办法的意见",
    "{matter}情况通报（{year}年第{n}期）",
    "关于调整{matter}工作领导小组成员的通知",
)
_OPENINGS = (
    "各镇人民政府、街道办事处，各有关单位：",
    "各科室、直属单位，辖区内有关企业：",
    "为规范{matter}管理，现就有关事项公告如下。",
)
_SENTENCES = (
    "各单位要把{matter}列入年度重点任务，明确一名负责人和一名联络员，于{month}月{day}日前报送名单",
    "对排查出的{count}处问题逐项登记，能当场整改的立即整改，一时难以整改的要列出时限和责任人",
    "补助标准为每户{money}元，由{place}{body}按季度审核，经公示无异议后拨付",
    "本年度计划完成{count}个点位，其中城区{part}个，其余安排在乡镇，不得随意变更",
    "申请材料应当齐全真实，受理窗口自收到之日起{days}个工作日内作出答复",
    "资金实行专账核算，任何单位不得截留、挤占，{place}{body}将会同审计部门抽查",
    "上年度{matter}覆盖率为{part}%，今年力争达到{share}%，各地目标分解见附表",
    "宣传时要讲清政策条件和办理流程，让群众少跑腿，咨询窗口工作日全天开放",
    "遇有暴雨、大雾等恶劣天气，作业单位应当暂停施工并撤离人员，恢复前须经复核",
    "评审采取书面与现场相结合的方式进行，专家组由{days}人组成，实行回避制度",
    "凡未按期完成的，在全系统通报，并扣减下一年度{matter}安排额度",
    "鼓励社会力量参与{matter}，符合条件的可按规定申请以奖代补",
)
_ENDINGS = (
    "特此通知。",
    "特此公告。",
    "本通知自印发之日起施行，有效期{days}年。",
    "请结合实际认真贯彻执行。",
)


def title(dice: random.Random, place: str, body: str, year: int, serial: int) -> str:
    """A title; the serial number of its office tells apart those of one form."""
    return dice.choice(_FORMS).format(
        place=place, body=body, matter=dice.choice(_MATTERS), year=year, n=serial % 40 + 1
    )


def paragraphs(dice: random.Random, place: str, body: str, signed: str) -> tuple[str, ...]:
    """A text of three to eighteen paragraphs that ends with its office and day."""
    matter = dice.choice(_MATTERS)
    count = dice.choice((1, 2, 3, 3, 4, 5, 6, 8, 14))
    lines = [dice.choice(_OPENINGS).format(matter=matter)]
    for number in range(count):
        said = "；".join(_sentence(dice, place, body, matter) for _ in range(dice.randint(1, 4)))
        lines.append(f"{_ordinal(number)}、{said}。")
    lines.append(dice.choice(_ENDINGS).format(days=dice.randint(1, 5)))
    return (*lines, f"{place}{body}", signed)


def lines(dice: random.Random, place: str, body: str, count: int) -> tuple[str, ...]:
    """The lines of an attached file."""
    matter = dice.choice(_MATTERS)
    return tuple(f"{number + 1}. {_sentence(dice, place, body, matter)}。" for number in range(count))


def _sentence(dice: random.Random, place: str, body: str, matter: str) -> str:
    part = dice.randint(31, 78)
    return dice.choice(_SENTENCES).format(
        matter=matter,
        place=place,
        body=body,
        month=dice.randint(1, 12),
        day=dice.randint(1, 28),
        count=dice.randint(80, 460),
        money=dice.randint(3, 90) * 100,
        part=part,
        days=dice.randint(3, 15),
        share=part + dice.randint(3, 20),
    )


def _ordinal(number: int) -> str:
    digits = "一二三四五六七八九十"
    return digits[number] if number < 10 else f"十{digits[number - 10]}"
