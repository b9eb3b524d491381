"""Evaluation of the demonstration: a round with results, answers and talks, and one that is being filled in.

Ballots go into the boxes as those of paper do, without a browser of a voter; which score is given is drawn
from a fixed seed, so that every demonstration is the same. The boxes themselves are shuffled as always.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

CLOSED = ("党风室", "信访室", "一室", "二室")
OPEN = ("三室", "审理室", "派驻一组")
ENDED_DAYS_AGO = 20
LASTS_DAYS = 9
TURNOUT = 0.85
REMARKS = (
    "情况摸得清，材料写得实。",
    "愿意帮年轻同事，讲得明白。",
    "急事多时沟通再早一点更好。",
    "遇到分歧能够摆事实。",
    "台账规范，交接清楚。",
)
SEED = 20261


def play(report: Callable[[str], None]) -> None:
    """Play a round to its talks, and open another one."""
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    from qingfeng.appraisal import rounds  # noqa: PLC0415
    from qingfeng.appraisal.models import Round  # noqa: PLC0415
    from qingfeng.matters.today import counts_as  # noqa: PLC0415

    report("Evaluation: a round with results, and one that is being filled in.")
    today = timezone.localdate()
    ended = today - timedelta(days=ENDED_DAYS_AGO)
    began = ended - timedelta(days=LASTS_DAYS)
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, the same each time
    with counts_as(began):
        closed = _opened("上半年五评", CLOSED, began, ended)
        _vote(closed, draw)
        _by_name(closed, draw)
    with counts_as(ended + timedelta(days=1)):
        rounds.close(Round.objects.get(pk=closed.pk), by=_person("Y0202"))
    with counts_as(ended + timedelta(days=4)):
        _tell(Round.objects.get(pk=closed.pk))
    with counts_as(today - timedelta(days=2)):
        _opened("三季度五评", OPEN, today - timedelta(days=2), today + timedelta(days=8))


def _person(number: str) -> int:
    from qingfeng.organization.models import Person  # noqa: PLC0415 - Django is started by now

    return int(Person.objects.get(number=number).pk)


def _opened(title: str, units: tuple[str, ...], since: date, until: date) -> Any:
    """A round that the evaluator prepared and the principal opened."""
    from qingfeng.appraisal import defaults, rounds  # noqa: PLC0415 - Django is started by now
    from qingfeng.organization.models import Unit  # noqa: PLC0415

    keys = tuple(Unit.objects.filter(short_name__in=units).values_list("pk", flat=True))
    planned = rounds.Planned(title, since, until, keys, tuple(defaults.forms()))
    made = rounds.draft(planned, by=_person("Y0202"))
    rounds.open_round(made, by=_person("Y0001"))
    return made


def _vote(round_: Any, draw: random.Random) -> None:
    """Fill the boxes: most of those who may vote do, some strictly and some mildly."""
    from qingfeng.appraisal import box  # noqa: PLC0415 - Django is started by now
    from qingfeng.appraisal.models import PEER, Due, Form  # noqa: PLC0415

    forms = {form.key: form for form in Form.objects.filter(round=round_)}
    levels = {person: draw.uniform(6.5, 8.8) for person in round_.rated.values_list("person", flat=True)}
    for slate in round_.slates.select_related("round"):
        for due in slate.dues.all():
            if draw.random() > TURNOUT:
                continue
            Due.objects.filter(pk=due.pk).update(state=Due.State.TAKEN)
            mild = draw.gauss(0, 0.8)
            scores = {
                str(one): {key: _score(draw, levels[one] + mild) for key in forms[slate.form].keys}
                for one in slate.people
                if slate.form == PEER or draw.random() < TURNOUT
            }
            said = {str(slate.people[0]): draw.choice(REMARKS)} if slate.form == PEER else {}
            remarks = said if draw.random() < 0.4 else {}
            if scores:
                box.put(slate, {"scores": scores, "remarks": remarks, "token": secrets.token_hex(32)})


def _score(draw: random.Random, level: float) -> int:
    return min(10, max(1, round(level + draw.gauss(0, 0.7))))


def _by_name(round_: Any, draw: random.Random) -> None:
    """Hand in the forms by name: own, of the head, of the organisation, agreed to by its head."""
    from qingfeng.appraisal import doors, sheets  # noqa: PLC0415 - Django is started by now

    forms = {form.key: form for form in round_.forms.all()}
    evaluator, head = _person("Y0202"), _person("Y0201")
    for rated in round_.rated.select_related("round", "unit"):
        writers = [("self", rated.person_id), ("organisation", evaluator)]
        writers += [("leader", leader) for leader in doors.leaders_of(rated)[:1]]
        for key, who in writers:
            scores = {one: _score(draw, 8.0 if key == "self" else 7.6) for one in forms[key].keys}
            sheet = sheets.hand_in(rated, forms[key], by=who, scores=scores)
            if key == "organisation":
                sheets.agree(sheet, by=head)


def _tell(round_: Any) -> None:
    """Read the remarks, answer one result, record the talks but one, suggest an exchange."""
    from qingfeng.appraisal import telling  # noqa: PLC0415 - Django is started by now
    from qingfeng.appraisal.models import Remark  # noqa: PLC0415
    from qingfeng.matters.today import today  # noqa: PLC0415

    evaluator, principal = _person("Y0202"), _person("Y0001")
    for remark in Remark.objects.filter(rated__round=round_).select_related("rated__round"):
        telling.decide(remark, is_shown=True, by=evaluator)
    rows = list(round_.rated.select_related("round", "person"))
    telling.answer(rows[1], "对业务一项，我今年主要承担驻点任务，愿在下半年补上培训。")
    for rated in rows[1:]:
        said = telling.Said(today(), "肯定长处，交换看法，说明各部分得分的来由。", "下半年参加一次业务培训。")
        telling.record_talk(rated, said, by=principal)
    telling.suggest(
        rows[2], strengths="数据分析细致，善于从台账中发现问题。", fits="适合巡察工作或者派驻岗位锻炼。",
        unit=None, by=evaluator,
    )  # fmt: skip
