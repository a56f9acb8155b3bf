"""Nights of the sample in one home: outages, redesigns, kills; the end is the truth of its last day.

All sixty days are the drill; `make test` has the twenty nights from day 13 on: a site that refuses, one that
is slow, one that cuts its answers short, two that are rebuilt, and a kill in each stage.
"""

from __future__ import annotations

import random
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from crawlers.sample_sites import sample_settings, truth
from crawlers.sample_sites.library import documents, is_present
from crawlers.sample_sites.settings import LAST_DAY
from dashboard.commands.main import main
from tests.commands.expected_nights import Expected, differences, printed, published_standing, verdicts
from tests.commands.nights import STAGES, Night, kill_during, move_to, run, whole
from warehouse.home import Home
from warehouse.publication import Publication

pytestmark = [pytest.mark.kill, pytest.mark.slow]

KILLS = 10  # in sixty days
TWENTY_NIGHTS = range(13, 33)
REBUILT = "sample-yunhe-sjt"  # another platform from day 30 on
REBUILT_ON = 30
FIELDS = ("title", "doc_number", "index_number", "published", "written", "paragraphs")


def killed_nights(chance: random.Random) -> dict[int, str]:
    """Ten nights with news, each with the stage in which it is killed."""
    news = sorted({d.appears for d in documents() if 0 < d.appears <= LAST_DAY})
    nights = sorted(chance.sample(news, KILLS))
    return {day: STAGES[place % len(STAGES)] for place, day in enumerate(nights)}


def write_new_source(home: Home) -> None:
    """What the operator does on the morning after: a file of the new platform in the home's own sources."""
    text = (files("crawlers.sources.sample") / f"{REBUILT}.toml").read_text(encoding="utf-8")
    lists = " ".join(f"xxgk/{name}.htm" for name in ("sjgg", "zcwj", "tzgg", "zcjd"))
    text = text.replace('"hanweb_recordset"', '"vsb"').replace("index.html", "index.htm")
    text = text.replace('columns = "17101 17102 17105 17108"', f'lists = "{lists}"')
    home.sources.mkdir(exist_ok=True)
    (home.sources / f"{REBUILT}.toml").write_text(text, encoding="utf-8")
    assert main(["sources", "check", "--quiet", "--home", str(home.root)]) == 0


def identities(publication: Publication) -> dict[str, str]:
    """document_id by address."""
    rows = publication.rows("select document_id, url from document")
    return {row["url"]: row["document_id"] for row in rows}


class Diary:
    """The home's nights beside what is expected of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.expected = Expected()
        self.known: dict[str, str] = {}  # key -> document_id, for life

    def pass_night(self, day: int) -> Night:
        """Run the night and look at everything that is cheap to look at."""
        home = move_to(self.root, day)
        night = run(self.root)
        self.expected.night(day)
        assert night.verdicts == verdicts(day), f"day {day}"
        assert night.code == (3 if night.verdicts else 0), f"day {day}"
        publication = whole(home, day, parts=10)
        wrong = differences(self.expected.standing(), published_standing(publication))
        assert wrong == [], f"day {day}"
        self._same_identity(publication, day)
        return night

    def _same_identity(self, publication: Publication, day: int) -> None:
        ids = identities(publication)
        for key, kept in self.expected.kept.items():
            assert self.known.setdefault(key, ids[kept.url]) == ids[kept.url], f"day {day}: {key}"


def check_truth(publication: Publication, days: range) -> None:
    """Active documents are those of the truth, with their values, texts and files; none is lost or double."""
    expected = truth(days[-1])["documents"]
    withdrawn = {one["url"] for one in expected if one["source_id"] == "sample-meridian" and one["validity"]}
    rows = publication.rows("select * from document")  # a page may say of itself that it is withdrawn
    active = [row for row in rows if row["status"] == "active" or row["url"] in withdrawn]
    told = {document.key: [f for f in FIELDS if printed(document, f)] for document in documents()}
    fields = {one["url"]: told[one["key"]] for one in expected}
    values = {one["url"]: [one[name] for name in fields[one["url"]]] for one in expected}
    found = {row["url"]: [_text(row[name]) for name in fields.get(row["url"], FIELDS)] for row in active}
    assert differences(values, found) == []
    ever = [document for document in documents() if any(is_present(document, day) for day in days)]
    assert publication.manifest["documents"] == len(ever)
    files = {one["url"]: sorted(file["url"] for file in one["attachments"]) for one in expected}
    assert differences(files, {row["url"]: _files(publication, row["document_id"]) for row in active}) == []


def _files(publication: Publication, document_id: str) -> list[str]:
    """Addresses of the document's files; each was fetched."""
    sql = "select url, capture_id from attachment where document_id = $1 order by url"
    rows = publication.rows(sql, [document_id])
    assert all(row["capture_id"] for row in rows), document_id
    return [row["url"] for row in rows]


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.usefixtures("warm_spiders")
@pytest.mark.parametrize(
    "days",
    [
        pytest.param(TWENTY_NIGHTS, id="twenty-nights"),
        pytest.param(range(LAST_DAY + 1), id="all-sixty-days", marks=pytest.mark.drill),
    ],
)
def test_the_nights_end_as_the_truth_says(tmp_path: Path, days: range) -> None:
    root = tmp_path / "home"
    Home.create(root, sample_settings(days[0]))
    diary, chance = Diary(root), random.Random(60)
    plan, landed = {day: stage for day, stage in killed_nights(chance).items() if day in days}, 0
    assert set(plan.values()) == set(STAGES)
    for day in days:
        home = move_to(root, day)
        if day == REBUILT_ON + 1:
            write_new_source(home)
        if day in plan:
            landed += kill_during(root, plan[day], chance)
            whole(home)
        night = diary.pass_night(day)
        if day in (REBUILT_ON, REBUILT_ON + 1):
            assert ("(other-platform)" in night.remark(REBUILT)) == (day == REBUILT_ON)
    assert landed >= len(plan) * 3 // 4
    check_truth(whole(home), days)
    check_rest(root, night)


def check_rest(root: Path, last: Night) -> None:
    """The archive is sound, and the same night once more changes nothing."""
    assert main(["verify", "--quiet", "--home", str(root)]) == 0
    again = run(root)
    assert (again.code, again.verdicts) == (last.code, last.verdicts)
    assert again.summary["publish"]["unchanged"] is True
    ingested = again.summary["extract"]["ingested"]
    assert (ingested["new"], ingested["changed"], again.summary["extract"]["withdrawn"]) == (0, 0, 0)
