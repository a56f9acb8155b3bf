"""A run's document pages held against the contract: fields, place of the text, sameness, attached files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from crawlers.health.chances import chance_of_so_few
from crawlers.health.contract import Contract
from crawlers.health.document_measure import DocumentMeasure, counts
from crawlers.health.kinds import Found, Value

IMPROBABLE = 1e-4
_WEAK = 0.03  # a sign that counts when the run before showed it too
_TAUGHT = 10  # pages from which a contract says anything of a field
_ENOUGH = 3
_TOLD = 4  # runs in which a lost file is told
_CODES = {  # field -> code of what is missing
    "title": "field-missing",
    "text": "no-text",
    "published": "field-missing",
    "number": "field-missing",
    "issuer": "field-missing",
    "files": "field-missing",
    "place": "path-changed",
    "agrees": "title-strange",
    "whole": "cut-pages",
    "clear": "garbled-text",
}
_ALWAYS = ("text", "clear")  # what any document has, contract or none


def check_documents(pages: Sequence[DocumentMeasure], contract: Contract) -> tuple[list[Found], list[str]]:
    """Findings of this run's pages, and weak signs that become findings when the next run shows them too."""
    found = list(_same(pages, contract))
    weak: list[str] = []
    numbers = counts(pages)
    for name, code in _CODES.items():
        tries, hits = int(numbers[f"tried_{name}"]), int(numbers[f"filled_{name}"])
        if not tries or hits == tries:
            continue
        chance = _chance(name, hits, tries, contract)
        told = chance < _WEAK and name in contract.weak and contract.usual_share(name) >= 0.9
        if chance < IMPROBABLE or told:
            found.append(_finding(name, code, pages, hits, tries, contract))
        elif chance < _WEAK:
            weak.append(name)
    return found, weak


def _chance(name: str, hits: int, tries: int, contract: Contract) -> float:
    """How probable so few are; before there is a contract only what every document has is judged."""
    before = contract.tries.get(name, 0)
    if before >= _TAUGHT:
        return chance_of_so_few(hits, tries, contract.hits.get(name, 0), before)
    if name in _ALWAYS and tries >= _ENOUGH:
        return 0.0 if hits * 2 < tries else 1.0
    return 1.0


def _finding(
    name: str, code: str, pages: Sequence[DocumentMeasure], hits: int, tries: int, contract: Contract
) -> Found:
    worst = next(one for one in pages if name in one.judged and name not in one.filled)
    usual = round(100 * contract.usual_share(name))
    values: dict[str, Value] = {"filled": hits, "bad": tries - hits, "read": tries, "usual": usual}
    values |= {"url": worst.url, "field": name}
    verdict = "drifting" if code == "no-text" and hits * 2 > tries else None
    return Found(code, values, verdict=verdict, bad=worst.capture_id)


def _same(pages: Sequence[DocumentMeasure], contract: Contract) -> Iterator[Found]:
    """Several addresses that answer with one text, in this run or in this and the one before."""
    groups: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        groups[page.text].add(page.url)
    for text, url in contract.texts.items():
        if text in groups:
            groups[text].add(url)
    text, urls = max(groups.items(), key=lambda pair: len(pair[1]), default=("", set[str]()))
    usual = float(contract.previous.get("same_usual") or 1)
    mine = [page for page in pages if page.text == text]
    strange = [page for page in mine if "agrees" in page.judged and "agrees" not in page.filled]
    many = len(urls) >= _ENOUGH and len(mine) * 2 >= len({page.url for page in pages})
    if mine and len(urls) > usual + 1 and (many or len(strange) >= 2):
        values: dict[str, Value] = {"same": len(urls), "read": len(pages), "url": mine[0].url}
        yield Found("same-page", values, verdict="broken" if strange else None, bad=mine[0].capture_id)


def largest_group(pages: Sequence[DocumentMeasure]) -> int:
    """How many addresses shared one text."""
    return max(Counter({page.url: page.text for page in pages}.values()).values(), default=1)


def check_files(
    asked: Sequence[str], gone: Mapping[str, str], watched: Sequence[str], before: Mapping[str, int]
) -> tuple[list[Found], dict[str, int]]:
    """Attached files that are gone or answer with a page, and for how many runs each has been so.

    Several at once are a finding; a single one has to be a canary's and gone twice. What was told for some
    runs is known, and told no more.
    """
    bad = {url: before.get(url, 0) + 1 for url in asked if url in gone}
    told = [url for url in sorted(bad) if bad[url] <= _TOLD]
    many = len(told) >= 2 and len(told) * 2 >= len(asked)
    lasting = [url for url in told if bad[url] >= 2 and url in watched]
    if not many and not lasting:
        return [], bad
    values: dict[str, Value] = {"bad": len(told), "asked": len(asked), "url": (lasting or told)[0]}
    return [Found("attachments-gone", values)], bad
