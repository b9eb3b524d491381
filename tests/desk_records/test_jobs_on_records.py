"""Work on records: looked at, corrected, brought in, screened; killed, cancelled, silent."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import a_delivery
import pytest
from a_delivery import FILES, FUEL, many_fills, noted
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingfeng.findings import correcting, deliveries, jobs, landing
from qingfeng.findings.landing import rejects_of, sums_of
from qingfeng.findings.models import Delivery, Job, Lead
from qingfeng.findings.receiving import folder_of
from qingfeng.screening.errors import Problem

MANY = 400_000


def _accounts(delivery):
    return {sheet["path"]: sheet for sheet in delivery.account["sheets"]}


def test_files_are_explained_header_by_header_before_anything_comes_in(records):
    delivery = records.looked_at()

    sheet = next(one for one in delivery.explained["sheets"] if one["table"] == "fuel")
    assert {column["header"]: column["column"] for column in sheet["columns"]}["数量"] == "liters"
    assert all(column["why"] for column in sheet["columns"])
    assert records.lake().snapshot().id == "0"


def test_a_file_with_a_secrecy_mark_inside_is_removed_and_noted_and_the_others_go_on(records):
    """保守国家秘密法: marked documents stay out, whatever their name says."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("加油【机密】.csv", FUEL)
    delivery = records.delivery({**FILES, "通报.csv": "机密★长期\n交易流水号,车牌号\nA9,苏M12345\n"})
    records.send(delivery, "归档.zip", packed.getvalue())

    deliveries.finish(delivery, by=records.analyst)
    records.work()

    delivery.refresh_from_db()
    assert delivery.explained["marked"] == 2
    assert {file.path for file in delivery.files.all()} == set(FILES)
    assert {file.name for file in folder_of(delivery).rglob("*.*")} == {
        path.rpartition("/")[2] for path in FILES
    }
    assert {sheet["file"] for sheet in delivery.explained["sheets"]} == set(FILES)
    assert len(noted("findings.delivery.refused")) == 2


def test_the_account_adds_up_and_the_files_are_gone(records):
    delivery = records.brought_in()

    sums = sums_of(delivery.account)
    assert delivery.state == Delivery.State.IN
    assert sums["rows_in"] == sums["kept"] + sums["rejected"] + sums["duplicates"] + sums["withheld"] == 8
    assert sums["rejected"] == 1
    assert not folder_of(delivery).exists()
    assert "不是日期" in rejects_of(delivery).read_text(encoding="utf-8-sig")
    assert delivery.files.get(path="加油明细/2026-10.csv").sha256
    assert noted("findings.delivery.imported")


def test_what_nobody_could_guess_is_corrected_in_place_and_remembered(records):
    odd = FUEL.replace("交易流水号,车牌号,单位,交易时间,油品,数量,金额,加油站", "甲,乙,丙,丁,戊,己,庚,辛")
    delivery = records.looked_at({**FILES, "加油明细/2026-10.csv": odd})
    no = next(one["no"] for one in delivery.explained["sheets"] if not one["table"])
    columns = {
        "甲": "txn_id",
        "乙": "plate",
        "丙": "unit",
        "丁": "ts",
        "己": "liters",
        "庚": "amount",
        "辛": "station",
    }

    correcting.correct(delivery, no, correcting.Correction("fuel", 1, columns), by=records.analyst)
    records.work()
    delivery.refresh_from_db()
    deliveries.bring_in(delivery, by=records.analyst)
    records.work()
    later = records.looked_at({"加油明细/2026-11.csv": odd.replace("2026-10", "2026-11")})

    assert len(records.rows("fuel")) == 3
    assert [one["table"] for one in later.explained["sheets"]] == ["fuel"]


def test_a_correction_that_names_no_column_changes_nothing(records):
    delivery = records.looked_at()

    with pytest.raises(Problem):
        correcting.correct(
            delivery,
            0,
            correcting.Correction("fuel", 1, {"交易流水号": "no_such_column"}),
            by=records.analyst,
        )

    assert not (folder_of(delivery) / "mapping.toml").exists()
    assert not Job.objects.filter(state=Job.State.WAITING).exists()


def test_screening_brings_leads_to_the_desk(records):
    records.brought_in()

    jobs.ask(Job.Kind.SCREEN, by=records.analyst, asked={"as_of": None, "only": []})
    records.work()

    job = Job.objects.get(kind=Job.Kind.SCREEN)
    assert job.state == Job.State.DONE, job.problem
    assert Lead.objects.filter(rule="fuel_over_tank_single", is_current=True).count() == 1


def test_a_trial_with_some_rules_counts_and_leaves_the_desk_as_it_is(records):
    records.brought_in()

    asked = {"as_of": None, "only": ["fuel_over_tank_single"]}
    jobs.ask(Job.Kind.SCREEN, by=records.analyst, asked=asked)
    records.work()

    job = Job.objects.get(kind=Job.Kind.SCREEN)
    assert job.result["trial"]
    assert job.result["findings"] == 1
    assert not Lead.objects.exists()
    page = records.browser().get(f"/records/screenings/{job.result['run']}/")
    assert "fuel_over_tank_single" in page.content.decode()


def test_work_that_is_killed_in_the_middle_is_begun_again_without_duplicates(records):
    delivery = records.looked_at({**FILES, "加油明细/全年.csv": many_fills(MANY)})
    job = deliveries.bring_in(delivery, by=records.analyst)
    killed = []

    def kill_once():
        job.refresh_from_db()
        if job.phase and not killed:
            killed.append(job.phase)
            a_delivery.kill_the_work()

    records.work(kill_once)

    job.refresh_from_db()
    assert killed
    assert (job.state, job.attempts) == (Job.State.DONE, 2), job.problem
    ids = records.rows("fuel", "txn_id")
    assert len(ids) == len(set(ids)) == MANY + 3


