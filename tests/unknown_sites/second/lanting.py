"""兰汀省生态环境厅: a table with numbers; a box tells the day made and the day published."""

import datetime
from dataclasses import dataclass

from . import chinese_words
from .common import Doc, Site, compose, day, in_chinese, pdf, render, truth


@dataclass(eq=False, kw_only=True)
class Paper(Doc):
    """A document of this site."""

    made: datetime.date
    index: str


HOST = "sthj.lanting.gov.example"
START = "/col/zcwj/list.html"
RAW = [
    (
        "2025-11-28",
        "关于印发《兰汀省重点行业排污许可质量提升方案》的通知",
        "兰环发〔2025〕47号",
        "排污许可质量提升",
        "为进一步提高排污许可证核发质量，我厅研究制定了提升方案，覆盖造纸、印染、电镀等九个行业。",
    ),
    (
        "2025-11-17",
        "关于公布首批近零碳园区试点名单的通知",
        "兰环函〔2025〕312号",
        "近零碳园区试点",
        "经园区申报、设区市推荐、专家评审，确定望江高新区等七家园区为首批近零碳园区试点。",
    ),
    (
        "2025-11-03",
        "兰汀省危险废物跨市转移管理规定",
        "兰环规〔2025〕5号",
        "危险废物转移",
        "在本省行政区域内跨设区市转移危险废物的单位，应当通过信息系统如实填写电子转移联单。",
    ),
    (
        "2025-10-20",
        "关于开展秋冬季大气污染防治帮扶的函",
        "兰环函〔2025〕288号",
        "大气污染防治",
        "今年以来部分城市细颗粒物浓度反弹，经研究，拟于十一月起派出二十四个工作组驻点帮扶。",
    ),
    (
        "2025-09-29",
        "关于废止部分环境监测技术文件的公告",
        "公告2025年第11号",
        "监测技术文件清理",
        "根据国家标准更新情况，决定自即日起废止《地表水自动站运行细则》等十三件技术文件。",
    ),
    (
        "2025-09-15",
        "关于进一步加强噪声敏感建筑物集中区域管理的意见",
        "兰环发〔2025〕39号",
        "噪声污染防治",
        "近三年噪声投诉占全部环境投诉的四成以上，夜间施工和广场活动是居民反映最集中的问题。",
    ),
    (
        "2025-09-01",
        "兰汀省生态环境行政处罚裁量基准（2025年版）",
        "兰环规〔2025〕4号",
        "行政处罚裁量",
        "为规范行政处罚行为，统一裁量尺度，对首次违法且及时改正的轻微情形可以不予处罚。",
    ),
    (
        "2025-08-18",
        "关于做好入河排污口溯源整治的通知",
        "兰环发〔2025〕33号",
        "排污口整治",
        "各市要在年底前完成干流两岸一公里范围内入河排污口的分类、命名、编码和立牌。",
    ),
    (
        "2025-08-04",
        "关于同意白鹭湖湿地设立省级自然保护区的批复",
        "兰环复〔2025〕6号",
        "湿地保护",
        "你市《关于申请设立白鹭湖湿地省级自然保护区的请示》收悉，经省政府同意，现批复如下。",
    ),
    (
        "2025-07-21",
        "关于组织申报土壤修复先进技术的通知",
        "兰环函〔2025〕201号",
        "土壤修复技术",
        "现面向全省企业、高校和科研院所征集低扰动、低能耗的土壤修复技术，每单位限报两项。",
    ),
    (
        "2025-07-07",
        "关于印发突发环境事件应急演练计划的通知",
        "兰环发〔2025〕26号",
        "应急演练",
        "下半年全省计划举办省级综合演练一次、流域联合演练四次，桌面推演由各市自行安排。",
    ),
    (
        "2025-06-23",
        "关于新化学物质登记事项的公告",
        "公告2025年第8号",
        "新化学物质登记",
        "经审查，下列十七种新化学物质符合简易登记条件，准予登记，有效期五年。",
    ),
    (
        "2025-06-05",
        "兰汀省公民生态环境行为激励办法（试行）",
        "兰环规〔2025〕2号",
        "绿色积分激励",
        "参与垃圾分类、绿色出行、旧衣回收的居民可以获得绿色积分，用于兑换公园年票等服务。",
    ),
    (
        "2025-05-19",
        "关于核与辐射安全隐患排查情况的通报",
        "兰环通〔2025〕3号",
        "辐射安全排查",
        "三月至四月，全省共检查放射源使用单位六百三十八家，发现一般隐患九十一处，已全部整改。",
    ),
    (
        "2025-04-28",
        "关于调整机动车排放检验机构联网要求的通知",
        "兰环发〔2025〕15号",
        "机动车排放检验",
        "检验机构应当在八月一日前完成视频和数据接口升级，未按期联网的暂停出具检验报告。",
    ),
    (
        "2025-04-10",
        "关于省十四届人大三次会议第118号建议的答复",
        "兰环建〔2025〕42号",
        "畜禽粪污利用",
        "代表您好，您提出的关于支持畜禽粪污就近还田的建议收悉，感谢对生态环境工作的关心。",
    ),
    (
        "2025-03-24",
        "关于印发2025年生态环境监测工作要点的通知",
        "兰环发〔2025〕9号",
        "生态环境监测",
        "新的一年要以质量管理为主线，新建水质自动站三十六座，补齐农村黑臭水体监测空白。",
    ),
    (
        "2025-02-17",
        "关于严格涉重金属项目环评审批的通知",
        "兰环发〔2025〕4号",
        "涉重金属项目环评",
        "新建、改建、扩建涉重金属项目必须落实总量替代来源，替代比例不低于一点二比一。",
    ),
]


