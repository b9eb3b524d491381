"""Complaints about our own staff in the tables: who sees them, who opens who reported, where it is not."""

from datetime import date, timedelta

import a_story
import pytest
from django.core import serializers
from django.utils import timezone

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access, guarding, unsealing
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.key_models import Sealed
from qingfeng.matters.models import Matter, Performance
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.mechanisms.complaint.sample import PHRASE, SEALED
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
REPORTER, REACHED = SEALED["facts"]["reporter"], SEALED["facts"]["reporter_reached"]


def viewer(office, key):
    return viewer_for(office.people[PEOPLE.get(key, key)])


def sees(office, matter, key):
    return access.view_of(viewer(office, key), matter)


def opening(office, **facts):
    known = {
        "complaint_kind": "conduct",
        "concerns": "staff",
        "received_on": timezone.localdate().isoformat(),
        "channel": "letter",
        "is_named": False,
        "paper_no": "干反卷9",
    }
    custodian = office.people[PEOPLE["custodian"]]
    return {
        "by": viewer(office, "custodian"),
        "title": "对本委干部的反映",
        "owner": office.units[UNITS["self_supervision"]],
        "facts": {**known, **facts},
        "parties": {"custodian": [custodian]},
    }


def test_nobody_of_the_room_it_is_about_knows_of_a_complaint(office):
    """监察法 Art. 67: computed from the room that is named, nobody has to think of it."""
    matter = a_story.played(office, "complaint", "so_in_part", steps=5)

    for key in ("case_head", "case_one", "case_two", "registrar", "style_head", "analyst", "case_supervisor"):
        assert sees(office, matter, key) == "", key
    for key in ("appeal_one", "appeal_two", "custodian", "principal"):
        assert sees(office, matter, key) == "whole", key


def test_what_concerns_the_principal_exists_for_nobody_of_the_leading_group(office):
    matter = a_story.played(office, "complaint", "about_the_principal", steps=0)

    for key in ("principal", "deputy", "member_one", "appeal_one"):
        assert sees(office, matter, key) == "", key
        assert not access.visible(viewer(office, key)).filter(pk=matter.pk).exists(), key
    assert sees(office, matter, "custodian") == "whole"


def test_what_concerns_the_supervising_room_is_not_read_there_and_goes_up(office):
    matter = a_story.played(office, "complaint", "about_the_room")

    assert sees(office, matter, "appeal_one") == ""
    assert matter.stage == "sent_up"
    assert not {"complaint_about", "room", "persons_count"} & set(matter.facts)
    assert matter.clocks.get(key="rep_superior").met is True


def test_a_complaint_about_the_principal_is_not_opened_without_naming_the_principal(office):
    refused = open_matter("complaint", **opening(office, concerns="principal"))

    assert (refused.why, refused.gates) == ("gate", ("concerned_named",))
    assert not Matter.objects.filter(mechanism="complaint").exists()


def test_somebody_close_to_it_cannot_be_named_to_handle_a_complaint(office):
    matter, _step, _day = a_story.before(office, "complaint", "so_in_part", "assign")
    people = [office.people[PEOPLE["case_one"]], office.people[PEOPLE["appeal_two"]]]

    refused = perform(
        "assign",
        matter,
        by=viewer(office, "appeal_one"),
        facts={"recusal_checked": True},
        parties={"handler": people},
    )

    assert refused.why == "recusal"


def test_who_reported_stands_in_no_table_in_clear(office):
    matter = a_story.played(office, "complaint", "so_in_part")

    rows = [matter, *matter.story.all(), *matter.lines.all(), *matter.sealed.all(), *matter.slips.all()]
    stored = serializers.serialize("json", rows) + repr([bytes(one.box) for one in matter.sealed.all()])
    entries = b"".join(bytes(one.body) for one in JournalEntry.objects.all()).decode()

    assert matter.sealed.count() == 3
    for word in (REPORTER, REACHED):
        assert word not in stored
        assert word.encode("unicode_escape").decode() not in stored
        assert word not in entries
    assert Performance.objects.get(matter=matter, act="keep_identity").entered == {}


def test_the_custodian_alone_opens_who_reported_and_every_opening_is_an_entry(office):
    matter = a_story.played(office, "complaint", "so_in_part", steps=5)
    sealed = matter.sealed.get(field="reporter")

    opened = unsealing.open_noted(sealed, PHRASE, by=viewer(office, "custodian"))
    for key in ("principal", "appeal_one", "appeal_two"):
        with pytest.raises(Problem, match="此项未向您密封"):
            unsealing.open_noted(sealed, PHRASE, by=viewer(office, key))
    with pytest.raises(Problem):
        unsealing.open_noted(sealed, PHRASE + "。", by=viewer(office, "custodian"))

    assert opened == REPORTER
    noted = JournalEntry.objects.filter(subject=f"complaint/{matter.slug}", kind__startswith="matter.sealed")
    assert [one.kind for one in noted.order_by("pk")] == ["matter.sealed_opened", "matter.sealed_refused"]


def test_emergency_access_reads_the_card_and_never_who_reported(office):
    matter = a_story.played(office, "complaint", "so_in_part", steps=5)
    registrar = viewer(office, "registrar")

    guarding.break_glass(matter.number, "上级督办，承办人失联，须立即核实进度。", by=registrar)

    assert access.view_of(registrar, matter) == "whole"
    for sealed in Sealed.objects.filter(matter=matter):
        with pytest.raises(Problem, match="此项未向您密封"):
            unsealing.open_noted(sealed, PHRASE, by=registrar)


def test_emergency_access_of_who_it_is_about_is_refused(office):
    matter = a_story.played(office, "complaint", "so_in_part", steps=5)

    refused = guarding.break_glass(matter.number, "想了解情况，须立即核实。", by=viewer(office, "case_head"))

    assert not refused
    assert sees(office, matter, "case_head") == ""


def test_a_complaint_that_is_so_leads_to_a_clue_which_is_kept_from_the_same_people(office):
    matter = a_story.played(office, "complaint", "to_clue")

    clue = matter.links_out.get(kind="leads_to").target

    assert clue.mechanism == "clue"
    assert clue.confidentiality == "restricted"
    assert access.view_of(viewer(office, "case_head"), clue) == ""


@pytest.mark.parametrize(
    ("clock", "day", "last"),
    [("rep_named_ack", 0, date(2025, 1, 26)), ("rep_named_feedback", 28, date(2025, 2, 24))],
)
def test_whoever_gave_a_name_is_told_within_fifteen_working_days(office, clock, day, last):
    """检举控告工作规则 [reported]; the Spring Festival of 2025 lies between."""
    run = a_story.played(office, "complaint", "so_in_part").clocks.get(key=clock)

    assert run.started_on == a_story.NEW_YEAR_2025 + timedelta(days=day)
    assert (run.due_on, run.met) == (last, True)
