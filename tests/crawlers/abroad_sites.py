"""Three sites on loopback that are asked by interface: Cellar, a WordPress, a Legistar."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from crawlers.platforms.cellar_query import CONTROL, VARIABLES, works_named
from tests.crawlers.loopback import Answer, Site, SiteHandler

STORE = "store.example"
BLOG = "blog.example"
COUNCIL = "council.example"
JSON = {"Content-Type": "application/json; charset=UTF-8"}
TYPE = "http://publications.europa.eu/resource/authority/resource-type/REG"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
WORK = "http://publications.europa.eu/resource/cellar/"


class _Asked(SiteHandler):
    """GET as ever; what a POST sends is told to the site."""

    def do_POST(self) -> None:
        site: CellarSite = cast(Any, self.server).site
        sent = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        answer = site.asked(parse_qs(sent)["query"][0])
        site.log.append((self.path, answer.status))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


class CellarSite(Site):
    """Regulations by number, each in English and German; what happened to them stands in `notices`."""

    handler: type[BaseHTTPRequestHandler] = _Asked

    def __init__(self, works: int = 2) -> None:
        super().__init__(0, host=STORE)
        self.works = list(range(1, works + 1))
        self.notices: list[tuple[str, int]] = []
        self.said: dict[int, str] = {}

    @staticmethod
    def work(number: int) -> str:
        """The Cellar number of a work."""
        return f"{number:08d}-0000-11f0-8000-01aa75ed71a1"

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if path in self.faults:
            return self.faults[path]
        if parts.path == "/webapi/rdf/sparql":
            return self.asked(parse_qs(parts.query)["query"][0])
        if parts.path == "/webapi/notification/ingestion":
            return self._feed(parse_qs(parts.query)["type"][0])
        number, language = int(parts.path[len("/resource/cellar/") :][:8]), parts.path.split(".")[1]
        if number not in self.works:
            return Answer(404)
        return Answer(200, self._text_of(number, language), {"Content-Type": "application/xhtml+xml"})

    def asked(self, query: str) -> Answer:
        """The answer to a question in SPARQL."""
        for what in ("months", "days"):
            if f"AS ?{what}" in query:
                return self._rows([what], [{what: "2026-06-01T07:00:00.123Z"}])
        named = works_named(query)
        if "?still" in query:
            known = [one for one in (*map(self.work, self.works), CONTROL) if one in named]
            return self._rows(["still"], [{"still": WORK + one} for one in known])
        wanted = [n for n in self.works if self.work(n) in named] if named else list(self.works)
        shown = wanted if named or '>= "2026-05-01"' in query else []
        rows = [row for number in reversed(shown) for row in self._work(number)]
        return self._rows(list(VARIABLES), rows)

    @staticmethod
    def _rows(names: list[str], rows: list[dict[str, str]]) -> Answer:
        bound = [{key: {"type": "literal", "value": value} for key, value in row.items()} for row in rows]
        body = {"head": {"vars": names}, "results": {"bindings": bound}}
        return Answer(200, json.dumps(body).encode(), {"Content-Type": "application/sparql-results+json"})

    def _work(self, number: int) -> list[dict[str, str]]:
        said = {"work": WORK + self.work(number), "date": f"2026-05-{number:02d}", "type": TYPE}
        said |= {"celex": f"32026R{number:04d}", "changed": self.said.get(number, "2026-05-08")}
        said["issuer"] = "European Commission"
        titles = {
            "ENG": f"Commission Regulation (EU) 2026/{number} on the safety of dikes",
            "DEU": f"Verordnung (EU) 2026/{number} der Kommission über die Sicherheit von Deichen",
        }
        place = f"http://{STORE}/resource/cellar/{self.work(number)}"
        return [
            said
            | {
                "language": LANGUAGE + one,
                "title": title,
                "format": "xhtml",
                "item": f"{place}.{one}.01/DOC_1",
            }
            for one, title in titles.items()
        ]

    def _text_of(self, number: int, language: str) -> bytes:
        texts = {
            "ENG": f"Article {number}. Member States shall inspect their dikes every year and shall report to"
            " the Commission by 31 December 2026. This Regulation shall enter into force on the twentieth day"
            " following that of its publication in the Official Journal of the European Union.",
            "DEU": f"Artikel {number}. Die Mitgliedstaaten prüfen ihre Deiche jedes Jahr und berichten der"
            " Kommission bis zum 31. Dezember 2026. Diese Verordnung tritt am zwanzigsten Tag nach ihrer"
            " Veröffentlichung im Amtsblatt der Europäischen Union in Kraft.",
        }
        text = texts[language] + self.said.get(number, "")
        head = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        return f"{head}<title>L</title></head><body><div><p>{text}</p></div></body></html>".encode()

    def _feed(self, kind: str) -> Answer:
        names = 'xmlns="http://www.w3.org/2005/Atom"'
        names += ' xmlns:notifEntry="http://publications.europa.eu/atom/notificationEntry"'
        names += ' xmlns:notifReq="http://publications.europa.eu/atom/notificationRequest"'
        entries = "".join(
            f"<entry><notifEntry:cellarId>cellar:{self.work(number)}</notifEntry:cellarId>"
            f"<notifEntry:type>{told}</notifEntry:type><notifEntry:identifiers><notifEntry:identifier>"
            f"celex:32026R{number:04d}</notifEntry:identifier></notifEntry:identifiers></entry>"
            for told, number in self.notices
            if told == kind.lower()
        )
        more = "<notifReq:moreEntries>false</notifReq:moreEntries>"
        body = f'<?xml version="1.0"?><feed {names}>{more}{entries}</feed>'
        return Answer(200, body.encode(), {"Content-Type": "text/xml"})


class BlogSite(Site):
    """Posts by number; `modified` moves one to the top of what is listed."""

    def __init__(self, posts: int = 16) -> None:
        super().__init__(0, host=BLOG)
        self.posts = {number: f"2026-05-01T{number:02d}:00:00" for number in range(1, posts + 1)}

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if path in self.faults:
            return self.faults[path]
        if parts.path == "/wp-json/wp/v2/posts":
            return self._rows_of({key: value[0] for key, value in parse_qs(parts.query).items()})
        number = int(parts.path.rpartition("/")[2])
        return (
            Answer(200, json.dumps(self._post(number)).encode(), JSON)
            if number in self.posts
            else Answer(404)
        )

    def lists(self) -> list[str]:
        """Offsets that were asked for."""
        asked = [parse_qs(urlsplit(path).query) for path in self.paths()]
        return [one["offset"][0] for one in asked if "offset" in one]

    def _rows_of(self, asked: dict[str, str]) -> Answer:
        order = sorted(self.posts, key=lambda number: (self.posts[number], number), reverse=True)
        first, size = int(asked["offset"]), int(asked["per_page"])
        rows = [self._head(number) for number in order[first : first + size]]
        return Answer(200, json.dumps(rows).encode(), JSON)

    def _head(self, number: int) -> dict[str, Any]:
        title = {"rendered": f"The council adopts flood plan {number}"}
        return {
            "id": number,
            "type": "post",
            "link": f"http://{BLOG}/plan-{number}/",
            "date": f"2026-05-{number:02d}T09:00:00",
            "modified": self.posts[number],
            "title": title,
        }

    def _post(self, number: int) -> dict[str, Any]:
        text = f"<p>The council of Aville adopts flood plan {number}, as changed on {self.posts[number]},"
        text += " and the mayor shall report on the dikes every year.</p>"
        terms = [[{"taxonomy": "category", "name": "Floods", "slug": "floods"}]]
        return self._head(number) | {"content": {"rendered": text}, "_embedded": {"wp:term": terms}}


class CouncilSite(Site):
    """Three matters and a meeting, for those who bring the token."""

    def __init__(self, token: str = "") -> None:
        super().__init__(0, host=COUNCIL)
        self.token = token

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if path in self.faults:
            return self.faults[path]
        if parts.path.endswith(".pdf"):
            return Answer(200, b"%PDF-1.4 " + parts.path.encode(), {"Content-Type": "application/pdf"})
        asked = {key: value[0] for key, value in parse_qs(parts.query).items()}
        if self.token and asked.get("token") != self.token:
            return Answer(403, b'{"Message": "Token is required."}', JSON)
        skip, top = int(asked.get("$skip", 0)), int(asked.get("$top", 1000))
        answers: dict[str, Any] = {
            "/v1/aville/matters": [self._matter(number) for number in (3, 2, 1)][skip : skip + top],
            "/v1/aville/events": [self._event()][skip : skip + top],
            "/v1/aville/events/9": self._event()
            | {"EventItems": [{"EventItemTitle": "Dikes of the lower river"}]},
        }
        for number in (1, 2, 3):
            file = {
                "MatterAttachmentName": "Plan",
                "MatterAttachmentHyperlink": f"http://{COUNCIL}/{number}.pdf",
            }
            answers[f"/v1/aville/matters/{number}/attachments"] = [file]
        found = answers.get(parts.path)
        return Answer(404) if found is None else Answer(200, json.dumps(found).encode(), JSON)

    @staticmethod
    def _matter(number: int) -> dict[str, Any]:
        return {
            "MatterId": number,
            "MatterFile": f"CB {number}",
            "MatterTitle": f"AN ORDINANCE relating to dike {number}; adding a section to the code of Aville.",
            "MatterTypeName": "Ordinance",
            "MatterStatusName": "Passed",
            "MatterBodyName": "City Council",
            "MatterIntroDate": f"2026-05-{number:02d}T00:00:00",
            "MatterLastModifiedUtc": f"2026-05-{number:02d}T10:00:00.1",
        }

    @staticmethod
    def _event() -> dict[str, Any]:
        return {
            "EventId": 9,
            "EventBodyName": "City Council",
            "EventDate": "2026-05-12T00:00:00",
            "EventTime": "6:00 PM",
            "EventLocation": "Council Chamber",
            "EventAgendaFile": f"http://{COUNCIL}/agenda.pdf",
            "EventLastModifiedUtc": "2026-05-08T10:00:00",
        }


def row(source_id: str, platform: str, host: str, options: str) -> str:
    """A source that reads one of these sites."""
    return f"""
id = "{source_id}"
name_zh = "试点"
name_en = "Test"
jurisdiction = "US"
region = "Test"
level = "international"
language = "en"
platform = "{platform}"
home = "http://{host}/"
timezone = "UTC"
delay_seconds = 0
revisit_days = [30]
[options]
{options}
"""


CELLAR_ROW = row(
    "cellar",
    "cellar",
    STORE,
    f"""languages = "ENG DEU"
since = "2026-05"
days = 3
endpoint = "http://{STORE}/webapi/rdf/sparql"
feed = "http://{STORE}/webapi/notification/ingestion"
""",
).replace('jurisdiction = "US"', 'jurisdiction = "EU"')
