"""Publications to check drafts against: a first and a second day, with basket items made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.checking.check import check_draft
from dashboard.checking.model import CheckReport
from tests.dashboard.papers import FIRST_DAY, SECOND_DAY, Paper
from tests.dashboard.publication_fixture import library, publish_first, take_in
from warehouse.database import Warehouse
from warehouse.desk.basket.model import BasketItem
from warehouse.home import Home
from warehouse.ingest import ingest_notices
from warehouse.passages import Passage, context
from warehouse.publication import Publication
from warehouse.publish import publish

RULES = Paper(
    "t-civil",
    "k1",
    "云河省养老服务补贴办法",
    (
        "第一条　为规范养老服务补贴，根据国家有关规定，制定本办法。",
        "第二条　补贴标准为每人每月２００元；高龄老人另加百分之二十，但年收入超过5.5万元的家庭除外。",
        "第三条　养老机构不得向老人收取“预付卡”押金，不得以任何名义强制消费。",
        "第四条　主管部门应当自受理之日起15个工作日内作出决定。决定应当书面告知申请人。",
        "第五条　联系人电话13800138000，投诉邮箱见附件。",
        "第六条　本办法自2026年7月1日起施行，有效期五年。",
    ),
    date(2026, 5, 25),
    "云民规〔2026〕2号",
)
ENGLISH = Paper(
    "t-isles",
    "k2",
    "Home care grants: rules for providers",
    (
        "A provider shall not charge a deposit for care that a grant pays for. The office doesn’t take cash.",
        "Grants rise by 20 per cent on 1 July 2026, to £1.5 million in all.",
        "The office calls this the “care first” rule and will report within 30 working days.",
    ),
    date(2026, 5, 26),
    body="xm-health",
    topic="14",
    language="en",
)
CHANGED = "第四条　主管部门应当自受理之日起10个工作日内作出决定。决定应当书面告知申请人。"

Check = Callable[..., CheckReport]


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The library with its rules as they were made."""
    return _current(_home(tmp_path_factory))


@pytest.fixture(scope="session")
def second_day(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A day later: rules changed, an opinion repealed, a page taken down, a page removed from its list."""
    folder = _home(tmp_path_factory).root
    return _current(change(folder))


@pytest.fixture
def check(first_day: Publication) -> Check:
    """Checks a draft on the first day; the kinds found are in `CheckReport.findings`."""

    def run(
        text: str, items: Iterable[BasketItem] = (), language: str = "zh", own: Iterable[str] = (),
        title: str = "",
    ) -> CheckReport:  # fmt: skip
        return check_draft(first_day, text, {one.item_id: one for one in items}, language, own, title)

    return run


def change(folder: Path) -> Home:
    """The second day of the library: new papers are taken in and published."""
    home = library(folder, day=1)
    lines = [CHANGED if line.startswith("第四条") else line for line in RULES.lines]
    changed = Paper(RULES.source, RULES.name, RULES.title, lines, RULES.published, RULES.number)
    take_in(home, (*SECOND_DAY, changed), "run-second")
    gone = FIRST_DAY[2]
    with Warehouse.open(home) as warehouse:
        ingest_notices(warehouse, [(gone.source, gone.url, "withdrawn", home.clock.now(), "run-second")])
    publish(home)
    return home


def item(publication: Publication, number: int, paper: Paper, paragraph: int, words: str) -> BasketItem:
    """A passage in the basket, as collecting it from the published text makes it."""
    lines = publication.body(paper.document_id)
    start = lines[paragraph].index(words)
    row = publication.rows(
        "select version_no, reading_id from document where document_id = ?", [paper.document_id]
    )[0]
    before, after = context(lines, paragraph, start, start + len(words))
    passage = Passage(
        paper.document_id, row["version_no"], row["reading_id"], None, paragraph, start, start + len(words),
        words, before, after,
    )  # fmt: skip
    return BasketItem(
        number, "", passage, paper.title, "", (), "local", datetime(2026, 6, 1, tzinfo=UTC), "held"
    )


def kinds(report: CheckReport) -> list[str]:
    """The kinds of all findings in order."""
    return [one.kind for one in report.findings]


def _home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return rules_home(tmp_path_factory.mktemp("checked"))


def rules_home(folder: Path) -> Home:
    """The library of its first day with the rules that are quoted here."""
    home = library(folder)
    publish_first(home, (*FIRST_DAY, RULES, ENGLISH))
    return home


def _current(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication
