"""A year of the assessment: written down, checked, judged, closed, marked, appealed; and who may see it."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import a_year
import pytest
from a_year import a_record, confirmed, on, sheet_of
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from qingfeng.appraisal.points import (
    appeals,
    boards,
    dailies,
    doors,
    marks,
    schemes,
    sheets,
    totals,
    trial,
)
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.sheets import Given
from qingfeng.appraisal.points.tables import Mark, Scheme, Score, ScoreSheet
from qingfeng.desk.points import names
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import append
from qingfeng.matters.models import Matter, Notice, Party
from qingfeng.organization import seconding
from qingfeng.organization.models import Post, PostRole, Relation
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db

KEPT = ("Y0401", "Y0402", "Y0403", "Y0404", "Y0502", "Y0503", "Y0504")
AFTER = date(2027, 1, 6)
IN_MARCH = date(2026, 3, 4)


@pytest.fixture(scope="module")
def played(office):
    """A year of seven people and one room: closed, final, with a board of the staff."""
    scheme = a_year.in_force(office)
    people = {number: office.people[number] for number in KEPT}
    kept = [sheet_of(scheme, one).pk for one in people.values()]
    kept.append(scheme.sheets.get(person=None, unit=office.units["党风室"]).pk)
    scheme.sheets.exclude(pk__in=kept).delete()
    entry = confirmed(a_record(people["Y0402"], IN_MARCH), people["Y0401"])
    second = office.person("evaluator")
    with on(AFTER):
        a_year.judge_all(scheme, "q2", second, share=Decimal("0.6"))
        a_year.closed(scheme, office)
    return SimpleNamespace(scheme=scheme, people=people, entry=entry, office=office)


@pytest.fixture
def year(played, db):
    """The year as it was played, in English."""
    played.scheme.refresh_from_db()
    with translation.override("en"):
        yield played


def who(year, name):
    return viewer_for(year.office.person(name))


def handlers(year):
    return sheet_of(year.scheme, year.people["Y0402"])


def a_new_draft(year, number=2028):
    return schemes.draft(number, "下年度办法", by=year.office.person("evaluator").pk)


def an_entry_of(person, subject="directive/2026-1", kind="matter.report"):
    """Index of a published entry about what somebody did."""
    made = append(kind, subject=subject, by=f"person:{person.pk}")
    publish()
    return JournalEntry.objects.get(pk=made.pk).index


def test_every_part_of_a_year_makes_its_points(year):
    found = totals.total(handlers(year))

    assert {one.key: one.most for one in found.periods} == {
        "daily": 20, "q1": 10, "q2": 10, "q3": 10, "q4": 10, "half": 10, "year": 30,
    }  # fmt: skip
    assert found.missing == 0
    assert found.value == sum((one.got for one in found.periods), Decimal(0))


def test_a_judged_indicator_counts_with_the_mean_of_those_who_judged(year):
    line = next(
        one for one in totals.lines_of(handlers(year)) if one.key == "quarter_work" and one.period == "q2"
    )

    assert line.given == Decimal("4.20")


def test_one_confirmed_entry_makes_a_month_and_more_of_them_add_nothing(year):
    before = totals.total(handlers(year)).value
    with on(IN_MARCH):
        more = dailies.write(viewer_for(year.people["Y0402"]), dailies.Written(IN_MARCH, "再记一条"))
    confirmed(more, year.people["Y0401"])

    with on(AFTER):
        again = totals.replay(handlers(year))

    assert (again.total.value, again.changed) == (before, ())


def test_a_result_replays_and_says_which_reading_has_changed_since(year):
    later = a_record(year.people["Y0402"], date(2026, 5, 6))
    confirmed(later, year.people["Y0401"])

    with on(AFTER):
        found = totals.replay(handlers(year))

    assert found.is_same
    assert [(one.reading, one.then, one.now) for one in found.changed] == [
        ("daily_kept", ("0.0833", 12), ("0.1667", 12))
    ]


def test_an_appeal_makes_a_new_version_and_both_totals_stay(year):
    sheet, judge = handlers(year), year.office.people["Y0003"]
    given = {("year_results", "year"): Given(Decimal(10), ("成果鉴定书",))}
    with on(AFTER):
        before, after = appeals.recalculate(
            sheet, because="年度实绩漏计一项", by=judge.pk, change=appeals.Change(given)
        )

    assert (
        after.value == before.value + Decimal(2) * 3
    )  # ten of thirty are judged, and twenty spread over them
    assert [one.version for one in sheet.settled.all()] == [1, 2]
    assert [totals.replay(sheet, no).total.value for no in (1, 2)] == [before.value, after.value]
    assert all(totals.replay(sheet, no).is_same for no in (1, 2))


def test_an_appeal_never_makes_a_result_worse_though_a_formula_reads_less_today(year):
    Daily.objects.filter(pk=year.entry.pk).update(state=Daily.State.RETURNED)
    sheet = handlers(year)
    with on(AFTER):
        before, after = appeals.recalculate(sheet, because="核对", by=year.office.people["Y0003"].pk)
        changed = totals.replay(sheet).changed

    assert (after.value, sheet.version) == (before.value, 2)
    assert [one.reading for one in changed] == ["daily_kept"]


def test_whoever_had_a_hand_in_the_points_does_not_decide_about_an_appeal(year):
    for name in ("principal", "evaluator"):
        with pytest.raises(Problem, match="no hand"):
            appeals.recalculate(handlers(year), because="申诉", by=year.office.person(name).pk)
    with pytest.raises(Problem, match="no hand"):
        appeals.recalculate(handlers(year), because="申诉", by=year.people["Y0402"].pk)


def test_an_appeal_may_strike_a_deduction_and_the_version_before_still_has_it(year):
    sheet = handlers(year)
    with on(AFTER):
        Mark.objects.create(
            sheet=sheet, of="deduction", points=Decimal(2), why="超期", journal_seq=1, state="standing",
            proposed_by=year.people["Y0401"], proposed_on=AFTER,
        )  # fmt: skip
        mark = sheet.marks.get()
        before, after = appeals.recalculate(
            sheet,
            because="系统故障所致",
            by=year.office.people["Y0003"].pk,
            change=appeals.Change(struck={mark.pk: "系统停用"}),
        )

    assert (before.deduction, after.deduction) == (Decimal("2.00"), Decimal("0.00"))
    assert totals.total(sheet, 1).deduction == Decimal("2.00")


def test_no_points_are_given_without_evidence(year):
    draft = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    sheet = sheet_of(draft, year.people["Y0402"])
    one = draft.indicators.get(key="quarter_work")
    for evidence in ((), ("  ",)):
        with pytest.raises(Problem, match="evidence"):
            sheets.judge(sheet, one, "q1", given=Given(Decimal(5), evidence), by=year.people["Y0401"].pk)
    given = Given(Decimal(5), (f"daily:{year.entry.pk + 999}",))
    with pytest.raises(Problem, match="confirmed"):
        sheets.judge(sheet, one, "q1", given=given, by=year.people["Y0401"].pk)

    assert not Score.objects.filter(sheet=sheet).exists()


def test_a_period_is_not_closed_over_what_nobody_judged(year):
    scheme = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    sheet = sheet_of(scheme, year.people["Y0402"])
    with on(date(2028, 4, 2)):
        a_year.judge_all(scheme, "q1", year.people["Y0401"], only={sheet.pk})
        found = sheets.close_period(scheme, "q1", by=year.office.person("evaluator").pk)

    assert found.count == 1
    assert sheet.parts.get(period="q1").closed_on == date(2028, 4, 2)
    assert len(found.waiting) == scheme.sheets.count() - 1


def test_a_sheet_is_not_final_over_a_bonus_or_deduction_that_nobody_decided(year):
    sheet, by = handlers(year), year.office.person("evaluator").pk
    sheet.scores.filter(period="year", by=None).delete()
    sheet.settled.all().delete()
    sheet.parts.filter(period="year").update(closed_on=None)
    ScoreSheet.objects.filter(pk=sheet.pk).update(final_on=None)
    with on(AFTER):
        said = marks.Proposed("bonus", "通报表扬", Decimal(2), evidence="通报")
        mark = marks.propose(handlers(year), said, by=year.people["Y0401"].pk)
        before = sheets.close_period(year.scheme, "year", by=by)
        marks.decide(mark, stands=True, by=year.office.people["Y0002"].pk)
        after = sheets.close_period(year.scheme, "year", by=by)

    assert [one.pk for one, _missing in before.waiting] == [sheet.pk]
    assert (before.count, after.count, after.waiting) == (0, 1, ())
    assert (handlers(year).final_on, totals.total(handlers(year)).bonus) == (AFTER, Decimal("2.00"))


def test_a_period_that_is_not_over_is_not_closed(year):
    scheme = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    with on(date(2028, 3, 31)), pytest.raises(Problem, match="not over"):
        sheets.close_period(scheme, "q1", by=year.office.person("evaluator").pk)


@pytest.fixture
def running(year, settings, tmp_path):
    """A year that has begun, with the handler's sheet, and a journal of its own to publish."""
    settings.HOME = tmp_path
    scheme = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    return SimpleNamespace(
        sheet=sheet_of(scheme, year.people["Y0402"]), people=year.people, office=year.office
    )


