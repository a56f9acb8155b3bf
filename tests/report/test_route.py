"""`/report/...`: files behind the gate, refused by name where the address says what nobody knows."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.briefing.model import SubjectKind
from dashboard.briefing.subjects import find_subject, theme_subjects
from dashboard.gate import Gate
from dashboard.report.files import briefing_of, report_file, written
from dashboard.report.route import report_address, report_routes
from tests.dashboard.copies import copy_of
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.clock import today
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.pages_overview import body_names


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = library(tmp_path_factory.mktemp("reports"))
    publish_first(made)
    return made


@pytest.fixture(scope="module")
def client(home: Home) -> TestClient:
    app = Starlette(routes=report_routes(home), middleware=[Middleware(Gate, host="127.0.0.1")])
    return TestClient(app, base_url="http://127.0.0.1")


def test_every_format_is_served_as_a_file_with_the_headers_of_all_pages(
    home: Home, client: TestClient
) -> None:
    publication = Publication.current(home)
    assert publication is not None
    subject = theme_subjects(publication)[0]
    heads = {"pdf": b"%PDF-", "docx": b"PK", "md": b"# ", "json": b"{"}
    for form, head in heads.items():
        answer = client.get(report_address(subject, form, "365d", "zh"))
        assert answer.status_code == 200
        assert answer.content.startswith(head)
        assert answer.headers["content-disposition"].startswith('attachment; filename="briefing-')
        assert f".{form}" in answer.headers["content-disposition"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_file_is_the_briefing_of_the_page(home: Home, client: TestClient) -> None:
    publication = Publication.current(home)
    assert publication is not None
    day = today(home.clock, home.settings.place.timezone)
    subject = next(
        one
        for one in theme_subjects(publication)
        if briefing_of(home, publication, one, day.replace(year=day.year - 1), day).new
    )
    answer = json.loads(client.get(report_address(subject, "json", "365d", "en")).content)
    assert answer["report"]["language"] == "en"
    titles = [item["title"] for item in answer["new"]]
    word = Document(io.BytesIO(client.get(report_address(subject, "docx", "365d", "en")).content))
    shown = [line.text for line in word.paragraphs if line.style.name == "Heading 2"]
    assert all(any(title in one for one in shown) for title in titles)
    held = [one["archive_hash"] for one in answer["report"]["references"]]
    assert all(len(digest) == 64 for digest in held)


def test_the_same_file_is_not_made_twice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = Publication.current(home)
    assert publication is not None
    subject = theme_subjects(publication)[0]
    day = today(home.clock, home.settings.place.timezone)
    first = report_file(home, publication, subject, day, "md", "zh")
    monkeypatch.setattr("dashboard.report.files.assemble", None)
    assert report_file(home, publication, subject, day, "md", "zh") == first


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/report/theme/elderly-care/rtf", 404, "theme/rtf"),
        ("/report/person/elderly-care/pdf", 404, "person/pdf"),
        ("/report/theme/no-such-theme/pdf?lang=en", 404, "no-such-theme"),
        ("/report/theme/elderly-care/pdf?since=3d", 400, "3d"),
        ("/report/theme/elderly-care/pdf?lang=fr", 400, "fr"),
        ("/report/theme/..%2F..%2Fetc%2Fpasswd/pdf", 404, "passwd"),
        ("/report/theme/%3Cscript%3E/pdf", 404, "<script>"),
    ],
)
def test_what_nobody_knows_is_refused_by_name(client: TestClient, path: str, status: int, named: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert named in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_mark_of_secrecy_in_the_settings_is_refused(home: Home, tmp_path: Path) -> None:
    secret = copy_of(home, tmp_path / "secret", '[report]\nmark = "秘密★5年"\n')
    client = TestClient(Starlette(routes=report_routes(secret)), base_url="http://127.0.0.1")
    publication = Publication.current(secret)
    assert publication is not None
    key = theme_subjects(publication)[0].key
    answer = client.get(f"/report/theme/{key}/docx")
    assert answer.status_code == 503
    assert "published documents only" in answer.text


def test_without_a_publication_the_answer_says_so(tmp_path: Path) -> None:
    client = TestClient(Starlette(routes=report_routes(library(tmp_path))), base_url="http://127.0.0.1")
    answer = client.get("/report/theme/elderly-care/pdf")
    assert answer.status_code == 404
    assert "还没有发布批次" in answer.text


def test_a_subject_is_found_by_its_key_alone(home: Home) -> None:
    publication = Publication.current(home)
    assert publication is not None
    for subject in theme_subjects(publication):
        assert find_subject(publication, subject.key, (subject.kind,)) == subject


@pytest.mark.parametrize("kind", ["region", "theme"])
def test_an_english_paper_calls_places_offices_and_sources_by_their_english_names(
    home: Home, kind: SubjectKind
) -> None:
    publication = Publication.current(home)
    assert publication is not None
    day = today(home.clock, home.settings.place.timezone)
    subject = find_subject(publication, {"region": "云河省", "theme": "elderly-care"}[kind], (kind,))
    briefing = briefing_of(home, publication, subject, day - timedelta(days=365), day, "en")
    told = written(home, publication, briefing, "md", "en").data.decode()
    bodies = {zh: en for zh, en in body_names(publication).values() if en}
    printed = {item.issuer for item in briefing.new if item.issuer in bodies}
    assert printed, "the sample's offices have English names"
    own_words = re.sub(r"“[^”]*”|\*\*.*?\*\*|^- \\\[\d+\\\].*$|\(candidate.*", "", told, flags=re.M)
    titles = {item.title for item in (*briefing.new, *briefing.elsewhere)}
    for title in titles:
        own_words = own_words.replace(title, "")
    assert not [name for name in printed if re.search(rf"(?:^|, ){name}(?:,|\.|$)", own_words, re.M)]
    assert "Yunhe Province" in own_words
    for place in ("全国", "云河省", "澜江市"):
        assert not re.search(rf"(?:^|[,:|#] ){place}(?:,|\.|:| \||$)", own_words, re.M), place
    assert written(home, publication, briefing, "md", "zh").data.decode().count("Yunhe Province") == 0
