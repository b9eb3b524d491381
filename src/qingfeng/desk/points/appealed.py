"""Appeals against sheets of points, out of the year's procedure: whose, why, and who examines them.

The points know nothing of the procedure; the desk stands above both and lays them side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from qingfeng.appraisal.points import appeals, doors
from qingfeng.appraisal.points.review_tables import Review
from qingfeng.appraisal.points.schemes import in_force
from qingfeng.appraisal.points.tables import ScoreSheet
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.assessment.fields import APPEAL, OF_PEOPLE, PLATFORM
from qingfeng.organization.viewer import Viewer

KIND, EXAMINER = "assessment", "examiner"
OUTCOMES: dict[str, Any] = dict(next(one.choices for one in APPEAL if one.key == "outcome"))


@dataclass(frozen=True)
class Appealed:
    """An appeal against a sheet.

    Attributes:
        matter: The assessment of the year.
        sheet: The sheet it is about.
        why: What the person says.
        state: State of its line: `filed`, `answered` or `recalculated`.
        outcome: `upheld` or `rejected`, "" before the answer.
        answer: The answer, "" before it.
    """

    matter: Matter
    sheet: ScoreSheet
    why: str
    state: str
    outcome: str
    answer: str

    @property
    def is_upheld(self) -> bool:
        """Whether it was answered so."""
        return self.outcome == "upheld"

    @property
    def waits(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state == "filed" or (self.state == "answered" and self.is_upheld)

    @property
    def outcome_words(self) -> Any:
        """The outcome in words, "" before the answer."""
        return OUTCOMES.get(self.outcome, "")


def appeals_of(viewer: Viewer) -> list[Appealed]:
    """Return the appeals that somebody examines, newest assessment first.

    Of a sheet it is the newest that waits, else the newest: one that failed hides none that was upheld.
    Whoever had a hand in the points, or is parted from the person, is shown nothing of it.
    """
    if viewer.person_id is None:
        return []
    rows = access.visible(viewer).filter(
        mechanism=KIND, standing=Matter.Standing.VALID, is_open=True, facts__points_from=PLATFORM,
        pk__in=_examined_by(viewer.person_id),
    )  # fmt: skip
    return [one for matter in rows.order_by("-pk") for one in _appeals_on(matter) if _examines(viewer, one)]


def appeal_on(viewer: Viewer, sheet: ScoreSheet) -> Appealed | None:
    """Return the appeal against a sheet that somebody examines, None where there is none for them."""
    return next((one for one in appeals_of(viewer) if one.sheet.pk == sheet.pk), None)


def examiners(matter: Matter) -> list[int]:
    """Return who examines appeals in an assessment."""
    rows = matter.parties.filter(role=EXAMINER, until_at=None, person__isnull=False)
    return [int(one) for one in rows.values_list("person", flat=True) if one]


def _examined_by(person: int) -> Any:
    rows = Matter.objects.filter(
        parties__role=EXAMINER, parties__person=person, parties__until_at=None, mechanism=KIND
    )
    return rows.values("pk")


def _appeals_on(matter: Matter) -> Iterator[Appealed]:
    found: dict[int, Appealed] = {}
    for line in matter.lines.filter(ledger="appeals").order_by("no"):
        sheet = _sheet_of(matter, int(line.facts["appellant"]))
        if sheet is not None and sheet.final_on is not None:
            said = (str(line.facts.get(key) or "") for key in ("outcome", "appeal_answer"))
            why = str(line.facts.get("appeal_why") or "")
            one, before = Appealed(matter, sheet, why, line.state, *said), found.get(sheet.pk)
            if before is None or one.waits or not before.waits:
                found[sheet.pk] = one
    yield from found.values()


def _sheet_of(matter: Matter, person: int) -> ScoreSheet | None:
    """Return the sheet of whoever is assessed, or of the unit that they head on the list."""
    rows = ScoreSheet.objects.filter(
        scheme=in_force(int(matter.facts["year"])), kind=str(matter.facts["objects_class"])
    ).select_related("scheme", "person", "unit")
    if matter.facts["objects_class"] in OF_PEOPLE:
        return rows.filter(person=person).first()
    lines = matter.lines.filter(ledger="objects").exclude(state="struck")
    names = {str(one.facts["object_name"]) for one in lines if int(one.facts["object"]) == person}
    return rows.filter(Q(unit__short_name__in=names) | Q(unit__name__in=names)).first()


def _examines(viewer: Viewer, one: Appealed) -> bool:
    if doors.is_own(viewer, one.sheet) or doors.is_apart(viewer, one.sheet):
        return False
    person = int(viewer.person_id or 0)
    return appeals.may_decide(one.sheet, person) or has_signed(one.sheet, person)


def has_signed(sheet: ScoreSheet, person: int) -> bool:
    """Return whether somebody signed what an appeal changed on a sheet; they may read it afterwards."""
    signed = Q(signed_by=person) | Q(second_by=person)
    return Review.objects.filter(signed, sheet=sheet, state=Review.State.SETTLED).exists()
