"""Beginning and refilling a draft, for page and verb: from template, theme and period to a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.briefing.subjects import find_subject
from dashboard.drafting.fill import begun, filled, refilled
from dashboard.drafting.material import gathered
from dashboard.drafting.templates import Section, Template, template_of
from warehouse.clock import today
from warehouse.desk import Desk
from warehouse.desk.drafts.model import Draft, Saved
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

_DEFAULT_DAYS = 30  # of a template without a period of its own
_LATE_IN_MONTH = 20  # from this day on a monthly report tells of the running month
_WEDNESDAY = 2


def period_of(template: Template, day: date) -> tuple[date, date]:
    """The period that a draft begun on `day` tells of: the running one, or the last while it is young."""
    if template.period == "day":
        return day, day
    if template.period == "week":
        monday = day - timedelta(days=day.weekday())
        if day.weekday() >= _WEDNESDAY:
            return monday, day
        return monday - timedelta(days=7), monday - timedelta(days=1)
    first = day.replace(day=1)
    if template.period == "month":
        return (first, day) if day.day >= _LATE_IN_MONTH else (_back(first, 1), first - timedelta(days=1))
    if template.period in ("quarter", "year"):
        return _back(first, 3 if template.period == "quarter" else 12), day
    return day - timedelta(days=_DEFAULT_DAYS), day


def begin(
    home: Home, publication: Publication, desk: Desk, account: str, *, template: str, theme: str,
    since: date | None = None, until: date | None = None, title: str = "", searches: Sequence[int] = (),
) -> Draft:  # fmt: skip
    """Begin a draft, its sections filled; without a period the template's own, without a title its usual one.

    UserError for an unknown template, theme or saved search, and for a period that ends before it begins.
    """
    chosen = template_of(home, template)
    usual = period_of(chosen, today(home.clock, home.settings.place.timezone))
    period = since or min(usual[0], until or usual[0]), until or max(usual[1], since or usual[1])
    if period[0] > period[1]:
        raise UserError(
            f"The period begins on {period[0]}, after its end on {period[1]}; change one of them."
        )
    subject = find_subject(publication, theme, ("theme",))
    material = gathered(
        home, publication, desk, theme=subject.key, since=period[0], until=period[1],
        language=chosen.language, account=account, searches=searches, series=chosen.series,
    )  # fmt: skip
    text, fills = begun(chosen, material)
    return desk.drafts.begin(
        template, subject.key, title.strip() or chosen.title.format(theme=subject.name(chosen.language)),
        chosen.language, text, account, since=str(period[0]), until=str(period[1]), searches=searches,
        fills=fills, publication_id=publication.publication_id,
    )  # fmt: skip


def refill(
    home: Home, publication: Publication, desk: Desk, account: str, draft_id: int, section: str
) -> Saved:
    """Fill one section of a draft from the current publication; what a person wrote in it stays."""
    draft, text = desk.drafts.head(draft_id)
    template = template_of(home, draft.template)
    wanted = _section(template, section)
    usual = period_of(template, today(home.clock, home.settings.place.timezone))
    since = date.fromisoformat(draft.since) if draft.since else usual[0]
    until = date.fromisoformat(draft.until) if draft.until else usual[1]
    material = gathered(
        home, publication, desk, theme=draft.theme, since=since, until=until, language=draft.language,
        account=account, searches=draft.searches, series=template.series,
    )  # fmt: skip
    new = filled(wanted, material)
    made = refilled(text, wanted, desk.drafts.fills(draft_id).get(section, ""), new)
    return desk.drafts.fill(
        draft_id, draft.revision, made, {section: new}, publication.publication_id, account
    )


def _section(template: Template, key: str) -> Section:
    found = next((one for one in template.sections if one.key == key), None)
    if found is None:
        raise UserError(
            f"Template '{template.name}' has no section '{key}'; it has"
            f" {', '.join(one.key for one in template.sections)}."
        )
    return found


def _back(first: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    total = first.year * 12 + first.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)
