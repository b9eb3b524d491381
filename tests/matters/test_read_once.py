"""An act reads its matter in one statement: the same rows as question by question, and few questions."""

from datetime import timedelta

import an_errand
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingfeng.journal.driver import execute, gathered, later
from qingfeng.journal.straight import Question, Together, change
from qingfeng.matters import at_hand, guarding, in_force
from qingfeng.matters.answers import Done
from qingfeng.matters.district import LAST_DAY_MOVES
from qingfeng.matters.door import perform
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Party, Performance
from qingfeng.organization.district_settings import set_setting, setting
from qingfeng.organization.models import Person

EVERY = (Matter, Party, ClockRun, LedgerLine, Performance)


@pytest.fixture
def story(office):
    """An errand in hand with a promise, a decision about somebody, and a report that waits to be closed."""
    matter, (one, two) = an_errand.in_hand(parties={"subject_unit": [an_errand.unit("区住建局")]})
    line = {"text": "三日内补齐凭证", "due_on": (timezone.localdate() + timedelta(days=3)).isoformat()}
    for act, by, more in (
        ("note", one, {"facts": {"what": "已到场"}}),
        ("promise", two, {"lines": {"promises": [line, {"text": "无期限的一项"}]}}),
    ):
        done = perform(act, matter, by=by, **more)
        assert isinstance(done, Done), done
    head = an_errand.who("dept_head")
    guarding.recuse(matter, Person.objects.get(pk=head.person_id), "亲属", by=one)
    return done.matter


def _as_values(rows):
    return [{one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields} for row in rows]


@pytest.mark.parametrize("model", EVERY, ids=lambda one: one.__name__)
def test_rows_read_together_are_the_rows_that_a_query_gives(story, model):
    column = "pk" if model is Matter else "matter"
    question = Question(lambda key: model.objects.filter(**{column: key}).order_by("pk"))
    plain = list(model.objects.filter(**{column: story.pk}).order_by("pk"))

    alone = question(story.pk)
    (together,) = Together(question)(story.pk)

    assert plain
    assert _as_values(alone) == _as_values(plain)
    assert _as_values(together) == _as_values(plain)
    assert all(not row._state.adding and row._state.db == "default" for row in together)


def test_values_read_together_come_in_the_order_that_was_asked_for(story):
    asked = Question(
        lambda key: (
            LedgerLine.objects.filter(matter=key).order_by("-no").values_list("no", "due_on", "is_done")
        )
    )
    nothing = Question(lambda key: Party.objects.filter(matter=key, role="nobody"))

    lines, none = Together(asked, nothing)(story.pk)

    assert lines == asked(story.pk)
    assert [no for no, *_ in lines] == [2, 1]
    assert none == []


def test_one_reading_holds_what_each_question_would_have_found(story):
    apart, whole = at_hand.AtHand(story), at_hand.AtHand(story)
    with whole.knowing(at_hand.AT_ONCE(story.pk)):
        assert _as_values(whole.parties()) == _as_values(apart.parties())
        assert _as_values(whole.clocks()) == _as_values(apart.clocks())
        assert whole.next_line("promises") == apart.next_line("promises") == 3
        assert whole.next_line("promises") == 4
        assert whole.next_line("nothing_yet") == 1
        for person in story.recusals.values_list("person", flat=True):
            assert whole.recused_by_decision(person) is apart.recused_by_decision(person) is True


def test_a_part_that_is_handed_on_in_an_act_is_known_at_once(office):
    matter = an_errand.an_errand()
    one, two = an_errand.two_handlers()
    with at_hand.held(matter) as reading:
        before = {party.role for party in reading.parties()}
        reading.parties_changed(
            [party for party in reading.parties() if party.role == "receiver"],
            [Party(matter=matter, role="handler", person_id=who.person_id, since_at=timezone.now())
             for who in (one, two)],
        )  # fmt: skip

        assert "receiver" in before
        assert [party.role for party in reading.parties()] == ["handler", "handler"]
        assert reading.has_acted_as(one.person_id, ["handler"])


