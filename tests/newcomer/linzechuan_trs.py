"""临泽川县 (fictional): a county's portal on TRS, in GBK, with a padded disclosure table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tests.newcomer.serving import Page
from tests.newcomer.writing import Column, Paper, papers, word_file

ORGAN = "临泽川县人民政府办公室"
PER_PAGE = 8
COLUMNS = (
    Column(
        "zwgk/zcwj",
        "政策文件",
        "通知",
        True,
        (
            "做好2026年度防汛抗旱工作",
            "调整县城公共停车泊位收费",
            "开展农村宅基地审批自查",
            "实施高标准农田改造提升项目",
            "加强校园周边食品摊点管理",
            "推进老旧小区供热管网更新",
            "规范临时救助审核确认",
            "做好夏季森林草原防火",
            "修订县级储备粮轮换流程",
            "建立困难残疾人两项补贴动态调整机制",
            "清理规范涉企保证金",
            "开展自建房安全隐患回头看",
            "划定畜禽养殖禁养区",
            "做好春耕农资保供",
            "组建县级应急救援队伍",
            "公布第三批县级文物保护单位",
            "优化城乡公交线路",
            "加强集中式饮用水水源地保护",
        ),
    ),
    Column(
        "zwgk/tzgg",
        "通知公告",
        "公告",
        False,
        (
            "临泽川县2026年公开招聘城市社区工作者公告",
            "关于城西片区计划停水的通告",
            "临泽川县第二批小额贷款贴息拟补助名单公示",
            "关于县道X412线封闭施工的通告",
            "临泽川县国有土地使用权挂牌出让结果",
            "关于征集营商环境问题线索的启事",
            "临泽川县生活垃圾填埋场封场工程环评公示",
            "关于启用新版电子印章的公告",
            "农贸市场摊位租赁竞价公告",
            "关于县体育馆低免开放时间调整的公告",
        ),
    ),
    Column(
        "xwzx/bmdt",
        "部门动态",
        "",
        False,
        (
            "县医院新院区门诊楼正式投用",
            "我县举办返乡人员专场招聘会",
            "南河湿地监测到珍稀候鸟二百余只",
            "县图书馆夜间开放受欢迎",
            "电商直播间搬进苹果园",
            "十二个村集体经济项目签约",
        ),
    ),
)
PLACES = ("城关镇", "南河乡", "北塬镇", "石门街道", "柳树湾镇")


_PINNED = (  # an old document on top, and a link that leaves the site
    '<li class="top"><span>置顶</span><a href=".{0}" title="{1}">{1}</a></li>'
    '<li><span>2026-05-30</span><a href="http://www.shengzhengfu.example/gb/t20260530_9.html">省人民政府公报2026年第10期</a></li>'
)


class Linzechuan:
    """The site; addresses as TRS makes them: `zwgk/zcwj/202605/t20260527_4711.html`."""

    host = "www.linzechuan.example"
    address = "http://www.linzechuan.example/"

    def __init__(self) -> None:
        self._papers: dict[str, Paper] = {}
        for place, column in enumerate(COLUMNS):
            organ = ORGAN if column.numbered else "县融媒体中心" if place == 2 else "临泽川县政务公开办"
            for paper in papers(column, organ, "临政办发", PLACES, 48120 + place * 700, 100 + place):
                name = (
                    f"{column.folder}/{paper.published:%Y%m}/t{paper.published:%Y%m%d}_{paper.number_on_site}"
                )
                self._papers[f"http://{self.host}/{name}.html"] = paper

    def papers(self) -> Mapping[str, Paper]:
        """Documents by address."""
        return self._papers

    def files(self) -> Mapping[str, tuple[str, ...]]:
        """Word files lie beside the page, named P0 and digits."""
        return {
            url: tuple(f"{url.rpartition('/')[0]}/{_file(paper, n)}" for n in range(len(paper.files)))
            for url, paper in self._papers.items()
        }

    def page(self, path: str, query: Mapping[str, str]) -> Page | None:
        """Home, lists, documents and files; there is no robots.txt."""
        if path in ("/", "/index.html"):
            return _html("首页", self._home(), {"ColumnName": ""})
        for column in COLUMNS:
            name = path.removeprefix(f"/{column.folder}/")
            if path.startswith(f"/{column.folder}/") and (not name or name.startswith("index")):
                return self._list(column, name or "index.html")
        url = f"http://{self.host}{path}"
        if url in self._papers:
            return self._document(self._papers[url])
        for owner, addresses in self.files().items():
            if url in addresses:
                return Page(
                    word_file(self._papers[owner].files[addresses.index(url)] + self._papers[owner].title),
                    "application/msword",
                )
        return None

    def _of(self, column: Column) -> list[tuple[str, Paper]]:
        return [(url, paper) for url, paper in self._papers.items() if paper.column == column.folder]

    def _home(self) -> str:
        blocks = []
        for column in COLUMNS:
            rows = "".join(
                f"<li>"
                f'<a href="./{url.split("/", 3)[3]}" title="{escape(paper.title)}">{paper.title[:16]}…</a>'
                f"<em>{paper.published:%m-%d}</em></li>"
                for url, paper in self._of(column)[:6]
            )
            blocks.append(
                f'<div class="tab"><h3><a href="./{column.folder}/">{column.name}</a>'
                f'<a class="more" href="./{column.folder}/">更多&gt;&gt;</a></h3><ul>{rows}</ul></div>'
            )
        return "<div class='banner'><img src='./images/top.jpg'></div>" + "".join(blocks)

    def _list(self, column: Column, name: str) -> Page | None:
        stem = name.removesuffix(".html").removeprefix("index").removeprefix("_")
        if not (stem == "" or stem.isdigit()) or stem == "0":
            return None
        number, rows = int(stem or 0), self._of(column)
        pages = -(-len(rows) // PER_PAGE)
        if number >= pages:
            return None
        shown = "\n".join(
            f'<li><span>{paper.published:%Y-%m-%d}</span><a href=".{url.split(column.folder, 1)[1]}" '
            f'target="_blank" title="{escape(paper.title)}">'
            f"{paper.title[:22]}{'...' * (len(paper.title) > 22)}</a></li>"
            for url, paper in rows[number * PER_PAGE : (number + 1) * PER_PAGE]
        )
        shown = (
            _PINNED.format(rows[-1][0].split(column.folder, 1)[1], rows[-1][1].title) if not number else ""
        ) + shown
        body = (
            f'<div class="left_menu"><ul>{_menu()}</ul></div><div class="zfxxgk_list"><h2>{column.name}</h2>'
            f'<ul class="doc_list">{shown}</ul>'
            f'<div class="page"><script>createPageHTML({pages}, {number}, "index", "html");</script>'
            f"</div></div>"
        )
        return _html(column.name, body, {"ColumnName": column.name, "ColumnType": "政策"})

    def _document(self, paper: Paper) -> Page:
        text = "".join(f'<p style="text-indent: 2em;">　　{line}</p>\n' for line in paper.paragraphs)
        links = "".join(
            f'<p>　　<a href="./{_file(paper, n)}" oldsrc="W0{n}.docx">{name}</a></p>'
            for n, name in enumerate(paper.files)
        )
        body = (
            f'<div class="crumbs">您的位置：<a href="../../../">首页</a>'
            f' &gt; <a href="../">{paper.column}</a></div>'
            f"{_table(paper) if paper.doc_number else ''}"
            f'<div class="article"><h1>{_broken(paper)}</h1><div class="info">'
            f"<span>发布时间：{paper.published} 09:3{paper.number_on_site % 10}</span>"
            f"<span>来源：{paper.issuer}</span><span>字号：[<a href='javascript:doZoom(18)'>大</a>"
            f" 中 小]</span></div>"
            f'<div class="view TRS_UEDITOR trs_paper_default trs_web">'
            f'<div class="TRS_Editor">{text}{links}</div></div>'
            '<div class="share">分享到：<a href="javascript:;">微信</a></div>'
            '<div class="xglj"><h4>相关链接</h4><ul><li><a href="http://www.xiangguan.example/">上级解读</a></li></ul></div></div>'
        )
        meta = {
            "ColumnName": next(c.name for c in COLUMNS if c.folder == paper.column),
            **({"ArticleTitle": paper.title} if paper.doc_number else {}),
            "PubDate": f"{paper.published} 09:3{paper.number_on_site % 10}",
            "ContentSource": paper.issuer,
            "Keywords": "",
            "Author": "",
        }
        return _html(paper.title, body, meta)


def _broken(paper: Paper) -> str:
    """A long title stands in two lines."""
    half = len(paper.title) // 2
    return f"{paper.title[:half]}<br/>{paper.title[half:]}" if half > 10 else paper.title


def _file(paper: Paper, place: int) -> str:
    return f"P0{paper.published:%Y%m%d}{paper.number_on_site}{place}.docx"


def _menu() -> str:
    names = ("领导之窗", "机构职能", "财政预决算", "行政执法", "规划计划", "重点领域", "人大建议", "互动交流")
    return "".join(f'<li><a href="/zwgk/lm{n}/">{name}</a></li>' for n, name in enumerate(names))


def _table(paper: Paper) -> str:
    return f"""<table class="xxgk_head" width="100%" cellspacing="0"><tbody>
