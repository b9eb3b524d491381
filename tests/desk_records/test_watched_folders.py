"""Watched folders: whole files become a delivery and go on by themselves."""

import os
import time

import pytest
from a_delivery import FILES, noted

from qingfeng.findings import watching
from qingfeng.findings.models import Delivery, Job, WatchedFolder
from qingfeng.screening.errors import Problem


def _put(folder, files, *, ago=120):
    for path, text in files.items():
        file = watching.inbox(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (time.time() - ago, time.time() - ago))


def test_files_that_no_longer_change_come_in_and_are_screened(records):
    folder = watching.watch("fuel-company", by=records.analyst)
    _put(folder, FILES)

    assert watching.look_around() == 0
    assert watching.look_around() == 1
    records.work()

    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.IN
    assert len(records.rows("fuel")) == 3
    assert Job.objects.get(kind=Job.Kind.SCREEN).state == Job.State.DONE
    assert not [file for file in watching.inbox(folder).rglob("*") if file.is_file()]


def test_a_file_that_is_still_being_written_waits(records):
    folder = watching.watch("fuel-company", by=records.analyst)
    _put(folder, {**FILES, "加油明细/2026-11.csv.part": "half"})
    watching.look_around()
    _put(folder, {"名册/单位.csv": FILES["名册/单位.csv"] + "U3,云水区教育局,,,是\n"}, ago=0)

    assert watching.look_around() == 0
    assert not Delivery.objects.exists()


def test_what_is_not_recognised_waits_for_a_person(records):
    folder = watching.watch("any", by=records.analyst, screens=WatchedFolder.Screens.NEVER)
    _put(folder, {**FILES, "说明.csv": "甲,乙\n1,2\n"})
    watching.look_around()
    watching.look_around()

    records.work()

    assert Delivery.objects.get().state == Delivery.State.READY
    folder.refresh_from_db()
    assert folder.said


def test_a_file_with_a_secrecy_mark_stays_where_it_lies_and_is_noted(records):
    """保守国家秘密法."""
    folder = watching.watch("any", by=records.analyst)
    _put(folder, {"【机密】名单.csv": "a,b\n1,2\n"})

    watching.look_around()
    watching.look_around()

    assert not Delivery.objects.exists()
    assert (watching.inbox(folder) / "【机密】名单.csv").exists()
    assert len(noted("findings.delivery.refused")) == 1


@pytest.mark.parametrize("name", ["", "..", "a/b", "../x", ".hidden", "名"])
def test_a_folder_has_a_plain_name(records, name):
    with pytest.raises(Problem):
        watching.watch(name, by=records.analyst)


def test_records_of_the_day_are_screened_once_in_the_night(records):
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    folder = watching.watch("any", by=records.analyst, screens=WatchedFolder.Screens.NIGHTLY)
    night = datetime(2027, 3, 2, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    Delivery.objects.create(
        name="x", state="in", made_at=night, in_at=night - timedelta(hours=9), watched=folder, is_watched=True
    )

    watching.look_around(at=night - timedelta(hours=6))
    assert not Job.objects.exists()
    watching.look_around(at=night)
    watching.look_around(at=night + timedelta(minutes=30))

    assert Job.objects.get().kind == Job.Kind.SCREEN
