"""Data requests and the records they ask for: arrivals checked against their list, deletions with proof."""

from datetime import timedelta

import a_story
import pytest
import time_machine
from django.utils import timezone

from qingfeng.findings.models import DeliveredFile, Delivery
from qingfeng.matters.answers import Refusal
from qingfeng.mechanisms.data_request import joining

pytestmark = pytest.mark.django_db
HASH = "ab" * 32
ISSUED = 6  # steps of the story until the request is out


@pytest.fixture
def request_out(office):
    """A standing request that was sent."""
    return a_story.played(office, "data_request", "standing", steps=ISSUED)


def arrived(office, matter, *, columns=("plate", "liters", "points")):
    """A delivery of the request that has come into the lake."""
    shown = [{"table": "fuel", "column": one} for one in columns]
    delivery = Delivery.objects.create(
        name="加油明细",
        state="in",
        request=matter,
        by=office.people["Y0404"],
        made_at=timezone.now(),
        in_at=timezone.now(),
        listed=joining.list_of(matter),
        explained={"sheets": [{"file": "加油.csv", "table": "fuel", "columns": shown}], "refused": []},
        account={"sheets": [{"rows_in": 4, "kept": {"row": 3}, "counted": "row", "rejected": 1,
                             "duplicates": 0, "withheld": {}}]},
    )  # fmt: skip
    DeliveredFile.objects.create(delivery=delivery, path="加油.csv", size=9, received=9, sha256=HASH)
    return delivery


def on_the_day(matter):
    return time_machine.travel(
        timezone.make_aware(timezone.datetime.combine(matter.opened_on, timezone.datetime.min.time()))
        + timedelta(days=20, hours=9),
        tick=False,
    )


def test_a_request_lists_its_columns_by_table_without_those_struck(request_out):
    listed = joining.list_of(request_out)

    assert set(listed) == {"fuel", "trip"}
    assert set(listed["fuel"]) == {"plate", "ts", "liters", "amount", "station"}


def test_what_has_come_is_recorded_on_its_request_with_its_hash_and_what_was_dropped(office, request_out):
    with on_the_day(request_out):
        delivery = arrived(office, request_out)

        joining.note_arrival(delivery, office.people["Y0404"])

    line = request_out.lines.get(ledger="deliveries")
    assert line.facts["sha256"] == HASH
    assert line.facts["outside"] == "fuel.points"
    assert line.facts["outside_dropped"] is True
    assert "fuel.ts" in line.facts["missing_columns"]
    assert line.facts["rows"] == 3


def test_the_same_delivery_is_recorded_once(office, request_out):
    with on_the_day(request_out):
        delivery = arrived(office, request_out)
        joining.note_arrival(delivery, office.people["Y0404"])

        again = joining.note_arrival(delivery, office.people["Y0404"])

    assert again is None
    assert request_out.lines.filter(ledger="deliveries").count() == 1


def test_a_deletion_is_recorded_on_its_request_with_the_lake_s_own_record(office, request_out):
    with on_the_day(request_out):
        delivery = arrived(office, request_out)
        joining.note_arrival(delivery, office.people["Y0404"])
        delivery.state, delivery.deletion = "deleted", {"id": 7, "rows": {"fuel": 3}}
        delivery.save()

        joining.note_deletion(delivery, office.people["Y0404"])

    line = request_out.lines.get(ledger="deliveries")
    assert line.state == "deleted"
    assert "7" in line.facts["deletion_record"]
    assert "fuel 3" in line.facts["deletion_record"]


def test_whoever_has_no_part_records_nothing_and_nothing_breaks(office, request_out, caplog):
    with on_the_day(request_out):
        answer = joining.note_arrival(arrived(office, request_out), office.people["Y0703"])

    assert isinstance(answer, Refusal)
    assert not request_out.lines.filter(ledger="deliveries").exists()
    assert request_out.number in caplog.text


def test_the_letter_lists_every_column_with_its_purpose(request_out):
    letter = str(request_out.slips.get(key="letter").slip.official)

    assert "加油明细" in letter
    assert "与油箱容积、里程核对" in letter
    assert "核对积分去向" not in letter
