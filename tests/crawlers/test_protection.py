"""Protection pages are told from content by one rule, in the crawl, an import and the extraction."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.catalogue import build_catalogue
from crawlers.extract_file import extract_file
from crawlers.intake import import_jsonl
from crawlers.politeness.challenge import is_challenge
from crawlers.protection import protection_of
from tests.crawlers.loopback import Answer, Site, make_home
from tests.crawlers.test_crawl import captures, run
from tests.crawlers.test_crawl import site as site
from warehouse.home import Home

NOWHERE = build_catalogue([], sample=True)
FREQUENT = "<html><title>访问受限</title><body><p>您的访问过于频繁，请稍后再试</p></body></html>"
BUSY = "<html><title>提示</title><body><div class='TRS_Editor'>系统繁忙，请稍后再试！</div></body></html>"
STOPPED = "<html><body><h2>您的请求已被拦截</h2><p>事件ID：7f3a-20260601-22</p><a>返回首页</a></body></html>"
FRAMED = (
    "<nav><a>首页</a><a>政务公开</a><a>互动交流</a></nav><div><h3>系统提示</h3><p>服务器繁忙，请稍候重试。</p></div>"
    "<footer>主办单位：云河省民政厅　网站标识码：0000000001</footer>"
)
TEXT = "<p>各有关单位应当按照职责分工认真组织实施，并于每季度末书面报送进展情况，确保各项要求落到实处。</p>"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (FREQUENT, "busy"),
        (BUSY, "busy"),
        (FRAMED, "busy"),
        (STOPPED, "refusal"),
        ("<title>请求异常</title><p>请输入验证码后继续访问</p>", "refusal"),
        ("<h1>安全验证</h1><p>请拖动滑块完成验证</p>", "refusal"),
        ("<title>Web应用防火墙</title><p>您访问的地址可能对网站造成安全威胁，访问被阻断。</p>", "refusal"),
        ("<title>Blocked</title><p>Sorry, you have been blocked. Ray ID: 7f3</p>", "refusal"),
        ("您的访问过于频繁，请稍后再试", "busy"),
        ("<script>location.href='/index.html?t=1'</script>", "script"),
        ("<script>document.cookie='a=b';location.reload()</script>", "script"),
    ],
)
def test_a_protection_page_is_one_everywhere(page: str, kind: str, tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert protection_of(page.encode(encoding)) == kind
    assert is_challenge("text/html", page.encode())
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    read = extract_file(file, "http://a.example/zc/t20260501_1.html", None, NOWHERE)
    assert (read["kind"], [one["code"] for one in read["problems"]]) == ("challenge", ["challenge"])


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>关于网站安全验证的通知</h1><p>发布时间：2026-05-06</p><p>如遇系统繁忙，请稍后再试。</p>{TEXT}",
        "<h1>12345热线系统繁忙问题的答复</h1><p>系统繁忙，请稍后再试。</p>",
        "<meta name='ArticleTitle' content='访问受限'><p>您的请求已被拦截</p>",
        "<table><tr><td>索引号</td><td>1</td></tr></table><p>访问过于频繁的账号将被限制。</p>",
        "<h1>访问提醒</h1><p>请求异常</p>" + TEXT * 9,
        f"<h1>防范滑动验证诈骗</h1><p>不法分子以人机验证为名骗取信息。</p>{TEXT * 3}",
        "<p>请完成验证</p>" + "".join(f"<a href='{at}'>云河省养老服务条例之{at}</a>" for at in range(4)),
        '{"msg": "访问过于频繁，请稍后再试"}',
        "<rss><title>访问受限</title></rss>",
        f"<h1>标题</h1>{TEXT}",
    ],
)
def test_what_only_speaks_of_such_things_is_content(page: str) -> None:
    assert protection_of(page.encode()) is None


@pytest.mark.realdata
def test_no_recorded_page_is_taken_for_a_protection_page(shared_data: Path) -> None:
    """All recorded pages of the shared data, about a second."""
    files = [*(shared_data / "zh" / "html").rglob("*"), *(shared_data / "sites").rglob("*")]
    pages = [one for one in files if one.suffix in {".html", ".htm", ".shtml", ".xml", ".json"}]
    assert len(pages) > 100
    assert [one.name for one in pages if protection_of(one.read_bytes())] == []


def test_imported_lines_are_held_to_the_same_rule(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"title": "访问受限", "text": "您的访问过于频繁，请稍后再试", "sample": true}\n', "utf-8"
    )
    summary = import_jsonl(home, [file])
    assert (summary.documents, summary.exit_code) == (0, 4)
    assert "protection page" in summary.wrong[0]


def html(page: str) -> Answer:
    return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


@pytest.mark.parametrize("page", [BUSY, STOPPED])
def test_one_odd_page_is_tried_again_and_does_not_block_its_site(
    tmp_path: Path, site: Site, page: str
) -> None:
    site.faults[site.path(6)] = html(page)
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    assert site.paths().count(site.path(6)) == 3
    assert len(captures(home, "detail")) == 11
    assert summary.sources["prueba"].verdict == "ok"


def test_a_refusal_in_place_of_the_list_blocks(tmp_path: Path, site: Site) -> None:
    site.faults["/wj/index.html"] = html(STOPPED)
    home = make_home(tmp_path / "home")
    assert run(home, site).sources["prueba"].verdict == "blocked"
    assert captures(home) == []
