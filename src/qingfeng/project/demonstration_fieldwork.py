"""Of the demonstration: tasks taken along into the field, and data that its holder has just handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
DAYS = (("in time", 0, 2), ("late", -2, -1), ("back", -1, 3))  # made on, last day: days from today
FOUND = "小票、发票与凭证一致，已复印附卷。"
FACTS: dict[str, str | bool] = {  # what a form about invoices asks
    "invoice_no": "见抽样底稿", "tax_check": "查验一致", "seller_scope": "与票面相符", "items": "见抽样底稿",
    "voucher": "见抽样底稿", "copy_no": "附卷1", "returned": True,
}  # fmt: skip


def play(attach: Callable[[str, Any], int], report: Callable[[str], None]) -> None:
    """Let packs be out in time and out late, one be back, and one delivery wait to be looked at.

    Args:
        attach: Keeps a paper of that name, brought by that person, and gives its id.
        report: Told what is being done, a line each.
    """
    packs, brought = _packs(attach), _delivery()
    report(f"Task packs: {packs}, deliveries of holders: {brought}.")


def _packs(attach: Callable[[str, Any], int]) -> int:
    from qingfeng.desk.packs.verification import tasks_of  # noqa: PLC0415 - Django is started by now
    from qingfeng.matters.models import Matter  # noqa: PLC0415

    waiting = Matter.objects.filter(mechanism="verification", stage="verifying", leads__isnull=False)
    with_task = [one for one in waiting.order_by("pk") if any(task.is_open for task in tasks_of(one))]
    for matter, (how, made, last) in zip(with_task, DAYS, strict=False):
        pack = _take_along(matter, made=_today() + timedelta(days=made), last=_today() + timedelta(days=last))
        if how == "back":
            _bring_in(pack, attach)
    return min(len(with_task), len(DAYS))


def _take_along(matter: Any, *, made: date, last: date) -> Any:
    from qingfeng.desk.packs.contents import Row, Task  # noqa: PLC0415
    from qingfeng.desk.packs.kinds import kinds  # noqa: PLC0415
    from qingfeng.desk.packs.leaving import Source, take_along  # noqa: PLC0415
    from qingfeng.desk.packs.seeing import verifiers  # noqa: PLC0415
    from qingfeng.desk.packs.verification import evidence_for, tasks_of  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    line = next(task for task in tasks_of(matter) if task.is_open)
    rows = [row for row in evidence_for(matter) if row.table in kinds()[line.kind].rows]
    one, two, *_others = verifiers(matter)
    task = Task(
        line.no, line.kind, line.purpose, line.authority, line.where, line.when,
        rows=tuple(Row(row.term, row.for_task(line.kind)) for row in rows),
    )  # fmt: skip
    return take_along(
        matter,
        [task],
        by=viewer_for(one, made),
        carriers=(one, two),
        expires_on=last,
        sources=[Source(line.no, row.table, row.file, row.sheet, row.row) for row in rows],
        at=datetime.combine(made, time(8, 40), BEIJING),
    )


def _bring_in(pack: Any, attach: Callable[[str, Any], int]) -> None:
    """Enter the signed sheets of a pack."""
    from qingfeng.desk.packs import entering  # noqa: PLC0415
    from qingfeng.desk.packs.leaving import contents_of  # noqa: PLC0415
    from qingfeng.desk.packs.returning import Result  # noqa: PLC0415
    from qingfeng.organization.models import Account  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    contents = contents_of(pack)
    at = datetime.combine(_today(), time(9))
    results = [
        Result(task, is_done=True, present=contents.carriers, at=at, lines=(FACTS,), found=FOUND)
        for task in contents.tasks
    ]
    entering.enter(
        pack,
        contents,
        results,
        by=viewer_for(pack.carrier),
        account=Account.objects.filter(person=pack.carrier).first(),
        scans=[attach("外出核查记录.pdf", pack.carrier)],
    )


def _delivery() -> int:
    """Let the contact of a holder hand over what a request asks for; it waits to be looked at."""
    from django.core.files.base import ContentFile  # noqa: PLC0415

    from qingfeng.desk.delivering import asked  # noqa: PLC0415
    from qingfeng.findings.asked import list_of  # noqa: PLC0415
    from qingfeng.matters.models import Party  # noqa: PLC0415
    from qingfeng.organization.models import Person  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    asked_units = Party.objects.filter(role=asked.HOLDER, matter__stage__in=asked.WAITING).values("unit")
    contacts = Person.objects.filter(posts__unit__in=asked_units).order_by("number").distinct()
    waiting = ((viewer_for(one), asked.requests_of(viewer_for(one)).first()) for one in contacts)
    viewer, matter = next((pair for pair in waiting if pair[1]), (None, None))
    if viewer is None or matter is None:
        return 0
    files = [ContentFile(_table(*one), name=f"{one[0]}.csv") for one in (list_of(matter) or {}).items()]
    asked.add(matter, files, by=viewer)
    asked.hand_over(matter, by=viewer)
    return 1


def _table(name: str, columns: list[str]) -> bytes:
    """Return a table with the columns that were asked for, as an export has it, and a few rows."""
    import csv  # noqa: PLC0415

    from qingfeng.screening.tables import tables  # noqa: PLC0415

    known, began = tables()[name].columns, _today() - timedelta(days=40)
    told: dict[str, Callable[[int], str]] = {
        "plate": lambda n: f"苏M{12001 + n % 4}",
        "unit": lambda _n: "云水区审计局",
        "text": lambda _n: "滨河站",
        "day": lambda n: (began + timedelta(days=n)).isoformat(),
        "instant": lambda n: f"{began + timedelta(days=n)} 10:{15 + n}:00",
    }
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow([known[one].headers[0] for one in columns])
    for n in range(12):
        sheet.writerow(
            [told[known[one].type](n) if known[one].type in told else f"{38 + n}.50" for one in columns]
        )
    return out.getvalue().encode("gb18030")


def _today() -> date:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate()
