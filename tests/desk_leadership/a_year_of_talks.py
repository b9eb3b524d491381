"""A year of talks: three plans approved; a talk held, one overdue, one given up, the others to come."""

import re
from contextlib import nullcontext
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import a_desk
import time_machine
from an_office_kept import sample_office
from django.utils.html import strip_tags

from qingfeng.matters.answers import Done
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms import sampling
from qingfeng.organization.viewer import viewer_for

TODAY = date(2026, 9, 15)
BEGAN = date(2026, 1, 12)
PAGE = "/leadership/"


def morning(day):
    """An instant of a day."""
    return datetime.combine(day, time(9), ZoneInfo("Asia/Shanghai"))


class Year(a_desk.Desk):
    """The sample office on a day of that year, with what was planned in January."""

    def __init__(self):
        super().__init__(sample_office())
        self.years = {unit: self._plan(unit) for unit in ("区教育局", "区住建局", "区农业农村局")}
        self.talk("区农业农村局", "drop", day=date(2026, 3, 2), reason="主要负责人即将调离。")
        line = self.years["区农业农村局"]
        self._perform(line, "plan_talk", "style_head", date(2026, 3, 9), lines={"plan": [self._soon()]})
        steps = sampling.cases("talk")["of_the_year"]["steps"][1:3]
        self._play(self.talk_of("区住建局"), steps)

    def _perform(self, matter, act, who, day, **sheet):
        with self.on(day):
            viewer = viewer_for(self.person(who), day)
            done = perform(act, matter, by=viewer, at=morning(day), **sheet)
        assert isinstance(done, Done), done
        return done.matter

    def _plan(self, unit):
        row = self.office.units[unit]
        with self.on(BEGAN):
            opened = open_matter(
                "leadership",
                by=viewer_for(self.person("style_head"), BEGAN),
                title=f"{unit}一把手和领导班子监督",
                owner=self.office.units["党风室"],
                at=morning(BEGAN),
                facts={"plan_year": 2026, "office_kind": "organ"},
                parties={"unit": [row], "overseer": [row.overseen_by] if row.overseen_by else []},
            )
        self._perform(opened.matter, "propose", "style_head", BEGAN)
        if unit == "区教育局":
            self._perform(opened.matter, "plan_talk", "style_head", BEGAN, lines={"plan": [self._late()]})
        return self._perform(opened.matter, "approve", "principal", BEGAN, facts={"report_by": "2026-12-10"})

    def _late(self):
        return self._line("education_head", date(2026, 6, 30))

    def _soon(self):
        return self._line("farming_head", date(2026, 10, 8))

    def _line(self, head, by):
        return {
            "about_person": self.person(head).pk, "post_title": "局长", "post_kind": "head",
            "talker_person": self.person("principal").pk, "talk_kind": "supervision",
            "talk_by": by.isoformat(),
        }  # fmt: skip

    def talk_of(self, unit):
        """The first talk of a unit."""
        return Matter.objects.filter(links_in__source=self.years[unit], mechanism="talk").order_by("pk")[0]

    def talk(self, unit, act, *, day, **sheet):
        """Something done on the first talk of a unit."""
        return self._perform(self.talk_of(unit), act, "style_head", day, **sheet)

    def _play(self, matter, steps):
        from qingfeng.mechanisms.cast import PEOPLE, UNITS

        where = sampling.Scene(
            base=BEGAN,
            person=lambda key: self.office.people[PEOPLE[key]],
            unit=lambda key: self.office.units[UNITS[key]],
            attach=self._attach,
            on=lambda at: time_machine.travel(at, tick=False),
        )
        sampling.go_on(matter, steps, where)

    def _attach(self, name, by):
        from qingfeng.documents.attachments import keep

        return keep(a_desk.PAPER, name, by=self.account(by.number)).pk

    @staticmethod
    def on(day=TODAY):
        """Today is a day of that year."""
        return time_machine.travel(morning(day), tick=False) if day else nullcontext()

    def page(self, who, address=PAGE, **more):
        """A page as somebody gets it on that day."""
        with self.on():
            return self.browser(who).get(address, {"year": 2026, **more}, headers={"accept-language": "zh"})

    def said(self, who, address=PAGE, **more):
        """What a page says, on one line."""
        return re.sub(r"\s+", " ", strip_tags(self.page(who, address, **more).content.decode()))
