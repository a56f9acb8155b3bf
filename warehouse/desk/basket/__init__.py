"""The evidence basket: passages that people keep for a theme, with notes and tags."""

from warehouse.desk.basket.model import BasketItem, Paper, Theme
from warehouse.desk.basket.store import Basket

__all__ = ["Basket", "BasketItem", "Paper", "Theme"]
