"""However a petition has ended, it can be handed to the line of reports, and then counts as handed over."""

import a_look
import a_report
import a_story
import pytest
from a_report import key_for, who
from django.utils import timezone, translation
from test_petition_handed_over import FILE, NAME, SAYS, WORDS, came, hand_over

from qingfeng.desk.keeping.menu import menu_of
from qingfeng.desk.offers import offers
from qingfeng.desk.seen import seen_of
from qingfeng.exchange.models import OFFICE, Asker, Correspondent, Stream
from qingfeng.matters import erasing, keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.petition import arriving as petitions
from qingfeng.mechanisms.report import reading
from qingfeng.mechanisms.report.sample import PHRASE

pytestmark = pytest.mark.django_db
VALID = Matter.Standing.VALID


@pytest.fixture(autouse=True)
def quick_and_in_english(monkeypatch):
    a_report.quick(monkeypatch)
    with translation.override("en"):
        yield


def letters(office):
    """What a custodian reads in the reports that were made."""
    custodian = who(office, "custodian")
    found = Matter.objects.filter(mechanism="report").order_by("pk")
    return [one for report in found for one in reading.read(report, PHRASE, by=custodian).letters]


@pytest.mark.parametrize("end", ["void", "withdraw"])
def test_what_was_void_or_withdrawn_is_handed_over_as_it_stands(
    office, end, django_capture_on_commit_callbacks
):
    """rights.md 6: what names wrongdoing of a person stays readable nowhere, whatever was decided of it."""
    key_for(office, "custodian")
    matter = came(office)
    getattr(keeping, end)(matter, by=who(office, "principal"), reason="误登")

    with django_capture_on_commit_callbacks(execute=True):
        handed = hand_over(office, matter)

    assert (handed.stage, handed.standing, handed.is_open) == ("other_line", VALID, False)
    assert a_look.found(WORDS) == set()
    (letter,) = letters(office)
    assert (letter.name, letter.files) == (NAME, (FILE,))
    assert SAYS in letter.text


@pytest.mark.parametrize("end", ["void", "withdraw"])
def test_its_registrar_is_offered_the_handover_and_nothing_else(office, end):
    matter, registrar = came(office), who(office, "petition_registrar")
    done = getattr(keeping, end)(matter, by=who(office, "principal"), reason="误登")

    assert [one.act.key for one in offers(registrar, done.matter)] == ["hand_to_reports"]
    refused = perform("classify", done.matter, by=registrar)
    assert refused.why == "standing"


@pytest.mark.parametrize("stage", ["closed", "sent_on", "routed", "withdrawn", "helped"])
def test_what_has_come_to_an_end_is_handed_over_without_being_opened_again(office, stage):
    key_for(office, "custodian")
    matter = a_story.in_stage(office, "petition", stage)
    words = [matter.facts[key] for key in ("summary", "demand", "petitioner", "contact")]

    handed = hand_over(office, matter)

    assert handed.stage == "other_line"
    assert a_look.found(words) == set()
    assert "kernel.reopen" not in set(handed.story.values_list("act", flat=True))
    assert letters(office)[0].name == words[2]


def test_nothing_is_handed_over_twice(office):
    key_for(office, "custodian")
    handed = hand_over(office, came(office))
    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": "密封-09"}

    again = perform(
        "hand_to_reports", handed, by=who(office, "petition_registrar"), reason="属于另一类。", facts=facts
    )

    assert again.why == "stage"
    assert Matter.objects.filter(mechanism="report").count() == 1


def test_what_was_merged_into_another_by_mistake_goes_alone_and_the_other_goes_on_without_its_words(
    office, django_capture_on_commit_callbacks
):
    key_for(office, "custodian")
    keeper, matter = who(office, "principal"), came(office)
    other = petitions.take({"number": "C-2", "line": "petition", "name": "柳望川", "text": "路灯坏了。"})
    merged = keeping.merge(matter, other, by=keeper, reason="误认为同一事项")
    assert isinstance(merged, Done), merged

    with django_capture_on_commit_callbacks(execute=True):
        handed = hand_over(office, merged.matter)

    assert (handed.standing, handed.merged_into) == (VALID, None)
    assert a_look.found(WORDS) == set()
    stays = Matter.objects.get(pk=other.pk)
    assert (stays.stage, stays.facts["demand"]) == ("registered", "路灯坏了。")
    assert [one.name for one in letters(office)] == [NAME]


def test_what_is_written_afterwards_to_what_was_void_goes_sealed_to_the_report(office):
    key_for(office, "custodian")
    stream = Stream.objects.create(
        correspondent=Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter"), name="1"
    )
    first, second = (str(Asker.number_of(stream, there)) for there in (1, 2))
    for number in (first, second):
        Asker.objects.create(stream=stream, number=int(number), key=b"k" * 32)
    matter = came(office, first)
    Asker.objects.filter(number=int(first)).update(about=f"petition/{matter.slug}")
    keeping.void(matter, by=who(office, "principal"), reason="误登")
    hand_over(office, matter)

    became = petitions.take({"number": second, "answers_to": first, "text": "另有账册在二楼。"})

    assert became.mechanism == "report"
    assert [one.text for one in letters(office)][1:] == ["另有账册在二楼。"]
    assert a_look.found(["另有账册"]) == set()


def test_nobody_opens_it_again(office):
    key_for(office, "custodian")
    matter = came(office)
    keeping.void(matter, by=who(office, "principal"), reason="误登")
    handed = hand_over(office, matter)

    assert erasing.ended_for_good(handed)
    assert keeping.reopen(handed, by=who(office, "principal"), reason="再看").why == "stage"


@pytest.mark.parametrize("for_good", [False, True])
def test_a_void_petition_is_offered_to_be_opened_again_where_that_is_not_refused(office, for_good):
    key_for(office, "custodian")
    matter, keeper = came(office), who(office, "principal")
    matter = hand_over(office, matter) if for_good else matter
    done = keeping.void(matter, by=keeper, reason="误登")
    assert isinstance(done, Done), done

    offered = [str(words) for words, _address in menu_of(seen_of(keeper, done.matter)).keep]
    again = keeping.reopen(done.matter, by=keeper, reason="再看")

    assert ("Open again" in offered, isinstance(again, Done)) == (not for_good, not for_good)