def test_work_whose_worker_is_killed_ends_by_itself_and_leaves_the_lake_as_it_was(records):
    delivery = records.looked_at({**FILES, "加油明细/全年.csv": many_fills(MANY)})
    task = landing.task_of(Job(kind=Job.Kind.IMPORT, delivery=delivery))
    command = [sys.executable, "-m", "qingfeng.findings.working"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as work:
        work.stdin.write(json.dumps(task) + "\n")
        work.stdin.flush()
        while "Reading" not in work.stdout.readline():
            pass

        work.stdin.close()  # what the system does with it when the worker dies

        assert work.wait(60) == 3
    assert records.lake().snapshot().id == "0"


def test_cancelled_work_leaves_the_lake_as_it_was(records):
    years = {
        f"加油明细/{name}.csv": many_fills(MANY - no) for no, name in enumerate(("全年", "上年", "前年"))
    }
    delivery = records.looked_at({**FILES, **years})
    job = deliveries.bring_in(delivery, by=records.analyst)

    def cancel():  # asked in one second, heard in the next
        job.refresh_from_db()
        if not job.cancel_asked_at:
            jobs.cancel(job, by=records.analyst)

    records.work(cancel)

    job.refresh_from_db()
    delivery.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert records.lake().snapshot().id == "0"
    assert delivery.state == Delivery.State.READY
    assert (folder_of(delivery) / "加油明细/全年.csv").exists()
    assert not list((records.home / "staging").iterdir())
    assert noted("findings.job.cancelled")


def test_work_that_waits_is_cancelled_at_once(records):
    job = jobs.ask(Job.Kind.SCREEN, by=records.analyst, asked={})

    jobs.cancel(job, by=records.analyst)

    assert job.state == Job.State.CANCELLED


def test_work_that_fell_silent_is_begun_again_and_given_up_after_the_third_time(records):
    job = jobs.ask(Job.Kind.SCREEN, by=records.analyst, asked={})
    old = timezone.now() - timedelta(seconds=jobs.SILENT_SECONDS + 1)
    seen = []
    for attempt in (1, 2, 3):
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=attempt, beat_at=old)
        jobs.begin_again_what_fell_silent()
        job.refresh_from_db()
        seen.append(job.state)

    assert seen == [Job.State.WAITING, Job.State.WAITING, Job.State.FAILED]
    assert set(job.problem) == {"what", "where", "then"}
    assert job.problem["then"]


def test_work_that_tells_of_itself_is_left_alone(records):
    job = jobs.ask(Job.Kind.SCREEN, by=records.analyst, asked={})
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=1, beat_at=timezone.now())

    assert jobs.begin_again_what_fell_silent() == 0


def test_there_is_one_job_at_the_lake_and_looking_goes_on_beside_it(records):
    from qingfeng.findings.running import run_next

    delivery = records.delivery()
    screening = jobs.ask(Job.Kind.SCREEN, by=records.analyst, asked={})
    Job.objects.filter(pk=screening.pk).update(state=Job.State.RUNNING, attempts=1, beat_at=timezone.now())
    other = Job.objects.create(kind=Job.Kind.IMPORT, asked_at=timezone.now())
    deliveries.finish(delivery, by=records.analyst)

    assert not run_next(jobs.AT_THE_LAKE)
    assert run_next((Job.Kind.LOOK,))
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=other.pk).update(state=Job.State.RUNNING)


def test_a_delivery_without_any_table_is_refused_in_three_parts_and_stays(records):
    delivery = records.looked_at({"说明.csv": "这里没有数据\n只有说明\n"})

    with pytest.raises(Problem) as told:
        deliveries.bring_in(delivery, by=records.analyst)

    assert told.value.what
    assert told.value.then
    assert delivery.state == Delivery.State.READY


def test_a_spelling_is_entered_into_the_register_only_where_somebody_chose_the_unit(records):
    delivery = records.brought_in()
    (spelling,) = delivery.account["spellings"]
    assert spelling["spelling"] == "水利局机关"
    assert records.rows("fuel", "unit_id") == [("U1",), ("U1",), (None,)]
    unit = next(name for name in spelling["suggestions"] if "水利局" in name)

    form = {"spelling-0": "水利局机关", "unit-0": unit}
    records.browser().post(f"/records/{delivery.pk}/spellings/", form)
    records.work()

    assert records.rows("fuel", "unit_id") == [("U1",), ("U1",), ("U2",)]
    assert noted("findings.spellings.accepted")


def test_what_a_request_does_not_list_stays_at_the_gate(records):
    """个人信息保护法 Art. 6: no more than the purpose needs."""
    listed = {"fuel": ["txn_id", "plate", "ts", "liters"], "vehicle": []}

    delivery = records.brought_in(listed=listed)

    account = _accounts(delivery)
    checked = deliveries.check_against_list(
        delivery, listed, [f"fuel.{name}" for name in listed["fuel"]] + ["fuel.odometer"]
    )
    assert set(account) == {"名册/车辆.csv", "加油明细/2026-10.csv"}
    assert set(records.rows("fuel", "station, amount")) == {(None, None)}
    assert checked.missing_columns == ("fuel.odometer",)
    assert checked.outside_tables == ("unit",)
