"""SQL files of several queries, each under a comment line that is its name."""

from __future__ import annotations

import re
from functools import cache

from warehouse.rows import sql

_HEAD = re.compile(r"^-- ([a-z_0-9-]+)$", re.MULTILINE)


@cache
def sql_named(folder: str, file: str) -> tuple[tuple[str, str], ...]:
    """The queries of `warehouse/<folder>/<file>.sql` in their order, each with its name; a head line of more
    than one word is a remark.
    """
    text = sql(folder, file)
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return tuple(
        (head[1], text[head.end() : end].strip().rstrip(";")) for head, end in zip(heads, ends, strict=True)
    )
