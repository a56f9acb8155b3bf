"""Claims about the packaged Chinese catalogue: complete, true to its material, readable by its platforms."""

from __future__ import annotations

import base64
import csv
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import crawlers
from classify.departments.authority import authority
from crawlers.catalogue import HOME_FOLDER, build_catalogue, check_start, load_catalogue, read_source
from crawlers.run import crawl
from crawlers.source import SourceFile
from crawlers.spiders.requests import host_of, start_requests
from tests.crawlers.loopback import source_toml
from warehouse.errors import UserError
from warehouse.home import Home

SHARED = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
FOLDER = Path(crawlers.__file__).parent / "sources" / "cn"
FILES = {file.stem: file for file in FOLDER.rglob("*.toml")}
SOURCES = {name: read_source(file) for name, file in FILES.items()}
ENABLED = {name: source for name, source in SOURCES.items() if source.enabled}

# Lists of many bodies' documents: the row or the page says who issued each, never the source.
MANY_ISSUERS = {
    *("cn-gov-library-bm", "cn-gov-latest", "cn-gov-gongbao", "cn-npc-flk", "cn-mee-gwy", "cn-12371"),
}
# District governments, which the authority file does not list (it knows provinces and cities).
DISTRICTS = {"cn-sz-" + name for name in ("szpsq", "szns", "szft", "szlh", "szlhq", "szgm", "szlg")}

# How the material says the interfaces are asked: method, address with its query, form.
ASKED = {
    "cn-gov-library-gw": ("GET", "sousuo.www.gov.cn/search-gov/data", ("t=zhengcelibrary_gw", "n=50", "p=1")),
    "cn-gov-library-bm": ("GET", "sousuo.www.gov.cn/search-gov/data", ("t=zhengcelibrary_bm", "n=20", "p=1")),
    "cn-gov-latest": ("GET", "www.gov.cn/zhengce/zuixin/ZUIXINZHENGCE.json", ()),
    "cn-npc-flk": ("POST", "flk.npc.gov.cn/law-search/search/list", ('"pageNum":1', '"pageSize":', '"sxx":')),
    "cn-moe": ("GET", "www.moe.gov.cn/was5/web/search", ("channelid=267907", "page=1")),
    "cn-miit": (
        "GET",
        "www.miit.gov.cn/search-front-server/api/search/info",
        ("websiteid=110000000000000", "category=51", "pg=15", "p=1", "q="),
    ),
    "cn-cac": ("POST", "www.cac.gov.cn/cms/JsonList", ("channelCode=A093703", "perPage=20", "pageno=1")),
    "cn-hlj": (
        "GET",
        "www.hlj.gov.cn/common/search/c7eb6a51b99845ea906d5ec83b0f8e27",
        ("page=1", "_pageSize=15", "_isAgg=true", "_isJson=true", "_template=index"),
    ),
    "cn-su": (
        "POST",
        "www.suzhou.gov.cn/szinf/xxgk/interfacesWebZcwj/loadData",
        ("pageSize=15", "pageIndex=1"),
    ),
    "cn-gd": ("GET", "www.gd.gov.cn/gkmlpt/index", ()),
    "cn-sz-zjj": ("GET", "zjj.sz.gov.cn/gkmlpt/index", ()),
    "cn-nm": ("GET", "www.nmg.gov.cn/nmsearch/openSearch/zcwjk/getZcList.do", ("pageNum=1", "pageSize=10")),
    "cn-ah": ("GET", "www.ah.gov.cn/anhuisousuoserver/site/label/8888", ("pageSize=20", "isPolicy=1")),
    "cn-ha": (
        "GET",
        "searchapi.henan.gov.cn/open/api/external-new",
        ("siteId=4500000001", "pageNumber=1", "pageSize=15", "fileType=3"),
    ),
    "cn-jx": (
        "GET",
        "sousuo.jiangxi.gov.cn/jsearchfront/search.do",
        ("websiteid=360000000000000", "tpl=49", "p=1"),
    ),
}

