"""What the product finds in the sample province beside what truth.json says, feature by feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from warehouse.clauses import differing
from warehouse.content import title_key
from warehouse.publication import Publication
from warehouse.queries.cascades import cascade, side_by_side
from warehouse.queries.cascades import expected as regions_expected

Truth = dict[str, Any]
Pair = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found, how many there are, how many of those found are right; None: not built yet."""

    feature: str
    found: int | None
    expected: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of the found that is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the expected that was found."""
        return self.right / self.expected if self.found is not None and self.expected else None


class Scorer:
    """One publication of the sample beside the truth of its day."""

    def __init__(self, publication: Publication, truth: Truth) -> None:
        self.publication = publication
        self.truth = truth
        self.documents: list[Truth] = truth["documents"]
        self.url_of = {document["key"]: document["url"] for document in self.documents}
        self.rows = {row["url"]: row for row in publication.rows("select * from document")}
        self.ids = {row["document_id"]: url for url, row in self.rows.items()}

    def table(self) -> list[Score]:
        """Every feature in the order of the table."""
        return [
            self._pairs("documents", set(self.rows), {d["url"] for d in self.documents}),
            *self._fields(),
            *self._labels(),
            *self._attachments(),
            *self._citations(),
            *self._duties(),
            *self._across(),
            *self._cascades(),
            *self._not_built(),
        ]

    # fields

    def _fields(self) -> list[Score]:
        kinds = {"kind": "doc_type"}
        names = ("title", "doc_number", "index_number", "published", "written", "effective", "kind")
        return [self._field(name, kinds.get(name, name)) for name in names]

    def _field(self, name: str, column: str) -> Score:
        expected = {(d["url"], str(d[name])) for d in self.documents if d[name] and self._is_scored(name, d)}
        urls = {d["url"] for d in self.documents if self._is_scored(name, d)}
        found = {
            (u, str(row[column])) for u, row in self.rows.items() if row[column] is not None and u in urls
        }
        return self._pairs(name.replace("_", " "), found, expected)

    @staticmethod
    def _is_scored(name: str, document: Truth) -> bool:
        """Kinds are told of the Chinese documents; letters and other pieces have none of the fifteen."""
        return name != "kind" or (
            document["source_id"] != "sample-meridian" and document["kind"] not in ("信件", "其他")
        )

    # labels

    def _labels(self) -> list[Score]:
        lead = {(d["url"], d["department"][0]) for d in self.documents}
        shown = {(u, row["department_name"]) for u, row in self.rows.items() if row["department_name"]}
        issuers = {(d["url"], name) for d in self.documents for name in d["department"]}
        labels = self.publication.rows(
            "select document_id, name from label where field = 'department'"
            " and basis in ('published', 'rule') and score >= 0.9"
        )
        named = {(self.ids[row["document_id"]], row["name"]) for row in labels} | shown
        first = {(d["url"], d["topic"].split("\\")[0]) for d in self.documents}
        both = {(d["url"], d["topic"]) for d in self.documents}
        shown_first = {(u, row["topic1_name"]) for u, row in self.rows.items() if row["topic1_name"]}
        shown_both = {(u, row["topic_path"]) for u, row in self.rows.items() if row["topic_path"]}
        return [
            self._pairs("lead department", shown, lead),
            self._pairs("all issuing bodies", named, issuers),
            self._pairs("topic, first level", shown_first, first),
            self._pairs("topic, both levels", shown_both, both),
        ]

    # attachments

    def _attachments(self) -> list[Score]:
        rows = self.publication.rows("select document_id, url, status, text from attachment")
        found = {(self.ids[row["document_id"]], row["url"]) for row in rows}
        expected = {(d["url"], a["url"]): a["kind"] for d in self.documents for a in d["attachments"]}
        read = {(self.ids[row["document_id"]], row["url"]) for row in rows if row["text"]}
        scores = [self._pairs("attachments", found, set(expected))]
        for kind in sorted(set(expected.values())):
            of_kind = {pair for pair, one in expected.items() if one == kind}
            scores.append(self._pairs(f"text of attachments: {kind}", read & of_kind, of_kind))
        return scores

    # citations

    def _citations(self) -> list[Score]:
        cited = [row for row in self.publication.rows("select * from citation") if not self._is_own_work(row)]
        found = Counter((self.ids[row["document_id"]], _name(row, "target_")) for row in cited)
        expected = Counter(
            (d["url"], _name(c)) for d in self.documents for c in d["citations"] if not _prints_itself(d, c)
        )
        relations = {(self.ids[row["document_id"]], _name(row, "target_"), row["kind"]) for row in cited}
        true_relations = {
            (d["url"], _name(c), c["relation"])
            for d in self.documents
            for c in d["citations"]
            if c["relation"] != "mentions" and not _prints_itself(d, c)
        }
        told = {one for one in relations if one[2] != "mentions"}
        links = {
            (self.ids[row["document_id"]], self.ids[row["target_document_id"]])
            for row in cited
            if row["target_document_id"] in self.ids
        }
        true_links = {
            (d["url"], self.url_of[c["held"]])
            for d in self.documents
            for c in d["citations"]
            if c["held"] in self.url_of
        }
        return [
            self._pairs("citations", set(found), set(expected)),
            self._pairs("citations with their relation", told, true_relations),
            self._pairs("citations resolved to documents held", links, true_links),
        ]

    def _is_own_work(self, row: Truth) -> bool:
        """The work that the document itself prints (印发《…》) is no other document."""
        shown = self.rows[self.ids[row["document_id"]]]
        return _prints_itself(
            shown, {"title": row["target_title"], "number": row["target_number"], "relation": row["kind"]}
        )

    # duties

    def _duties(self) -> list[Score]:
        rows = self.publication.rows("select document_id, due, who from duty where due is not null")
        found = Counter((self.ids[row["document_id"]], str(row["due"])) for row in rows)
        dated = [(d["url"], duty) for d in self.documents for duty in d["duties"] if duty["due"]]
        expected = Counter((url, duty["due"]) for url, duty in dated)
        who = {(self.ids[row["document_id"]], str(row["due"]), name) for row in rows for name in row["who"]}
        true_who = {(url, duty["due"], name) for url, duty in dated for name in duty["who"]}
        return [
            self._counted("duties with a deadline", found, expected),
            self._counted("duties with a deadline, goals left out", found - self._goals(), expected),
            self._pairs("who must do them", who, true_who),
        ]

    def _goals(self) -> Counter[Pair]:
        """Days of goals (到2027年底…达到95%): truth.json has them as targets, the product still as duties."""
        goals = {(d["url"], target["by"]) for d in self.documents for target in d["targets"] if target["by"]}
        due = {(d["url"], duty["due"]) for d in self.documents for duty in d["duties"]}
        return Counter(dict.fromkeys(goals - due, len(self.rows)))

    # across documents

    def _across(self) -> list[Score]:
        states = {(u, row["validity"]) for u, row in self.rows.items()}
        scores = []
        for state in ("repealed", "expired", "amended"):
            expected = {(d["url"], state) for d in self.documents if d["state"]["state"] == state}
            scores.append(self._pairs(f"validity: {state}", {s for s in states if s[1] == state}, expected))
        reprints = {
            (u, self.ids[row["reprint_of"]]) for u, row in self.rows.items() if row["reprint_of"] in self.ids
        }
        true_reprints = {
            (self.url_of[a], self.url_of[b]) for a, b in self.truth["reprints"] if b in self.url_of
        }
        return [*scores, self._pairs("reprints", reprints, true_reprints), self._masked(), self._lineage()]

    def _masked(self) -> Score:
        spans = [(d["url"], span) for d in self.documents for span in d["personal_spans"]]
        masked = 0
        for url, span in spans:
            body = self.publication.body(self.rows[url]["document_id"]) if url in self.rows else ()
            words = "\n".join(body)
            value = next(
                v for d in self.documents if d["url"] == url for k, v in d["personal"] if k == span["kind"]
            )
            masked += value not in words
        signs = sum(_runs(self.publication.body(identifier)) for identifier in self.ids)
        return Score("personal data masked", signs, len(spans), masked)

    def _lineage(self) -> Score:
        rows = self.publication.rows("select code, name_zh, successors from body")
        names = {row["code"]: row["name_zh"] for row in rows}
        fictional = {
            (r["name_zh"], names.get(s, "")) for r in rows for s in r["successors"] if r["code"][:2] == "xs"
        }
        expected = {(name, one["after"]) for one in self.truth["lineage"] for name in one["before"]}
        return self._pairs("merged bodies", fictional, expected)

    # cascades

    def _cascades(self) -> list[Score]:
        """Pairs told one or more steps apart; planted words that the comparison marks; regions not seen."""
        name_of = {url: row["document_id"] for url, row in self.rows.items()}
        told = {
            (self.ids[row["root_document_id"]], self.ids[row["document_id"]])
            for upper in ("root_document_id", "parent_document_id")
            for row in self.publication.rows(
                f"select {upper} as root_document_id, document_id from follow_up"
            )
        }
        planted = [
            (self.url_of[one["upper"]], self.url_of[step["key"]], step)
            for one in self.truth["cascades"]
            for step in one["followers"]
        ]
        marked = [
            words in told_words
            for upper, lower, step in planted
            for kind in ("added", "dropped")
            for told_words in [self._told_as(name_of[upper], name_of[lower], kind)]
            for words in step[kind]
        ]
        return [
            self._pairs("cascades", told, {(upper, lower) for upper, lower, _ in planted}),
            Score("cascade: added or dropped", len(marked), len(marked), sum(marked)),
            self._not_seen(name_of),
        ]

    def _told_as(self, upper: str, lower: str, kind: str) -> str:
        """All that the comparison of two documents shows as added or dropped, within clauses too."""
        found = side_by_side(self.publication, upper, lower)
        whole = found.added if kind == "added" else found.dropped
        sign = "come" if kind == "added" else "gone"
        inside = (
            "".join(words for one, words in differing(pair.upper.text, pair.lower.text) if one == sign)
            for pair in found.pairs
        )
        return "\n".join([*(one.text for one in whole), *inside])

    def _not_seen(self, name_of: dict[str, str]) -> Score:
        """Regions of the authority list of which no follower is held; the truth also names unlisted ones."""
        found, expected = set(), set()
        listed = {row["region"] for row in self.publication.rows("select distinct region from body")}
        for one in self.truth["cascades"]:
            upper = self.url_of[one["upper"]]
            row = self.rows[upper]
            seen = {step["region"] for step in cascade(self.publication, name_of[upper])}
            regions = regions_expected(self.publication, row["level"], row["jurisdiction"])
            found |= {(upper, place["region"]) for place in regions if place["region"] not in seen}
            expected |= {(upper, place) for place in one["not_seen"] if place in listed}
        return self._pairs("cascade: not seen to follow", found, expected)

    def _not_built(self) -> list[Score]:
        """Features that later issues build; a table that left them out would look complete."""
        truth = self.truth
        targets = sum(len(d["targets"]) for d in self.documents)
        counts = {
            "targets with value and place": targets,
            "problems found": sum(len(f["problems"]) for f in truth["findings"]),
            "measures taken": sum(len(f["measures"]) for f in truth["findings"]),
            "gaps in series of numbers": sum(len(s["gaps"]) for s in truth["series"]),
        }
        return [Score(feature, None, expected, 0) for feature, expected in counts.items()]

    # counting

    @staticmethod
    def _pairs(feature: str, found: set[Any], expected: set[Any]) -> Score:
        return Score(feature, len(found), len(expected), len(found & expected))

    @staticmethod
    def _counted(feature: str, found: Counter[Pair], expected: Counter[Pair]) -> Score:
        return Score(feature, found.total(), expected.total(), (found & expected).total())


def _prints_itself(document: Truth, citation: Truth) -> bool:
    """The citation is the work that a notice prints (印发《…》): the document itself, not another."""
    work = title_key(citation["title"] or "")
    named = citation["relation"] == "prints" and not citation["number"] and work != ""
    return named and work in title_key(document["title"])


def _name(row: Truth, prefix: str = "") -> str:
    """A citation's number without brackets, else its title without signs."""
    number, title = row[f"{prefix}number"], row[f"{prefix}title"]
    return title_key(number or title or "")


def _runs(body: Iterable[str]) -> int:
    """Runs of masking signs in a text."""
    text = "\n".join(body)
    return sum(a == "＊" and b != "＊" for a, b in zip(text, text[1:] + " ", strict=True))


def printed(table: Iterable[Score]) -> str:
    """The table for people."""
    show: Callable[[float | None], str] = lambda value: "–" if value is None else f"{value:.3f}"  # noqa: E731
    lines = [f"{'feature':40} {'found':>7} {'expected':>8} {'precision':>9} {'recall':>7}"]
    for one in table:
        if one.found is None:
            lines.append(f"{one.feature:40} {'not built yet':>7} {one.expected:>8}")
        else:
            figures = f"{show(one.precision):>9} {show(one.recall):>7}"
            lines.append(f"{one.feature:40} {one.found:>7} {one.expected:>8} {figures}")
    return "\n".join(lines)
