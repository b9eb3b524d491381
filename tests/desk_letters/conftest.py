"""The ground of this room's tests: four letters, a small lake in the home, and the records asked once."""

import shutil
from datetime import datetime

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone


@pytest.fixture(scope="module")
def told(tmp_path_factory, django_db_setup, django_db_blocker):
    """The office, the letters by the key of their unit, and the run; made once a module."""
    from a_correction import FATES, a_lake, a_letter, a_run
    from an_office_kept import sample_office

    from qingfeng.findings.confirming import compare_open
    from qingfeng.findings.models import Screening

    before, home = django_settings.HOME, tmp_path_factory.mktemp("letters") / "home"
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            office = sample_office()
            shutil.copytree(before / "keys", home / "keys")
            django_settings.HOME = home
            run = a_run(*a_lake(home))
            now = datetime(2026, 7, 2, 9, tzinfo=timezone.get_current_timezone())
            Screening.objects.create(run=run.id, snapshot=run.snapshot, at=now, until=run.until)
            letters = {key: a_letter(office, key) for key in FATES}
            with time_machine.travel(now, tick=False):
                compare_open(run)
            yield office, letters, run
            transaction.set_rollback(True)
    django_settings.HOME = before


@pytest.fixture
def letters(told, db):
    """The letters."""
    return told[1]


@pytest.fixture
def browser(told, db):
    """Gives somebody at a browser, by their sign-in name or the key of the cast."""
    from django.test import Client

    from qingfeng.mechanisms.cast import PEOPLE
    from qingfeng.organization.accounts import open_account
    from qingfeng.organization.models import Account

    def at(key):
        office = told[0]
        person = office.people[PEOPLE[key]] if key in PEOPLE else office.accounts[key].person
        found = Account.objects.filter(person=person).first()
        account = found or open_account(person, f"at-{person.number}", by=None, prepared="!")[0]
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return at
