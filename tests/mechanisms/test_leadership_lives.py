"""Leading teams, talks and integrity files through the door: who is told, who reads, what the house does."""

from datetime import date, timedelta

import a_story
import pytest
import time_machine

from qingfeng.desk.seen import seen_of
from qingfeng.matters import access, statistics
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.ticking import tick
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.leadership.declaration import LEADERSHIP
from qingfeng.mechanisms.leadership.joining import overdue_letters
from qingfeng.organization.declarations import declare_relation
from qingfeng.organization.people import add_person, appoint, end_post
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
BASE = a_story.NEW_YEAR_2025


def viewer(office, key, day=None):
    """Somebody as they look now, or so many days after the opening."""
    person = a_story.scene(office).person(key)
    return viewer_for(person) if day is None else viewer_for(person, BASE + timedelta(days=day))


def on(day):
    """Today, so many days after the opening, in the morning."""
    return time_machine.travel(a_story.scene(None).at(day), tick=False)


def talks_of(year):
    found = Matter.objects.filter(links_in__source=year, links_in__kind="plans").order_by("pk")
    return list(found)


def named(matter, role):
    return [one.person.number for one in matter.parties.filter(role=role, until_at=None)]


def view(matter, who):
    return access.view_of(who, matter)


def listed(matter, who):
    return access.visible(who).filter(pk=matter.pk).exists()


def test_approval_opens_every_talk_and_each_level_talks_with_the_heads_below(office):
    year = a_story.played(office, "leadership", "evaluated", steps=2)

    talks = talks_of(year)
    assert [(named(one, "talker"), named(one, "subject_planned")) for one in talks] == [
        (["Y0001"], ["W0101"]),
        (["Y1401"], ["W0102"]),
    ]
    assert [one.facts["post_kind"] for one in talks] == ["head", "member"]
    assert {one.clocks.get(key="head_talk").due_on for one in talks} == {date(2025, 12, 31)}
    assert {one.confidentiality for one in talks} == {"restricted"}


def test_nobody_is_proposed_as_talker_who_must_be_recused(office):
    principal, head = office.people["Y0001"], office.people["W0101"]
    with on(0):
        declare_relation(principal, "in_law", other=head, by=None)

    year = a_story.played(office, "leadership", "evaluated", steps=1)

    line = year.lines.get(ledger="plan", no=1)
    assert line.facts["about_person"] == head.pk
    assert line.facts["talker_person"] == office.people["Y0002"].pk


def test_an_approval_is_refused_where_a_talk_cannot_be_opened(office):
    year = a_story.played(office, "leadership", "evaluated", steps=1)
    with on(5):
        declare_relation(office.people["Y0001"], "in_law", other=office.people["W0101"], by=None)
    with on(8):
        answer = perform("approve", year, by=viewer(office, "deputy", 8), facts={"report_by": "2025-12-01"})

    year.refresh_from_db()
    assert isinstance(answer, Refusal)
    assert (answer.why, year.stage, talks_of(year)) == ("recusal", "drafted", [])


def test_the_house_calls_for_a_talk_with_a_new_head_once(office):
    year = a_story.played(office, "leadership", "began")
    with on(19):
        fresh = add_person("W0399", "简行舟", by=None)
        appoint(
            fresh, office.units["区农业农村局"], title="副局长", roles=["team_member"],
            from_on=BASE + timedelta(days=18), by=None,
        )  # fmt: skip
    with on(20):
        tick()
        tick()

    line = year.lines.get(ledger="triggers")
    talk = talks_of(year)[-1]
    assert (line.facts["trigger_kind"], line.facts["about_person"]) == ("appointment", fresh.pk)
    assert talk.facts["talk_kind"] == "appointment"
    assert talk.clocks.get(key="new_head").due_on == date(2025, 2, 24)  # a month after 24 January
    assert year.story.filter(act="look_out").count() == 1


def test_two_years_of_a_unit_that_overlap_call_for_a_talk_once(office):
    before = a_story.played(office, "leadership", "began")
    before.facts |= {"plan_year": 2024}
    before.save(update_fields=["facts"])
    year = a_story.played(office, "leadership", "began")
    with on(19):
        fresh = add_person("W0399", "简行舟", by=None)
        appoint(
            fresh, office.units["区农业农村局"], title="副局长", roles=["team_member"],
            from_on=BASE + timedelta(days=18), by=None,
        )  # fmt: skip
    with on(20):
        tick()

    assert year.lines.filter(ledger="triggers").count() + before.lines.filter(ledger="triggers").count() == 1


