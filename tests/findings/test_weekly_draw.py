import json
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
import time_machine
from a_run import a_finding, a_lead, on_the_desk
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.findings import drawing, redraw
from qingfeng.findings.models import Draw, Lead
from qingfeng.organization.district_settings import set_setting

MONDAY = date(2026, 11, 23)
keys = st.lists(st.text("0123456789abcdef", min_size=16, max_size=16), max_size=40, unique=True)
NOTE = "log\n3\n{root}\n\n— log sig\n"


def some_leads(folder, count=30, **others):
    leads = [a_lead(f"a{n:03d}", findings=[a_finding(row=n + 1)]) for n in range(count)]
    return on_the_desk(folder, *leads, **others)


def a_checkpoint(size, root=b"\x01" * 32):
    """A checkpoint as the publisher keeps one."""
    from base64 import b64encode

    from django.utils import timezone

    from qingfeng.journal.models import JournalCheckpoint

    note = NOTE.format(root=b64encode(root).decode())
    return JournalCheckpoint.objects.create(
        log="internal", size=size, root=root, note=note, signed_at=timezone.now()
    )


def published():
    """Give the waiting entries their places, as the publisher does, and return the size of the log."""
    from qingfeng.journal.models import JournalEntry, JournalStretch

    JournalStretch.objects.all().delete()
    size = 0
    for entry in JournalEntry.objects.filter(log="internal").order_by("pk"):
        JournalStretch.objects.create(log="internal", start=size, first_id=entry.pk, last_id=entry.pk)
        size += 1
    return size


@pytest.fixture
def drawn(office, tmp_path):
    """A draw that is finished."""
    some_leads(tmp_path)
    draw = drawing.begin(MONDAY)
    a_checkpoint(published())
    assert drawing.finish(draw)
    draw.refresh_from_db()
    return draw


def test_the_population_is_committed_in_the_journal_before_anything_is_drawn(office, tmp_path):
    some_leads(tmp_path)

    draw = drawing.begin(MONDAY)

    said = drawing.commitment(draw).said["facts"]
    assert (said["digest"], said["count"], said["population"]) == (redraw.digest_of(draw.population), 3, 30)
    assert not drawing.finish(draw)
    assert Lead.objects.exclude(drawn=None).count() == 0


def test_a_checkpoint_from_before_the_commitment_is_no_seed(office, tmp_path):
    some_leads(tmp_path)
    a_checkpoint(published())

    draw = drawing.begin(MONDAY)
    published()

    assert not drawing.finish(draw)


def test_the_seed_is_the_first_checkpoint_with_the_commitment_in_it(office, tmp_path):
    some_leads(tmp_path)
    draw = drawing.begin(MONDAY)
    size = published()
    a_checkpoint(size + 5, root=b"\x02" * 32)
    a_checkpoint(size, root=b"\x01" * 32)

    drawing.finish(draw)

    draw.refresh_from_db()
    assert draw.seed == "01" * 32
    assert sorted(Lead.objects.filter(drawn=draw).values_list("key", flat=True)) == sorted(draw.chosen)


def test_the_draw_again_gives_the_same(drawn):
    assert drawn.chosen == redraw.sample(drawn.seed, drawn.population, drawn.count)
    assert drawing.faults(drawn) == []


def test_anybody_can_draw_again_with_the_file_alone(drawn, tmp_path):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(drawing.told(drawn)), encoding="utf-8")

    held = subprocess.run(
        [sys.executable, "-I", "-S", redraw.__file__, str(file)], capture_output=True, text=True, check=False
    )

    assert (held.returncode, held.stdout) == (0, "The draw holds.\n")


@pytest.mark.parametrize("what", ["population", "chosen", "seed", "checkpoint"])
def test_a_tampered_draw_is_caught_by_the_file_alone(drawn, what):
    told = drawing.told(drawn)
    told[what] = {
        "population": told["population"][1:],
        "chosen": told["chosen"][::-1],
        "seed": "0" * 64,
        "checkpoint": NOTE.format(root="A" * 43 + "="),
    }[what]

    assert redraw.faults(told)


