"""The day of an act is the day at the office, also in the hours in which it is yesterday in Greenwich."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from an_errand import in_hand, who

from qingfeng.desk.many import snapshots_of
from qingfeng.matters import keeping
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight of 1 January 2026


def test_a_slip_of_new_year_s_night_bears_the_day_and_the_number_of_the_new_year(office):
    sys.path.insert(0, str(Path(__file__).parents[1] / "mechanisms"))
    import a_story

    matter, step, _day = a_story.before(office, "directive", "closing", "dispatch", base=date(2025, 12, 30))
    with time_machine.travel(NEW_YEAR, tick=False):
        registrar = viewer_for(a_story.scene(office).person(step["by"]))
        done = perform("dispatch", matter, by=registrar)

    assert done, done
    slip = matter.slips.get().slip
    assert "〔2026〕" in slip.number.text
    assert slip.official["dated"] == "2026-01-01"


def test_gates_see_the_civil_day_of_an_act_and_what_was_corrected_since_at_once_or_one_by_one(office):
    matter, handlers = in_hand()
    with time_machine.travel(NEW_YEAR, tick=False):
        assert perform("note", matter, by=handlers[0], facts={"what": "已电话联系"})
    assert keeping.correct(matter, 1, {"amount": "1300"}, by=who("registrar"), reason="录入有误")
    matter = Matter.objects.get(pk=matter.pk)

    one = snapshot_of(matter, today=date(2026, 1, 1)).done
    many = snapshots_of([matter], today=date(2026, 1, 1))[matter.pk].snapshot.done

    assert next(act for act in one if act.act == "note").at.date() == date(2026, 1, 1)
    assert one[0].facts["amount"] == "1300.00"
    assert many == one
