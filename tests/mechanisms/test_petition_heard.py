"""What who wrote says at the counter reaches the petition as what it is: a rating, a request, a name off."""

from base64 import b64decode
from datetime import date, timedelta

import a_story
import pytest
import time_machine

from qingfeng.exchange import answers, counter_keys
from qingfeng.exchange.models import OFFICE, Asker, Correspondent, Stream
from qingfeng.matters import access, keeping, naming, statistics, ticking
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sealing import make_key
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.petition import arriving
from qingfeng.mechanisms.sampling import cases
from qingfeng.organization.models import StandIn, Unit
from qingfeng.organization.people import appoint, end_post, ours_named, rooms_of_ours
from qingfeng.organization.viewer import viewer_for
from qingfeng.sealing import boxes, wrapping
from qingfeng.sealing.arrivals import open_answer

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)
ARRIVAL = {
    "number": "C-0100",
    "line": "petition",
    "text": "泵房夜间噪声很大，请到场测量并答复。",
    "about": "泵房噪声",
    "name": "梅见山",
    "contact": "云川小区居委会转",
}
DECIDED = {
    "line": "demand",
    "line_why": "要求主管单位履职。",
    "area": "grassroots",
    "topic": "housing",
    "level": "district",
}
CLOSED = {"closing_report": "噪声已降。"}


def viewer(office, key):
    return viewer_for(office.people[PEOPLE[key]])


def at(day):
    return time_machine.travel(f"{START + timedelta(days=day)}T09:30:00+08:00", tick=False)


def heard(says, text="", **more):
    """Something written under the same code."""
    number = f"C-{200 + Matter.objects.count() + len(says) * 7 + len(text)}"
    return arriving.take({"number": number, "answers_to": "C-0100", "says": says, "text": text, **more})


def figure(key):
    """What a figure of petitions counts over this year."""
    declared = mechanism("petition")
    period = statistics.Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))
    wanted = next(one for one in declared.figures if one.key == key)
    rows = statistics.count(wanted, declared, Matter.objects.all(), period)
    return sum(row.value or 0 for row in rows), sum(row.of or 0 for row in rows)


@pytest.fixture
def served(office):
    """A petition of the counter whose opinion was served; the day after."""
    scene = a_story.scene(office, START)
    with at(0):
        matter = arriving.take(ARRIVAL)
        decided = perform("classify", matter, by=viewer(office, "petition_registrar"), facts=DECIDED)
    steps = cases("petition")["served"]["steps"]
    matter = sampling.go_on(decided.matter, steps, scene)
    with at(steps[-1]["day"] + 1):
        yield matter


def test_a_rating_is_a_number_that_the_gauge_reads_and_the_office_was_asked_nothing(served):
    matter = heard("rate", "【满意度评价：基本满意】", rating=4)

    assert (matter.facts["rating"], matter.facts["satisfied"]) == (4, "rather")
    assert [one.act for one in matter.story.order_by("no")][-2:] == ["hear", "rate"]
    assert matter.clocks.get(key="ask").state == "stopped"
    assert figure("satisfied") == (1, 1)


def test_the_same_rating_again_changes_nothing_and_a_low_one_is_not_satisfied(served):
    once = heard("rate", "差", rating=2)
    again = heard("rate", "差", rating=2)

    assert again.revision == once.revision
    assert figure("satisfied") == (0, 1)


def test_a_petition_is_counted_once_where_no_answer_was_recorded_before_it_came(office, served):
    ask = {"by": viewer(office, "petition_registrar"), "facts": {"satisfied": "no_answer"}}
    silent = perform("ask", served, **ask)
    before = figure("asked")

    heard("rate", "好", rating=5)

    assert isinstance(silent, Done)
    assert before == (0, 0)
    assert figure("asked")[0] == 1


