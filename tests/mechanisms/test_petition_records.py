"""Records of others about a petition stay when it becomes a report, and tell of nobody who wrote it."""

from datetime import timedelta

import a_look
import a_report
import a_story
import pytest
from a_report import key_for, who
from django.utils import timezone, translation
from test_petition_handed_over import NAME, REACHED, SAYS, WORDS, came, hand_over, in_an_office

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access, guarding
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import BreakGlass, Interference, Matter, Notice
from qingfeng.matters.writing import join

pytestmark = pytest.mark.django_db
TELLING = {"name": f"{NAME}的亲属托人来问", "reached": f"已按{REACHED}回复", "quoted": f"信里说{SAYS}"}
PLAIN = "某局副局长来电打听这件信访事项办到哪一步了"


@pytest.fixture(autouse=True)
def quick_and_in_english(monkeypatch):
    a_report.quick(monkeypatch)
    with translation.override("en"):
        yield


def interference(office, matter, **said):
    given = {"about": "打听一件信访事项", "who": "某局副局长", "what": PLAIN, **said}
    return guarding.register_interference(
        by=who(office, "petition_registrar"), matter=matter, happened_on=timezone.localdate(), **given
    )


@pytest.mark.parametrize("field", ["about", "who", "what"])
@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING)
def test_interference_that_would_tell_who_wrote_is_refused_beside_the_field_with_the_way_out(
    office, field, text
):
    """信访工作条例 Art. 30: the register is never changed, so it must not hold it in the first place."""
    matter = came(office)

    refused = interference(office, matter, **{field: text})

    assert isinstance(refused, Refusal), refused
    assert set(refused.errors) == {field}
    assert matter.number in refused.errors[field][0]
    assert not Interference.objects.exists()


def test_interference_in_other_words_is_registered(office):
    """监察法 Art. 66: that somebody asked, who, when and what is on record."""
    made = interference(office, came(office))

    assert isinstance(made, Interference), made


def test_an_order_to_an_office_is_about_its_petition(office):
    key_for(office, "custodian")
    matter = in_an_office(office, came(office))
    perform("issue_slip", matter, by=who(office, "petition_head"), reason="请按期答复。",
            facts={"slip_kind": "duty"})  # fmt: skip
    slip = Matter.objects.get(pk=matter.pk).links_out.get(kind="slips").target

    refused = interference(office, slip, what=TELLING["name"])

    assert isinstance(refused, Refusal), refused


def test_a_matter_that_works_with_nobody_who_writes_has_nobody_to_be_told_of(office):
    matter = a_story.played(office, "case", "closed", steps=0)

    made = interference(office, matter, what=f"{matter.title}：{matter.facts}")

    assert isinstance(made, Interference), made


def test_the_reason_of_an_emergency_reading_tells_of_nobody_and_a_try_is_on_record(office):
    """Whoever cannot see it must not learn a name by trying names."""
    matter, reader = came(office), who(office, "Y0702")
    number = matter.number

    refused = guarding.break_glass(number, f"{NAME}今天来访，承办人联系不上", by=reader)
    made = guarding.break_glass(number, "当事人今天来访，承办人联系不上", by=reader)

    assert (refused.why, set(refused.errors)) == ("facts", {"reason"})
    assert isinstance(made, BreakGlass), made
    (tried,) = JournalEntry.objects.filter(kind="matter.record_refused")
    assert (tried.by, tried.said["facts"]) == (f"person:{reader.person_id}", {})


def test_the_review_of_an_emergency_reading_tells_of_nobody(office):
    matter = came(office)
    glass = guarding.break_glass(matter.number, "当事人今天来访，承办人联系不上", by=who(office, "Y0702"))
    reviewer = who(office, "principal")

    refused = guarding.review_glass(glass, by=reviewer, was_right=True, review=f"{NAME}确实在场，属实")
    done = guarding.review_glass(glass, by=reviewer, was_right=True, review="当事人确实在场，属实")

    assert set(refused.errors) == {"review"}
    assert isinstance(done, BreakGlass), done


def test_whoever_tries_a_name_at_any_door_is_on_record(office):
    """Who sees only what a petition led to must not learn in silence whether somebody wrote."""
    matter, reviewer = came(office), who(office, "principal")
    glass = guarding.break_glass(matter.number, "当事人今天来访，承办人联系不上", by=who(office, "Y0702"))

    interference(office, matter, what=TELLING["name"])
    guarding.review_glass(glass, by=reviewer, was_right=True, review=TELLING["name"])

    tried = JournalEntry.objects.filter(kind="matter.record_refused", subject=f"petition/{matter.slug}")
    assert [one.by for one in tried.order_by("pk")] == [
        f"person:{who(office, 'petition_registrar').person_id}", f"person:{reviewer.person_id}",
    ]  # fmt: skip


def test_a_refusal_gives_no_number_of_what_they_do_not_see(office):
    matter, led = came(office), a_story.played(office, "case", "closed", steps=0)
    join(matter, led, "leads_to", at=timezone.now())
    by = who(office, "case_supervisor")
    assert (access.may_see(by, matter), access.may_see(by, led)) == (False, True)

    refused = guarding.register_interference(
        by=by, matter=led, happened_on=timezone.localdate(), about="问案", who="某人", what=TELLING["name"]
    )

    (said,) = refused.errors["what"]
    assert (led.number in said, matter.number in said) == (True, False)


