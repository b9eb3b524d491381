"""What was exported of a petition that became a report is taken back, and whoever has it is told; not why."""

from datetime import timedelta

import a_report
import pytest
from a_report import key_for
from django.db import connection
from django.http import QueryDict
from django.utils import timezone, translation
from test_petition_handed_over import came, hand_over

from qingfeng.desk import exporting, large_exports
from qingfeng.desk.listing import Wanted
from qingfeng.desk.models import LargeExport
from qingfeng.desk.notes import WORDS
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append
from qingfeng.matters.erasing import ERASED
from qingfeng.matters.models import Matter, Notice
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_and_in_english(monkeypatch):
    a_report.quick(monkeypatch)
    with translation.override("en"):
        yield


def exported(office, key):
    """A large export of all petitions, made for somebody."""
    viewer = viewer_of(account(office, key))
    asked = large_exports.ask(viewer, mechanism("petition"), form="xlsx", query="state=all", rows=1)
    large_exports.make.call(asked.pk)
    return viewer, LargeExport.objects.get(pk=asked.pk)


def account(office, key):
    """The account of somebody of the sample office."""
    person = office.people[PEOPLE[key]]
    return Account.objects.get_or_create(person=person, defaults={"username": f"x{person.pk}"})[0]


def test_exports_that_hold_it_are_taken_back_and_whoever_fetched_one_is_told_and_not_why(
    office, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.HOME = tmp_path
    key_for(office, "custodian")
    matter = came(office)
    head, fetched = exported(office, "petition_head")
    _deputy, waiting = exported(office, "deputy")
    file = large_exports.fetch(head, fetched)
    assert file.exists()
    Notice.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office, matter)

    assert not list((tmp_path / "exports").iterdir())
    assert large_exports.fetch(head, LargeExport.objects.get(pk=fetched.pk)) is None
    assert set(LargeExport.objects.values_list("problem", "file")) == {("taken", "")}
    told = Notice.objects.filter(kind="export_taken_back")
    assert [(one.person_id, one.matter, one.facts) for one in told] == [(head.person_id, None, {})]
    noted = JournalEntry.objects.filter(kind="desk.export_taken_back").order_by("pk")
    assert {one.subject: one.said["facts"]["fetched"] for one in noted} == {
        f"export:{fetched.pk}": True, f"export:{waiting.pk}": False,
    }  # fmt: skip
    assert not [word for word in ("report", "source", "petition") if word in str(WORDS["export_taken_back"])]


def test_whoever_exported_it_at_once_is_told_too(office):
    key_for(office, "custodian")
    matter, viewer = came(office), viewer_of(account(office, "petition_head"))
    declared = mechanism("petition")
    wanted = Wanted.read(QueryDict("state=all"), declared, viewer.on)
    exporting.export(viewer, declared, Matter.objects.filter(pk=matter.pk), form="xlsx", wanted=wanted)

    hand_over(office, matter)

    assert Notice.objects.get(kind="export_taken_back").person_id == viewer.person_id


def test_an_export_that_was_read_while_something_was_taken_back_is_not_given(office, settings, tmp_path):
    """Though what was taken back was written down before the export began, and came to be seen after."""
    settings.HOME = tmp_path
    came(office)
    noted = []

    def meanwhile(execute, sql, params, many, context):
        if not noted and sql.startswith('UPDATE "desk_largeexport" SET "done"'):
            noted.append(True)
            at = timezone.now() - timedelta(minutes=1)
            append(ERASED, subject="petition/1", by="house", at=at)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        viewer, asked = exported(office, "petition_head")

    assert noted
    assert asked.problem == "taken"
    assert large_exports.fetch(viewer, asked) is None


def test_an_export_that_was_asked_for_after_something_was_taken_back_is_given(office, settings, tmp_path):
    settings.HOME = tmp_path
    came(office)
    append(ERASED, subject="petition/1", by="house")

    viewer, asked = exported(office, "petition_head")

    assert large_exports.fetch(viewer, asked) is not None
