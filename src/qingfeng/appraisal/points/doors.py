"""Who may see and do what in the assessment. What one may not see does not exist: callers answer 404.

A sheet is read by its person (that of a unit by the unit's people), by the line above, and by the
evaluator; by nobody else, and never by whoever is parted from the person. Nobody judges or checks themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet

from qingfeng.appraisal.apart import apart_from
from qingfeng.appraisal.doors import CONDUCTS, LEADS, conducts, is_kept_apart
from qingfeng.appraisal.points.checkers import Check, checks_of
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.line import HEAD, led, periods_led
from qingfeng.appraisal.points.tables import YEAR, Period, Scheme, ScoreSheet
from qingfeng.organization.roles import NAMED_ONLY
from qingfeng.organization.viewer import HeldPost, Viewer

__all__ = ["CONDUCTS", "LEADS", "conducts"]

RECENT = timedelta(days=62)
"""How far back the day of an entry lies that waits: a month until it is written, and one for its check."""
EVERY, NOTHING = frozenset(Period.values), frozenset[str]()


def is_own(viewer: Viewer, sheet: ScoreSheet) -> bool:
    """Return whether it is somebody's own sheet, or that of a unit they work in."""
    if viewer.person_id is None:
        return False
    if sheet.person_id:
        return viewer.person_id == sheet.person_id
    return viewer.is_staff and any(post.unit_id == sheet.unit_id for post in viewer.posts if _is_main(post))


def _is_main(post: HeldPost) -> bool:
    """Return whether a post is one of work in the unit, not of being in charge of it or lent to it."""
    return "deputy" not in post.roles and not (post.roles and post.roles <= NAMED_ONLY)


def periods_judged(viewer: Viewer, sheet: ScoreSheet) -> frozenset[str]:
    """Return the periods of a sheet that somebody may judge, and reads; never of the own one.

    The evaluator and the principal judge all, the line above those in which they led the person (`line.py`),
    and of a unit the leader in charge.
    """
    if viewer.person_id is None or is_own(viewer, sheet) or is_apart(viewer, sheet):
        return NOTHING
    return _in_line(viewer, [sheet])[sheet.pk]


def _in_line(viewer: Viewer, sheets: Iterable[ScoreSheet]) -> dict[int, frozenset[str]]:
    rows = list(sheets)
    if conducts(viewer) or viewer.has("principal"):
        return {one.pk: EVERY for one in rows}
    if viewer.person_id is None or not viewer.has("dept_head", "deputy"):
        return {one.pk: NOTHING for one in rows}
    found = periods_led(viewer.person_id, rows)
    for one in rows:
        if not one.person_id:
            found[one.pk] = EVERY if viewer.covers("deputy", one.unit.path) else NOTHING
    return {one.pk: found.get(one.pk, NOTHING) for one in rows}


def is_apart(viewer: Viewer, sheet: ScoreSheet) -> bool:
    """Return whether somebody is parted from whose sheet it is (`appraisal/apart.py`)."""
    return bool(sheet.person_id) and is_kept_apart(viewer, int(sheet.person_id or 0))


def reads(viewer: Viewer, sheet: ScoreSheet) -> bool:
    """Return whether a sheet exists for somebody: the own one, or one of which they judge a period."""
    return is_own(viewer, sheet) or bool(periods_judged(viewer, sheet))


def reads_whole(viewer: Viewer, sheet: ScoreSheet) -> bool:
    """Return whether somebody reads all of a sheet; whoever led before reads the periods they led."""
    return is_own(viewer, sheet) or judges(viewer, sheet)


def judges(viewer: Viewer, sheet: ScoreSheet, period: str = YEAR) -> bool:
    """Return whether somebody may judge a period of a sheet; who judges its year proposes marks as well."""
    return period in periods_judged(viewer, sheet)


def states(viewer: Viewer, sheet: ScoreSheet) -> bool:
    """Return whether somebody writes the own statement: the person; of a unit its head."""
    if sheet.person_id:
        return viewer.person_id == sheet.person_id
    return is_own(viewer, sheet) and viewer.covers("dept_head", sheet.unit.path)


def decides(viewer: Viewer, proposed_by: int, sheet: ScoreSheet) -> bool:
    """Return whether somebody decides about a bonus, deduction or veto: a leader who did not propose it.

    Whoever led before a move reads no mark, and decides about none.
    """
    return viewer.has(*LEADS) and viewer.person_id != proposed_by and judges(viewer, sheet)


def forces(viewer: Viewer, scheme: Scheme) -> bool:
    """Return whether somebody may put a scheme in force: a leader who did not write it."""
    return viewer.has(*LEADS) and viewer.person_id != scheme.made_by_id


def sees_drafts(viewer: Viewer) -> bool:
    """Return whether drafts exist for somebody."""
    return conducts(viewer) or viewer.has(*LEADS)


def sees_board(viewer: Viewer) -> bool:
    """Return whether somebody is shown distributions."""
    return viewer.has(*LEADS, "dept_head", CONDUCTS)


def readable(viewer: Viewer, sheets: QuerySet[ScoreSheet]) -> list[ScoreSheet]:
    """Return those sheets of others, and own ones, that somebody reads, in the order of units."""
    rows = list(sheets.select_related("person", "unit", "scheme"))
    judged = _in_line(viewer, rows)
    return [one for one in rows if is_own(viewer, one) or (judged[one.pk] and not is_apart(viewer, one))]


def checks(viewer: Viewer) -> bool:
    """Return whether somebody checks entries: they lead, or led on a day of which one may still wait."""
    if viewer.person_id is None or not viewer.is_staff:
        return False
    return viewer.has(HEAD, *LEADS) or bool(led(viewer.person_id, viewer.on - RECENT, viewer.on))


def to_check(viewer: Viewer, entries: QuerySet[Daily]) -> QuerySet[Daily]:
    """Return the entries somebody checks: of people they led on that day, and what is late further down.

    What was not checked in seven days goes up the line.
    """
    rows = list(entries.order_by().only("pk", "person", "day", "check_until"))
    if not rows:
        return entries.none()
    checks, apart = checks_of(rows, viewer.on), apart_from(viewer)
    mine = [
        one.pk
        for one in rows
        if viewer.person_id in checks[one.pk].persons
        or (
            one.check_until < viewer.on and one.person_id not in apart and _is_up(viewer, one, checks[one.pk])
        )
    ]
    return entries.filter(pk__in=mine)


def _is_up(viewer: Viewer, entry: Daily, check: Check) -> bool:
    """Return whether somebody stands further up the line of whoever wrote an entry."""
    if viewer.person_id == entry.person_id or not check.path:
        return False
    return viewer.has("principal") or viewer.covers("deputy", check.path)


def own(viewer: Viewer, years: Iterable[int] | None = None) -> QuerySet[ScoreSheet]:
    """Return somebody's own sheets, newest year first."""
    rows = ScoreSheet.objects.filter(person=viewer.person_id).select_related("scheme", "unit", "person")
    if years is not None:
        rows = rows.filter(scheme__year__in=tuple(years))
    return rows.order_by("-scheme__year", "-scheme__version")
