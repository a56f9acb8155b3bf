"""What the tests need beyond Python packages: Chromium and Chinese fonts, installed when we may.

Run before the suite by `make test`; what stays missing is named, and the tests that need it skip and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def missing() -> list[str]:
    """Debian packages whose content is not on this machine."""
    wanted = []
    if not shutil.which("chromium") and not shutil.which("chromium-browser"):
        wanted.append("chromium")
    if not _chinese_fonts():
        wanted += ["fontconfig", "fonts-noto-cjk"]
    return wanted


def install(packages: list[str]) -> None:
    """Install them when we may; a failure is reported and left to the tests to skip."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            print(f"{' '.join(command[:2])} failed: {last}", file=sys.stderr)


def main() -> None:
    """Install what is missing and say what is still missing afterwards."""
    wanted = missing()
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {', '.join(wanted)} for the browser tests ...", flush=True)
        install(wanted)
    elif wanted:
        print("Not root, or no apt-get: the browser tests will be left out.")
    for package in missing():
        print(f"Still missing: {package}; the tests that need it are left out and say so.")


def _chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


if __name__ == "__main__":
    main()
