"""Writes that wait for nothing: one journey, numbers beforehand, and a commit that is still Django's."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from qingfeng.journal.driver import Foreseen, execute_all, in_one_go, later, numbers_for
from qingfeng.journal.models import JournalTally
from qingfeng.journal.straight import Question, ask_all, insert

TALLY = "INSERT INTO journal_journaltally (log, slot, appended) VALUES (%s, %s, %s)"
ORPHAN = "INSERT INTO journal_journalsecret (entry_id, name, commitment) VALUES (%s, %s, %s)"
OF_SLOT = Question(lambda slot: JournalTally.objects.filter(slot=slot).values_list("appended"))


def _tally(slot, appended=0):
    return JournalTally(log="internal", slot=slot, appended=appended)


def _write(*statements, then=lambda: None):
    with in_one_go():
        for one in statements:
            later(*one)
        transaction.on_commit(then)


@pytest.mark.django_db(transaction=True)
def test_a_block_is_one_transaction_that_is_there_whole_or_not_at_all():
    told = []
    seen = lambda: told.append(list(JournalTally.objects.values_list("slot", "appended")))  # noqa: E731

    _write((TALLY, ("internal", 1, 7)), (TALLY, ("internal", 2, 8)), then=seen)
    is_open = connection.in_atomic_block
    with pytest.raises(IntegrityError):
        _write((TALLY, ("internal", 3, 9)), (TALLY, ("internal", 1, 9)), then=seen)
    with transaction.atomic():
        _write((TALLY, ("internal", 4, 10)), then=seen)
        within = OF_SLOT(4)
        transaction.set_rollback(True)

    assert told == [[(1, 7), (2, 8)]]
    assert is_open is False
    assert within == [(10,)]
    assert sorted(JournalTally.objects.values_list("slot", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_only_at_the_commit_leaves_nothing_and_the_connection_goes_on():
    with pytest.raises(IntegrityError):
        _write((TALLY, ("internal", 1, 7)), (ORPHAN, (2**40, "petitioner", "0" * 64)))
    _write((TALLY, ("internal", 2, 8)))

    assert list(JournalTally.objects.values_list("slot", flat=True)) == [2]


def _write_and_pass_over():
    with in_one_go():
        later(TALLY, ("internal", 1, 7))
        later(TALLY, ("internal", 1, 8))
        with suppress(IntegrityError):
            OF_SLOT(1)


@pytest.mark.django_db(transaction=True)
def test_a_commit_after_a_failure_that_somebody_passed_over_is_never_taken_for_one():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite goes on after a statement that failed")

    with pytest.raises(DatabaseError):
        _write_and_pass_over()
    _write((TALLY, ("internal", 2, 9)))

    assert list(JournalTally.objects.values_list("slot", flat=True)) == [2]


def test_rows_have_the_numbers_that_were_foreseen_and_others_those_that_they_are_given(db):
    with in_one_go():
        ask_all((OF_SLOT, (0,)), foresees=(JournalTally, JournalTally))
        first = insert([_tally(1, 70_000), _tally(2)])
        then = insert([_tally(3), _tally(4, 2**40)])
        rest = numbers_for("journal_journaltally", 1)

    there = dict(JournalTally.objects.values_list("pk", "slot"))
    assert there == {one.pk: one.slot for one in (*first, *then)}
    assert len(there) == 4
    assert OF_SLOT(4) == [(2**40,)]
    assert rest is None
    assert not any(one._state.adding for one in (*first, *then))


def test_numbers_that_were_foreseen_serve_once_and_not_for_long(monkeypatch):
    held = Foreseen()
    held.keep(("act", "act", "entry"), (4, 5, 9))

    taken = held.take("act", 1), held.take("act", 2), held.take("act", 1), held.take("nothing", 1)
    monkeypatch.setattr("qingfeng.journal.driver.monotonic", lambda: held._until + 0.1)

    assert taken == ([4], None, [5], None)
    assert held.take("entry", 1) is None


def test_of_statements_sent_together_none_is_executed_after_one_that_fails(db):
    statements = [(TALLY, ("internal", slot, 1)) for slot in (1, 1, 5)]
    with pytest.raises(IntegrityError), transaction.atomic():
        execute_all(statements)

    assert not JournalTally.objects.exists()
    assert execute_all([(TALLY, ("internal", 6, 4)), OF_SLOT.statement(6)])[-1] == [(4,)]