# Which of our platforms read what the material calls so.
ADAPTERS = {
    "govcn_search": {"govcn"},
    "json_feed": {"govcn", "feed"},
    "flk_api": {"flk"},
    "trs_createpage": {"trs"},
    "trs_shtml": {"trs"},
    "trs_tdate": {"trs"},
    "trs_pager": {"trs"},
    "trs_was5": {"trs_was5"},
    "hanweb_search": {"hanweb_search"},
    "hanweb_jpaas": {"hanweb_jpaas"},
    "hanweb_recordset": {"hanweb_recordset"},
    "hanweb_dataproxy": {"hanweb_dataproxy"},
    "ucap_list": {"ucap"},
    "ucap_channel_api": {"ucap_channel"},
    "gkmlpt": {"gkmlpt"},
    **{
        key: {"numbered"} for key in ("ccontent", "pbc_index", "datepath", "ymd8", "uuid_columns", "index_pc")
    },
    **{
        key: {"single_api"}
        for key in ("cac_jsonlist", "suzhou_api", "trs_zcwjk_api", "ah_search", "ha_search")
    },
    "sh_yeararchive": {"year_archive"},
    "html_list": {"generic", "govcn"},  # the gazette's pages are a script, its search is not
    **{key: {"generic"} for key in ("spa_api", "irs_search", "guestweb_search")},  # disabled, all of them
}
LEAVE_IT = re.compile(r"do not crawl|leave off|skip, use|protected")


def test_every_file_is_named_and_shelved_by_what_it_holds() -> None:
    for name, source in SOURCES.items():
        assert source.id == name
        shelf = FILES[name].relative_to(FOLDER).parts[0]
        assert (shelf == "national") == (source.jurisdiction == "CN") == (source.level == "national"), name
    by_shelf: dict[Path, set[str]] = {FILES[name].parent: set() for name in SOURCES}
    for name, source in SOURCES.items():
        by_shelf[FILES[name].parent].add(source.jurisdiction[:5])
    assert all(len(provinces) == 1 for provinces in by_shelf.values())


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_source_says_what_a_librarian_asks(name: str) -> None:
    source = SOURCES[name]
    assert source.evidence
    assert source.reuse_note
    assert source.impact.note
    assert source.impact.window
    assert bool(source.disabled_reason) == (not source.enabled)
    assert (source.disabled_reason or "A.")[0].isupper()
    assert (source.disabled_reason or "A.").endswith(".")
    stated = source.expected.model_fields_set
    assert {"documents_min", "new_per_month", "silent_days"} <= stated
    assert "cadence_hours" in source.model_fields_set
    assert source.cadence_hours <= 72
    if source.enabled:
        assert source.expected.documents_min > 0
        assert source.expected.silent_days * source.expected.new_per_month <= 30 * 150
    if source.expected.new_per_month >= 3:
        assert 14 <= source.expected.silent_days <= 120
    home = authority().home_of(source.jurisdiction) if source.jurisdiction != "CN" else "CN"
    assert home == source.jurisdiction


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_the_body_stands_in_the_authority_file(name: str) -> None:
    source = SOURCES[name]
    if name in MANY_ISSUERS or name in DISTRICTS:
        assert source.department is None
        assert name not in DISTRICTS or source.department_name == source.name_zh
        return
    body = authority().body(source.department or "")
    assert body is not None
    assert body.name_zh == source.department_name
    assert body.jurisdiction == source.jurisdiction
    assert authority().resolve(body.name_zh, source.jurisdiction) == body  # a printed name leads there too
    assert body.valid_to is None


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_crawl_can_begin_inside_the_scope(name: str) -> None:
    check_start(SOURCES[name], f"{name}.toml")
    assert start_requests(SOURCES[name])


