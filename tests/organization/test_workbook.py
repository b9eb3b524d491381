"""Units, people and posts from one workbook."""

import io
import zipfile
from datetime import date, timedelta

import an_office as an
import pytest
from a_workbook import PEOPLE, POSTS, UNITS, a_workbook, filled_template, problems
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some
from openpyxl import load_workbook

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db

UNIT = {"name": "云水区导入局", "kind": "被监督单位"}
PERSON = {"number": "I1", "name": "导入人", "id_number": "11010119900307211X"}
POST = {
    "number": "I1",
    "unit": "云水区导入局",
    "title": "科员",
    "roles": "承办人、登记员",
    "from_on": date(2026, 1, 4),
}


@pytest.fixture
def admins():
    """Who reads in, and who applies."""
    return an.an_account("system_admin"), an.an_account("security_admin")


def read(admins, **sheets):
    from qingfeng.organization.workbook import read_workbook

    return read_workbook(a_workbook(**sheets), "导入.xlsx", by=admins[0])


def applied(admins, **sheets):
    from qingfeng.organization.workbook import apply_intake

    return apply_intake(read(admins, **sheets), by=admins[1])


def test_reading_in_writes_nothing_to_the_register(admins):
    from qingfeng.organization.models import Unit

    read(admins, units=[UNIT])

    assert not Unit.objects.filter(name=UNIT["name"]).exists()


def test_what_was_accepted_is_written_with_its_posts_and_roles(admins):
    from qingfeng.organization.models import Person
    from qingfeng.organization.sealing import identifier

    applied(admins, units=[UNIT], people=[PERSON], posts=[POST])

    person = Person.objects.get(number="I1")
    post = person.posts.get()
    assert (post.unit.name, post.title, post.from_on) == ("云水区导入局", "科员", date(2026, 1, 4))
    assert {given.role for given in post.roles.all()} == {"handler", "registrar"}
    assert (person.id_hash, person.id_last4) == identifier(PERSON["id_number"])


def test_an_id_number_is_not_kept_with_the_preview(admins):
    from django.core import serializers

    intake = read(admins, people=[PERSON])

    assert "19900307" not in serializers.serialize("json", [intake])


@how(max_examples=15)
@given(
    parents=some.lists(some.integers(-1, 5), min_size=6, max_size=6),
    order=some.permutations(range(6)),
    kinds=some.lists(some.sampled_from(["被监督单位", "协作单位", "内设机构"]), min_size=6, max_size=6),
)
def test_any_tree_comes_in_in_any_order_of_rows_and_the_same_file_again_changes_nothing(
    parents, order, kinds
):
    """Round trip: rows that say a tree give that tree; rows in a ring or below one are rejected."""
    from qingfeng.organization.models import Unit

    with an.undone():
        admins = an.an_account("system_admin"), an.an_account("security_admin")
        rows = [
            {"name": f"示例{number}", "kind": kinds[number], "parent": f"示例{above}" if above >= 0 else ""}
            for number, above in enumerate(parents)
        ]
        sheet = [rows[number] for number in order]

        intake = applied(admins, units=sheet)

        rooted = {number for number in range(6) if _reaches_a_root(number, parents)}
        names = [row["name"] for row in rows]
        units = Unit.objects.filter(name__in=names).select_related("parent")
        found = {unit.name: unit.parent.name if unit.parent else "" for unit in units}
        assert found == {rows[number]["name"]: rows[number]["parent"] for number in rooted}
        assert len(problems(intake)) == 6 - len(rooted)
        again = read(admins, units=sheet)
        assert {row["action"] for row in again.rows} <= {"same", "rejected"}


def _reaches_a_root(number, parents):
    seen = set()
    while number >= 0:
        if number in seen:
            return False
        seen.add(number)
        number = parents[number]
    return True


