"""A crawl in a process of its own, to be killed or starved: home and addresses as arguments."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from crawlers.run import crawl
from warehouse.errors import GovbriefError
from warehouse.home import Home


def main() -> int:
    """Crawl; a third argument bounds the size of every file written, as a full disk would."""
    home, resolve = Home.open(Path(sys.argv[1])), json.loads(sys.argv[2])
    if len(sys.argv) > 3:
        limit = int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        places = {host: (place[0], int(place[1])) for host, place in resolve.items()}
        return crawl(home, ["prueba"], resolve=places).exit_code
    except GovbriefError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