@pytest.mark.parametrize("name", sorted(ASKED))
def test_interfaces_are_asked_as_documented(name: str) -> None:
    method, address, parts = ASKED[name]
    first = start_requests(SOURCES[name])[0].request
    url = str(first.get("url") or start_requests(SOURCES[name])[0].url)
    body = base64.b64decode(first.get("body", "")).decode()
    assert first.get("method", "GET") == method
    assert url.split("://")[1].split("?")[0] == address
    sent = set(urlsplit(url).query.split("&")) | set(body.split("&"))
    assert all(part in sent or (part.startswith('"') and part in body) for part in parts)


def test_no_two_sources_answer_for_one_address() -> None:
    starts = [item.url for source in SOURCES.values() for item in start_requests(source)]
    assert len(set(starts)) == len(starts)
    catalogue = build_catalogue(SOURCES.values(), sample=False)
    for source in SOURCES.values():
        assert getattr(catalogue.match(source.home), "id", None) == source.id


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("cn-gov-library-gw", "http://www.gov.cn/zhengce/content/2019-02/15/content_5365945.htm"),
        ("cn-gov-library-bm", "https://www.gov.cn/zhengce/zhengceku/202609/content_7081881.htm"),
        ("cn-gov-gongbao", "https://www.gov.cn/gongbao/2025/issue_11826/202501/content_7001287.html"),
        ("cn-npc-flk", "https://flk.npc.gov.cn/law-search/search/flfgDetails?bbbs=ff80"),
        ("cn-mof", "https://szs.mof.gov.cn/zhengcefabu/202607/t20260724_3994261.htm"),
        ("cn-mof-wg", "https://www.mof.gov.cn/gkml/caizhengwengao/wg2026/202603/P020260301.pdf"),
        ("cn-mct", "https://zwgk.mct.gov.cn/zfxxgkml/scgl/202601/t20260119_964189.html"),
        ("cn-mot", "https://xxgk.mot.gov.cn/2020/jigou/ysfws/202508/t20250828_4175597.html"),
        ("cn-sz-szns", "http://www.szns.gov.cn/xxgk/content/post_123456.html"),
        ("cn-miit-tjfx", "https://www.miit.gov.cn/gxsj/tjfx/yclgy/art/2026/art_0a1b.html"),
        ("cn-sh", "https://www.shanghai.gov.cn/nw12344/20260506/0123456789abcdef0123456789abcdef.html"),
    ],
)
def test_document_pages_lie_inside_their_source(name: str, page: str) -> None:
    assert SOURCES[name].covers(page)
    assert getattr(build_catalogue(SOURCES.values(), sample=False).match(page), "id", None) == name


def test_a_starred_host_holds_what_is_below_it_and_nothing_beside_it() -> None:
    mof = SOURCES["cn-mof"]
    assert mof.has_host("KJS.mof.gov.cn")
    assert mof.has_host("www.mof.gov.cn")
    assert not mof.has_host("mof.gov.cn")
    assert not mof.has_host("kjs.mof.gov.cn.example")
    assert not mof.covers("https://www.most.gov.cn/xxgk/")


def home_with(folder: Path, **files: str) -> Home:
    home = Home.create(folder / "home", "")
    home.sources.mkdir()
    for name, text in files.items():
        (home.sources / f"{name}.toml").write_text(text, encoding="utf-8")
    return home


