"""The published limits: the same for everybody, harder for all when much comes in, never closed."""

from dataclasses import fields
from pathlib import Path

import pytest
import time_machine
from a_counter import PETITION, Writer, hidden, later, text_of
from django.utils import timezone

from qingfeng.public.counter import codes, tickets
from qingfeng.public.counter.limits import Limits, limits, said_limits, told
from qingfeng.public.counter.models import Arrival, Spent
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def test_when_much_comes_in_everybody_waits_longer_and_the_counter_stays_open(home):
    writer = Writer()
    Writer().writes(PETITION)
    quiet = tickets.give(tickets.WRITE)
    (home / "counter.toml").write_text("busy_letters = 1\nbusy_times = 4\n", encoding="utf-8")

    with time_machine.travel(timezone.now(), tick=False):
        busy = tickets.give(tickets.WRITE)
        waits = busy.seconds
    fields = hidden(writer.checked(PETITION))
    with later(21):
        early = writer.send({**fields, "go": "next"})
    with later(81):
        taken = writer.send({**fields, "go": "next"})

    (home / "counter.toml").unlink()
    assert (quiet.bits, busy.bits) == (16, 18)
    assert waits == 80
    assert "请稍候" in text_of(early)
    assert "已经收到" in text_of(taken)


def test_the_page_of_the_rules_shows_the_figures_in_force(home):
    (home / "counter.toml").write_text("wait_seconds = 33\ntext_characters = 4321\n", encoding="utf-8")

    said = text_of(Writer().page("rules/"))

    (home / "counter.toml").unlink()
    assert "33 秒" in said
    assert "4,321 字" in said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("wait_second = 3", "Did you mean wait_seconds"),
        ("files = -1", "from 0 to 10"),
        ("work_bits = 300", "from 1 to 24"),
        ("wait_seconds = 86400", "from 0 to 600"),
        ("files = ", "cannot be read"),
    ],
)
def test_a_limit_that_is_none_is_said_with_its_place(home, said, words):
    (home / "counter.toml").write_text(said, encoding="utf-8")

    with pytest.raises(Problem) as problem:
        said_limits()

    (home / "counter.toml").unlink()
    assert words in str(problem.value)
    assert "counter.toml" in problem.value.where


def test_a_file_of_limits_that_makes_no_sense_closes_nothing_and_is_named_in_the_log_once(home, caplog):
    (home / "counter.toml").write_text("wait_seconds = 33\n", encoding="utf-8")
    before = limits()
    (home / "counter.toml").write_text("wait_seconds = 'long'\n", encoding="utf-8")

    pages = [Writer().page(name) for name in ("", "write/", "rules/", "follow/")]
    now = limits()

    (home / "counter.toml").unlink()
    assert [one.status_code for one in pages] == [200] * 4
    assert (now, now.wait_seconds) == (before, 33)
    assert [one.getMessage() for one in caplog.records if "counter.toml" in one.getMessage()] != []
    assert caplog.text.count("wait_seconds") == 1


def test_however_long_everybody_waits_no_form_runs_out_before_it_is_taken():
    longest = max(one.metadata["from_to"][1] for one in fields(Limits) if one.name.endswith("_seconds"))
    times = max(one.metadata["from_to"][1] for one in fields(Limits) if one.name.endswith("_times"))

    assert longest * times < tickets.LASTS_SECONDS / 1.5


def test_the_limits_stand_in_the_papers_of_whoever_runs_the_counter(home):
    paper = (Path(__file__).parents[2] / "deploy/counter/README.md").read_text("utf-8")
    rows = {line for line in paper.splitlines() if line.startswith("| `")}

    for one in fields(Limits):
        row = next(line for line in rows if f"`{one.name}`" in line.split(" | ")[0])
        least, most = one.metadata["from_to"]
        assert f"{one.default:,}" in row, one.name
        assert f"{least:,}–{most:,}" in row, one.name
    assert [line.split()[0] for line in told()] == [one.name for one in fields(Limits)]


def test_three_grades_of_how_much_comes_in():
    figures = Limits()

    assert [figures.times(letters) for letters in (0, 299, 300, 2999, 3000)] == [1, 1, 3, 3, 9]


def test_a_ticket_that_was_forged_or_is_for_another_form_is_none_of_ours(home):
    ticket = tickets.give(tickets.READ)

    assert tickets.read(ticket.text, tickets.READ) == ticket
    assert tickets.read(ticket.text, tickets.WRITE) is None
    said, _, signed = ticket.text.rpartition(".")
    assert tickets.read(f"{said}.{signed[1:]}{signed[0]}", tickets.READ) is None
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
