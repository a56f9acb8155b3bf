"""Every --json answer has the keys that docs/json.md fixes."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Govbrief
from warehouse.archive.record import record

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "json.md"
TITLE = "云河省民政厅关于印发养老服务办法的通知"
TEXT = "根据有关规定，各市应当于2026年7月1日前完成。"
ROW = {"id": "a", "title": TITLE, "text": TEXT, "sample": True}
LINES = json.dumps(ROW, ensure_ascii=False) + '\n{"id": "b"\n'
HEAD = '<meta name="ArticleTitle" content="关于开展检查的通知"><meta name="PubDate" content="2026-05-01">'
SCHEME = (
    'scheme = "mine"\nname_zh = "我的"\nname_en = "Mine"\n'
    '[[class]]\ncode = "a"\nname_zh = "养老"\nname_en = "Care"\nterms = ["养老"]\n'
)
BODY = "<p>各市民政局：请认真开展检查，并按时报送结果。</p>" * 12
PAGE = (
    f"<html><head>{HEAD}</head><body><h1>关于开展检查的通知</h1><div class='TRS_Editor'>{BODY}</div></body>"
)
# Command as the manual heads it -> words to call it with; {home} and {tmp} are filled in.
ON_A_PUBLISHED_HOME = {
    "export": "export 养老服务",
    "export --networks": "export --networks",
    "extract --file PAGE --url URL": "extract --file {tmp}/page.html --url http://mzt.yunhe.example/xxgk/tzgg/1.html",
    "classify --file DOCS.jsonl": "classify --file {tmp}/one.jsonl",
    "crawl --json": "crawl sample-lanjiang --dry-run --json",
    "sources list --json": "sources list --json",
    "sources check --json": "sources check --json",
    "sources check ID --json": "sources check sample-lanjiang --json",
    "search QUERY --json": "search 养老 --json",
    "searches list --json": "searches list --json",
    "searches run --json": "searches run --json",
    "demand --json": "demand --json",
    "series --json": "series --json",
    "series gaps --json": "series gaps --json",
    "wanted --json": "wanted --json",
    "duplicates --json": "duplicates --json",
    "duties --json": "duties --state evidence --days 365 --json",
    "brief SUBJECT --format json": "brief 养老服务 --since 60d --format json",
    "routing --json": "routing --department xs-1001-civil-affairs --since 1y --json",
    "service list --json": "service list --json",
    "themes --json": "themes --json",
    "taxonomy --json": "taxonomy --json",
    "taxonomy schemes --json": "taxonomy schemes --json",
    "taxonomy show CODE --json": "taxonomy show 04-02 --json",
    "taxonomy preview FILE --json": "taxonomy preview {tmp}/mine.toml --sample 30 --json",
    "taxonomy history --json": "taxonomy history --json",
    "taxonomy --bodies --json": "taxonomy --bodies --json",
    "status --json": "status --json",
    "health --json": "health --json",
    "user list --json": "user list --json",
    "schedule --json": "schedule --json",
    "verify --json": "verify --json",
    "retention --json": "retention --dry-run --json",
    "backup FOLDER --json": "backup {tmp}/copies --json",
    "export --warc FILE --json": "export --warc {tmp}/all.warc.gz --json",
}
ON_A_HOME_TO_WRITE_INTO = {
    "series mark NUMBER --state STATE --json": "series mark 云〔2026〕7号 --state cancelled --note n --json",
    "run --json": "run --json",
    "searches save NAME QUERY --json": "searches save care 养老 --region 云河省 --json",
    "extract --json": "extract --json",
    "sources probe --json": "sources probe sample-lanjiang sample-msb --json",
    "classify --json": "classify --again --json",
    "taxonomy publish FILE --json": "taxonomy publish {tmp}/mine.toml --json",
    "publish --json": "publish --json",
    "demo --json": "demo --no-serve --json",
    "import FILE.jsonl --json": "import {tmp}/two.jsonl --json",
    "import FILE.warc.gz --json": "import {tmp}/a.warc --json",
    "add FILE --json": "add {tmp}/page.html --json",
    "train --json": "train --json",
    "train --list --json": "train --list --json",
    "train --sitting --json": "train --sitting --json",
    "run --jobs --json": "run --jobs --json",
    "train --data FILE --json": "train --data {tmp}/gold.jsonl --field topic --out {tmp}/model --json",
    "evaluate --gold FILE.jsonl --json": "evaluate --gold {tmp}/gold.jsonl --field topic --json",
}


def documented(command: str) -> Any:
    """The first JSON block below the heading of the command."""
    text = MANUAL.read_text(encoding="utf-8")
    section = text.split(f"\n## govbrief {command}\n", 1)[1].split("\n## ", 1)[0]
    return json.loads(re.findall(r"```json\n(.*?)```", section, re.DOTALL)[0])


def differences(said: Any, true: Any, where: str = "") -> list[str]:
    """Where an answer has other keys or other kinds of value than the manual says."""
    if isinstance(said, dict) and isinstance(true, dict):
        if any(key.startswith("<") for key in said):
            (example,) = said.values()
            deeper = [example] * len(true) if isinstance(example, dict) else []
            return [
                d
                for one, value in zip(deeper, true.values(), strict=False)
                for d in differences(one, value, f"{where}.*")
            ]
        optional = {key[:-1] for key in said if key.endswith("?")}
        said = {key.removesuffix("?"): value for key, value in said.items()}
        odd = [f"{where}: {key}" for key in sorted(set(said) ^ set(true)) if key not in optional]
        return odd + [
            d
            for key in said.keys() & true.keys()
            for d in differences(said[key], true[key], f"{where}.{key}")
        ]
    if isinstance(said, list) and isinstance(true, list):
        return [d for value in true[:50] if said for d in differences(said[0], value, f"{where}[]")]
    if isinstance(said, (dict, list)) and true is not None:
        return [f"{where}: {type(true).__name__} instead of {type(said).__name__}"]
    return []


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(LINES, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "one.jsonl").write_text(LINES.splitlines()[0] + "\n", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text("".join(_gold(number) for number in range(40)), encoding="utf-8")
    page = PAGE.encode()
    address = "http://mzt.yunhe.example/xxgk/tzgg/9.html"
    made = record("resource", address, "text/html", page, page, datetime(2026, 5, 1, tzinfo=UTC))
    (tmp_path / "a.warc").write_bytes(made)
    return tmp_path


def _gold(number: int) -> str:
    topic, word = (("民政、扶贫、救灾\\社会福利", "养老服务"), ("科技、教育\\教育", "义务教育学校"))[
        number % 2
    ]
    row = {
        "id": str(number),
        "title": f"关于做好第{number}批{word}工作的通知",
        "text": f"各单位要做好{word}工作。",
        "lang": "zh",
    }
    return json.dumps({**row, "topic": topic, "topic_scheme": "gov.cn 主题分类"}, ensure_ascii=False) + "\n"


def answer(govbrief: Govbrief, words: str, home: Path, files: Path) -> Any:
    outcome = govbrief(*words.format(tmp=files).split(), "--home", home)
    assert outcome.code in (0, 3), outcome.err
    return json.loads(outcome.out if outcome.out[:2] in ("{\n", "[\n") else outcome.out.splitlines()[0])


@pytest.mark.slow
@pytest.mark.parametrize("command", ON_A_PUBLISHED_HOME)
def test_answer_on_a_published_home(
    govbrief: Govbrief, published_home: Path, files: Path, command: str
) -> None:
    true = answer(govbrief, ON_A_PUBLISHED_HOME[command], published_home, files)
    assert differences(documented(command), true) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ON_A_HOME_TO_WRITE_INTO)
def test_answer_of_a_verb_that_writes(
    govbrief: Govbrief, published_home: Path, files: Path, command: str
) -> None:
    home = files / "home"
    shutil.copytree(published_home, home)
    true = answer(govbrief, ON_A_HOME_TO_WRITE_INTO[command], home, files)
    assert differences(documented(command), true) == []


@pytest.mark.slow
def test_a_list_page_gives_entries(govbrief: Govbrief, published_home: Path, files: Path) -> None:
    rows = "".join(
        f"<li><a href='t2026050{n}_{n}.html'>关于第{n}项工作安排的通知</a><span>2026-05-0{n}</span></li>"
        for n in range(1, 9)
    )
    page = f"<html><body><ul class='list'>{rows}</ul></body></html>"
    (files / "page.html").write_text(page, encoding="utf-8")
    words = "extract --file {tmp}/page.html --url http://mzt.yunhe.example/xxgk/tzgg/index.html"
    true = answer(govbrief, words, published_home, files)
    text = MANUAL.read_text(encoding="utf-8").split("A list:\n", 1)[1]
    assert true["kind"] == "list"
    assert differences(json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0]), true) == []


def test_every_documented_command_is_tested() -> None:
    heads = set(re.findall(r"^## govbrief (.+)$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE))
    others = {
        "sources show ID --json",
        *("train --preview NAME --json", "train --apply NAME --json", "classify --explain ID --json"),
        *("bench classify --json", "bench search --json"),
        "restore FOLDER --json",
        "purge ID --json",
        *("publish --new-key --json", "receive --trust KEYFILE --json"),
        *("receive FILE --json", "receive --have"),
        *("verify-pack FILE --json", "service show NUMBER --json"),
        "verify-pack FILE --json",  # tests/evidence/test_verb.py
        *(head for head in heads if head.startswith("report ")),  # tests/issuing/test_release.py
    }  # in tests of their own: train, backup_drill, purge, bundle; the bench takes minutes and is run by hand
    assert heads - others == ON_A_PUBLISHED_HOME.keys() | ON_A_HOME_TO_WRITE_INTO.keys()
