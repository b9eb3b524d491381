"""Builders of the assessment's tests: a scheme in force, its sheets, a year that is played to its end."""

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from qingfeng.appraisal.points import dailies, schemes, sheets, trial
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.tables import ScoreSheet
from qingfeng.matters.models import LedgerLine, Matter, Party
from qingfeng.organization.models import Post, PostRole
from qingfeng.organization.viewer import viewer_for

YEAR = 2026
KEPT = ("Y0401", "Y0402", "Y0403", "Y0404", "Y0502", "Y0503", "Y0504")
"""The people of the year that is played."""
AFTER = date(2027, 1, 6)
IN_MARCH = date(2026, 3, 4)


def moves(person, unit, since, *roles):
    """Somebody's main post ends the day before, and another begins."""
    Post.objects.filter(person=person, is_main=True, until_on=None).update(until_on=since - timedelta(days=1))
    new = Post.objects.create(person=person, unit=unit, title="科员", from_on=since)
    for role in roles or ("handler",):
        PostRole.objects.create(post=new, role=role, from_on=since)


@contextmanager
def on(day):
    """Let it be ten in the morning of a day."""
    with time_machine.travel(timezone.make_aware(datetime.combine(day, time(10))), tick=False):
        yield


def a_draft(office, year=YEAR):
    """A scheme that the evaluator wrote."""
    return schemes.draft(year, f"{year} 年度考核办法", by=office.person("evaluator").pk)


def in_force(office, year=YEAR, day=None):
    """A scheme that was tried and that the principal put in force, with its sheets."""
    with on(day or date(year, 1, 5)):
        made = a_draft(office, year)
        trial.run(made, by=office.person("evaluator").pk)
        schemes.put_in_force(made, by=office.person("principal").pk)
        sheets.lay_out(made, by=office.person("evaluator").pk)
    return made


def sheet_of(scheme, person):
    """The sheet of a person."""
    return ScoreSheet.objects.select_related("scheme", "person", "unit").get(scheme=scheme, person=person)


def a_record(person, day, work="核对加油明细并形成比对表", **said):
    """An entry of somebody's daily record, written on its day."""
    with on(day):
        return dailies.write(viewer_for(person), dailies.Written(day, work, **said))


def confirmed(entry, by, days=2):
    """The entry after somebody confirmed it so many days later."""
    with on(entry.written_on + timedelta(days=days)):
        dailies.confirm([entry], by=by.pk)
    return Daily.objects.get(pk=entry.pk)


def judge_all(scheme, period, by, share=Decimal("0.8"), only=None):
    """Let somebody judge everything of a period on every sheet, but the own one."""
    for sheet in scheme.sheets.select_related("scheme").exclude(person=by.pk):
        if only and sheet.pk not in only:
            continue
        for one in scheme.indicators.all():
            if one.is_judged and one.holds_for(sheet.kind) and period in one.in_periods:
                points = (one.most * share).quantize(Decimal("0.01"))
                given = sheets.Given(points, ("办结材料第 3 号",))
                sheets.judge(sheet, one, period, given=given, by=by.pk)


def closed(scheme, office, *periods):
    """Close periods, everything judged by the principal."""
    judge = office.person("principal")
    for period in periods or sheets.over_on(scheme):
        judge_all(scheme, period, judge)
        sheets.close_period(scheme, period, by=office.person("evaluator").pk)


def an_appeal(office, person, examiners, year=YEAR):
    """An assessment whose results are told: the appeal of a person was upheld; who examines it."""
    now, day = timezone.now(), timezone.localdate()
    facts = {"year": year, "objects_class": "staff", "points_from": "platform", "units": []}
    matter = Matter.objects.create(
        mechanism="assessment", number="云纪考核〔2027〕1号", slug="2027-1", title="年度考核",
        stage="notified", owner=office.units["组织部"], opened_on=day, opened_at=now, facts=facts,
        confidentiality="restricted",
    )  # fmt: skip
    lines = {
        "objects": ("listed", {"object": person.pk, "object_name": person.name}),
        "appeals": ("answered", {"appellant": person.pk, "appeal_why": "年度实绩漏计。", "outcome": "upheld",
                                 "appeal_answer": "查证属实。"}),
    }  # fmt: skip
    for ledger, (state, told) in lines.items():
        LedgerLine.objects.create(
            matter=matter, ledger=ledger, no=1, state=state, facts=told, entered_at=now, changed_at=now
        )
    for number in examiners:
        Party.objects.create(matter=matter, role="examiner", person=office.people[number], since_at=now)
    return matter


def browser(person):
    """A browser in which a person has signed in."""
    from qingfeng.organization.accounts import open_account
    from qingfeng.organization.models import Account

    found = Account.objects.filter(person=person).first()
    account = found or open_account(person, f"at-{person.number}", by=None, prepared="!")[0]
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(response):
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def who(year, name):
    """Somebody of the year that is played, by sign-in name, as a viewer."""
    return viewer_for(year.office.person(name))


def handlers(year):
    """The handler's sheet in the year that is played."""
    return sheet_of(year.scheme, year.people["Y0402"])
