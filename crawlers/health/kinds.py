"""The kinds of findings: what each calls for, whether it holds documents back, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = float | str


@dataclass(frozen=True, slots=True)
class Kind:
    """One code. `holds`: the run's documents do not replace what was published."""

    verdict: str  # blocked | broken | drifting
    sentence: str  # with the names of its values
    remedy: str
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A finding before it has its run, its source and its pages."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    verdict: str | None = None  # where it is not its kind's
    good: str | None = None  # captures
    bad: str | None = None
    holds: bool | None = None  # where it is not its kind's

    @property
    def calls_for(self) -> str:
        """The verdict this finding asks for."""
        return self.verdict or KINDS[self.code].verdict

    @property
    def held_back(self) -> bool:
        """Whether the run's documents are held back."""
        return KINDS[self.code].holds if self.holds is None else self.holds

    def sentence(self, source_id: str) -> str:
        """What happened and what to do, in English."""
        kind = KINDS[self.code]
        said = kind.sentence.format_map(_Shown(tidy(self.values)))
        return f"{said} {kind.remedy.format(source=source_id)}"


def tell(code: str, verdict: str | None = None, holds: bool | None = None, **values: Value) -> Found:
    """A finding by its code and the values of its sentence."""
    return Found(code, values, verdict=verdict, holds=holds)


