"""Sites that offer an Atom feed a column, paged, with plain document pages."""

from __future__ import annotations

import re

from tests.breakages.answers import Answer, Ask, changed, missing, page, posted, safe
from tests.breakages.papers import Paper
from tests.breakages.site import COLUMNS, newest, pages_of
from tests.breakages.styles import parts

_FEED = re.compile(r"/feed/(\w+)\.xml$")
_DETAIL = re.compile(r"/n/\d{8}/(\d+)\.html$")
_FILE = re.compile(r"/f/(\d+)_(\d)\.\w+$")
_KEYS = [key for key, _ in COLUMNS]


def starts(columns: int) -> list[str]:
    """Addresses of the feeds."""
    return [f"/feed/{key}.xml" for key in _KEYS[:columns]]


def path(paper: Paper) -> str:
    """The address of a document."""
    return f"/n/{paper.day:%Y%m%d}/{paper.number}.html"


def answer(ask: Ask) -> Answer:
    """Feeds, documents and files."""
    feed, detail, file = (pattern.match(ask.path) for pattern in (_FEED, _DETAIL, _FILE))
    if feed and feed[1] in _KEYS[: ask.site.columns]:
        return _feed(ask, _KEYS.index(feed[1]), int(ask.query.get("page", "1")))
    paper = ask.site.paper(detail[1], ask.today) if detail else None
    if paper and path(paper) == ask.path:
        return _detail(ask, paper)
    holder = ask.site.paper(file[1], ask.today) if file else None
    return ask.site.file(holder, int(file[2])) if holder and file else missing()


def _feed(ask: Ask, column: int, number: int) -> Answer:
    rows, size = ask.site.shown(column, ask.today), ask.site.per_page
    pages = pages_of(rows, size)
    if not 1 <= number <= pages:
        return missing()
    where = f"http://{ask.site.host}/feed/{_KEYS[column]}.xml"
    more = f'<link rel="next" href="{where}?page={number + 1}"/>' if number < pages else ""
    entries = "\n".join(_entry(ask, paper) for paper in rows[(number - 1) * size : number * size])
    when = newest(rows, ask.today)
    text = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{ask.site.name}{COLUMNS[column][1]}</title><id>{where}</id>"
        f"<updated>{when.isoformat()}</updated><author><name>{ask.site.name}</name></author>"
        f'<link rel="self" href="{where}"/>{more}\n{entries}</feed>'
    )
    return Answer(200, "application/atom+xml; charset=utf-8", text.encode(), "list", when)


def _entry(ask: Ask, paper: Paper) -> str:
    url = f"http://{ask.site.host}{path(paper)}"
    return (
        f"<entry><title>{safe(paper.title)}</title><id>{url}</id><link rel='alternate' href='{url}'/>"
        f"<published>{posted(paper).isoformat()}</published>"
        f"<updated>{changed(paper, ask.today).isoformat()}</updated></entry>"
    )


def _detail(ask: Ask, paper: Paper) -> Answer:
    paths = [f"/f/{paper.number}_{place}.{file.kind}" for place, file in enumerate(paper.files)]
    middle = (
        f'<h1 class="bt">{safe(paper.title)}</h1><p class="sj">时间：{paper.day:%Y-%m-%d}</p>'
        f'{parts.table(ask, paper, "gk")}<div class="article_con">{parts.text(ask, paper)}</div>'
        f"{parts.links(paper, paths)}"
    )
    text = parts.frame(ask, paper.title, middle, parts.tags(ask, paper))
    return page(text, "detail", changed(paper, ask.today), paper)
