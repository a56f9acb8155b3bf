"""Told once: which documents are no reprint of something that is held from the issuing organ itself."""

from __future__ import annotations

# Document `d` is told by itself, unless the copy it reprints is held and was not withdrawn.
TOLD_ONCE = """not exists (
    select 1 from document o where o.document_id = d.reprint_of and o.status <> 'withdrawn'
)"""