def test_whoever_follows_on_the_same_post_is_called_for_however_long_its_title(office):
    year = a_story.played(office, "leadership", "began")
    title = "副局长（分管农业产业发展、农村改革、高标准农田建设和农产品质量安全监管工作）"
    for number, name, day in (("W0398", "闻一舟", 18), ("W0399", "简行舟", 25)):
        with on(day + 1):
            one = appoint(
                add_person(number, name, by=None), office.units["区农业农村局"], title=title,
                roles=["team_member"], from_on=BASE + timedelta(days=day), by=None,
            )  # fmt: skip
            tick()
        with on(day + 3):
            end_post(one, until_on=BASE + timedelta(days=day + 2), by=None)

    assert year.lines.filter(ledger="triggers").count() == 2


def test_the_house_calls_for_a_talk_once_for_an_overdue_letter_and_for_sums_without_decision(office):
    steps = [one["act"] for one in sampling.cases("recommendation")["closed"]["steps"]]
    letter = a_story.played(office, "recommendation", "closed", steps=steps.index("deliver") + 1)
    unit = letter.parties.get(role="unit", until_at=None).unit
    late = letter.clocks.get(key="plan").due_on + timedelta(days=1)
    with time_machine.travel(late, tick=False):
        assert overdue_letters(unit, late) == [letter.number]
        assert overdue_letters(unit, late - timedelta(days=1)) == []

    year = a_story.played(office, "leadership", "evaluated", steps=2)
    year.facts |= {"collective": "none_recorded", "stocked_on": "2025-04-01"}
    year.save(update_fields=["facts"])
    with time_machine.travel(late, tick=False):
        tick()
        tick()

    assert unit == year.parties.get(role="unit").unit
    lines = {
        one.facts["trigger_kind"]: one.facts["trigger_ref"] for one in year.lines.filter(ledger="triggers")
    }
    assert lines == {"overdue_letter": letter.number, "collective": "2025-04-01"}
    assert [one.facts["talk_kind"] for one in talks_of(year)] == [
        "supervision", "supervision", "reminder", "reminder",
    ]  # fmt: skip


def test_what_gave_rise_to_a_talk_stands_nowhere_on_it(office):
    """rights.md 6: the count of reports is known to the supervisors only."""
    year = a_story.played(office, "leadership", "evaluated", steps=5)
    head = viewer(office, "education_head")

    talk = talks_of(year)[-1]
    assert talk.facts["talk_kind"] == "reminder"
    assert "reports" not in f"{talk.title} {talk.facts} {[one.entered for one in talk.story.all()]}"
    assert (view(year, head), listed(year, head)) == ("", False)
    assert year.lines.get(ledger="triggers").facts["reports_count"] == 3


def test_the_unit_reads_of_its_year_what_it_recorded_itself(office):
    year = a_story.played(office, "leadership", "evaluated", steps=5)
    secretary, other = viewer(office, "education_secretary"), viewer(office, "housing_contact")

    seen = seen_of(secretary, year)
    assert (seen.view, listed(year, other)) == ("part", False)
    assert {one.ledger for one in seen.lines} == {"decisions"}
    assert [one.field.key for one in seen.facts] == []


def test_a_year_is_counted_among_units_without_a_recorded_decision(office):
    year = a_story.played(office, "leadership", "closed", steps=2)
    with on(90):
        answer = perform(
            "take_stock", year, by=viewer(office, "tracker_three", 90),
            facts={"stocked_on": "2025-04-06", "collective": "none_recorded", "irregular": "yes",
                   "stock_says": "支出台账有三笔大额支出，会议记录待核。"},
        )  # fmt: skip

    year.refresh_from_db()
    assert isinstance(answer, Done), answer
    assert (year.facts["above_count"], year.facts["threshold_yuan"]) == (0, "200000.00")
    figure = next(one for one in LEADERSHIP.figures if one.key == "without_decision")
    period = statistics.Period(BASE, BASE.replace(year=2026), BASE)
    rows = statistics.count(figure, LEADERSHIP, Matter.objects.all(), period)
    assert [(row.split, row.value) for row in rows] == [(("organ",), 1)]


