import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from qingfeng.documents.models import Number
from qingfeng.documents.numbering import (
    OutsideTransaction,
    SeriesRunsAlready,
    begin_after,
    checked_form,
    gaps,
    take,
    void,
    written,
)
from qingfeng.journal.models import JournalEntry


class StoppedError(Exception):
    """Something in the caller's transaction went wrong."""


def taken_and_lost():
    with transaction.atomic():
        take("云纪督", "directive", year=2026)
        raise StoppedError


def taken_and_kept():
    with transaction.atomic():
        take("云纪督", "directive", year=2026)


@pytest.mark.django_db
def test_numbers_of_a_series_follow_each_other():
    assert [take("云纪督", "directive", year=2026).text for _each in "ab"] == [
        "云纪督〔2026〕1号",
        "云纪督〔2026〕2号",
    ]


@pytest.mark.django_db
def test_each_office_kind_and_year_has_a_series_of_its_own():
    series = [
        ("云纪督", "directive", 2026),
        ("云纪督", "directive", 2027),
        ("云纪移", "referral", 2026),
        ("云纪移", "reply", 2027),
    ]

    assert [take(code, kind, year=year).n for code, kind, year in series] == [1, 1, 1, 1]


@pytest.mark.django_db
def test_the_year_is_the_one_in_shanghai(time_machine):
    time_machine.move_to("2026-12-31T17:00:00Z")

    assert take("云纪督", "directive").year == 2027


@pytest.mark.django_db
def test_the_form_is_configured_by_kind_or_by_the_caller(settings):
    settings.QINGFENG_NUMBER_FORMS = {"directive": "{code}字〔{year}〕第{n:03}号"}

    assert take("督", "directive", year=2026).text == "督字〔2026〕第001号"
    assert take("督", "directive", year=2026, form="{code}-{year}-{n}").text == "督-2026-2"


@pytest.mark.parametrize(
    "form", ["{code}{n}号", "{code}〔{year}〕号", "{code}{year}{n}{unit}", "{code.x}{year}{n}", "{year}{n}{"]
)
def test_a_form_that_cannot_tell_documents_apart_is_refused(form):
    with pytest.raises(ValueError, match="form"):
        checked_form(form)


def test_a_form_puts_in_each_value_once():
    assert written("{code}〔{year}〕{n}号", code="{n}", year=2026, n=7) == "{n}〔2026〕7号"


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_inside_a_transaction_only():
    with pytest.raises(OutsideTransaction):
        take("云纪督", "directive", year=2026)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_rolled_back_gives_its_number_back():
    with pytest.raises(StoppedError):
        taken_and_lost()

    with transaction.atomic():
        assert take("云纪督", "directive", year=2026).n == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_take_at_once_leave_no_gap_and_no_number_twice():
    """Every third transaction is rolled back after it took its number."""
    together, wrong = threading.Barrier(6), []

    def clerk(number):
        try:
            together.wait()
            for turn in range(8):
                if (number + turn) % 3:
                    taken_and_kept()
                else:
                    with suppress(StoppedError):
                        taken_and_lost()
        except Exception as error:  # noqa: BLE001 - a thread's error is told by the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert list(Number.objects.values_list("n", flat=True)) == list(range(1, 6 * 8 - 16 + 1))
    assert gaps("云纪督", "directive", year=2026) == []


@pytest.mark.django_db
def test_a_voided_number_stays_in_the_list_and_is_not_given_again():
    number = take("云纪督", "directive", year=2026)

    void(number, reason="打印有误", by=None)
    assert take("云纪督", "directive", year=2026).n == 2
    assert [(each.n, each.void_reason) for each in Number.objects.all()] == [(1, "打印有误"), (2, "")]
    assert JournalEntry.objects.get().kind == "documents.number_voided"


@pytest.mark.django_db
def test_a_number_is_voided_once_and_with_a_reason():
    number = take("云纪督", "directive", year=2026)
    with pytest.raises(ValueError, match="say why"):
        void(number, reason=" ", by=None)

    void(number, reason="打印有误", by=None)
    with pytest.raises(ValueError, match="already"):
        void(number, reason="又一次", by=None)


@pytest.mark.django_db
def test_a_series_begins_after_the_last_number_on_paper():
    begin_after("云纪督", "directive", year=2026, last=37)

    assert take("云纪督", "directive", year=2026).n == 38
    assert gaps("云纪督", "directive", year=2026) == []
    with pytest.raises(SeriesRunsAlready):
        begin_after("云纪督", "directive", year=2026, last=50)


@pytest.mark.django_db
def test_a_number_deleted_behind_the_houses_back_shows_as_a_gap():
    taken = [take("云纪督", "directive", year=2026) for _each in range(3)]

    taken[1].delete()
    assert gaps("云纪督", "directive", year=2026) == [2]


@pytest.mark.django_db
def test_two_series_that_would_print_the_same_number_are_found():
    take("云纪", "directive", year=2026)

    with pytest.raises(IntegrityError), transaction.atomic():
        take("云纪", "referral", year=2026)