def propose(running, by="Y0401", **said):
    named = {"of": "deduction", "why": "材料迟交", "points": Decimal(1)} | said
    return marks.propose(running.sheet, marks.Proposed(**named), by=running.office.people[by].pk)


def test_a_deduction_cites_an_entry_and_is_refused_without_one(running):
    for index in (None, 10**9):
        with pytest.raises(Problem, match="cites the entry"):
            propose(running, journal_seq=index)
    with pytest.raises(Problem, match="somebody else"):
        propose(running, journal_seq=an_entry_of(running.people["Y0403"]))

    mark = propose(running, journal_seq=an_entry_of(running.people["Y0402"]))

    assert (mark.state, totals.total(running.sheet).deduction) == ("proposed", Decimal(0))


def test_the_database_keeps_no_deduction_without_its_entry(running):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(
            sheet=running.sheet, of="veto", veto="leak", why="空口", proposed_by=running.people["Y0401"],
            proposed_on=IN_MARCH,
        )  # fmt: skip


def test_nothing_of_petitions_may_be_cited(running):
    """信访工作条例 Art. 46: whoever receives petitions does not lose points for them."""
    for kind in ("petition", "petition_slip", "reception", "report", "appeal"):
        index = an_entry_of(running.people["Y0402"], f"{kind}/2026-1")
        with pytest.raises(Problem, match="may not be cited"):
            propose(running, journal_seq=index)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("account:7", "organization.signin.done"),
        ("relation:7", "organization.relation.declared"),
        ("interference:7", "interference.registered"),
        ("points:2028-1", "points.mark_answered"),
        ("directive/2026-1", "matter.read"),
        ("directive/2026-1", "person.sought"),
        ("assessment/2026-1", "matter.self_assess"),
        ("recommendation/2026-1", "matter.object"),
    ],
)
def test_no_sign_in_no_reading_and_no_use_of_a_right_may_be_cited(running, subject, kind):
    with pytest.raises(Problem, match="may not be cited"):
        propose(running, journal_seq=an_entry_of(running.people["Y0402"], subject, kind))


