"""A petition that goes on when its other part became a report: it loses what both said, and nothing else."""

import a_look
import a_report
import a_story
import pytest
from a_report import key_for, who
from django.utils import translation
from test_petition_handed_over import NAME, SAYS, WORDS, came, hand_over, in_an_office

from qingfeng.desk import forgetting, indexing
from qingfeng.desk.models import SearchText
from qingfeng.matters import guarding, keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.petition import arriving as petitions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_and_in_english(monkeypatch, office):
    a_report.quick(monkeypatch)
    key_for(office, "custodian")
    with translation.override("en"):
        yield


def split(office, matter, title="反映库房的部分"):
    """The part that was split off a petition."""
    done = keeping.split(matter, title=title, lines={}, by=who(office, "principal"), reason="两件事")
    assert isinstance(done, Done), done
    return done.opened[0]


def again(matter):
    """A matter as it stands now."""
    return Matter.objects.get(pk=matter.pk)


def test_what_was_corrected_after_the_split_goes_from_both_as_it_was_first_written(
    office, django_capture_on_commit_callbacks
):
    """rights.md 6: the first part still says what the second was corrected from."""
    matter = came(office)
    part = split(office, matter)
    said = {"summary": "钥匙和账册的事。", "demand": "请查清楚。", "petitioner": "另一称呼"}
    done = keeping.correct(part, 1, said, by=who(office, "principal"), reason="写明本件")
    assert isinstance(done, Done), done

    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office, again(part))

    assert a_look.found(WORDS) == set()


def test_a_choice_stays_though_a_word_of_the_letter_is_called_like_it(office):
    matter = came(office, about="other", text="online")
    part = split(office, matter)

    hand_over(office, part)

    stays = again(matter)
    assert {key: stays.facts.get(key) for key in ("topic", "area", "way")} == {
        "topic": "other", "area": "other", "way": "online",
    }  # fmt: skip
    assert "summary" not in stays.facts


def test_slips_to_an_office_go_on_with_the_part_that_goes_on(office):
    """What binds the office is void only where all that it rests on went."""
    matter = in_an_office(office, came(office))
    perform("issue_slip", matter, by=who(office, "petition_head"), reason=SAYS, facts={"slip_kind": "duty"})
    part = split(office, again(matter))

    hand_over(office, part)

    slip = again(matter).links_out.get(kind="slips").target
    assert (slip.standing, slip.is_open, slip.facts["slip_kind"]) == ("valid", True, "duty")


def test_a_greeting_takes_back_no_paper_of_the_part_that_goes_on_and_a_name_does(office):
    matter = in_an_office(office, came(office, text=f"{SAYS}\n此致\n敬礼"))
    first, second = (row.slip for row in matter.slips.order_by("pk")[:2])
    for slip, text in ((first, "请于三日内签收。此致"), (second, f"请{NAME}来取。")):
        slip.official = {**slip.official, "body": [{"kind": "paragraph", "text": text}]}
        slip.save()
    part = split(office, matter)

    hand_over(office, part)

    first.number.refresh_from_db()
    second.number.refresh_from_db()
    assert (first.number.voided_at is None, second.number.voided_at is None) == (True, False)


@pytest.mark.parametrize(("name", "left"), [(NAME, "请＊＊周三来谈。"), ("村民", "请村民周三来谈。")])
def test_a_name_is_masked_in_what_else_is_written_and_what_is_nobodys_name_is_not(office, name, left):
    matter = came(office, name=name)
    part = split(office, matter, title=f"{name}说的灯")
    Matter.objects.filter(pk=part.pk).update(facts={**part.facts, "plan": f"请{name}周三来谈。"})

    hand_over(office, matter)

    assert again(part).facts["plan"] == left
    assert again(part).title == ("信访事项" if name == NAME else "村民说的灯")


def test_what_took_the_other_part_in_loses_what_both_said(office):
    matter, other = (
        came(office),
        petitions.take({"number": "C-2", "line": "petition", "text": "楼道没有灯。"}),
    )
    perform("hear", matter, by=who(office, "petition_registrar"),
            lines={"dialogue": [{"said_by": "writer", "said": SAYS, "said_on": "2026-01-05"}]})  # fmt: skip
    part = split(office, again(matter))
    keeping.merge(again(matter), other, by=who(office, "principal"), reason="同一事项")
    Matter.objects.filter(pk=other.pk).update(facts={**other.facts, "plan": f"与{NAME}商定。"})

    hand_over(office, part)

    assert again(other).facts["plan"] == "与＊＊商定。"
    assert again(other).facts["demand"] == "楼道没有灯。"


def test_what_is_left_is_found_again_and_what_was_read_before_is_of_another_revision(office):
    matter = came(office)
    part = split(office, matter)
    indexing.index_matters([matter.pk])
    before = again(matter).revision

    hand_over(office, part)
    forgetting.write_anew.call(matter.pk)

    stays = again(matter)
    assert stays.revision > before
    assert set(SearchText.objects.filter(matter=stays).values_list("revision", flat=True)) == {stays.revision}


def test_a_line_of_a_meeting_about_another_petition_keeps_what_both_were_told(office):
    matter, meeting = came(office), a_story.played(office, "reception", "closed")
    line = meeting.lines.filter(ledger="items").first()
    meeting.lines.create(
        ledger="items", no=90, state=line.state, entered_at=line.entered_at, changed_at=line.changed_at,
        facts={**line.facts, "item": "别的一件", "item_opinion": "当场答复"},
    )  # fmt: skip
    line.facts |= {"item": matter.number, "item_demand": SAYS, "item_opinion": "当场答复"}
    line.save()

    hand_over(office, matter)

    line.refresh_from_db()
    assert {"item", "item_demand", "item_opinion"}.isdisjoint(line.facts)
    assert meeting.lines.get(no=90).facts["item_opinion"] == "当场答复"


def test_whoever_stays_away_stays_away_and_nothing_says_from_whom(office):
    """A ground for recusal names whom the words are about."""
    matter, away = came(office), office.people[PEOPLE["petition_one"]]
    guarding.recuse(matter, away, by=who(office, "principal"), ground=f"与{SAYS[6:8]}是亲戚，见{NAME}来信")

    hand_over(office, again(matter))

    assert matter.recusals.get(person=away).until_at is None
    assert a_look.found([f"与{SAYS[6:8]}是亲戚"]) == set()
