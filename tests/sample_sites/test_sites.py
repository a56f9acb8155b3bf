"""Each publishing style has the shapes, pages and traps of the real ones."""

from __future__ import annotations

import io
import json
import re
import zipfile
from urllib.parse import quote, urljoin

import docx
import pypdfium2
import pytest

from crawlers.extraction.files import read_file
from crawlers.extraction.sniff import sniff
from crawlers.sample_sites import SampleServer, truth
from tests.sample_sites.conftest import Get

YUNHE = "http://mzt.yunhe.example"
CITY = "http://www.lanjiang.example"
ISLANDS = "http://www.meridian.example"


def test_every_document_and_attachment_of_day_0_answers(get: Get) -> None:
    documents = truth(0)["documents"]
    addresses = [d["url"] for d in documents] + [a["url"] for d in documents for a in d["attachments"]]
    assert {get(address).status for address in addresses} == {200}


def test_numbered_lists_lead_to_every_document_of_the_site(get: Get) -> None:
    found = set()
    for column in ("zcwj", "tzgg", "zcjd"):
        base = f"{YUNHE}/xxgk/{column}/"
        first = get(base + "index.html").text
        pages = int(re.search(r'createPageHTML\((\d+), 0,"index","html"\)', first)[1])  # type: ignore[index]
        texts = [first] + [get(f"{base}index_{number}.html").text for number in range(1, pages)]
        found |= {
            urljoin(base, href) for text in texts for href in re.findall(r'<a href="(\./\d{6}/[^"]+)"', text)
        }
        assert get(f"{base}index_{pages}.html").status == 404
    assert found == {d["url"] for d in truth(0)["documents"] if d["source_id"] == "sample-yunhe-mzt"}


def test_policy_documents_fill_several_list_pages(get: Get) -> None:
    assert get(f"{YUNHE}/xxgk/zcwj/index_2.html").status == 200


def test_long_titles_are_cut_in_lists_and_whole_in_the_title_attribute(get: Get) -> None:
    text = get(f"{YUNHE}/xxgk/zcwj/index.html").text
    assert re.search(
        r'title="云河省民政厅 云河省财政厅关于提高2026年城乡最低生活保障标准的通知"[^>]*>[^<]+…</a>', text
    )


def test_the_disclosure_table_is_untidy_in_several_ways(get: Get) -> None:
    pages = [get(d["url"]).body for d in truth(0)["documents"] if d["source_id"] == "sample-yunhe-mzt"]
    text = b"\n".join(pages).decode("utf-8", "replace")
    for form in (
        "索引号：",
        "索&nbsp;引&nbsp;号：",
        "索 引 号：",
        "标　　题：",
        '<dl class="xxgk_head"><dt>索引号:</dt>',
    ):
        assert form in text


def test_one_page_says_utf8_and_is_gb18030(get: Get) -> None:
    reply = get(f"{YUNHE}/xxgk/tzgg/202603/t20260320_1008.html")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode()
    assert "云河省农业农村厅关于切实抓好2026年春季农业生产的通知" in reply.body.decode("gb18030")


def test_one_page_changes_its_bytes_daily_but_not_its_text(server: SampleServer, get: Get) -> None:
    url = f"{YUNHE}/xxgk/tzgg/202604/t20260430_1020.html"
    before = get(url).text
    server.set_day(1)
    after = get(url).text
    assert before != after
    assert before.replace("2026年06月01日", "") == after.replace("2026年06月02日", "")


def test_the_city_names_its_categories_in_the_page(get: Get) -> None:
    text = get(f"{CITY}/gkmlpt/index").text
    assert "window._CONFIG = {" in text
    assert "SID: '9901'" in text
    tree = json.loads(re.search(r"TREE: (\[.*\]),\n", text)[1])  # type: ignore[index]
    assert [node["id"] for node in tree[0]["children"]][:3] == [2001, 2002, 2003]
    assert tree[2]["jump_url"]