def test_a_veto_has_no_points_and_a_deduction_no_veto(running):
    index = an_entry_of(running.people["Y0402"])
    said = {"veto": "leak", "journal_seq": index}

    veto = propose(running, of="veto", points=Decimal(10**6), **said)
    deduction = propose(running, **said)

    assert (veto.points, veto.veto) == (0, "leak")
    assert (deduction.points, deduction.veto) == (1, "")


def test_what_is_not_decided_yet_may_not_be_cited(running):
    made = Matter.objects.create(
        mechanism="complaint", number="云纪干〔2028〕1号", slug="2028-1", title="反映", stage="accepted",
        owner=running.office.units["干部监督室"], opened_on=IN_MARCH, opened_at=timezone.now(),
    )  # fmt: skip
    index = an_entry_of(running.people["Y0402"], "complaint/2028-1")
    with pytest.raises(Problem, match="may not be cited"):
        propose(running, journal_seq=index)

    Matter.objects.filter(pk=made.pk).update(is_open=False, closed_on=IN_MARCH)

    assert propose(running, journal_seq=index).journal_seq == index


def test_another_decides_about_a_deduction_and_the_person_answers(running):
    mark = propose(running, journal_seq=an_entry_of(running.people["Y0402"]))
    marks.answer(mark, "当日系统停用。", by=running.people["Y0402"].pk)
    with pytest.raises(Problem, match="Somebody else"):
        marks.decide(mark, stands=True, by=running.people["Y0401"].pk)

    marks.decide(mark, stands=True, by=running.office.people["Y0002"].pk)

    mark.refresh_from_db()
    assert (mark.state, mark.answer) == ("standing", "当日系统停用。")
    assert totals.total(running.sheet).deduction == Decimal("1.00")
    assert Notice.objects.filter(person=running.people["Y0402"], kind="points_mark").count() == 2


