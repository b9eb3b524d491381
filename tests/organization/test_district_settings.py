"""Settings of the district."""

from datetime import timedelta

import an_office as an
import pytest
from django.utils import timezone

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def test_the_default_holds_until_somebody_decides():
    from qingfeng.organization.district_settings import CHOICES, setting

    assert all(setting(key) == choice.default for key, choice in CHOICES.items())


def test_a_decision_holds_from_its_instant_and_the_earlier_stays_on_record():
    from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, set_setting, setting

    first = set_setting(FORMER_OFFICE_YEARS, "5", by=None, reason="常委会决定")
    set_setting(FORMER_OFFICE_YEARS, 2, by=None, reason="再议")

    assert setting(FORMER_OFFICE_YEARS) == 2
    assert setting(FORMER_OFFICE_YEARS, at=first.set_at) == 5
    assert setting(FORMER_OFFICE_YEARS, at=timezone.now() - timedelta(days=1)) == 3


@pytest.mark.parametrize("value", ["", "three", "-1", "31", "2.5"])
def test_a_figure_out_of_bounds_is_refused(value):
    from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, set_setting

    with pytest.raises(Problem):
        set_setting(FORMER_OFFICE_YEARS, value, by=None, reason="示例")


def test_a_decision_without_a_reason_is_refused():
    from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, set_setting

    with pytest.raises(Problem):
        set_setting(FORMER_OFFICE_YEARS, 5, by=None, reason=" ")


def test_an_unknown_setting_is_told_with_a_near_name():
    from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, setting

    with pytest.raises(Problem) as told:
        setting("organization.former_office_year")

    assert FORMER_OFFICE_YEARS in told.value.then


def test_every_setting_says_what_it_does_and_on_what_basis():
    from qingfeng.organization.district_settings import CHOICES

    assert all(one.name and one.description and one.basis for one in CHOICES.values())


def test_a_key_has_one_meaning():
    from dataclasses import replace

    from qingfeng.organization.district_settings import CHOICES, FORMER_OFFICE_YEARS, register

    register(CHOICES[FORMER_OFFICE_YEARS])
    with pytest.raises(Problem):
        register(replace(CHOICES[FORMER_OFFICE_YEARS], default=9))


def test_every_setting_is_shown_in_one_query(django_assert_num_queries):
    from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, set_setting, settings_in_force

    set_setting(FORMER_OFFICE_YEARS, 5, by=an.an_account("system_admin"), reason="示例")

    with django_assert_num_queries(1):
        shown = {choice.key: value for choice, value, _row in settings_in_force()}
    assert shown[FORMER_OFFICE_YEARS] == 5
