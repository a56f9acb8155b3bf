"""The drafts of a desk: begun, written in by several people at once, filled anew, moved between states."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.drafts import revisions, states
from warehouse.desk.drafts.comments import Comments, follow
from warehouse.desk.drafts.merging import Merged, merge
from warehouse.desk.drafts.model import Draft, Kind, Outcome, Revision, Saved, State
from warehouse.desk.drafts.tables import draft, draft_fill
from warehouse.desk.values import checked_text
from warehouse.sqlite_file import reading, writing

LONGEST_TITLE = 200
_MOST_LISTED = 500


class Drafts:
    """All drafts; a text that was acknowledged stays readable as a version, whatever is written after it."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self.comments = Comments(engine, clock)

    def begin(
        self, template: str, theme: str, title: str, language: str, text: str, account: str, *,
        since: str = "", until: str = "", searches: Iterable[int] = (),
        fills: Mapping[str, str] | None = None, publication_id: str = "",
    ) -> Draft:  # fmt: skip
        """Begin a draft with its first text; `fills` are the parts of it that a program wrote, by section."""
        at, kept = self._now(), revisions.cleaned(text)
        row = {
            "template": checked_text("template", template), "theme": checked_text("theme", theme),
            "title": _title(title), "language": language, "state": "draft", "revision": 1,
            "since": since, "until": until, "searches": json.dumps(sorted(set(searches))),
            "account": account, "created_at": at, "changed_at": at,
        }  # fmt: skip
        with writing(self._engine) as connection:
            made = connection.execute(insert(draft).values(row)).inserted_primary_key
            draft_id = int(made[0]) if made else 0
            revisions.append(connection, draft_id, kept, "fill", account, at)
            _remember_fills(connection, draft_id, fills or {}, publication_id, at)
            told = {"template": template, "theme": theme, "title": row["title"]}
            note_event(connection, at, account, "begin-draft", _subject(draft_id), told)
            return _draft(states.standing(connection, draft_id))

    def save(
        self, draft_id: int, base_revision: int, text: str, account: str, *, kind: Kind = "save",
        session: str = "", sequence: int = 0, note: str = "",
    ) -> Saved:  # fmt: skip
        """Keep a text that was written over a version; what others wrote since stays in the head beside it.

        `session` names one open editor and `sequence` the order of its texts: so a text whose answer never
        arrived is not merged with itself, and one that arrives late does not take later letters back.
        """
        sent = revisions.cleaned(text)
        with writing(self._engine) as connection:
            row = states.standing(connection, draft_id)
            states.refuse_closed(row)
            at = self._now()
            revisions.row_of(connection, draft_id, base_revision)
            before = revisions.sent_before(connection, draft_id, session)
            told = (kind, account, at, session, sequence, note)
            if before is not None and before.sequence > sequence:
                return self._late(connection, row, sent, base_revision, told)
            base = max(base_revision, before.revision if before is not None else 0)
            return self._kept(connection, row, sent, base, told)

    def restore(self, draft_id: int, revision: int, account: str) -> Saved:
        """Make the text of an earlier version the head again, as a new version."""
        with writing(self._engine) as connection:
            row = states.standing(connection, draft_id)
            states.refuse_closed(row)
            text = revisions.text_of(connection, draft_id, revision)
            told: _Told = ("save", account, self._now(), "", 0, f"={revision}")
            return self._kept(connection, row, text, row.revision, told)

    def fill(
        self, draft_id: int, base_revision: int, text: str, fills: Mapping[str, str], publication_id: str,
        account: str,
    ) -> Saved:  # fmt: skip
        """Keep a text in which a program filled sections anew, and what it put there."""
        with writing(self._engine) as connection:
            row = states.standing(connection, draft_id)
            states.refuse_closed(row)
            revisions.row_of(connection, draft_id, base_revision)
            at = self._now()
            told: _Told = ("fill", account, at, "", 0, "")
            saved = self._kept(connection, row, revisions.cleaned(text), base_revision, told)
            _remember_fills(connection, draft_id, fills, publication_id, at)
            return saved

    def fills(self, draft_id: int) -> dict[str, str]:
        """What a program last put into each section."""
        wanted = select(draft_fill).where(draft_fill.c.draft_id == draft_id)
        with reading(self._engine) as connection:
            return {row.section: row.text for row in connection.execute(wanted)}

    def rename(self, draft_id: int, title: str, account: str) -> Draft:
        """Give a draft another title."""
        with writing(self._engine) as connection:
            row = states.standing(connection, draft_id)
            states.refuse_closed(row)
            kept, at = _title(title), self._now()
            if kept != row.title:
                changed = update(draft).where(draft.c.draft_id == draft_id)
                connection.execute(changed.values(title=kept, changed_at=at))
                note_event(connection, at, account, "rename-draft", _subject(draft_id), {"title": kept})
            return _draft(states.standing(connection, draft_id))

    def set_state(self, draft_id: int, revision: int, state: State, account: str) -> Draft:
        """Drop a draft or take it up again; review and signature are steps of the sign-off."""
        with writing(self._engine) as connection:
            states.move(connection, draft_id, revision, state, account, self._now())
            return _draft(states.standing(connection, draft_id))

    def get(self, draft_id: int) -> Draft:
        """One draft; a UserError when there is none."""
        with reading(self._engine) as connection:
            return _draft(states.standing(connection, draft_id))

    def head(self, draft_id: int) -> tuple[Draft, str]:
        """A draft with the text as it stands."""
        with reading(self._engine) as connection:
            found = _draft(states.standing(connection, draft_id))
            return found, revisions.text_of(connection, draft_id, found.revision)

    def text_of(self, draft_id: int, revision: int) -> str:
        """The text of one version."""
        with reading(self._engine) as connection:
            return revisions.text_of(connection, draft_id, revision)

    def revisions(self, draft_id: int, limit: int = _MOST_LISTED) -> list[Revision]:
        """The versions of a draft, the latest first; those of a merge that lost stand among them."""
        with reading(self._engine) as connection:
            states.standing(connection, draft_id)
            return revisions.listed(connection, draft_id, limit)

    def listed(self, state: State | None = None, theme: str | None = None) -> list[Draft]:
        """The drafts, the last changed first."""
        wanted = select(draft).order_by(draft.c.changed_at.desc(), draft.c.draft_id.desc())
        if state is not None:
            wanted = wanted.where(draft.c.state == state)
        if theme is not None:
            wanted = wanted.where(draft.c.theme == theme)
        with reading(self._engine) as connection:
            return [_draft(row) for row in connection.execute(wanted.limit(_MOST_LISTED))]

    def _late(self, connection: Connection, row: Any, sent: str, base: int, told: _Told) -> Saved:
        """A text that its session has gone beyond is kept beside; the head stays."""
        number = self._append(connection, row, sent, base, told)
        text = revisions.text_of(connection, row.draft_id, row.revision)
        return Saved(row.draft_id, row.revision, text, number, "late", 0, (), instant(told[2]))

    def _kept(self, connection: Connection, row: Any, sent: str, base: int, told: _Told) -> Saved:
        kind, account, at = told[:3]
        head = revisions.text_of(connection, row.draft_id, row.revision)
        last = revisions.row_of(connection, row.draft_id, row.revision)
        if sent == head and (kind != "save" or last.kind == "save") and not told[5]:
            return Saved(row.draft_id, row.revision, head, row.revision, "same", 0, (), instant(at))
        number = self._append(connection, row, sent, base, told)
        merged = Merged(sent, 0)
        others: set[str] = set()
        if base != row.revision and sent != head:
            others = revisions.writers_between(connection, row.draft_id, base, row.revision) - {account}
            names = ("、".join(sorted(others)) or account, account)
            common = revisions.text_of(connection, row.draft_id, base)
            merged = merge(common, sent, head, names=names)
        now = self._new_head(connection, row, (number, sent), head, merged, told)
        outcome: Outcome = "conflict" if merged.conflicts else "kept" if merged.text == sent else "merged"
        return Saved(
            row.draft_id, now, merged.text, number, outcome, merged.conflicts, tuple(sorted(others)),
            instant(at),
        )  # fmt: skip

    def _new_head(
        self, connection: Connection, row: Any, sent: tuple[int, str], head: str, merged: Merged,
        told: _Told,
    ) -> int:  # fmt: skip
        """The number of the version that is the head from now on."""
        now = sent[0]
        if merged.text != sent[1] and merged.text == head:
            return int(row.revision)
        if merged.text != sent[1]:
            now = revisions.append(
                connection, row.draft_id, merged.text, "merge", told[1], told[2],
                base=row.revision, other=sent[0], session=told[3], sequence=told[4],
                note=str(merged.conflicts or ""),
            )  # fmt: skip
        changed = update(draft).where(draft.c.draft_id == row.draft_id)
        connection.execute(changed.values(revision=now, changed_at=told[2]))
        follow(connection, row.draft_id, merged.text)
        return now

    def _append(self, connection: Connection, row: Any, sent: str, base: int, told: _Told) -> int:
        kind, account, at, session, sequence, note = told
        number = revisions.append(
            connection, row.draft_id, sent, kind, account, at,
            base=base, session=session, sequence=sequence, note=note,
        )  # fmt: skip
        action = "fill-draft" if kind == "fill" else "save-draft"
        detail = {"revision": number, "base": base, "kind": kind}
        note_event(connection, at, account, action, _subject(row.draft_id), detail)
        return number

    def _now(self) -> float:
        return self._clock.now().timestamp()


_Told = tuple[Kind, str, float, str, int, str]  # kind, account, at, session, sequence, note


def _remember_fills(
    connection: Connection, draft_id: int, fills: Mapping[str, str], publication_id: str, at: float
) -> None:
    for section, text in fills.items():
        row = {"draft_id": draft_id, "section": section, "text": text}
        new = {"text": text, "publication_id": publication_id, "at": at}
        statement = upsert(draft_fill).values({**row, **new})
        connection.execute(statement.on_conflict_do_update(["draft_id", "section"], set_=new))


def _title(title: str) -> str:
    return " ".join(checked_text("title", title, longest=LONGEST_TITLE).split())


def _subject(draft_id: int) -> str:
    return f"draft {draft_id}"


def _draft(row: Any) -> Draft:
    return Draft(
        row.draft_id, row.template, row.theme, row.title, row.language, row.state, row.revision, row.account,
        instant(row.created_at), instant(row.changed_at), row.since, row.until,
        tuple(json.loads(row.searches)),
    )  # fmt: skip
