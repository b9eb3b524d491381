"""Quality of a clue at registration against what came of it: shares with intervals, by source."""

import a_life
import pytest
from django.utils import timezone

from qingfeng.desk import counted
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.statistics import Period
from qingfeng.mechanisms.clue import fields

pytestmark = pytest.mark.django_db
CLUE = "clue"


def _concluded(office, many, **facts):
    """So many clues of a source and quality, decided today."""
    now = timezone.now()
    unit = office.units["案管室"]
    for _no in range(many):
        count = Matter.objects.count()
        matter = Matter.objects.create(
            mechanism=CLUE,
            number=f"线索测{count}",
            slug=f"test-{count}",
            title="线索",
            stage="concluded",
            owner=unit,
            opened_on=timezone.localdate(),
            opened_at=now,
            facts=facts,
        )
        Performance.objects.create(matter=matter, no=1, act="conclude", at=now, to_stage="concluded")


def _shown(key):
    declared = mechanism(CLUE)
    figure = next(one for one in declared.figures if one.key == key)
    today = timezone.localdate()
    period = Period(today, today, today)
    found = counted.shown(figure, declared, Matter.objects.all(), period, list_address="/clues/")
    return {tuple(line.split): line for line in found.lines}, found.says


def test_a_share_of_five_is_said_with_its_interval_and_of_four_as_a_count(office):
    high = {"source": "finding", "quality": "high"}
    _concluded(office, 3, **high, found="yes", outcome="case")
    _concluded(office, 1, **high, found="partly", outcome="remind")
    _concluded(office, 1, **high, found="no", outcome="close")
    _concluded(office, 1, source="petition", quality="low", found="yes", outcome="case")
    _concluded(office, 3, source="petition", quality="low", found="no", outcome="close")

    so, says = _shown("so_by_quality")
    cases, _says = _shown("cases_by_quality")

    found_high, petition_low = (str(dict(fields.SOURCES)[one]) for one in ("finding", "petition"))
    grade = {key: str(words) for key, words in fields.QUALITIES}
    line = so[found_high, grade["high"]]
    assert (line.words, line.of, line.value) == ("80.0 %", 5, 80.0)
    assert line.interval == "42–94 %"
    assert cases[found_high, grade["high"]].words == "60.0 %"
    few = so[petition_low, grade["low"]]
    assert (few.words, few.of, few.value, few.interval) == ("1", 4, None, "")
    assert "90" in says


def test_each_number_opens_the_clues_behind_it(office):
    _concluded(office, 5, source="audit", quality="middle", found="yes", outcome="case")

    so, _says = _shown("so_by_quality")

    assert {line.href.partition("?")[0] for line in so.values()} == {"/clues/"}
    assert {
        "figure=so_by_quality" in line.href and "is=audit" in line.href and "is=middle" in line.href
        for line in so.values()
    } == {True}


def test_what_a_clue_says_about_who_reported_is_asked_nowhere():
    declared = mechanism(CLUE)
    asked = {one.key for act in declared.acts for one in act.asks} | {one.key for one in declared.asks}

    assert not [key for key in asked if "report" in key and key != "report_no"]
    assert {"source", "quality"} <= asked
    assert a_life.lived(CLUE, "to_case").facts["quality"] == "high"
