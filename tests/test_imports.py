"""The arrows of the house: who may import whom, and which library lives in which room."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("crawlers", "classify", "warehouse", "dashboard")
ALLOWED = {
    "warehouse": {"warehouse"},
    "crawlers": {"crawlers", "warehouse"},
    "classify": {"classify", "warehouse"},
    "dashboard": {"dashboard", "warehouse"},
    "dashboard/commands": set(ROOMS),
}
# Library -> the only places that may import it.
LIBRARIES = {
    "scrapy": ("crawlers",),
    "twisted": ("crawlers",),
    "spacy": ("classify",),
    "networkx": ("classify",),
    "scipy": ("classify",),
    "sklearn": ("classify",),
    "duckdb": ("warehouse",),
    "tantivy": ("warehouse",),
    "warcio": ("warehouse",),
    "brotli": ("warehouse",),
    "sqlalchemy": ("warehouse",),
    "cryptography": ("warehouse",),
    "rjieba": ("warehouse", "classify"),
    "opencc": ("warehouse",),
    "streamlit": ("dashboard",),
    "altair": ("dashboard",),
    "argon2": ("dashboard",),
    "authlib": ("dashboard",),
    "markdown_it": ("dashboard",),
    "vl_convert": ("dashboard",),
    "typst": ("dashboard",),
    "fontTools": ("dashboard",),
}
WAREHOUSE_LIBRARIES = {
    "cryptography",
    "duckdb",
    "tantivy",
    "rjieba",
    "opencc",
    "warcio",
    "brotli",
    "sqlalchemy",
    "numpy",
}


def modules(room: str) -> list[Path]:
    """All Python files of a room; `dashboard` without `dashboard/commands`, which is a room of its own."""
    found = sorted((ROOT / room).rglob("*.py"))
    commands = ROOT / "dashboard" / "commands"
    return found if room == "dashboard/commands" else [f for f in found if not f.is_relative_to(commands)]


@cache
def imports(file: Path, *, top_level_only: bool = False) -> frozenset[str]:
    """First names of all imported modules."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if not top_level_only else iter(_run_at_import(tree.body))
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return frozenset(names)


def _run_at_import(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements that run when the module is imported; `if TYPE_CHECKING:` does not."""
    found: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            found += node.orelse
        elif isinstance(node, (ast.If, ast.Try)):
            found += _run_at_import(node.body)
        else:
            found.append(node)
    return found


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_between_rooms_point_one_way(room: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {other}"
        for file in modules(room)
        for other in sorted(imports(file) & set(ROOMS) - ALLOWED[room])
    ]
    assert not wrong


@pytest.mark.parametrize("room", ["crawlers", "classify", "warehouse", "dashboard"])
def test_the_command_line_is_imported_by_nobody(room: str) -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for file in modules(room)
        if "dashboard.commands" in file.read_text(encoding="utf-8").replace('"dashboard.commands', "")
    ]
    assert not wrong


@pytest.mark.parametrize(("library", "rooms"), LIBRARIES.items())
def test_a_library_lives_in_its_room(library: str, rooms: tuple[str, ...]) -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for room in ALLOWED
        if room not in rooms
        for file in modules(room)
        if library in imports(file)
    ]
    assert not wrong


def test_the_warehouse_leans_on_six_libraries_and_the_standard_library() -> None:
    allowed = WAREHOUSE_LIBRARIES | set(sys.stdlib_module_names) | {"warehouse"}
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules("warehouse")
        for name in sorted(imports(file) - allowed)
    ]
    assert not wrong


def test_verbs_import_other_rooms_only_when_they_run() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name} at the top"
        for file in modules("dashboard/commands")
        for name in sorted(imports(file, top_level_only=True) & {"crawlers", "classify"})
    ]
    assert not wrong


def test_help_loads_no_heavy_library() -> None:
    heavy = sorted(set(LIBRARIES) - {"altair"})
    program = (
        "import sys; from dashboard.commands.main import build_parser; build_parser(); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
