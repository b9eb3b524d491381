"""One assessment a year of the same people: whichever way a second would come, it is refused (M32)."""

import io

import a_story
import pytest
from openpyxl import load_workbook

from qingfeng.matters import keeping, takeover, takeover_reading
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.takeover_sheet import template_of
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
YEAR = 2025


@pytest.fixture
def house(office):
    """Who organises, who leads, and the two rooms."""
    scene = a_story.scene(office)
    return scene, viewer_for(scene.person("org_head")), viewer_for(scene.person("member_two"))


def opened(house, *units, year=YEAR):
    """What the door says to an assessment of the staff of some rooms."""
    scene, head, _leader = house
    facts = {"year": year, "objects_class": "staff", "units": [scene.unit(one).pk for one in units]}
    return open_matter("assessment", by=head, title="年度考核", owner=scene.unit("org"), facts=facts)


def test_no_second_assessment_comes_to_be_by_another_way(house):
    _scene, head, leader = house
    first = opened(house, "style", "petitions").matter
    assert perform("drop", first, by=leader, reason="改由上级组织。")
    void = opened(house, "petitions").matter
    keeping.void(void, by=leader, reason="开错了。")
    second, other = opened(house, "petitions", "case_room").matter, opened(house, "style").matter

    again = keeping.reopen(first, by=leader, reason="恢复。")
    revived = keeping.reopen(void, by=leader, reason="恢复。")
    units = [*second.facts["units"]]
    corrected = keeping.correct(other, 1, {"units": units}, by=head, reason="选错了室。")
    split = keeping.split(second, title="分出一份", lines={}, by=leader, reason="分开。")

    assert [(one.why, one.gates) for one in (again, revived, corrected, split)] == [("gate", ("alone",))] * 4
    stands = Matter.objects.filter(mechanism="assessment", standing="valid").exclude(stage="dropped")
    assert set(stands) == {second, other}
    assert Matter.objects.get(pk=other.pk).facts["units"] == other.facts["units"]


def test_what_touches_no_other_is_corrected_and_opened_again(house):
    _scene, head, leader = house
    made = opened(house, "style").matter

    corrected = keeping.correct(made, 1, {"year": YEAR - 1}, by=head, reason="写错年份。")
    perform("drop", made, by=leader, reason="改由上级组织。")
    again = keeping.reopen(made, by=leader, reason="恢复。")

    assert corrected.matter.facts["year"] == YEAR - 1
    assert again.matter.is_open


def a_sheet(*rows):
    """A workbook of assessments that are under way elsewhere."""
    book = load_workbook(io.BytesIO(template_of(mechanism("assessment"))))
    main = book.worksheets[0]
    keys = [str(cell.value or "").rpartition("[")[2].rstrip("]") for cell in main[1]]
    main.delete_rows(2, main.max_row)
    for row in rows:
        main.append([row.get(key) for key in keys])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_second_one_is_not_taken_over_either(house):
    scene, head, _leader = house
    opened(house, "style")
    row = {
        "number": "老考核1", "title": "室组考核", "owner": "组织部", "stage": "method_writing",
        "opened_on": "2026-01-05", "year": YEAR, "objects_class": "staff", "units": "党风室、信访室",
    }  # fmt: skip
    free = {**row, "number": "老考核2", "units": "一室"}
    twice = [{**free, "number": f"老考核{no}", "year": YEAR - 1} for no in (3, 4)]

    plan = takeover.preview("assessment", a_sheet(row, free))
    taken = takeover.take_over("assessment", plan, by=head, file_name="台账.xlsx")
    both = takeover.preview("assessment", a_sheet(*twice))
    refused = takeover.take_over("assessment", both, by=head, file_name="台账二.xlsx")

    assert [(one.row, one.column) for one in plan.rejects] == [(2, "number")]
    assert [one.facts["units"] for one in taken.matters.all()] == [[scene.unit("case_room").pk]]
    assert (refused.why, refused.gates) == ("gate", ("alone",))


def test_a_large_file_that_brings_two_of_the_same_says_so_and_writes_nothing_of_that_part(house):
    _scene, head, _leader = house
    row = {
        "title": "室组考核", "owner": "组织部", "stage": "method_writing", "opened_on": "2026-01-05",
        "year": YEAR, "objects_class": "staff", "units": "一室",
    }  # fmt: skip
    twice = a_sheet({**row, "number": "老考核1"}, {**row, "number": "老考核2"})
    batch = takeover.begin_batch("assessment", by=head, file_name="台账.xlsx", sha256="0" * 64, rejects=[])
    read = takeover.stream("assessment", io.BytesIO(twice))

    with pytest.raises(Problem):
        takeover.write_many(batch, read, by=head, step=lambda _done: None)

    assert not batch.matters.exists()


def test_a_person_whose_name_two_have_is_not_guessed():
    first = Person.objects.create(number="T9001", name="同名人")
    one = takeover_reading._person_named("同名人")
    Person.objects.create(number="T9002", name="同名人")

    assert one == first
    assert takeover_reading._person_named("同名人") is None
