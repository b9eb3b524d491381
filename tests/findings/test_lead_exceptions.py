from datetime import date, timedelta

import a_run
import pytest
import time_machine
from a_run import ANALYST, DEPUTY, HANDLER, HEAD, OTHER_HEAD, a_finding, a_lead, looking, on_the_desk
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingfeng.findings import exceptions
from qingfeng.findings.access import visible_leads
from qingfeng.findings.exceptions import approve, decline, end, excepted, not_excepted, propose
from qingfeng.findings.models import Lead, RuleException
from qingfeng.journal.models import JournalEntry
from qingfeng.organization.models import Interest, Person

DAY = date(2026, 11, 26)
REASON = "该车为应急值守用车，节假日加油经批准"


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel("2026-11-26T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def lead(office, tmp_path):
    return on_the_desk(tmp_path, a_lead("a1"))["a1"]


def proposed(lead, *, by=ANALYST, until_on=date(2027, 5, 31), **others):
    return propose(lead, by=looking(by), reason=REASON, until_on=until_on, **others)


def hidden(lead):
    return excepted(Lead.objects.filter(pk=lead.pk)).exists()


def test_an_approved_exception_hides_its_lead_and_says_so(lead):
    made = approve(proposed(lead), by=looking(HEAD))

    lead.refresh_from_db()
    assert lead.excepted_by == made
    assert hidden(lead)
    assert not not_excepted(visible_leads(looking(ANALYST))).exists()
    assert list(exceptions.exceptions_of(lead)) == [made]
    assert [
        (one.exceptions, one.leads, one.unit_id) for one in exceptions.counted_by_unit(looking(ANALYST))
    ] == [(1, 1, a_run.unit("区教育局").pk)]


def test_a_proposal_hides_nothing(lead):
    made = proposed(lead)

    assert made.standing == "proposed"
    assert not hidden(lead)


def test_nobody_approves_their_own(lead):
    made = proposed(lead, by=HEAD)

    refusal = approve(made, by=looking(HEAD))

    assert refusal.why == "separation"
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleException.objects.filter(pk=made.pk).update(decided_by=made.proposed_by)


@pytest.mark.parametrize(("number", "why"), [(ANALYST, "role"), (HANDLER, "absent"), (OTHER_HEAD, "absent")])
def test_only_somebody_with_authority_over_leads_approves(lead, number, why):
    made = proposed(lead, by=DEPUTY)

    assert approve(made, by=looking(number)).why == why
    assert not hidden(lead)


def test_who_is_recused_approves_nothing(lead):
    made = proposed(lead)
    Interest.objects.create(
        person=Person.objects.get(number=HEAD), unit=a_run.unit("区教育局"), kind=Interest.Kind.SHARES
    )

    assert approve(made, by=looking(HEAD)).why == "absent"


def test_who_does_not_see_the_lead_proposes_nothing(lead):
    assert proposed(lead, by=HANDLER).why == "absent"


def test_tier_a_is_never_excepted(office, tmp_path):
    lead = on_the_desk(tmp_path, a_lead("a1", findings=[a_finding("fuel_over_tank_single")]))["a1"]

    assert proposed(lead).why == "gate"


def test_a_rule_of_tier_a_is_not_excepted_where_it_found_less_either(office, tmp_path):
    lead = on_the_desk(tmp_path, a_lead("a1", findings=[a_finding("fuel_over_tank_single", tier="B")]))["a1"]

    assert proposed(lead).why == "gate"


@pytest.mark.parametrize(
    ("until_on", "allowed"),
    [(date(2027, 11, 25), True), (date(2027, 11, 26), False), (DAY, True), (DAY - timedelta(days=1), False)],
)
def test_twelve_months_at_most_and_not_over_already(lead, until_on, allowed):
    made = proposed(lead, until_on=until_on)

    assert isinstance(made, RuleException) is allowed
    assert allowed or "until_on" in made.errors


def test_without_a_reason_there_is_none(lead):
    refusal = propose(lead, by=looking(ANALYST), reason=" ", until_on=date(2027, 1, 1))

    assert "reason" in refusal.errors


def test_there_is_one_at_a_time(lead):
    proposed(lead)

    assert proposed(lead, by=HEAD).why == "conflict"


def test_it_ends_by_itself_on_its_day(lead):
    approve(proposed(lead, until_on=date(2026, 12, 31)), by=looking(HEAD))

    with time_machine.travel("2027-01-01T00:30:00+08:00", tick=False):
        shown = not hidden(lead)
        exceptions.apply()

    lead.refresh_from_db()
    assert shown
    assert lead.excepted_by is None


def test_its_last_day_still_counts(lead):
    approve(proposed(lead, until_on=date(2026, 12, 31)), by=looking(HEAD))

    with time_machine.travel("2026-12-31T23:30:00+08:00", tick=False):
        assert hidden(lead)


def test_it_can_be_ended_before_and_declined(lead):
    made = approve(proposed(lead), by=looking(HEAD))
    ended = end(made, by=looking(ANALYST), reason="值守结束")
    again = decline(proposed(lead), by=looking(HEAD), decision="无批件")

    assert (ended.standing, again.standing) == ("ended", "declined")
    assert not hidden(lead)


def test_what_was_decided_is_not_decided_again(lead):
    made = approve(proposed(lead), by=looking(HEAD))

    assert approve(made, by=looking(DEPUTY)).why == "conflict"


def test_a_lead_that_another_rule_found_too_is_still_shown(office, tmp_path):
    both = [a_finding("fuel_holiday"), a_finding("fuel_small_frequent", row=2)]
    lead = on_the_desk(tmp_path, a_lead("a1", findings=both))["a1"]

    approve(proposed(lead), by=looking(HEAD))
    shown = not hidden(lead)
    approve(proposed(lead, rule="fuel_small_frequent"), by=looking(HEAD))

    assert (shown, hidden(lead)) == (True, True)


def test_it_hides_what_the_next_screening_finds_there_and_nothing_of_another_vehicle(lead, tmp_path):
    approve(proposed(lead), by=looking(HEAD))

    leads = on_the_desk(
        tmp_path / "2",
        a_lead("b1", findings=[a_finding(row=8)]),
        a_lead("b2", findings=[a_finding(row=9)], subject=("plate", "苏M00002")),
        key="2" * 16,
    )

    assert (hidden(leads["b1"]), hidden(leads["b2"])) == (True, False)


def test_every_step_is_journaled_without_a_word_of_the_lead(lead):
    made = approve(proposed(lead), by=looking(HEAD))
    end(made, by=looking(HEAD), reason="值守结束")

    entries = JournalEntry.objects.filter(subject=f"ruleexception:{made.pk}").order_by("pk")
    assert [entry.kind.rpartition(".")[2] for entry in entries] == ["proposed", "approved", "ended"]
    assert all("苏M00001" not in str(entry.said) and REASON not in str(entry.said) for entry in entries)
    assert timezone.localdate() == DAY
