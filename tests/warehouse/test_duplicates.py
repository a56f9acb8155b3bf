"""Near-duplicates: planted copies are found, forms, versions and other numbers are not taken for copies."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.warehouse.make import document, make_home, read, source
from warehouse.database import Warehouse
from warehouse.duplicate_check import Paper, compare
from warehouse.duplicates import SENTENCE, text_keys, update_duplicates
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.shingles import band_keys, likeness, plain, shingles, signature

SENTENCES = (
    "各县民政局应当在每年第一季度前把高龄津贴的办理情况报送省民政厅，并说明未完成的原因。",
    "乡镇人民政府应当在每年第二季度前把助餐点建设的进度报送县人民政府，并说明存在的困难。",
    "市财政局应当在每年第三季度前把运营补贴的拨付情况报送审计机关，并说明资金缺口。",
    "养老机构应当在每年第四季度前把床位轮候的名册报送主管部门，并说明等候时间。",
    "社区服务站应当在每年第一季度前把探访关爱的记录报送街道，并说明走访频次。",
    "市场监管所应当在每年第二季度前把食品抽检的结果报送县局，并说明不合格项目。",
    "卫生院应当在每年第三季度前把家庭病床的台账报送医共体，并说明上门次数。",
    "街道办事处应当在每年第四季度前把适老化改造的验收单报送区政府，并说明验收结果。",
)
TEXT = "\n".join(f"{at}、{sentence}" for at, sentence in zip("甲乙丙丁戊己庚辛", SENTENCES, strict=True))
HEAD = "首页 > 政务公开 > 通知公告 来源：省人民政府网 发布时间：2026-05-07 字号：大 中 小\n"
FOOT = "\n责任编辑：某某 主办：省人民政府办公厅 网站标识码 3300000001 扫一扫在手机打开当前页"
ONE = Paper("doc-1", "mzt", "", "关于报送办理情况的通知", date(2026, 5, 1), TEXT)


def edited(text: str, seed: int, share: float = 0.1) -> str:
    """The text with runs of six characters replaced, together that share of it."""
    drawn = random.Random(seed)
    for _ in range(max(1, round(len(text) * share / 6))):
        at = drawn.randrange(len(text) - 6)
        text = text[:at] + "".join(drawn.sample("天地玄黄宇宙洪荒日月盈昃辰宿列张", 6)) + text[at + 6 :]
    return text


def kind(one: Paper, other: Paper) -> str | None:
    like = compare(one, other)
    return like.kind if like else None


def test_signatures_estimate_jaccard_similarity() -> None:
    one, other = shingles(plain(TEXT * 1)), shingles(plain(edited(TEXT, 1)))
    true, _, _ = likeness(np.unique(one), np.unique(other))
    estimate = float((signature(one) == signature(other)).mean())
    assert abs(estimate - true) < 0.15
    assert set(band_keys(signature(one)).tolist()) & set(band_keys(signature(other)).tolist())


def test_layout_width_and_punctuation_do_not_count() -> None:
    assert text_keys(TEXT) == text_keys(TEXT.replace("，", ", ").replace("\n", "\n\n　　"))


def test_a_frame_around_the_text_and_a_tenth_of_edits_leave_a_copy() -> None:
    other = replace(ONE, document_id="doc-2", source_id="portal")
    assert kind(ONE, replace(other, text=HEAD + TEXT + FOOT)) == "copy"
    found = [kind(ONE, replace(other, text=edited(TEXT, seed))) for seed in range(20)]
    assert found.count("copy") >= 19


def test_a_filled_in_form_is_no_copy() -> None:
    form = replace(ONE, title_key="关于督办的函甲县", text=TEXT.replace("第", "甲县第"))
    assert kind(form, replace(form, title_key="关于督办的函乙县", text=TEXT.replace("第", "乙县第"))) is None
    figures = "2026年{0}月全省新增床位{1}张，改造{2}户，发放津贴{3}万元，比上月增长{4}%。"
    may, june = figures.format(5, 1203, 456, 789, 3), figures.format(6, 998, 512, 640, 7)
    assert kind(replace(ONE, text=TEXT + may), replace(ONE, text=TEXT + june)) is None


def test_other_numbers_other_months_and_later_versions_are_no_copies() -> None:
    portal = replace(ONE, document_id="doc-2", source_id="portal")
    assert kind(replace(ONE, number="云民发〔2026〕1号"), replace(portal, number="云民发〔2026〕2号")) is None
    assert kind(replace(ONE, title_key="5月通报"), replace(portal, title_key="6月通报")) is None
    amended = TEXT.replace(
        SENTENCES[2],
        "市财政局按照新的标准核定补贴，三年一次调整，调整方案经公示后由县级以上人民政府批准施行。",
    )
    assert kind(ONE, replace(ONE, document_id="doc-3", published=date(2027, 5, 1), text=amended)) is None


def test_a_release_of_another_day_is_no_excerpt_of_the_longer_one() -> None:
    longer = "\n".join(edited(TEXT, seed, 0.9) for seed in range(6))
    issue = "最新一期统计公报于{0}月{1}日发布，" + TEXT
    asked = replace(ONE, text=issue.format(2, 22))
    held = replace(ONE, document_id="doc-2", source_id="x", text=longer + issue.format(5, 20) + longer)
    assert kind(asked, held) is None
    assert kind(asked, replace(held, text=longer + issue.format(2, 22) + longer)) == "excerpt"


def test_pages_that_offer_files_of_their_own_are_no_copies() -> None:
    page = TEXT + "\n* [下载]({0})"
    one = replace(ONE, text=page.format("http://a.gov.cn/files/report.pdf"))
    other = replace(ONE, document_id="doc-2", source_id="x", text=page.format("/u/letter.pdf"))
    assert kind(one, other) is None
    assert kind(one, replace(other, text=page.format("/elsewhere/Report.PDF"))) == "copy"
    assert kind(one, replace(other, text=TEXT)) == "copy"  # a reprint may leave the files out


def test_a_part_quoted_in_a_longer_text_is_an_excerpt() -> None:
    longer = "\n".join(edited(TEXT, seed, 0.9) for seed in range(6))
    assert (
        kind(ONE, replace(ONE, document_id="doc-2", source_id="x", text=longer + TEXT + longer)) == "excerpt"
    )


def papers_home(tmp_path: Path) -> Home:
    home = make_home(tmp_path)
    paragraphs = tuple(TEXT.split("\n"))
    own = document(1, paragraphs=paragraphs)
    framed = replace(
        document(2, "portal"),
        title=own.title,
        doc_number=None,
        published=date(2026, 5, 22),
        paragraphs=(HEAD, *paragraphs, FOOT),
    )
    other = document(3, paragraphs=tuple(TEXT.replace("第", "临山县第").split("\n")))
    with Warehouse.open(home) as w:
        ingest_sources(w, [source(), source("portal", department_code=None)])
        ingest_reads(w, [read(own), read(framed), read(other)])
    return home


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute(query).fetchall()


def test_a_framed_copy_is_published_as_a_reprint(tmp_path: Path) -> None:
    home = papers_home(tmp_path)
    publish(home)
    publication = Publication.current(home)
    assert publication is not None
    (reprint,) = publication.rows("select source_id, reprint_of from document where reprint_of is not null")
    assert reprint == {"source_id": "portal", "reprint_of": document(1).document_id}
    assert publication.rows("select kind from near_copy") == [{"kind": "copy"}]


def test_a_document_that_goes_takes_its_pairs_and_keys_along(tmp_path: Path) -> None:
    home = papers_home(tmp_path)
    publish(home)
    with Warehouse.open(home) as w:
        w.connection.execute("update document set origin = 'replayed' where source_id = 'portal'")
        w.connection.execute(
            "insert into outbox select document_id, 'content' from document where source_id = 'portal'"
        )
    publish(home)
    assert rows(home, "from near_copy") == []
    assert rows(home, "select distinct text_no from near_key order by all") == rows(
        home, "select distinct text_no from near_state order by all"
    )
    publication = Publication.current(home)
    assert publication is not None
    assert publication.rows("select 1 from document where duplicate_group is not null") == []


def test_only_what_changed_is_compared_again(tmp_path: Path) -> None:
    home = papers_home(tmp_path)
    publish(home)
    facts = next(home.published.glob("2*/facts.duckdb"))
    with Warehouse.open(home) as w:
        w.connection.execute(f"attach '{facts}' as pub (read_only)")
        w.connection.execute("create temp table touched as select document_id from pub.document")
        assert update_duplicates(w) == 0
        w.connection.execute(
            "update near_state set state = '' where document_id in (select min(document_id) from near_state)"
        )
        assert update_duplicates(w) == 1
        assert w.connection.execute("select kind from near_copy").fetchall() == [("copy",)]


@pytest.mark.realdata
def test_planted_reprints_of_real_texts_are_found(shared_data: Path) -> None:
    with gzip.open(shared_data / "zh" / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(4000), strict=False)][::80]
    found: list[bool] = []
    met: list[bool] = []
    long_enough = [text for text in texts if text and len(plain(text)) >= 200]
    for seed, text in enumerate(long_enough):
        own = replace(ONE, text=text[:6000])
        copies = HEAD + own.text + FOOT, edited(own.text, seed)
        for copy in (replace(ONE, document_id="doc-2", source_id="portal", text=one) for one in copies):
            found.append(kind(own, copy) == "copy")
            met.append(_meet(own.text, copy.text))
    assert found[::2].count(True) == len(found[::2])
    assert met[::2].count(True) == len(found[::2])  # the frame changes neither title nor bands
    assert met[1::2].count(True) >= 0.95 * len(found[1::2])  # others meet by their title
    assert found[1::2].count(True) >= 0.98 * len(found[1::2])


def _meet(one: str, other: str) -> bool:
    shared = set(text_keys(one)) & set(text_keys(other))
    return len(shared) >= 2 or any(key >= SENTENCE for key in shared)
