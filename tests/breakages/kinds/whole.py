"""What happens to a whole site: protection pages, robots.txt out of order, clocks that are off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.breakages.answers import HTML, Answer, Ask
from tests.breakages.kinds.change import html_page
from tests.breakages.styles import parts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def firewall(ask: Ask, answer: Answer) -> Answer:
    """The provider's firewall takes us for an attack and says so with status 200, files included."""
    if answer.kind == "robots":
        return answer
    said = (
        "<html><head><meta charset='utf-8'><title>访问提示</title></head><body><div class='box'>"
        "<h2>抱歉，您的请求已被拦截</h2><p>您的访问请求可能对网站造成安全威胁，已被管理员设置的策略拦截。</p>"
        f"<p>事件编号：{ask.today:%Y%m%d}-7731-04；来源地址已记录。如需帮助请联系网站管理员。</p></div></body></html>"
    )
    return html_page(ask, said)


def probe(ask: Ask, answer: Answer) -> Answer:
    """Lists are open; documents and files first send a script that must compute a cookie."""
    if answer.kind not in ("detail", "file"):
        return answer
    code = "".join(f"_0x{at:03x}='{at * 7919 % 65536:04x}';" for at in range(400))
    said = (
        "<html><head><meta charset='utf-8'></head><body><script>var _ts={};"
        + code
        + "(function(){var a=0;for(var k "
        "in window){a+=k.length};document['coo'+'kie']='__tst_status='+a+'#;path=/';setTimeout(function(){"
        "location['rel'+'oad'](true)},1500)})();</script></body></html>"
    )
    return html_page(ask, said)


def maintenance(ask: Ask, answer: Answer) -> Answer:
    """Every address shows a notice in the site's own frame: the system is being upgraded."""
    if answer.kind == "robots":
        return answer
    text = "".join(
        f"<p>{line}</p>"
        for line in (
            f"尊敬的用户：为提升服务质量，{ask.site.name}门户网站将进行系统升级改造，届时信息公开栏目暂停访问。",
            "升级期间，您可通过政务服务热线或前往办事大厅咨询，我们将尽快恢复，给您带来的不便敬请谅解。",
            "各栏目历史信息将在升级完成后陆续恢复，恢复时间另行公布，感谢您的理解与支持。",
        )
    )
    box = f'<div class="v_news_content">{text}</div>'
    middle = f'<div class="show01"><h2 class="con_bt">网站升级公告</h2>{box}</div>'
    return html_page(ask, parts.frame(ask, "网站升级公告", middle))


def robots_unavailable(ask: Ask, answer: Answer) -> Answer:
    """robots.txt answers 503 and asks for an hour; everything else is as before."""
    if answer.kind != "robots":
        return answer
    return Answer(503, HTML, b"<html><body>503</body></html>", "robots", headers=(("Retry-After", "3600"),))


def robots_redirected(ask: Ask, answer: Answer) -> Answer:
    """robots.txt leads to the balancer's error page, which answers 503."""
    if ask.path == "/error/503.html":
        return Answer(503, HTML, "<html><body>服务暂不可用</body></html>".encode())
    if answer.kind != "robots":
        return answer
    place = f"http://{ask.site.host}/error/503.html"
    return Answer(302, HTML, b"", "other", headers=(("Location", place),))


def robots_dropped(ask: Ask, answer: Answer) -> Answer:
    """Requests for robots.txt are cut off without an answer."""
    return replace(answer, dropped=True) if answer.kind == "robots" else answer


def a_day_ahead(ask: Ask, answer: Answer) -> Answer:
    """The server's clock runs 26 hours ahead, as its Date header shows."""
    return replace(answer, ahead=timedelta(hours=26))


def never_modified(ask: Ask, answer: Answer) -> Answer:
    """Everything is dated 1970, and whoever asks conditionally hears that nothing changed."""
    return replace(answer, modified=_EPOCH, unchanged=True) if answer.kind != "robots" else answer
