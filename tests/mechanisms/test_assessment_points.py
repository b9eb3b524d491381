"""Gate 3 with the 100-point assessment: its scheme, statements, settled points, a new version (M31, M32)."""

from datetime import date, datetime, time

import a_story
import pytest
import time_machine
from django.utils import timezone

from qingfeng.appraisal.points import schemes, trial
from qingfeng.appraisal.points import sheets as laid
from qingfeng.appraisal.points.schemes import defaults
from qingfeng.appraisal.points.tables import Part, Settled
from qingfeng.matters.door import open_matter, perform
from qingfeng.mechanisms.assessment import sheets
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
YEAR = 2026
NEXT = date(2027, 1, 11)
POINTS = {"Y0402": "95.00", "Y0403": "91.00", "Y0404": "82.00"}


def at(day):
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(10))), tick=False)


@pytest.fixture
def scheme(office):
    """The scheme of the year, in force, with a settled sheet of everybody in one room."""
    writer, principal = office.person("evaluator").pk, office.person("principal").pk
    with at(date(YEAR, 1, 5)):
        made = schemes.draft(YEAR, "2026 年度考核办法", by=writer)
        trial.run(made, by=writer)
        schemes.put_in_force(made, by=principal)
        laid.lay_out(made, by=writer)
    for one in made.sheets.filter(kind="staff", person__number__in=POINTS):
        total = {"value": POINTS[one.person.number], "vetoes": []}
        Settled.objects.create(sheet=one, version=1, total=total, by_id=principal, on=NEXT)
        Part.objects.update_or_create(
            sheet=one, period="year", defaults={"handed_on": NEXT, "closed_by_id": principal}
        )
        one.final_on = NEXT
        one.save()
    return made


def by(office, key):
    return viewer_for(a_story.scene(office).person(key), NEXT)


def begun(office, scheme):
    """An assessment of one room's staff on the limits of the scheme, with its list."""
    with at(NEXT):
        facts = {"year": YEAR, "objects_class": "staff", "units": [a_story.scene(office).unit("style").pk]}
        org = by(office, "org_head")
        matter = open_matter(
            "assessment", by=org, title="考核", owner=a_story.scene(office).unit("org"), facts=facts
        ).matter
        limits = {f"limit_{key}": int(value) for key, value in scheme.limits.items()}
        method = {"points_from": "platform", "quota": scheme.quota, **limits}
        answers = [
            perform("set_method", matter, by=org, facts={**method, "quota": 5}),
            perform("set_method", matter, by=org, facts=method),
            perform("draw_list", matter, by=org),
        ]
    return matter, answers


def test_the_method_says_what_the_scheme_in_force_says(office, scheme):
    _matter, (other, same, _listed) = begun(office, scheme)

    assert set(scheme.limits) >= set(sheets.LIMITS)
    assert defaults()["quota"] == scheme.quota
    assert other.gates == ("scheme_in_force",)
    assert same.matter.facts["points_from"] == "platform"


def test_points_are_those_that_were_settled_and_a_missing_sheet_is_told(office, scheme):
    matter, (*_rest, listed) = begun(office, scheme)
    matter = listed.matter

    found, missing = sheets.settled(matter)
    Settled.objects.filter(sheet__person__number="Y0404").delete()
    fewer, open_ones = sheets.settled(matter)

    assert ({one["graded"]: one["total"] for one in found.values()}, missing) == (
        {"罗一诺": "95.00", "程思源": "91.00", "叶知秋": "82.00"}, 0,
    )  # fmt: skip
    assert {one["points_version"] for one in found.values()} == {1}
    assert (len(fewer), open_ones) == (2, 1)


def test_statements_of_the_year_are_the_self_assessments(office, scheme):
    _matter, (*_rest, listed) = begun(office, scheme)

    whole = sheets.without_statement(listed.matter)
    Part.objects.filter(sheet__person__number="Y0402", period="year").update(handed_on=None)

    assert (whole, sheets.without_statement(listed.matter)) == (0, 1)


def test_whoever_had_a_hand_in_the_points_is_known_and_an_appeal_is_a_new_version(
    office, scheme, monkeypatch
):
    matter, (*_rest, listed) = begun(office, scheme)
    matter, examiner = listed.matter, a_story.scene(office).person("trial_reviewer").pk
    sheet = scheme.sheets.get(person__number="Y0403")

    grade, appeal = {"graded_no": 2, "points_version": 1, "total": "91.00"}, {"appeal_answer": "少计一项。"}
    with at(NEXT):
        new, again = (sheets.anew(matter, grade, appeal, by=examiner) for _time in range(2))

    assert sheets.who_gave_points(matter) == {office.person("principal").pk}
    assert (new["points_version"], again["points_version"]) == (2, 2)
    assert [one.version for one in sheet.settled.all()] == [1, 2]