<tr><td class="t">索&nbsp;引&nbsp;号：</td><td>{paper.index_number}</td><td class="t">
主题分类：</td><td>{paper.topic}</td></tr>
<tr><td class="t">发文机关：</td><td>{paper.issuer}</td><td class="t">成文日期：</td>
<td>{paper.written:%Y年%m月%d日}</td></tr>
<tr><td class="t">标　　题：</td><td colspan="3">{paper.title}</td></tr>
<tr><td class="t">发文字号：</td><td>{paper.doc_number}</td><td class="t">发布日期：</td>
<td>{paper.published:%Y年%m月%d日}</td></tr>
<tr><td class="t">有 效 性：</td><td>有效</td><td class="t">主 题 词：</td><td></td></tr></tbody></table>"""


def _html(title: str, body: str, meta: Mapping[str, str]) -> Page:
    site = {
        "SiteName": "临泽川县人民政府",
        "SiteDomain": "www.linzechuan.example",
        "SiteIDCode": "6297310001",
    }
    metas = "\n".join(
        f'<meta name="{name}" content="{escape(value)}">' for name, value in {**site, **meta}.items()
    )
    columns = "".join(f'<a href="/{c.folder}/">{c.name}</a>' for c in COLUMNS)
    friends = "".join(f'<option value="http://f{n}.example/">友情链接{n}</option>' for n in range(12))
    return Page(
        f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}_临泽川县人民政府</title>
{metas}
<script src="/images/jquery.js"></script></head><body>
<div class="header"><a href="/">首页</a>{columns}<a href="/hdjl/">互动交流</a><a href="/bsfw/">
办事服务</a></div>
{body}
<div class="footer"><select>{friends}</select><a href="/wzdt/">网站地图</a><a href="/lxwm/">联系我们</a>
<p>主办：临泽川县人民政府办公室　网站标识码：6297310001　备案号：某ICP备05000123号</p></div></body>
</html>""".encode("gb18030")
    )
