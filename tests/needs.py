"""What the tests need beyond Python packages: Chromium, Chinese fonts, readers of old files and archives.

`make test` runs this first: it installs what it may; what stays missing is named, and the tests that need it
skip and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FANDOL_PACKAGE = "texlive-lang-chinese"
FANDOL = Path("/usr/local/share/texmf/fonts/opentype/public/fandol")  # the machine's own tree of TeX
TEX_FANDOL = "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"


def missing() -> list[str]:
    """Debian packages whose content is not on this machine."""
    wanted = []
    if not shutil.which("chromium") and not shutil.which("chromium-browser"):
        wanted.append("chromium")
    if not has_chinese_fonts():
        wanted += ["fontconfig", "fonts-noto-cjk"]
    readers = [package for package in ("antiword", "catdoc") if not shutil.which(package)]
    archives = [] if shutil.which("bsdtar") else ["libarchive-tools"]
    return wanted + readers + archives + _recognition() + _papers()


def install(packages: list[str]) -> None:
    """Install them when we may; a failure is reported and left to the tests to skip."""
    _apt("update")
    if FANDOL_PACKAGE in packages:
        packages = [package for package in packages if package != FANDOL_PACKAGE]
        _take_fandol()
    if packages and not _apt("install", *packages):
        for package in packages:
            _apt("install", package)


def _take_fandol() -> None:
    """The Fandol fonts out of their package: all of it would be 280 MB of TeX, and minutes of triggers."""
    with tempfile.TemporaryDirectory() as folder:
        if not _apt("download", FANDOL_PACKAGE, folder=folder):
            return
        for package in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, folder], check=False)
        found = list(Path(folder).rglob("Fandol[FHKS]*.otf"))
        FANDOL.mkdir(parents=True, exist_ok=True)
        for font in found:
            shutil.copy(font, FANDOL)


def _apt(verb: str, *packages: str, folder: str | None = None) -> bool:
    options = ["-y", "--no-install-recommends"] if verb == "install" else []
    done = subprocess.run(
        ["apt-get", verb, "-qq", *options, *packages],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=folder,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        print(f"apt-get {verb} {' '.join(packages)} failed: {last}", file=sys.stderr)
    return done.returncode == 0


def main() -> None:
    """Install what is missing and say what is still missing afterwards."""
    wanted = missing()
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {', '.join(wanted)} for the tests ...", flush=True)
        install(wanted)
    elif wanted:
        print("Not root, or no apt-get: the tests that need them will be left out.")
    for package in missing():
        print(f"Still missing: {package}; the tests that need it are left out and say so.")


def has_chinese_fonts() -> bool:
    """Whether a page with Chinese characters can be drawn."""
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def _papers() -> list[str]:
    """What shows a printed briefing: the faces of official papers, and a reader of DOCX."""
    fandol = any((Path(tree) / "FandolFang-Regular.otf").is_file() for tree in (FANDOL, TEX_FANDOL))
    writer = shutil.which("soffice") is not None
    return [
        *([] if fandol else [FANDOL_PACKAGE]),
        *([] if writer else ["libreoffice-writer-nogui"]),
    ]


def _recognition() -> list[str]:
    """Tesseract and its Chinese data, as far as they are missing."""
    if not shutil.which("tesseract"):
        return ["tesseract-ocr", "tesseract-ocr-chi-sim"]
    found = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return [] if "chi_sim" in found.stdout.split() else ["tesseract-ocr-chi-sim"]


if __name__ == "__main__":
    main()
