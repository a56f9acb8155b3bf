"""A published library in which every page has something to show, and hostile text stands everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from classify.network import update_networks
from tests.dashboard import board_fixture, cascade_world, deadline_papers
from tests.dashboard.papers import FIRST_DAY, Paper
from tests.dashboard.publication_fixture import library, take_in
from tests.issuing.hostile import issue_of
from warehouse.desk import Desk
from warehouse.desk.service.model import NewRequest
from warehouse.home import Home
from warehouse.passages import passage_of
from warehouse.publication import Publication
from warehouse.publish import publish

_HURT = '<img src="http://evil.example/{n}.png" onerror="window.pwn={n}">'
_DUTY = f"各市民政局{_HURT.format(n=11)}应当于2026年6月25日前报送[点此](javascript:window.pwn=12)名单。"
_PROBLEM = (
    f"检查发现，部分小区雨水管网堵塞严重{_HURT.format(n=13)}，排涝泵站长期停用![x](http://evil.example/p)。"
)
# Title, department, number, address, attachment, duty, citation and problem sentence at once.
EVIL = Paper(
    "t-civil",
    f'e9"><svg onload=window.pwn=10>{_HURT.format(n=10)}',
    f"{_HURT.format(n=14)}关于养老服务检查情况的通报<script>window.pwn=15</script>",
    (_DUTY, _PROBLEM, "落实云民发〔2026〕60号的要求。", "javascript:window.pwn=16"),
    date(2026, 5, 30),
    f"云民发〔2026〕66号{_HURT.format(n=17)}",
    duty=_DUTY,
    due=date(2026, 6, 25),
    who=(f"各市民政局{_HURT.format(n=18)}",),
    cites="云民发〔2026〕60号",
    attachments=("javascript:window.pwn=19",),
    extra={"issuer": f"云河省民政厅{_HURT.format(n=20)}![x](http://evil.example/d)"},
)
# What another place did about the hostile problem, so that it stands on the board.
ANSWER = Paper(
    "t-city", "e10", "澜江市人民政府关于城市排水工作的报告",
    ("一年来，我市开展雨水管网整治，疏通雨水管网120公里，修复排涝泵站6座。",),
    date(2026, 5, 31), body="xs-1001-gov",
)  # fmt: skip
PAPERS = (*FIRST_DAY, *cascade_world.PAPERS, *deadline_papers.PAPERS, *board_fixture.PAPERS, EVIL, ANSWER)


def every_page_home(folder: Path) -> Home:
    """The library: cascades, networks, duties and the board filled, hostile text in all of them."""
    home = library(folder)
    take_in(home, PAPERS, "run-every")
    board_fixture.mine(home, PAPERS)
    publish(home, networks=update_networks)
    publication = Publication.current(home)
    assert publication is not None
    with Desk.open(home) as desk:
        passage = passage_of(publication, EVIL.document_id, 0)
        desk.basket.add("", passage, EVIL.title, _HURT.format(n=21), (_HURT.format(n=22)[:40],), "local")
        issue_of(home, publication, desk, EVIL.document_id)
        _service(desk)
    return home


def _service(desk: Desk) -> None:
    """A request and a shelf with hostile words in every field that people fill in."""
    day, hurt = date(2026, 5, 20), [_HURT.format(n=number) for number in range(23, 32)]
    desk.requests.ask(NewRequest(hurt[0], hurt[1], day, day, hurt[2][:80]), "local")
    desk.requests.answers.link(1, "query", hurt[3], hurt[3], "local", found=1, publication_id="p")
    desk.requests.answers.link(1, "item", "1", "e1", "local")
    desk.requests.answers.deliver(1, hurt[4], day, "local")
    shelf = desk.shelves.make(hurt[5], f"{hurt[6]}\n![x](http://evil.example/s)", hurt[7], hurt[8], "local")
    (part,) = desk.shelves.sections(shelf.shelf_id)
    for document_id in (EVIL.document_id, "gone"):
        desk.shelves.placing.put(part.section_id, document_id, EVIL.title, _HURT.format(n=32), "local")
    desk.shelves.set_state(shelf.shelf_id, "published", "local")
