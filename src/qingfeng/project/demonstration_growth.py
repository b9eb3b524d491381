"""Growth of the demonstration: a youth society with its plan, and one growth file that its owner began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

MEMBERS = ("Y0402", "Y0403", "Y0503", "Y0702", "Y0703", "Y0202")
CHAIR, OWNER, GUIDE, LEADER, READER = "Y0402", "Y0402", "Y0201", "Y0002", "Y0401"
AIMS = "走在前、当标杆、做表率：每条行动线每季度至少一次，成果留得下、用得上；活动自愿，时长只作合计。"
PLANNED = (
    ("practice", 3, "水库巡护实践日", 16, "300.00"),
    ("lecture", 5, "村账公开宣讲进村", 10, "400.00"),
    ("volunteer", 8, "养老服务点结对志愿日", 20, "0.00"),
    ("grassroots", 10, "跟镇纪委办一件小事", 24, "200.00"),
)
OWN_WORDS = (
    ("study", "通读《信访工作条例》并做笔记", "第三章和第五章各画了一张流程图，下次讲课可以用。", None),
    ("aim", "学会看懂平台公司账", "年内跟审计的同志走一遍；先从三张表的勾稽关系学起。", None),
    ("activity", "周末帮桥头村整理公开栏", "自己去的，没有走活动审批。", 3.0),
)


def play(report: Callable[[str], None]) -> None:
    """Let the society have members and a plan, and somebody a growth file."""
    from django.utils import translation  # noqa: PLC0415 - Django is started by now

    report("Growth: the youth society, and a growth file.")
    with translation.override("zh-hans"):
        _society()
        _file()


def _society() -> None:
    from qingfeng.growth import society  # noqa: PLC0415 - Django is started by now
    from qingfeng.growth.models import Line, Member, Office, Planned  # noqa: PLC0415
    from qingfeng.matters.models import Matter  # noqa: PLC0415
    from qingfeng.matters.today import today  # noqa: PLC0415

    for number in MEMBERS:
        society.join(_viewer(number))
    chair = Member.objects.get(person__number=CHAIR)
    society.take_on(society.offer(chair, Office.Key("chair"), None, by=_viewer(GUIDE)))
    plan = society.write_plan(today().year, AIMS, by=_viewer(CHAIR))
    for line, month, what, hours, cost in PLANNED:
        society.intend(plan, Line(line), month, what=what, hours=hours, cost=Decimal(cost))
    society.approve(plan, by=_viewer(LEADER))
    for planned in Planned.objects.filter(plan=plan).select_related("plan"):
        rows = Matter.objects.filter(mechanism=society.ACTIVITY, standing=Matter.Standing.VALID)
        there = [one for one in rows.order_by("pk") if one.facts.get("line") == planned.line]
        if there:
            society.tie(planned, there[0])


def _file() -> None:
    from qingfeng.desk.growth.known import known_of  # noqa: PLC0415 - Django is started by now
    from qingfeng.growth import files, sharing  # noqa: PLC0415
    from qingfeng.growth.models import Part  # noqa: PLC0415
    from qingfeng.matters.today import today  # noqa: PLC0415
    from qingfeng.organization.models import Person  # noqa: PLC0415

    owner = _viewer(OWNER)
    file = files.begin(owner)
    files.pick(file, known_of(owner))
    for part, title, text, hours in OWN_WORDS:
        said = files.Said(title, text, hours=hours)
        files.write(file, Part(part), today() - timedelta(days=9), said=said)
    reader = Person.objects.get(number=READER)
    sharing.share(file, Part("taught"), reader, until_on=today() + timedelta(days=60))


def _viewer(number: str) -> Any:
    from qingfeng.organization.models import Person  # noqa: PLC0415 - Django is started by now
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    return viewer_for(Person.objects.get(number=number))
