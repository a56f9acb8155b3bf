"""Archives and messages: members by the same readers, names decoded, everything bounded and named."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from crawlers.extraction import archives, members
from crawlers.extraction.files import read_file
from crawlers.extraction.read import read_capture
from crawlers.extraction.sniff import sniff
from crawlers.sample_sites.files import docx_bytes
from tests.extraction.helpers import capture
from tests.extraction.make_office import gbk_zipped, zipped
from warehouse.places import spot_of
from warehouse.records import AttachmentText, CaptureKind, Extraction

NOTICE = docx_bytes("检查要点", ("检查要点", "一、每月检查一次消防设施。"))
LIST = "市,机构\n澜江市,12\n".encode("gb18030")


def read(body: bytes) -> Extraction:
    return read_file(body, sniff(body), "")


def text(body: bytes) -> AttachmentText:
    found = read(body).attachment
    assert found is not None
    return found


def line(found: AttachmentText, words: str) -> int:
    return next(at for at, one in enumerate(found.text.split("\n")) if words in one)


def test_members_are_read_below_their_names_and_keep_their_places() -> None:
    found = text(zipped({"附件/附件1.docx": NOTICE, "附件/": b"", "名单.csv": LIST, "__MACOSX/._x": b"x"}))
    lines = found.text.split("\n")
    assert found.status == "text"
    assert (lines[0], lines[-3:]) == ("附件/附件1.docx", ["名单.csv", "市\t机构", "澜江市\t12"])
    spot = spot_of(found.places, line(found, "澜江市"))
    assert (lines[spot.member or 0], spot.row) == ("名单.csv", 2)


def test_names_in_gbk_without_a_word_about_it_are_read() -> None:
    body = gbk_zipped({"附件一.csv": LIST, "说明.txt": "请按月填报。".encode()})
    assert text(body).text.split("\n")[0] == "附件一.csv__"
    western = zipfile.ZipInfo("x")
    western.orig_filename, western.filename = "Übersicht.txt", "Übersicht.txt"
    assert archives.zip_name(western) == "Übersicht.txt"


def test_archives_inside_archives_are_read_twice_and_no_deeper() -> None:
    inner = zipped({"a.txt": "最里面的字"})
    assert "最里面的字" in text(zipped({"b.zip": inner})).text
    assert text(zipped({"b.zip": inner})).text.split("\n")[0] == "b.zip / a.txt"
    deep = read(zipped({"c.zip": zipped({"b.zip": inner}), "d.txt": "外面"}))
    assert deep.attachment is not None
    assert "最里面的字" not in deep.attachment.text
    assert "nested-too-deep" in [problem.code for problem in deep.problems]


def test_a_locked_member_is_said_by_name() -> None:
    body = bytearray(zipped({"a.txt": "x" * 50, "b.txt": "公开的字"}))
    at = body.index(b"PK\x01\x02")
    body[at + 8] |= 1
    found = read(bytes(body))
    assert [(one.code, one.detail.startswith("In a.txt")) for one in found.problems] == [
        ("encrypted-file", True)
    ]
    assert found.attachment is not None
    assert "公开的字" in found.attachment.text
    body[body.index(b"PK\x01\x02", at + 4) + 8] |= 1
    assert text(bytes(body)).status == "encrypted"


def test_bombs_and_crowds_are_bounded_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = read(zipped({"big.txt": b"0" * 70_000_000, "small.txt": "看得见"}))
    assert [problem.code for problem in bomb.problems] == ["zip-bomb"]
    assert bomb.attachment is not None
    assert "看得见" in bomb.attachment.text
    monkeypatch.setattr(members, "MAX_MEMBERS", 3)
    crowd = read_file(zipped({f"{at}.txt": f"第{at}个" for at in range(9)}), "zip", "")
    assert "cut-file" not in [problem.code for problem in crowd.problems]  # the budget was made before
    few = members.Budget(
        lambda body, name, budget: members.FileReading(AttachmentText("empty", "", "")), files=3
    )
    many = archives.read_zip(zipped({f"{at}.txt": "x" for at in range(9)}), few)
    assert [problem.code for problem in many.problems] == ["cut-file"]


def test_a_file_that_lies_about_its_size_is_cut_off() -> None:
    small = members.Budget(
        lambda body, name, budget: members.FileReading(AttachmentText("empty", "", "")), room=100
    )
    found = archives.read_zip(zipped({"a.txt": b"ab" * 300}), small)
    assert [problem.code for problem in found.problems] == ["too-large"]


def test_traversal_and_links_never_meet_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("../../evil.txt", "外逃的字")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    found = text(buffer.getvalue())
    assert "外逃的字" in found.text
    assert "root:" not in found.text
    assert list(tmp_path.iterdir()) == []


def message(*, plain: str | None = "正文第一句。", page: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "张三 <zhang@example.org>"
    made["To"] = "office@example.gov.cn"
    made["Subject"] = "关于报送名单的函"
    made["Date"] = "Mon, 01 Jun 2026 09:00:00 +0800"
    if plain is not None:
        made.set_content(plain)
        if page:
            made.add_alternative(page, subtype="html")
    else:
        made.set_content(page, subtype="html")
    return made


def test_a_message_gives_heads_text_and_attachments() -> None:
    made = message(page="<p>网页正文</p>")
    made.add_attachment(NOTICE, maintype="application", subtype="octet-stream", filename="附件1.docx")
    body = made.as_bytes()
    found = text(body)
    assert sniff(body) == "eml"
    assert found.text.split("\n")[:5] == [
        "From: 张三 <zhang@example.org>", "To: office@example.gov.cn",
        "Date: Mon, 01 Jun 2026 09:00:00 +0800", "Subject: 关于报送名单的函", "正文第一句。",
    ]  # fmt: skip
    assert "网页正文" not in found.text
    spot = spot_of(found.places, line(found, "每月检查"))
    assert found.text.split("\n")[spot.member or 0] == "附件1.docx"


def test_a_message_of_html_only_and_one_inside_another_are_read() -> None:
    inner = message(plain=None, page="<html><body><script>x</script><p>网页正文</p></body></html>")
    outer = message(plain="转发如下")
    outer.add_attachment(inner)
    found = text(outer.as_bytes())
    assert "网页正文" in found.text
    assert "x" not in found.text.split("\n")[-1]
    assert "关于报送名单的函.eml" in found.text


def test_every_text_of_a_mixed_message_is_read_and_of_two_forms_one() -> None:
    made = message(plain="致函正文", page="<p>网页正文</p>")
    made.make_mixed()
    footer = EmailMessage()
    footer.set_content("本邮件由办公室发出。")
    made.attach(footer)
    letter = message(plain=None, page="<p>只有网页的来函</p>")
    letter.make_mixed()
    letter.attach(footer)
    assert text(made.as_bytes()).text.split("\n")[4:] == ["致函正文", "本邮件由办公室发出。"]
    assert text(letter.as_bytes()).text.split("\n")[4:] == ["只有网页的来函", "本邮件由办公室发出。"]


@pytest.mark.parametrize("subject", ["关于报送名单的函", "回复：Re: 关于报送名单的函"])
def test_a_message_that_is_handed_in_has_its_subject_and_day(subject: str) -> None:
    made = message()
    made.replace_header("Subject", subject)
    offered = capture("handed-in://1/letter.eml", kind="handed-in")
    (document,) = read_capture(offered, made.as_bytes(), None).documents
    assert (document.title, str(document.published)) == ("关于报送名单的函", "2026-06-01")


@pytest.mark.parametrize("role", ["attachment", "unknown"])
def test_a_text_file_is_read(role: str) -> None:
    body = "关于报送名单的通知\n各市民政局：".encode("gb18030")
    handed: CaptureKind = "fetched" if role == "attachment" else "handed-in"
    offered = capture("http://a.example/a.txt", role=role, kind=handed, media_type="text/plain")
    found = read_capture(offered, body, None)
    if role == "attachment":
        assert found.attachment is not None
        assert found.attachment.text.endswith("各市民政局：")
    else:
        assert found.documents[0].title == "关于报送名单的通知"


def test_a_mail_in_an_old_chinese_charset_is_read() -> None:
    head = "From: a@example.org\r\nDate: Mon, 1 Jun 2026 09:00:00 +0800\r\nSubject: =?gb2312?B?uOa547zs?=\r\n"
    body = head.encode() + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "各市民政局：".encode("gbk")
    found = text(body)
    assert found.text.endswith("各市民政局：")


def test_without_bsdtar_the_reason_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for body in (b"Rar!\x1a\x07\x01\x00rest", b"7z\xbc\xaf\x27\x1crest"):
        offered = capture("http://a.example/f.rar", role="attachment")
        found = read_capture(offered, body, None)
        assert found.attachment is not None
        assert found.attachment.status == "unsupported"
        assert "libarchive-tools" in found.problems[0].detail


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="Debian package libarchive-tools is not installed")
def test_7z_is_read_through_bsdtar(tmp_path: Path) -> None:
    (tmp_path / "附件1.docx").write_bytes(NOTICE)
    (tmp_path / "link").symlink_to("/etc/passwd")
    made = tmp_path / "a.7z"
    subprocess.run(
        ["bsdtar", "-cf", made, "--format", "7zip", "附件1.docx", "link"],
        cwd=tmp_path, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    found = read(made.read_bytes())
    assert found.attachment is not None
    assert found.attachment.text.startswith("附件1.docx\n")
    assert "每月检查" in found.attachment.text
    assert "root:" not in found.attachment.text
    assert found.path == "file:7z:bsdtar"


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="Debian package libarchive-tools is not installed")
def test_a_torn_rar_is_damaged() -> None:
    found = text(b"Rar!\x1a\x07\x01\x00" + bytes(range(200)))
    assert found.status in ("damaged", "empty")


def test_a_list_of_local_files_that_calls_itself_rar_is_not_followed() -> None:
    lists = b"Rar! type=file contents=/etc/passwd\nb type=file contents=/etc/passwd\nc type=file\n"
    for body in (lists, b"#mtree\n" + lists, b"Rar!\x1a\x07\x00 type=file contents=/etc/passwd\n" + lists):
        for kind in ("rar", "7z"):
            found = read_file(body, kind, "").attachment
            assert found is not None
            assert "root:" not in found.text
            assert found.status in ("damaged", "empty", "unsupported")
