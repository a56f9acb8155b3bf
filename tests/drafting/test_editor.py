"""The editor over HTTP: pages and forms, roles and tokens, sizes, what the script is answered."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.accounts.asking import COOKIE, form_token
from dashboard.editor.routes import editor_routes
from dashboard.gate import Gate
from tests.dashboard.publication_fixture import library, publish_first
from tests.drafting.baskets import collected
from warehouse.desk import Desk
from warehouse.home import Home

TEXT = "## 综述\n\n本周概况。\n\n## 要闻\n\n- 第一件。<script>alert(1)</script>[^dnothing]\n"
PAGE = "/desk/drafts/1"


class Editor:
    """A home with one draft behind the gate, and the token of its page."""

    def __init__(self, home: Home) -> None:
        self.home = home
        with Desk.open(home) as desk:
            desk.drafts.begin(
                "weekly", "elderly-care", "周报 <i>", "zh", TEXT, "local", since="2026-05-01",
                until="2026-06-01",
            )  # fmt: skip
        app = Starlette(routes=editor_routes(home), middleware=[Middleware(Gate, host="testserver")])
        self.client = TestClient(app, base_url="http://localhost", follow_redirects=False)
        found = re.search(r'data-token="([^"]*)"', self.client.get(PAGE).text)
        assert found is not None
        self.token = html.unescape(found[1])

    def send(self, tail: str, told: dict[str, Any], **headers: str) -> Any:
        """What the script sends."""
        named = {"X-Govbrief-Token": self.token, **headers}
        return self.client.post(PAGE + tail, json=told, headers=named)

    def form(self, tail: str, **fields: str) -> Any:
        """What a form of the page sends."""
        return self.client.post(PAGE + tail, data={"token": self.token, **fields})

    def head(self) -> str:
        with Desk.open(self.home) as desk:
            return desk.drafts.head(1)[1]


@pytest.fixture
def editor(fresh: Home) -> Editor:
    return Editor(fresh)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_holds_the_text_and_runs_no_script_but_ours(editor: Editor, language: str) -> None:
    answer = editor.client.get(PAGE, params={"lang": language})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<i>" not in answer.text
    assert re.findall(r"<script[^>]*>", answer.text) == [
        re.search(r'<script defer src="/gb/editor.js\?[0-9a-f]+">', answer.text)[0]  # type: ignore[index]
    ]
    other = {"zh": "en", "en": "zh"}[language]
    switch = re.search(r'<a [^>]*class="gb-lang"[^>]*>', answer.text)
    assert switch
    assert f'href="{PAGE}?lang={other}"' in switch[0]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert {"zh": "当前发布批次里没有这篇文献", "en": "no such document in this publication"}[
        language
    ] in answer.text
    assert not re.search(r"\{\w+\}", re.sub(r'data-say-[\w-]+="[^"]*"', "", answer.text))


def test_a_save_is_answered_with_the_head(editor: Editor) -> None:
    first = editor.send("/save", {"text": TEXT + "再一句。", "base": 1, "session": "a", "sequence": 1}).json()
    assert (first["outcome"], first["revision"], first["text"]) == ("kept", 2, None)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", first["at"])
    other = TEXT.replace("概况", "情况")
    second = editor.send("/save", {"text": other, "base": 1, "session": "b", "sequence": 1}).json()
    assert (second["outcome"], second["text"]) == ("merged", other + "再一句。\n")
    assert editor.head() == other + "再一句。\n"


def test_the_plain_form_saves_title_and_text(editor: Editor) -> None:
    answer = editor.form("", title="新题", text="## 新\r\n\r\n文。", base="1", do="save")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?told=told-kept")
    assert editor.head() == "## 新\n\n文。"
    page = editor.client.get(answer.headers["location"]).text
    assert '<h1 id="gb-title">新题</h1>' in page
    assert "已保存。" in page


def test_nothing_is_changed_without_the_token_or_from_another_site(editor: Editor) -> None:
    told = {"text": "x", "base": 1}
    assert editor.client.post(f"{PAGE}/save", json=told).status_code == 403
    assert editor.send("/save", told, Origin="http://evil.example").status_code == 403
    assert editor.client.post(PAGE, data={"text": "x", "base": "1"}).status_code == 403
    for tail in ("/comments", "/restore", "/fill", "/state", "/preview", "/check"):
        assert editor.client.post(PAGE + tail, data={"revision": "1"}).status_code == 403, tail
    assert editor.client.post("/desk/drafts/new", data={"template": "weekly"}).status_code == 403
    assert editor.head() == TEXT


def test_what_is_too_large_or_unreadable_is_refused_in_words(editor: Editor) -> None:
    large = editor.send("/save", {"text": "字" * 700_000, "base": 1})
    assert (large.status_code, "没有保存" in large.json()["error"]) == (413, True)
    long = editor.send("/save", {"text": "a" * 200_001, "base": 1})
    assert (long.status_code, "at most 200,000" in long.json()["error"]) == (409, True)
    headers = {"X-Govbrief-Token": editor.token, "Content-Type": "application/json"}
    for wrong in (b"[1]", b"{", b"\xff"):
        assert editor.client.post(f"{PAGE}/save", content=wrong, headers=headers).status_code == 400
    for told in (
        {"base": 1},
        {"text": "x"},
        {"text": "x", "base": True},
        {"text": "x", "base": 1, "kind": "merge"},
    ):
        assert editor.send("/save", told).status_code == 409
    assert editor.head() == TEXT


def test_a_draft_that_is_not_there_is_told(editor: Editor) -> None:
    assert editor.client.get("/desk/drafts/99").status_code == 404
    assert editor.client.get("/desk/drafts/x").status_code == 404
    assert editor.client.get(f"{PAGE}/versions/7").status_code == 409


def test_preview_outline_references_and_length_are_of_the_text_being_typed(editor: Editor) -> None:
    told = editor.send("/preview", {"text": "## 一\n\n**重**要<b>。[^e9]\n\n### 二\n"}).json()
    assert "<strong>重</strong>要&lt;b&gt;。" in told["preview"]
    assert 'href="#gb-note-1"' in told["preview"]
    assert [told["outline"].index(f">{one}</button>") > 0 for one in ("一", "二")] == [True, True]
    assert "素材里没有这一条" in told["references"]
    assert "要求 1,500–6,000" in told["length"]
    assert editor.head() == TEXT


def test_the_check_shows_what_must_be_mended_with_its_line(editor: Editor) -> None:
    told = editor.send("/check", {"text": "## 一\n\n文件指出“这句话哪里都没有写过的哦”。\n"}).json()[
        "findings"
    ]
    assert "gb-weight-stop" in told
    assert 'data-line="2"' in told


def test_basket_items_go_into_the_text_by_a_click(editor: Editor) -> None:
    item = collected(editor.home)
    told = editor.client.get(f"{PAGE}/panels").json()["basket"]
    assert f'data-insert="[^e{item.item_id}]"' in told
    assert f"{html.escape(item.passage.text)}”[^e{item.item_id}]" in told
    listed = editor.send("/preview", {"text": f"一。[^e{item.item_id}]"}).json()["references"]
    assert item.title in listed


def test_comments_are_made_answered_and_resolved_by_forms(editor: Editor) -> None:
    made = editor.form("/comments", do="add", paragraph="本周概况。", text="请补数字<x>")
    assert made.headers["location"].endswith("#gb-panel-comments")
    editor.form("/comments", do="answer", comment="1", text="已补")
    page = editor.client.get(PAGE).text
    assert "请补数字&lt;x&gt;" in page
    assert "已补" in page
    editor.form("/comments", do="resolve", comment="1")
    assert "已解决的批注（1）" in editor.client.get(PAGE).text
    assert editor.form("/comments", do="shout", comment="1").status_code == 409
    assert editor.form("/comments", do="add", paragraph="没有这一段话", text="?").status_code == 409


def test_versions_show_their_differences_and_are_restored_as_new(editor: Editor) -> None:
    editor.send("/save", {"text": TEXT.replace("概况", "主要情况"), "base": 1, "kind": "save"})
    page = editor.client.get(f"{PAGE}/versions/1").text
    assert "<del>概</del><ins>主要情</ins>况" in page
    assert editor.form("/restore", revision="1").headers["location"] == f"{PAGE}?told=told-restored"
    assert editor.head() == TEXT
    assert "恢复自第 1 版" in editor.client.get(PAGE).text


def test_a_dropped_draft_is_read_only_until_it_is_taken_up(editor: Editor) -> None:
    assert editor.form("/state", state="dropped", revision="1").status_code == 303
    refused = editor.send("/save", {"text": "x", "base": 1})
    assert (refused.status_code, refused.json()["state"]) == (409, "dropped")
    assert "readonly" in editor.client.get(PAGE).text
    assert editor.form("/state", state="signed", revision="1").status_code == 409
    assert editor.form("/state", state="draft", revision="1").status_code == 303
    assert editor.send("/save", {"text": "x", "base": 1}).status_code == 200


def test_a_draft_is_begun_from_the_desk_and_opens(editor: Editor) -> None:
    fields = {"token": editor.token, "template": "special", "theme": "elderly-care", "since": "2026-05-01"}
    answer = editor.client.post("/desk/drafts/new", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/drafts/2?told=told-begun")
    page = editor.client.get("/desk/drafts/2").text
    assert "云河省民政厅关于推进居家养老服务的通知" in page
    assert "对着问题写" in page
    wrong = editor.client.post("/desk/drafts/new", data={**fields, "since": "2026-13-01"})
    assert (wrong.status_code, "is no date" in wrong.text) == (400, True)


def test_a_section_is_filled_again_by_its_button(editor: Editor) -> None:
    answer = editor.form("/fill", section="news")
    assert answer.headers["location"] == f"{PAGE}?told=told-filled"
    assert "云河省民政厅关于推进居家养老服务的通知" in editor.head()
    assert "第一件。" in editor.head()


def test_who_else_is_writing_is_told_by_name(editor: Editor) -> None:
    now = editor.client.get(f"{PAGE}/now", params={"revision": "1", "session": "a"}).json()
    assert (now["revision"], now["text"], now["who"], now["token"]) == (1, None, "", editor.token)
    behind = editor.client.get(f"{PAGE}/now", params={"revision": "0", "session": "a"}).json()
    assert behind["text"] == TEXT


def test_a_saved_text_reads_back_letter_by_letter(editor: Editor) -> None:
    text = "\n\n  前有空行\t制表\n\n末尾空行\n\n\n𠮷\u200b“引”"
    assert editor.send("/save", {"text": text, "base": 1}).json()["text"] is None
    assert json.loads(json.dumps(editor.head())) == text
    found = re.search(r'id="gb-text"[^>]*>\n(.*?)</textarea>', editor.client.get(PAGE).text, re.S)
    assert found is not None
    assert html.unescape(found[1]) == text


def test_where_there_are_accounts_a_reader_sees_nothing_of_drafts(tmp_path: Path) -> None:
    home = library(tmp_path, extra='[accounts]\nmode = "local"\n')
    publish_first(home)
    with Desk.open(home) as desk:
        desk.drafts.begin("weekly", "elderly-care", "周报", "zh", TEXT, "local")
        for name, role in (("rita", "reader"), ("anna", "analyst")):
            desk.accounts.add(name, role, "local", password="x")
        cookies = {name: desk.sessions.begin(name, 1.0) for name in ("rita", "anna")}
    client = TestClient(Starlette(routes=editor_routes(home)), base_url="http://localhost")
    assert client.get(PAGE).status_code == 403
    for name, status in (("rita", 403), ("anna", 200)):
        client.cookies.set(COOKIE, cookies[name])
        for tail in ("", "/now", "/panels", "/versions/1"):
            assert client.get(PAGE + tail).status_code == status, (name, tail)
        assert client.post(f"{PAGE}/save", json={"text": "x", "base": 1}).status_code == 403
    client.cookies.set(COOKIE, cookies["rita"])
    token = form_token({COOKIE: cookies["rita"]}, home)
    refused = client.post(f"{PAGE}/save", json={"text": "x", "base": 1}, headers={"X-Govbrief-Token": token})
    assert refused.status_code == 403
    with Desk.open(home) as desk:
        assert desk.drafts.head(1)[1] == TEXT
