"""临渠县人民政府: a Chinese county site of unknown make in GB18030, pages turned by 下一页."""

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "www.linquxian.example"
START = "/zwgk/tzgg/"
BASE = "http://" + HOST
COOKIE = "建议使用1024×768分辨率浏览本站"
FOOT = "主办：临渠县人民政府办公室 承办：临渠县大数据中心"

TITLES = [
    "关于开展{a}春季防火巡查的通知",
    "关于{a}农村公路养护工程的公告",
    "关于下达{a}农田水利补助资金的通知",
    "关于{a}集中供水管网改造的公示",
    "关于表彰{a}先进村集体的决定",
    "关于调整{a}公交线路的通告",
]
PLACES = ["青槐镇", "河湾乡", "石鼓街道", "柳泉镇", "䶮塘乡"]
PARTS = [
    "经{dep}实地查看，{town}现有机井{n}眼，其中{k}眼需要更换水泵。",
    "本次下达资金共计{m}万元，由{dep}分{k}批拨付到村。",
    "各村要在每月{k}日前报送进度，逾期未报的由{dep}约谈。",
    "{town}至县城的班车每日增加{k}班，末班车延迟到晚上八点。",
    "施工期间请过往车辆绕行{town}北侧便道，限速每小时{n}公里。",
    "群众反映的路灯不亮问题，{dep}已安排{k}名电工逐盏检修。",
    "上坟祭扫一律不得携带火种，{town}设置检查点{n}处。",
    "改造后的管网全长{m}米，可供{n}户居民稳定用水。",
    "公示期内有不同意见的，可以书面形式向{dep}提出。",
    "{town}连续{k}年超额完成造林任务，成活率达到百分之{n}。",
    "补助标准为每亩{m}元，不得用于偿还旧债。",
    "{dep}要会同派出所加强夜间巡逻，确保仓库安全。",
    "雨季来临之前，{town}应当完成{n}座桥涵的清淤。",
    "请各单位结合实际认真贯彻执行，重要情况及时报告县政府。",
    "对弄虚作假套取资金的，依法依规追究责任，并在{n}日内收回款项。",
]
SLOTS = {
    "dep": ["县水利局", "县交通运输局", "县应急管理局", "县财政局"],
    "town": ["青槐镇", "河湾乡", "石鼓街道", "柳泉镇"],
}