def test_a_veto_changes_no_points_and_is_told_for_the_grade(running):
    mark = propose(
        running, of="veto", veto="leak", points=Decimal(0), journal_seq=an_entry_of(running.people["Y0402"])
    )
    marks.decide(mark, stands=True, by=running.office.people["Y0002"].pk)

    found = totals.total(running.sheet)

    assert (found.vetoes, found.value) == (("leak",), Decimal("0.00"))


def test_bonuses_have_their_ceiling(running):
    for _no in range(3):
        mark = propose(running, of="bonus", points=Decimal(4), evidence="通报表扬")
        marks.decide(mark, stands=True, by=running.office.people["Y0002"].pk)

    assert totals.total(running.sheet).bonus == Decimal("5.00")


def test_an_entry_is_checked_by_the_head_and_what_waits_seven_days_goes_up_the_line(year):
    entry = a_record(year.people["Y0402"], date(2026, 6, 1))
    waiting = Daily.objects.filter(state="waiting")

    def seen(name, day):
        with on(day):
            return entry in doors.to_check(viewer_for(year.office.people[name]), waiting)

    in_time, late = entry.check_until, entry.check_until + timedelta(days=1)
    assert entry.check_until == date(2026, 6, 8)
    assert [seen(name, in_time) for name in ("Y0401", "Y0002", "Y0001", "Y0501")] == [
        True,
        False,
        False,
        False,
    ]
    assert [seen(name, late) for name in ("Y0401", "Y0002", "Y0001", "Y0501")] == [True, True, True, False]


def test_a_supervisor_is_reminded_once_two_days_before(year):
    entry = a_record(year.people["Y0403"], date(2026, 6, 1))
    told = Notice.objects.filter(person=year.people["Y0401"], kind="points_check_due")
    before = told.count()
    for day in (
        entry.check_until - timedelta(days=3),
        entry.check_until - timedelta(days=2),
        entry.check_until,
    ):
        with on(day):
            dailies.tick()

    assert told.count() == before + 1


def test_a_confirmed_entry_is_not_changed_and_one_sent_back_may_be(year):
    with on(IN_MARCH), pytest.raises(Problem, match="confirmed"):
        dailies.write(viewer_for(year.people["Y0402"]), dailies.Written(IN_MARCH, "改"), entry=year.entry)
    entry = a_record(year.people["Y0403"], date(2026, 6, 1))
    with on(date(2026, 6, 2)):
        dailies.send_back(entry, "写明结果", by=year.people["Y0401"].pk)
        again = dailies.write(
            viewer_for(year.people["Y0403"]),
            dailies.Written(date(2026, 6, 1), "已补", result="形成清单"),
            entry=entry,
        )

    assert (again.state, again.remark) == ("waiting", "")


def test_nobody_checks_the_own_entries_nor_enters_days_long_past(year):
    entry = a_record(year.people["Y0401"], date(2026, 6, 1))
    with on(date(2026, 6, 2)):
        assert dailies.confirm([entry], by=year.people["Y0401"].pk) == 0
        with pytest.raises(Problem, match="last month"):
            dailies.write(viewer_for(year.people["Y0402"]), dailies.Written(IN_MARCH, "补记"))
        with pytest.raises(Problem, match="no matter"):
            dailies.write(
                viewer_for(year.people["Y0402"]), dailies.Written(date(2026, 6, 2), "记", matter="不存在")
            )


def test_a_sheet_is_read_by_its_person_the_line_above_and_the_evaluator_only(year):
    sheet = handlers(year)

    reads = {name for name in year.office.people if doors.reads(viewer_for(year.office.people[name]), sheet)}

    assert reads == {"Y0402", "Y0401", "Y0002", "Y0001", "Y0202"}


def test_the_sheet_of_a_head_is_read_by_the_leader_in_charge_and_not_by_the_room(year):
    sheet = sheet_of(year.scheme, year.people["Y0401"])

    reads = {name for name in year.office.people if doors.reads(viewer_for(year.office.people[name]), sheet)}

    assert reads == {"Y0401", "Y0002", "Y0001", "Y0202"}


