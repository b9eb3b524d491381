"""A field of work with a past: cases, rules, educations, letters, doubts, and what was looked at."""

from datetime import datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from qingfeng.desk.fields.quarters import quarters_until
from qingfeng.findings.models import Exposure, Lead, RuleRun, Screening
from qingfeng.matters.models import LedgerLine, Matter, Party, Performance
from qingfeng.organization.models import Person, Unit

BEIJING = ZoneInfo("Asia/Shanghai")
AREA = "conduct"
RULE = "fuel_over_tank_single"
SECRET = "芦苇荡"  # noqa: S105 - a name that a lead says and no page of a field
_numbers = count(9001)


def at(day):
    """The morning of a day."""
    return datetime.combine(day, time(10), BEIJING)


def a_matter(kind, day, *, area=AREA, stage="closed", is_open=False, **facts):
    """A matter of a field that was opened on a day."""
    no = next(_numbers)
    return Matter.objects.create(
        mechanism=kind, number=f"试〔2026〕{no}号", slug=f"2026-{no}", title="某事项", stage=stage,
        is_open=is_open, closed_on=None if is_open else day, owner=Unit.objects.get(short_name="党风室"),
        opened_on=day, opened_at=at(day), facts={"area": area, **facts},
    )  # fmt: skip


def done(matter, act, day, **entered):
    """An act on a matter, on a day."""
    no = matter.story.count() + 1
    return Performance.objects.create(
        matter=matter, no=no, act=act, at=at(day), to_stage=matter.stage, entered=entered
    )


def a_line(matter, ledger, day, **facts):
    """A line of a ledger."""
    no = matter.lines.filter(ledger=ledger).count() + 1
    return LedgerLine.objects.create(
        matter=matter, ledger=ledger, no=no, state="shown", is_done=True, entered_at=at(day),
        changed_at=at(day), facts=facts,
    )  # fmt: skip


def a_case(day, *, closed_on=None):
    """A case that was decided on a day, about somebody on record."""
    case = a_matter("case", day, stage="filed")
    person = Person.objects.get(number="W0102")
    Party.objects.create(matter=case, role="subject_person", person=person, is_subject=True, since_at=at(day))
    done(case, "approve_case", day)
    done(case, "decide", day)
    if closed_on:
        done(case, "file", closed_on)
    return case


def a_rule(day, *executed):
    """A rule in force since a day, carried out on others."""
    rule = a_matter("rule_made", day, stage="in_force", is_open=True)
    done(rule, "file_copy", day)
    for one in executed:
        a_line(rule, "execution", one, done_on=one.isoformat())
    return rule


def an_education(day):
    """A lesson with an education held on a day."""
    lesson = a_matter("lesson", day, stage="in_work", is_open=True)
    a_line(lesson, "education", day, held_on=day.isoformat(), present=46, held_for="采购岗位")
    return lesson


def a_letter(day):
    """A letter that was struck off on a day."""
    letter = a_matter("recommendation", day - timedelta(days=60), stage="struck_off", is_open=True)
    done(letter, "deliver", day - timedelta(days=60))
    done(letter, "strike_off", day)
    return letter


def a_screening():
    """The newest screening, with one rule about fuel."""
    screening = Screening.objects.create(run="f" * 16, snapshot="f" * 64, at=timezone.now())
    RuleRun.objects.create(
        screening=screening, rule=RULE, title="加油", watch="vehicle", tier="A", version="1", ran=True,
        table="fuel",
    )  # fmt: skip
    return screening


def months_back(number):
    """The first day of so many months, oldest first; the last is the month before this one."""
    found, one = [], timezone.localdate().replace(day=1)
    for _ in range(number):
        one = (one - timedelta(days=1)).replace(day=1)
        found.append(one)
    return found[::-1]


def exposed(month, amount, *, unit="区水务局"):
    """What a unit had in a month."""
    owner = Unit.objects.get(short_name=unit)
    Exposure.objects.create(
        unit=owner,
        unit_name=owner.name,
        expense="vehicle_cost",
        month=month,
        amount=amount,
        snapshot="f" * 64,
    )


def doubts(screening, month, number, *, unit="区水务局", verdict="confirmed"):
    """So many leads of a month, each with a verification that was approved."""
    owner = Unit.objects.get(short_name=unit)
    found = []
    for _ in range(number):
        no = next(_numbers)
        matter = a_matter("verification", month, stage="filed", area="")
        if verdict:
            a_line(matter, "labels", month, finding=1, rule=RULE, verdict=verdict)
            LedgerLine.objects.filter(matter=matter).update(state="judged")
            done(matter, "approve", month)
        found.append(
            Lead.objects.create(
                key=f"{no:016x}", title="加油疑点", rule=RULE, rules=[RULE], tier="A", watch="vehicle",
                colour="red", points=60, factor=1, weight="0.5", subject_kind="person",
                subject_key=f"某单位·{SECRET}·1234", subject_name=SECRET, unit=owner, unit_name=owner.name,
                at=at(month.replace(day=10)), month=month, snapshot="f" * 64, first_seen=screening,
                last_seen=screening, first_seen_at=timezone.now(), matter=matter if verdict else None,
            )
        )  # fmt: skip
    return found


class Past:
    """Two years of a field: before a letter four doubts a month, after it none."""

    def __init__(self):
        today = timezone.localdate()
        self.quarters = quarters_until(today, 8)
        self.months = months_back(15)
        self.turn = self.months[7]
        third = self.quarters[-3]
        for day in range(6):
            a_case(third.first + timedelta(days=day), closed_on=third.first + timedelta(days=40))
        for day in range(3):
            a_case(self.quarters[-2].first + timedelta(days=day))
        self.kept = a_rule(self.quarters[-6].first, self.quarters[-2].last)
        self.idle = a_rule(self.quarters[-7].first, self.quarters[-7].last)
        self.lesson = an_education(third.first + timedelta(days=20))
        self.newest = an_education(self.months[-1])
        self.letter = a_letter(self.turn + timedelta(days=5))
        self.screening = a_screening()
        for month in self.months:
            exposed(month, 100)
            doubts(self.screening, month, 4 if month <= self.turn else 0)
