"""Letters of the demonstration: to the units of which the sample district tells what became of a letter.

They are played through the doors that real work goes through, on the days that the district's records fit;
what the records say of each is worked out from them, never told here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
SERVED = 23  # day of a letter's story on which it is served
RECEIVER, CONTACT = "education", "education_contact"  # who plays the receiving unit in the stories
TEXTS: dict[str, tuple[str, str, str]] = {
    "mended": (
        "关于规范公务加油卡使用的建议",
        "两张公务加油卡在加油站便利店结算烟酒饮料，报销时只附汇总单，未附消费小票。",
        "与石油公司签订限制非油品消费的补充约定，每月由财务人员下载逐笔明细核对。",
    ),
    "on_paper": (
        "关于健全加油卡审批核销制度的建议",
        "加油卡充值、保管、核销由驾驶员一人办理，非油品支出长期无人过问。",
        "实行一车一卡、专人保管，核销前由办公室和驾驶员共同核对里程。",
    ),
    "too_few": (
        "关于加强车辆零星支出管理的建议",
        "发现一笔用油卡购买生活用品的支出，审批手续补办在后。",
        "零星支出先批后办，每季度末在单位公示栏公开一次。",
    ),
    "moved": (
        "关于严格公务用车费用报销的建议",
        "公务用车费用中夹带食品和日用商品，商品去向没有领用登记。",
        "车辆费用单独记账，物资采购一律走采购流程并建立领用台账。",
    ),
    "again": (
        "关于巩固公务用车管理成效的建议",
        "油卡结算非油品的情形反复出现，前期提醒后仍有发生。",
        "将加油卡明细纳入内部审计，每半年向派驻机构报送一次核对结果。",
    ),
}


def lines_of(file: Path) -> list[Mapping[str, Any]]:
    """Return what the sample district says of letters; none where it tells of none."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def write_letters(file: Path, scene_at: Callable[[date], Any], report: Callable[[str], None]) -> int:
    """Open the letters, and carry each as far as its unit has come; return how many.

    Args:
        file: `letters.jsonl` of the sample district.
        scene_at: Gives the place of a story that begins on a day.
        report: Told what is being done.
    """
    told = sorted(
        lines_of(file), key=lambda one: one["struck_off_on"] is None
    )  # that first: it is asked alone
    for one in told:
        _write(one, scene_at)
    if told:
        report(f"Letters that the records are asked about: {len(told)}.")
    return len(told)


def ask_the_records(
    report: Callable[[str], None], *, until: date | None = None, at: date | None = None
) -> int:
    """Ask the newest screening about every letter; return how many got a line.

    Args:
        report: Told what is being done.
        until: As if the records ended on that day.
        at: Civil date of the lines; today by default.
    """
    from django.conf import settings  # noqa: PLC0415 - Django is started by now

    from qingfeng.findings.confirming import compare_open  # noqa: PLC0415
    from qingfeng.screening.home import Home  # noqa: PLC0415
    from qingfeng.screening.run import runs  # noqa: PLC0415

    home = Home(Path(settings.HOME))
    moment = datetime.combine(at, time(9), BEIJING) if at else None
    changed = compare_open(runs(home)[0], home=home, until=until, at=moment)
    report(f"The records were asked about letters: {changed} answers.")
    return changed


def _write(told: Mapping[str, Any], scene_at: Callable[[date], Any]) -> None:
    from qingfeng.mechanisms.sampling import go_on, play  # noqa: PLC0415 - Django is started by now

    where = _with_receiver(scene_at(_day(told["served_on"]) - timedelta(days=SERVED)), told["unit"])
    title = TEXTS[told["story"]][0]
    matter = play("recommendation", "closed", where, steps=0, title=title)
    matter = go_on(matter, list(_until_reported(told)), where)
    if told["struck_off_on"]:
        _strike_off(matter, told, where)


def _with_receiver(where: Any, name: str) -> Any:
    """Return a scene in which a unit of the records, and its contact, receive the letter."""
    from qingfeng.organization.models import Unit  # noqa: PLC0415 - Django is started by now
    from qingfeng.organization.people import holders  # noqa: PLC0415

    unit = Unit.objects.get(name=name)
    contact = holders("unit_contact", where.base, unit=unit)[0]
    return replace(
        where,
        unit=lambda key: unit if key == RECEIVER else where.unit(key),
        person=lambda key: contact if key == CONTACT else where.person(key),
    )


def _until_reported(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the steps of a letter until its unit reported; one of little weight is still being corrected."""
    from qingfeng.mechanisms.recommendation import sample_steps as steps  # noqa: PLC0415 - with Django

    _title, problem, action = TEXTS[told["story"]]
    named = {key: told[key] for key in ("rules", "neighbours", "trigger_from", "trigger_until", "mend_by")}
    own = {"letter_title": _title, "situation": problem, "causes": "经办、保管、核销未分离，缺少逐笔核对。"}
    for one in (*steps.SEALED, *steps.DELIVERED, *steps.PLANNED, *steps.AT_WORK, *steps.PROVED):
        yield _fitted(one, named | own, problem=problem, action=action)
    if told["story"] != "too_few":
        yield from (*steps.visits(93), *steps.reported(95), *steps.EVALUATED)


def _fitted(
    one: Mapping[str, Any], facts: Mapping[str, Any], *, problem: str, action: str
) -> Mapping[str, Any]:
    """Return a step of the room's story with this letter's own words and days."""
    if one["act"] == "draft":
        return {**one, "facts": {**one["facts"], **facts}}
    if one["act"] == "deliver":
        place = {"served_place": "单位党组会议，班子成员和科室负责人参加", "received_by": "办公室主任"}
        return {**one, "facts": {**one["facts"], **place}}
    texts = {"problems": ("problem", (problem, f"{problem[:12]}，台账登记不全。")),
             "proposals": ("action", (action, f"{action[:12]}，并由专人登记台账。"))}  # fmt: skip
    lines = {}
    for ledger, given in one.get("lines", {}).items():
        key, own = texts.get(ledger, ("", ()))
        lines[ledger] = (
            [{**line, key: words} for line, words in zip(given, own, strict=False)] if key else given
        )
    return {**one, "lines": lines} if lines else one


def _strike_off(matter: Any, told: Mapping[str, Any], where: Any) -> None:
    """Have the records of that time asked, and strike the letter off."""
    from qingfeng.mechanisms.recommendation import sample_steps as steps  # noqa: PLC0415 - Django is started
    from qingfeng.mechanisms.sampling import go_on  # noqa: PLC0415

    struck_on = _day(told["struck_off_on"])
    ask_the_records(
        _silent, until=struck_on.replace(day=1) - timedelta(days=1), at=struck_on - timedelta(days=3)
    )
    matter.refresh_from_db()
    last = (struck_on - where.base).days
    ends = zip((*steps.CHECKED, steps.STRUCK_OFF), (last - 2, last - 1, last), strict=True)
    go_on(matter, [{**one, "day": day} for one, day in ends], where)


def _silent(_line: str) -> None:
    """Say nothing: what is asked on the way is no news."""


def _day(text: str) -> date:
    return date.fromisoformat(text)
