"""Builders of this room's tests: an office at work, its people at their browsers."""

import re
from datetime import timedelta
from io import BytesIO

import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfWriter

from qingfeng.matters.models import Matter
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.organization.accounts import open_account
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import viewer_for


def _paper():
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


PAPER = _paper()
TITLE = "市纪委交办：云水河采砂管理责任督办"


class Desk:
    """The sample office, its sample matters and its people."""

    def __init__(self, office):
        self.office = office
        self._kept = {}

    def person(self, key):
        """Somebody by the key of the cast, the sign-in name or the person number."""
        if key in PEOPLE:
            return self.office.people[PEOPLE[key]]
        return self.office.accounts[key].person if key in self.office.accounts else self.office.people[key]

    def account(self, key):
        """The account of somebody; one is opened where there is none."""
        person = self.person(key)
        found = Account.objects.filter(person=person).first()
        return found or open_account(person, f"at-{person.number}", by=None, prepared="!")[0]

    def viewer(self, key):
        """Somebody as they look today."""
        return viewer_for(self.person(key))

    def browser(self, key, **options):
        """Somebody signed in."""
        client = Client(**options)
        client.force_login(self.account(key), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def scene(self, base):
        """The office as the place of a story that begins on a day."""
        from qingfeng.documents.attachments import keep

        def attach(name, by):
            if (name, by.pk) not in self._kept:
                account = (
                    Account.objects.filter(person=by).first()
                    or open_account(by, f"at-{by.number}", by=None, prepared="!")[0]
                )
                self._kept[name, by.pk] = keep(PAPER, name, by=account).pk
            return self._kept[name, by.pk]

        return sampling.Scene(
            base=base,
            person=lambda key: self.office.people[PEOPLE[key]],
            unit=lambda key: self.office.units[UNITS[key]],
            attach=attach,
            on=lambda at: time_machine.travel(at, tick=False),
        )

    def played(self, kind, case, *, steps=None, ago=30, title=""):
        """A matter opened so many days ago, after so many steps of a story (by default those gone by)."""
        if steps is None:
            every = sampling.cases(kind)[case]["steps"]
            steps = sum(1 for step in every if step["day"] < ago)
        base = timezone.localdate() - timedelta(days=ago)
        matter = sampling.play(kind, case, self.scene(base), steps=steps, title=title)
        matter.refresh_from_db()
        return matter

    def until(self, kind, case, act, *, ago=30, title=""):
        """A matter just before a story does an act."""
        steps = sampling.cases(kind)[case]["steps"]
        place = next(no for no, step in enumerate(steps) if step["act"] == act)
        return self.played(kind, case, steps=place, ago=ago, title=title)

    def at_work(self):
        """Open the matters that every test finds: what a test itself opens is undone after it."""
        self.directive = self.until("directive", "closing", "ask_extension", ago=41, title=TITLE)
        self.assigning = self.until("directive", "objected", "object", ago=3)
        self.reported = self.until("directive", "closing", "review", ago=70)
        self.revisit = self.until("revisit", "made", "visit", ago=40)
        self.referral = self.until("referral", "received", "accept", ago=10)
        return self

    def restricted(self, matter):
        """The same matter, restricted."""
        Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
        matter.refresh_from_db()
        return matter


def at(matter, *more):
    """The address of a matter, or of a page below it."""
    from qingfeng.desk.kinds import plural

    return "/" + "/".join([plural(matter.mechanism), matter.slug, *more]) + "/"


def text_of(response):
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def hidden(response, name):
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', response.content.decode())
    return found.group(1) if found else None
