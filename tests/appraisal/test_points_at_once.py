"""Two at once: the sheets of a year are laid out once, however often it is asked."""

import sys
from datetime import date
from pathlib import Path

import pytest

from qingfeng.appraisal.points import sheets
from qingfeng.appraisal.points.tables import Part, Period, Scheme, ScoreSheet

sys.path.append(str(Path(__file__).parents[1] / "house"))
sys.path.append(str(Path(__file__).parents[1] / "organization"))

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_lays_out_at_the_same_moment_finds_everybody_laid_out():
    import an_office
    import at_once

    unit = an_office.a_unit(is_ours=True)
    by = an_office.a_person()
    for _no in range(3):
        an_office.a_post(None, unit, "handler")
    scheme = Scheme.objects.create(
        year=2026,
        title="办法",
        state=Scheme.State.IN_FORCE,
        periods={},
        made_by=by,
        forced_on=date(2026, 1, 4),
    )

    told = at_once.at_once(*[lambda: sheets.lay_out(scheme, by=by.pk)] * 2)

    assert sorted(told) == [0, 4]
    assert ScoreSheet.objects.count() == 4
    assert Part.objects.count() == 4 * len(Period.values)
