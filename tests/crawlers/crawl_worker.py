"""A crawl in a process of its own, to be killed, starved or measured: home and addresses as arguments."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path

from crawlers.run import crawl
from warehouse.errors import GovbriefError
from warehouse.home import Home


def main() -> int:
    """Crawl; `limit` bounds the size of every file written, as a full disk would."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("resolve", type=json.loads)
    parser.add_argument("limit", type=int, nargs="?")
    parser.add_argument("--sources", nargs="+", default=["prueba"])
    parser.add_argument("--max-documents", type=int)
    parser.add_argument("--memory", action="store_true", help="print the fetching process's peak, in KiB")
    args = parser.parse_args()
    if args.limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (args.limit, args.limit))
    try:
        places = {host: (place[0], int(place[1])) for host, place in args.resolve.items()}
        summary = crawl(Home.open(args.home), args.sources, resolve=places, max_documents=args.max_documents)
    except GovbriefError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if args.memory:
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return summary.exit_code


if __name__ == "__main__":
    sys.exit(main())