def _documents() -> list[Paper]:
    docs: list[Paper] = []
    for i, (date, title, number, subject, lead) in enumerate(RAW):
        x = day(date)
        d = Paper(
            f"/art/{x.year}/{x.month}/{x.day}/art_{1201 + i % 2}_{68233 - i * 419}.html",
            title,
            x,
            number,
            made=x - datetime.timedelta(days=2 + i % 6),
            index=f"LT0031/2025-{9000 - i * 113:05d}",
        )
        d.blocks = compose(
            "l" + title,
            lead,
            chinese_words.BANK,
            chinese_words.VOC,
            subject,
            4 + i * 7 % 9,
            [],
            chinese_words.ITEMS,
            joiner="",
            intro="主要措施如下：",
        )
        if i % 4 == 0:
            d.files = [(f"/attach/-1/{date.replace('-', '')}{i}.pdf", f"{subject}任务分工表.pdf")]
        docs.append(d)
    return docs


DOCS = _documents()
NEWS = [
    ("全省生态环境系统秋季运动会圆满落幕", "11-30"),
    ("厅领导赴柳湾调研水源地保护", "11-27"),
    ("环保设施向公众开放活动报名火热", "11-25"),
]


def _page(title: str, main: str, tail: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="SiteName" content="兰汀省生态环境厅"><meta name="ColumnName" content="政策文件">
<title>兰汀省生态环境厅 政策文件 {title}</title><link rel="stylesheet" href="/style/2024/main.css"></head>
<body><div class="skip"><a href="#content">跳到主要内容</a></div>
<header><div class="container"><a class="logo" href="/">\
<img src="/style/2024/logo.png" alt="兰汀省生态环境厅"></a><div class="tools"><a href="/big5/">繁體</a>\
<a href="/app/">移动客户端</a><a href="/rss/">订阅</a></div></div>
<nav><ul class="menu"><li><a href="/">网站首页</a></li><li><a href="/col/jgsz/">机构设置</a></li>\
<li class="on"><a href="/col/zcwj/list.html">政策文件</a><ul><li><a href="/col/gfxwj/">规范性文件</a></li>\
<li><a href="/col/zcjd/">政策解读</a></li></ul></li><li><a href="/col/hjzl/">环境质量</a></li><li>\
<a href="/col/wsbs/">网上办事</a></li><li><a href="/col/gzcy/">公众参与</a></li></ul></nav></header>
<div class="container"><div class="position">当前位置：<a href="/">首页</a> / <a \
href="/col/zcwj/list.html">政策文件</a>{tail}</div>
<div class="row"><div class="col-9" id="content">{main}</div>
<div class="col-3 aside"><div class="box"><h4>环境要闻</h4>\
<ul>{
        "".join(f'<li><a href="/news/{k}.html">{a}</a><em>{b}</em></li>' for k, (a, b) in enumerate(NEWS, 1))
    }</ul></div><div class="box"><h4>今日空气质量</h4><p>望江：优（AQI 38） 柳湾：良（AQI 67）</p></div>\
<div class="box"><a href="/jubao/"><img src="/style/2024/12369.png" alt="环境举报"></a></div></div></div>\
</div>
<footer><div class="container"><p>版权所有：兰汀省生态环境厅 地址：望江市文澜路88号 邮编：000031</p>\
<p>网站标识码 0000000077 建议使用1366*768分辨率浏览本站</p></div></footer>
<script src="/style/2024/main.js"></script></body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<h2>{label}</h2><p>{label}相关内容。</p>", f" / {label}")


def _file(k: int) -> str:
    return "list.html" if k == 1 else f"list_{k}.html"


def _site() -> Site:
    site = Site(HOST, _stub, "text/html;charset=UTF-8")
    per = 7
    n = (len(DOCS) + per - 1) // per
    addresses = ["/col/zcwj/" + _file(k) for k in range(1, n + 1)]
    for k in range(1, n + 1):
        rows = "".join(
            f'<tr><td class="xh">{(k - 1) * per + j}</td><td class="bt"><a href="{d.path}" '
            f'target="_blank">{d.title}</a></td><td class="wh">{d.number}</td><td '
            f'class="rq">{d.date}</td></tr>\n'
            for j, d in enumerate(DOCS[(k - 1) * per : k * per], 1)
        )
        pg = (
            f"<span>共{len(DOCS)}条 第{k}/{n}页</span> "
            + (
                f'<a href="{_file(1)}">首页</a> <a href="{_file(k - 1)}">上一页</a> '
                if k > 1
                else "<span>首页</span> <span>上一页</span> "
            )
            + (
                f'<a href="{_file(k + 1)}">下一页</a> <a href="{_file(n)}">尾页</a>'
                if k < n
                else "<span>下一页</span> <span>尾页</span>"
            )
        )
        site.add(
            addresses[k - 1],
            _page(
                "",
                '<div class="tabs"><a class="cur" href="/col/zcwj/list.html">全部</a><a '
                'href="/col/zcwj/hot.html">热门</a></div><table class="zctable"><thead><tr>'
                "<th>序号</th><th>标题</th><th>文号</th><th>发布日期</th></tr></thead>"
                f'<tbody>{rows}</tbody></table><div class="pagination">{pg}</div>',
                "",
            ),
        )
    for i, d in enumerate(DOCS):
        for path, _ in d.files:
            site.add(path, pdf("Table", d.path), "application/pdf")
        files = "".join(f'<a href="{path}" download>{label}</a>' for path, label in d.files)
        at = f'<div class="fujian"><strong>附件下载：</strong>{files}</div>' if files else ""
        pv, nx = DOCS[i - 1] if i else None, DOCS[i + 1] if i + 1 < len(DOCS) else None
        main = f"""<table class="xxgk"><tr><th>索 引 号</th><td>{d.index}</td><th>主题分类</th>\
<td>生态环境</td></tr><tr><th>发布机构</th><td>兰汀省生态环境厅</td><th>成文日期</th>\
<td>{in_chinese(d.made)}</td></tr><tr><th>文　　号</th><td>{d.number}</td><th>发布日期</th>\
<td>{in_chinese(d.date)}</td></tr><tr><th>标　　题</th><td colspan="3">{d.title}</td></tr></table>
<h1>{d.title}</h1><div class="info"><span>发布日期：{d.date}</span><span>来源：法规处</span>\
<span class="share">分享到：<a href="javascript:;">微信</a><a href="javascript:;">微博</a></span></div>
<div class="article" id="zoom">{render(d.blocks)}<p class="sign">兰汀省生态环境厅</p>\
<p class="sign">{in_chinese(d.made)}</p></div>{at}
<div class="prevnext">{
            f'<p>上一篇：<a href="{pv.path}">{pv.title}</a></p>' if pv else "<p>上一篇：没有了</p>"
        }{f'<p>下一篇：<a href="{nx.path}">{nx.title}</a></p>' if nx else "<p>下一篇：没有了</p>"}</div>
<div class="ewm">扫一扫在手机打开当前页</div>"""
        site.add(d.path, _page(d.title, main, " / 正文"))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    ["厅领导赴柳湾调研水源地保护", "建议使用1366*768分辨率浏览本站", "扫一扫在手机打开当前页"],
    chinese=True,
)