def _build() -> list[Doc]:
    out: list[Doc] = []
    for i, date in enumerate(days("2026-10-22", 34, HOST, 8)):
        title = TITLES[i % 6].format(a=PLACES[i * 2 % 5])
        if i == 3:
            title = "关于举办2026年12月5日冬季招聘会的通知"
        if i == 22:
            title = out[12].title
        number = f"临政{'办' if i % 4 else ''}发〔{date[:4]}〕{70 - i}号" if i % 3 else None
        first = f"为做好第{i + 18}项重点工作，现就{title.removeprefix('关于')[:-3]}有关事项明确如下。"
        stem = f"{START}{date[:4]}{date[5:7]}/t{date.replace('-', '')}_{58210 - i * 7}"
        if i == 25:
            stem = f"{START}content_58035"
        files = [stem.replace("t2", "P2", 1) + ".pdf"] if i % 10 == 6 else []
        out.append(
            Doc(
                stem + ".html",
                title,
                None if i == 25 else date,
                number,
                compose(HOST + str(i), first, PARTS, SLOTS, (3, 5)),
                files,
            )
        )
    out.insert(0, out.pop(16))  # 置顶
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _page(title: str, where: str, main: str) -> Answer:
    """The frame of every page; the head calls the charset gb2312, the bytes are GB18030."""
    return (
        200,
        "text/html",
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{esc(title)}_临渠县人民政府</title><link href="/images/css.css" rel="stylesheet" /></head><body>
<div class="top">今天是2026年10月26日 星期一 <a href="/wza/">无障碍</a> <a href="/big5/">繁體</a>
<a href="/en/">English</a>
</div><div class="banner"><img src="/images/banner.jpg" /></div>
<div class="nav"><a href="/">首页</a> <a href="/zjlq/">走进临渠</a> <a href="/zwgk/">政务公开</a>
<a href="/bsfw/">办事服务</a> <a href="/hdjl/">互动交流</a></div>
<div class="wz">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; {where}</div>
<div class="left"><h4>热点新闻</h4><ul><li><a href="/xw/1.html">县领导调研秋粮收购</a><i>10-24</i></li>
<li><a href="/xw/2.html">柳泉镇红薯喜获丰收</a><i>10-21</i></li></ul>
<img src="/images/wx.jpg" alt="微信公众号" /></div>
<div class="right">{main}</div>
<div class="foot"><select onchange="window.open(this.value)"><option>友情链接</option>
<option value="http://www.shizf.example/">市人民政府</option></select><p>{FOOT}</p>
<p>{COOKIE} 备案号：渠ICP备05000000号</p></div></body></html>""".encode("gb18030"),
    )


def _name(number: int) -> str:
    return START if number == 0 else f"{START}index_{number}.html"


def _list(number: int) -> Answer:
    rows = ""
    for i, d in enumerate(DOCS[number * 12 : number * 12 + 12]):
        when = f"[{d.date}]" if d.date else ""
        top = '<font color="red">[置顶]</font>' if d is DOCS[0] else ""
        link = d.path.removeprefix(START)
        rows += (
            f'<li>{top}<a href="./{link}" title="{d.title}" target="_blank">'
            f"{d.title[:16] + '...' if len(d.title) > 16 else d.title}</a><span>{when}</span></li>\n"
        )
        if i % 5 == 4:
            rows += '<li class="line"></li>\n'
    if number == 0:
        rows += (
            '<li><a href="http://www.shizf.example/art/2026/9/2/art_9_1.html">市政府关于国庆假期安排的通知</a>'
            "<span>[2026-09-02]</span></li>"
        )
    if number < 2:
        on = f'<a href="{_name(number + 1)}">下一页</a> <a href="{_name(2)}">尾页</a>'
    else:
        on = "<span>下一页</span> <span>尾页</span>"
    back = (
        f'<a href="{_name(0)}">首页</a> <a href="{_name(number - 1)}">上一页</a>' if number else "首页 上一页"
    )
    return _page(
        "通知公告",
        "通知公告",
        f"""<h3>通知公告</h3><ul class="list">{rows}</ul>
<div class="page">共{len(DOCS)}条 第{number + 1}/3页 {back} {on}</div>""",
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "\n".join(f"<p>  {''.join(p)}</p>" for p in d.paras)
    when = f"发布时间：{d.date}" if d.date else ""
    late = "更新时间:2026-10-25" if at % 4 == 3 and d.date else ""
    number = f'<p align="center">{d.number}</p>' if d.number else ""
    files = "".join(f'<p>附件：<a href="./{f.rsplit("/", 1)[1]}">资金分配表.pdf</a></p>' for f in d.files)
    sign = ""
    if d.date and at % 2:
        t = day(d.date)
        sign = f'<p align="right">临渠县人民政府办公室<br />{t.year}年{t.month}月{t.day}日</p>'
    nxt = DOCS[(at + 1) % len(DOCS)]
    return _page(
        d.title,
        f'<a href="{START}">通知公告</a> &gt; 正文',
        f"""<div class="bt">{d.title}</div>
<div class="xx">{when} 来源：临渠县人民政府办公室 {late} 浏览次数：<span id="hits"></span>
【字体：<a href="javascript:zoom(16)">大</a> <a href="javascript:zoom(14)">中</a>】</div>
<div class="TRS_Editor">{number}{text}{files}{sign}</div>
<div class="sx">下一篇：<a href="{nxt.path}">{nxt.title}</a></div><div><a
href="javascript:window.close()">关闭窗口</a></div>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    if path == "/robots.txt":
        return ROBOTS
    if path == "/":
        return _page(
            "首页", "首页", f'<h3>欢迎</h3><p>临渠因水得名。</p><a href="{START}">通知公告 更多&gt;&gt;</a>'
        )
    if path in (START, START + "index.html"):
        return _list(0)
    if path in (_name(1), _name(2)):
        return _list(int(path[-6]))
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return 200, "application/pdf", pdf([f"Annex {at}", "Table of funds"])
    if path in (
        "/wza/",
        "/big5/",
        "/en/",
        "/zjlq/",
        "/zwgk/",
        "/bsfw/",
        "/hdjl/",
        "/xw/1.html",
        "/xw/2.html",
    ):
        return _page("栏目", "栏目", f'<p>栏目建设中。</p><p><a href="{START}">通知公告</a></p>')
    return None