def test_a_near_relative_neither_reads_nor_judges(year):
    Relation.objects.create(person=year.people["Y0401"], other=year.people["Y0402"], kind="sibling")
    viewer = who(year, "dept_head")

    assert not doors.reads(viewer, handlers(year))
    assert not doors.judges(viewer, handlers(year))


def test_people_who_met_in_a_complaint_neither_read_nor_judge_each_other(year):
    """监察法 Art. 67: whoever handles a complaint about somebody does not give them points."""
    now, people = timezone.now(), year.office.people
    made = Matter.objects.create(
        mechanism="complaint", number="云纪干〔2026〕2号", slug="2026-2", title="反映", stage="accepted",
        owner=year.office.units["干部监督室"], opened_on=IN_MARCH, opened_at=now,
    )  # fmt: skip
    Party.objects.create(matter=made, role="subject", is_subject=True, person=people["Y0402"], since_at=now)
    Party.objects.create(matter=made, role="handler", person=people["Y0401"], since_at=now)
    sheet, own = handlers(year), sheet_of(year.scheme, people["Y0401"])
    entry = a_record(people["Y0402"], date(2026, 6, 1))

    with on(AFTER):
        head, deputy, handler = (viewer_for(people[key]) for key in ("Y0401", "Y0002", "Y0402"))
        assert not doors.reads(head, sheet)
        assert sheet not in doors.readable(head, ScoreSheet.objects.all())
        assert not doors.reads(handler, own)
        assert not doors.to_check(head, Daily.objects.filter(pk=entry.pk))
        assert doors.reads(deputy, sheet)
        assert doors.to_check(deputy, Daily.objects.filter(pk=entry.pk))


@pytest.fixture
def moved(year):
    """The handler has served in the petition office since June."""
    person, unit = year.people["Y0402"], year.office.units["信访室"]
    old = person.posts.get(is_main=True)
    Post.objects.filter(pk=old.pk).update(until_on=date(2026, 5, 31))
    new = Post.objects.create(person=person, unit=unit, title="科员", from_on=date(2026, 6, 1))
    PostRole.objects.create(post=new, role="handler", from_on=new.from_on)
    return handlers(year)


def test_after_a_move_each_head_judges_the_time_they_led(year, moved):
    """公务员考核规定 [verify]: whoever is moved is assessed where they are; the old unit gives its part."""
    with on(AFTER):
        judged = {
            number: doors.periods_judged(viewer_for(year.office.people[number]), moved)
            for number in ("Y0401", "Y0002", "Y0501", "Y0001", "Y0403", "Y0601")
        }

    before, since = {"daily", "q1", "q2", "half"}, {"daily", "q2", "q3", "q4", "half", "year"}
    assert judged == {"Y0401": before, "Y0002": before, "Y0501": since, "Y0001": doors.EVERY, "Y0403": set(),
                      "Y0601": set()}  # fmt: skip


def test_whoever_led_before_a_move_reads_those_periods_and_no_result(year, moved):
    pages = {}
    with on(AFTER):
        for number in ("Y0401", "Y0501"):
            client = a_year.browser(year.office.people[number])
            page = client.get(f"/points/sheets/{moved.pk}/")
            again = client.get(f"/points/sheets/{moved.pk}/again/").status_code
            keys = [one.key for one in page.context["periods"]]
            pages[number] = (keys, "so_far" in page.context, again)

    assert pages == {
        "Y0401": (["daily", "q1", "q2", "half"], False, 404),
        "Y0501": (["daily", "q1", "q2", "q3", "q4", "half", "year"], True, 200),
    }


def test_whoever_led_before_a_move_decides_about_no_mark(year, moved):
    proposed_by = year.office.people["Y0501"].pk
    with on(AFTER):
        before, principal = (viewer_for(year.office.people[number]) for number in ("Y0002", "Y0001"))

        assert doors.reads(before, moved)
        assert not doors.decides(before, proposed_by, moved)
        assert doors.decides(principal, proposed_by, moved)


