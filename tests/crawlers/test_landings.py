"""Where known addresses lead: a page that several documents are sent on to is none of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.catalogue import load_catalogue
from crawlers.spiders.landings import Landings
from tests.crawlers.loopback import HOST, make_home
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Leased
from warehouse.records import Entry

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NEW = f"http://{HOST}/show/7.html"


def known(number: int, title: str | None) -> Leased:
    url = f"http://{HOST}/wj/{number}.html"
    entry = Entry(url, title) if title else None
    return Leased("prueba", url, "detail", HOST, {"url": url}, entry, None, None, None, "0" * 64, NOW, NOW,
                  0, 0, None, 0, None)  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "lost"),
    [
        (("农村公路审计", "农村公路审计"), [False, False]),  # one document that had two addresses
        (("农村公路审计", "汛期值守"), [False, True]),
        ((None, None), [False, True]),  # nothing says that they are one
    ],
)
def test_two_addresses_that_lead_to_one_page(
    tmp_path: Path, titles: tuple[str | None, ...], lost: list[bool]
) -> None:
    home = make_home(tmp_path / "home")
    source = load_catalogue(home, sample=True).sources["prueba"]
    with CrawlState.open(home) as state:
        landings = Landings(state)
        found = [landings.lost(known(n, title), source, NEW) for n, title in enumerate(titles)]
    assert found == lost
