"""What a platform must be told of a site, read from the pages that were looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import parse_qs, urljoin, urlsplit

from crawlers.platforms.numbered_families import family_of
from crawlers.probing.reading import opened
from crawlers.probing.survey import Listed
from crawlers.probing.written_days import common_order

_COLUMN = re.compile(r"/col/col(\d+)/(?:index\.html?)?$")
_NUMBERED = re.compile(r"/(?:\w*?[_-])?(\d{4,})\.(s?html?)$")
_BY_COLUMN = frozenset({"hanweb_dataproxy", "hanweb_recordset", "hanweb_jpaas"})
_ENOUGH = 0.9  # share of the entries whose address must fit a pattern


def options_of(platform: str, lists: Sequence[Listed], home: str) -> dict[str, str]:
    """`[options]` of the source file; empty where start addresses say all."""
    if platform == "gkmlpt":
        return _gkmlpt(lists)
    if platform in _BY_COLUMN:
        return {**_columns(lists, home), **_tag(lists)}
    if platform == "numbered":
        return _family(lists)
    if platform == "sitemap":
        return _sitemap(lists)
    if platform in ("generic", "feed"):
        number = _number_pattern(lists)
        order = common_order(opened(one.rows.answer) for one in lists)
        return {**({"id": number} if number else {}), **({"day_order": order} if order else {})}
    return {}


def replaces_start(options: dict[str, str]) -> bool:
    """Whether the platform finds its lists by these options, so that no [[start]] is needed."""
    return any(key in options for key in ("index", "columns", "address"))


def _gkmlpt(lists: Sequence[Listed]) -> dict[str, str]:
    index = next((one.look.answer for one in lists if one.look.page.leads_on), None)
    return {"index": urlsplit(index.final_url).path or "/"} if index else {}


def _columns(lists: Sequence[Listed], home: str) -> dict[str, str]:
    """Column numbers, when every list is a column of the home's host under the usual address."""
    found = [_COLUMN.search(urlsplit(one.look.answer.url).path) for one in lists]
    numbers = [match[1] for match in found if match]
    usual = [urljoin(home, f"/col/col{number}/index.html") for number in numbers]
    asked = [one.look.answer.url for one in lists]
    same = all(urlsplit(one).netloc == urlsplit(home).netloc for one in asked)
    return {"columns": " ".join(numbers)} if same and len(usual) == len(lists) else {}


def _tag(lists: Sequence[Listed]) -> dict[str, str]:
    """The unit that holds the rows, where column pages name several that might (JPAAS)."""
    several = [one.behind.answer.url for one in lists if one.behind and len(one.look.page.next) > 1]
    tags = {tag for url in several for tag in parse_qs(urlsplit(url).query).get("tagId", [])}
    return {"tag": tags.pop()} if len(tags) == 1 else {}


def _family(lists: Sequence[Listed]) -> dict[str, str]:
    families = Counter(
        family.name for one in lists for entry in one.entries if (family := family_of(entry.url)) is not None
    )
    return {"family": families.most_common(1)[0][0]} if families else {}


def _sitemap(lists: Sequence[Listed]) -> dict[str, str]:
    """The addresses of documents: the folder and ending that most numbered addresses share."""
    urls = [entry.url for one in lists for entry in one.entries]
    shapes = Counter(shape for url in urls if (shape := _shape(url)))
    if not shapes:
        return {}
    folder, ending = shapes.most_common(1)[0][0]
    number = rf"/(?:\w*[_-])?(\d+)\.{ending}$"
    return {"include": rf"/{re.escape(folder)}/.*\d+\.{ending}$", "id": number}


def _shape(url: str) -> tuple[str, str] | None:
    parts = [part for part in urlsplit(url).path.split("/") if part]
    found = re.search(r"\d+\.(s?html?)$", parts[-1]) if len(parts) > 1 else None
    return (parts[0], found[1]) if found and not parts[0].isdigit() else None


def _number_pattern(lists: Sequence[Listed]) -> str | None:
    """A pattern of the lasting number in a document's address, when nearly all addresses end in one."""
    urls = [entry.url for one in lists for entry in one.entries]
    found = [match for url in urls if (match := _NUMBERED.search(urlsplit(url).path))]
    if len(urls) < 3 or len(found) < _ENOUGH * len(urls):
        return None
    numbers = {match[1] for match in found}
    ending = Counter(match[2] for match in found).most_common(1)[0][0]
    return rf"/(?:\w*?[_-])?(\d{{4,}})\.{ending}$" if len(numbers) >= _ENOUGH * len(set(urls)) else None
