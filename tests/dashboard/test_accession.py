"""Manual accession: what is handed in is registered, taken in by the worker, shown with its provenance."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from starlette.applications import Starlette
from starlette.testclient import TestClient

from crawlers.handed_in import NotTaken, add_body
from dashboard.accession.routes import accession_routes, file_name
from dashboard.accounts.asking import form_token
from dashboard.commands.chain import catalogue_of
from dashboard.commands.console import Console
from dashboard.commands.handing_in import sweep
from dashboard.commands.jobs import carry_out_jobs
from tests.copying import copied
from tests.dashboard.conftest import Open, html_of
from warehouse.desk import Desk
from warehouse.desk.accessions import JOB, MOST_WAITING
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication


@pytest.fixture
def home(untouched_library: Path, tmp_path: Path) -> Home:
    return Home.open(copied(untouched_library, tmp_path / "home"))


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with Desk.open(home) as opened:
        yield opened


class Form:
    """The two forms of the page, sent as a browser sends them."""

    def __init__(self, home: Home) -> None:
        self._client = TestClient(
            Starlette(routes=accession_routes(home)), base_url="http://127.0.0.1", follow_redirects=False
        )
        self._token = form_token({}, home)
        self.query = ""

    def __call__(self, kind: str, file: tuple[str, bytes] | None = None, **fields: str) -> Any:
        data = {"token": self._token, **fields}
        files = {"file": file} if file else {"none": ("", b"")}
        return self._client.post(f"/accession/{kind}{self.query}", data=data, files=files)

    def told(self, kind: str, file: tuple[str, bytes] | None = None, **fields: str) -> str:
        answer = self(kind, file, **fields)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"].partition("told=")[2])


@pytest.fixture
def form(home: Home) -> Form:
    return Form(home)


def word(*lines: str) -> bytes:
    paper = Word()
    for line in lines:
        paper.add_paragraph(line)
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()


NOTICE = word(
    "澜江市民政局关于检查社区食堂的通知", "澜民发〔2026〕77号", "各县区民政局：",
    "请于2026年7月20日前检查本地社区食堂，并将检查情况报送市民政局。", "澜江市民政局", "2026年5月28日",
)  # fmt: skip
SECRET = word("机密★5年", "关于某事的通知", "各处室：请照此办理。")


def zipped(**files: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return kept.getvalue()


def message(name: str, body: bytes) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "来函", "office@a.example"
    mail.set_content("请查收附件。")
    mail.add_attachment(body, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def test_a_file_waits_in_the_home_until_it_is_taken_in(form: Form, home: Home, desk: Desk) -> None:
    assert form.told("file", ("通知.docx", NOTICE), note=" 市局  来函 ") == "received"
    (one,) = desk.accessions.listed()
    assert (one.kind, one.name, one.note, one.state, one.account) == (
        "file", "通知.docx", "市局 来函", "waiting", "local",
    )  # fmt: skip
    file = home.incoming / one.stored
    assert file.read_bytes() == NOTICE
    assert (file.stat().st_mode & 0o777, home.incoming.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [job.kind for job in desk.queue.listed("queued")] == [JOB]
    assert any(event.action == "hand-in" for event in desk.audit_events())


@pytest.mark.parametrize(
    ("kind", "file", "fields", "told"),
    [
        ("file", None, {}, "no-file"),
        ("file", ("a.pdf", b""), {}, "empty"),
        ("file", ("a.pdf", b"%PDF"), {"url": "ftp://a.example/a.pdf"}, "address"),
        ("file", ("a.pdf", b"%PDF"), {"source": "../../etc"}, "source"),
        ("address", None, {"url": "javascript:alert(1)"}, "address"),
        ("address", None, {"url": "http://me:secret@a.example/"}, "address"),
        ("address", None, {"url": "a.example/1.html"}, "address"),
        ("address", None, {}, "address"),
    ],
)
def test_what_does_not_fit_is_told_and_not_registered(
    form: Form, home: Home, desk: Desk, kind: str, file: Any, fields: dict[str, str], told: str
) -> None:
    assert form.told(kind, file, **fields) == told
    assert desk.accessions.listed() == []
    assert not home.incoming.exists() or list(home.incoming.iterdir()) == []


def test_an_english_form_leads_back_to_the_english_page(form: Form, home: Home, open_page: Open) -> None:
    page = html_of(open_page(home, "accession", lang="en"))
    assert 'action="/accession/file?lang=en"' in page  # a field `lang` does not survive Streamlit
    form.query = "?lang=en"
    answer = form("file", ("a.docx", NOTICE))
    assert answer.headers["location"] == "/accession?lang=en&told=received"


def test_a_key_in_an_address_is_not_kept(form: Form, home: Home, desk: Desk) -> None:
    form("address", url="https://api.a.example/x?api_key=SECRET12345&n=1")
    assert desk.accessions.listed()[0].url == "https://api.a.example/x?n=1"
    assert b"SECRET12345" not in b"".join(file.read_bytes() for file in home.root.glob("desk.sqlite*"))


def test_whoever_lost_the_right_meanwhile_hands_in_nothing(form: Form, home: Home, desk: Desk) -> None:
    desk.accounts.add("an", "analyst", "local")
    desk.accessions.hand_in_file(home, "a.docx", NOTICE, "an")
    desk.accounts.set_role("an", "reader", "local")
    carry_out_jobs(home, Console(quiet=True))
    assert desk.accessions.listed()[0].outcome == "not-allowed"


def test_a_form_without_its_token_is_refused(form: Form, desk: Desk) -> None:
    assert form("file", ("a.docx", NOTICE), token="other").status_code == 403
    assert desk.accessions.listed() == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("..\\..\\C:\\notice.docx", "notice.docx"),
        ("/etc/passwd", "passwd"),
        ("a\x00b\u202ecod.exe", "abcod.exe"),
        ("...", "file"),
        ("长" * 200 + ".pdf", "长" * 140 + ".pdf"),
    ],
)
def test_a_file_has_a_plain_name(said: str, name: str) -> None:
    assert file_name(said) == name


def test_a_crowd_of_papers_is_refused(desk: Desk) -> None:
    for number in range(MOST_WAITING):
        desk.accessions.hand_in_address(f"http://www.a.example/{number}", "local")
    with pytest.raises(UserError):
        desk.accessions.hand_in_address("http://www.a.example/more", "local")


def test_the_worker_takes_in_publishes_and_says_why_not(
    form: Form, home: Home, desk: Desk, open_page: Open
) -> None:
    assert form.told("file", ("通知.docx", NOTICE), note="市局来函") == "received"
    assert form.told("file", ("x.docx", SECRET)) == "received"
    assert form.told("address", url="http://127.0.0.1:9/a.html") == "received"
    carry_out_jobs(home, Console(quiet=True))
    address, secret, notice = desk.accessions.listed()
    assert (notice.state, notice.outcome, notice.stored) == ("taken", "new", "")
    assert (secret.state, secret.outcome, secret.document_id) == ("refused", "secret", "")
    assert (address.state, address.outcome) == ("refused", "no-public-address")
    assert list(home.incoming.iterdir()) == []
    publication = Publication.current(home)
    assert publication is not None
    assert "社区食堂" in "".join(publication.body(notice.document_id))
    page = html_of(open_page(home, "accession"))
    assert f"id={notice.document_id}" in page
    assert "带密级标志，已拒收，没有留存" in page
    shown = html_of(open_page(home, "doc", id=notice.document_id))
    assert f"收文 {notice.accession_id} 号" in shown
    assert "市局来函" in shown


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("来件.zip", zipped(**{"说明.docx": NOTICE, "附件.docx": SECRET})),
        ("来件.zip", zipped(**{"说明.docx": NOTICE, "机密.txt": "各处室：请照此办理。".encode()})),
        ("来函.eml", message("附件.docx", SECRET)),
        ("来文.txt", "秘密★3年\n关于某事的通知\n各处室：请照此办理。".encode()),
        ("minutes.txt", b"TOP SECRET\nMinutes of the meeting\nThe committee met."),
    ],
)
def test_a_mark_inside_another_file_or_in_plain_text_is_refused_and_nothing_kept(
    home: Home, name: str, body: bytes
) -> None:
    before = sorted(file.name for file in home.archive.rglob("*.warc*"))
    with pytest.raises(NotTaken) as told:
        add_body(home, name, body, None, None, catalogue_of(home))
    assert told.value.code == "secret"
    assert sorted(file.name for file in home.archive.rglob("*.warc*")) == before


def test_the_same_file_under_another_name_is_the_same_document(home: Home) -> None:
    first, second = (
        add_body(home, name, NOTICE, None, None, catalogue_of(home))
        for name in ("通知.docx", "通知（副本）.docx")
    )
    assert (second.document_id, second.new, second.outcome) == (first.document_id, False, "unchanged")


def test_a_file_that_nobody_waits_for_is_swept_away(form: Form, home: Home, desk: Desk) -> None:
    form("file", ("通知.docx", NOTICE))
    lost, young = home.incoming / "lost", home.incoming / "young"
    for file in (lost, young):
        file.write_bytes(b"x")
    os.utime(lost, (0, 0))
    sweep(home, desk)
    assert not lost.exists()
    assert young.exists()
    assert len(list(home.incoming.iterdir())) == 2