def one(extra: str, platform: str = "single_api") -> str:
    text = source_toml("eins", "eins.example", extra).replace('platform = "trs"', f'platform = "{platform}"')
    return text.split("[[start]]")[0] if platform == "single_api" else text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (one('[options]\naddress = "/list"\n'), r"eins: \[options\] rows is missing"),
        (one('[options]\nadress = "/list"\n'), r"\[options\] adress is not known; did you mean 'address'"),
        (
            one('[options]\nsize = "many"\n', "flk"),
            r"the \[options\] do not fit \(size is 'many', no whole number",
        ),
        (one('[options]\nid = "("\n', "generic"), r"the \[options\] do not fit \(id is no pattern"),
        (
            one('[options]\ncolums = "1"\n', "hanweb_jpaas"),
            r"colums is not known; did you mean 'columns'\? han",
        ),
        (one('[list]\nitme = "li"\n', "trs"), r"\[list\] itme is not known; did you mean 'item'\? \[list\]"),
        (
            one('[list]\nlink = "li a"\n', "generic"),
            r"\[list\] link is looked for inside a row; write item too",
        ),
        (one('[fields]\nbdy = "p"\n', "trs"), r"\[fields\] bdy is not known; did you mean 'body'\?"),
        (one('[list]\nitem = "li["\n', "trs"), r"\[list\] item is no CSS selector \('li\['\); write one"),
        (one('[fields]\nbody = "a:eq(1)"\n', "trs"), r"\[fields\] body is no CSS selector"),
        (one('[options]\nfamily = "roman"\n', "numbered"), r"family 'roman' is not known; write one of"),
        (one("", "drupal"), r"the platform 'drupal' is not known; write one of generic, trs"),
        (one('[scope]\nhosts = ["zwei.example"]\n', "trs"), r"lies outside the source's own \[scope\]"),
    ],
)
def test_a_source_that_cannot_begin_is_its_own_fault_only(tmp_path: Path, text: str, said: str) -> None:
    home = home_with(tmp_path, eins=text, zwei=source_toml("zwei", "zwei.example"))
    catalogue = load_catalogue(home, sample=False)
    assert set(catalogue.faults) == {"eins"}
    assert "eins" not in catalogue.sources
    assert re.search(said, catalogue.faults["eins"])
    assert catalogue.faults["eins"].startswith(f"{HOME_FOLDER}/eins.toml: ")
    assert {"zwei", "cn-mof"} <= set(catalogue.sources)


def test_a_wrong_option_does_not_stop_the_night(tmp_path: Path) -> None:
    wrong, right = one('[options]\naddress = "/list"\n'), source_toml("zwei", "zwei.example")
    home = Home.create(tmp_path / "home", '[clock]\nnow = "2026-06-02T12:00:00+08:00"\n')
    home.sources.mkdir()
    for name, text in (("eins", wrong), ("zwei", right)):
        (home.sources / f"{name}.toml").write_text(text, encoding="utf-8")
    planned = crawl(home, None, all_=True, dry_run=True).planned
    asked = {item.source_id for item in planned}
    assert "zwei" in asked
    assert "eins" not in asked
    with pytest.raises(UserError, match="rows is missing"):
        crawl(home, ["eins"], dry_run=True)


def rows() -> list[dict[str, str]]:
    """The Chinese rows of the catalogue's material."""
    file = SHARED / "sources.csv"
    if not file.is_file():
        pytest.skip(f"{file} is not here; set GOVBRIEF_SHARED_DATA to the shared data")
    with file.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["jurisdiction"].split("-")[0] == "CN"]


@pytest.mark.realdata
def test_every_chinese_row_of_the_material_stands_here() -> None:
    assert {row["id"] for row in rows()} == set(SOURCES)


@pytest.mark.realdata
def test_files_say_what_their_rows_say() -> None:
    for row in rows():
        source: SourceFile = SOURCES[row["id"]]
        leave = LEAVE_IT.search(row["list_pattern"] + row["evidence"])
        assert source.certainty == row["evidence"][1], row["id"]
        assert source.enabled == (source.certainty == "A" and not leave), row["id"]
        assert source.platform in ADAPTERS[row["adapter"]], row["id"]
        asked = {host_of(str(item.request.get("url", item.url))) for item in start_requests(source)}
        assert urlsplit(row["start_url"]).netloc in asked | {host_of(source.home)}, row["id"]
        depth = min(row["jurisdiction"].count("-"), 2)
        assert source.level == ("national", "provincial", "municipal")[depth] or row["id"] in DISTRICTS


@pytest.mark.realdata
def test_plain_lists_start_where_the_rows_say() -> None:
    for row in rows():
        source = SOURCES[row["id"]]
        if source.start and source.enabled:
            assert row["start_url"] in {start.url for start in source.start}, row["id"]
