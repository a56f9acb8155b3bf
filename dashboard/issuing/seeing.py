"""Who sees which issue: readers those that hold, analysts also what was withdrawn or corrected."""

from __future__ import annotations

from collections.abc import Callable

from warehouse.desk.issues.model import Issue


def may_open(may: Callable[[str], bool], issue: Issue) -> bool:
    """Whether somebody with these rights is shown the text and files of an issue."""
    return issue.state == "signed" or may("analyst")
