"""A passage in the basket of the theme that the tests write about."""

from __future__ import annotations

from warehouse.desk import Desk
from warehouse.desk.basket import BasketItem
from warehouse.home import Home
from warehouse.passages import passage_of
from warehouse.publication import Publication

THEME = "elderly-care"


def collected(home: Home) -> BasketItem:
    """The first paragraph of a document of the theme, kept in the basket."""
    publication = Publication.current(home)
    assert publication is not None
    row = publication.rows("select document_id, title from document where title like '%居家养老%'")[0]
    with Desk.open(home) as desk:
        passage = passage_of(publication, row["document_id"], 0)
        return desk.basket.add(THEME, passage, row["title"], "", (), "local")
