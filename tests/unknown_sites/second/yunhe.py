"""云和市: GBK told by the meta element alone, pages turned by a script's call."""

from dataclasses import dataclass
from itertools import islice

from . import chinese_words
from .common import Block, Doc, Site, compose, day, pdf, render, truth


@dataclass(eq=False, kw_only=True)
class Notice(Doc):
    """A document of this site."""

    source: str


HOST = "www.yunhe.gov.example"
START = "/zwgk/tzgg/index.shtml"
RAW = [
    (
        "2025-12-03",
        "云和市人民政府办公室关于做好冬春火灾防控工作的通知",
        "云办发〔2025〕31号",
        "冬春火灾防控",
        "入冬以来，用火用电用气显著增加，火灾风险持续上升，为切实保障群众生命财产安全，"
        "现就有关事项通知如下。",
    ),
    (
        "2025-11-20",
        "关于2026年城乡居民基本医疗保险参保缴费的通告",
        None,
        "参保缴费",
        "2026年度城乡居民基本医疗保险集中缴费期为即日起至2025年12月31日，个人缴费标准为每人每年400元。",
    ),
    (
        "2025-11-06",
        "云和市人民政府关于印发数字乡村建设三年行动方案的通知",
        "云发〔2025〕14号",
        "数字乡村建设",
        "《云和市数字乡村建设三年行动方案》已经市政府第42次常务会议审议通过，现印发给你们，请认真贯彻执行。",
    ),
    (
        "2025-10-22",
        "关于公布第六批市级非物质文化遗产代表性项目名录的通知",
        "云发〔2025〕13号",
        "非遗保护",
        "经专家评审和社会公示，市政府批准竹编纸伞等十二个项目列入第六批市级非物质文化遗产代表性项目名录。",
    ),
    (
        "2025-10-09",
        "云和市老旧小区加装电梯补助申请公告",
        None,
        "加装电梯补助",
        "本年度第三批既有住宅加装电梯补助自公告之日起受理，每台定额补助二十万元，资金用完即止。",
    ),
    (
        "2025-09-25",
        "关于国庆中秋假期部分道路交通管制的通告",
        None,
        "假期交通管制",
        "因云水湖灯会期间客流集中，公安交管部门决定对滨湖北路等五条道路实行分时段交通管制。",
    ),
    (
        "2025-09-11",
        "云和市人民政府办公室关于成立防汛抗旱指挥部的通知",
        "云办发〔2025〕26号",
        "防汛抗旱",
        "因人事变动和工作需要，市政府决定调整市防汛抗旱指挥部组成人员，现将名单及职责通知如下。",
    ),
    (
        "2025-08-28",
        "关于开展秋季农产品质量安全抽检的通知",
        "云农发〔2025〕58号",
        "农产品抽检",
        "为迎接秋收上市高峰，现定于九月上旬至十月中旬对蔬菜、水果、稻米三大类产品开展监督抽检。",
    ),
    (
        "2025-08-14",
        "云和市公开招聘社区工作者60名公告",
        None,
        "社区工作者招聘",
        "根据社区工作需要，经研究决定面向社会公开招聘社区工作者六十名，年龄不超过四十周岁。",
    ),
    (
        "2025-07-30",
        "关于调整城区公共停车泊位收费标准的通知",
        "云发改〔2025〕97号",
        "停车收费调整",
        "自八月十五日起，城区一类区域首小时收费由五元下调为三元，夜间二十时至次日七时免费。",
    ),
    (
        "2025-07-16",
        "云和市人民政府关于表彰优秀科技工作者的决定",
        "云发〔2025〕9号",
        "科技人才激励",
        "为弘扬科学家精神，市政府决定授予陈望舒等二十名同志优秀科技工作者称号。",
    ),
    (
        "2025-07-02",
        "关于高温天气调整户外作业时间的紧急通知",
        None,
        "户外作业防暑",
        "市气象台预计未来十天最高气温将达三十九摄氏度，请各建设施工单位立即调整作业时间。",
    ),
    (
        "2025-06-18",
        "云和市政府信息公开工作年度报告编制培训通知",
        "云办函〔2025〕44号",
        "信息公开培训",
        "为提高年度报告编制质量，定于六月二十六日举办专题培训，请各单位选派一名业务骨干参加。",
    ),
    (
        "2025-06-05",
        "关于征集2026年民生实事项目的公告",
        None,
        "民生实事征集",
        "即日起至七月五日，市民可以通过网站、信函、电话等方式推荐2026年民生实事候选项目。",
    ),
    (
        "2025-05-21",
        "云和市小微企业稳岗返还资金公示（第二批）",
        None,
        "稳岗返还",
        "按照自愿申报、部门审核的程序，现将拟享受第二批稳岗返还政策的二百一十七家企业名单予以公示。",
    ),
    (
        "2025-05-08",
        "关于印发云和市河湖长制考核办法的通知",
        "云发〔2025〕6号",
        "河湖长制考核",
        "为压实各级河湖长责任，推动水环境持续改善，市政府对考核办法作了修订，现印发实施。",
    ),
    (
        "2025-04-17",
        "云和市2025年义务教育阶段学校招生入学工作意见",
        "云教发〔2025〕22号",
        "义务教育招生",
        "今年义务教育阶段学校招生继续实行划片就近免试入学，公办民办学校同步报名、同步录取。",
    ),
    (
        "2025-04-02",
        "关于清明期间文明祭扫和森林防火的倡议书",
        None,
        "文明祭扫",
        "又是一年清明时，为共同守护绿水青山，我们向全体市民发出以下倡议，请大家互相转告。",
    ),
    (
        "2025-03-14",
        "云和市人民政府关于推进制造业技术改造的若干意见",
        "云发〔2025〕3号",
        "技术改造",
        "为加快传统产业转型升级，对设备投资超过五百万元的技改项目，按实际投资额的百分之八给予奖励。",
    ),
    (
        "2025-02-20",
        "关于注销部分食品经营许可证的公告",
        "云市监告〔2025〕7号",
        "许可证注销",
        "下列四十三家食品经营者许可证有效期届满未延续，依照有关规定予以注销，现公告如下。",
    ),
    (
        "2025-01-23",
        "云和市春节期间政务服务大厅值班安排",
        None,
        "节日值班",
        "春节放假期间，市政务服务大厅一楼综合窗口安排专人值班，可办理不动产查询等十六个事项。",
    ),
    (
        "2024-12-26",
        "关于公布继续有效的行政规范性文件目录的通知",
        "云发〔2024〕28号",
        "规范性文件清理",
        "市政府对截至2024年11月底的行政规范性文件进行了全面清理，决定继续有效八十六件，废止九件。",
    ),
]


