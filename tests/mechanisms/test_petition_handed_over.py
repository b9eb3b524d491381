"""A petition that is a report goes on sealed, and what it said is nowhere else, whatever it had become."""

import a_look
import a_report
import a_story
import pytest
from a_report import key_for, who
from django.utils import timezone, translation

from qingfeng.desk import indexing, notes
from qingfeng.desk.models import KeptDraft
from qingfeng.desk.petitions import alike
from qingfeng.exchange.models import OFFICE, Asker, Correspondent, Stream
from qingfeng.matters import access, keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Notice, Performance
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.mechanisms.petition import arriving as petitions
from qingfeng.mechanisms.report import reading
from qingfeng.mechanisms.report.sample import PHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_and_in_english(monkeypatch):
    a_report.quick(monkeypatch)
    with translation.override("en"):
        yield


def test_a_petition_that_is_a_report_goes_on_sealed_and_leaves_nothing_readable_behind(office):
    key_for(office, "custodian")
    matter, step, _day = a_story.before(office, "petition", "other_line", "hand_to_reports")
    typed = [value for value in (matter.facts["summary"], matter.facts["demand"], matter.title) if value]

    facts = {"handed_on": matter.opened_on.isoformat(), "handed_no": "密封-04"}
    done = perform(step["act"], matter, by=who(office, step["by"]), reason="属于另一类事项。", facts=facts)

    assert isinstance(done, Done), done
    left = Matter.objects.get(pk=matter.pk)
    said = f"{left.title} {left.facts} {list(left.story.values_list('entered', 'reason'))}"
    said += str(list(left.lines.values_list("facts", flat=True)))
    assert not any(text in said for text in typed)
    assert left.files.count() == 0
    report = Matter.objects.get(mechanism="report")
    (letter,) = reading.read(report, PHRASE, by=who(office, "custodian")).letters
    assert all(text in f"{letter.about}\n{letter.text}" for text in typed)


@pytest.fixture
def handed(office):
    """A petition of the counter that was handed to the line of reports, with the number of its receipt."""
    key_for(office, "custodian")
    stream = Stream.objects.create(
        correspondent=Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter"), name="1"
    )
    numbers = [str(Asker.number_of(stream, there)) for there in (1, 2)]
    for number in numbers:
        Asker.objects.create(stream=stream, number=int(number), key=b"k" * 32)
    said = {
        "number": numbers[0],
        "line": "petition",
        "text": "库房钥匙由王某一人保管。",
        "excludes": ["Y0002"],
    }
    matter = petitions.take(said)
    Asker.objects.filter(number=int(numbers[0])).update(about=f"petition/{matter.slug}")
    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": "密封-05"}
    done = perform(
        "hand_to_reports", matter, by=who(office, "petition_registrar"), reason="是检举。", facts=facts
    )
    assert isinstance(done, Done), done
    return done.matter, numbers


def test_what_is_written_after_the_handover_goes_sealed_to_the_report_and_stays_nowhere_else(office, handed):
    """What who wrote says goes where it belongs, though they wrote it to the petition."""
    matter, (first, second) = handed
    given = {"number": second, "answers_to": first, "says": "reply", "text": "另有账册在二楼。"}

    became = petitions.take(given, [("照片.txt", "账册封面".encode())])
    again = petitions.take(given, [("照片.txt", "账册封面".encode())])

    report = Matter.objects.get(mechanism="report")
    assert (became.pk, again.pk) == (report.pk, report.pk)
    letters = reading.read(report, PHRASE, by=who(office, "custodian")).letters
    assert [one.text for one in letters][1:] == ["另有账册在二楼。"]
    assert letters[1].files == ("照片.txt",)
    assert letters[0].excludes == ("Y0002",)
    assert "账册" not in str(list(matter.story.values_list("entered", "reason")))
    assert not matter.files.exists()


def test_a_petition_of_the_counter_is_handed_to_nobody_who_could_not_open_it(office):
    """There is no paper of it: what nobody can take must not be erased."""
    Asker.objects.all().delete()
    stream = Stream.objects.create(
        correspondent=Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter"), name="1"
    )
    number = Asker.number_of(stream, 1)
    said = {"number": str(number), "line": "petition", "text": "库房钥匙由王某一人保管。"}
    matter = petitions.take(said)
    Asker.objects.create(stream=stream, number=number, key=b"k" * 32, about=f"petition/{matter.slug}")
    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": "密封-06"}

    refused = perform(
        "hand_to_reports", matter, by=who(office, "petition_registrar"), reason="是检举。", facts=facts
    )

    assert refused.why == "gate"
    assert Matter.objects.get(pk=matter.pk).facts["demand"] == said["text"]


@pytest.mark.parametrize("split", [False, True])
def test_what_the_house_took_in_itself_has_no_paper_though_no_answer_reaches_anybody(office, split):
    matter = came(office)
    if split:
        keeper = who(office, "principal")
        (matter,) = keeping.split(matter, title="库房", lines={}, by=keeper, reason="两件事").opened
        line = matter.story.get(act="kernel.split_off")
        Performance.objects.filter(pk=line.pk).update(entered={})
    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": "密封-14"}

    refused = perform(
        "hand_to_reports", matter, by=who(office, "petition_registrar"), reason="属于另一类。", facts=facts
    )

    assert refused.why == "gate"
    assert Matter.objects.get(pk=matter.pk).facts["demand"] == SAYS


