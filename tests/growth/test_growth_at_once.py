"""Two at once on one growth file: what has room for one is kept once, and nobody is shown an error page."""

import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from qingfeng.growth import attaching, files
from qingfeng.growth.models import Attached, Entry, GrowthFile, Part
from qingfeng.organization.accounts import open_account
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

sys.path.append(str(Path(__file__).parents[1] / "organization"))

pytestmark = pytest.mark.django_db(transaction=True)
SAID = files.Said("结业证书")


@pytest.fixture
def owner():
    """Somebody of the house with a growth file."""
    import an_office

    unit, person = an_office.a_unit(is_ours=True), an_office.a_person()
    an_office.a_post(person, unit, "handler")
    files.begin(viewer_for(person))
    return person


@pytest.fixture
def file(owner):
    return GrowthFile.objects.get(person=owner)


def at_once(*acts):
    from at_once import at_once

    return at_once(*acts)


def browsers(owner, count):
    """So many browsers of one owner, on the page before the race; an error page is an answer."""
    account = open_account(owner, "owner", by=None, prepared="!")[0]
    found = [Client(raise_request_exception=False) for _no in range(count)]
    for one in found:
        one.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        assert one.get("/growth/entries/new/").status_code == 200
    return found


def wrong(answers):
    """What was raised and no word of the house."""
    return [one for one in answers if isinstance(one, Exception) and not isinstance(one, Problem)]


def held(file):
    """Bytes of all attachments of a file."""
    return sum(one.size for rows in attaching.attached_of(file).values() for one in rows)


def test_uploads_at_the_same_moment_never_pass_what_a_file_may_hold(owner, file, monkeypatch):
    monkeypatch.setattr(attaching, "TOGETHER", 1000)
    sent = {"part": "study", "title": "证书", "on": "2026-01-05"}

    def upload(browser, no):
        papers = [SimpleUploadedFile(f"{no}.txt", b"a" * 400)]
        return browser.post("/growth/entries/new/", sent | {"papers": papers})

    answers = at_once(*[lambda one=one, no=no: upload(one, no) for no, one in enumerate(browsers(owner, 4))])

    assert not wrong(answers), wrong(answers)
    assert sorted(one.status_code for one in answers) == [302, 302, 422, 422]
    assert (held(file), Entry.objects.filter(file=file).count()) == (800, 2)
    assert all("证书" in one.content.decode() for one in answers if one.status_code == 422)


def test_attachments_of_one_entry_are_bounded_at_the_same_moment_too(file, monkeypatch):
    monkeypatch.setattr(attaching, "MOST", 3)
    row = files.write(file, Part.STUDY, date(2026, 1, 5), said=SAID)
    papers = tuple(attaching.Brought(f"{no}.txt", "text", b"a") for no in range(2))
    told = files.Told(Part.STUDY, date(2026, 1, 5), SAID, papers)

    answers = at_once(*[lambda: files.keep(file, row, told)] * 3)

    assert not wrong(answers), wrong(answers)
    assert sum(isinstance(one, Entry) for one in answers) == 1
    assert Attached.objects.filter(entry=row).count() == 2


def test_what_is_picked_twice_at_the_same_moment_stands_once(file):
    known = [
        files.Known(Part.ATTENDED, date(2026, 1, 5), files.Said("课", source=f"course:{no}:1"))
        for no in range(3)
    ]

    answers = at_once(*[lambda: files.pick(file, known)] * 3)

    assert not wrong(answers), wrong(answers)
    assert sorted(answers) == [0, 0, 3]
    assert Entry.objects.filter(file=file).count() == 3


def test_nothing_is_kept_in_a_file_that_is_deleted_at_the_same_moment(file):
    row = files.write(file, Part.STUDY, date(2026, 1, 5), said=SAID)
    told = files.Told(Part.STUDY, date(2026, 1, 5), SAID, (attaching.Brought("a.txt", "text", b"a"),))

    answers = at_once(
        lambda: files.keep(file, row, told), lambda: files.delete(file), lambda: files.keep(file, None, told)
    )

    assert not wrong(answers), wrong(answers)
    left = [rows.count() for rows in (GrowthFile.objects, Entry.objects, Attached.objects)]
    assert left == [0, 0, 0]


def test_an_entry_that_is_taken_out_at_the_same_moment_does_not_come_back(file):
    row = files.write(file, Part.STUDY, date(2026, 1, 5), said=SAID)
    told = files.Told(Part.STUDY, date(2026, 1, 6), SAID, (attaching.Brought("a.txt", "text", b"a"),))

    kept, removed, kept_too = at_once(
        lambda: files.keep(file, row, told),
        lambda: files.remove(file, row.pk),
        lambda: files.keep(file, row, told),
    )

    assert not wrong([kept, removed, kept_too]), [kept, removed, kept_too]
    assert removed is None
    assert (Entry.objects.count(), Attached.objects.count()) == (0, 0)


def test_an_entry_that_went_before_it_was_written_is_not_written_anew(file):
    row = files.write(file, Part.STUDY, date(2026, 1, 5), said=SAID)
    files.remove(file, row.pk)

    with pytest.raises(DatabaseError):
        files.change(row, Part.STUDY, date(2026, 1, 6), said=SAID)

    assert not Entry.objects.exists()