def _documents() -> list[Notice]:
    docs: list[Notice] = []
    for i, (date, title, number, subject, lead) in enumerate(RAW):
        y = date.replace("-", "")
        d = Notice(
            f"/zwgk/tzgg/{y[:6]}/t{y}_{481207 - i * 373}.shtml",
            title,
            day(date),
            number,
            source=["云和市人民政府办公室", "市政务公开办", "市融媒体中心"][i % 3],
        )
        d.blocks = compose(
            "y" + title,
            lead,
            chinese_words.BANK,
            chinese_words.VOC,
            subject,
            3 + i * 5 % 9,
            [],
            chinese_words.ITEMS if i % 2 else (),
            joiner="",
            intro="具体包括：",
        )
        h = iter(chinese_words.HEADS)
        out: list[Block] = []
        for j, b in enumerate(d.blocks):
            if b[0] == "p" and j and j % 3 == 1 and number:
                out += [("p", head) for head in islice(h, 1)]
            out.append(b)
        d.blocks = out
        if i % 3 == 2:
            d.files = [(f"/zwgk/tzgg/{y[:6]}/P0202{y[3:]}3987{i:02d}1.pdf", f"附件：{title[:14]}附表.pdf")]
        if i == 8:
            d.files.append((f"/zwgk/tzgg/{y[:6]}/P0202{y[3:]}398799.doc", "附件2：报名表.doc"))
        docs.append(d)
    return docs


DOCS = _documents()
HOT = [DOCS[i] for i in (16, 1, 9, 4)]


