"""Weeks in which more is published on a class than in the weeks before, told apart from what sources missed.

A week counts for a source only when it was heard from then: something of it is dated in that week, or a
visit in it went well. A source that was out is therefore no baseline of zeros for its return, and one
that is new has no baseline and is left out on both sides. What an outage lacks makes a week smaller, never
unusual; what is caught up afterwards stands in the weeks in which it was published.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import sqrt

from warehouse.queries.reading import Published

WEEKS = 12  # before the week in question
_HEARD_AT_LEAST = 6  # of those weeks
_LEAST = 5  # documents; fewer are chance
_TIMES = 2.0  # as many as usual
_SIGMA = 3.0  # standard deviations of a Poisson count above the usual


def unusual_weeks(publication: Published, today: date) -> dict[tuple[str, date], float]:
    """First-level classes with an unusual week, this or the last: (class, Monday) to the usual number.

    The usual number is a mean a week over the sources that were heard, those weeks alone.
    """
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS + 1)
    counts: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for row in publication.rows(_COUNTS, [first, monday]):
        counts[row["topic1_code"], row["source_id"]][row["week"]] = int(row["documents"])
    heard: dict[str, set[date]] = defaultdict(set)
    for row in publication.rows(_HEARD, [first, monday, first]):
        heard[row["source_id"]].add(row["week"])
    found = {}
    for week in (monday, monday - timedelta(weeks=1)):
        for topic, usual in _judged(counts, heard, week).items():
            found[topic, week] = usual
    return found


def _judged(
    counts: dict[tuple[str, str], dict[date, int]], heard: dict[str, set[date]], week: date
) -> dict[str, float]:
    before = [week - timedelta(weeks=number) for number in range(1, WEEKS + 1)]
    seen: dict[str, int] = defaultdict(int)
    usual: dict[str, float] = defaultdict(float)
    for (topic, source), by_week in counts.items():
        weeks = [one for one in before if one in heard[source]]
        if len(weeks) >= _HEARD_AT_LEAST:
            seen[topic] += by_week.get(week, 0)
            usual[topic] += sum(by_week.get(one, 0) for one in weeks) / len(weeks)
    return {topic: usual[topic] for topic, number in seen.items() if is_unusual(number, usual[topic])}


def is_unusual(number: int, usual: float) -> bool:
    """Whether so many documents are more than chance would bring where `usual` is the mean."""
    return number >= _LEAST and number >= _TIMES * usual and number - usual >= _SIGMA * sqrt(max(usual, 1.0))


_COUNTS = """
select week, topic1_code, source_id, sum(documents) as documents from week_count
where week between ? and ? and topic1_code is not null group by all
"""
_HEARD = """
select source_id, week from week_count where week between ? and ?
union
select source_id, date_trunc('week', "at")::date from source_health
where verdict in ('ok', 'quiet') and "at" >= ?
"""
