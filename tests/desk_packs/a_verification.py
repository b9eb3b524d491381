"""A verification as verifiers have it before them when they go out: three rows, three tasks."""

import io
from datetime import timedelta
from pathlib import Path

from an_office_kept import sample_office
from django.test import Client
from django.utils import timezone
from PIL import Image
from tiny_lake import FILL, a_fill, a_house, a_rule, by_id, put

from qingfeng.desk.packs import leaving
from qingfeng.desk.packs.contents import Row, Task
from qingfeng.desk.packs.kinds import kinds
from qingfeng.desk.packs.leaving import Source
from qingfeng.desk.packs.verification import evidence_for, tasks_of
from qingfeng.findings.models import Lead
from qingfeng.findings.reading_in import read_in
from qingfeng.findings.verifying import open_verification
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.organization.accounts import open_account
from qingfeng.organization.models import Account
from qingfeng.organization.sealing import seal
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.run import screen

STATION, GARAGE = "云川第一加油站", "云水汽修厂"
NOT_TAKEN = "白鹭洲加油站"  # in a row of the lead that no task takes along
ELSEWHERE = "望江台加油站"  # in a row of the records that is no evidence
THRESHOLD = 47.25
RULE = "fill_over_tank_of_ours"
PLANTED = "乌桕霜红核查"
PURPOSE = "核对加油小票与行驶证油箱容积"


def a_home_of_its_own(settings, folder):
    """Let a test have a home of its own: its lake, its journal; what the office sealed opens here too."""
    seal("made before it is linked to")
    key, home = Path(settings.HOME) / "keys" / "organization.key", folder / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / key.name).symlink_to(key)
    settings.HOME, settings.MEDIA_ROOT = home, home / "attachments"


class Field:
    """An office, a lead, its verification, and packs of it."""

    def __init__(self, folder):
        self.office = sample_office()
        self.one, self.two = self.person("Y0402"), self.person("Y0403")
        self.analyst = self.viewer("Y0404")
        self.lead = self._lead(folder)
        self.matter = self._matter()

    def person(self, number):
        """Somebody by the number."""
        return self.office.people[number]

    def account(self, number):
        """The account of somebody; one is opened where there is none."""
        person = self.person(number)
        found = Account.objects.filter(person=person).first()
        return found or open_account(person, f"at-{number.lower()}", by=None, prepared="!")[0]

    def viewer(self, number):
        """Somebody as they look today."""
        self.account(number)
        return viewer_for(self.person(number))

    def browser(self, number="Y0402", language="zh-hans"):
        """Somebody signed in."""
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(self.account(number), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def _lead(self, folder):
        home, lake = a_house(folder / "home")
        fills = [
            a_fill("2026-03-01T08:00:00", station=STATION, unit="区教育局"),
            a_fill("2026-03-02T09:30:00", station=GARAGE, unit="区教育局"),
            a_fill("2026-03-03T10:00:00", station=NOT_TAKEN, unit="区教育局"),
            a_fill("2026-03-04T10:00:00", station=ELSEWHERE, liters=20),
        ]
        put(
            lake,
            ("加油明细三月.csv", "fuel", fills),
            ("单位.csv", "unit", [{"unit_id": "U1", "name": "区教育局"}]),
        )
        rule = a_rule(
            folder / "rules", RULE, FILL.replace("50", "$least"), params={"least": THRESHOLD}, tier="A"
        )
        read_in(screen(home, lake, by_id(rule)), by=None)
        return Lead.objects.get()

    def _matter(self):
        people = [self.one, self.two]
        opened = open_verification(self.lead, by=self.analyst, verifiers=people, title=PLANTED)
        assert isinstance(opened, Done), opened
        due = (timezone.localdate() + timedelta(days=5)).isoformat()
        tasks = [
            {
                "kind": kind,
                "purpose": purpose,
                "authority": "监察法 第十八条",
                "who": people,
                "place": place,
                "due_on": due,
            }
            for kind, purpose, place in (
                ("enterprise", PURPOSE, STATION),
                ("invoice", "查验加油发票", "区教育局财务室"),
                ("resident", "了解车辆日常停放情况", "区教育局门前"),
            )
        ]
        answer = perform("set_task", opened.matter, by=viewer_for(self.one), lines={"tasks": tasks})
        assert isinstance(answer, Done), answer
        opened.matter.refresh_from_db()
        return opened.matter

    def task(self, no, *, rows=2, **more):
        """A task of the matter as it leaves, with so many of the lead's rows; and where these stand."""
        line = next(one for one in tasks_of(self.matter) if one.no == no)
        taken = [row for row in evidence_for(self.matter) if NOT_TAKEN not in row.words][:rows]
        task = Task(
            no=no,
            kind=line.kind,
            purpose=line.purpose,
            authority=line.authority,
            where=line.where,
            when=line.when,
            rows=tuple(Row(row.term, row.for_task(line.kind)) for row in taken),
            **more,
        )
        return task, [Source(no, row.table, row.file, row.sheet, row.row) for row in taken]

    def pack(self, *tasks, days=7):
        """A pack of tasks (by default the first) that is out."""
        pairs = tasks or [self.task(1)]
        return leaving.take_along(
            self.matter,
            [task for task, _sources in pairs],
            by=viewer_for(self.one),
            carriers=(self.one, self.two),
            expires_on=timezone.localdate() + timedelta(days=days),
            sources=[source for _task, sources in pairs for source in sources],
        )


def filled(kind, **more):
    """A record form of a task type with every needed column filled in."""
    values = {"day": "2026-11-20", "money": "12.00", "flag": True}
    line = {
        ask.key: ask.choices[0][0] if ask.choices else values.get(ask.kind, f"答{ask.key}")
        for ask in kinds()[kind].asks
        if ask.needed or ask.kind == "flag"
    }
    return {**line, **more}


def a_photograph(*, width=800, height=600, place=True):
    """A JPEG as a telephone writes it: when, where and with what it was taken stand in it."""
    picture = Image.new("RGB", (width, height), (180, 200, 190))
    picture.paste((20, 60, 90), (width // 4, height // 4, width // 2, height // 2))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Telefonwerk", "T-1000"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 09:15:30"
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 30.0, 36.0), 3: "E", 4: (120.0, 7.0, 48.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()
