"""Verifications through the door: what is printed, who can do what (mechanisms.md M21, M22)."""

from datetime import timedelta

import a_story
import pytest
import time_machine
from django.utils import timezone

from qingfeng.documents import wording
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import open_matter, perform
from qingfeng.mechanisms.verification.declaration import VERIFICATION
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def text_of(key):
    from pathlib import Path

    from qingfeng import mechanisms as house
    from qingfeng.documents import templates

    file = Path(house.__file__).parent / "verification" / "slips" / f"{key}.toml"
    return templates.read_file(f"verification.{key}", file.read_text(encoding="utf-8")).body


def names_in(text):
    return {part.text for part in wording.parse(text) if part.kind == "field"}


def test_the_check_sheet_says_all_that_the_text_lists():
    body = text_of("check_sheet")

    listed = (
        "lead rules parameters evidence subject doubt explanation tested_how holds kind answer conclusion"
    )
    for name in (*listed.split(), "verifier", "opinion", "verdict", "verdict_reason"):
        assert f"{{{name}}}" in body, name


def test_nothing_that_a_unit_reads_names_the_rule_the_lead_or_its_rank():
    hidden = {
        "lead",
        "rule",
        "rules",
        "parameters",
        "colour",
        "tier",
        "evidence",
        "snapshot",
        "labels",
        "title",
    }

    for key in ("inquiry", "result", "clearance"):
        assert names_in(text_of(key)).isdisjoint(hidden), key
    questions = {one.key for one in VERIFICATION.ledger("questions").fields}
    assert questions.isdisjoint(hidden)


def test_a_task_says_what_the_text_lists():
    columns = {one.key for one in VERIFICATION.ledger("tasks").fields}

    assert columns >= {
        "purpose",
        "authority",
        "who",
        "place",
        "due_on",
        "done_on",
        "result",
        "evidence_sha256",
    }


def test_a_verifier_who_must_be_recused_is_not_named(office):
    """监察法 Art. 67."""
    lately = timezone.localdate() - timedelta(days=1)
    matter, step, _day = a_story.before(office, "verification", "partly", "assign", base=lately)
    head = viewer_for(office.people["Y0401"])
    pair = [office.people["Y0402"], office.people["Y0902"]]
    named = {"subject_person": [office.people["W0102"]]}  # a sibling of one of the two
    assert isinstance(perform("name_person", matter, by=head, parties=named), Done)

    answer = perform(step["act"], matter, by=head, parties={"verifier": pair})

    assert isinstance(answer, Refusal)
    assert answer.why == "recusal"


def test_whoever_served_in_the_unit_before_is_not_named(office):
    """监察法 Art. 67."""
    matter, step, day = a_story.before(office, "verification", "partly", "lay_out")
    with time_machine.travel(day, tick=False):
        head = viewer_for(office.people["Y0401"])
        perform("name_unit", matter, by=head, parties={"unit": [office.units["区农业农村局"]]})
        perform("lay_out", matter, by=head, lines=step["lines"])
        pair = [office.people["Y0402"], office.people["Y0902"]]

        answer = perform("assign", matter, by=head, parties={"verifier": pair})

    assert isinstance(answer, Refusal)
    assert answer.why == "recusal"


def test_one_verifier_alone_is_not_named(office):
    """监察法 Art. 44."""
    matter, step, day = a_story.before(office, "verification", "partly", "assign")
    with time_machine.travel(day, tick=False):
        head = viewer_for(office.people["Y0401"])

        answer = perform(step["act"], matter, by=head, parties={"verifier": [office.people["Y0402"]]})

    assert isinstance(answer, Refusal)
    assert "verifier" in answer.errors


def test_the_author_of_a_rule_does_not_close_what_it_found(office):
    matter, step, day = a_story.before(office, "verification", "excluded", "exclude")
    with time_machine.travel(day, tick=False):
        head, analyst = viewer_for(office.people["Y0401"]), viewer_for(office.people["Y0404"])
        named = perform("name_author", matter, by=head, parties={"rule_author": [office.people["Y0404"]]})

        answer = perform("exclude", matter, by=analyst, reason=step["reason"])

    assert isinstance(named, Done)
    assert answer.why == "separation"


def test_a_verifier_does_not_approve_the_own_verdict(office):
    matter, step, day = a_story.before(office, "verification", "partly", "approve")
    with time_machine.travel(day, tick=False):
        answer = perform("approve", matter, by=viewer_for(office.people["Y0402"]), facts=step["facts"])

    assert answer.why == "role"


def test_a_result_letter_is_printed_when_nothing_was_wrong(office):
    matter = a_story.played(office, "verification", "cleared")

    assert list(matter.slips.values_list("key", flat=True)) == ["inquiry", "check_sheet", "clearance"]


def test_a_unit_cannot_open_one(office):
    answer = open_matter(
        "verification",
        by=viewer_for(office.people["W0103"]),
        title="x",
        owner=office.units["党风室"],
        facts={},
    )

    assert answer.why == "role"