def test_a_population_that_was_changed_with_its_digest_is_caught_by_the_journal(drawn):
    others = drawn.population[1:]
    Draw.objects.filter(pk=drawn.pk).update(
        population=others,
        digest=redraw.digest_of(others),
        chosen=redraw.sample(drawn.seed, others, drawn.count),
    )
    drawn.refresh_from_db()

    with translation.override("en"):
        found = drawing.faults(drawn)
    assert found == ["The journal has committed to another population or number."]


def test_a_seed_of_a_later_checkpoint_is_caught(drawn):
    later = a_checkpoint(1000, root=b"\x03" * 32)
    Draw.objects.filter(pk=drawn.pk).update(
        seed="03" * 32,
        checkpoint=later.note,
        chosen=redraw.sample("03" * 32, drawn.population, drawn.count),
    )
    drawn.refresh_from_db()

    with translation.override("en"):
        found = drawing.faults(drawn)
    assert found == ["The seed is not of the first checkpoint that has the commitment in it."]


def test_statistics_and_leads_that_are_verified_or_excepted_are_not_drawn(office, tmp_path):
    from a_verdict import judged

    leads = on_the_desk(
        tmp_path,
        a_lead("a1"),
        a_lead("a2", findings=[a_finding(row=2)]),
        a_lead("c1", findings=[a_finding("fuel_small_frequent", row=3)]),
    )
    Lead.objects.filter(pk=leads["a2"].pk).update(matter=judged("fuel_holiday", "confirmed"))

    assert drawing.population(MONDAY) == [leads["a1"].key]


def test_next_week_draws_from_what_is_new(office, tmp_path):
    with time_machine.travel("2026-11-23T08:00:00+08:00", tick=False):
        some_leads(tmp_path / "1", key="1" * 16)
        drawing.draw_due()
    with time_machine.travel("2026-11-30T08:00:00+08:00", tick=False):
        leads = [a_lead(f"a{n:03d}", findings=[a_finding(row=n + 1)]) for n in range(30)]
        on_the_desk(tmp_path / "2", *leads, a_lead("b1", findings=[a_finding(row=90)]), key="2" * 16)

        drawing.draw_due()

    newest = Draw.objects.get(week_on="2026-11-30")
    assert (newest.population, newest.count) == (["b100000000000000"], 1)


def test_a_week_is_drawn_once(office, tmp_path):
    some_leads(tmp_path)
    drawing.draw_due()

    drawing.draw_due()

    assert Draw.objects.count() == 1


def test_share_and_most_are_the_districts(office, tmp_path):
    some_leads(tmp_path)
    set_setting("findings.draw_share", 50, by=None, reason="试行")
    set_setting("findings.draw_most", 7, by=None, reason="试行")

    draw = drawing.begin(MONDAY)

    assert (draw.share, draw.count) == (50, 7)


def test_nothing_to_draw_from_is_no_draw(office):
    assert drawing.begin(MONDAY) is None
    assert Draw.objects.count() == 0


@given(st.text("0123456789abcdef", min_size=64, max_size=64), keys, st.integers(0, 50), st.randoms())
def test_a_draw_depends_on_seed_and_population_and_not_on_their_order(seed, population, count, random):
    shuffled = random.sample(population, len(population))

    chosen = redraw.sample(seed, population, count)

    assert chosen == redraw.sample(seed, shuffled, count)
    assert len(set(chosen)) == len(chosen) == min(count, len(population))
    assert set(chosen) <= set(population)


def test_every_lead_is_drawn_about_as_often_as_any_other():
    population = [f"{n:016x}" for n in range(20)]

    drawn = Counter(key for n in range(2000) for key in redraw.sample(f"{n:064x}", population, 5))

    assert set(drawn) == set(population)
    assert all(400 < times < 600 for times in drawn.values())