def test_the_new_head_does_not_judge_what_was_served_elsewhere(year, moved):
    moved.parts.update(closed_on=None)
    ScoreSheet.objects.filter(pk=moved.pk).update(final_on=None)
    with on(AFTER):
        answers = {
            (number, period): a_year.browser(year.office.people[number])
            .get(f"/points/sheets/{moved.pk}/{period}/judge/")
            .status_code
            for number in ("Y0401", "Y0501")
            for period in ("q1", "q2", "q3", "year")
        }

    assert {place for place, status in answers.items() if status == 200} == {
        ("Y0401", "q1"), ("Y0401", "q2"), ("Y0501", "q2"), ("Y0501", "q3"), ("Y0501", "year"),
    }  # fmt: skip


def test_entries_of_others_stand_on_a_sheet_without_their_words(year):
    checker, words = year.people["Y0401"], "核对加油明细并形成比对表"
    refs = [f"daily:{year.entry.pk}"]

    own = names.evidence_of(viewer_for(year.people["Y0402"]), refs, year.people["Y0402"].pk)
    checked = names.evidence_of(viewer_for(checker), refs, checker.pk)

    assert [words in one.words for one in own.shown] == [True]
    assert [(words in one.words, "2026-03-06" in one.words) for one in checked.shown] == [(False, True)]


def test_a_year_is_worked_out_again_as_a_whole_and_a_row_that_was_changed_is_found(year):
    appeals.recalculate(handlers(year), because="核对", by=year.office.people["Y0003"].pk)
    before = totals.replay_year(year.scheme)
    Score.objects.filter(sheet=handlers(year), indicator__key="quarter_work", period="q1").update(value=1)

    after = totals.replay_year(year.scheme)

    assert (before.sheets, before.versions, before.differ) == (len(KEPT) + 1, len(KEPT) + 2, ())
    assert [(one.sheet, one.version) for one in after.differ] == [(handlers(year), no) for no in (1, 2)]


def test_nobody_is_ordered_by_points_in_a_list_or_on_a_board(year):
    order = [one.pk for one in year.scheme.sheets.all()]
    ours = ScoreSheet.objects.filter(scheme=year.scheme)
    values = {f"{totals.total(one).value}" for one in ours if one.person_id}
    with on(AFTER):
        client = a_year.browser(year.office.person("principal"))
        listed = client.get("/points/sheets/?sort=-value")
        board = a_year.said(client.get(f"/points/boards/{year.scheme.pk}/"))

    table = listed.context["table"]
    assert [one.pk for one in table.rows] == order
    assert not any(column.sort for column in table.columns)
    assert not [one for one in values if one in a_year.said(listed)]
    assert not [one.name for one in year.people.values() if one.name in board]


def test_halves_of_a_class_are_told_where_each_half_has_five():
    few, many = boards.halves([1, 2, 3, 4, 5, 6, 7, 8, 9]), boards.halves([*range(1, 11)])

    assert (few["low"], few["high"], many["low"], many["high"]) == (None, None, 3, 8)


def test_nobody_decides_an_appeal_about_the_sheet_of_the_own_room(year):
    room = ScoreSheet.objects.get(scheme=year.scheme, person=None)

    may = {number: appeals.may_decide(room, year.office.people[number].pk) for number in ("Y0402", "Y0503")}

    assert may == {"Y0402": False, "Y0503": True}


def test_nobody_judges_the_own_sheet_or_that_of_the_own_room(year):
    room = ScoreSheet.objects.get(scheme=year.scheme, person=None)

    assert doors.reads(who(year, "dept_head"), room)
    assert not doors.judges(who(year, "dept_head"), room)
    assert not doors.judges(who(year, "handler"), handlers(year))


def test_the_sheet_of_a_room_is_not_read_by_whoever_is_only_lent_to_it(year):
    room = ScoreSheet.objects.get(scheme=year.scheme, person=None)
    lent = year.people["Y0503"]
    days = {"from_on": IN_MARCH, "until_on": date(2028, 3, 4)}
    seconding.second(lent, room.unit, title="专班", **days)

    with on(AFTER):
        assert not doors.reads(viewer_for(lent), room)
        assert doors.reads(viewer_for(year.people["Y0402"]), room)


