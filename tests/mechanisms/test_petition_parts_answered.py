"""What was split off a petition answers under its code, and is answered to; nobody else's words go along."""

from base64 import b64decode

import a_report
import pytest
from a_report import key_for, who
from django.utils import timezone
from test_petition_handed_over import hand_over

from qingfeng.desk.many import snapshots_of
from qingfeng.exchange import answers
from qingfeng.exchange.models import OFFICE, Asker, Correspondent, Outgoing, Stream
from qingfeng.matters import keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Performance
from qingfeng.mechanisms.petition import arriving
from qingfeng.mechanisms.petition.gates import came_by_counter
from qingfeng.sealing import boxes
from qingfeng.sealing.arrivals import open_answer

pytestmark = pytest.mark.django_db
LETTER = {"line": "petition", "text": "泵房夜间很响；楼道没有灯。", "about": "泵房和楼道", "name": "梅见山"}
DECIDED = {
    "line": "demand",
    "line_why": "求决",
    "area": "grassroots",
    "topic": "housing",
    "level": "district",
}


class Counter:
    """Who writes at a counter, and what they read there."""

    def __init__(self, count=2):
        counter = Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter")
        self.stream = Stream.objects.create(correspondent=counter, name="1")
        self.pairs, self.last = [boxes.new_pair() for _one in range(count)], 0

    def writes(self, code=0, **said):
        """A letter under a code; what it became or was said to."""
        self.last += 1
        number = Asker.number_of(self.stream, self.last)
        row = Asker.objects.create(stream=self.stream, number=number, key=self.pairs[code][1])
        if said.get("answers_to"):
            said["answers_to"] = str(Asker.number_of(self.stream, said["answers_to"]))
        became = arriving.take({**LETTER, "number": str(number), **said})
        Asker.objects.filter(pk=row.pk).update(about=f"{became.mechanism}/{became.slug}")
        return became

    def reads(self, code=0):
        """What was answered under a code: all of it, in order."""
        found = []
        for one in Outgoing.objects.filter(kind=answers.ANSWERS).order_by("pk"):
            try:
                box = b64decode(one.content["answer"])
                found.append({**open_answer(box, self.pairs[code][0]), "to": one.content["number"]})
            except Exception:  # noqa: BLE001, S112 - of another code
                continue
        return found


@pytest.fixture
def counter(office):
    return Counter()


def split(office, matter, title="楼道照明"):
    done = keeping.split(
        Matter.objects.get(pk=matter.pk), title=title, lines={}, by=who(office, "principal"), reason="两件事"
    )
    assert isinstance(done, Done), done
    return done.opened[0]


def says(office, matter, text):
    line = {"said_by": "office", "said": text, "said_on": timezone.localdate().isoformat()}
    done = perform("write_to", matter, by=who(office, "petition_registrar"), lines={"dialogue": [line]})
    assert isinstance(done, Done), done


def test_a_part_answers_under_the_code_of_the_whole_and_says_which_it_is(office, counter):
    matter = counter.writes()
    part = split(office, matter)

    says(office, part, "楼道哪一层？")
    says(office, Matter.objects.get(pk=matter.pk), "泵房几点响？")

    read = counter.reads()
    known = {"key": part.slug, "number": part.number, "title": "楼道照明"}
    assert [(one["kind"], one.get("part")) for one in read] == [
        ("part", known), ("note", None), ("question", known), ("question", None),
    ]  # fmt: skip
    assert {one["to"] for one in read} == {1}
    assert part.number in read[1]["text"]


def test_what_is_written_to_a_part_reaches_it_and_what_names_none_of_theirs_the_first(office, counter):
    matter = counter.writes()
    part, other = split(office, matter), counter.writes(code=1, text="别人的事。")

    went = [
        counter.writes(answers_to=1, says="reply", text=text, part=key)
        for text, key in (("三楼。", part.slug), ("夜里两点。", ""), ("别人那件。", other.slug), ("丙", "x"))
    ]

    assert [one.pk for one in went] == [part.pk, matter.pk, matter.pk, matter.pk]
    assert part.lines.get(ledger="dialogue").facts["said"] == "三楼。"


