"""A slip is read word for word by whoever wrote, and third persons in it are masked."""

import a_story
import pytest

from qingfeng.exchange.models import Outgoing
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.petition_slip.reading import public_text

pytestmark = pytest.mark.django_db


def sent(office, case="supervision", act="sign_for"):
    return a_story.before(office, "petition_slip", case, act)[0]


def test_a_slip_that_was_sent_is_read_word_for_word(office):
    """rights.md, schema test (g)."""
    slip = sent(office)

    said = public_text(slip)

    assert said.startswith("单据：信访事项督办单")
    assert "责任单位：云水区住房和城乡建设局" in said
    for key in ("fault_facts", "requirement", "improvement"):
        assert slip.facts[key] in said, key


def test_a_slip_of_duty_says_each_step_that_the_office_owes_and_whether_it_is_done(office):
    slip = sent(office, "duty", "sign_for")

    said = public_text(slip)

    assert said.count("应履行事项") == slip.lines.filter(ledger="steps").count()
    assert "未完成" in said


def test_nothing_is_read_of_a_slip_before_it_is_sent(office):
    slip = a_story.played(office, "petition_slip", "supervision", steps=0)

    assert public_text(slip) == ""


@pytest.mark.parametrize(
    ("hidden", "kept"),
    [
        ("13912345678", "联系"),
        ("320102199001011234", "联系"),
        ("苏M12345", "联系"),
        ("张大爷", "大爷"),
    ],
)
def test_numbers_and_plates_of_third_persons_are_masked(office, hidden, kept):
    slip = sent(office)
    Matter.objects.filter(pk=slip.pk).update(
        facts={**slip.facts, "requirement": f"请与邻居{hidden}联系并答复。"}
    )
    slip.refresh_from_db()

    said = public_text(slip)

    assert hidden not in said
    assert kept in said
    assert "＊" in said


def test_a_name_on_record_is_masked_wherever_it_stands(office):
    slip, name = sent(office), office.people[PEOPLE["person_concerned"]].name
    Matter.objects.filter(pk=slip.pk).update(facts={**slip.facts, "fault_facts": f"{name}未到场。"})
    slip.refresh_from_db()

    assert name not in public_text(slip)


def test_a_matter_of_another_kind_is_no_slip(office):
    with pytest.raises(ValueError, match="no slip"):
        public_text(a_story.played(office, "petition", "registered"))


def test_sending_a_slip_tells_whoever_wrote_through_a_counter_and_nobody_who_wrote_on_paper(office):
    slip = sent(office)

    assert mechanism("petition_slip").act("issue").then == "petition_slip.told"
    assert slip.stage == "issued"
    assert not Outgoing.objects.exists()
