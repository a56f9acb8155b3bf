"""A product as a chain: need, sources searched, evidence, product, delivery, outcome, and what is missing.

Of an issue that nobody asked for the same chain is told from the issue, its draft and its passages alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from dashboard.drafting.grammar import parse
from warehouse.desk import Desk
from warehouse.desk.issues.model import Issue
from warehouse.desk.service.model import EVIDENCE, SEARCHED, Link, Request
from warehouse.errors import UserError

STEPS = ("need", "searched", "evidence", "product", "delivery", "outcome")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a step: what it is, where it leads, when, and for links their number to take them out."""

    kind: str  # its word is `service.kind-<kind>`
    text: str
    page: str = ""  # "" where nothing is to be opened
    parameters: Mapping[str, object] = field(default_factory=dict)
    day: date | None = None
    at: datetime | None = None  # where only the instant is known
    found: int | None = None  # documents, at that time
    publication_id: str | None = None
    link_id: int | None = None
    delivery_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps in their order; a step without entries is missing."""

    steps: Mapping[str, tuple[Entry, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps of which nothing is known."""
        return tuple(step for step in STEPS if not self.steps[step])


_ENDED = {
    "withdrawn": "（已撤回 / withdrawn）",
    "corrected": "（已更正 / corrected）",
}  # said in both languages


def chain_of_request(desk: Desk, request: Request) -> Chain:
    """Everything that is noted for a request, with what its drafts and issues say of themselves."""
    links = desk.requests.answers.links(request.request_id)
    issues = _issues_of(desk, links)
    drafts = _drafts_of(desk, links, issues)
    handed = [
        Entry("handed", one.what, day=one.day, delivery_id=one.delivery_id)
        for one in desk.requests.answers.deliveries(request.request_id)
    ]
    outcome = [Entry("said", request.outcome, day=request.closed_on)] if request.outcome else []
    return Chain(
        {
            "need": (Entry("need", request.need, day=request.asked_on),),
            "searched": (*_linked(links, SEARCHED), *_searches(desk, drafts, links)),
            "evidence": (*_evidence(desk, links), *_passages(desk, drafts)),
            "product": tuple(_products(desk, drafts, issues, links)),
            "delivery": (*handed, *_deliveries(desk, issues)),
            "outcome": (*outcome, *_feedback(desk, issues)),
        }
    )


def chain_of_issue(desk: Desk, issue: Issue) -> Chain:
    """The chain of a signed issue; its need are the requests that name it, if any does."""
    answers = desk.requests.answers
    asked = [*answers.linked("issue", [str(issue.issue_id)]), *answers.linked("draft", [str(issue.draft_id)])]
    requests = [desk.requests.get(number) for number in sorted({one.request_id for one in asked})]
    links = [one for request in requests for one in answers.links(request.request_id)]
    drafts = _drafts_of(desk, (), [issue])
    needs = (
        Entry("request", one.need, "service", {"request": one.request_id}, one.asked_on) for one in requests
    )
    return Chain(
        {
            "need": tuple(needs),
            "searched": (*_linked(links, SEARCHED), *_searches(desk, drafts, links)),
            "evidence": (*_evidence(desk, links), *_passages(desk, drafts)),
            "product": tuple(_products(desk, (), [issue], ())),
            "delivery": tuple(_deliveries(desk, [issue])),
            "outcome": tuple(_feedback(desk, [issue])),
        }
    )


def _linked(links: Iterable[Link], kinds: Iterable[str]) -> Iterator[Entry]:
    for one in links:
        if one.kind in kinds:
            page, parameters = _address(one)
            yield Entry(
                one.kind, one.label, page, parameters, None, one.at, one.found, one.publication_id,
                one.link_id,
            )  # fmt: skip


def _evidence(desk: Desk, links: Iterable[Link]) -> Iterator[Entry]:
    """Linked themes and items; the document of an item is named as the basket has it now."""
    own = [one for one in links if one.kind in EVIDENCE]
    items = desk.basket.by_ids(int(one.key) for one in own if one.kind == "item" and one.key.isdecimal())
    for link, entry in zip(own, _linked(own, EVIDENCE), strict=True):
        item = items.get(int(link.key)) if link.kind == "item" and link.key.isdecimal() else None
        if item is None:
            yield entry
            continue
        where = {"theme": item.theme or "-"}
        yield replace(entry, text=f"{entry.text} {item.title}", page="basket", parameters=where)