def test_what_was_merged_into_a_petition_that_is_a_report_goes_along_and_is_read_nowhere_else(office):
    """rights.md 6: who wrote the same is as little known to those who handle petitions."""
    key_for(office, "custodian")
    texts = ("库房钥匙由王某一人保管。", "账册也在王某那里。", "王某夜里搬走两箱。")
    said = [{"number": f"C-{at}", "line": "petition", "text": text, "name": f"梅见山{at}"}
            for at, text in enumerate(texts)]  # fmt: skip
    goes_on, other, earlier = (petitions.take(one) for one in said)
    keeper = who(office, "principal")
    keeping.merge(earlier, other, by=keeper, reason="同一事项")
    keeping.merge(other, goes_on, by=keeper, reason="同一事项")
    facts = {"handed_on": timezone.localdate().isoformat(), "handed_no": "密封-07"}

    done = perform(
        "hand_to_reports", goes_on, by=who(office, "petition_registrar"), reason="是检举。", facts=facts
    )

    assert isinstance(done, Done), done
    left = Matter.objects.filter(mechanism="petition")
    told = str([(one.title, one.facts, list(one.story.values_list("entered"))) for one in left])
    assert {one.stage for one in left} == {"other_line"}
    assert not any(word in told for word in ("王某", "梅见山"))
    custodian = who(office, "custodian")
    reports = Matter.objects.filter(mechanism="report")
    letters = [one for matter in reports for one in reading.read(matter, PHRASE, by=custodian).letters]
    assert {one.name for one in letters} == {one["name"] for one in said}
    assert all(any(text in one.text for one in letters) for text in texts)


NAME, REACHED, FILE = "梅见山", "青石邮局留交梅先生", "账册照片.txt"
SAYS = "库房钥匙由王某一人保管，夜里搬走两箱账册。"
WORDS = (NAME, REACHED, SAYS[:8], SAYS[11:], FILE, "账册封面")
HANDED = {"handed_no": "密封-08"}


def came(office, number="C-1", **said):
    """A petition that somebody's name and words came with, and one enclosure."""
    given = {"number": number, "line": "petition", "name": NAME, "contact": REACHED, "text": SAYS, **said}
    return petitions.take(given, [(FILE, "账册封面".encode())])


def hand_over(office, matter):
    facts = {"handed_on": timezone.localdate().isoformat(), **HANDED}
    done = perform(
        "hand_to_reports", matter, by=who(office, "petition_registrar"), reason="属于另一类。", facts=facts
    )
    assert isinstance(done, Done), done
    return done.matter


def in_an_office(office, matter):
    """A petition that a leader took charge of and an office has, with its slips."""
    registrar, deputy = who(office, "petition_registrar"), who(office, "deputy")
    steps = (
        ("classify", registrar, {"facts": {"line": "demand", "line_why": "诉求。", "area": "grassroots",
                                           "topic": "housing", "level": "district"}}),
        ("accept", registrar, {"facts": {"told_how": "written"}}),
        ("name_leader", deputy, {
            "facts": {"leader_post": "副书记", "aim": f"查清{SAYS[:8]}。", "recusal_checked": True},
            "parties": {"leader": [office.people[PEOPLE["deputy"]]],
                        "handler": [office.people[PEOPLE[one]] for one in ("petition_one", "chaser")]},
        }),
        ("dispatch", who(office, "petition_head"), {
            "facts": {"principle": "归口住建。"},
            "parties": {"lead_unit": [office.units[UNITS["housing"]]]},
        }),
    )  # fmt: skip
    for act, by, given in steps:
        done = perform(act, matter, by=by, **given)
        assert isinstance(done, Done), (act, done)
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def at_an_office(office, django_capture_on_commit_callbacks):
    """A petition in hand of which the house has made whatever it makes: slips, search, signs, drafts."""
    key_for(office, "custodian")
    with django_capture_on_commit_callbacks(execute=True):
        matter = in_an_office(office, came(office))
        perform("issue_slip", matter, by=who(office, "petition_head"), reason=SAYS,
                facts={"slip_kind": "duty"})  # fmt: skip
    indexing.keep_up()
    alike.keep_up()
    account = office.accounts["Y0503"] if "Y0503" in office.accounts else next(iter(office.accounts.values()))
    KeptDraft.objects.create(account=account, form="/x/", title="x", matter=matter,
                             values=[["step", SAYS]], kept_at=timezone.now())  # fmt: skip
    return Matter.objects.get(pk=matter.pk)


