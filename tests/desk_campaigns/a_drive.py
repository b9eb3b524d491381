"""A campaign whose net is closed, with doubts of its rules: some verified, some not, some not its own."""

import re

import a_story
from a_run import a_finding, a_lead, on_the_desk
from a_verdict import judged, settled
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from qingfeng.findings.models import Lead
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.organization.accounts import open_account
from qingfeng.organization.models import Account

TANK, HOLIDAY = "fuel_over_tank_single", "fuel_holiday"
SCOPE = {
    "rules": [TANK, HOLIDAY],
    "period_from": "2026-01-01",
    "period_until": "2026-12-31",
    "scope": "all",
    "units": [],
}


def made(office, folder):
    """A campaign in step 3 and its leads by key."""
    steps = a_story.sampling.cases("campaign")["closed"]["steps"]
    place = next(no for no, one in enumerate(steps) if one["act"] == "sweep") + 1
    drive = a_story.played(office, "campaign", "closed", steps=place)
    Matter.objects.filter(pk=drive.pk).update(facts={**drive.facts, **SCOPE})
    leads = on_the_desk(
        folder,
        a_lead("a1", findings=[a_finding(TANK, row=2)], tier="A"),
        a_lead("a2", findings=[a_finding(TANK, row=3)], tier="A", unit="云水区水务局"),
        a_lead("b1", findings=[a_finding(HOLIDAY, row=4)]),
        a_lead("c1", findings=[a_finding("fuel_small_frequent", row=5)]),
        a_lead("d1", findings=[a_finding(TANK, row=6)], tier="A", at="2025-10-03T12:01:00+08:00"),
    )
    verified(leads["a1"], TANK, "confirmed")
    verified(leads["b1"], HOLIDAY, "explained")
    return Matter.objects.get(pk=drive.pk), leads


def verified(lead, rule, verdict):
    """The verification of a lead, decided."""
    matter = settled(judged(rule, verdict))
    Lead.objects.filter(pk=lead.pk).update(matter=matter)
    return matter


def labelled(drive, rule):
    """A sample of the findings of a rule that two have labelled."""
    facts = {"tested_rule": rule, "sample_size": 6, "sample_right": 5, "sample_wrong": 1}
    no = drive.lines.filter(ledger="rule_tests").count() + 1
    at = timezone.now()
    drive.lines.create(ledger="rule_tests", no=no, state="by_hand", facts=facts, entered_at=at, changed_at=at)


def browser(office, key):
    """Somebody of the cast signed in."""
    person = office.people[PEOPLE[key]]
    account = Account.objects.filter(person=person).first()
    account = account or open_account(person, f"at-{person.number.lower()}", by=None, prepared="!")[0]
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response):
    """What a page says, without its markup."""
    bare = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", strip_tags(bare))
