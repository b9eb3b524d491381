"""A year through its five gates: who reads what, what is told, how an appeal ends, what pages show (M32)."""

from datetime import date, timedelta
from types import SimpleNamespace

import a_story
import pytest
import time_machine
from django.db import transaction

from qingfeng.desk.assessment.changes import grade_changes
from qingfeng.desk.assessment.gates import gates_of
from qingfeng.desk.assessment.panel import paper_of, points_of
from qingfeng.desk.assessment.posting import postings
from qingfeng.desk.assessment.years import years_of
from qingfeng.desk.growth.known import known_of
from qingfeng.desk.seen import seen_of
from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter, Notice
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.assessment import sheets
from qingfeng.mechanisms.assessment.declaration import ASSESSMENT
from qingfeng.mechanisms.assessment.joining import recalculated
from qingfeng.organization.models import Relation
from qingfeng.organization.viewer import viewer_for

BASE = a_story.NEW_YEAR_2025
STEPS = sampling.cases("assessment")["begun"]["steps"]
ORDERED = sampling.cases("assessment")["changed"]["steps"][len(STEPS) :]
TOLD_ON = BASE + timedelta(days=24)


def until(act):
    """How many steps of the story come before the first time an act is done."""
    return next(no for no, step in enumerate(STEPS) if step["act"] == act)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The sample office with one year before its points, one before it is told, one whose posting is over."""
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            office = sample_office()
            stops = {"counted": "enter_points", "untold": "notify", "posted": "end_posting"}
            yield SimpleNamespace(
                office=office,
                **{
                    name: a_story.played(office, "assessment", "begun", steps=until(act))
                    for name, act in stops.items()
                },
            )
            transaction.set_rollback(True)


@pytest.fixture
def year(house, db):
    """The three years; each test undoes what it wrote."""
    return house


def opening(year, facts):
    """What the door says to another assessment."""
    org, owner = viewer(year, "org_head", BASE), year.counted.owner
    return open_matter("assessment", by=org, title="再考一次", owner=owner, facts=facts)


def told(year):
    """The one that was not told yet, after everybody was."""
    step = STEPS[until("notify") : until("notify") + 1]
    year.untold.refresh_from_db()
    return sampling.go_on(year.untold, step, a_story.scene(year.office))


def viewer(year, key, on):
    return viewer_for(a_story.scene(year.office).person(key), on)


def own_part(year, key, matter, on):
    """What somebody sees of the ledgers, by key, as facts of the lines."""
    with time_machine.travel(on, tick=False):
        seen = seen_of(viewer(year, key, on), matter)
        return {shown.ledger.key: [line.facts for line, *_rest in shown.lines] for shown in seen.ledgers}


def shown(year, key, matter, on):
    """The matter as the page of years shows it to somebody, None where it is not there."""
    with time_machine.travel(on, tick=False):
        return next((one for one in years_of(viewer(year, key, on)) if one.matter == matter), None)


def test_everybody_is_told_the_own_result_and_nobody_elses(year):
    matter, on = told(year), TOLD_ON

    views = {
        key: access.view_of(viewer(year, key, on), matter)
        for key in ("style_two", "org_head", "visitor_one", "member_two", "style_head", "second_head")
    }
    seen = own_part(year, "style_two", matter, on)

    assert views == {"style_two": "part", "org_head": "whole", "visitor_one": "whole", "member_two": "whole",
                     "style_head": "", "second_head": ""}  # fmt: skip
    assert seen.keys() == {"objects", "selves", "results"}
    assert [line["told_grade"] for line in seen["results"]] == ["competent"]
    names = Notice.objects.filter(matter=matter, facts__act="notify").values_list("person__number", flat=True)
    assert sorted(names) == ["Y0402", "Y0403", "Y0404", "Y0502", "Y0503", "Y0504", "Y0702", "Y0703"]


def test_nobody_reads_points_or_grades_of_the_own_before_they_are_told(year):
    seen = own_part(year, "style_one", year.untold, TOLD_ON)

    assert seen.keys() == {"objects", "selves", "suggestions"}


def test_the_posting_names_only_who_is_to_be_excellent(year):
    slip = str(year.posted.slips.get(key="posting").slip.official)

    assert "罗一诺" in slip
    assert not [name for name in ("程思源", "齐越", "94.50", "称职") if name in slip]


def test_an_appeal_that_is_upheld_is_told_with_both_totals(year):
    appeal = year.posted.lines.get(ledger="appeals")
    results = list(year.posted.lines.filter(ledger="results", facts__told_no=8).order_by("no"))

    assert (appeal.facts["appeal_before"], appeal.facts["appeal_after"]) == ("72.60", "77.60")
    assert [(one.state, one.facts["told_total"], one.facts.get("total_before")) for one in results] == [
        ("replaced", "72.60", None),
        ("told", "77.60", "72.60"),
    ]
    assert [one.facts["told_grade"] for one in results] == ["basic", "competent"]


def test_an_appeal_of_whoever_was_struck_from_the_list_is_settled_without_points(year):
    appeal = year.posted.lines.get(ledger="appeals")
    whose = year.posted.lines.filter(ledger="objects", facts__object=appeal.facts["appellant"])
    year.posted.lines.filter(pk=appeal.pk).update(state="answered")
    whose.update(state="struck")

    found = recalculated(year.posted, Sheet())

    assert found.changes == {"appeals": {appeal.no: {}}, "grades": {}}


def test_an_appeal_is_recalculated_by_the_two_who_answered_it_and_not_by_who_answered_another(year):
    first = year.posted.story.get(act="answer_appeal")
    other, no = viewer(year, "member_two", TOLD_ON).person_id, year.posted.story.count() + 99
    year.posted.story.create(
        act="answer_appeal", no=no, by_id=other, at=first.at, to_stage=first.to_stage,
        entered={"lines": [["appeals", 2, "answered", {}]]},
    )  # fmt: skip

    answered = [sheets.who_answered(year.posted, one) for one in (1, 2)]

    by, second = (viewer(year, key, TOLD_ON).person_id for key in ("trial_reviewer", "visitor_two"))
    assert answered == [(by, second), (other, None)]


def test_whoever_is_parted_from_the_appellant_is_not_named_to_examine_the_appeal(year):
    """监察法 Art. 67: a near relative judges nobody."""
    on = TOLD_ON + timedelta(days=3)
    whose, sibling, free = (viewer(year, key, on) for key in ("style_two", "trial_reviewer", "visitor_two"))
    line = {"appeals": [{"appeal_why": "少计一项。"}]}
    named = {"examiner": [sibling.person_id, free.person_id]}

    with time_machine.travel(on, tick=False):
        matter = perform("appeal", told(year), by=whose, lines=line).matter
        Relation.objects.create(person_id=whose.person_id, other_id=sibling.person_id, kind="sibling")
        answer = perform(
            "name_examiners", matter, by=viewer(year, "member_two", on), parties=named,
            facts={"recusal_checked": True},
        )  # fmt: skip

    assert answer.gates == ("examiners_apart",)


def test_an_examiner_parted_from_whoever_appeals_later_leaves_that_part(year):
    """监察法 Art. 67: neither as the first nor as the second does a relative sign the answer."""
    on = TOLD_ON + timedelta(days=3)
    people = ("style_two", "case_two", "member_two", "trial_reviewer", "visitor_two")
    first, later, leader, sibling, free = (viewer(year, key, on) for key in people)
    line = {"appeals": [{"appeal_why": "少计一项。"}]}
    named = {"examiner": [sibling.person_id, free.person_id]}

    with time_machine.travel(on, tick=False):
        matter = perform("appeal", told(year), by=first, lines=line).matter
        matter = perform(
            "name_examiners", matter, by=leader, parties=named, facts={"recusal_checked": True}
        ).matter
        before = snapshot_of(matter, today=on).persons("examiner")
        Relation.objects.create(person_id=later.person_id, other_id=sibling.person_id, kind="sibling")
        perform("appeal", matter, by=later, lines=line)
        answer = {"appeals": {1: {"outcome": "rejected", "appeal_answer": "已复核。"}}}
        refused = perform("answer_appeal", matter, by=sibling, changes=answer)

    assert (set(before), refused.why) == ({sibling.person_id, free.person_id}, "absent")
    after = matter.parties.filter(role="examiner", until_at=None)
    assert list(after.values_list("person", flat=True)) == [free.person_id]


def test_nobody_signs_for_or_appeals_for_somebody_else(year):
    matter, on = told(year), BASE + timedelta(days=25)

    with time_machine.travel(on, tick=False):
        read = perform("sign_for", matter, by=viewer(year, "style_two", on))
        other = perform("sign_for", matter, by=viewer(year, "style_head", on))
        done = perform(
            "appeal",
            read.matter,
            by=viewer(year, "style_two", on),
            lines={"appeals": [{"appeal_why": "少计一项。", "appellant": 1}]},
        )

    assert isinstance(other, Refusal)
    assert other.why == "absent"
    whose = done.matter.lines.get(ledger="appeals").facts["appellant"]
    assert whose == viewer(year, "style_two", on).person_id


def test_points_on_paper_are_for_lines_of_the_list_once_each(year):
    on = BASE + timedelta(days=12)
    line = {"graded": "某人", "total": "80"}

    with time_machine.travel(on, tick=False):
        answers = [
            perform(
                "enter_points",
                year.counted,
                by=viewer(year, "org_head", on),
                lines={"grades": [{**line, "graded_no": no} for no in numbers]},
            )
            for numbers in ((9,), (1, 1))
        ]

    assert [one.gates for one in answers] == [("on_list",), ("on_list",)]


def test_the_list_is_by_the_posts_of_the_year_and_rooms_are_listed_under_their_heads(year):
    matter = year.counted
    with time_machine.travel(BASE, tick=False):
        staff = [one.name for one in sheets.of_class(matter)]
        matter.facts = {**matter.facts, "objects_class": "room"}
        rooms = {one.name: one.person for one in sheets.of_class(matter)}
    matter.refresh_from_db()

    assert staff == ["罗一诺", "程思源", "叶知秋", "温如故", "季长风", "阮静姝", "霍青山", "齐越"]
    assert rooms["党风室"] == viewer(year, "style_head", BASE).person_id
    assert len(rooms) == 3


def test_what_a_round_gave_is_never_without_its_interval_and_count():
    said = sheets.value_of({"value": 83.4, "low": 80.1, "high": 86.2, "ballots": 31, "parts": []})

    assert [one in said for one in ("83.4", "80.1", "86.2", "31")] == [True] * 4
    assert sheets.value_of({"parts": []}) == ""


def test_the_gate_at_hand_says_what_is_in_the_way_and_the_next_ones_are_locked(year):
    gates = gates_of(year.counted, snapshot_of(year.counted, today=BASE + timedelta(days=12)))

    assert [one.state for one in gates] == ["signed", "signed", "now", "locked", "locked"]
    assert (gates[0].on, gates[0].papers) == ("2025年1月8日", 1)
    assert "名单核对无误" in gates[0].minutes
    assert [len(one.missing) for one in gates] == [0, 0, 2, 0, 0]


def test_who_organises_sees_all_of_it_and_who_is_assessed_how_far_it_is(year):
    organised, own = (shown(year, key, year.untold, TOLD_ON) for key in ("org_head", "style_one"))

    assert (organised.is_whole, organised.own) == (True, None)
    assert sum(count for _words, count in organised.counts) == 8
    assert (own.is_whole, own.counts, own.own.has_self, own.own.grade) == (False, (), True, "")
    assert shown(year, "second_head", year.untold, TOLD_ON) is None


def test_the_own_result_says_what_one_may_do_and_after_an_appeal_both_totals(year):
    early = shown(year, "case_two", told(year), TOLD_ON).own
    newest = shown(year, "case_two", year.posted, BASE + timedelta(days=36)).own

    assert (early.points, early.before, early.is_read, bool(early.appeal_until)) == ("72.60", "", False, True)
    assert {one.act.key for one in early.can} == {"sign_for", "appeal"}
    assert (newest.points, newest.before, newest.is_read) == ("77.60", "72.60", True)
    assert [(one["before"], one["after"]) for one in newest.appeals] == [("72.60", "77.60")]


def test_names_are_posted_for_five_workdays_and_gone_after_them(year):
    last = year.posted.clocks.get(key="posting").due_on

    (posting,) = postings(last)

    assert ([name for name, _grade in posting.names], posting.until) == (["罗一诺"], last)
    assert postings(last + timedelta(days=1)) == []


def test_a_second_assessment_of_the_same_people_and_year_is_refused_at_its_opening(year):
    facts = year.counted.facts
    elsewhere = [a_story.scene(year.office).unit("second_room").pk]
    others = {"same": {}, "class": {"objects_class": "middle"}, "rooms": {"units": elsewhere}}
    opened = {name: opening(year, {**facts, **changed}) for name, changed in others.items()}
    Matter.objects.filter(pk=year.counted.pk).update(stage="dropped")
    anew = opening(year, facts)

    assert (opened["same"].why, opened["same"].gates) == ("gate", ("alone",))
    assert [opened[name].matter.facts["year"] for name in ("class", "rooms")] == [facts["year"]] * 2
    assert anew.matter.facts["year"] == facts["year"]


def test_a_grade_that_is_changed_after_the_posting_is_posted_as_a_change_with_both(year):
    matter = sampling.go_on(year.posted, ORDERED[:4], a_story.scene(year.office))
    last = matter.clocks.get(key="posting_change").due_on

    (shown_now,) = postings(last)
    told_again = grade_changes(viewer(year, "style_one", last).person_id, matter.facts["year"], "staff")
    own = shown(year, "style_one", matter, last).own

    (change,) = shown_now.changes
    assert (change.name, str(change.before), str(change.now)) == ("罗一诺", "优秀", "不列为优秀")
    assert (str(change.why), change.on, shown_now.names) == ("上级机关决定", BASE + timedelta(days=46), ())
    assert [(str(one.before), str(one.now), one.on.day) for one in told_again] == [("优秀", "称职", 20)]
    assert (str(own.grade_before), str(own.grade)) == ("优秀", "称职")
    assert postings(last + timedelta(days=1)) == []
    assert "不列为优秀" in str(matter.slips.get(key="posting_change").slip.official)


def test_a_window_that_is_over_is_ended_by_the_house_and_is_nobodys_delay(year):
    told(year)
    due = year.untold.clocks.get(key="appeal").due_on
    states = []
    for on in (due, due + timedelta(days=1)):
        with time_machine.travel(on, tick=False):
            perform("end_appeal_time", year.untold, by=None)
        states.append(year.untold.clocks.get(key="appeal").state)
    late = due + timedelta(days=1)
    with time_machine.travel(late, tick=False):
        refused = perform(
            "appeal",
            year.untold,
            by=viewer(year, "style_two", late),
            lines={"appeals": [{"appeal_why": "迟"}]},
        )

    assert states == ["running", "stopped"]
    assert "appeal_in_time" in refused.gates
    assert {"clock"} <= set(ASSESSMENT.act("end_posting").by) & set(ASSESSMENT.act("end_change").by)


def test_forms_begin_with_the_step_at_hand_and_with_whoever_is_not_on_the_table(year):
    org = viewer(year, "org_head", BASE + timedelta(days=12))

    assert paper_of(org, year.counted) == {"steps": [{"step": "grades"}]}
    assert [one["graded"] for one in points_of(org, year.counted)["grades"]][:2] == ["罗一诺", "程思源"]


def test_the_pages_are_for_own_staff_and_show_neither_points_nor_grades_of_others(year, client):
    with time_machine.travel(date(2025, 2, 6), tick=False):
        answers = {}
        for who in ("handler", "unit_contact", "evaluator", "seconded"):
            client.force_login(year.office.accounts[who])
            pages = [client.get(f"/assessments/{page}/") for page in ("gates", "posting")]
            answers[who] = [(one.status_code, one.content.decode()) for one in pages]

    codes = {who: [code for code, _text in pages] for who, pages in answers.items()}
    assert codes == {
        "handler": [200, 200], "unit_contact": [404, 404], "evaluator": [200, 200], "seconded": [404, 404],
    }  # fmt: skip
    gates, posted = (text for _code, text in answers["handler"])
    assert "罗一诺" in posted
    assert not [word for word in ("94.50", "程思源", "齐越", "91.00") if word in posted]
    assert "94.50" in gates
    assert not [word for word in ("91.00", "72.60", "齐越") if word in gates]
    whole = answers["evaluator"][0][1]
    assert all(f"{one.facts['year']} · {one.title}" in whole for one in (year.counted, year.posted))


def test_a_result_may_be_picked_for_the_own_growth_file_as_it_was_told_last(year):
    found = {
        key: [
            one.said
            for one in known_of(viewer(year, key, TOLD_ON))
            if one.said.source.startswith("assessment:")
        ]
        for key in ("case_two", "org_head")
    }

    assert found["org_head"] == []
    (said,) = found["case_two"]
    assert "77.60" in str(said.drawn)
    assert "72.60" not in str(said.drawn)