def test_an_act_asks_few_questions(story):
    one, _two = an_errand.two_handlers()
    perform("note", story, by=one, facts={"what": "再次到场"})

    with CaptureQueriesContext(connection) as held:
        done = perform("note", story, by=one, facts={"what": "第三次到场"})

    said = [query["sql"] for query in held.captured_queries]
    asked = [sql for sql in said if sql.startswith("SELECT")]
    assert isinstance(done, Done)
    assert len(asked) <= 2, asked
    assert len(said) <= 9, said


def test_a_setting_decided_before_an_act_counts_in_it_and_stands_as_long_as_it_lasts(office):
    set_setting(LAST_DAY_MOVES, value=False, by=None, reason="试行")

    with in_force.read_once():
        within = setting(LAST_DAY_MOVES)
        set_setting(LAST_DAY_MOVES, value=True, by=None, reason="恢复")
        still = setting(LAST_DAY_MOVES)

    assert (within, still, setting(LAST_DAY_MOVES)) == (False, False, True)


def test_a_signature_that_waits_is_overtaken_by_the_next_act(story):
    one, two = an_errand.two_handlers()
    assert isinstance(perform("keep", story, by=one, facts={"line": 1}), Done)
    assert isinstance(perform("keep", story, by=one, facts={"line": 2}), Done)
    reported = perform("report", story, by=one, facts={"result": "已核对"})
    assert isinstance(reported, Done), reported
    waiting = reported.matter.awaiting.create(
        act="close", by_id=two.person_id, as_role="head", at=timezone.now(), revision=reported.matter.revision
    )

    perform("return", reported.matter, by=an_errand.who("deputy"), reason="补充")
    waiting.refresh_from_db()

    assert waiting.ended == "overtaken"


def test_what_goes_wrong_in_the_driver_is_djangos_error_and_leaves_the_transaction_usable(db):
    from qingfeng.journal.models import JournalTally

    JournalTally.objects.create(log="internal", slot=-1, appended=0)
    sql = "INSERT INTO journal_journaltally (log, slot, appended) VALUES (%s, %s, %s)"

    with pytest.raises(IntegrityError), transaction.atomic():
        execute(sql, ("internal", -1, 1))
    (row,) = execute("SELECT appended FROM journal_journaltally WHERE slot = %s", (-1,))

    assert row[0] == 0


def test_small_and_large_numbers_go_through_one_statement(db):
    from qingfeng.journal.models import JournalTally

    for appended in (1, 70_000, 2**40):
        JournalTally.objects.create(log="public", slot=appended, appended=appended)
    asked = Question(lambda slot: JournalTally.objects.filter(slot=slot).values_list("appended"))

    assert [asked(one) for one in (1, 70_000, 2**40)] == [[(1,)], [(70_000,)], [(2**40,)]]


def test_a_write_that_nobody_waits_for_is_there_for_every_query_after_it(story):
    with transaction.atomic(), gathered():
        story.title = "改过的标题"
        change(story, "title")
        by_django = Matter.objects.get(pk=story.pk).title
        story.title = "又改过的标题"
        change(story, "title")
        by_a_question = Question(lambda key: Matter.objects.filter(pk=key))(story.pk)[0].title
        story.title = "最后的标题"
        change(story, "title")

    assert by_django == "改过的标题"
    assert by_a_question == "又改过的标题"
    assert Matter.objects.get(pk=story.pk).title == "最后的标题"


def test_a_write_that_nobody_waits_for_fails_before_its_transaction_ends(story):
    def write():
        with transaction.atomic(), gathered():
            later("UPDATE matters_matter SET title = %s WHERE id = %s", ("不会留下", story.pk))
            later("UPDATE matters_performance SET no = %s WHERE matter_id = %s", (1, story.pk))

    with pytest.raises(IntegrityError):
        write()

    assert Matter.objects.get(pk=story.pk).title == story.title


def test_what_waits_in_a_block_that_is_given_up_is_never_written(story):
    def write():
        with transaction.atomic(), gathered():
            later("UPDATE matters_matter SET title = %s WHERE id = %s", ("不会留下", story.pk))
            raise LookupError

    with pytest.raises(LookupError):
        write()

    assert Matter.objects.get(pk=story.pk).title == story.title
