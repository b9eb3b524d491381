"""The ground of this room's tests: an office with a force at work, made once a module and rolled back."""

import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test.utils import override_settings

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))


@pytest.fixture(scope="module")
def story(tmp_path_factory, django_db_setup, django_db_blocker):
    """What everybody saw before a force was dissolved, and the same evening."""
    import a_desk
    import a_force

    from qingfeng.organization.sample import make_sample_office

    before = django_settings.HOME
    mails = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    with django_db_blocker.unblock(), override_settings(**mails):
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            django_settings.HOME = tmp_path_factory.mktemp("forces") / "home"
            django_settings.HOME.mkdir()
            yield a_force.Story(a_desk.Desk(make_sample_office()))
            transaction.set_rollback(True)
    django_settings.HOME = before
