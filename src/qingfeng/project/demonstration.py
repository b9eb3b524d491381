"""The demonstration district (云水区): the office, matters in every stage of every mechanism.

Nobody and nothing in it exists. Everything is played through the doors that real work goes through.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from qingfeng.project import (
    demonstration_areas,
    demonstration_campaigns,
    demonstration_culture,
    demonstration_evaluation,
    demonstration_fieldwork,
    demonstration_growth,
    demonstration_leads,
    demonstration_letters,
    demonstration_points,
    demonstration_quiz,
    demonstration_returns,
    demonstration_rules,
    site,
)
from qingfeng.screening.home import Home

STORY_DAYS_AGO = (0, 2, 5, 9, 1, 14, 3)  # how long ago the last step of a story lies, in turn
WHOLE = (
    ("directive", "proposing", None),
    ("verification", "silent", None),
    ("complaint", "so_in_part", None),
    ("goal", "under_way", None),
    ("demonstration", "running", None),
    ("rule_made", "own_kept", None),
)  # stories told to their end besides: threads through four kinds, a goal with three quarters
SLIPS_AT_ONCE = 12  # typeset while building; the others are when somebody opens them


def mark(home: Path) -> None:
    """Say that a home is a demonstration; only then the page of sample sign-ins exists."""
    (Home(home).root / site.DEMO_MARK).touch()


def build(report: Callable[[str], None], *, truth: Path | None = None) -> int:
    """Fill the home that Django stands on; return how many matters there are.

    Args:
        report: Told what is being done, a line each.
        truth: Answer key of the sample district that was screened in this home; without one
            there are matters only, and no doubts on the desk.
    """
    from qingfeng.findings.drawing import draw_due  # noqa: PLC0415 - Django is started by now
    from qingfeng.journal.publisher import publish  # noqa: PLC0415
    from qingfeng.matters.models import Matter, MatterSlip  # noqa: PLC0415
    from qingfeng.matters.registry import mechanisms  # noqa: PLC0415
    from qingfeng.matters.slips import typeset_now  # noqa: PLC0415
    from qingfeng.matters.ticking import tick  # noqa: PLC0415
    from qingfeng.organization.sample import make_sample_office, open_for_demonstration  # noqa: PLC0415

    report("The office: units, people, posts.")
    make_sample_office()
    open_for_demonstration()
    if truth is not None:
        demonstration_leads.adopt_units(report)
        demonstration_leads.verify(truth, _attach, report)
        demonstration_letters.write_letters(truth.with_name("letters.jsonl"), _scene, report)
    for declared in mechanisms():
        report(f"Matters: {declared.term}.")
        _play(declared)
    demonstration_quiz.play(_scene)
    demonstration_evaluation.play(report)
    demonstration_points.play(report)
    demonstration_growth.play(report)
    demonstration_fieldwork.play(_attach, report)
    demonstration_culture.play(report)
    if truth is not None:
        demonstration_campaigns.play(truth, _attach, _scene, report)
        demonstration_areas.look(truth.with_name("areas.jsonl"), report)
        demonstration_letters.ask_the_records(report)
        demonstration_rules.write_rule(report)
    report("Documents, reminders, the journal.")
    publish()
    for line in MatterSlip.objects.select_related("slip").order_by("-pk")[:SLIPS_AT_ONCE]:
        typeset_now(line.slip)
    tick()
    demonstration_returns.play(report)
    draw_due()  # commits to what may be drawn; the checkpoint after it is the seed
    publish()
    draw_due()
    publish()
    return Matter.objects.count()


def _play(declared: Any) -> None:
    from qingfeng.mechanisms.sampling import begins, days_of, play, ways_to_every_stage  # noqa: PLC0415

    told = [(way.kind, way.case, way.steps) for way in ways_to_every_stage(declared)]
    told += [story for story in WHOLE if story[0] == declared.key]
    for place, (kind, case, steps) in enumerate(told):
        ago = days_of(kind, case, steps) + STORY_DAYS_AGO[place % len(STORY_DAYS_AGO)]
        where = _scene(begins(kind, case, _today() - timedelta(days=ago), steps))
        play(kind, case, replace(where, of_others=True), steps=steps)


def _today() -> date:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate()


def _scene(base: date) -> Any:
    from qingfeng.mechanisms.cast import PEOPLE, UNITS  # noqa: PLC0415
    from qingfeng.mechanisms.sampling import Scene  # noqa: PLC0415
    from qingfeng.organization.models import Person, Unit  # noqa: PLC0415

    return Scene(
        base=base,
        person=lambda key: Person.objects.get(number=PEOPLE[key]),
        unit=lambda key: Unit.objects.get(short_name=UNITS[key]),
        attach=_attach,
        on=lambda _at: nullcontext(),
    )


def _attach(name: str, by: Any) -> int:
    """Keep a small paper that says what it stands for, and return its id."""
    from qingfeng.documents.attachments import keep  # noqa: PLC0415
    from qingfeng.organization.models import Account  # noqa: PLC0415

    account = Account.objects.filter(person=by).first()
    return keep(_paper(Path(name).stem), f"{Path(name).stem}.pdf", by=account).pk


@cache
def _paper(title: str) -> bytes:
    from qingfeng.documents.body import read_body  # noqa: PLC0415
    from qingfeng.documents.official import Official  # noqa: PLC0415
    from qingfeng.documents.rendering import pdf_of  # noqa: PLC0415

    return pdf_of(
        Official(
            issuer="中共清河市云水区纪律检查委员会",
            number="演示材料",
            title=title,
            dated=date(2026, 1, 5),
            body=read_body("本件为演示材料，人物、单位与事实均属虚构。"),
        )
    )