def test_no_office_says_for_who_wrote_online_how_satisfied_they_are(office, served):
    refused = perform("ask", served, by=viewer(office, "petition_registrar"), facts={"satisfied": "yes"})

    assert refused.gates == ("counter_asks",)


def test_no_office_writes_over_what_was_said_at_the_counter(office, served):
    heard("rate", "差", rating=1)

    refused = perform(
        "ask", served, by=viewer(office, "petition_registrar"), facts={"satisfied": "no_answer"}
    )

    assert refused.gates == ("counter_asks",)
    assert figure("satisfied") == (0, 1)


def test_a_rating_of_what_is_handled_anew_by_now_stays_words_and_is_not_lost(served):
    Matter.objects.filter(pk=served.pk).update(stage="handling")

    matter = heard("rate", "差", rating=1)

    assert "rating" not in matter.facts
    assert matter.lines.filter(ledger="dialogue").last().facts["said_as"] == "rate"


@pytest.mark.parametrize("rating", [0, 6, "5", None, True])
def test_what_is_no_rating_from_one_to_five_stays_words(served, rating):
    matter = heard("rate", "一句话", rating=rating)

    assert "rating" not in matter.facts
    assert matter.lines.filter(ledger="dialogue").last().facts["said_as"] == "rate"


def test_a_review_asked_at_the_counter_in_time_is_neither_lapsed_nor_struck_off_past(office, served):
    """信访工作条例 Art. 35: who asks within thirty days has asked, however long the office takes."""
    run = served.clocks.get(key="pet_review_request")
    with time_machine.travel(f"{run.due_on}T18:00:00+08:00", tick=False):
        heard("review", "对噪声测量结果不服。")
    with time_machine.travel(f"{run.due_on + timedelta(days=3)}T09:00:00+08:00", tick=False):
        ticking.tick()
        served.refresh_from_db()
        refused = perform("strike_off", served, by=viewer(office, "petition_head"), facts=CLOSED)

    assert not served.story.filter(act="lapse_review").exists()
    assert "window_over" in refused.gates


def test_a_name_that_is_taken_off_is_off_the_petition_and_the_word_for_it_stays(served):
    matter = heard("name_off", "【撤去姓名】")

    assert matter.facts.get("petitioner") is None
    assert matter.facts.get("contact") is None
    assert matter.lines.filter(ledger="dialogue").last().facts["said_as"] == "name_off"


def test_what_is_said_after_the_end_is_heard_and_rated_too(office, served):
    closed = Matter.objects.filter(pk=served.pk)
    closed.update(stage="closed", is_open=False)

    matter = heard("rate", "终于修好了", rating=5)

    assert (matter.stage, matter.facts["rating"]) == ("closed", 5)


def test_the_clock_asks_nothing_of_petitions_by_itself(served):
    """What comes from the counter is entered when it comes, never tried on every petition by the clock."""
    said = {one.key for one in mechanism("petition").acts if "clock" in one.by}

    assert said == {"lapse_review", "lapse_recheck", "note_executed", "lapse_objection", "warn"}


def test_everybody_of_an_excluded_room_sees_nothing_and_others_register_it(office):
    """rights.md 21: receivers may be excluded, whole rooms too."""
    with at(0):
        matter = arriving.take({**ARRIVAL, "number": "C-0300", "excludes": ["信访室"]})
        seen = {key: access.view_of(viewer(office, key), matter) for key in ("petition_head", "registrar")}
        away = matter.recusals.values_list("person", flat=True)

    assert seen == {"petition_head": "", "registrar": "whole"}
    assert office.people[PEOPLE["petition_registrar"]].pk in away
    assert matter.owner.short_name == "办公室"


def test_a_room_that_is_excluded_beside_the_registering_one_leaves_it_where_it_is(office):
    with at(0):
        matter = arriving.take({**ARRIVAL, "number": "C-0301", "excludes": ["云水区纪委监委第一纪检监察室"]})
        seen = access.view_of(viewer(office, "case_one"), matter)

    assert matter.owner.short_name == "信访室"
    assert seen == ""
    assert matter.recusals.filter(person=office.people[PEOPLE["case_one"]]).exists()


