"""How well the issuer of a full page is found: each rule where it decides, rules then a model, both agreeing.

`python -m classify.measures.issuers ../shared/data` prints the figures. Pages are laws, rules and ministry
papers with their adoption note before the text, of issuers with twenty pages or more; the newest fifth is
judged, the model (title, number letters, head and tail of the text, names left in) learns from older ones.
A rule is judged where it is the first to answer, on labels that it did not make itself: the note made those
of most laws, the title those of most court papers. A ministry's general office counts as the ministry.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classify.components.issuer import RULES
from classify.components.site import by_site
from classify.components.state import Findings, findings, make_doc
from classify.departments.authority import authority
from classify.gold import Labelled, gold_labels, read_rows
from classify.measures.departments import department_of
from classify.pipeline import build_pipeline
from classify.rows import stored_of_row
from classify.training import samples_of, train_rows
from warehouse.records import Quality

DOCUMENTS = "documents.jsonl.gz"
FEWEST = 20  # pages of an issuer
MADE_BY = {"adoption": "adoption note", "title": "stated in the title"}  # rule and the label basis it made
SITE = "publishing site"  # the basis of a label that is one of perhaps several issuers
WEAK = frozenset({"head", "mention", "text", "competence"})  # rules that a model outranks
OF_PAPER = frozenset(
    {"title", "number", "order", "adoption", "signature"}
)  # rules that read the paper itself
LEAST = 10  # labels on which a rule's precision is printed


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the newest fifth: its printed issuers, what each rule says, what the model says."""

    gold: tuple[str, ...]
    basis: str
    by_rule: dict[str, tuple[str, ...]]
    by_model: str

    @property
    def deciding(self) -> str:
        """The first strong rule that has an answer; empty when none has."""
        return next((rule for rule in self.by_rule if rule not in WEAK), "")

    @property
    def rule(self) -> tuple[str, ...]:
        """The bodies that the deciding rule answers, lead first."""
        return self.by_rule.get(self.deciding, ())

    def right(self, codes: tuple[str, ...]) -> bool:
        """Whether the lead is a printed issuer; a label that is only the site's asks for any of ours."""
        asked = codes if self.basis.startswith(SITE) else codes[:1]
        return any(code in self.gold for code in asked)


def measure_issuers(data: Path) -> list[Quality]:
    """The figures of section 7 of the measurements for issuers; nothing when the data are absent."""
    file = data / "zh" / DOCUMENTS
    if not file.is_file():
        return []
    older, newest, names, scheme = split(file)
    codes = _model_answers(older, newest, names, scheme)
    pages = [
        page(one, answers, code)
        for one, answers, code in zip(newest, _rule_answers(newest), codes, strict=True)
    ]
    day = datetime.now(UTC).date().isoformat()
    return [*_figures(pages, day), *site_figures(list(read_rows(file)), day)]


def page(one: Labelled, answers: dict[str, tuple[str, ...]], model: str) -> Page:
    """A judged page; offices count as their ministries on both sides."""
    gold = tuple(map(department_of, one.every))
    said = {rule: tuple(map(department_of, codes)) for rule, codes in answers.items()}
    return Page(gold, str(one.row.get("department_basis")), said, department_of(model))


def split(file: Path) -> tuple[list[Labelled], list[Labelled], dict[str, str], str]:
    """Pages of frequent issuers, the newest fifth apart."""
    rows = [row for row in read_rows(file) if row.get("unit") == "document" and row.get("text")]
    counts = Counter(row.get("department") for row in rows)
    kept = [row for row in rows if row.get("department") and counts[row["department"]] >= FEWEST]
    kept.sort(key=lambda row: (str(row.get("published") or ""), str(row["id"])))
    noted = [
        {**row, "text": f"{row['adoption_note']}\n{row['text']}" if row.get("adoption_note") else row["text"]}
        for row in kept
    ]
    labelled, names, scheme = gold_labels(noted, "department")
    cut = len(labelled) - len(labelled) // 5
    return labelled[:cut], labelled[cut:], names, scheme