def tidy(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values as people read them: whole numbers without a fraction, others with one digit."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value) -> Value:
    if not isinstance(value, float):
        return value
    return int(value) if value.is_integer() else round(value, 1)


class _Shown(dict[str, Value]):
    def __missing__(self, name: str) -> str:
        return "?"


_LISTS = "Look at the list, then edit [list], [options] or platform in sources/{source}.toml."
_FIELDS = "Look at both pages, then edit [fields] in sources/{source}.toml."
_PLACE = (
    "Look at both pages; where the text stands in a new container the lasting remedy is to name it as body in"
    " [fields] of sources/{source}.toml."
)
_WAIT = "It is asked again in the next run; look at the site if that fails too."

KINDS: Mapping[str, Kind] = {
    # the site as a whole
    "blocked": Kind(
        "blocked",
        "The site refuses us: {said}.",
        "Nothing is disguised or retried; send its owner the prepared letter, or disable {source}.",
    ),
    "robots-failed": Kind(
        "blocked",
        "The site cannot say what its robots.txt allows: {said}.",
        "Nothing is fetched until it can; look whether the site is up.",
    ),
    "robots-forbids": Kind(
        "blocked",
        "The site's robots.txt forbids what we ask for: {said}.",
        "Narrow [[start]] in sources/{source}.toml to what is allowed, or disable the source.",
    ),
    "key-missing": Kind(
        "broken",
        "The source was not asked, since the environment variable {env} holds no key for it.",
        "Set it where the run can read it, or disable {source}.",
    ),
    "no-answer": Kind("broken", "None of {requests} requests was answered: {said}.", _WAIT),
    "site-failing": Kind("broken", "The site failed too often in a row: {said}.", _WAIT),
    "list-failed": Kind(
        "drifting", "{failed} of {lists} lists failed at every try; {list} answers {error}.", _LISTS
    ),
    "documents-failing": Kind(
        "drifting", "{failed} of {asked} documents and files failed, {url} with {error}.", _WAIT
    ),
    "news-unobtained": Kind(
        "drifting",
        "{missing} of the {listed} newest listed documents could never be fetched; {url} answers {error}.",
        "They are asked again in the next runs; look whether the list of {source} links to pages that exist.",
    ),
    "budget-short": Kind(
        "drifting",
        "{runs} runs in a row ended with the budget of requests used up; {waiting} documents wait.",
        "Raise requests_per_run in govbrief.toml, or requests_per_day in [impact] of sources/{source}.toml.",
    ),
    "clock-off": Kind(
        "drifting",
        "The site's clock is {hours} hours away from ours.",
        "Dates of this site may be wrong while it lasts; tell its owner.",
    ),
    # lists
    "untrue-304": Kind(
        "drifting",
        "The site says that {list} did not change, and {new} new documents stand on it.",
        "Its clock or its cache is wrong; quiet lists are asked for whole every night, so nothing is lost.",
    ),
    "empty-list": Kind(
        "drifting", "{empty} of {lists} lists hold no entry; {list} held {before}.", _LISTS, holds=True
    ),
    "list-shrunk": Kind("drifting", "{list} shows {entries} entries, {before} are usual.", _LISTS),
    "list-unreadable": Kind("drifting", "{list} cannot be read as before ({problem}).", _LISTS),
    "list-strangers": Kind(
        "drifting",
        "None of the {entries} entries of {list} was named before, and it named {before}.",
        _LISTS,
        holds=True,
    ),
    "list-changed": Kind(
        "drifting",
        "{list} is built differently than before; it is still read.",
        "Look whether all its entries are still found; only if some are not, edit sources/{source}.toml.",
    ),
    "list-cut": Kind("drifting", "{list} ends in the middle of the page.", _WAIT, holds=True),
    "list-garbled": Kind(
        "drifting",
        "{list} cannot be read in any charset; its characters are lost.",
        "Look at the page; nothing of this run replaces what was published of {source}.",
        holds=True,
    ),
    "charset-changed": Kind(
        "drifting",
        "{list} came as {now} and was {before}; it is still read.",
        "Look at a page of {source}: a browser may show it garbled.",
    ),
    "dates-missing": Kind(
        "drifting", "{dated} of {entries} entries of {list} have a date, {usual} are usual.", _LISTS
    ),
    "dates-changed": Kind(
        "drifting", "{changed} of {known} known entries of {list} have another date now.", _LISTS, holds=True
    ),
    "date-form": Kind(
        "drifting",
        "{list} prints its dates as {now}, formerly {before}; check that they are read.",
        _LISTS,
        holds=True,
    ),
    "future-dates": Kind(
        "drifting",
        "{dates} of {new} new entries of {list} are dated ahead of today or before any website.",
        "Look whether the site's clock or its list is wrong.",
        holds=True,
    ),
    "order-lost": Kind("drifting", "The dates of {list} no longer fall: {share} % do.", _LISTS),
    "paging-loop": Kind("drifting", "Page {page} of {list} repeats page {again}.", _LISTS),
    "paging-lost": Kind("drifting", "{list} no longer leads to its further pages ({said}).", _LISTS),
    "other-platform": Kind(
        "drifting",
        "{list} is published by another system than the source's file says; it is still read.",
        "Run `govbrief sources new` on the site and correct platform in sources/{source}.toml.",
    ),
    # documents
    "same-page": Kind(
        "drifting",
        "{same} of {read} addresses answer with one and the same page ({url}).",
        "Look at it: a notice, a login or a block page; write to the site's owner if it blocks us.",
        holds=True,
    ),
    "garbled-text": Kind(
        "drifting",
        "The text of {bad} of {read} documents is lost in a wrong charset ({url}).",
        _FIELDS,
        holds=True,
    ),
    "no-text": Kind("broken", "{bad} of {read} document pages show no text ({url}).", _FIELDS, holds=True),
    "cut-pages": Kind("drifting", "{bad} of {read} pages end in the middle ({url}).", _WAIT, holds=True),
    "field-missing": Kind(
        "drifting",
        "{filled} of {read} documents have a {field}, {usual} % are usual ({url}).",
        _FIELDS,
        holds=True,
    ),
    "path-changed": Kind(
        "drifting",
        "{filled} of {read} documents were read from their known place, {usual} % are usual ({url}).",
        _PLACE,
        holds=True,
    ),
    "title-strange": Kind(
        "drifting",
        "{filled} of {read} pages bear the title their list gave, {usual} % are usual ({url}).",
        _FIELDS,
        holds=True,
    ),
    "attachments-gone": Kind(
        "drifting", "{bad} of {asked} attached files are gone or are no files ({url}).", _WAIT
    ),
    "canary-changed": Kind(
        "drifting",
        "{changed} of {canaries} canary documents read differently ({what}): {url}.",
        _PLACE,
        holds=True,
    ),
    "canary-missing": Kind(
        "drifting",
        "{missing} of {canaries} canary documents are gone at once: {url}.",
        "Look whether the site moved its documents.",
    ),
    "too-few": Kind(
        "drifting",
        "The source holds {documents} documents, its file expects at least {minimum}.",
        "Look at its lists, or correct documents_min in sources/{source}.toml.",
    ),
    "silent": Kind(
        "drifting",
        "Nothing new for {days} days (since {since}), {patience} are plausible.",
        "Look at the site and at the lists in sources/{source}.toml.",
    ),
}