def test_the_counter_is_told_the_rooms_and_in_which_each_custodian_holds_a_post(office, monkeypatch):
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)
    custodian = office.people[PEOPLE["custodian"]]
    make_key(custodian, "一泓清水照见不遮掩的影子")

    told = counter_keys.current()

    own = next(one for one in told.custodians if one.name == custodian.name)
    assert own.rooms
    assert set(own.rooms) & set(told.rooms)
    assert {one.short_name for one in rooms_of_ours(START) if one.name in own.rooms} <= set(own.rooms)
    assert "云水区纪委监委第一纪检监察室" in told.rooms
    assert custodian in ours_named([own.rooms[0]], START)


ROOM = "云水区纪委监委第一纪检监察室"


def seen_by(person, matter):
    """How much somebody sees on their own, and whether the list of what they see has it too."""
    here = viewer_for(person)
    listed = access.visible(here).filter(pk=matter.pk).exists()
    fresh = Matter.objects.get(pk=matter.pk)
    assert bool(access.view_of(here, fresh)) is listed
    return access.view_of(here, fresh)


@pytest.fixture
def without_a_room(office):
    """A petition whose writer excludes a room; the petition office has it."""
    with at(0):
        yield arriving.take({**ARRIVAL, "number": "C-0302", "excludes": [ROOM]})


def joins(office, person, room, day, role):
    """Somebody takes up a post with a role in a room."""
    unit = Unit.objects.get(name=room)
    return appoint(person, unit, title="科员", roles=[role], from_on=START + timedelta(days=day), by=None)


def test_whoever_joins_an_excluded_room_later_is_kept_away_while_they_are_in_it(office, without_a_room):
    """rights.md 21: a reporter may exclude receivers; a room stays excluded whoever sits in it."""
    head = office.people[PEOPLE["petition_head"]]
    before = seen_by(head, without_a_room)
    with at(10):
        post = joins(office, head, ROOM, 10, "handler")
        during = seen_by(head, without_a_room)
    with at(20):
        end_post(post, START + timedelta(days=19), by=None)
        after = seen_by(head, without_a_room)

    assert (before, during, after) == ("whole", "", "whole")


def test_whoever_was_in_the_room_when_it_came_stays_away_after_leaving_it(office, without_a_room):
    one = office.people[PEOPLE["case_one"]]
    with at(10):
        for post in one.posts.filter(until_on=None):
            end_post(post, START + timedelta(days=9), by=None)
        joins(office, one, "云水区纪委监委信访室", 10, "handler")

        assert seen_by(one, without_a_room) == ""


def test_a_deputy_sees_it_neither_for_somebody_of_an_excluded_room_nor_while_in_it(office, without_a_room):
    head, deputy = (office.people[PEOPLE[key]] for key in ("petition_head", "style_two"))
    last = START + timedelta(days=60)
    row = {"kinds": ["petition"], "from_on": START, "until_on": last, "reason": "出差", "approved_by": head}
    StandIn.objects.create(principal=head, stand_in=deputy, **row)
    with at(10):
        free = seen_by(deputy, without_a_room)
        post = joins(office, head, ROOM, 11, "handler")
    with at(11):
        for_one_away = seen_by(deputy, without_a_room)
        end_post(post, START + timedelta(days=11), by=None)
    with at(12):
        again = seen_by(deputy, without_a_room)
        joins(office, deputy, ROOM, 12, "handler")
        in_the_room = seen_by(deputy, without_a_room)

    assert (free, for_one_away, again, in_the_room) == ("whole", "", "whole", "")


