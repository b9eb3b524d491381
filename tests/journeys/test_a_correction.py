"""A letter answered on paper, in browsers: the records say so, closing waits, the approver answers for it."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from a_correction import MEND_BY, SERVED, TRIGGER, a_lake, a_run
from django.conf import settings as django_settings
from django.utils import timezone
from in_chromium import needs_chromium

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
BASE = SERVED - timedelta(days=23)
HEARD, EVALUATED, CHECKED, STRUCK, REOPENED = (date(2026, 7, day) for day in (2, 3, 4, 6, 8))
WHY = "单位已换用新油卡系统，旧卡数据截至上月，以三个月后回头看实地核查为准。"


@pytest.fixture
def home(tmp_path, settings):
    """A home of its own, with the keys of the house."""
    shutil.copytree(Path(django_settings.HOME) / "keys", tmp_path / "home" / "keys")
    settings.HOME = tmp_path / "home"
    return settings.HOME


def morning(on):
    return datetime(on.year, on.month, on.day, 9, tzinfo=timezone.get_current_timezone())


def days(on):
    return (on - BASE).days


def fitted(step):
    """The room's story, about cards and to another unit."""
    if step["act"] != "draft":
        return step
    named = {
        "rules": ["fuel_nonfuel_goods"], "neighbours": ["fuel_over_tank_single"], "tolerance": 30,
        "mend_by": MEND_BY.isoformat(), "trigger_from": TRIGGER[0], "trigger_until": TRIGGER[1],
        "letter_title": "关于规范公务加油卡使用的建议",
    }  # fmt: skip
    return {**step, "facts": {**step["facts"], **named}}


def place(road):
    """Where the letter's story is told: its unit is another one than in the room's story."""
    own = road.scene()
    return type(own)(
        base=BASE,
        person=lambda key: own.person("housing_contact" if key == "education_contact" else key),
        unit=lambda key: own.unit("housing" if key == "education" else key),
        attach=own.attach,
        on=own.on,
    )


def a_reported_letter(where):
    """A letter to a unit that goes on as before, every measure reported as done with its papers."""
    from qingfeng.mechanisms import sampling
    from qingfeng.mechanisms.recommendation import sample_steps as told

    steps = (
        *told.SEALED, *told.DELIVERED, *told.PLANNED, *told.AT_WORK, *told.PROVED, *told.visits(93),
        *told.reported(95), *told.EVALUATED,
    )  # fmt: skip
    matter = sampling.play("recommendation", "closed", where, steps=0, title="关于规范公务加油卡使用的建议")
    return sampling.go_on(matter, [fitted(one) for one in steps], where)


def heard(run, on):
    """Let the house ask the records, as after a screening."""
    from qingfeng.findings.confirming import compare_open
    from qingfeng.findings.models import Screening

    at = morning(on)
    Screening.objects.get_or_create(
        run=run.id, defaults={"snapshot": run.snapshot, "at": at, "until": run.until}
    )
    with time_machine.travel(at, tick=False):
        return compare_open(run)


def test_papers_close_no_letter_while_the_records_go_on_and_what_comes_back_reopens_it(home, road):
    """监察法 Art. 62: whoever passes a gate answers for it by name and with a reason."""
    from qingfeng.desk.kinds import address
    from qingfeng.mechanisms import sampling
    from qingfeng.mechanisms.recommendation import sample_steps as told

    where, run = place(road), a_run(*a_lake(home))
    matter = a_reported_letter(where)
    assert heard(run, HEARD) == 1
    evaluated = {**told.CHECKED[0], "day": days(EVALUATED)}
    evaluated["facts"] = {**evaluated["facts"], "rerun": "not_confirmed"}
    matter = sampling.go_on(matter, [evaluated, {**told.CHECKED[1], "day": days(CHECKED)}], where)

    with time_machine.travel(morning(STRUCK)):
        principal, deputy = road.at("principal"), road.at("deputy")
        principal.go(f"{address(matter)}records/")
        assert principal.reads("数据未显示整改")
        assert principal.reads("纸面整改")
        assert principal.reads("仍发现28条")
        deputy.go(f"{address(matter)}acts/strike_off/")
        assert deputy.reads("记录未印证整改")
        assert not deputy.page.locator("#id_override-records_confirm").count()
        principal.go(f"{address(matter)}acts/strike_off/")
        principal.page.check("#id_rests_on_visit")
        principal.page.fill("#id_override-records_confirm", WHY)
        principal.page.locator("main form button[type=submit]").last.click()
        principal.page.wait_for_load_state()
    matter.refresh_from_db()
    struck = matter.story.get(act="strike_off")
    assert matter.stage == "struck_off"
    assert struck.entered["overrides"] == {"records_confirm": WHY}
    assert struck.entry_id
    type(struck).objects.filter(pk=struck.pk).update(at=morning(date(2026, 2, 3)))  # as if months ago

    assert heard(run, REOPENED) == 2

    matter.refresh_from_db()
    assert matter.stage == "correcting"
    with time_machine.travel(morning(REOPENED)):
        principal, unit = road.at("principal"), road.at("housing_contact")
        principal.go(f"{address(matter)}records/")
        assert principal.reads("销号后再次命中")
        unit.go(f"{address(matter)}records/")
        assert not unit.reads("油卡购买非油品")
