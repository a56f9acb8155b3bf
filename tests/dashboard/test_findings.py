"""Remarks and findings of the crawl in the reader's language, and in English where no template fits."""

from __future__ import annotations

import pytest

from dashboard.findings import failure_name, finding_sentence, problem_sentence, remark_sentence


@pytest.mark.parametrize(
    ("remark", "zh"),
    [
        ("nothing new", "没有新内容"),
        ("http://a.example/l answers 404", "http://a.example/l 返回 404"),
        ("http://a.example/l answers 403; left alone", "http://a.example/l 返回 403；暂不再访问"),
        (
            "http://a.example/l answers 403; a letter to the site's owner lies in letters/a-2026-06-01.md",
            "http://a.example/l 返回 403；给网站负责人的信已拟好：letters/a-2026-06-01.md",
        ),
        (
            "robots.txt answers 503; RFC 9309 asks to wait; left alone",
            "robots.txt 返回 503，按 RFC 9309 须等它恢复；暂不再访问",
        ),
        ("http://a.example/l answers with a challenge page", "http://a.example/l：出现验证页面"),
        (
            "http://a.example/x: no complete answer in time (timeout)",
            "http://a.example/x：超时，没有收到完整回应",
        ),
        ("http://a.example/x: the server failed (http-503)", "http://a.example/x：网站服务器出错（503）"),
        (
            "http://a.example/x: timeout; too many failures in a row, the breaker is open",
            "http://a.example/x：超时，没有收到完整回应；连续失败过多，暂停访问",
        ),
        (
            "2 of 9 requests failed; http://a.example/x answers 404",
            "9 个请求中 2 个失败；http://a.example/x 返回 404",
        ),
        (
            "quiet hours 08:30-18:00 (Asia/Shanghai); it is asked after them",
            "处于安静时段 08:30-18:00（Asia/Shanghai），过后再访问",
        ),
        (
            "robots.txt of a.example cannot be fetched: no address is known (no-such-host); left alone",
            "a.example 的 robots.txt 取不到：域名解析不到公网地址；暂不再访问",
        ),
        (
            "robots.txt of a.example forbids http://a.example/x (robots)",
            "a.example 的 robots.txt 不许访问 http://a.example/x",
        ),
        (
            "robots.txt of a.example asks for 600 seconds between requests, 60 are kept",
            "a.example 的 robots.txt 要求每次访问间隔 600 秒，我们间隔 60 秒",
        ),
    ],
)
def test_a_remark_is_told_in_chinese(remark: str, zh: str) -> None:
    assert remark_sentence("zh", remark) == zh


@pytest.mark.parametrize("remark", ["something quite new", "http://a.example/x: said so (really)", ""])
def test_a_remark_of_another_form_stays_as_it_is(remark: str) -> None:
    assert remark_sentence("zh", remark) == remark


def test_a_finding_of_an_unknown_code_keeps_its_english_sentence() -> None:
    assert finding_sentence("zh", "never-heard-of", {"n": 3}, "Something odd.") == "Something odd."


def test_an_address_longer_than_a_line_is_cut() -> None:
    address = "http://a.example/search?" + "x" * 300
    told = finding_sentence("zh", "order-lost", {"list": address, "share": 20}, "")
    assert told.startswith("http://a.example/search?xxx")
    assert len(told) < 140
    assert finding_sentence("en", "order-lost", {}, f"See {address}.") == f"See {address[:97]}…"


def test_what_a_site_said_is_told_in_chinese_inside_a_finding() -> None:
    told = finding_sentence("zh", "blocked", {"said": "http://a.example/ answers 412"}, "")
    assert told.startswith("网站拒绝访问：http://a.example/ 返回 412。")


def test_a_failure_is_named_by_its_class() -> None:
    assert failure_name("zh", "robots") == "robots.txt 不允许访问"
    assert failure_name("en", "http-502") == "the site's server failed (502)"
    assert failure_name("en", "out-of-the-blue") == "out-of-the-blue"


@pytest.mark.parametrize(
    ("code", "detail", "zh"),
    [
        (
            "other-platform",
            "The list is published by the platform vsb, the source's file says trs; correct it.",
            "列表用的是 vsb 系统，来源文件写的是 trs，请改正 platform。",
        ),
        (
            "ocr",
            "recognised by Tesseract 5.3.0, mean confidence 0.91",
            "文字由 Tesseract 5.3.0 从图像识别，平均可信度 0.91。",
        ),
        (
            "ocr",
            "recognised by Tesseract 5.3.0, mean confidence 0.31; too poor to be kept",
            "图像识别的平均可信度只有 0.31，未采用。",
        ),
        ("ocr", "recognised in another way", "recognised in another way"),
        ("zip-bomb", "whatever it is", "解压后大得不正常，未打开。"),
        ("never-heard-of", "Something odd.", "Something odd."),
    ],
)
def test_a_difficulty_is_told_in_chinese_where_its_kind_is_known(code: str, detail: str, zh: str) -> None:
    assert problem_sentence("zh", code, detail) == zh
    assert problem_sentence("en", code, detail) == detail