def test_a_head_knows_of_a_talk_from_the_notice_on_and_then_reads_all_of_it(office):
    head = viewer(office, "education_head")

    planned = a_story.played(office, "talk", "closed", steps=1)
    assert (view(planned, head), listed(planned, head)) == ("", False)

    told = sampling.go_on(planned, sampling.cases("talk")["closed"]["steps"][1:2], a_story.scene(office))
    assert (view(told, head), listed(told, head)) == ("whole", True)
    assert named(told, "subject_planned") == []
    assert told.slips.get().key == "notice"


def test_whoever_is_close_to_a_head_knows_neither_of_the_talk_nor_of_the_file(office):
    talk = a_story.played(office, "talk", "closed", steps=2)
    file = a_story.played(office, "integrity_file", "kept", steps=1)
    keeper = office.people["Y0401"]
    before = viewer_for(keeper)
    assert (view(talk, before), view(file, before)) == ("whole", "card")

    declare_relation(keeper, "sibling", other=office.people["W0101"], by=None)

    near = viewer_for(keeper)
    assert [view(one, near) for one in (talk, file)] == ["", ""]
    assert [listed(one, near) for one in (talk, file)] == [False, False]


def test_a_talk_counts_only_its_reader_s_own_and_others_see_nothing(office):
    talk = a_story.played(office, "talk", "closed", steps=2)

    seen = {
        key: view(talk, viewer(office, key))
        for key in ("principal", "deputy", "style_head", "style_one", "office_head", "education_contact",
                    "person_concerned", "tracker")
    }  # fmt: skip

    assert seen == {
        "principal": "whole", "deputy": "whole", "style_head": "whole", "style_one": "whole",
        "office_head": "", "education_contact": "", "person_concerned": "", "tracker": "",
    }  # fmt: skip


def test_the_offices_know_a_file_by_its_card_and_read_it_for_some_days_after_saying_why(office):
    """rights.md 22: purpose and reason are asked on opening."""
    steps = [one["act"] for one in sampling.cases("integrity_file")["kept"]["steps"]]
    at = steps.index("consult")
    file = a_story.played(office, "integrity_file", "kept", steps=at)
    who = {key: viewer(office, key) for key in ("style_head", "principal", "deputy", "education_head")}
    cards = {key: view(file, one) for key, one in who.items()}

    asked = sampling.go_on(
        file, sampling.cases("integrity_file")["kept"]["steps"][at : at + 1], a_story.scene(office)
    )
    read = view(asked, who["style_head"])
    with on(83):
        tick()
        still = view(asked, viewer(office, "style_head", 83))
    with on(84):
        tick()
        after = view(asked, viewer(office, "style_head", 84))

    assert cards == {"style_head": "card", "principal": "card", "deputy": "card", "education_head": "whole"}
    assert (read, still, after) == ("whole", "whole", "card")
    assert asked.story.get(act="consult").entered["lines"][0][3]["read_for"] == "talk"
    assert asked.story.filter(act="end_reading").count() == 1


def test_a_penalty_is_shown_as_ended_and_some_months_later_is_there_for_nobody(office):
    """政务处分法 Art. 8."""
    steps = sampling.cases("integrity_file")["effects_ended"]["steps"]
    file = a_story.played(office, "integrity_file", "effects_ended", steps=2)

    def state(day):
        with on(day):
            tick()
        file.refresh_from_db()
        seen = seen_of(viewer(office, "farming_head", day), file)
        return [one.state for one in seen.lines if one.ledger == "penalties"]

    assert len(steps) == 4
    assert [state(day) for day in (60, 61, 240, 250)] == [["in_force"], ["ended"], ["ended"], []]


def test_the_house_takes_in_closed_talks_and_notices_that_a_post_was_left(office):
    file = a_story.played(office, "integrity_file", "kept", steps=1)
    talk = a_story.played(office, "talk", "closed")
    with on(93):
        tick()
        tick()

    line = file.lines.get(ledger="talks")
    assert (line.facts["talk_no"], line.facts["issues_kept"]) == (talk.number, 2)
    assert file.story.filter(act="take_in").count() == 1

    with on(120):
        end_post(office.people["W0101"].posts.get(), BASE + timedelta(days=119), by=None)
        tick()
    with on(121):
        tick()
    file.refresh_from_db()
    assert (file.stage, file.facts["left_on"]) == ("retained", "2025-05-05")


def test_a_closed_file_shows_nothing_to_anybody(office):
    file = a_story.played(office, "integrity_file", "closed")

    seen = seen_of(viewer(office, "style_two"), file)
    assert (file.stage, seen.lines, seen.ledgers) == ("closed", [], [])
    assert set(file.lines.values_list("state", flat=True)) == {"removed"}