def test_the_city_pages_its_lists_and_counts_them(get: Get) -> None:
    answers = [json.loads(get(f"{CITY}/gkmlpt/api/all/2001?page={n}&sid=9901").body) for n in (1, 2, 3)]
    assert answers[0]["total"] == answers[0]["classify"]["post_count"]
    assert [len(a["articles"]) for a in answers] == [6, answers[0]["total"] - 6, 0]
    assert all(isinstance(article["date"], int) for article in answers[0]["articles"])


def test_the_city_refuses_a_wrong_site_number(get: Get) -> None:
    assert get(f"{CITY}/gkmlpt/api/all/2001?page=1&sid=1").status == 400


def test_the_text_of_a_city_page_is_json_in_a_script(get: Get) -> None:
    text = get(f"{CITY}/gkmlpt/content/10/10235/post_1023517.html").text
    detail = json.loads(re.search(r"DETAIL: (\{.*\})\n\}", text)[1])  # type: ignore[index]
    assert "社区老年助餐点达到210个" in detail["content"]
    assert "社区老年助餐点达到210个" not in text


def test_a_reprint_shows_the_city_as_publisher_and_the_origin_as_source(get: Get) -> None:
    rows = [json.loads(get(f"{CITY}/gkmlpt/api/all/2001?page={n}&sid=9901").body)["articles"] for n in (1, 2)]
    reprint = next(row for part in rows for row in part if row["id"] == 1023401)
    assert reprint["publisher"] == "澜江市人民政府办公室"
    assert reprint["source"] == "转载自云河省民政厅网站"


def test_search_pages_filters_and_refuses_unknown_parameters(get: Get) -> None:
    search = f"{ISLANDS}/api/search.json"
    whole = json.loads(get(f"{search}?count=1500").body)
    second = json.loads(get(f"{search}?start=10&count=10").body)
    health = json.loads(get(f"{search}?filter_organisations=department-of-health&fields=title,link").body)
    assert whole["total"] == len(whole["results"]) == 14
    assert [r["link"] for r in second["results"]] == [r["link"] for r in whole["results"]][10:]
    assert health["total"] == 4
    assert set(health["results"][0]) == {"title", "link", "_id", "index", "document_type"}
    assert get(f"{search}?colour={quote('blue')}").status == 422


def test_content_items_tell_their_change_history(get: Get) -> None:
    item = json.loads(get(f"{ISLANDS}/api/content/guidance/home-care-standards-2026").body)
    assert [change["note"] for change in item["details"]["change_history"]][-1] == "First published."
    assert item["public_updated_at"] == item["details"]["change_history"][0]["public_timestamp"]
    assert item["links"]["organisations"][0]["title"] == "Department of Health"


def test_every_attachment_gives_back_its_text(get: Get) -> None:
    found = [a for d in truth(0)["documents"] for a in d["attachments"]]
    for attachment in (a for a in found if a["kind"] not in ("doc", "scan")):  # read by programs, if present
        body = get(attachment["url"]).body
        text = read_file(body, sniff(body), "").attachment
        assert text is not None
        assert attachment["name"] in text.text
        assert len(text.text) > 80
    assert {a["kind"] for a in found} >= {"pdf", "docx"}


def test_chinese_stands_in_the_pdf_text_layer(get: Get) -> None:
    text = _pdf_text(get(f"{YUNHE}/xxgk/tzgg/202603/P020260316502218870.pdf").body)
    assert "澜江市　41260　32800" in text


def test_a_docx_holds_its_table_and_no_compressed_part(get: Get) -> None:
    body = get(f"{YUNHE}/xxgk/zcwj/202603/P020260327391120041.docx").body
    assert docx.Document(io.BytesIO(body)).tables[0].cell(0, 0).text == "项目"
    assert {part.compress_type for part in zipfile.ZipFile(io.BytesIO(body)).infolist()} == {
        zipfile.ZIP_STORED
    }


def test_every_page_says_it_is_sample_data(get: Get) -> None:
    for document in truth(0)["documents"]:
        body = get(document["url"]).body
        assert "示例数据".encode() in body or "示例数据".encode("gb18030") in body


def _pdf_text(body: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))
