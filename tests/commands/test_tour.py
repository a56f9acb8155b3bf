"""The tour of the documents, walked: its commands are typed on a fresh home and must answer as it says."""

from __future__ import annotations

import re
import shlex
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.sample_sites import truth
from dashboard.screenshots import LANGUAGES, LARGEST, pictures
from tests.commands.conftest import Govbrief, Outcome
from tests.copying import copied
from warehouse.home import Home
from warehouse.publication import Publication

DOCS = Path(__file__).resolve().parents[2] / "docs"
TOURS = ("tour.md", "tour.zh.md")
HOME = "govbrief-demo"
SOURCE_FILE = Path(HOME) / "sources" / "sample-yunhe-sjt.toml"
BOX = re.compile(r"^ *```(console|toml)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ govbrief (.+?)(?:  # ends with (\d+))?$")
NUMBER = re.compile(r"\w+〔\d{4}〕\d+号")
PICTURE = re.compile(r'\]\((images/[^)]+)\)|src="(images/[^"]+)"')
ALL_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the tour with the lines of its answer that the tour shows."""

    words: tuple[str, ...]
    code: int
    lines: tuple[str, ...]


def boxes(paper: str) -> list[tuple[str, str]]:
    """The boxes of a tour in reading order: their kind and their text."""
    text = (DOCS / paper).read_text(encoding="utf-8")
    return [(kind, textwrap.dedent(inner)) for kind, inner in BOX.findall(text)]


def steps(box: str) -> list[Step]:
    """The commands of a box."""
    found: list[Step] = []
    for line in box.splitlines():
        command = COMMAND.match(line)
        if command:
            found.append(Step(tuple(shlex.split(command[1])), int(command[2] or 0), ()))
        elif line.strip():
            found[-1] = Step(found[-1].words, found[-1].code, (*found[-1].lines, line.strip()))
    return found


def told(outcome: Outcome, line: str) -> bool:
    """True when the answer holds the line; … stands for anything."""
    pattern = re.compile(".*".join(re.escape(part) for part in line.split("…")))
    return any(pattern.fullmatch(one.strip()) for one in outcome.out.splitlines())


@pytest.mark.slow
def test_the_tour_can_be_walked(
    govbrief: Govbrief, published_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copied(published_home, tmp_path / HOME)  # what the first demo made; test_demo.py looks at that
    assert govbrief("demo", "--no-serve", "--quiet", "--home", HOME).code == 0
    the_documents_it_names_are_there()
    for kind, box in boxes("tour.md"):
        if kind == "toml":
            SOURCE_FILE.parent.mkdir(exist_ok=True)
            SOURCE_FILE.write_text(box, encoding="utf-8")
            continue
        for step in steps(box):
            outcome = govbrief(*step.words)
            assert outcome.code == step.code, (step.words, outcome.err)
            missing = [line for line in step.lines if not told(outcome, line)]
            assert not missing, (step.words, outcome.out)
    assert [file.name for file in Path(HOME).iterdir()] == ["sources"]
    assert Path("nursery-places.jsonl").read_text(encoding="utf-8").count("\n") >= 6


def the_documents_it_names_are_there() -> None:
    publication = Publication.current(Home.open(Path(HOME)))
    assert publication is not None
    held = {row["doc_number"] for row in publication.rows("select distinct doc_number from document")}
    named = {number for paper in TOURS for number in NUMBER.findall((DOCS / paper).read_text("utf-8"))}
    unknown = {number for number in named if not any(number.endswith(one) for one in held if one)}
    assert named
    assert not unknown


def test_both_tours_type_the_same() -> None:
    first, second = (boxes(paper) for paper in TOURS)
    assert len(first) >= 10
    assert first == second


@pytest.mark.parametrize("paper", TOURS)
def test_every_picture_of_a_tour_is_in_its_language_and_in_the_list(paper: str) -> None:
    shown, language = shown_in(DOCS / paper), "zh" if ".zh." in paper else "en"
    assert len(shown) >= 15
    assert shown <= {f"images/{picture.name}-{language}.png" for picture in pictures()}


def test_every_picture_is_shown_in_a_tour_or_a_guide() -> None:
    shown = set().union(*map(shown_in, DOCS.glob("*.md")))
    listed = {f"images/{one.name}-{language}.png" for one in pictures() for language in LANGUAGES}
    unseen = {name.rsplit("-", 1)[0] for name in listed} - {name.rsplit("-", 1)[0] for name in shown}
    assert not unseen


def shown_in(paper: Path) -> set[str]:
    """The pictures that a paper shows."""
    return {a or b for a, b in PICTURE.findall(paper.read_text(encoding="utf-8"))}


def test_the_pictures_are_those_of_the_list_and_stay_small() -> None:
    sizes = {file.name: file.stat().st_size for file in (DOCS / "images").glob("*.png")}
    assert set(sizes) == {f"{one.name}-{language}.png" for one in pictures() for language in LANGUAGES}
    assert max(sizes.values()) <= LARGEST
    assert sum(sizes.values()) <= ALL_BYTES


def test_the_readme_counts_the_sample() -> None:
    first_day = truth(0)
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert f"\n{len(first_day['documents'])} documents, and prints" in readme
    assert f"{len(first_day['documents'])} documents, {len(first_day['sites'])} sites" in readme
