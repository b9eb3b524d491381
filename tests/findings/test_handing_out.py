import a_run
import pytest
from a_run import (
    ANALYST,
    DEPUTY,
    HANDLER,
    HEAD,
    OTHER_HANDLER,
    PRINCIPAL,
    a_finding,
    a_lead,
    a_person,
    looking,
    on_the_desk,
)

from qingfeng.findings.access import visible_leads
from qingfeng.findings.exceptions import approve, propose
from qingfeng.findings.models import Draw, Lead, RuleStanding
from qingfeng.findings.verifying import lead_of, open_verification
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.guarding import recuse
from qingfeng.organization.models import Interest, Person


@pytest.fixture
def lead(office, tmp_path):
    return on_the_desk(tmp_path, a_lead("a1"))["a1"]


def handed_out(lead, *, by=HEAD, verifiers=(HANDLER, OTHER_HANDLER), **others):
    people = [Person.objects.get(number=number) for number in verifiers]
    return open_verification(lead, by=looking(by), verifiers=people, **others)


@pytest.mark.parametrize("number", [ANALYST, HEAD, DEPUTY, PRINCIPAL])
def test_a_lead_is_handed_out_to_two_and_knows_its_matter(lead, number):
    answer = handed_out(lead, by=number)

    assert isinstance(answer, Done), answer
    lead.refresh_from_db()
    assert lead.matter == answer.matter == lead_of(answer.matter).matter
    assert answer.matter.facts["lead"] == lead.key
    assert answer.matter.owner == a_run.unit("党风室")
    assert answer.matter.parties.filter(role="verifier").count() == 2
    assert answer.matter.parties.get(role="unit").unit == a_run.unit("区教育局")
    assert (
        JournalEntry.objects.filter(kind="findings.lead.handed_out", subject=f"lead:{lead.key}").count() == 1
    )


def test_its_verifiers_see_it_from_then_on_and_no_other(office, tmp_path):
    leads = on_the_desk(tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)]))

    handed_out(leads["a1"])

    assert list(visible_leads(looking(HANDLER))) == [leads["a1"]]
    assert list(visible_leads(looking("Y0702"))) == []
    assert list(visible_leads(looking("W0103"))) == []


def test_the_matter_is_called_by_unit_and_rule_and_never_by_a_person(office, tmp_path):
    subject = a_person("云水区教育局", "程远")
    lead = on_the_desk(tmp_path, a_lead("a1", subject=subject))["a1"]

    answer = handed_out(lead)

    assert answer.matter.title == "云水区教育局：节假日加油"


def test_who_may_not_hand_out_is_told_so(lead):
    handed_out(lead)

    assert handed_out(lead, by=HANDLER).why == "role"


def test_who_does_not_see_it_is_told_that_it_is_not_there(lead):
    assert handed_out(lead, by="Y0702").why == "absent"


def test_a_recused_verifier_is_refused_with_the_ground_in_words(lead):
    person = Person.objects.get(number=HANDLER)
    Interest.objects.create(person=person, unit=a_run.unit("区教育局"), kind=Interest.Kind.SHARES)

    refusal = handed_out(lead)

    assert refusal.why == "recusal"
    assert "罗一诺" in str(refusal.reason)
    assert "利害关系" in str(refusal.reason)
    assert Lead.objects.get().matter is None


def test_a_verifier_whose_relative_it_names_is_refused(office, tmp_path):
    subject = a_person("云水区教育局", "易外人")
    lead = on_the_desk(tmp_path, a_lead("a1", subject=subject))["a1"]

    refusal = handed_out(lead)

    assert refusal.why == "recusal"
    assert "亲属同名" in str(refusal.reason)


def test_one_verifier_is_not_enough_and_nothing_happens(lead):
    refusal = handed_out(lead, verifiers=(HANDLER,))

    assert refusal.why == "facts"
    assert Lead.objects.get().matter is None


def test_there_is_one_verification_at_a_time(lead):
    number = handed_out(lead).matter.number

    refusal = handed_out(lead)

    assert refusal.why == "conflict"
    assert number in str(refusal.reason)


def test_the_same_form_sent_twice_opens_one(lead):
    first = handed_out(lead, key="form-1")

    again = handed_out(lead, key="form-1")

    assert again.again
    assert again.matter == first.matter