@pytest.mark.parametrize(
    ("sheets", "where"),
    [
        ({"units": [{"name": "无类别局"}]}, (UNITS, 2)),
        ({"units": [{"name": "错类别局", "kind": "衙门"}]}, (UNITS, 2)),
        ({"units": [UNIT, UNIT]}, (UNITS, 3)),
        ({"units": [{**UNIT, "parent": "无此单位"}]}, (UNITS, 2)),
        ({"units": [{**UNIT, "overseen_by": "无此单位"}]}, (UNITS, 2)),
        ({"units": [{**UNIT, "credit_code": "123"}]}, (UNITS, 2)),
        ({"people": [PERSON, {**PERSON, "number": "I2"}]}, (PEOPLE, 3)),
        ({"units": [UNIT], "posts": [POST]}, (POSTS, 2)),
        ({"people": [PERSON], "posts": [POST]}, (POSTS, 2)),
        ({"units": [UNIT], "people": [PERSON], "posts": [{**POST, "from_on": "2026-13-01"}]}, (POSTS, 2)),
        ({"units": [UNIT], "people": [PERSON], "posts": [{**POST, "until_on": "2025-01-01"}]}, (POSTS, 2)),
        ({"units": [UNIT], "people": [PERSON], "posts": [{**POST, "roles": "皇帝"}]}, (POSTS, 2)),
        (
            {"units": [UNIT], "people": [PERSON], "posts": [{**POST, "roles": "系统管理员、安全审计员"}]},
            (POSTS, 2),
        ),
        (
            {
                "units": [UNIT],
                "people": [PERSON],
                "posts": [{**POST, "roles": "系统管理员"}, {**POST, "title": "主任", "roles": "安全审计员"}],
            },
            (POSTS, 3),
        ),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_written_is_rejected_by_itself_with_its_reason(admins, sheets, where):
    found = problems(read(admins, **sheets))

    assert list(found) == [where]
    assert all(found[where])


def test_what_contradicts_the_record_is_rejected_and_what_agrees_is_left(admins):
    unit = an.a_unit("云水区在册局", kind="supervised")

    agrees = read(admins, units=[{"name": unit.name, "kind": "被监督单位"}])
    contradicts = read(admins, units=[{"name": unit.name, "kind": "协作单位"}])

    assert agrees.rows[0]["action"] == "same"
    assert problems(contradicts)


def test_rejected_rows_stay_out_and_the_others_are_written(admins):
    from qingfeng.organization.models import Unit

    applied(admins, units=[UNIT, {"name": "错类别局", "kind": "衙门"}])

    assert Unit.objects.filter(name=UNIT["name"]).exists()
    assert not Unit.objects.filter(name="错类别局").exists()


def test_whoever_read_it_in_does_not_apply_it(admins):
    from qingfeng.organization.workbook import apply_intake

    with pytest.raises(Problem):
        apply_intake(read(admins, units=[UNIT]), by=admins[0])


def test_it_is_applied_once(admins):
    from qingfeng.organization.workbook import apply_intake

    intake = applied(admins, units=[UNIT])

    with pytest.raises(Problem):
        apply_intake(intake, by=admins[1])


def test_a_register_that_changed_after_the_preview_stops_it(admins):
    from qingfeng.organization.models import Person
    from qingfeng.organization.workbook import apply_intake

    intake = read(admins, units=[UNIT], people=[PERSON])
    an.a_unit(UNIT["name"], kind="partner")

    with pytest.raises(Problem):
        apply_intake(intake, by=admins[1])
    assert not Person.objects.filter(number="I1").exists()


def test_an_import_is_withdrawn_whole_while_it_is_untouched(admins):
    from qingfeng.organization.models import Person, Unit
    from qingfeng.organization.workbook import withdraw_intake

    intake = applied(
        admins,
        units=[UNIT, {"name": "下级股", "kind": "其他", "parent": UNIT["name"]}],
        people=[PERSON],
        posts=[POST],
    )

    withdraw_intake(intake, by=admins[1], reason="导错了文件")

    assert not Unit.objects.filter(name__in=[UNIT["name"], "下级股"]).exists()
    assert not Person.objects.filter(number="I1").exists()


@pytest.mark.parametrize("touch", ["changed", "used", "given", "late"])
def test_an_import_that_was_changed_or_used_or_is_old_stays(admins, touch):
    from qingfeng.organization.models import Person, Unit
    from qingfeng.organization.people import change_person, give_role
    from qingfeng.organization.workbook import withdraw_intake

    intake = applied(admins, units=[UNIT], people=[PERSON], posts=[POST])
    person = Person.objects.get(number="I1")
    if touch == "changed":
        change_person(person, name="改名人", by=None)
    elif touch == "used":
        an.a_post(None, Unit.objects.get(name=UNIT["name"]))
    elif touch == "given":
        give_role(person.posts.get(), "editor", from_on=date(2026, 2, 1), by=None)
    else:
        intake.applied_at = timezone.now() - timedelta(days=7, minutes=1)
        intake.save()

    with pytest.raises(Problem):
        withdraw_intake(intake, by=admins[1], reason="示例")
    assert Person.objects.filter(number="I1").exists()


def test_reading_applying_and_withdrawing_are_entries(admins):
    from qingfeng.organization.workbook import withdraw_intake

    withdraw_intake(applied(admins, units=[UNIT]), by=admins[1], reason="示例")

    told = [(kind, by) for kind, _subject, by in an.entries() if kind.startswith("organization.intake")]
    assert told == [
        ("organization.intake.read", f"account:{admins[0].pk}"),
        ("organization.intake.applied", f"account:{admins[1].pk}"),
        ("organization.intake.withdrawn", f"account:{admins[1].pk}"),
    ]


def test_the_template_of_the_house_is_read_by_the_house(admins):
    from qingfeng.organization.workbook import read_workbook, template_workbook

    content = filled_template(template_workbook(), UNITS, {"单位名称": "云水区模板局", "类别": "被监督单位"})

    assert problems(read_workbook(content, "模板.xlsx", by=admins[0])) == {}


def test_rejects_come_back_in_the_form_of_the_template_and_can_be_read_again(admins):
    from qingfeng.organization.workbook import read_workbook, rejects_of

    intake = read(admins, units=[UNIT, {"name": "=1+1", "kind": "衙门"}])

    content = rejects_of(intake)
    sheet = load_workbook(io.BytesIO(content))[UNITS]
    assert sheet.max_row == 2
    assert (sheet.cell(2, 1).value, sheet.cell(2, 1).data_type == "f") == ("=1+1", False)
    assert list(problems(read_workbook(content, "退回.xlsx", by=admins[0]))) == [(UNITS, 2)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"name,kind\n", b"<html></html>"])
def test_what_is_no_workbook_is_told(admins, content):
    from qingfeng.organization.workbook import read_workbook

    with pytest.raises(Problem) as told:
        read_workbook(content, "坏.xlsx", by=admins[0])
    assert told.value.then


def test_a_file_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(admins):
    from qingfeng.organization.workbook import read_workbook

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (61 * 1024 * 1024))

    with pytest.raises(Problem):
        read_workbook(out.getvalue(), "炸弹.xlsx", by=admins[0])


def test_a_column_that_is_not_ours_is_named(admins):
    from qingfeng.organization.workbook import read_workbook

    book = load_workbook(io.BytesIO(a_workbook(units=[UNIT])))
    book[UNITS].cell(1, 12, "家庭住址")
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(Problem) as told:
        read_workbook(out.getvalue(), "多列.xlsx", by=admins[0])
    assert "家庭住址" in told.value.what