def _rule_answers(pages: Sequence[Labelled]) -> list[dict[str, tuple[str, ...]]]:
    """The bodies that each rule gives each page, published labels hidden, in the order of the rules."""
    nlp, known = build_pipeline("zh", mining=False), authority()
    found = []
    for number, one in enumerate(pages, start=1):
        hidden = {key: value for key, value in one.row.items() if key not in ("department", "topic")}
        with nlp.memory_zone():
            doc = make_doc(nlp.vocab, stored_of_row(hidden, number), hide_published=True)
            state: Findings = findings(next(iter(nlp.pipe([doc]))))
            said = {rule: read(state, known) for rule, read in RULES}
            found.append({rule: tuple(b.code for b, _ in bodies) for rule, bodies in said.items() if bodies})
    return found


def _model_answers(
    older: Sequence[Labelled], newest: Sequence[Labelled], names: dict[str, str], scheme: str
) -> list[str]:
    model = train_rows(older, names, scheme, "department")
    samples = list(samples_of((one.row for one in newest), model.card["fields"]))
    return [model.classes[int(row.argmax())][0] for row in model.predict(samples)]


def site_figures(rows: Sequence[dict[str, Any]], day: str) -> list[Quality]:
    """What the site tells against what tells independently of it: the paper itself, a service item's record.

    Laws, regulations, portals and sites of another place than the document's are left out, as by the rule.
    """
    nlp, known = build_pipeline("zh", mining=False), authority()
    papers, items = [], []
    for number, row in enumerate((row for row in rows if row.get("url")), start=1):
        bare = {key: value for key, value in row.items() if key not in ("department", "topic")}
        doc = make_doc(nlp.vocab, stored_of_row(bare, number))
        told = {body.code for body, _ in by_site(findings(doc), known)}
        if told and row.get("unit") == "document":
            state = findings(next(iter(nlp.pipe([doc]))))
            said = next(
                (found for rule, read in RULES if rule in OF_PAPER and (found := read(state, known))), []
            )
            papers += [bool(told & {department_of(body.code) for body, _ in said})] if said else []
        elif told and row.get("department"):
            bodies = {known.resolve(name, known.home_of(row["jurisdiction"])) for name in [row["department"]]}
            items += [bool(told & {body.code for body in bodies if body})]
    about = "the body that the page's site belongs to alone"
    return [
        Quality("issuer-site", _share(papers), len(papers), f"data/zh/{DOCUMENTS}", day,
                f"{about}, where title, number, adoption note or signature tell the issuer: one of those"),
        Quality("issuer-site-items", _share(items), len(items), f"data/zh/{DOCUMENTS}", day,
                f"{about}, of service items of its own place: the recorded department"),
    ]  # fmt: skip


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / max(len(right), 1), 4)


def _figures(pages: Sequence[Page], day: str) -> list[Quality]:
    said = f"newest fifth of pages of issuers with {FEWEST} or more, adoption note before the text"
    both = [page for page in pages if page.rule[:1] == (page.by_model,)]

    def figure(name: str, right: Sequence[bool], about: str) -> Quality:
        value = sum(right) / max(len(right), 1)
        return Quality(name, round(value, 4), len(right), f"data/zh/{DOCUMENTS}", day, f"{about}; {said}")

    first = [page.right(page.rule or (page.by_model,)) for page in pages]
    figures = [
        figure("issuer-page", first, "rules, then the model"),
        figure("issuer-page-rules", [page.right(page.rule) for page in pages], "strong rules alone"),
        figure("issuer-page-model", [page.right((page.by_model,)) for page in pages], "the model alone"),
        figure("issuer-agreement-coverage", [page in both for page in pages], "rule and model agree"),
        figure("issuer-agreement", [page.right(page.rule) for page in both], "where rule and model agree"),
    ]
    for rule, _ in RULES:
        own = MADE_BY.get(rule, "\0")
        judged = [page for page in pages if page.deciding == rule and not page.basis.startswith(own)]
        if len(judged) >= LEAST:
            about = f"precision of the rule '{rule}' where it decides, on labels that it did not make"
            figures.append(figure(f"issuer-rule-{rule}", [page.right(page.rule) for page in judged], about))
    return figures


def main() -> int:
    """Print the figures of the data folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m classify.measures.issuers", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    figures: list[Any] = measure_issuers(parser.parse_args().data)
    for one in figures:
        print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
