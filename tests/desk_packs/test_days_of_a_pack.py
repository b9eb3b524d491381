"""The last day of a pack: reminded before it, closed after it, taken back all the same and marked as late."""

import re
from datetime import timedelta

import pytest
import time_machine
from a_parcel import a_parcel, a_result
from a_verification import filled
from django.utils import timezone
from django.utils.html import strip_tags

from qingfeng.desk.leads.blind import blind_spots
from qingfeng.desk.packs import arriving, entering
from qingfeng.desk.packs.leaving import contents_of
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.reminding import remind
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.models import Notice


def text_of(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("person__number", flat=True))


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def overdue(field):
    """A pack whose last day was yesterday."""
    pack = field.pack(days=0)
    Pack.objects.filter(pk=pack.pk).update(expires_on=in_days(-1))
    pack.refresh_from_db()
    return pack


def come_back(field, pack):
    returned = arriving.arrive(
        pack, a_parcel(pack, [a_result(1, filled("enterprise"))]), by=field.viewer("Y0402")
    )
    return entering.enter(
        pack, contents_of(pack), returned.results, by=field.viewer("Y0402"), account=field.account("Y0402")
    )


@pytest.mark.parametrize(("days", "kind"), [(3, "pack_due"), (5, "pack_late"), (7, "pack_escalated")])
def test_its_carriers_are_told_the_day_before_after_it_and_three_days_later(field, days, kind):
    field.pack(days=4)

    assert remind(in_days(days - 1)) in {0, 1}
    assert told(kind) == []
    assert remind(in_days(days)) == 1
    assert {"Y0402", "Y0403"} <= set(told(kind))


def test_nobody_is_told_twice_and_after_three_days_the_head_is_told_too(field):
    field.pack(days=0)

    for days in (0, 0, 1, 1, 3, 3):
        remind(in_days(days))

    assert told("pack_due") == told("pack_late") == ["Y0402", "Y0403"]
    assert told("pack_escalated") == ["Y0401", "Y0402", "Y0403"]
    assert JournalEntry.objects.filter(kind="packs.escalated").count() == 1


def test_of_a_pack_that_came_back_nobody_is_told(field):
    pack = field.pack(days=0)
    arriving.arrive(pack, a_parcel(pack, [a_result(1, filled("enterprise"))]), by=field.viewer("Y0402"))

    assert remind(in_days(2)) == 0


@pytest.mark.parametrize("copy", ["sheets.pdf", "form.html"])
def test_after_its_last_day_no_copy_leaves(field, overdue, copy):
    answer = field.browser().get(f"/packs/{overdue.code}/{copy}")
    page = field.browser().get(f"/packs/{overdue.code}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/packs/{overdue.code}/")
    assert copy not in page.content.decode()
    assert "不再提供副本" in text_of(page)


def test_what_comes_back_after_it_is_entered_and_marked_as_late(field, overdue):
    come_back(field, overdue)

    line = field.matter.lines.get(ledger="tasks", no=1)
    entry = JournalEntry.objects.get(kind="packs.back")
    assert line.state == "done"
    assert "逾期" in line.facts["result"]
    assert b'"late":true' in bytes(entry.body)
    assert "逾期" in text_of(field.browser().get("/packs/?all"))


def test_what_arrived_in_time_is_not_late_however_long_it_waits_to_be_entered(field):
    pack = field.pack(days=1)
    arriving.arrive(pack, a_parcel(pack, [a_result(1, filled("enterprise"))]), by=field.viewer("Y0402"))
    pack.refresh_from_db()

    with time_machine.travel(timezone.now() + timedelta(days=5)):
        returned = arriving.waiting(pack)
        entering.enter(
            pack,
            contents_of(pack),
            returned.results,
            by=field.viewer("Y0402"),
            account=field.account("Y0402"),
        )
        pack.refresh_from_db()
        late = pack.is_late(timezone.localdate())

    assert not late
    assert "逾期" not in field.matter.lines.get(ledger="tasks", no=1).facts["result"]


def test_carriers_find_it_among_their_duties_and_nobody_else_does(field, overdue):
    mine = field.browser().get("/").content.decode()
    others = field.browser("Y0404").get("/").content.decode()

    assert f"/packs/{overdue.code}/" in mine
    assert overdue.typed in text_of(field.browser("Y0403").get("/"))
    assert overdue.code not in others


def test_it_is_a_blind_spot_until_it_comes_back(field, overdue):
    def count():
        spots = blind_spots(field.viewer("Y0401")).spots
        return sum(one.count for one in spots if one.href == "/packs/?late")

    before = count()
    come_back(field, overdue)

    assert (before, count()) == (1, 0)


def test_the_list_can_show_those_alone_that_are_past_their_day(field, overdue):
    in_time = field.pack(field.task(2))

    page = field.browser().get("/packs/?late").content.decode()

    assert overdue.typed in page
    assert in_time.typed not in page
