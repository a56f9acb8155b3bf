"""What was listed and never came: news that cannot be fetched, and budgets that never suffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from crawlers.health.kinds import Found, tell
from warehouse.crawl_state.visits import Newest

NEWEST = 20  # listed documents that are looked at
_SEVERAL = 3  # of them
_ALL = 2  # the newest ones without an exception
_A_NIGHT = timedelta(hours=18)  # a document listed before this was asked for in an earlier run too
_SHORT_RUNS = 3


def never_obtained(one: Newest) -> bool:
    """Whether a document was asked for and never came; what robots.txt or the scope keep out is left out."""
    answered = one.state != "refused" or one.note.startswith("http-")
    return not one.obtained and answered


def lasting(one: Newest, began: datetime) -> bool:
    """Whether it was missing in an earlier run as well as in the one that began then."""
    twice = one.state != "gone" or one.gone_count >= 2
    return never_obtained(one) and one.listed_at <= began - _A_NIGHT and twice


def check_news(newest: Sequence[Newest], began: datetime) -> Iterator[Found]:
    """Documents that lists name and nobody ever got; `newest` has the latest listed first.

    A dead link or two among others are none: it takes three that lasted, or all of the last two or more.
    """
    judged = [one for one in newest if one.obtained or never_obtained(one)]
    old = [one for one in judged if lasting(one, began)]
    latest = list(takewhile(never_obtained, judged))
    all_of_them = len(latest) >= _ALL and any(one in old for one in latest)
    if len(old) < _SEVERAL and not all_of_them:
        return
    missing = [one for one in judged if never_obtained(one)]
    error = old[0].note.removeprefix("http-") or old[0].state
    yield tell("news-unobtained", missing=len(missing), listed=len(judged), url=old[0].url, error=error)


def check_budget(runs: int, waiting: int) -> Iterator[Found]:
    """`runs` in a row that used up their budget while no fewer documents waited than before."""
    if runs >= _SHORT_RUNS:
        yield tell("budget-short", runs=runs, waiting=waiting)
