"""Letters that people wrote to an office, told from papers: by the source file or by their column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from warehouse.records import Document

_COLUMN = re.compile(
    r"信箱|(?:来信|信件|留言|咨询|投诉|问政|诉求)(?:选登|选编|回复|答复|回音|公开|反馈|展示|查询|列表)|"
    r"(?:网上|在线|公众|业务|互动)(?:咨询|信访|投诉|留言|问答)|答网[民友]|网络问政"
)


def with_unit(document: Document, options: Mapping[str, str | int]) -> Document:
    """The document, as a letter where `[options] letters` (a pattern) fits its address, or by its column.

    A letter is masked by the strict profile at publication, and obliges nobody.
    """
    if document.unit != "document":
        return document
    pattern = str(options.get("letters", ""))
    named = bool(pattern and document.url and re.search(pattern, document.url))
    columns = (one.value for one in document.origins if one.field == "column")
    listed = any(_COLUMN.search(column) for column in columns)
    return replace(document, unit="letter") if named or listed else document
