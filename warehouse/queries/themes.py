"""To which themes documents belong."""

from __future__ import annotations

# Document `d` belongs to the theme asked for (?); views/theme_members.sql writes the column.
OF_THEME = "contains(d.theme_ids, concat(',', ?, ','))"
