"""What is wrong with a search, as a sentence and as a name with values that another language can tell."""

from __future__ import annotations

from warehouse.errors import UserError


class SearchProblem(UserError):
    """A query or filter that cannot be carried out; `kind` and `values` say the same as the message."""

    def __init__(self, message: str, kind: str, **values: object) -> None:
        super().__init__(message)
        self.kind = kind
        self.values = values
