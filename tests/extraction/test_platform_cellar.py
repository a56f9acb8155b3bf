"""Cellar from hand-made answers: months, works in two languages, best files, notifications, deletions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage, PageRequest
from crawlers.platforms.asked import with_sent
from crawlers.platforms.cellar_query import (
    CONTROL,
    VARIABLES,
    ask_month,
    ask_still,
    ask_works,
    months,
    query_of,
)
from crawlers.platforms.detect import detect
from crawlers.platforms.hints import Hints
from tests.extraction.helpers import capture, hints, source
from warehouse.errors import UserError

HOME = "https://publications.europa.eu/"
ONE, TWO = "0a1b2c3d-0000-11f0-8000-01aa75ed71a1", "ffffffff-0000-11f0-8000-01aa75ed71a1"
STORE = "http://publications.europa.eu/resource/cellar/"
TITLES = {"ENG": "Regulation (EU) 2026/7 on dikes#Text with EEA relevance", "DEU": "Verordnung (EU) 2026/7"}


def told(**options: str | int) -> Hints:
    return hints("cellar", HOME, options={"languages": "ENG DEU", "size": 2, **options})


def sparql(names: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    bindings = [{key: {"type": "literal", "value": value} for key, value in row.items()} for row in rows]
    return json.dumps({"head": {"link": [], "vars": list(names)}, "results": {"bindings": bindings}}).encode()


def row(work: str, language: str, form: str, number: int = 1, **values: str) -> dict[str, str]:
    place = f"{STORE}{work}.0006.0{len(form)}/DOC_{number}"
    said = {"work": STORE + work, "date": "2026-05-06", "celex": "32026R0007", "format": form, "item": place}
    said["type"] = "http://publications.europa.eu/resource/authority/resource-type/REG"
    said["language"] = f"http://publications.europa.eu/resource/authority/language/{language}"
    said |= {"title": TITLES[language], "changed": "2026-05-08T20:10:26.804+01:00"}
    return said | values


def answer(rows: Sequence[dict[str, str]], offset: int = 0, **options: str | int) -> ListPage:
    request = ask_month(told(**options), date(2026, 5, 1), offset)
    return PLATFORMS["cellar"].parse_list(sparql(VARIABLES, rows), request.url, told(**options))


def clock(
    what: str, instant: str = "2026-06-01T07:00:00Z", platform: str = "cellar", **options: str | int
) -> ListPage:
    body = sparql([what], [{what: instant}])
    return PLATFORMS[platform].parse_list(body, HOME + "webapi/rdf/sparql", told(**options))


def sent(request: PageRequest) -> str:
    """The address as the spider tells it to a reader."""
    return with_sent(request.url, request.body or b"")


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def notice(work: str, kind: str, celex: str = "32026R0007") -> str:
    named = f"<notifEntry:identifier>celex:{celex}</notifEntry:identifier>" if celex else ""
    return (
        "<entry><title>$item.title</title><updated>2026-05-31T10:00:00.000+02:00</updated>"
        f"<notifEntry:cellarId>cellar:{work}</notifEntry:cellarId><notifEntry:type>{kind}</notifEntry:type>"
        f"<notifEntry:identifiers>{named}</notifEntry:identifiers></entry>"
    )


def feed(*notices: str, more: str = "false") -> bytes:
    names = 'xmlns="http://www.w3.org/2005/Atom"'
    for one in ("Entry", "Request"):
        short = "notifEntry" if one == "Entry" else "notifReq"
        names += f' xmlns:{short}="http://publications.europa.eu/atom/notification{one}"'
    head = f"<notifReq:page>1</notifReq:page><notifReq:moreEntries>{more}</notifReq:moreEntries>"
    return f'<?xml version="1.0" encoding="UTF-8"?><feed {names}>{head}{"".join(notices)}</feed>'.encode()


FEED = "https://publications.europa.eu/webapi/notification/ingestion?startDate=2026-05-30&type={}&page={}"


def notified(body: bytes, kind: str = "UPDATE", page: int = 1) -> ListPage:
    return PLATFORMS["cellar_feed"].parse_list(body, FEED.format(kind, page), told())


def test_a_crawl_begins_with_the_endpoints_clock_under_addresses_that_stay() -> None:
    first, second = PLATFORMS["cellar"].start(told(days=3))
    assert query_of(first.url) == "SELECT (NOW() AS ?months) WHERE {}"
    assert query_of(second.url) == "SELECT (NOW() AS ?days) WHERE {}"
    assert len(PLATFORMS["cellar"].start(told())) == 1
    assert first.headers == {"Accept": "application/sparql-results+json"}


def test_the_list_is_cut_into_months_back_to_the_first_asked_for() -> None:
    page = clock("months", since="2026-04")
    assert page.leads_on
    queries = [query_of(request.url) for request in page.next]
    for query, first, after in zip(
        queries,
        ("2026-06-01", "2026-05-01", "2026-04-01"),
        ("2026-07-01", "2026-06-01", "2026-05-01"),
        strict=True,
    ):
        assert f'?date >= "{first}"^^xsd:date && ?date < "{after}"^^xsd:date' in query
        assert "ORDER BY DESC(?date) ?work LIMIT 2 OFFSET 0" in query


def test_months_run_over_the_turn_of_the_year() -> None:
    assert list(months(None, date(2026, 1, 31))) == [
        date(2026, 1, 1),
        date(2025, 12, 1),
        date(2025, 11, 1),
    ]
    assert months(date(2030, 1, 1), date(2026, 1, 31)) == []


def test_words_that_are_no_codes_never_reach_a_query() -> None:
    for options in (
        {"types": 'REG "}'},
        {"languages": "ENG } DELETE"},
        {"since": "May"},
        {"control": "GDPR"},
    ):
        with pytest.raises(UserError, match=next(iter(options))):
            PLATFORMS["cellar"].start(told(**options))
    assert list(ask_works(told(), ["x> } #", ""])) == []


def test_a_work_is_a_document_in_each_language_by_its_best_file() -> None:
    rows = [
        row(ONE, "ENG", "pdfa2a"),
        row(ONE, "ENG", "xhtml", 2),
        row(ONE, "ENG", "xhtml"),
        row(ONE, "DEU", "pdf"),
    ]
    english, german = answer(rows).entries
    assert english.url == f"https://publications.europa.eu/resource/cellar/{ONE}.0006.05/DOC_1"
    assert english.title == "Regulation (EU) 2026/7 on dikes Text with EEA relevance"
    assert (english.doc_number, english.published) == ("32026R0007", date(2026, 5, 6))
    assert (english.site_id, german.site_id) == (f"{ONE}:en", f"{ONE}:de")
    assert german.url.endswith("/DOC_1")
    said = dict(german.fields)
    assert (said["doc_type"], said["language"]) == ("Regulation", "de")
    assert said["page"] == "https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=CELEX:32026R0007"


def test_an_act_of_two_bodies_names_them_in_the_order_of_the_treaties() -> None:
    bodies = ("Council of the European Union", "European Parliament")
    entry = answer([row(ONE, "ENG", "xhtml", issuer=one) for one in bodies]).entries[0]
    assert dict(entry.fields)["issuer"] == "European Parliament; Council of the European Union"


def test_a_change_that_is_told_makes_another_line_of_it() -> None:
    before = answer([row(ONE, "ENG", "xhtml")]).entries[0]
    after = answer([row(ONE, "ENG", "xhtml", changed="2026-05-09T00:00:00Z")]).entries[0]
    assert before.fields != after.fields


def test_works_are_counted_and_not_their_rows() -> None:
    rows = [row(ONE, "ENG", "xhtml"), row(ONE, "DEU", "xhtml")]
    assert answer(rows).next == ()
    page = answer([*rows, row(TWO, "ENG", "xhtml")])
    assert ["OFFSET 2 }" in query_of(request.url) for request in page.next] == [True]
    assert codes(page) == []


def test_where_the_endpoint_sorts_no_further_the_rest_is_named_as_lost() -> None:
    page = answer([row(ONE, "ENG", "xhtml"), row(TWO, "ENG", "xhtml")], offset=9998)
    assert (page.next, codes(page)) == ((), ["lost-pages"])


def test_an_empty_month_is_nothing_wrong_and_a_full_one_without_texts_is() -> None:
    assert codes(answer([])) == []
    assert codes(answer([{"work": STORE + ONE, "date": "2026-05-06"}])) == ["rows-left-out"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"Virtuoso S1T00 Error SR171: Transaction timed out", "throttled"),
        (b"Virtuoso 42000 Error The estimated execution time 900 (sec) exceeds the limit", "throttled"),
        (b"Virtuoso 37000 Error SP030: SPARQL compiler, line 2: syntax error", "query-refused"),
        (b'{"head": {}, "rows": []}', "unknown-answer"),
        (b"<html><body>Service unavailable</body></html>", "not-json"),
        (b'{"head": {"vars": ["work"]', "damaged-json"),
        (b"", "empty-page"),
    ],
)
def test_answers_that_are_none_are_named(body: bytes, code: str) -> None:
    assert codes(PLATFORMS["cellar"].parse_list(body, ask_month(told(), date(2026, 5, 1)).url, told())) == [
        code
    ]


def test_a_clock_without_a_day_is_named() -> None:
    assert codes(clock("months", "soon")) == ["no-clock"]


def test_notifications_are_asked_for_since_a_few_days_of_the_endpoint() -> None:
    page = clock("days", platform="cellar_feed", days=2)
    asked = [parse_qs(urlsplit(request.url).query) for request in page.next]
    assert [one["type"] for one in asked] == [["DELETE"], ["UPDATE"], ["CREATE"]]
    assert {one["startDate"][0] for one in asked} == {"2026-05-30"}
    assert {request.headers["Accept"] for request in page.next} == {"application/atom+xml"}
    assert not page.ordered  # what is told of a work is compared with what was told before


def test_a_page_of_notifications_leads_to_its_works_and_to_the_next_page() -> None:
    page = notified(feed(notice(ONE, "update"), notice(TWO, "update", "62026CC0001"), more="true"))
    works, following = page.next
    assert (works.method, following.method) == ("POST", "GET")
    query = query_of(sent(works))
    assert ONE in query
    assert TWO not in query  # a judgment's number, which [options] celex does not name
    assert "page=2" in following.url
    assert codes(page) == []


def test_works_that_notifications_named_are_read_like_those_of_a_month() -> None:
    request = next(iter(ask_works(told(), [ONE])))
    page = PLATFORMS["cellar"].parse_list(
        sparql(VARIABLES, [row(ONE, "ENG", "xhtml")]), sent(request), told()
    )
    assert [entry.site_id for entry in page.entries] == [f"{ONE}:en"]
    assert (page.next, page.ordered) == ((), False)


def test_many_works_are_asked_for_some_at_a_time() -> None:
    names = [f"{number:08d}-0000-11f0-8000-01aa75ed71a1" for number in range(101)]
    assert [query_of(sent(one)).count("/resource/cellar/") for one in ask_works(told(), names)] == [50, 50, 1]


def test_a_deleted_work_is_withdrawn_in_every_language_once_it_is_not_known_any_more() -> None:
    page = notified(feed(notice(ONE, "delete"), notice(TWO, "delete", "")), "DELETE")
    (request,) = page.next
    still = sparql(["still"], [{"still": STORE + TWO}, {"still": STORE + CONTROL}])  # taken in anew
    answered = PLATFORMS["cellar_feed"].parse_list(still, sent(request), told())
    assert answered.withdrawn == (f"{ONE}:en", f"{ONE}:de")
    assert (answered.entries, codes(answered)) == ((), [])


def test_an_answer_to_no_question_withdraws_nothing() -> None:
    page = PLATFORMS["cellar_feed"].parse_list(sparql(["still"], []), HOME + "sparql?query=x", told())
    assert (page.withdrawn, codes(page)) == ((), ["unknown-answer"])
    broken = next(iter(ask_still(told(), [ONE])))
    page = PLATFORMS["cellar_feed"].parse_list(b"Virtuoso S1T00 Error SR171", sent(broken), told())
    assert (page.withdrawn, codes(page)) == ((), ["throttled"])


def test_a_question_for_deleted_works_names_one_more_that_stands() -> None:
    (query,) = (query_of(sent(one)) for one in ask_still(told(), [ONE]))
    assert (ONE in query, CONTROL in query, "LIMIT 51" in query) == (True, True, True)
    assert "ffffffff" in query_of(sent(next(ask_still(told(control=TWO), [ONE]))))


@pytest.mark.parametrize(
    "bindings",
    [
        [],  # nobody is known, not even the one that stands
        [{"still": STORE + TWO}],
        [{"known": STORE + TWO}, {"still": STORE + CONTROL}],
        [{"still": STORE + TWO + "#x"}, {"still": STORE + CONTROL}],
        [{"still": STORE + ONE.replace("0a", "0b")}, {"still": STORE + CONTROL}],
    ],
)
def test_a_changed_answer_withdraws_nothing(bindings: list[dict[str, str]]) -> None:
    request = next(ask_still(told(), [ONE, TWO]))
    page = PLATFORMS["cellar_feed"].parse_list(sparql(["still"], bindings), sent(request), told())
    assert (page.withdrawn, codes(page)) == ((), ["unknown-answer"])


def test_rows_of_other_names_are_no_empty_month() -> None:
    url = ask_month(told(), date(2026, 5, 1)).url
    renamed = {"werk" if key == "work" else key: value for key, value in row(ONE, "ENG", "xhtml").items()}
    for names in (VARIABLES, ("werk", *VARIABLES[1:])):
        page = PLATFORMS["cellar"].parse_list(sparql(names, [renamed]), url, told())
        assert (page.entries, codes(page)) == ((), ["unknown-answer"])
    page = PLATFORMS["cellar"].parse_list(sparql(("a", "b"), []), url, told())
    assert codes(page) == ["unknown-answer"]
    mixed = answer([row(ONE, "ENG", "xhtml"), {**row(TWO, "ENG", "xhtml"), "work": "celex:32026R0007"}])
    assert (len(mixed.entries), codes(mixed)) == (1, ["rows-left-out"])


def test_a_deleted_language_of_a_work_has_the_work_looked_up() -> None:
    (request,) = notified(feed(notice(f"{ONE}.0006", "delete")), "DELETE").next
    assert "cdm:work_has_resource-type" in query_of(sent(request))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (feed(), []),
        (feed("<entry><updated>2026-05-31</updated></entry>"), ["rows-left-out"]),
        (
            b"<?xml version='1.0'?><rss><channel><item><title>News</title></item></channel></rss>",
            ["unknown-answer"],
        ),
        (feed(notice(ONE, "create"))[:-20], ["damaged-xml"]),
    ],
)
def test_what_is_wrong_with_notifications_is_named(body: bytes, found: list[str]) -> None:
    assert codes(notified(body)) == found


def test_the_last_page_that_is_asked_for_names_what_lies_behind_it() -> None:
    assert codes(notified(feed(notice(ONE, "update"), more="true"), page=50)) == ["lost-pages"]


def test_a_document_leads_people_to_its_page_and_keeps_its_number() -> None:
    entry = answer([row(ONE, "DEU", "xhtml")]).entries[0]
    text = "Die Mitgliedstaaten prüfen die Deiche jedes Jahr und berichten der Kommission darüber."
    head = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
    body = f"{head}<head><title>L_2026</title></head><body><div><p>{text}</p></div></body></html>".encode()
    card = capture(entry.url, role="detail", media_type="application/xhtml+xml", entry=entry)
    document = read_capture(card, body, source("cellar", HOME, language="en", jurisdiction="EU")).documents[0]
    assert document.url == "https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=CELEX:32026R0007"
    assert (document.site_id, document.language) == (f"{ONE}:de", "de")
    assert (document.doc_number, document.doc_type) == ("32026R0007", "Regulation")
    assert text in document.paragraphs


def test_answers_and_notifications_are_recognised() -> None:
    body = sparql(["work"], [row(ONE, "ENG", "xhtml")])
    assert detect(body, HOME + "webapi/rdf/sparql?query=x") == "cellar"
    assert detect(feed(notice(ONE, "update")), FEED.format("UPDATE", 1)) == "cellar_feed"
