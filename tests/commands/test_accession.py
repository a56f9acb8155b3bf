"""A file handed in on the page never stands over what a site itself gave."""

from __future__ import annotations

from pathlib import Path

from dashboard.commands.console import Console
from dashboard.commands.jobs import carry_out_jobs
from tests.copying import copied
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.home import Home

PAGE = (
    "<html><head><meta charset='utf-8'><title>关于假冒的通知</title></head><body><h1>关于假冒的通知</h1>"
    "<div class='TRS_Editor'><p>各单位：请停止执行原规定，自即日起改按本通知办理，不得有误。</p></div>"
    "</body></html>"
)


def test_a_forged_page_under_a_held_address_is_refused(published_home: Path, tmp_path: Path) -> None:
    home = Home.open(copied(published_home, tmp_path / "home"))
    asked = "select document_id, url from document where source_id = 'sample-yunhe-gov' order by url limit 1"
    with Warehouse.open(home) as warehouse:
        row = warehouse.connection.execute(asked).fetchone()
    assert row is not None
    with Desk.open(home) as desk:
        desk.accessions.hand_in_file(home, "页面.html", PAGE.encode(), "local", url=row[1])
        carry_out_jobs(home, Console(quiet=True))
        [one] = desk.accessions.listed()
    assert (one.state, one.outcome, one.document_id) == ("refused", "held", "")
    assert row[0] in one.told
