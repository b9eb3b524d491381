"""Who may do and see what in appraisal. What one may not see does not exist: callers answer 404.

The evaluator prepares and follows a round; a leader who did not prepare it opens it. A result is read by
the person, by those who conduct the round, and by the line above the person; nobody reads that of whom they
are parted from (`apart.py`).
"""

from __future__ import annotations

from qingfeng.appraisal.apart import apart_from
from qingfeng.appraisal.models import BY_NAME, MIDDLE, ORGANISATION, SELF, Due, Rated, Roll, Round
from qingfeng.appraisal.rosters import office_on
from qingfeng.organization.viewer import Viewer

CONDUCTS = "evaluator"
LEADS = ("principal", "deputy")
BOARD = (*LEADS, "dept_head", CONDUCTS)


def conducts(viewer: Viewer) -> bool:
    """Return whether somebody prepares and follows rounds."""
    return viewer.has(CONDUCTS)


def may_open(viewer: Viewer, round_: Round) -> bool:
    """Return whether somebody may open a round: a leader who did not prepare it."""
    return viewer.has(*LEADS) and viewer.person_id != round_.made_by_id


def sees_board(viewer: Viewer) -> bool:
    """Return whether somebody is shown the distributions of rounds that are closed."""
    return viewer.has(*BOARD)


def takes_part(viewer: Viewer, round_: Round) -> bool:
    """Return whether somebody votes or is evaluated in a round, or owes a form by name in it."""
    if viewer.person_id is None or round_.state == Round.State.DRAFTED:
        return False
    return (
        Roll.objects.filter(round=round_, person=viewer.person_id).exists()
        or Rated.objects.filter(round=round_, person=viewer.person_id).exists()
    )


def knows(viewer: Viewer, round_: Round) -> bool:
    """Return whether a round exists for somebody."""
    return conducts(viewer) or viewer.has(*LEADS) or takes_part(viewer, round_)


def is_kept_apart(viewer: Viewer, person: int) -> bool:
    """Return whether somebody is parted from a person: a near relative, or met in a complaint.

    Law:
        监察法 Art. 67
    """
    return person in apart_from(viewer)


def is_above(viewer: Viewer, rated: Rated) -> bool:
    """Return whether somebody stands in the line above whoever is evaluated."""
    if viewer.person_id == rated.person_id:
        return False
    heads = ("deputy",) if rated.level == MIDDLE else ("dept_head", "deputy")
    in_line = any(viewer.covers(role, rated.unit.path) for role in heads)
    return in_line or viewer.has("principal")


def reads_result(viewer: Viewer, rated: Rated) -> bool:
    """Return whether somebody may read a result; it exists from the close on."""
    if rated.result is None or viewer.person_id is None:
        return False
    if viewer.person_id == rated.person_id:
        return True
    return (conducts(viewer) or is_above(viewer, rated)) and not is_kept_apart(viewer, rated.person_id)


def may_talk(viewer: Viewer, rated: Rated) -> bool:
    """Return whether somebody may record the talk: the line above."""
    return is_above(viewer, rated) and not is_kept_apart(viewer, rated.person_id)


def may_suggest(viewer: Viewer, rated: Rated) -> bool:
    """Return whether somebody may write down what a result suggests."""
    return (
        conducts(viewer)
        and viewer.person_id != rated.person_id
        and not is_kept_apart(viewer, rated.person_id)
    )


def writes_sheet(viewer: Viewer, rated: Rated, form: str) -> bool:
    """Return whether somebody owes a form by name about a person: own, as head, or for the organisation."""
    if form not in BY_NAME or viewer.person_id is None:
        return False
    is_own = viewer.person_id == rated.person_id
    if form == SELF:
        return is_own
    if is_own or is_kept_apart(viewer, rated.person_id):
        return False
    if form == ORGANISATION:
        return conducts(viewer)
    return viewer.person_id in leaders_of(rated)


def seconds_sheets(viewer: Viewer, rated: Rated) -> bool:
    """Return whether somebody may agree to the organisation's form: another evaluator, a head, a leader."""
    if viewer.person_id in {None, rated.person_id} or is_kept_apart(viewer, rated.person_id):
        return False
    evaluators = viewer.roles.get(CONDUCTS, ())
    unit = rated.round.made_by.posts.held_on(viewer.on).filter(is_main=True).select_related("unit").first()
    is_head = unit is not None and viewer.covers("dept_head", unit.unit.path)
    return bool(evaluators) or is_head or viewer.has(*LEADS)


def leaders_of(rated: Rated) -> list[int]:
    """Return who judges somebody as head, on the first day of the round."""
    office = office_on(rated.round.from_on)
    held = office.held.get(rated.person_id)
    return office.leaders_of(held) if held else []


def owed_as_head(round_: Round, person: int) -> list[Rated]:
    """Return those whom somebody judges as head in a round."""
    office = office_on(round_.from_on)
    rows = round_.rated.select_related("person", "unit")
    return [
        one
        for one in rows
        if one.person_id in office.held and person in office.leaders_of(office.held[one.person_id])
    ]


def owed_ballots(round_: Round, person: int) -> list[Due]:
    """Return on which slates somebody may vote."""
    dues = Due.objects.filter(slate__round=round_, person=person).select_related("slate", "slate__unit")
    return list(dues.order_by("slate__form", "slate__unit__path", "slate"))
