"""A screening over a small real lake, and what it enters on letters: one story, asked many questions."""

from dataclasses import replace
from datetime import datetime

import pytest
import time_machine
from a_correction import FATES, LAST, MONTHS, PEERS, RULE, a_lake, a_letter, a_run
from an_office_kept import sample_office
from django.db import transaction
from django.utils import timezone

from qingfeng.findings import confirming
from qingfeng.findings.confirming import compare_open, compared, hearing, series_of
from qingfeng.findings.confirming.comparing import newest_cube
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Performance
from qingfeng.mechanisms.cast import PEOPLE


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return a_lake(tmp_path_factory.mktemp("corrections"))


@pytest.fixture(scope="module")
def run(lake):
    return a_run(*lake)


@pytest.fixture(scope="module")
def story(run, django_db_setup, django_db_blocker):
    """Four letters, delivered, and the records asked about them once."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            office = sample_office()
            letters = {key: a_letter(office, key) for key in FATES}
            with time_machine.travel(
                datetime(2026, 7, 2, 9, tzinfo=timezone.get_current_timezone()), tick=False
            ):
                changed = compare_open(run)
            for one in letters.values():
                one.refresh_from_db()
            yield letters, changed, office
            transaction.set_rollback(True)


@pytest.fixture
def letters(story, db):
    return story[0]


def line(matter):
    return matter.lines.filter(ledger="records").order_by("-no").first().facts


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("education", "confirmed"),
        ("housing", "not_confirmed"),
        ("water", "cannot_be_said"),
        ("audit", "moved"),
    ],
)
def test_a_screening_enters_on_each_letter_what_the_records_say(letters, key, says):
    assert line(letters[key])["says"] == says


def test_a_line_says_found_expected_months_and_why(letters, run):
    told = line(letters["housing"])

    assert told["found"] == 28
    assert float(told["expected"]) == pytest.approx(26, abs=4)
    assert told["months"] == 7
    assert told["run"] == run.id
    assert told["why"].startswith("油卡购买非油品：仍发现28条")


def test_too_few_records_say_how_long_to_wait_or_that_the_visit_decides(letters):
    assert "至少要有3条才能判断" in line(letters["water"])["why"]


def test_every_line_is_an_act_of_the_house_in_the_journal(letters):
    acts = Performance.objects.filter(act="hear_records", matter__in=[one.pk for one in letters.values()])

    assert acts.count() == len(FATES)
    assert all(one.by is None and one.entry_id for one in acts)


def test_the_same_screening_again_enters_nothing(letters, run):
    assert compare_open(run) == 0


def test_trigger_months_count_neither_as_before_nor_as_after(letters, run):
    kept, _run = _cube(run)

    told = compared(letters["education"], kept, run)

    assert told.periods.trigger == ("2025-07", "2025-08")
    assert told.periods.before == tuple(MONTHS[:6])
    assert told.periods.between == ("2025-09", "2025-10", "2025-11")
    assert told.periods.after == tuple(MONTHS[11:])


def _cube(run):
    from qingfeng.screening.correction import kept_cube

    return kept_cube(run.folder), run


def test_comparable_are_units_of_the_same_kind_without_a_letter_of_their_own(letters, run):
    told = compared(letters["education"], _cube(run)[0], run)

    assert told.peers.how == "kind"
    assert told.peers.units == tuple(f"U-{name}" for name in PEERS)
    assert told.peers.left_out == 3


def test_the_months_of_a_letter_have_the_units_counts_and_those_of_its_peers(letters, run):
    kept, _run = _cube(run)
    told = compared(letters["housing"], kept, run)

    months = series_of(told, kept)[RULE]

    assert [one.month for one in months] == MONTHS
    assert {one.own.found for one in months} == {4}
    assert {one.own.exposure for one in months} == {14}
    assert sum(one.group.found for one in months) == 4
    assert {one.expected is not None for one in months if one.period == "after"} == {True}
    assert {one.expected for one in months if one.period != "after"} == {None}


def test_a_letter_opened_after_the_screening_is_asked_with_a_new_cube(letters, run, story):
    more = a_letter(story[2], "education", rules=("fuel_same_day_repeat",))

    compare_open(run)

    told = line(more)
    assert told["says"] == "cannot_be_said"
    assert "未运行" in told["why"] or "规则库" in told["why"]


def test_a_letter_that_cannot_be_asked_stops_no_other(letters, run, monkeypatch, caplog):
    asked = hearing.compared

    def fails_for_one(matter, *args, **more):
        if matter.pk == letters["education"].pk:
            raise RuntimeError("no such month")
        return replace(asked(matter, *args, **more), until=LAST)

    monkeypatch.setattr(hearing, "compared", fails_for_one)
    Matter.objects.get(pk=letters["housing"].pk).lines.filter(ledger="records").delete()

    assert compare_open(run) == 1
    assert letters["education"].number in caplog.text


def test_records_that_the_unit_itself_brought_are_said_to_be_so(letters, run, lake):
    from qingfeng.findings.models import Delivery
    from qingfeng.organization.models import Post

    _home, kept = lake
    batch = next(one.batch for one in kept.snapshot().sheets() if one.path.startswith("加油明细"))
    unit = letters["education"].parties.get(role="unit").unit
    contact = Post.objects.filter(unit=unit).first().person
    Delivery.objects.create(name="油卡", by=contact, made_at=timezone.now(), batch=batch)

    told = compared(letters["education"], _cube(run)[0], run)

    assert told.verdict.self_supplied
    assert told.says()[-1] == "数据由该单位自行提供。"


def test_a_months_gap_in_the_units_records_keeps_anything_from_being_said(letters, run):
    kept, _run = _cube(run)
    cells = {cell: one for cell, one in kept.cube.cells.items()
             if not (cell[1] == "U-云水区教育局" and cell[2] == "2026-02")}  # fmt: skip
    holed = replace(kept, cube=replace(kept.cube, cells=cells))

    told = compared(letters["education"], holed, run)

    assert told.verdict.says == "cannot_be_said"
    assert told.checked.records.missing_months == ("2026-02",)


def test_a_quiet_month_of_a_unit_that_never_had_many_rows_is_no_gap(letters, run):
    kept, _run = _cube(run)
    cells = {
        cell: replace(one, found=min(one.found, 3), exposure=3) if cell[1] == "U-云水区教育局" else one
        for cell, one in kept.cube.cells.items()
        if not (cell[1] == "U-云水区教育局" and cell[2] == "2026-02")
    }

    told = compared(letters["education"], replace(kept, cube=replace(kept.cube, cells=cells)), run)

    assert told.checked.records.missing_months == ()


def test_vehicles_that_have_gone_keep_anything_from_being_said(letters, run):
    kept, _run = _cube(run)
    early = kept.cube.bits([month for month in MONTHS if month < "2025-12"])
    subjects = {cell: {early: 1} for cell in kept.cube.subjects}
    gone = replace(kept, cube=replace(kept.cube, subjects=subjects))

    told = compared(letters["education"], gone, run)

    assert told.verdict.because[0][0] == "subjects_gone"


def test_another_kind_of_file_than_before_keeps_anything_from_being_said(letters, run):
    kept, _run = _cube(run)
    number = next(no for no, one in kept.files.items() if one.kind == "加油明细")
    files = {**kept.files, 10**6: replace(kept.files[number], kind="自行汇总表")}
    sources = {
        cell: frozenset({10**6}) if cell[2] > "2025-11" else some for cell, some in kept.cube.sources.items()
    }
    other = replace(kept, files=files, cube=replace(kept.cube, sources=sources))

    told = compared(letters["education"], other, run)

    assert told.verdict.because[0] == ("sources_missing", {"sources": ("加油明细",)})


def test_closing_is_refused_while_the_records_show_no_correction(letters):
    from qingfeng.matters.registry import mechanism
    from qingfeng.matters.snapshotting import snapshot_of

    gate = next(
        one for one in mechanism("recommendation").act("strike_off").gates if one.key == "records_confirm"
    )

    assert not gate.holds(snapshot_of(letters["housing"], today=LAST))
    assert gate.holds(snapshot_of(letters["education"], today=LAST))
    assert gate.overridden_by


def test_a_letter_struck_off_is_reopened_when_its_rule_fires_again(letters, run, story):
    letter = letters["housing"]
    _strike_off_by_hand(letter, datetime(2026, 1, 9, 9, tzinfo=timezone.get_current_timezone()))

    assert compare_open(run) == 2  # reopened, and a line

    letter.refresh_from_db()
    assert letter.stage == "correcting"
    assert "销号后5个月发现20条" in letter.facts["recur_why"]
    assert line(letter)["says"] == "not_confirmed"
    assert "销号后再次命中" in line(letter)["why"]


def test_a_letter_struck_off_whose_findings_stay_away_stays_struck_off(letters, run):
    letter = letters["education"]
    _strike_off_by_hand(letter, datetime(2026, 1, 9, 9, tzinfo=timezone.get_current_timezone()))

    compare_open(run)

    letter.refresh_from_db()
    assert letter.stage == "struck_off"


def test_what_comes_back_more_than_six_months_later_is_not_called_a_recurrence(letters, run):
    letter = letters["housing"]
    _strike_off_by_hand(letter, datetime(2025, 9, 20, 9, tzinfo=timezone.get_current_timezone()))
    kept, _run = _cube(run)
    cells = {
        cell: replace(one, found=0) if "2025-09" <= cell[2] <= "2026-03" and cell[0] == RULE else one
        for cell, one in kept.cube.cells.items()
    }
    late = replace(kept, cube=replace(kept.cube, cells=cells))

    assert not hearing._recurred(letter, late, run, others={}, until=None, at=None)


def _strike_off_by_hand(letter, at):
    """A letter as if it had been struck off on a day: the way there is tested in its room."""
    letter.refresh_from_db()
    letter.revision += 1
    letter.stage = "struck_off"
    letter.save(update_fields=["stage", "revision"])
    Performance.objects.create(
        matter=letter,
        no=letter.revision,
        act="strike_off",
        at=at,
        from_stage="checked",
        to_stage="struck_off",
    )


def test_nothing_is_asked_before_letters_are_delivered(letters, run):
    Matter.objects.filter(mechanism="recommendation").update(stage="sealed")

    assert confirming.asked_of_records() == {"rules": [], "units": []}
    assert compare_open(run) == 0


def test_the_desk_has_no_cube_before_it_has_a_screening(letters):
    assert newest_cube({RULE}) is None


def test_nobody_enters_what_the_records_say_but_the_house(letters, story):
    from qingfeng.matters.answers import Refusal
    from qingfeng.organization.viewer import viewer_for

    principal = viewer_for(story[2].people[PEOPLE["principal"]])

    answer = perform(
        "hear_records", letters["water"], by=principal, lines={"records": [line(letters["education"])]}
    )

    assert isinstance(answer, Refusal)