def test_a_part_of_a_part_answers_too_and_after_both_were_joined_again_it_is_still_their_own(office, counter):
    matter = counter.writes()
    part = split(office, matter)
    small = split(office, part, "三楼的灯")
    says(office, small, "灯已换。")
    keeping.merge(small, Matter.objects.get(pk=matter.pk), by=who(office, "principal"), reason="合办")

    says(office, Matter.objects.get(pk=matter.pk), "都已办好。")

    assert [one["text"] for one in counter.reads()][-2:] == ["灯已换。", "都已办好。"]
    assert "part" not in counter.reads()[-1]


def test_who_wrote_what_was_merged_reads_nobodys_words_even_after_writing_again(office, counter):
    """A letter to what goes on makes it nobody else's own."""
    matter, other = counter.writes(), counter.writes(code=1, text="泵房又响了。")
    keeping.merge(other, matter, by=who(office, "principal"), reason="同一事项")
    counter.writes(code=1, answers_to=2, says="reply", text="什么时候修？")

    answers.queue(Matter.objects.get(pk=matter.pk), "opinion", "梅某某家楼上的噪声已降。")
    part = split(office, matter)
    answers.queue(part, "opinion", "梅某某门口的灯已换。")

    assert "梅某某" in counter.reads(0)[-1]["text"]
    assert [one["kind"] for one in counter.reads(1)] == ["opinion", "note", "opinion"]
    assert not any("梅某某" in one["text"] or "part" in one for one in counter.reads(1))


def test_a_name_that_is_taken_off_is_off_every_part(office, counter):
    matter = counter.writes()
    part = split(office, matter)

    counter.writes(answers_to=1, says="name_off", text="【撤去姓名】")

    kept = Matter.objects.filter(pk__in=(matter.pk, part.pk)).values_list("facts__petitioner", flat=True)
    assert list(kept) == [None, None]


def test_a_part_that_came_from_the_counter_is_classified_by_a_person_and_asked_at_the_counter(
    office, counter
):
    part = split(office, counter.writes())

    early = perform("accept", part, by=who(office, "petition_registrar"), facts={"told_how": "written"})
    decided = perform("classify", part, by=who(office, "petition_registrar"), facts=DECIDED)
    done = perform(
        "accept", decided.matter, by=who(office, "petition_registrar"), facts={"told_how": "written"}
    )

    assert "classified" in early.gates
    assert isinstance(done, Done), done
    assert (counter.reads()[-1]["kind"], counter.reads()[-1]["part"]["key"]) == ("accepted", part.slug)


@pytest.mark.parametrize("handed", ["part", "first"])
def test_what_was_handed_on_sealed_answers_under_the_code_and_so_does_what_goes_on(
    office, counter, monkeypatch, handed
):
    a_report.quick(monkeypatch)
    key_for(office, "custodian")
    matter = counter.writes()
    part = split(office, matter)
    goes, stays = (part, matter) if handed == "part" else (matter, part)
    hand_over(office, Matter.objects.get(pk=goes.pk))
    report = Matter.objects.get(mechanism="report")

    answers.queue(report, "question", "在哪一天？")
    says(office, Matter.objects.get(pk=stays.pk), "灯是哪一盏？")

    asked = [(one["text"], one.get("part", {}).get("key")) for one in counter.reads()[-2:]]
    keys = (part.slug, None) if handed == "part" else (None, part.slug)
    assert asked == list(zip(("在哪一天？", "灯是哪一盏？"), keys, strict=True))


def test_a_part_that_was_split_before_its_story_said_whence_is_still_from_the_counter(office, counter):
    first = split(office, counter.writes())
    part = split(office, first, title="楼道尽头的灯")
    for one in (first, part):
        line = one.story.get(act="kernel.split_off")
        Performance.objects.filter(pk=line.pk).update(entered={"from": line.entered["from"]})
    today = timezone.localdate()

    says(office, part, "哪一层？")
    held = snapshots_of([part], today=today)[part.pk].snapshot
    facts = {"handed_on": today.isoformat(), "handed_no": "密封-13"}
    registrar = who(office, "petition_registrar")
    refused = perform("hand_to_reports", part, by=registrar, reason="属于另一类。", facts=facts)
    done = perform("classify", part, by=registrar, facts=DECIDED)

    assert came_by_counter(held)
    assert refused.why == "gate"
    assert isinstance(done, Done), done
    assert split(office, part, title="灯泡").story.get(act="kernel.split_off").entered["by_house"] is True