def _page(title: str, main: str, crumb: str) -> str:
    h = "".join(
        f'<li><a href="{d.path}" target="_blank">{d.title[:18]}{"..." if len(d.title) > 18 else ""}</a></li>'
        for d in HOT
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{title}_云和市人民政府门户网站</title>
<meta name="SiteName" content="云和市人民政府门户网站" />
<link href="/images/css.css" rel="stylesheet" type="text/css" />
<script type="text/javascript" src="/images/jquery-1.8.3.min.js"></script>
</head>
<body>
<div class="top"><div class="w1000"><span class="fl">今天是2025年12月5日 星期五 云和 多云 3℃～12℃</span>\
<span class="fr"><a href="/wza/">无障碍浏览</a> | <a href="/yxbg/">适老版</a> | <a \
href="http://mail.yunhe.gov.example/">公务邮箱</a></span></div></div>
<div class="banner"><a href="/index.shtml"><img src="/images/logo.png" alt="云和市人民政府" /></a>\
<form action="/search/" method="get"><input name="searchword" value="请输入关键字" />\
<input type="submit" value="搜索" /></form></div>
<div class="nav"><ul><li><a href="/index.shtml">首页</a></li><li><a href="/zjyh/index.shtml">走进云和</a>\
</li><li><a href="/xwzx/index.shtml">新闻中心</a></li><li><a href="/zwgk/index.shtml">政务公开</a></li>\
<li><a href="/bsfw/index.shtml">办事服务</a></li><li><a href="/hdjl/index.shtml">互动交流</a></li><li>\
<a href="/zjyh/lyzn/index.shtml">旅游指南</a></li></ul></div>
<div class="wz">您现在的位置：<a href="/index.shtml">首页</a> &gt; <a \
href="/zwgk/index.shtml">政务公开</a> &gt; <a href="/zwgk/tzgg/index.shtml">通知公告</a>{crumb}</div>
<div class="main w1000"><div class="left">
<dl class="lm"><dt>政务公开</dt><dd><a href="/zwgk/ldzc/index.shtml">领导之窗</a></dd><dd>\
<a href="/zwgk/jgzn/index.shtml">机构职能</a></dd><dd><a href="/zwgk/tzgg/index.shtml">通知公告</a></dd>\
<dd><a href="/zwgk/rsxx/index.shtml">人事信息</a></dd><dd><a href="/zwgk/czyjs/index.shtml">财政预决算</a>\
</dd></dl>
<div class="hot"><h3>热点关注</h3><ul>{h}</ul></div></div>
<div class="right">{main}</div></div>
<div class="link">友情链接：<select onchange="window.open(this.value)"><option>省政府部门网站</option>\
<option>县（区）政府网站</option></select></div>
<div class="foot"><p>主办：云和市人民政府 承办：云和市人民政府办公室 技术支持：云和市大数据中心</p>\
<p>政府网站标识码：0000000031 示ICP备00000031号 联系电话：0000-8881234（仅受理网站建设维护事宜）</p><p>\
<a href="/wzdt.shtml">网站地图</a> | <a href="/lxwm.shtml">联系我们</a> | <a \
href="/flsm.shtml">法律声明</a></p></div>
</body></html>"""


def _stub(label: str) -> str:
    return _page(label, f'<div class="gl"><p>{label}栏目内容正在更新。</p></div>', f" &gt; {label}")


def _site() -> Site:
    site = Site(HOST, _stub, "text/html", "gbk")
    per = 8
    n = (len(DOCS) + per - 1) // per
    addresses = [f"/zwgk/tzgg/index{f'_{p}' if p else ''}.shtml" for p in range(n)]
    for p in range(n):
        li = "".join(
            f"<li{' class=line' if (j + 1) % 5 == 0 else ''}>·<a "
            f'href="./{d.path.split("/tzgg/")[1]}" target="_blank" '
            f'title="{d.title}">{d.title if len(d.title) < 28 else d.title[:26] + "..."}</a> '
            f"<span>[{d.date}]</span></li>\n"
            for j, d in enumerate(DOCS[p * per : p * per + per])
        )
        main = f"""<div class="lmtit">通知公告</div><ul class="list14">{li}</ul><div class="page">\
<script type="text/javascript">
function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){{
 if(_nPageCount==null || _nPageCount<=1) return;
 var s="共"+_nPageCount+"页&nbsp;";
 for(var i=0;i<_nPageCount;i++){{
  if(i==_nCurrIndex) s+="<span>"+(i+1)+"</span>&nbsp;";
  else s+="<a href=\\""+_sPageName+(i==0?"":"_"+i)+"."+_sPageExt+"\\">"+(i+1)+"</a>&nbsp;";
 }}
 if(_nCurrIndex<_nPageCount-1) s+="<a \
href=\\""+_sPageName+"_"+(_nCurrIndex+1)+"."+_sPageExt+"\\">下一页</a>";
 document.write(s);
}}
createPageHTML({n}, {p}, "index", "shtml");
</script></div>"""
        site.add(addresses[p], _page("通知公告", main, ""))
    for i, d in enumerate(DOCS):
        rel = [DOCS[(i + k) % len(DOCS)] for k in (3, 7)]
        for path, _ in d.files:
            site.add(
                path,
                pdf("Annex", d.path)
                if path.endswith("pdf")
                else b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
                "application/pdf" if path.endswith("pdf") else "application/msword",
            )
        wh = f'<p style="text-align:center">{d.number}</p>' if d.number else ""
        at = "".join(
            f'<p style="text-indent:2em"><a href="./{path.rsplit("/", 1)[1]}" title="{label}">{label}</a></p>'
            for path, label in d.files
        )
        main = f"""<div class="xlbox"><h1 class="xltit">{d.title}</h1>\
<div class="xlly">来源：{d.source}　发布时间：{d.date} {8 + i % 9:02d}:{i * 7 % 60:02d}　<span>字号：[<a \
href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(14)">中</a>]</span>　浏览次数：<script \
src="/count.js"></script></div>
<div class="TRS_Editor" id="zoom">{wh}
{render(d.blocks, indent="　　")}
<p style="text-align:right">{d.source if d.source.startswith("云和") else "云和市" + d.source[1:]}</p>{
            at
        }</div>
<div class="xlgn"><a href="javascript:window.print()">【打印本页】</a>\
<a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="xgxx"><h3>相关信息</h3><ul>{
            "".join(
                f'<li><a href="../{r.path.split("/tzgg/")[1]}">{r.title}</a><span>{r.date}</span></li>'
                for r in rel
            )
        }</ul></div>\
</div>"""
        site.add(d.path, _page(d.title, main, " &gt; 正文"))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "政府网站标识码：0000000031",
        "技术支持：云和市大数据中心",
        DOCS[(DOCS.index(d) + 3) % len(DOCS)].title,
    ],
    chinese=True,
)
