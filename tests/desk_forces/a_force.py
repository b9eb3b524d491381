"""Builders of this room's tests: a force at work, a verification that serves it, and all the ways to look."""

import io
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook

from qingfeng.desk import feeds, indexing, large_exports, mailing
from qingfeng.desk.forces import panel
from qingfeng.desk.models import LargeExport, MailChoice
from qingfeng.desk.packs.models import Pack
from qingfeng.matters import access
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import BreakGlass, Matter, Notice
from qingfeng.matters.writing import join
from qingfeng.mechanisms import sampling
from qingfeng.organization.models import StandIn

AGO = 47  # the day of the story on which it is dissolved is today
ENDING = {
    "summary": "完成三项任务。",
    "accounts_checked": True,
    "went_on": "核查建议由党风室继续办理。",
    "leaks": "no",
}
WAYS = (
    "list", "page", "of the verification", "found", "count", "export", "api", "notices", "mail", "feed",
    "large export",
)  # fmt: skip


def at_work(desk):
    """A force on the day before it is dissolved, with a verification that two of its members carry."""
    steps = len(sampling.cases("task_force")["dissolved"]["steps"]) - 1
    force = desk.played("task_force", "dissolved", steps=steps, ago=AGO)
    doubt = desk.until("verification", "partly", "assign", ago=5)
    named = {"verifier": [desk.person("style_one"), desk.person("finance_expert")]}
    done = perform("assign", doubt, by=desk.viewer("style_head"), parties=named)
    assert isinstance(done, Done), done
    join(doubt, force, "serves", at=timezone.now())
    doubt.refresh_from_db()
    return force, doubt


def dissolved(desk, force):
    """The force after its head has dissolved it today."""
    done = perform("dissolve", force, by=desk.viewer("style_head"), facts=ENDING)
    assert isinstance(done, Done), done
    force.refresh_from_db()
    return force


def in_hand(desk, force, doubt):
    """What a member has in hand besides: a pack outside, standing in, emergency access, an asked export."""
    expert, lead = desk.person("finance_expert"), desk.person("style_one")
    today, now = timezone.localdate(), timezone.now()
    desk.account("finance_expert")
    pack = Pack.objects.create(
        matter=doubt,
        carrier=lead,
        companion=expert,
        made_by=lead,
        made_at=now,
        expires_on=today + timedelta(3),
    )
    StandIn.objects.create(
        principal=desk.person("style_two"), stand_in=expert, kinds=["directive"], reason="外出",
        from_on=today - timedelta(days=2), until_on=today + timedelta(days=5), approved_by=lead,
    )  # fmt: skip
    BreakGlass.objects.create(
        matter=doubt, person=expert, reason="夜间紧急核对", at=now, expires_at=now + timedelta(hours=4)
    )
    asked = large_exports.ask(
        desk.viewer("finance_expert"), force_kind(force), form="xlsx", query="state=all", rows=1
    )
    large_exports.make.call(asked.pk)
    return pack, LargeExport.objects.get(pk=asked.pk)


def force_kind(force):
    """The declaration of a force."""
    return access.declared_of(force)


def seen_by(desk, who, force, doubt, asked, token):
    """By which ways somebody sees a force, its verification, or a trace of them, this moment."""
    browser, viewer = desk.browser(who), desk.viewer(who)
    return {
        "mail": _mailed(desk, who, force),  # first: who opens a page has read what they were told of it
        "list": force.number in _text(browser, "/task-forces/?state=all"),
        "page": browser.get(f"/task-forces/{force.slug}/").status_code == 200,
        "of the verification": browser.get(f"/verifications/{doubt.slug}/").status_code == 200,
        "found": _found(browser, force),
        "count": access.visible(viewer).filter(pk=force.pk).exists(),
        "export": _exported(browser, force.number),
        "api": f'"{force.slug}"' in _text(browser, "/api/matters/task-forces?state=all"),
        "notices": force.number in _text(browser, "/my-notices/"),
        "feed": force.number in _text(browser, f"/feed/{token}.ics"),
        "large export": browser.get(f"/my-notices/exports/{asked.pk}/").get("Content-Disposition")
        is not None,
    }


def _text(browser, address):
    answer = browser.get(address)
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def _found(browser, force):
    """Whether the search leads to a force: by its number, or by what it is about."""
    answers = [browser.post("/search/", {"q": asked}) for asked in (force.number, "津贴补贴联合核查")]
    return any(
        f"/task-forces/{force.slug}/" in one.get("Location", "") + one.content.decode() for one in answers
    )


def _exported(browser, number):
    answer = browser.post("/task-forces/export/?state=all", {"form": "xlsx"})
    if answer.status_code != 200 or "spreadsheet" not in answer["Content-Type"]:
        return False
    book = load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    return any(number in str(cell) for row in book.worksheets[0].values for cell in row)


def _mailed(desk, who, force):
    """Whether a mail counts what somebody was told of the force."""
    person = desk.person(who)
    Notice.objects.filter(person=person).exclude(matter=force).delete()
    MailChoice.objects.update_or_create(
        person=person,
        defaults={"how": "each", "address": "a@example.org", "quiet_from": 0, "quiet_until": 0,
                  "told_until": 0, "sent_at": None},
    )  # fmt: skip
    mail.outbox = []
    mailing.send_due(timezone.now().replace(hour=3, minute=0))
    MailChoice.objects.filter(person=person).delete()
    return bool(mail.outbox)


def token_of(desk, who):
    """A secret address of somebody's due dates."""
    return feeds.make(desk.viewer(who))


def index():
    """Let the search know of everything."""
    indexing.index_matters(list(Matter.objects.values_list("pk", flat=True)))


class Story:
    """One force, played once: what each saw before it was dissolved, and the same evening."""

    MEMBERS = ("finance_expert", "style_one")

    def __init__(self, desk):
        self.desk = desk
        self.force, self.doubt = at_work(desk)
        self.pack, self.asked = in_hand(desk, self.force, self.doubt)
        self.tokens = {who: token_of(desk, who) for who in (*self.MEMBERS, "union_expert")}
        self.browser = desk.browser("finance_expert")
        self.own_browser = desk.browser("style_one")
        index()
        self.people_before = self.people()
        self.before = {who: self.look(who) for who in (*self.MEMBERS, "union_expert")}
        self.session_before = self.browser.get("/").status_code
        dissolved(desk, self.force)
        index()
        self.after = {who: self.look(who) for who in self.MEMBERS}
        self.people_after = self.people()

    def people(self):
        """What the head reads of everybody, by name: what they reach, and whether their access is open."""
        rows = panel.members(self.desk.viewer("style_head"), self.force)
        return {
            one.name: ([number for number, _href, _roles in one.reaches], bool(one.until_on)) for one in rows
        }

    def look(self, who):
        """By which ways somebody sees something now."""
        return seen_by(self.desk, who, self.force, self.doubt, self.asked, self.tokens[who])
