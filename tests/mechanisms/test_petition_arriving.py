"""What comes in by itself: opened by the house with what was written, and by a person decided."""

from datetime import date

import pytest
import time_machine
from a_paper import PAPER

from qingfeng.matters import access
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.petition import arriving
from qingfeng.organization.viewer import viewer_for

TEXT = "小区二次供水泵房夜间噪声很大，住户多次报修没有结果，请有关单位到场测量并答复。"
ARRIVAL = {
    "number": "C-0001",
    "line": "petition",
    "text": TEXT,
    "about": "二次供水泵房噪声",
    "area": "grassroots",
}
ACCEPT = {"told_how": "written"}
DECIDED = {
    "line": "demand",
    "line_why": "要求主管单位履行职责。",
    "area": "grassroots",
    "topic": "housing",
    "level": "district",
}
MORNING = "2026-03-02T09:00:00+08:00"


@pytest.fixture
def today():
    with time_machine.travel(MORNING, tick=False):
        yield date(2026, 3, 2)


def viewer(office, key):
    return viewer_for(office.people[PEOPLE[key]])


@pytest.mark.django_db(transaction=True)
def test_an_arrival_of_the_counter_is_opened_once_by_the_house_with_its_enclosures(office, today):
    matter = arriving.take(ARRIVAL, [("照片.pdf", PAPER), ("程序.exe", b"MZ\x00\x00")])
    again = arriving.take(ARRIVAL)

    assert again.pk == matter.pk
    assert Matter.objects.filter(mechanism="petition").count() == 1
    assert (matter.opened_by_id, matter.owner.short_name) == (None, "信访室")
    assert matter.facts["demand"] == TEXT
    assert "petitioner" not in matter.facts
    assert matter.files.filter(field="papers").count() == 1
    assert "程序.exe" in matter.lines.get(ledger="dialogue").facts["said"]
    assert access.view_of(viewer(office, "petition_registrar"), matter) == "whole"


@pytest.mark.django_db
def test_a_person_decides_which_line_it_is_before_anything_goes_out(office, today):
    matter, registrar = arriving.take(ARRIVAL), viewer(office, "petition_registrar")

    early = perform("accept", matter, by=registrar, facts=ACCEPT)
    report = perform("classify", matter, by=registrar, facts={**DECIDED, "line": "report"})
    perform("classify", matter, by=registrar, facts=DECIDED)
    done = perform("accept", matter, by=registrar, facts=ACCEPT)

    assert (early.why, early.gates) == ("gate", ("classified",))
    assert report.gates == ("no_report",)
    assert done.matter.stage == "accepted"


@pytest.mark.django_db
def test_a_report_on_a_person_is_not_taken_in_here(office, today):
    with pytest.raises(arriving.NotTaken):
        arriving.take({**ARRIVAL, "line": "report"})

    assert not Matter.objects.filter(mechanism="petition").exists()


@pytest.mark.django_db
def test_whom_the_writer_excludes_sees_nothing_from_the_first_moment(office, today):
    """rights.md 21: receivers may be excluded."""
    excluded = office.people[PEOPLE["petition_one"]]

    matter = arriving.take({**ARRIVAL, "excludes": [excluded.number]})

    assert access.view_of(viewer(office, "petition_one"), matter) == ""
    assert access.view_of(viewer(office, "petition_head"), matter) == "whole"


@pytest.mark.django_db
def test_the_writer_is_asked_and_heard_in_the_dialogue_and_nobody_writes_in_their_name(office, today):
    matter, registrar = arriving.take(ARRIVAL), viewer(office, "petition_registrar")
    ask = {"said_by": "office", "said": "请说明噪声出现的时段。", "said_on": "2026-03-02"}

    forged = perform("write_to", matter, by=registrar, lines={"dialogue": [{**ask, "said_by": "writer"}]})
    perform("write_to", matter, by=registrar, lines={"dialogue": [ask]})
    answer = {"number": "C-0002", "answers_to": "C-0001", "text": "每晚十一点以后。"}
    heard = arriving.take(answer)

    assert forged.gates == ("office_speaks",)
    assert arriving.take(answer).revision == heard.revision
    assert [line.facts["said_by"] for line in heard.lines.filter(ledger="dialogue")] == ["office", "writer"]
    assert arriving.arrived("C-0002") == matter


@pytest.mark.django_db(transaction=True)
def test_what_staff_entered_for_somebody_keeps_how_it_came(office, today):
    called = arriving.take({**ARRIVAL, "number": "C-0007", "source": "call", "received_on": "2026-03-01"})
    written = arriving.take({**ARRIVAL, "number": "C-0008", "source": "pigeon"})

    assert (called.facts["way"], called.facts["received_on"]) == ("call", "2026-03-01")
    assert written.facts["way"] == "online"