def test_nobody_of_an_excluded_room_is_named_on_it_whenever_they_came(office, without_a_room):
    with at(10):
        new = office.people[PEOPLE["petition_registrar"]]
        joins(office, new, ROOM, 10, "handler")
        about = naming.subjects(without_a_room, mechanism("petition"), {})

        assert naming._why(without_a_room, new, about, START + timedelta(days=10))


def test_what_is_written_to_a_merged_petition_is_said_to_the_one_that_goes_on(office, served):
    with at(3):
        other = arriving.take({**ARRIVAL, "number": "C-0400", "text": "泵房又响了。"})
        keeping.merge(other, served, by=viewer(office, "principal"), reason="同一事项")

    went = arriving.take({"number": "C-0401", "answers_to": "C-0400", "says": "name_off", "text": "请撤去"})

    assert went.pk == served.pk
    assert went.facts["petitioner"] == ARRIVAL["name"]
    assert went.lines.filter(ledger="dialogue").last().facts["said"] == "请撤去"


def test_all_that_is_written_after_a_petition_was_voided_is_one_new_petition(office):
    counter = Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter")
    stream = Stream.objects.create(correspondent=counter, name="1")
    first, second, third = (str(Asker.number_of(stream, there)) for there in (1, 2, 3))
    for number in (first, second, third):
        Asker.objects.create(stream=stream, number=int(number), key=b"k" * 32)
    later = {"line": "petition", "answers_to": first, "says": "reply"}
    with at(0):
        void = arriving.take({**ARRIVAL, "number": first})
        keeping.void(void, by=viewer(office, "principal"), reason="误登")
        new = arriving.take({**later, "number": second, "text": "仍然很吵。"})
        Asker.objects.filter(number=int(second)).update(about=f"petition/{new.slug}")

        again = arriving.take({**later, "number": third, "text": "今夜也是。"})
        once_more = arriving.take({**later, "number": second, "text": "仍然很吵。"})

    assert (again.pk, once_more.pk) == (new.pk, new.pk)
    assert again.lines.get(ledger="dialogue").facts["said"] == "今夜也是。"


def test_who_wrote_what_was_merged_twice_is_told_that_there_is_an_answer_and_not_what_others_said(
    office, served
):
    counter = Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter")
    stream = Stream.objects.create(correspondent=counter, name="1")
    with at(3):
        first, second = (arriving.take({**ARRIVAL, "number": f"C-041{one}"}) for one in range(2))
        keeping.merge(first, second, by=viewer(office, "principal"), reason="同一事项")
        keeping.merge(second, served, by=viewer(office, "principal"), reason="同一事项")
    pairs = [boxes.new_pair() for _one in range(3)]
    for there, one in enumerate((served, first, second)):
        number = Asker.number_of(stream, there)
        Asker.objects.create(stream=stream, number=number, key=pairs[there][1], about=f"petition/{one.slug}")

    queued = answers.queue(served, "opinion", "赵某某家楼上的噪声已降。", title="答复意见")
    asked = answers.queue(served, "question", "您家住几楼？")
    boxed = [b64decode(one.content["answer"]) for one in queued]
    said = [open_answer(box, secret) for box, (secret, _public) in zip(boxed, pairs, strict=True)]

    assert said[0]["text"] == "赵某某家楼上的噪声已降。"
    assert ["赵某某" in str(one) for one in said] == [True, False, False]
    assert [one.content["number"] for one in asked] == [0]


def test_what_is_written_to_a_void_petition_is_a_new_one_and_not_lost(office):
    with at(0):
        void = arriving.take({**ARRIVAL, "number": "C-0500"})
        keeping.void(void, by=viewer(office, "principal"), reason="误登")
        said = {**ARRIVAL, "number": "C-0501", "answers_to": "C-0500", "says": "reply", "text": "仍然很吵。"}

        went = arriving.take(said)
        again = arriving.take(said)

    assert went.pk != void.pk
    assert went.facts["demand"] == "仍然很吵。"
    assert again.pk == went.pk
