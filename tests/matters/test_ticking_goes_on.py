"""The round of the clocks beside other writers, and past a matter that goes wrong."""

import threading
from datetime import timedelta

import pytest
from an_errand import an_errand, in_hand
from django.db import connection
from django.utils import timezone

from qingfeng.matters import ticking
from qingfeng.matters.models import ClockRun, Matter

CLOCKS = 501  # more than are read together


@pytest.fixture
def overdue(office):
    """Many clocks of one errand, each past its last day, with one reminder left."""
    run = in_hand()[0].clocks.get(key="handle")
    ClockRun.objects.exclude(pk=run.pk).delete()
    run.due_on = timezone.localdate() - timedelta(days=1)
    run.told = ["due", "overdue", "escalated:1"]
    run.save()
    fields = [one.attname for one in ClockRun._meta.concrete_fields if not one.primary_key]
    same = {name: getattr(run, name) for name in fields}
    ClockRun.objects.bulk_create([ClockRun(**same) for _no in range(CLOCKS - 1)])
    return run.matter


def somebody_else_writes():
    """A second connection writes a row and is done."""

    def write():
        try:
            Matter.objects.update(title="另一人改过")
        finally:
            connection.close()

    other = threading.Thread(target=write)
    other.start()
    other.join()


@pytest.mark.django_db(transaction=True)
def test_others_write_between_two_reminders_and_every_clock_is_reminded(overdue, monkeypatch):
    remind, seen = ticking._remind, []

    def reminded(run, today):
        told = remind(run, today)
        seen.append(run.pk)
        if len(seen) == 1:
            somebody_else_writes()
        return told

    monkeypatch.setattr(ticking, "_remind", reminded)

    ticking.tick()

    assert len(set(seen)) == CLOCKS
    assert Matter.objects.get(pk=overdue.pk).title == "另一人改过"
    assert all("yellow" in told for told in ClockRun.objects.values_list("told", flat=True))


@pytest.mark.django_db(transaction=True)
def test_others_write_between_two_acts_of_a_clock_and_every_matter_is_looked_at(office, monkeypatch):
    facts = an_errand().facts | {"dead": True}
    for _no in range(3):
        an_errand()
    Matter.objects.update(facts=facts)
    monkeypatch.setattr(ticking, "AT_ONCE", 1)
    does = ticking._does

    def done(act, matter, today):
        told = does(act, matter, today)
        somebody_else_writes()
        return told

    monkeypatch.setattr(ticking, "_does", done)

    ticking.tick()

    assert set(Matter.objects.values_list("stage", flat=True)) == {"closed"}


@pytest.mark.django_db
def test_what_goes_wrong_with_one_holds_up_no_other_and_is_raised_at_the_end(office, monkeypatch):
    first, second = an_errand(), an_errand()
    ClockRun.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    Matter.objects.update(facts={**first.facts, "dead": True})
    look, remind = ticking.snapshot_of, ticking._remind

    def looked(matter, **others):
        if matter.pk == first.pk:
            raise LookupError("act of the first")
        return look(matter, **others)

    def reminded(run, today):
        if run.matter_id == first.pk:
            raise LookupError("clock of the first")
        return remind(run, today)

    monkeypatch.setattr(ticking, "snapshot_of", looked)
    monkeypatch.setattr(ticking, "_remind", reminded)

    with pytest.raises(LookupError, match="clock of the first"):
        ticking.tick()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, second.stage) == ("received", "closed")
    assert all(one.told for one in second.clocks.filter(key="take_up"))