def test_what_became_a_report_is_in_no_table_and_no_file_whatever_was_made_of_it(
    office, at_an_office, django_capture_on_commit_callbacks
):
    """rights.md 6: slips, search, signs of likeness, drafts, the office's slip, the journal's values."""
    before = {table for table, _word in a_look.found(WORDS)}
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office, at_an_office)

    assert {"matters.Matter", "matters.Performance", "documents.Slip", "desk.SearchText", "desk.KeptDraft",
            "documents.Attachment", "journal.JournalSecret", "file"} <= before  # fmt: skip
    assert a_look.found(WORDS) == set()
    report = Matter.objects.get(mechanism="report")
    (letter,) = reading.read(report, PHRASE, by=who(office, "custodian")).letters
    assert (letter.name, letter.reached, letter.files) == (NAME, REACHED, (FILE,))
    assert SAYS in letter.text


def test_an_office_that_had_it_sees_it_no_more_and_is_asked_to_give_back_what_it_has(office, at_an_office):
    """It must not learn that what it was asked about became a report."""
    contact = who(office, "housing_contact")
    assert access.view_of(contact, at_an_office)

    handed = hand_over(office, at_an_office)

    slip = handed.links_out.get(kind="slips").target
    assert access.view_of(contact, handed) == ""
    assert access.view_of(contact, slip) == ""
    assert slip.standing == Matter.Standing.VOID
    told = Notice.objects.filter(kind="taken_back", person=contact.person_id)
    (note,) = notes.told(contact, told)
    assert (note.notice.matter, note.words.partition(" was ")[0]) == (None, handed.number)
    slips = [row.slip for row in handed.slips.select_related("slip__number")]
    (order,) = (one for one in slips if one.template_key.endswith("handed"))
    assert order.number.voided_at is not None


def test_a_petition_that_was_split_is_handed_over_with_all_that_both_said(
    office, django_capture_on_commit_callbacks
):
    """The part that goes on keeps nothing of it; who registers it writes in what belongs there."""
    key_for(office, "custodian")
    keeper, matter = who(office, "principal"), came(office)
    split = keeping.split(matter, title="反映库房的部分", lines={}, by=keeper, reason="两件事")
    (part,) = split.opened

    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office, part)

    assert a_look.found(WORDS) == set()
    stays = Matter.objects.get(pk=matter.pk)
    assert (stays.stage, stays.is_open, stays.standing) == ("registered", True, "valid")
    assert stays.facts["topic"] == "other"
    report = Matter.objects.get(mechanism="report")
    (letter,) = reading.read(report, PHRASE, by=who(office, "custodian")).letters
    assert (letter.name, letter.files) == (NAME, (FILE,))
    registrar = office.people[PEOPLE["petition_registrar"]]
    assert Notice.objects.filter(kind="write_anew", matter=stays, person=registrar).exists()
    done = keeping.correct(stays, 1, {"demand": "修好楼道的灯。", "petitioner": "另一称呼"}, by=keeper,
                           reason="写明属于本件的诉求")  # fmt: skip
    assert isinstance(done, Done), done
    assert Matter.objects.get(pk=stays.pk).facts["demand"] == "修好楼道的灯。"


def test_what_was_split_off_loses_it_too_when_the_first_part_is_handed_over(
    office, django_capture_on_commit_callbacks
):
    key_for(office, "custodian")
    keeper, matter = who(office, "principal"), came(office)
    (part,) = keeping.split(matter, title="楼道的灯", lines={}, by=keeper, reason="两件事").opened

    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office, matter)

    assert a_look.found(WORDS) == set()
    part = Matter.objects.get(pk=part.pk)
    assert (part.title, part.is_open) == ("楼道的灯", True)
    said = {"summary": "楼道没有灯。", "demand": "修好灯。"}
    done = keeping.correct(part, 1, said, by=keeper, reason="写明诉求")
    assert isinstance(done, Done), done


def test_what_a_meeting_recorded_of_it_goes_along_and_the_rest_of_the_meeting_stays(office):
    key_for(office, "custodian")
    matter, meeting = came(office), a_story.played(office, "reception", "closed")
    line = meeting.lines.filter(ledger="items").first()
    other = meeting.lines.filter(ledger="promises").first()
    line.facts |= {"item": matter.number, "item_demand": SAYS}
    line.save()

    hand_over(office, matter)

    line.refresh_from_db()
    assert "item_demand" not in line.facts
    assert line.facts["settled"] == "no"
    assert meeting.lines.get(pk=other.pk).facts["promise"] == other.facts["promise"]


@pytest.mark.parametrize("stage", ["objected", "drafted", "issued", "served", "reviewing", "final"])
def test_wherever_it_stands_a_petition_that_is_a_report_can_be_handed_over(office, stage):
    key_for(office, "custodian")
    matter = a_story.in_stage(office, "petition", stage)
    words = [matter.facts[key] for key in ("summary", "demand", "petitioner", "contact")]

    handed = hand_over(office, matter)

    assert handed.stage == "other_line"
    assert not handed.clocks.exclude(state="stopped").exists()
    assert a_look.found(words) == set()


def test_nobody_opens_again_what_was_handed_over(office):
    key_for(office, "custodian")
    handed = hand_over(office, came(office))

    refused = keeping.reopen(handed, by=who(office, "principal"), reason="再看一次")

    assert (refused.why, "for good" in str(refused.reason)) == ("stage", True)
