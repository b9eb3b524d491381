"""A campaign of the demonstration on real doubts: fuel cards, its net closed, rolled out to every unit.

It goes through the doors that real work goes through; what its verifications find is what the sample
district's answer key says (`demonstration_leads`). One that is closed, with the proof that its data is gone,
is among the stories (`mechanisms/campaign/sample.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
RULES = ("fuel_over_tank_single", "fuel_same_day_repeat")
DAYS_AGO = 76
HANDED_OUT, LAST_DAY = 42, 75  # days of the campaign: doubts handed out, the last of its story
SOME = 2  # doubts of tier B that are verified already
REPORTING = 3  # units that have reported already
TITLE = "公务加油卡专项治理（全区）"


def play(
    truth: Path,
    attach: Callable[[str, Any], int],
    scene: Callable[[date], Any],
    report: Callable[[str], None],
) -> None:
    """Play a campaign from its topic to its rolling out.

    Args:
        truth: The answer key of the sample district.
        attach: Keeps a paper of that name, brought by that person, and gives its id.
        scene: Gives the place of a story that began on a day.
        report: Told what is being done, a line each.
    """
    from qingfeng.findings import precision  # noqa: PLC0415 - Django is started by now
    from qingfeng.matters.answers import Done  # noqa: PLC0415
    from qingfeng.matters.door import open_matter  # noqa: PLC0415
    from qingfeng.mechanisms import sampling  # noqa: PLC0415
    from qingfeng.mechanisms.campaign import sample  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    base = _today() - timedelta(days=DAYS_AGO)
    where = scene(base)
    opening = sample.OPENING
    done = open_matter(
        "campaign",
        by=viewer_for(where.person(opening["opened_by"]), base),
        title=TITLE,
        owner=where.unit(opening["owner"]),
        at=where.at(0),
        facts=opening["facts"],
    )
    if not isinstance(done, Done):
        raise sampling.StoryBroke(f"The campaign could not be opened: {done}")
    drive = sampling.go_on(done.matter, list(_until_the_net(base)), where)
    _verify(drive, base + timedelta(days=HANDED_OUT), truth, attach)
    precision.refresh()
    drive = sampling.go_on(drive, [sample.step(LAST_DAY, "analyst", "count_yields")], where)
    counted = drive.lines.filter(ledger="counts").order_by("-no").first().facts
    if not counted["a_left"]:
        drive = sampling.go_on(drive, list(_rolled_out(counted)), where)
        _report_some(drive, attach)
        drive = sampling.go_on(drive, [sample.step(DAYS_AGO, "analyst", "count_yields")], where)
    report(f"A campaign on {counted['hits']} doubts: {drive.stage}.")


def _verify(drive: Any, began: date, truth: Path, attach: Callable[[str, Any], int]) -> None:
    """Hand out every doubt of tier A and some of tier B, and let each be found what the answer key says."""
    from qingfeng.mechanisms.campaign import hits  # noqa: PLC0415
    from qingfeng.project import demonstration_leads  # noqa: PLC0415

    rows = hits.leads_in(drive).filter(matter=None, unit__isnull=False, subject_name="")
    first = rows.filter(tier="A").select_related("unit").order_by("key")
    some = rows.filter(tier="B").select_related("unit").order_by("key")[:SOME]
    key = demonstration_leads.AnswerKey.read(truth)
    for lead in (*first, *some):
        demonstration_leads.Verified(lead, began, key, attach).play("filed")


def _until_the_net(base: date) -> Iterator[Mapping[str, Any]]:
    """Yield the steps of the sample's story until the net is closed, over all units and the whole lake."""
    from qingfeng.findings.models import Lead  # noqa: PLC0415
    from qingfeng.mechanisms.campaign import sample  # noqa: PLC0415

    days = Lead.objects.filter(is_current=True, at__isnull=False).order_by("at").values_list("at", flat=True)
    last = min(days[len(days) - 1].date(), base + timedelta(days=HANDED_OUT))  # what came later comes later
    period = {"period_from": days[0].date().isoformat(), "period_until": last.isoformat()}
    for step in (*sample.PLANNED, *sample.APPROVED, *sample.STAFFED, *sample.CRACKED, *sample.LOCKED):
        if step["act"] == "write_plan":
            yield {**step, "facts": {**step["facts"], **period, "scope": "all", "units": []}}
        elif step["act"] == "set_rules":
            yield {**step, "facts": {**step["facts"], "rules": list(RULES)}}
        elif step["act"] == "test_rule":
            line = step["lines"]["rule_tests"][0]
            yield {**step, "lines": {"rule_tests": [{**line, "tested_rule": rule} for rule in RULES]}}
        else:
            yield step
    yield sample.SWEPT[0]


def _rolled_out(counted: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what is done once no doubt of tier A is left: tasks ended, a circular, every unit asked."""
    from qingfeng.mechanisms.campaign import sample  # noqa: PLC0415

    done = {"task_done": "逐条核对凭证并听取单位说明，已提出结论。"}
    yield {"day": LAST_DAY, "by": "style_one", "act": "end_task", "changes": {"tasks": {1: done}}}
    yield {**sample.SWEPT[-1], "day": LAST_DAY}
    asks = next(one for one in sample.ROLLED_OUT if one["act"] == "send_self_checks")
    facts = {**asks["facts"], "self_by": f"day:{LAST_DAY + 20}"}
    yield {"day": LAST_DAY, "by": asks["by"], "act": asks["act"], "facts": facts}
    circular = next(one for one in sample.ROLLED_OUT if one["act"] == "circulate")
    said = {"said_hits": counted["hits"], "said_true": counted["true"], "said_clues": counted["clues"]}
    yield sample.step(
        LAST_DAY, circular["by"], "circulate",
        **{key: value for key, value in circular["facts"].items() if key.startswith("circular")}, **said,
    )  # fmt: skip


def _report_some(drive: Any, attach: Callable[[str, Any], int]) -> None:
    """Let a few units report: problems of their own accord, and nothing found."""
    from qingfeng.matters.door import perform  # noqa: PLC0415
    from qingfeng.mechanisms.self_check import sample  # noqa: PLC0415
    from qingfeng.organization.people import holders  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    at = datetime.combine(_today(), time(9), BEIJING)
    checks = [line.target for line in drive.links_out.filter(kind="rolls_out").order_by("pk")]
    for place, check in enumerate(checks[:REPORTING]):
        contact = holders("unit_contact", _today(), unit=check.parties.get(role="unit").unit)
        if not contact:
            continue
        by = viewer_for(contact[0], _today())
        found = place != REPORTING - 1
        if found:
            days = {"admitted_from": 120, "admitted_until": 30, "measure_by": -40}
            typed = {**sample.PROBLEM, **{key: _ago(ago) for key, ago in days.items()}}
            perform("admit", check, by=by, at=at, facts=typed)
        facts = {
            **sample.REPORTED["facts"],
            "found_any": "yes" if found else "no",
            "signed_form": [attach("自查自纠表签字件.pdf", contact[0])],
        }
        perform("report", check, by=by, at=at, facts=facts)


def _ago(days: int) -> str:
    return (_today() - timedelta(days=days)).isoformat()


def _today() -> date:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate()