TITLE = "青石村泵房夜间响声扰民一事"


def test_what_everybody_calls_a_petition_by_is_said_freely_and_the_letter_is_not(office):
    """The title stands in every list; where nothing longer was written, it is the letter itself."""
    matter = came(office, about=TITLE)

    made = interference(office, matter, about=f"打听《{TITLE}》办到哪一步")
    refused = interference(office, matter, about=TELLING["quoted"])

    assert isinstance(made, Interference), made
    assert set(refused.errors) == {"about"}


def test_what_a_linked_report_is_called_is_said_freely(office):
    report, led = came(office), a_story.played(office, "case", "closed", steps=0)
    Matter.objects.filter(pk=report.pk).update(title="关于某单位设备采购有关情况的材料")
    join(report, led, "leads_to", at=timezone.now())

    made = guarding.register_interference(
        by=who(office, "case_supervisor"), matter=led, happened_on=timezone.localdate(), who="某人",
        what=PLAIN, about="打听关于某单位设备采购有关情况的材料",
    )  # fmt: skip

    assert isinstance(made, Interference), made
    assert made.matter_id == led.pk


def test_the_reason_of_a_handover_does_not_repeat_the_title_either_for_it_stays(office):
    key_for(office, "custodian")
    matter = came(office, about=TITLE)

    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": "密封-12"}
    refused = perform(
        "hand_to_reports", matter, by=who(office, "petition_registrar"), reason=f"{TITLE}另办。", facts=facts
    )

    assert set(refused.errors) == {"reason"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": TELLING["quoted"], "handed_no": "密封-11"}, "reason"),
        ({"reason": TELLING["name"], "handed_no": "密封-11"}, "reason"),
        ({"reason": "属于另一类。", "handed_no": f"密封-11（{NAME}）"}, "handed_no"),
    ],
)
def test_the_reason_of_a_handover_stays_so_it_tells_of_nobody(office, given, field):
    key_for(office, "custodian")
    matter = came(office)
    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": given["handed_no"]}

    refused = perform(
        "hand_to_reports", matter, by=who(office, "petition_registrar"), reason=given["reason"], facts=facts
    )

    assert (refused.why, set(refused.errors)) == ("facts", {field})
    assert Matter.objects.get(pk=matter.pk).facts["demand"] == SAYS
    assert not Matter.objects.filter(mechanism="report").exists()


def test_what_was_registered_before_anybody_knew_is_masked_and_the_rest_of_the_record_stays(
    office, django_capture_on_commit_callbacks
):
    """rights.md 6 and 10: a record without a number, one on an order, an emergency reading and its review."""
    key_for(office, "custodian")
    matter = came(office)
    texts = {"about": f"打听{NAME}一事", "who": f"某局副局长（{NAME}的邻居）", "what": f"{PLAIN}：{SAYS}"}
    linked = interference(office, None, **texts)
    Interference.objects.filter(pk=linked.pk).update(matter=matter)
    loose = interference(office, None, **{**texts, "who": "另一位副局长"})
    other = interference(office, None, about="路灯", who="某人", what="问路灯何时修好")
    glass = guarding.break_glass(matter.number, "当事人今天来访，承办人联系不上", by=who(office, "Y0702"))
    BreakGlass.objects.filter(pk=glass.pk).update(reason=f"{NAME}今天来访", review=TELLING["quoted"])

    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office, matter)

    assert a_look.found(WORDS) == set()
    for one, by in ((linked, "某局副局长（＊＊的邻居）"), (loose, "另一位副局长")):
        one.refresh_from_db()
        assert (one.about, one.who) == ("打听＊＊一事", by)
        assert one.what.startswith(PLAIN)
    glass.refresh_from_db()
    assert (glass.reason, glass.person_id) == ("＊＊今天来访", who(office, "Y0702").person_id)
    masked = JournalEntry.objects.filter(kind="matter.record_masked").order_by("pk")
    assert {one.said["facts"]["record"] for one in masked} == {
        f"interference:{linked.pk}", f"interference:{loose.pk}", f"breakglass:{glass.pk}",
    }  # fmt: skip
    other.refresh_from_db()
    assert other.what == "问路灯何时修好"


def test_reasons_beside_deadlines_and_in_notices_go_with_the_words(office):
    key_for(office, "custodian")
    matter = in_an_office(office, came(office))
    run = matter.clocks.get(key="pet_handle")
    until = (run.due_on + timedelta(days=10)).isoformat()
    longer = perform("extend", matter, by=who(office, "petition_head"), reason=SAYS,
                     facts={"until": until, "longer_told_on": timezone.localdate().isoformat()})  # fmt: skip
    assert isinstance(longer, Done), longer
    Notice.objects.create(
        person=office.people["Y0702"], matter=matter, kind="declined", facts={"act": "x", "reason": SAYS},
        at=timezone.now(), shown_from=timezone.now(),
    )  # fmt: skip
    run.refresh_from_db()
    assert SAYS in str(run.working)

    hand_over(office, matter)

    assert {table for table, _word in a_look.found([SAYS[:8]])} <= {"documents.Attachment"}
    run.refresh_from_db()
    assert run.working["extensions"][0]["days"] > 0
