"""`govbrief bench quotations`: true quotations refused and planted faults passed, on real texts."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from dashboard.checking.check import check_draft
from dashboard.checking.model import CheckReport
from dashboard.checking.trial import Drawn, Paper, faults, papers, stated_numbers, true_quotations
from dashboard.commands.chain import catalogue_of
from warehouse.bench.figures import Bar, Part, table
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

TRUE, PLANTED, STALE = 500, 170, 30
DOCUMENTS = 150  # of each language's corpus; no more than there are quotations
SEED = 2027
SETTINGS = "[publishing]\nreplayed = true\nminimum_documents = 1\n"
CORPORA = {"zh": "real corpus, Chinese", "en": "real corpus, English"}


@dataclass
class Counted:
    """How many of a kind were tried, and what became of them."""

    tried: Counter[str] = field(default_factory=Counter)
    good: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    bad: list[dict[str, Any]] = field(default_factory=list)


def bench_quotations(data: Path, folder: Path, size: int | None = None) -> Part:
    """500 true quotations and 200 planted faults (or `size` and two fifths of it) through the real checks."""
    home, groups = _library(data, folder, min(DOCUMENTS, size or DOCUMENTS))
    publication = Publication.current(home)
    assert publication is not None
    by_group = {name: papers(publication, ids) for name, ids in groups.items()}
    true, planted, stale = _sizes(size)
    refused = Counted()
    share = [one for one in by_group if by_group[one]]
    drawn = [
        (name, one)
        for number, name in enumerate(share)
        for one in true_quotations(
            by_group[name], true // len(share) + (number < true % len(share)), SEED + number
        )
    ]
    seconds = [_try_true(publication, name, one, refused) for name, one in drawn]
    caught = Counted()
    everything = [one for several in by_group.values() for one in several]
    for one in faults(everything, planted, SEED):
        _try_fault(publication, one, caught)
    stated = Counted()
    for one in stated_numbers(everything, true, SEED):
        _try_number(publication, one, stated)
    former = _changed(home, everything, stale, folder)
    publication = Publication.current(home)
    assert publication is not None
    for one in former:
        _try_fault(publication, one, caught)
    return _part(refused, caught, stated, sorted(seconds), len(everything))


def _sizes(size: int | None) -> tuple[int, int, int]:
    return (size, size * PLANTED // TRUE, max(1, size * STALE // TRUE)) if size else (TRUE, PLANTED, STALE)


def _try_true(publication: Publication, group: str, one: Drawn, counted: Counted) -> float:
    began = time.perf_counter()
    report = _check(publication, one)
    spent = time.perf_counter() - began
    for name in (group, one.kind):
        counted.tried[name] += 1
        stopped = bool(report.stops) or not report.quotes
        counted.good[name] += not stopped
        counted.repaired[name] += any(quote.verdict == "repaired" for quote in report.quotes)
    if report.stops or not report.quotes:
        said = [(found.kind, dict(found.values)) for found in report.stops]
        counted.bad.append(
            {"group": group, "kind": one.kind, "words": one.words, "document": one.document_id, "said": said}
        )
    return spent


def _try_fault(publication: Publication, one: Drawn, counted: Counted) -> None:
    report = _check(publication, one)
    counted.tried[one.kind] += 1
    told = [found.kind for found in report.findings if found.kind == "quote-repaired"]
    stopped = [found for found in report.stops if found.kind.startswith("quote-")]
    former = [found for found in report.findings if found.kind == "quote-former"]
    fine = bool(stopped) or bool(former and one.kind == "stale version")
    if one.kind == "half-width comma":
        fine = bool(told) and not stopped
    counted.good[one.kind] += fine
    counted.repaired[one.kind] += bool(told)
    if not fine:
        counted.bad.append({"kind": one.kind, "words": one.words, "document": one.document_id,
                            "said": [found.kind for found in report.findings]})  # fmt: skip


def _try_number(publication: Publication, one: Drawn, counted: Counted) -> None:
    """A sentence with numbers, told without quotation marks and with its reference."""
    report = check_draft(publication, f"{one.words}[^d{one.document_id}]\n", {}, one.language)
    noticed = any(found.kind == "number-unsourced" for found in report.findings)
    counted.tried[one.kind] += 1
    counted.good[one.kind] += noticed == (one.kind == "changed digit")
    if noticed and one.kind != "changed digit":
        counted.bad.append({"kind": "number", "words": one.words, "document": one.document_id})


def _check(publication: Publication, one: Drawn) -> CheckReport:
    """As an analyst would have it: every second one as a block quotation, the others within a sentence.

    Chinese words stand in “ ” and now and then in 「 」, English ones in “ ” and as often in ‘ ’, unless they
    hold such a mark themselves.
    """
    mark = f"[^d{one.document_id}]"
    lines = one.words.split("\n")
    if len(one.words) % 2 or len(lines) > 1:
        text = "\n".join(f"> {line}" for line in lines) + mark
    elif one.language == "zh":
        first, last = "「」" if len(one.words) % 8 == 0 and not set("「」") & set(one.words) else "“”"
        text = f"文件提出：{first}{one.words}{last}{mark}"
    else:
        first, last = "‘’" if len(one.words) % 4 == 0 and not set("‘’'") & set(one.words) else "“”"
        text = f"The document says: {first}{one.words}{last}{mark}"
    return check_draft(publication, text + "\n", {}, one.language)


def _library(data: Path, folder: Path, most: int) -> tuple[Home, dict[str, list[str]]]:
    """A published home of documents of both corpora, of recorded pages and of recorded PDFs."""
    from crawlers.intake import import_jsonl
    from warehouse.publish import publish

    rows = {
        "real corpus, Chinese": list(_corpus(data, "zh", most)),
        "real corpus, English": list(_corpus(data, "en", most)),
        "recorded pages": list(islice(_pages(data), most)),
        "recorded PDFs": list(islice(_pdfs(data), most)),
    }
    home = Home.create(folder / "home", SETTINGS)
    file = _written(folder / "first.jsonl", [row for several in rows.values() for row in several])
    import_jsonl(home, [file], None)
    publish(home)
    publication = Publication.current(home)
    assert publication is not None
    named = {
        row["url"]: row["document_id"] for row in publication.rows("select url, document_id from document")
    }
    return home, {
        name: [named[row["url"]] for row in several if row["url"] in named] for name, several in rows.items()
    }


def _written(file: Path, rows: Sequence[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def _corpus(data: Path, language: str, most: int) -> Iterator[dict[str, Any]]:
    file = data / language / "documents.jsonl.gz"
    if not file.is_file():
        raise UserError(f"{file}: no documents there; name the folder that holds zh/ and en/ with --data.")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = (
            row for row in map(json.loads, lines) if len(row.get("text") or "") > 800 and row.get("title")
        )
        for row in islice(rows, 0, most * 40, 40):
            yield _row(f"{language}-{row['id']}", row["title"], row["text"][:60_000], language)


def _pages(data: Path) -> Iterator[dict[str, Any]]:
    from crawlers.extract_file import extract_file

    catalogue = catalogue_of(None)
    for file in sorted((data / "zh" / "html").glob("*.html")):
        found = extract_file(file, f"http://www.gov.cn/{file.stem}.htm", None, catalogue)
        if found.get("kind") == "document" and len(found.get("text") or "") > 400:
            yield _row(f"page-{file.stem}", found["title"] or file.stem, found["text"], "zh")


def _pdfs(data: Path) -> Iterator[dict[str, Any]]:
    from crawlers.extraction.pdf import read_pdf

    for file in sorted((data / "sites").rglob("*.pdf")):
        read = read_pdf(file.read_bytes())
        if read.status == "text" and len(read.text) > 400:
            yield _row(f"pdf-{file.stem}", re.sub(r"[-_]+", " ", file.stem), read.text, "en")


def _row(name: str, title: str, text: str, language: str) -> dict[str, Any]:
    return {
        "id": name,
        "url": f"urn:bench:{name}",
        "title": title,
        "text": text,
        "lang": language,
        "source": "import-bench",
    }


def _changed(home: Home, everything: Sequence[Paper], count: int, folder: Path) -> list[Drawn]:
    """Quotations of sentences that their sites changed afterwards; the changed texts are published."""
    from crawlers.intake import import_jsonl
    from warehouse.publish import publish

    publication = Publication.current(home)
    assert publication is not None
    sql = "select document_id, url, title, language from document"
    known = {row["document_id"]: row for row in publication.rows(sql)}
    drawn: list[Drawn] = []
    rows: list[dict[str, Any]] = []
    for one in faults(everything, count * 40, SEED + 1):
        if len(drawn) == count:
            break
        paper = next(each for each in everything if each.document_id == one.document_id)
        changed = _with_fault(paper, one)
        if (
            one.kind != "changed digit"
            or changed is None
            or any(one.document_id == each.document_id for each in drawn)
        ):
            continue
        before, text = changed
        row = known[paper.document_id]
        rows.append({**_row(row["url"].removeprefix("urn:bench:"), row["title"], text, row["language"])})
        drawn.append(Drawn("stale version", paper.document_id, paper.language, before))
    import_jsonl(home, [_written(folder / "second.jsonl", rows)], None)
    publish(home)
    return drawn


def _with_fault(paper: Paper, one: Drawn) -> tuple[str, str] | None:
    """The sentence as it was, and the text in which it reads as the fault has it."""
    for _, sentence in paper.sentences:
        if (
            len(sentence) == len(one.words)
            and sum(a != b for a, b in zip(sentence, one.words, strict=True)) == 1
        ):
            text = "\n".join(paper.paragraphs)
            return (sentence, text.replace(sentence, one.words)) if text.count(sentence) == 1 else None
    return None


def _part(
    refused: Counted, caught: Counted, stated: Counted, seconds: Sequence[float], documents: int
) -> Part:
    heads = ("quotations", "tried", "not refused", "told as repaired")
    true = [(name, n, refused.good[name], refused.repaired[name]) for name, n in refused.tried.items()]
    planted = [(name, n, caught.good[name], caught.repaired[name]) for name, n in caught.tried.items()]
    said = [f"{one}" for one in (*refused.bad, *caught.bad, *stated.bad)]
    count, wrong = sum(caught.tried.values()), sum(caught.tried.values()) - sum(caught.good.values())
    bars = (
        Bar("quotations: true ones refused", float(len(refused.bad)), 0.0, note=f"of {len(seconds)}"),
        Bar(
            "quotations: true numbers reported as without a source",
            float(len(stated.bad)),
            0.0,
            note=f"in {stated.tried['as it stands']} sentences",
        ),
        Bar("quotations: planted faults that pass", float(wrong), 0.0, note=f"of {count}"),
    )
    middle = 1000 * seconds[len(seconds) // 2] if seconds else 0.0
    told = (
        f"{len(seconds)} true quotations and {count} planted faults on {documents} real texts;"
        f" a check of one quotation takes {middle:.1f} ms (median)."
    )
    numbers = [(name, n, stated.good[name]) for name, n in stated.tried.items()]
    faulty = ("fault", "planted", "caught", "told as repaired")
    tables = (
        table("True quotations", heads, true),
        table("Planted faults", faulty, planted),
        table(
            "Sentences with numbers, told without quotation marks",
            ("sentence", "tried", "judged right"),
            numbers,
        ),
    )
    return Part("quotations", documents, told, tables, bars, tuple(said))
