"""海岚省水务厅 (fictional): a department on Hanweb JPAAS; lists are JSON, the disclosure block a `dl`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from tests.newcomer.serving import Page
from tests.newcomer.writing import Column, Paper, papers, word_file

ORGAN = "海岚省水务厅"
GATE = "/api-gateway/jpaas-publish-server/front/page/build/unit"
PER_PAGE = 10
WEB, SET = "5f2c1de0b7734c7f9d1a6f3f2f6c0a11", "c0ffee7d90114d2ab81f0a7e33b5d902"
COLUMNS = (
    Column(
        "col/col1229310441/index.html",
        "规范性文件",
        "通知",
        True,
        (
            "印发农村供水工程运行管理细则",
            "公布取用水管理专项整治成果",
            "下达中小河流治理年度任务",
            "加强水库大坝安全鉴定",
            "规范河道采砂许可",
            "推行水权交易试点",
            "开展水土保持监督执法专项行动",
            "调整水资源费征收标准",
            "建设智慧灌区先行县",
            "完善山洪灾害监测预警",
            "做好水利工程质量检测机构考评",
            "落实小型水库管护经费",
            "编制节水型社会建设实施方案",
            "清理整顿违规占用河湖岸线",
            "组织蓄滞洪区居民财产登记",
            "加强农业灌溉用水计量",
        ),
    ),
    Column(
        "col/col1229310442/index.html",
        "公示公告",
        "公告",
        False,
        (
            "海岚省水利工程建设监理单位资质拟批准名单公示",
            "2026年水利科技项目立项结果公告",
            "东岭水库除险加固工程初步设计批复公示",
            "关于废止一批行政许可办事指南的公告",
            "省级节水型企业复核结果公示",
            "关于举办水利造价人员继续教育的公告",
            "青龙江引水工程社会稳定风险评估公示",
            "水文情报预报成果有偿服务目录公告",
            "海岚省美丽河湖拟命名名单公示",
            "关于受理水利行业职业技能等级认定的公告",
            "南渡灌区续建配套工程招标计划公告",
            "取水许可证注销公告（第五批）",
        ),
    ),
)
PLACES = ("东岭市", "青龙江流域", "南渡县", "海港新区", "白沙市")


class Hailan:
    """The site; documents stand at `/art/2026/art_{32 hex}.html`."""

    host = "slt.hailan.example"
    address = "http://slt.hailan.example/col/col1229310441/index.html"

    def __init__(self) -> None:
        self._papers: dict[str, Paper] = {}
        for place, column in enumerate(COLUMNS):
            for paper in papers(column, ORGAN, "海水规", PLACES, 2900 + place * 400, 210 + place):
                key = hashlib.md5(f"{paper.title}".encode(), usedforsecurity=False).hexdigest()
                self._papers[f"http://{self.host}/art/{paper.published.year}/art_{key}.html"] = paper

    def papers(self) -> Mapping[str, Paper]:
        """Documents by address."""
        return self._papers

    def files(self) -> Mapping[str, tuple[str, ...]]:
        """Files by an opaque address of the gateway."""
        return {
            url: tuple(f"http://{self.host}{_file(paper, n)}" for n in range(len(paper.files)))
            for url, paper in self._papers.items()
        }

    def page(self, path: str, query: Mapping[str, str]) -> Page | None:
        """Column pages, the interface behind them, documents and files; robots.txt asks for a second."""
        if path == "/robots.txt":
            return Page(b"User-agent: *\nDisallow: /admin/\nDisallow: /jsearchfront/\n", "text/plain")
        if path == GATE:
            return self._unit(query)
        for column in COLUMNS:
            if path == f"/{column.folder}":
                return self._column(column)
        url = f"http://{self.host}{path}"
        if url in self._papers:
            return self._document(self._papers[url])
        if path.endswith("/document/download"):
            name = query.get("fileName", "")
            told = (("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name)}"),)
            return Page(word_file(name + query.get("fileUrl", "")), "application/octet-stream", told)
        return None

    def _column(self, column: Column) -> Page:
        units = "".join(
            f'<script id="u{n}" type="text/javascript" url="{GATE}" parseType="bulidstatic"'
            f' queryData="{escape(_query(column, tag), quote=False)}"></script>'
            for n, tag in enumerate(("当前位置", "栏目列表", "信息列表"))
        )
        body = (
            f'<div class="main"><div class="lm_left">栏目导航</div><div class="lm_right">{units}</div></div>'
        )
        return _html(
            column.name, body, {"ColumnName": column.name, "ColumnDescription": "", "ColumnType": "公开"}
        )

    def _unit(self, query: Mapping[str, str]) -> Page:
        column = next((c for c in COLUMNS if _page_id(c) == query.get("pageId")), None)
        if column is None or query.get("webId") != WEB or query.get("tplSetId") != SET:
            return _json({"success": False, "code": "500", "message": "参数错误", "data": None})
        if query.get("tagId") == "当前位置":
            return _answer(
                f'<div class="position"><a href="/index.html">首页</a>'
                f' &gt; <a href="/{column.folder}">{column.name}</a></div>'
            )
        if query.get("tagId") == "栏目列表":
            rows = "".join(f'<li><a href="/{c.folder}">{c.name}</a></li>' for c in COLUMNS)
            return _answer(
                f'<ul class="nav">{rows}<li><a href="/col/col1229310499/index.html">水利视频</a></li></ul>'
            )
        number = int(json.loads(query.get("paramJson") or "{}").get("pageNo", 1))
        return _answer(self._rows(column, number))

    def _rows(self, column: Column, number: int) -> str:
        own = [(url, paper) for url, paper in self._papers.items() if paper.column == column.folder]
        rows = "".join(
            f'<li class="cf">'
            f'<a href="{url.removeprefix(f"http://{self.host}")}"'
            f' title="{escape(paper.title)}" target="_blank">'
            f"{paper.title[:18]}{'…' * (len(paper.title) > 18)}</a><b>{paper.published:%Y-%m-%d}</b></li>"
            for url, paper in own[(number - 1) * PER_PAGE : number * PER_PAGE]
        )
        return (
            f'<div class="list"><ul class="cf">{rows}</ul></div><div id="pg" class="pagination" '
            f'currPage="{number}" pageSize="{PER_PAGE}" count="{len(own)}" pageId="{_page_id(column)}"></div>'
        )

    def _document(self, paper: Paper) -> Page:
        text = "".join(
            f'<p style="text-indent:2em"><span style="font-family: 仿宋_GB2312">{line}</span></p>'
            for line in paper.paragraphs
        )
        links = "".join(
            f'<li><a href="{escape(_file(paper, n))}" target="_blank">{name}</a></li>'
            for n, name in enumerate(paper.files)
        )
        body = (
            f'<div class="wz"><a href="/index.html">首页</a>'
            f" &gt; 政务公开</div>{_block(paper) if paper.doc_number else ''}"
            f'<div class="article"><p class="tit">{paper.title}</p>'
            f'<div class="source">日期：{paper.published} 10:0{paper.number_on_site % 10}'
            f'　来源：{paper.issuer}　浏览量：<span id="hits">12</span></div>'
            f'<div id="zoom"><!--ZJEG_RSS.content.begin-->{text}<!--ZJEG_RSS.content.end--></div>'
            f"{f'<ul class=fj>{links}</ul>' if links else ''}"
            '<div class="dy"><a href="javascript:window.print()">打印</a>'
            ' <a href="javascript:window.close()">关闭</a></div></div>'
        )
        meta = {
            "ColumnName": next(c.name for c in COLUMNS if c.folder == paper.column),
            "ArticleTitle": paper.title,
            "PubDate": f"{paper.published} 10:0{paper.number_on_site % 10}:00" if paper.doc_number else "",
            "ContentSource": "本站原创" if paper.doc_number else "",
            "Url": "",
        }
        return _html(paper.title, body, meta)


def _page_id(column: Column) -> str:
    return hashlib.md5(column.folder.encode(), usedforsecurity=False).hexdigest()


def _query(column: Column, tag: str) -> str:
    return (
        f"{{'parseType':'bulidstatic','webId':'{WEB}','tplSetId':'{SET}','pageType':'column',"
        f"'tagId':'{tag}','editType':'null','pageId':'{_page_id(column)}'}}"
    )


def _file(paper: Paper, place: int) -> str:
    opaque = hashlib.md5(f"{paper.title}{place}".encode(), usedforsecurity=False).hexdigest()
    name = quote(paper.files[place])
    return f"/api-gateway/jpaas-publish-server/front/document/download?fileUrl={opaque}&fileName={name}"


def _block(paper: Paper) -> str:
    pairs = (
        ("索 引 号", paper.index_number),
        ("主题分类", paper.topic),
        ("发布机构", paper.issuer),
        ("文　　号", paper.doc_number),
        ("成文日期", f"{paper.written}"),
        ("公开日期", f"{paper.published}"),
        ("效力状态", "有效"),
    )
    return (
        '<div class="xxgkml">'
        + "".join(f"<dl><dt>{name}：</dt><dd>{value}</dd></dl>" for name, value in pairs)
        + "</div>"
    )


def _answer(html: str) -> Page:
    return _json({"success": True, "code": "200", "message": "操作成功", "data": {"html": html}})


def _json(value: object) -> Page:
    return Page(json.dumps(value, ensure_ascii=False).encode(), "application/json;charset=UTF-8")


def _html(title: str, body: str, meta: Mapping[str, str]) -> Page:
    site = {"SiteName": ORGAN, "SiteDomain": "slt.hailan.example", "SiteIDCode": "4798000023"}
    metas = "".join(
        f'<meta content="{escape(value)}" name="{name}"/>' for name, value in {**site, **meta}.items()
    )
    menu = "".join(
        f'<li><a href="{address}">{name}</a></li>'
        for name, address in (
            ("首页", "/index.html"),
            ("机构概况", "/col/col1229310401/index.html"),
            *((c.name, f"/{c.folder}") for c in COLUMNS),
            ("办事服务", "https://www.zwfw.example/"),
            ("互动交流", "/col/col1229310460/index.html"),
        )
    )
    links = "".join(f'<a href="http://slj{n}.hailan.example/">某市水务局{n}</a>' for n in range(14))
    return Page(
        f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{ORGAN} {title}</title>{metas}
<script src="/script/0/hanweb.js"></script></head><body><header><ul class="menu">{menu}</ul></header>
{body}<footer><div class="links">{links}</div>
<p>主办单位：{ORGAN}　网站标识码：4798000023　<a href="/art/about.html">网站声明</a></p>
</footer></body></html>""".encode(),
        "text/html;charset=UTF-8",
    )
