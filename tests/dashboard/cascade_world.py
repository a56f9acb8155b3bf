"""An upper document with followers of every kind, for the pages of cascades and networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from classify.network import update_networks
from tests.dashboard.papers import FIRST_DAY, SOURCES, Paper
from tests.dashboard.publication_fixture import library, take_in
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_sources
from warehouse.publish import publish

KEPT = (
    "新建居住小区按照每百户不低于三十平方米配建社区食堂用房，与住宅同步规划同步验收。",
    "社区食堂每日公布菜品价格和食材来源，监控录像保存不少于九十日，随时接受家属查看。",
    "经济困难的高龄老年人就餐的，由财政按照每人每餐不低于八元给予补贴，按月结算。",
    "对虚报人数套取补贴的机构全额追回资金，三年内不得再次申请各类扶持资金。",
)
DROPPED = "配送老人的送餐车辆统一喷涂标识并安装卫星定位终端。"
ADDED = "山区乡镇可以由邻里互助员每周上门送餐两次并做好登记。"
DUTY = "各市民政局应当于2026年6月20日前报送社区食堂实施方案。"


def province(
    key: str, title: str, text: Sequence[str], day: date, number: str | None = None, **more: Any
) -> Paper:
    """A paper of the province's department of civil affairs."""
    return Paper("t-civil", key, title, tuple(text), day, number, **more)


def city(key: str, title: str, text: Sequence[str], day: date, number: str, **more: Any) -> Paper:
    """A paper of the city's government."""
    return Paper("t-city", key, title, tuple(text), day, number, body="xs-1001-gov", **more)


NUMBER = "云民发〔2026〕60号"
PLAN = province(
    "c1", "云河省民政厅关于发展社区食堂服务的意见", (*KEPT, DROPPED, DUTY), date(2026, 3, 1), NUMBER,
    duty=DUTY, due=date(2026, 6, 20),
)  # fmt: skip
CITY = city(
    "c2", "澜江市人民政府关于发展社区食堂服务的实施意见",
    (
        "按照云民发〔2026〕60号的要求，开办社区食堂。",
        KEPT[0].replace("三十平方米", "四十平方米"),
        KEPT[1],
        ADDED,
    ),
    date(2026, 4, 10), "澜府发〔2026〕60号", cites=NUMBER,
)  # fmt: skip
ALIKE = city(
    "c3", "澜江市老年助餐点管理办法",
    ("现就助餐点管理规定如下。", *(one.replace("不低于", "不少于") for one in KEPT)),
    date(2026, 5, 2), "澜府发〔2026〕61号",
)  # fmt: skip
EXPLAINED = province(
    "c4", "一图读懂：发展社区食堂服务", ("对云民发〔2026〕60号的解读：补贴按月结算，录像保存九十日。",),
    date(2026, 3, 5), cites=NUMBER,
)  # fmt: skip
DRAFT = province(
    "c5", "云河省民政厅关于征求《关于发展社区食堂服务的意见（征求意见稿）》意见的函",
    ("请于2月10日前反馈。",), date(2026, 1, 20),
)  # fmt: skip
REPEAL = province(
    "c6", "云河省民政厅关于废止部分文件的决定", ("废止云民发〔2026〕60号。",), date(2026, 5, 25),
    repeals=NUMBER,
)  # fmt: skip
HOSTILE = city(
    "c7", '<img src=x onerror="window.pwn=1">关于社区食堂的通知',
    ("落实云民发〔2026〕60号，<script>window.pwn=1</script>开办食堂。",), date(2026, 4, 20),
    "澜府发〔2026〕62号", cites=NUMBER,
)  # fmt: skip
PAPERS = (PLAN, CITY, ALIKE, EXPLAINED, DRAFT, HOSTILE)


def cascade_home(folder: Path, *more: Paper, reuse: str = "full") -> Home:
    """A published library with the cascade of PLAN; `reuse`: how much of the city's texts may be shown."""
    made = library(folder)
    take_in(made, (*FIRST_DAY, *PAPERS, *more), "run-cascade")
    city = next(one for one in SOURCES if one.source_id == "t-city")
    with Warehouse.open(made) as warehouse:
        ingest_sources(warehouse, [replace(city, reuse=reuse)])
    publish(made, networks=update_networks)
    return made
