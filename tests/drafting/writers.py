"""Analysts by script: each types sentences into one draft over HTTP as the editor's script does."""

from __future__ import annotations

import html
import http.client
import json
import random
import re
import threading
import time
from dataclasses import dataclass, field

_DATA = re.compile(r'data-(base|token)="([^"]*)"')
_TEXT = re.compile(r"<textarea[^>]*id=\"gb-text\"[^>]*>\n?(.*?)</textarea>", re.S)


@dataclass(eq=False)
class Writer(threading.Thread):
    """Writes until `until`; `acknowledged` holds each sentence the server said it has, with its version."""

    port: int
    draft: int
    name_of: str
    until: float
    seed: int
    pause: float = 0.0
    cookie: str = ""
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)  # every text that was acknowledged, by its version
    outcomes: dict[str, int] = field(default_factory=dict)
    broken: str = ""

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._chance = random.Random(self.seed)
        self._session = f"{self.name_of}-{self.seed}"
        self._sequence = self._count = 0
        self._pending: list[str] = []  # typed after the last text was sent

    def run(self) -> None:
        """Write, send, take the answer; the end of the server ends it."""
        try:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self._open()
            while time.monotonic() < self.until:
                self._turn()
                time.sleep(self.pause * self._chance.random())
        except OSError as error:
            self.broken = repr(error)
        except http.client.HTTPException as error:
            self.broken = repr(error)

    def _open(self) -> None:
        page = self._ask("GET", "", None)
        data = dict(_DATA.findall(page))
        found = _TEXT.search(page)
        assert found is not None
        self._token, self._base = html.unescape(data["token"]), int(data["base"])
        self._text = html.unescape(found[1])

    def _turn(self) -> None:
        new = self._pending + [self._type() for _ in range(self._chance.randint(1, 3))]
        sent, self._sequence = self._text, self._sequence + 1
        told = {
            "text": sent, "base": self._base, "session": self._session, "sequence": self._sequence,
            "kind": "save" if self._chance.random() < 0.1 else "autosave",
        }  # fmt: skip
        answer = json.loads(self._ask("POST", "/save", json.dumps(told)))
        assert "sent" in answer, answer
        self.acknowledged += [(sentence, answer["sent"]) for sentence in new]
        self.texts[answer["sent"]] = sent
        self.outcomes[answer["outcome"]] = self.outcomes.get(answer["outcome"], 0) + 1
        if self._chance.random() < 0.3:  # letters were typed before the answer came
            self._base, self._pending = answer["sent"], [self._type()]
        else:
            self._text = answer["text"] or sent
            self._base, self._pending = answer["revision"], []

    def _type(self) -> str:
        """A new sentence at the end of some paragraph, or a new paragraph somewhere."""
        self._count += 1
        sentence = f"{self.name_of}第{self._count}句（{self._session}）。"
        lines = self._text.split("\n")
        places = [n for n, line in enumerate(lines) if line and line[0] not in "#`|<["] or [len(lines) - 1]
        place = self._chance.choice(places)
        if self._chance.random() < 0.5:
            lines[place] += sentence
        else:
            lines[place + 1 : place + 1] = ["", sentence]
        self._text = "\n".join(lines)
        return sentence

    def _ask(self, method: str, tail: str, body: str | None) -> str:
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        if body is not None:
            headers["X-Govbrief-Token"] = self._token
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        path = f"/desk/drafts/{self.draft}{tail}"
        self._connection.request(method, path, body.encode("utf-8") if body else None, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode("utf-8")
        assert answer.status == 200, (answer.status, text)
        return text
