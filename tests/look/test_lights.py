"""A light is a shape, a word and the days; never a colour alone."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from qingfeng.look.lights import STATES, Light, drawn


def drawing(clock, language="zh-hans"):
    with translation.override(language):
        return Template("{% load look %}{% light clock %}").render(Context({"clock": clock}))


def test_every_state_has_a_shape_and_a_word_of_its_own():
    shapes = {state: drawing(Light(state)).split("<svg")[1].split("</svg>")[0] for state in STATES}
    words = {state: drawing(Light(state)).split("light-word")[1].split("<")[0] for state in STATES}

    assert len(set(shapes.values())) == len(STATES)
    assert len(set(words.values())) == len(STATES)


def test_without_words_the_days_are_counted_from_today():
    with time_machine.travel(datetime(2026, 11, 26, 1, 0, tzinfo=UTC), tick=False):
        assert "还剩 4 天" in drawing(Light("green", date(2026, 11, 30)))
        assert "due today" in drawing(Light("yellow", date(2026, 11, 26)), "en")


def test_a_paused_or_ended_clock_counts_no_days():
    assert drawn(Light("paused", date(2026, 1, 1)))["words"] == ""
    assert drawn(Light("done", date(2026, 1, 1)))["words"] == ""


def test_overdue_is_said_once():
    assert drawing(Light("red", None, "逾期 3 个工作日")).count("逾期") == 1


def test_a_state_that_nothing_draws_is_refused():
    with pytest.raises(ValueError, match="not 'blue'"):
        drawn(Light("blue"))
