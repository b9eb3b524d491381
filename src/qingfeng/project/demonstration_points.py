"""The assessment of the demonstration: last year finished, this year under way.

Every point comes through the doors of real ones; which is given is drawn from a fixed seed, so
that every demonstration is the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

SEED = 20263
UNITS = ("党风室", "信访室", "一室", "二室", "三室", "审理室")
WORK = (
    ("核对部门预算执行中的公务用车费用，列出待核清单", "形成比对表，移交承办人"),
    ("参加案件质量评查会，汇报两件案件的取证情况", "按意见补充两处说明"),
    ("到柳溪镇回访整改情况，查看台账", "三项整改均有佐证"),
    ("起草纪检监察建议书初稿", "交专审人员"),
    ("整理上季度督办事项办理情况", "提前报结两项"),
    ("为新到岗同事讲解台账填写", "形成填写要点一页"),
)
STATEMENT = "按计划完成本期任务：督办事项按期报结，建议书初稿一次通过；回访不够及时，下期改进。"
PAPERS = ("季度重点任务完成情况表", "年度述职材料", "案件质量评查表", "半年工作小结")


def play(report: Callable[[str], None]) -> None:
    """Play last year to its end, and this year until today."""
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    report("Assessment: last year with results, this year under way.")
    today = timezone.localdate()
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, the same each time
    last = _in_force(today.year - 1)
    _record(last, draw, date(today.year - 1, 12, 28), waits=False)
    _finish(last, draw, date(today.year, 1, 8))
    this = _in_force(today.year)
    _record(this, draw, today)
    _go_on(this, draw, today)


def _person(number: str) -> Any:
    from qingfeng.organization.models import Person  # noqa: PLC0415 - Django is started by now

    return Person.objects.get(number=number)


def _in_force(year: int) -> Any:
    """A scheme that the evaluator wrote and tried, put in force by the principal, with its sheets."""
    from qingfeng.appraisal.points import schemes, sheets, trial  # noqa: PLC0415 - Django is started by now
    from qingfeng.matters.today import counts_as  # noqa: PLC0415

    evaluator, principal = _person("Y0202").pk, _person("Y0001").pk
    with counts_as(date(year, 1, 9)):
        made = schemes.draft(year, f"{year} 年度考核办法", by=evaluator)
        trial.run(made, by=evaluator)
        schemes.put_in_force(made, by=principal)
        sheets.lay_out(made, by=evaluator)
    return made


def _people(scheme: Any) -> list[Any]:
    rows = scheme.sheets.filter(person__isnull=False, unit__short_name__in=UNITS)
    return list(rows.select_related("person", "unit", "scheme").order_by("pk"))


def _record(scheme: Any, draw: random.Random, until: date, *, waits: bool = True) -> None:
    """An entry a month of most people, confirmed by their head; the newest ones may wait."""
    from qingfeng.appraisal.points import dailies  # noqa: PLC0415 - Django is started by now
    from qingfeng.appraisal.points.daily_tables import Daily  # noqa: PLC0415
    from qingfeng.appraisal.rosters import office_on  # noqa: PLC0415
    from qingfeng.matters.today import counts_as  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    office = office_on(until)
    for sheet in _people(scheme):
        viewer = viewer_for(sheet.person)
        leaders = office.leaders_of(office.held[sheet.person_id])
        for month in range(1, until.month + 1):
            day = min(date(scheme.year, month, draw.randint(3, 26)), until)
            if draw.random() > 0.9 and month < until.month:
                continue
            work, result = draw.choice(WORK)
            with counts_as(day):
                entry = dailies.write(
                    viewer, dailies.Written(day, work, draw.choice(Daily.Role.values), result)
                )
            checked = day + timedelta(days=draw.randint(1, 8))
            if leaders and (checked <= until or not waits):
                with counts_as(checked):
                    dailies.confirm([entry], by=leaders[0])


def _judge(sheet: Any, period: str, draw: random.Random, judges: list[int]) -> None:
    """Judge what is judged of a sheet in a period; the second judge sees it a little differently."""
    from qingfeng.appraisal.points import sheets  # noqa: PLC0415 - Django is started by now

    level = 0.72 + 0.26 * (sheet.pk % 7) / 7
    for one in sheet.scheme.indicators.all():
        if not (one.is_judged and one.holds_for(sheet.kind) and period in one.in_periods):
            continue
        for by in judges:
            share = min(1.0, max(0.4, level + draw.gauss(0, 0.06)))
            value = (one.most * Decimal(share)).quantize(Decimal("0.1"))
            given = sheets.Given(value, (draw.choice(PAPERS),), "按所列材料评定。")
            sheets.judge(sheet, one, period, given=given, by=by)


def _judges(sheet: Any, office: Any, evaluator: int) -> list[int]:
    """The nearest line above, and the evaluator for some rooms; of units the principal."""
    if sheet.person_id is None:
        return [_person("Y0001").pk]
    held = office.held.get(sheet.person_id)
    above = office.leaders_of(held)[:1] if held else [_person("Y0001").pk]
    is_seconded = str(sheet.unit) in UNITS and sheet.person_id != evaluator
    return [*above, *([evaluator] if is_seconded else [])]


def _all_sheets(scheme: Any) -> list[Any]:
    return list(scheme.sheets.select_related("scheme", "person", "unit"))


def _close(rows: list[Any], draw: random.Random, periods: list[str], on: date) -> None:
    """Judge some sheets in some periods, and close these; what nobody judged stays open."""
    from qingfeng.appraisal.points import sheets  # noqa: PLC0415 - Django is started by now
    from qingfeng.appraisal.rosters import office_on  # noqa: PLC0415
    from qingfeng.matters.today import counts_as  # noqa: PLC0415

    evaluator, office, scheme = _person("Y0202").pk, office_on(on), rows[0].scheme
    judged = [(one, _judges(one, office, evaluator)) for one in rows]
    with counts_as(on):
        for period in periods:
            for sheet, judges in judged:
                if period in sheets.STATED and sheet.person_id:
                    sheets.hand_in(sheet, period, STATEMENT, by=sheet.person_id)
                _judge(sheet, period, draw, judges)
            sheets.close_period(scheme, period, by=evaluator)


def _finish(scheme: Any, draw: random.Random, on: date) -> None:
    """Close every period of a year: a bonus counts, everything is final, one appeal was upheld."""
    from qingfeng.appraisal.points import appeals, marks, sheets  # noqa: PLC0415 - Django is started by now
    from qingfeng.appraisal.points.tables import ScoreSheet  # noqa: PLC0415
    from qingfeng.matters.today import counts_as  # noqa: PLC0415

    praised = scheme.sheets.get(person__number="Y0404")
    with counts_as(on):
        said = marks.Proposed("bonus", "牵头建成公务用车比对规则，全区推广", Decimal(2), evidence="推广通知")
        mark = marks.propose(praised, said, by=_person("Y0202").pk)
        marks.decide(mark, stands=True, by=_person("Y0002").pk)
    with counts_as(on):
        over = sheets.over_on(scheme)
    _close(_all_sheets(scheme), draw, over, on)
    sheet = ScoreSheet.objects.select_related("scheme", "person", "unit").get(
        scheme=scheme, person__number="Y0503"
    )
    with counts_as(on + timedelta(days=12)):
        given = sheets.Given(Decimal(10), ("年度成果鉴定材料",), "补充认定一项成果。")
        appeals.recalculate(
            sheet, because="漏计一项年度成果，申诉成立", by=_person("Y0003").pk, second=_person("Y0401").pk,
            change=appeals.Change({("year_results", "year"): given}),
        )  # fmt: skip


def _go_on(scheme: Any, draw: random.Random, today: date) -> None:
    """Close what is over but the last period; a deduction is proposed and answered."""
    from qingfeng.appraisal.points import marks, sheets  # noqa: PLC0415 - Django is started by now
    from qingfeng.matters.today import counts_as  # noqa: PLC0415

    over = sheets.over_on(scheme)
    _close(_people(scheme), draw, over[:-1], today - timedelta(days=3))
    sheet = scheme.sheets.get(person__number="Y0402")
    index = _own_entry(sheet)
    if index is None:
        return
    with counts_as(today - timedelta(days=2)):
        said = marks.Proposed("deduction", "一件材料迟交两日", Decimal(1), journal_seq=index)
        mark = marks.propose(sheet, said, by=_person("Y0401").pk)
        marks.answer(mark, "当日系统检修，次日上午即补交。", by=sheet.person_id)


def _own_entry(sheet: Any) -> int | None:
    """Index of the last published entry about what somebody did, that a deduction may cite."""
    from qingfeng.journal.models import JournalEntry  # noqa: PLC0415 - Django is started by now
    from qingfeng.journal.publisher import publish  # noqa: PLC0415

    publish()
    by = f"person:{sheet.person_id}"
    rows = JournalEntry.objects.filter(log="internal", kind__startswith="matter.", by=by)
    indexes = (one.index for one in rows.order_by("-pk").iterator())
    return next((one for one in indexes if _may_be_cited(sheet, one)), None)


def _may_be_cited(sheet: Any, index: int | None) -> bool:
    from qingfeng.appraisal.points.marks import cited  # noqa: PLC0415 - Django is started by now
    from qingfeng.screening.errors import Problem  # noqa: PLC0415

    try:
        cited(sheet, index)
    except Problem:
        return False
    return True
