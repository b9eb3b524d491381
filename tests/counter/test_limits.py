"""The published limits: the same for everybody, harder for all when much comes in, never closed."""

import pytest
from a_counter import PETITION, Writer, hidden, later, text_of

from qingfeng.public.counter import codes, tickets
from qingfeng.public.counter.limits import Limits, limits
from qingfeng.public.counter.models import Arrival, Spent
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def test_when_much_comes_in_everybody_waits_longer_and_the_counter_stays_open(home):
    writer = Writer()
    Writer().writes(PETITION)
    quiet = tickets.give(tickets.WRITE)
    (home / "counter.toml").write_text("busy_letters = 1\nbusy_times = 4\n", encoding="utf-8")

    busy = tickets.give(tickets.WRITE)
    fields = hidden(writer.checked(PETITION))
    with later(21):
        early = writer.send({**fields, "go": "next"})
    with later(81):
        taken = writer.send({**fields, "go": "next"})

    (home / "counter.toml").unlink()
    assert (quiet.bits, busy.bits) == (16, 18)
    assert 79 <= busy.seconds <= 80
    assert "请稍候" in text_of(early)
    assert "已经收到" in text_of(taken)


def test_the_page_of_the_rules_shows_the_figures_in_force(home):
    (home / "counter.toml").write_text("wait_seconds = 33\ntext_characters = 4321\n", encoding="utf-8")

    said = text_of(Writer().page("rules/"))

    (home / "counter.toml").unlink()
    assert "33 秒" in said
    assert "4321 字" in said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("wait_second = 3", "Did you mean wait_seconds"),
        ("files = -1", "whole number"),
        ("files = ", "cannot be read"),
    ],
)
def test_a_limit_that_is_none_is_said_with_its_place(home, said, words):
    (home / "counter.toml").write_text(said, encoding="utf-8")

    with pytest.raises(Problem) as told:
        limits()

    (home / "counter.toml").unlink()
    assert words in str(told.value) + str(told.value.then)
    assert "counter.toml" in str(told.value.where)


def test_three_grades_of_how_much_comes_in():
    figures = Limits()

    assert [figures.times(letters) for letters in (0, 299, 300, 2999, 3000)] == [1, 1, 3, 3, 9]


def test_a_ticket_that_was_forged_or_is_for_another_form_is_none_of_ours(home):
    ticket = tickets.give(tickets.READ)

    assert tickets.read(ticket.text, tickets.READ) == ticket
    assert tickets.read(ticket.text, tickets.WRITE) is None
    assert tickets.read(ticket.text[:-1] + "A", tickets.READ) is None
    assert tickets.read("x" * 2000, tickets.READ) is None
    assert not any(ticket.is_worked(number) for number in ("", "-1", "٣", "9" * 21))


def test_used_tickets_are_forgotten_once_they_would_have_run_out(home):
    ticket = tickets.give(tickets.READ)

    assert tickets.spend(ticket)
    assert not tickets.spend(ticket)
    with later(8 * 3600):
        tickets.sweep()
    assert not Spent.objects.exists()


def test_codes_have_a_hundred_random_bits_and_no_signs_that_are_mistaken(home):
    made = {codes.new_code() for _one in range(200)}

    assert len(made) == 200
    assert all(len(one) == 20 and set(one) <= set(codes.SIGNS) for one in made)
    assert not set("01OI") & set(codes.SIGNS)
    assert codes.LENGTH * 5 == 100


def test_the_code_is_kept_nowhere_and_gives_the_key_of_the_answers(home):
    from a_counter import code_of, newest

    code = codes.read(code_of(Writer().writes(PETITION)))

    assert codes.pair_of(code)[1] == bytes(newest().key)
    assert code not in str(list(Arrival.objects.values()))