def test_a_scheme_is_tried_and_put_in_force_by_another(year):
    made, principal = a_new_draft(year), year.office.person("principal").pk
    with pytest.raises(Problem, match="not tried"):
        schemes.put_in_force(made, by=principal)
    trial.run(made, by=made.made_by_id)
    with pytest.raises(Problem, match="Somebody else"):
        schemes.put_in_force(made, by=made.made_by_id)

    schemes.put_in_force(made, by=principal)

    entry = JournalEntry.objects.filter(kind="points.in_force").latest("pk")
    assert (made.state, made.digest) == (Scheme.State.IN_FORCE, schemes.digest_of(made))
    assert entry.said["facts"] == {"digest": made.digest}


def test_nothing_is_judged_by_an_indicator_of_another_version_of_the_scheme(year):
    other = a_new_draft(year).indicators.get(key="quarter_work")
    given = Given(Decimal(5), ("季度任务完成表",))

    with pytest.raises(Problem, match="not judged on this sheet"):
        sheets.judge(handlers(year), other, "q1", given=given, by=year.people["Y0401"].pk)


def test_a_change_asks_for_another_trial_and_a_scheme_in_force_is_frozen(year):
    made = a_new_draft(year)
    trial.run(made, by=made.made_by_id)
    schemes.keep_indicator(
        made,
        {"key": "year_results", "name_zh": "年度实绩", "of": "person", "period": "year", "most": Decimal(9)},
        by=made.made_by_id, pk=made.indicators.get(key="year_results").pk,
    )  # fmt: skip
    made.refresh_from_db()

    assert made.trial is None
    assert any("29" in one for one in schemes.wrong(made))
    with pytest.raises(Problem, match="no draft"):
        schemes.change(year.scheme, {"bonus_max": 9}, by=made.made_by_id)


def test_no_version_is_replaced_once_points_were_given(year):
    made = schemes.draft(2026, "中途修改", by=year.office.person("evaluator").pk)
    trial.run(made, by=made.made_by_id)
    with pytest.raises(Problem, match="Points were given"):
        schemes.put_in_force(made, by=year.office.person("principal").pk)


def test_a_formula_over_what_is_no_reading_is_refused_with_those_there_are(year):
    made = a_new_draft(year)
    said = {"key": "leads", "name_zh": "线索数量", "of": "person", "period": "year", "most": Decimal(5)}
    with pytest.raises(Problem, match="no reading"):
        schemes.keep_indicator(made, {**said, "formula": "leads / 10"}, by=made.made_by_id)

    kept = schemes.keep_indicator(made, {**said, "formula": "5×按期率"}, by=made.made_by_id)

    assert kept.formula == "5 * clocks_met"


def test_a_trial_run_says_how_points_would_be_spread_and_whose_they_are_nowhere(year):
    made = a_new_draft(year, 2027)
    told = trial.run(made, by=made.made_by_id)

    line = next(one for one in told["lines"] if (one["key"], one["kind"]) == ("daily_kept", "staff"))
    assert (told["year"], line["middle"], line["count"]) == (2026, 0, line["count"])
    assert all(
        set(one) <= {"key", "kind", "count", "nothing", "low", "middle", "high", "full"}
        for one in told["lines"]
    )


def test_a_board_is_worked_out_once_and_tells_nothing_of_few(year):
    board = {one.kind: one.told for one in year.scheme.boards.all()}
    before = dict(board["staff"])
    with on(AFTER):
        appeals.recalculate(
            handlers(year), because="申诉成立", by=year.office.people["Y0003"].pk,
            change=appeals.Change({("year_results", "year"): Given(Decimal(10), ("鉴定书",))}),
        )  # fmt: skip

    assert board["middle"] == {"count": 1}
    assert board["room"] == {"count": 1}
    assert year.scheme.boards.get(kind="staff").told == before
    assert before["count"] == 6


def test_a_board_says_how_far_raters_lie_apart(year):
    raters = {one["key"]: one for one in year.scheme.boards.get(kind="staff").told["raters"]}

    assert set(raters) == {"quarter_work"}
    assert (raters["quarter_work"]["count"], raters["quarter_work"]["apart"]) == (6, 1.2)


def test_every_reading_of_anothers_sheet_is_in_the_journal_and_no_word_of_the_daily_record(year):
    kinds = set(JournalEntry.objects.filter(kind__startswith="points.").values_list("kind", flat=True))
    bodies = b"".join(bytes(one.body) for one in JournalEntry.objects.filter(kind__startswith="points.daily"))

    assert {"points.judged", "points.closed", "points.settled", "points.in_force"} <= kinds
    assert "核对加油明细".encode() not in bodies
