"""Builders of this room's tests: leads on the desk, people of the sample office at their browsers."""

import re

import a_run
from a_run import a_finding, a_lead
from django.test import Client
from django.utils.html import strip_tags

from qingfeng.findings.models import Lead
from qingfeng.findings.verifying import open_verification
from qingfeng.matters.answers import Done
from qingfeng.organization.accounts import open_account
from qingfeng.organization.models import Account, Person

ANALYST, HEAD, DEPUTY, PRINCIPAL = a_run.ANALYST, a_run.HEAD, a_run.DEPUTY, a_run.PRINCIPAL
HANDLER, OTHER_HANDLER = a_run.HANDLER, a_run.OTHER_HANDLER


def browser(number, **options):
    """Somebody signed in, by person number."""
    person = Person.objects.get(number=number)
    account = Account.objects.filter(person=person).first()
    account = account or open_account(person, f"at-{number.lower()}", by=None, prepared="!")[0]
    client = Client(**options)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def many(count):
    """That many leads of one kind, each of an amount and a day of its own."""
    return [
        a_lead(
            f"{no:04x}",
            findings=[a_finding(row=no + 2)],
            amount=f"{no + 1}.00",
            subject=("plate", f"苏M{no:05}"),
            at=f"2026-{no % 9 + 1:02}-{no % 28 + 1:02}T08:00:00+08:00",
        )
        for no in range(count)
    ]


def handed_out(lead, *, verifiers=(HANDLER, OTHER_HANDLER)):
    """The verification of a lead, opened by the head of the room."""
    people = [Person.objects.get(number=number) for number in verifiers]
    answer = open_verification(lead, by=a_run.looking(HEAD), verifiers=people)
    assert isinstance(answer, Done), answer
    return answer.matter


def text_of(response):
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def listed(response):
    """Keys of the leads that a page links to, in its order."""
    found = re.findall(r'href="/leads/([0-9a-f]{16})/"', response.content.decode())
    return list(dict.fromkeys(found))


def of_key(short):
    """The lead whose key begins so."""
    return Lead.objects.get(key=short.ljust(16, "0"))
