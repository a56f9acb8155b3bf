"""A letter to the owner of a site that refuses us: who we are, what happened, what we ask, how to stop us.

It is prepared once each time a source becomes blocked and sent by a person, never by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.politeness.robots import PRODUCT
from crawlers.settings import user_agent
from crawlers.source import SourceFile
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.files import write_whole
from warehouse.home import Home

ROBOTS_DAYS = 3  # on which robots.txt was out of order before its owner gets a letter


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the site answered, and when."""

    at: datetime
    said: str  # the sentence of the run


def letter_for(home: Home, state: CrawlState, source: SourceFile, said: str) -> Path | None:
    """The letter of the present refusal, written unless it lies there already; a path from the home's root.

    A refusal lasts until a run of the source is not blocked; the next one, and one that says something else,
    gets a letter of its own. None where the site did not refuse us, but asks to wait or fails (`_refuses`).
    """
    zone, now = ZoneInfo(source.timezone), home.clock.now()
    days = [one.astimezone(zone).date().isoformat() for one in state.figures.blocked_runs(source.id)]
    today = now.astimezone(zone).date().isoformat()
    if not _refuses(said, len({*days, today})):
        return None
    folder = home.root / "letters"
    written = sorted(folder.glob(f"{source.id}-????-??-??.md"))
    since = days[0] if days else today
    if written and written[-1].stem[-10:] >= since and _told(written[-1]) == _cause(said):
        return written[-1].relative_to(home.root)
    file = folder / f"{source.id}-{today}.md"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, compose_letter(home, source, Refusal(now, said)))
    except OSError as error:
        raise EnvironmentProblem(f"{file}: the letter cannot be written ({error.strerror}).") from error
    return file.relative_to(home.root)


def _refuses(said: str, days: int) -> bool:
    """Whether a sentence of the breaker tells of a refusal; a robots.txt out of order is one after days."""
    if said.startswith("robots.txt"):
        return days >= ROBOTS_DAYS
    return " answers " in said


def _cause(said: str) -> str:
    """What the site answered, wherever: "403"."""
    return said.partition(" answers ")[2].strip() or said


def _told(letter: Path) -> str:
    """The cause that a letter on disk quotes."""
    lines = letter.read_text(encoding="utf-8", errors="replace").splitlines()
    return _cause(next((line[2:] for line in lines if line.startswith("> ")), ""))


def compose_letter(home: Home, source: SourceFile, refusal: Refusal) -> str:
    """The letter as Markdown, in Chinese for Chinese sites and in English for others."""
    crawl = home.settings.crawl
    zone = ZoneInfo(source.timezone)
    facts: dict[str, object] = {
        "site": source.name_zh if source.language == "zh" else source.name_en,
        "home": source.home,
        "host": urlsplit(source.home).netloc,
        "operator": crawl.operator or ("（馆名）" if source.language == "zh" else "(name of the library)"),
        "region": home.settings.place.region,
        "contact": crawl.contact,
        "at": refusal.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        "zone": source.timezone,
        "said": refusal.said,
        "agent": user_agent(crawl.contact),
        "product": PRODUCT,
        "requests": source.impact.requests_per_day,
        "window": source.impact.window,
        "quiet": crawl.quiet_hours,
        "delay": f"{_delay(home, source):g}",
        "to": source.contact,
    }
    words = _CHINESE if source.language == "zh" else _ENGLISH
    hours = "window" if source.impact.window else "quiet" if crawl.quiet_hours else "any"
    facts["hours"] = words[hours].format(**facts)
    if source.watch.every_minutes and not source.impact.window:
        look = words["watch"].format(every=source.watch.every_minutes, hours=source.watch.hours)
        facts["hours"] = f"{facts['hours']}{look}"
    facts["address"] = (words["to"] if source.contact else words["look"]).format(**facts)
    return words["letter"].format(**facts)


def _delay(home: Home, source: SourceFile) -> float:
    wanted = home.settings.crawl.delay_seconds if source.delay_seconds is None else source.delay_seconds
    return wanted if source.sample else max(wanted, 1.0)


_CHINESE = {
    "window": "只在{window}（{zone}）",
    "quiet": "避开{quiet}（{zone}）",
    "any": "不限时段，但不并发",
    "watch": "；另在工作日{hours}每{every}分钟查看一次栏目首页",
    "to": "{to}",
    "look": "（目录中没有联系方式；请在 {home} 页脚的“联系我们”“网站找错”或信息公开指南中查找）",
    "letter": """\
# 致{site}：关于我馆采集公开文件的说明与请求

收件：{address}

您好！

我们是{operator}（{region}），为读者和政府工作人员整理已经公开的政府文件。我们使用的程序会访问贵网站
{home} 的公开栏目，只取公开的文件及其附件，不登录、不提交表单、不绕过任何验证。

**发生了什么。** {at}（{zone}），程序访问后得到的回应是：

> {said}

程序随即停止访问，没有更换身份或地址，也没有立即重试。

**我们怎样访问。** 程序自报的名称是 `{agent}`。每天最多 {requests} 次请求，两次请求之间至少间隔
{delay} 秒，同一时间只用一个连接，{hours}。遵守 robots.txt，页面没有变化时不重复下载。

**我们的请求。** 如果贵网站愿意让公开文件被读者更方便地查到，恳请告知以下任何一项：

1. 允许访问的时段，或合适的频率；
2. 数据接口、订阅源（RSS）或站点地图的地址；
3. 在 robots.txt 中为 `{product}` 写明可以访问的栏目。

**如果不希望我们访问，** 在 https://{host}/robots.txt 中写入下面两行，程序便不再访问：

```
User-agent: {product}
Disallow: /
```

也可以直接写信给我们：{contact}。收到后我们会停止，并回信确认。

此致
敬礼

{operator}
{contact}
""",
}

_ENGLISH = {
    "window": "only between {window} ({zone})",
    "quiet": "never between {quiet} ({zone})",
    "any": "at any hour, one request at a time",
    "watch": "; on working days it also looks at your lists every {every} minutes between {hours}",
    "to": "{to}",
    "look": "(the catalogue knows no contact; look for one at the foot of {home} or on its contact page)",
    "letter": """\
# To {site}: our visits to your published documents

To: {address}

Dear colleagues,

we are {operator} ({region}). For readers and public servants we keep track of documents that governments
have published. A program of ours visits the public sections of {home}; it takes published documents and their
files, logs in nowhere, sends no forms and works around no check.

**What happened.** On {at} ({zone}) the program asked and was answered:

> {said}

It stopped at once, changed neither name nor address, and did not try again.

**How we visit.** The program calls itself `{agent}`. It makes {requests} requests a day at most, at
least {delay} seconds apart, over one connection, {hours}. It obeys robots.txt and does not fetch again what
has not changed.

**What we ask.** If you would like your documents to be found, any one of these would help:

1. hours in which we may come, or a pace that suits you;
2. the address of an interface, a feed or a sitemap;
3. a rule for `{product}` in your robots.txt that names the sections it may visit.

**To stop us for good,** put these two lines into https://{host}/robots.txt:

```
User-agent: {product}
Disallow: /
```

or write to {contact}; we will stop and say so.

With kind regards,

{operator}
{contact}
""",
}