def _address(link: Link) -> tuple[str, dict[str, object]]:
    """Where the thing that a link names is to be seen."""
    places: dict[str, tuple[str, dict[str, object]]] = {
        "search": ("docs", {"saved": link.key}),
        "query": ("docs", {"s": link.key}),
        "source": ("listing", {"source": link.key}),
        "theme": ("basket", {"theme": link.key}),
        "item": ("", {}),  # where it stands, the basket says
        "draft": ("desk", {"draft": link.key}),
        "issue": ("reports", {"issue": link.key}),
    }
    return places[link.kind]


def _issues_of(desk: Desk, links: Iterable[Link]) -> list[Issue]:
    """The issues that are linked, and those signed of linked drafts; each once."""
    found: dict[int, Issue] = {}
    for one in links:
        issue = None
        if one.kind == "draft" and one.key.isdecimal():
            issue = desk.issues.of_draft(int(one.key))
        elif one.kind == "issue" and one.key.isdecimal():
            issue = desk.issues.one(int(one.key))
        if issue is not None:
            found[issue.issue_id] = issue
    return list(found.values())


def _drafts_of(desk: Desk, links: Iterable[Link], issues: Iterable[Issue]) -> list[tuple[Any, str]]:
    """The drafts behind links and issues with their texts: of an issue the text that was signed."""
    found: dict[int, tuple[Any, str]] = {}
    for issue in issues:
        text = desk.drafts.text_of(issue.draft_id, issue.revision)
        found[issue.draft_id] = (desk.drafts.get(issue.draft_id), text)
    for one in links:
        if one.kind == "draft" and one.key.isdecimal() and int(one.key) not in found:
            found[int(one.key)] = desk.drafts.head(int(one.key))
    return list(found.values())


def _searches(desk: Desk, drafts: Iterable[tuple[Any, str]], links: Iterable[Link]) -> Iterator[Entry]:
    """Saved searches that filled a draft's sections and are not noted themselves."""
    noted = {one.key for one in links if one.kind == "search"}
    for draft, _ in drafts:
        for number in draft.searches:
            if str(number) not in noted:
                noted.add(str(number))
                try:
                    name = desk.searches.get(number).name
                except UserError:
                    continue
                yield Entry("search", name, "docs", {"saved": number})


def _passages(desk: Desk, drafts: Iterable[tuple[Any, str]]) -> Iterator[Entry]:
    """The documents that a draft cites, each with the number of its passages there."""
    for _, text in drafts:
        marks = parse(text).marks()
        items = desk.basket.by_ids({int(mark.key) for mark in marks if mark.kind == "evidence"})
        titles = {one.passage.document_id: one.title for one in items.values()}
        counts: dict[str, int] = {}
        for one in items.values():
            counts[one.passage.document_id] = counts.get(one.passage.document_id, 0) + 1
        for mark in marks:
            if mark.kind == "document":
                counts.setdefault(mark.key, 0)
        for document_id, number in counts.items():
            title = titles.get(document_id, document_id)
            yield Entry("cited", title, "doc", {"id": document_id}, found=number or None)


def _products(
    desk: Desk, drafts: Iterable[tuple[Any, str]], issues: Iterable[Issue], links: Iterable[Link]
) -> Iterator[Entry]:
    numbers = {(str(one.kind), one.key): one.link_id for one in links}
    signed = set()
    for issue in issues:
        signed.add(issue.draft_id)
        key = ("issue", str(issue.issue_id))
        link_id = numbers.get(key) or numbers.get(("draft", str(issue.draft_id)))
        text = f"{issue.series} {issue.year}-{issue.number} {issue.title}"
        text += _ENDED.get(issue.state, "")
        where = {"issue": issue.issue_id}
        yield Entry("issue", text, "reports", where, None, issue.approved_at, link_id=link_id)
    for draft, _ in drafts:
        if draft.draft_id not in signed:
            link_id = numbers.get(("draft", str(draft.draft_id)))
            where = {"draft": draft.draft_id}
            yield Entry("draft", draft.title, "desk", where, None, draft.changed_at, link_id=link_id)


def _deliveries(desk: Desk, issues: Iterable[Issue]) -> Iterator[Entry]:
    for issue in issues:
        for one in desk.issues.spread.deliveries(issue.issue_id):
            yield Entry("sent", one.name, "reports", {"issue": issue.issue_id}, one.day)


def _feedback(desk: Desk, issues: Iterable[Issue]) -> Iterator[Entry]:
    """Who read or adopted it, and remarks; instructions stay on the page of the issue."""
    for issue in issues:
        for one in desk.issues.spread.feedback(issue.issue_id):
            if one.kind != "instruction":
                told = f"{one.by_whom}：{one.text}" if one.text else one.by_whom
                yield Entry(one.kind, told, "reports", {"issue": issue.issue_id}, one.day)
