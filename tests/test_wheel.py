"""The built wheel works on its own: data files come along, the console script runs, the demo publishes."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without our source tree on the path; its whole output in the failure."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GOVBRIEF_HOME")
    }
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scripts folder of a fresh environment that holds the wheel, and what it needs by reference."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    run("git", "clone", "--quiet", ROOT, tree, cwd=folder)
    pip = (sys.executable, "-m", "pip", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, tree, cwd=folder)
    (wheel,) = folder.glob("govbrief-*.whl")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "venv" / "lib" / version / "site-packages"
    (packages / "needs.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return folder / "venv" / "bin"


def test_help_of_the_installed_script(installed: Path, tmp_path: Path) -> None:
    assert "usage: govbrief" in run(installed / "govbrief", "--help", cwd=tmp_path).stdout


def test_the_installed_code_is_the_wheels_not_the_trees(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "python", "-c", "import warehouse; print(warehouse.__file__)", cwd=tmp_path)
    assert str(installed.parent) in done.stdout


def test_the_demo_of_the_installed_wheel_publishes(installed: Path, tmp_path: Path) -> None:
    run(installed / "govbrief", "demo", "--no-serve", "--home", tmp_path / "demo", cwd=tmp_path)
    done = run(
        installed / "govbrief",
        "brief",
        "养老服务",
        "--since",
        "60d",
        "--home",
        tmp_path / "demo",
        cwd=tmp_path,
    )
    assert "# 养老服务：简报" in done.stdout
