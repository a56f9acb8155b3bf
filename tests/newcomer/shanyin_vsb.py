"""山隐市教育局 (fictional): a bureau on VSB; older pages of a list have lower numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from html import escape

from tests.newcomer.serving import Page
from tests.newcomer.writing import Column, Paper, papers, word_file

ORGAN = "山隐市教育局"
PER_PAGE = 7
COLUMNS = (
    Column(
        "zwgk/zcwj",
        "政策文件",
        "意见",
        True,
        (
            "做好义务教育阶段招生入学工作",
            "规范校外培训机构预收费监管",
            "推进中小学课后服务提质扩面",
            "加强乡村寄宿制学校管理",
            "落实中小学生每天综合体育活动两小时",
            "完善普惠性幼儿园扶持",
            "健全家庭经济困难学生资助体系",
            "深化中等职业学校产教融合",
            "加强中小学实验教学",
            "开展校园食堂明厨亮灶提升行动",
            "统筹教师交流轮岗",
            "建设中小学心理健康服务网络",
            "改进语言文字工作",
            "强化校车安全运营",
            "推广中小学人工智能通识课程",
            "提高特殊教育学校公用经费补助",
        ),
    ),
    Column(
        "zwgk/gsgg",
        "公示公告",
        "公告",
        False,
        (
            "2026年下半年教师资格认定公告",
            "山隐市第九届教学成果奖评选结果公示",
            "民办学校年度检查结论公告",
            "关于高考期间考点周边交通管制的公告",
            "市直属学校公开招聘教师体检递补名单",
            "山隐市中小学生运动会赛程公告",
            "校服采购供应商遴选公示",
            "普通话水平测试报名公告（六月场）",
            "关于注销三家培训机构办学许可证的公告",
            "市级示范性普通高中评估结果公示",
            "学前教育专项资金分配公示",
        ),
    ),
)
PLACES = ("云台区", "临溪县", "石梁县", "高新区", "望江区")
CODES = {"zwgk/zcwj": 1033, "zwgk/gsgg": 1034}


class Shanyin:
    """The site; documents stand at `/info/1033/2456.htm`."""

    host = "jyj.shanyin.example"
    address = "http://jyj.shanyin.example/index.htm"

    def __init__(self) -> None:
        self._papers: dict[str, Paper] = {}
        for place, column in enumerate(COLUMNS):
            for paper in papers(column, ORGAN, "山教发", PLACES, 5210 + place, 320 + place):
                self._papers[f"http://{self.host}/info/{CODES[column.folder]}/{paper.number_on_site}.htm"] = (
                    paper
                )

    def papers(self) -> Mapping[str, Paper]:
        """Documents by address."""
        return self._papers

    def files(self) -> Mapping[str, tuple[str, ...]]:
        """The first file behind the system's download page, others below `__local`."""
        return {
            url: tuple(f"http://{self.host}{_file(paper, n)}" for n in range(len(paper.files)))
            for url, paper in self._papers.items()
        }

    def page(self, path: str, query: Mapping[str, str]) -> Page | None:
        """Home, lists, documents, files."""
        if path == "/robots.txt":
            return Page(b"User-agent: *\nCrawl-delay: 0\nDisallow: /system/resource/\n", "text/plain")
        if path in ("/", "/index.htm"):
            return _html("首页", self._home(), {})
        for column in COLUMNS:
            if path == f"/{column.folder}.htm":
                return self._list(column, None)
            name = path.removeprefix(f"/{column.folder}/").removesuffix(".htm")
            if path.startswith(f"/{column.folder}/") and name.isdigit():
                return self._list(column, int(name))
        url = f"http://{self.host}{path}"
        if url in self._papers:
            return self._document(self._papers[url])
        if path.startswith(("/__local/", "/system/_content/")):
            return Page(word_file(path + query.get("wbfileid", "")), "application/octet-stream")
        return None

    def _of(self, column: Column) -> list[Paper]:
        return [paper for paper in self._papers.values() if paper.column == column.folder]

    def _home(self) -> str:
        blocks = (
            f'<div class="box"><h2>{c.name}<a href="{c.folder}.htm" class="more">MORE+</a></h2><ul>'
            + "".join(
                f"<li>"
                f'<a href="info/{CODES[c.folder]}/{p.number_on_site}.htm"'
                f' title="{escape(p.title)}">{p.title}</a>'
                f"<span>[{p.published:%m/%d}]</span></li>"
                for p in self._of(c)[:5]
            )
            + "</ul></div>"
            for c in COLUMNS
        )
        return "".join(blocks)

    def _list(self, column: Column, number: int | None) -> Page | None:
        own = self._of(column)
        pages = -(-len(own) // PER_PAGE)
        if number is not None and not 1 <= number < pages:
            return None
        place = 0 if number is None else pages - number
        up = "../" if number is None else "../../"
        rows = "".join(
            f'<li id="line_u7_{n}">'
            f'<a href="{up}info/{CODES[column.folder]}/{p.number_on_site}.htm" target="_blank">'
            f"{p.title}</a><span>{p.published:%Y/%m/%d}</span></li>"
            for n, p in enumerate(own[place * PER_PAGE : (place + 1) * PER_PAGE])
        )
        body = (
            f'<div class="sub"><div class="sidenav"><a href="#">信息公开指南</a><a href="#">'
            f"依申请公开</a></div>"
            f'<div class="txtlist"><h3>{column.name}</h3>'
            f"<ul>{rows}</ul>{_pager(column, place, pages, len(own))}</div></div>"
        )
        return _html(column.name, body, {"ColumnName": column.name})

    def _document(self, paper: Paper) -> Page:
        text = "".join(
            f'<p class="vsbcontent_start" style="line-height:150%">&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>'
            for line in paper.paragraphs
        )
        links = "".join(
            f'<li>附件【<a href="{escape(_file(paper, n))}" target="_blank">{name}</a>'
            f'】已下载<span id="nattach{n}"></span>次</li>'
            for n, name in enumerate(paper.files)
        )
        body = (
            '<div class="position">当前位置: <a href="../../index.htm">首页</a>'
            " &gt;&gt; 政务公开 &gt;&gt; 正文</div>"
            f'<form name="_newscontent_fromname"><div class="content"><h1 align="center">{paper.title}</h1>'
            f'<div class="con_info">发布日期：{paper.published:%Y年%m月%d日}'
            f"　来源：{paper.issuer}　点击：["
            f'<script>_showDynClicks("wbnews", 1720, {paper.number_on_site})</script>]</div>'
            f"{_block(paper) if paper.doc_number else ''}"
            f'<div id="vsb_content"><div class="v_news_content">{text}</div></div>'
            f"{f'<ul style=list-style-type:none;>{links}</ul>' if links else ''}"
            '<p class="pn">上一条：<a href="1.htm">另一份文件</a></p><p class="pn">'
            '下一条：<a href="2.htm">又一份文件</a></p></div></form>'
        )
        told = {"ArticleTitle": paper.title, "PubDate": f"{paper.published} 08:15", "ContentSource": ""}
        meta = {"pageType": "3", "pageTitle": paper.title, **(told if paper.doc_number else {})}
        return _html(paper.title, body, meta)


def _pager(column: Column, place: int, pages: int, total: int) -> str:
    name = column.folder.rpartition("/")[2]

    def link(to: int) -> str:
        target = f"{name}.htm" if to == 0 else f"{name}/{pages - to}.htm"
        return target if place == 0 else "../" + target if to == 0 else f"{pages - to}.htm"

    numbers = "".join(
        f'<span class="p_no_d">{n + 1}</span>'
        if n == place
        else f'<span class="p_no"><a href="{link(n)}">{n + 1}</a></span>'
        for n in range(pages)
    )
    after = (
        f'<span class="p_next p_fun"><a href="{link(place + 1)}">下页</a></span>'
        f'<span class="p_last p_fun"><a href="{link(pages - 1)}">尾页</a></span>'
        if place < pages - 1
        else '<span class="p_next_d p_fun_d">下页</span><span class="p_last_d p_fun_d">尾页</span>'
    )
    before = (
        f'<span class="p_first p_fun"><a href="{link(0)}">首页</a></span><span class="p_prev p_fun">'
        f'<a href="{link(place - 1)}">上页</a></span>'
        if place
        else '<span class="p_first_d p_fun_d">首页</span><span class="p_prev_d p_fun_d">上页</span>'
    )
    return (
        '<div class="pb_sys_common"><span class="p_pages">'
        f'<span class="p_t">共{total}条</span>{before}{numbers}{after}</span></div>'
    )


def _file(paper: Paper, place: int) -> str:
    mark = hashlib.md5(f"{paper.title}{place}".encode(), usedforsecurity=False).hexdigest().upper()
    if place == 0:
        return f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1720&wbfileid={mark}"
    return f"/__local/{mark[0]}/{mark[1:3]}/{mark[3:5]}/{mark}_7F2A_3C11.docx"


def _block(paper: Paper) -> str:
    return f"""<ul class="gkxx"><li><b>索引号：</b>{paper.index_number}</li><li><b>
主题分类：</b>{paper.topic}</li>
<li><b>发布机构：</b>{paper.issuer}</li><li><b>文　号：</b>{paper.doc_number}</li>
<li><b>生成日期：</b>{paper.written:%Y-%m-%d}</li><li><b>公开日期：</b>{paper.published:%Y-%m-%d}</li></ul>"""


def _html(title: str, body: str, meta: Mapping[str, str]) -> Page:
    site = {"SiteName": ORGAN, "SiteDomain": "jyj.shanyin.example", "SiteIDCode": "3798000041"}
    metas = "\n".join(
        f'<META Name="{name}" Content="{escape(value)}" />' for name, value in {**site, **meta}.items()
    )
    menu = "".join(f'<li><a href="/{c.folder}.htm">{c.name}</a></li>' for c in COLUMNS)
    links = "".join(f'<li><a href="http://x{n}.shanyin.example/">直属学校{n}</a></li>' for n in range(10))
    return Page(
        f"""<!DOCTYPE html><HTML><HEAD><TITLE>{title}-{ORGAN}</TITLE>
<META content="text/html; charset=UTF-8" http-equiv="Content-Type">{metas}
<script type="text/javascript" src="/system/resource/js/counter.js"></script>
<LINK rel="stylesheet" type="text/css" href="/style/_sitegray/_sitegray_d.css">
<script src="/_sitegray/_sitegray.js"></script>
<link rel="stylesheet" href="/index.vsb.css"></HEAD><BODY><div class="top"><ul class="nav"><li>
<a href="/index.htm">首页</a></li>
<li><a href="/jgzn.htm">机构职能</a></li>{menu}<li><a href="/jyxw.htm">教育新闻</a></li><li>
<a href="/zxfw.htm">在线服务</a></li></ul></div>
{body}<div class="foot"><ul>{links}</ul>
<p>版权所有：{ORGAN}　地址：文昌路8号　网站标识码：3798000041</p></div></BODY></HTML>""".encode(),
        "text/html",
    )
