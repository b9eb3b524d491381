"""Builders of this room's tests: an office at work, its people at their browsers, and a small mechanism."""

import re
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import time_machine
from an_office_kept import sample_office
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfWriter

from qingfeng.desk.kinds import plural
from qingfeng.matters.district import register_mechanism
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, register
from qingfeng.matters.vocabulary import Act, Clock, Entry, Field, Law, Ledger, Mark, Mechanism, Role, Stage
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.organization.accounts import open_account
from qingfeng.organization.declarations import KINDS
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import viewer_for

PRACTICE = (Law("测试规定", mark=Mark.PROPOSAL),)
WISH = Field("wish", "意愿", sealed=True, holders=("handler",))
REASON = "录入时看错了一行"
PHRASE = "correct horse battery"


def parcel(version=1, **others):
    """A kind of matter that is small: two stages of work, a sealed field, a list, a meeting."""
    return Mechanism(
        key="parcel",
        version=version,
        name="包裹",
        term="包裹",
        purpose="从一张桌子送到另一张桌子。",
        number="包",
        stages=(
            Stage("received", "收件", "收件"),
            Stage("in_hand", "办理中", "办理中"),
            Stage("closed", "办结", "办结", open=False),
        ),
        parties=(
            Role("registrar", "登记员", office=("registrar", "dept_head")),
            Role("leader", "领导", office=("principal",)),
            Role("handler", "承办人", least=2),
        ),
        opened_by=("registrar",),
        asks=(Field("what", "何物", "long"), Field("came_on", "收到日期", "day", needed=False)),
        acts=(
            Act("dispatch", "分办", by="registrar", from_="received", to="in_hand", names=("handler",)),
            Act("hear", "听取意愿", by="handler", from_="in_hand", asks=(WISH,)),
            Act("list", "列入清单", by="handler", from_="in_hand", enters=(Entry("items", "owed", least=1),)),
            Act(
                "close", "决定办结", by="leader", from_="in_hand", to="closed", meeting=True,
                asks=(Field("result", "结果", "long"),),
            ),
        ),
        clocks=(
            Clock("handle", "办理", days=30, starts="open", stops="close", law=PRACTICE, bears="handler"),
        ),
        ledgers=(
            Ledger(
                "items", "清单", "清单", (Field("text", "内容"),), (("owed", "未完"), ("kept", "完成")),
                done=("kept",),
            ),
        ),
        **others,
    )  # fmt: skip


@contextmanager
def parcels():
    """Make the small mechanism known for a while."""
    declared = parcel()
    register_mechanism(register(declared))
    try:
        yield declared
    finally:
        forget(declared)
        KINDS.pop(declared.key, None)


def _paper():
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


PAPER = _paper()


class House:
    """The sample office, its people at their browsers, and matters to keep."""

    def __init__(self):
        self.office = sample_office()
        self._kept = {}

    def person(self, key):
        """Somebody by the key of the cast, the sign-in name or the person number."""
        if key in self.office.accounts:
            return self.office.accounts[key].person
        return self.office.people[PEOPLE.get(key, key)]

    def account(self, key):
        """The account of somebody; opened where there is none."""
        person = self.person(key)
        found = Account.objects.filter(person=person).first()
        return found or open_account(person, f"at-{person.number}", by=None, prepared="!")[0]

    def viewer(self, key):
        """Somebody as access sees them today."""
        self.account(key)
        return viewer_for(self.person(key))

    def browser(self, key):
        """Somebody signed in."""
        client = Client()
        client.force_login(self.account(key), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def at_work(self):
        """A directive in hand, and a parcel of the general office that two people carry."""
        self.directive = self.until("directive", "closing", "ask_extension", ago=41)
        self.parcel = self.a_parcel()
        return self

    def until(self, kind, case, act, *, ago):
        """A matter of the sample stories just before an act."""
        from qingfeng.documents.attachments import keep

        def attach(name, by):
            account = Account.objects.filter(person=by).first()
            if (name, by.pk) not in self._kept:
                self._kept[name, by.pk] = keep(PAPER, name, by=account).pk
            return self._kept[name, by.pk]

        scene = sampling.Scene(
            base=timezone.localdate() - timedelta(days=ago),
            person=lambda key: self.office.people[PEOPLE[key]],
            unit=lambda key: self.office.units[UNITS[key]],
            attach=attach,
            on=lambda at: time_machine.travel(at, tick=False),
        )
        steps = sampling.cases(kind)[case]["steps"]
        place = next(no for no, step in enumerate(steps) if step["act"] == act)
        matter = sampling.play(kind, case, scene, steps=place)
        matter.refresh_from_db()
        return matter

    def a_parcel(self, title="一件包裹", **facts):
        """A parcel of room 党风室, in hand of its two handlers."""
        facts = {"what": "一箱旧账册", **facts}
        done = open_matter(
            "parcel", by=self.viewer("registrar"), title=title, owner=self.office.units["党风室"], facts=facts
        )
        assert done, done
        handlers = [self.person("handler").pk, self.person("handler2").pk]
        done = perform("dispatch", done.matter, by=self.viewer("registrar"), parties={"handler": handlers})
        assert done, done
        return done.matter

    def listed(self, *texts):
        """A parcel with lines on its list."""
        matter = self.a_parcel()
        lines = {"items": [{"text": one} for one in texts]}
        done = perform("list", matter, by=self.viewer("handler"), lines=lines)
        assert done, done
        return done.matter


def restricted(matter):
    """The same matter, restricted."""
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()
    return matter


def at(matter, *more):
    """The address of a matter, or of a page below it."""
    return "/" + "/".join([plural(matter.mechanism), matter.slug, *(str(one) for one in more)]) + "/"


def text_of(response):
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def hidden(response):
    """Everything that the hidden fields of a page's second look carry, ready to be sent again."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', response.content.decode())
    sent = {}
    for name, value in found:
        if name != "csrfmiddlewaretoken":
            sent.setdefault(name, []).append(value)
    return sent


def through(browser, address, **given):
    """Fill a form, look at it a second time, and confirm; return what came of it."""
    look = browser.post(address, given)
    assert look.status_code == 200, text_of(look)
    assert b'name="confirmed"' in look.content, text_of(look)
    return browser.post(address, {**hidden(look), "confirmed": "yes"})


def paper(name="回件.pdf", data=PAPER):
    """A file as a browser brings it."""
    return SimpleUploadedFile(name, data, content_type="application/pdf")
