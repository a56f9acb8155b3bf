"""By hand: `serve` shows the sites, `truth` writes truth.json anew, `check SITE` judges a folder.

`scans` draws the pictures of scanned attachments whose text is new or was changed (of one SITE, or of all).
"""

from __future__ import annotations

import argparse
import sys
import time

from crawlers.sample_sites.check import check_folder
from crawlers.sample_sites.files.rendering import draw_scans
from crawlers.sample_sites.reading import folders, read_documents, read_site
from crawlers.sample_sites.server import Fault, SampleServer
from crawlers.sample_sites.truth import TRUTH_FILE, write_truth


def main(arguments: list[str] | None = None) -> int:
    """Serve for a bounded time, or write the truth file."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.sample_sites", description=__doc__)
    parser.add_argument("what", choices=("serve", "truth", "check", "scans"))
    parser.add_argument("site", nargs="?", help="check, scans: the folder in documents/")
    parser.add_argument("--day", type=int, default=0, help="day of the sample's clock")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="HOST=KIND",
        help="trouble on demand: a status such as 503, slow, cut or challenge; may be repeated",
    )
    parser.add_argument("--seconds", type=float, default=600.0, help="stop after this long")
    asked = parser.parse_args(arguments)
    if asked.what == "truth":
        write_truth()
        print(TRUTH_FILE)
        return 0
    if asked.what == "check":
        complaints = check_folder(asked.site)
        print("\n".join(complaints) or f"{asked.site}: every claim stands in its text.")
        return 1 if complaints else 0
    if asked.what == "scans":
        return _draw(asked.site)
    with SampleServer(asked.day) as server:
        server.faults.update(dict(_fault(one) for one in asked.fault))
        for host, (ip, port) in server.addresses.items():
            print(f"http://{ip}:{port}/  {host}", flush=True)
        try:
            time.sleep(asked.seconds)
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)
    return 0


def _fault(asked: str) -> tuple[str, Fault]:
    """`www.hsb.example=503` or `www.hsb.example=slow`."""
    host, _, kind = asked.partition("=")
    if kind.isdigit():
        return host, Fault("status", int(kind))
    if kind not in ("slow", "cut", "challenge"):
        raise SystemExit(f"--fault {asked}: write HOST=503, HOST=slow, HOST=cut or HOST=challenge.")
    return host, Fault(kind, seconds=3.0)


def _draw(site: str | None) -> int:
    """Draw the scans of one folder or of all."""
    for folder in folders():
        if site in (None, folder.name):
            for file in draw_scans(folder.name, read_documents(read_site(folder))):
                print(file, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