def test_a_lead_that_an_exception_hides_is_not_handed_out(lead):
    from datetime import timedelta

    from django.utils import timezone

    until = timezone.localdate() + timedelta(days=30)
    approve(propose(lead, by=looking(ANALYST), reason="值守用车", until_on=until), by=looking(HEAD))

    assert handed_out(lead).why == "standing"


def test_a_lead_that_has_grown_is_not_handed_out_in_its_old_form(lead, tmp_path):
    on_the_desk(
        tmp_path / "2",
        a_lead("a2", findings=[a_finding(), a_finding(row=2)], replaces=lead.key),
        key="2" * 16,
    )

    assert handed_out(lead).why == "standing"


@pytest.mark.parametrize("case", ["watched", "statistic"])
def test_what_is_only_watched_or_names_nobody_is_handed_out_with_a_reason(office, tmp_path, case):
    rule = "fuel_small_frequent" if case == "statistic" else "fuel_holiday"
    subject = ("unit", "云水区教育局") if case == "statistic" else ("plate", "苏M00001")
    lead = on_the_desk(tmp_path, a_lead("a1", findings=[a_finding(rule)], subject=subject))["a1"]
    RuleStanding.objects.filter(rule="fuel_holiday").update(is_watch_only=True)

    refusal = handed_out(lead)
    answer = handed_out(lead, reason="三个月内第三次")

    assert "reason" in refusal.errors
    assert isinstance(answer, Done), answer


def test_a_drawn_lead_of_a_watched_rule_needs_no_reason(lead):
    draw = Draw.objects.create(
        week_on="2026-11-23", share=10, count=1, digest="", asked_at="2026-11-23T09:00+08:00", after_size=0
    )
    RuleStanding.objects.filter(rule="fuel_holiday").update(is_watch_only=True)
    Lead.objects.filter(pk=lead.pk).update(drawn=draw)

    assert isinstance(handed_out(lead), Done)


def test_a_voided_verification_frees_its_lead_and_a_reopened_one_takes_it_back(
    lead, django_capture_on_commit_callbacks
):
    matter = handed_out(lead).matter
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.void(matter, by=looking(HEAD), reason="重复登记")
    freed = Lead.objects.get().matter
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.reopen(matter, by=looking(HEAD), reason="恢复核查")

    assert freed is None
    assert Lead.objects.get().matter == matter


def test_a_lead_that_grows_keeps_its_verification(lead, tmp_path):
    matter = handed_out(lead).matter
    findings = [a_finding(), a_finding(row=2)]

    leads = on_the_desk(tmp_path / "2", a_lead("a2", findings=findings, replaces=lead.key), key="2" * 16)

    assert leads["a2"].matter == matter
    assert lead_of(matter) == leads["a2"]
    assert visible_leads(looking(HANDLER)).filter(pk=leads["a2"].pk).exists()


def test_who_is_recused_from_the_verification_sees_the_lead_no_more(lead):
    matter = handed_out(lead).matter

    recuse(matter, Person.objects.get(number=ANALYST), "与当事人有往来", by=looking(HEAD))

    assert not visible_leads(looking(ANALYST)).exists()
    assert visible_leads(looking(HEAD)).exists()


def test_what_verifiers_find_moves_the_rule_once_it_is_decided(lead, django_capture_on_commit_callbacks):
    from qingfeng.matters.door import confirm, perform

    matter = handed_out(lead).matter
    one, other = looking(HANDLER), looking(OTHER_HANDLER)
    verdict = {"verdict": "refuted", "verdict_reason": "油箱容积登记有误"}
    with django_capture_on_commit_callbacks(execute=True):
        assert perform("judge", matter, by=one, changes={"labels": {1: verdict}})
        between = RuleStanding.objects.get(rule="fuel_holiday").counts
        waiting = perform("exclude", matter, by=one, reason="登记有误，疑点不成立")
        assert confirm(waiting.awaiting, by=other)

    standing = RuleStanding.objects.get(rule="fuel_holiday")
    assert (between, standing.counts) == ({}, {"refuted": 1})
    assert str(Lead.objects.get().weight) == "0.54545"
