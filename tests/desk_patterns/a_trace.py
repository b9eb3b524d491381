"""Builders of this room's tests: a lake of fills, people at browsers, a rule of the district on its way."""

import re

import a_story
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from qingfeng.matters.counting import months_after

BASE = "fuel_over_tank_single"
VARIANT = "d_fuel_over_tank_tight"
UNITS = (
    "单位编码,单位名称,简称,别名,是否监督单位\n"
    "U1,云水区住房和城乡建设局,区住建局,,是\n"
    "U2,云水区水务局,区水务局,,是\n"
)
VEHICLES = "车牌号,单位,车辆用途,油箱容积\n苏M12345,区住建局,一般公务,60\n苏M22222,区水务局,一般公务,50\n"
FUEL = (
    "交易流水号,车牌号,单位,交易时间,油品,数量,金额,加油站\n"
    "A1,苏M12345,区住建局,2026-08-03 12:01:00,92#汽油,87.00,612.00,云水一站\n"  # over any threshold
    "A2,苏M12345,区住建局,2026-09-09 08:30:00,92#汽油,62.00,440.00,云水一站\n"  # over the tank alone
    "A3,苏M22222,区水务局,2026-09-11 09:00:00,92#汽油,52.00,370.00,云水二站\n"  # over the tank alone
    "A4,苏M22222,区水务局,2026-10-11 09:00:00,92#汽油,30.00,221.00,云水二站\n"
)


def filled(folder):
    """A home with a lake that holds these registers and fills."""
    from qingfeng.screening.home import Home
    from qingfeng.screening.intake.load import import_inputs
    from qingfeng.screening.lake import Lake
    from qingfeng.screening.progress import Silent

    given = folder / "in"
    given.mkdir()
    for name, text in (("单位.csv", UNITS), ("车辆.csv", VEHICLES), ("加油.csv", FUEL)):
        (given / name).write_text(text, encoding="utf-8")
    home = Home(folder / "home")
    import_inputs([given], home, Lake(home), Silent())
    return home.root


def a_query(where="f.liters > $least_l", *, select="", reads='["fuel"]', source="fuel AS f", **header):
    """The text of a rule of one's own, with another condition."""
    told = {"title": "大额加油", "params": "[params]\nleast_l = 80\n", "more": ""} | header
    return (
        f'/*\ntitle = "{told["title"]}"\nquestion = "Was one fill larger than that?"\nwatch = "vehicle"\n'
        f'tier = "B"\nbasis = ["党政机关公务用车管理办法（2017）"]\nreads = {reads}\nsubject = "plate"\n'
        f'scope = "row"\nmessage = "{{plate}} 于 {{at}} 加油，待核"\ninnocent = ["登记有误"]\n'
        f'verify = ["查：小票"]\n{told["more"]}\n{told["params"]}*/\n'
        f"SELECT f.plate_norm AS plate, f.unit_id, f.ts AS at, f.amount, f.row_id AS fuel_row{select}\n"
        f"FROM {source}\nWHERE {where}\n"
    )


def a_fill(liters):
    """One row of fuel in a case."""
    return f'[{{plate_norm = "苏M12345", ts = 2026-10-03T12:01:00, liters = {liters}, amount = 600}}]'


CASES = "".join(
    f'[[case]]\nsays = "{liters} litres"\nkind = "{kind}"\nfound = {int(kind == "violation")}\n'
    f"fuel = {a_fill(liters)}\n\n"
    for kind, liters in (("violation", 81), ("violation", 120), ("twin", 80), ("twin", 20))
)


class Desk:
    """The sample office before a lake, and what its people do with rules."""

    def __init__(self, office, home):
        self.office, self.home = office, home

    def person(self, key):
        """Somebody of the cast."""
        return a_story.scene(self.office).person(key)

    def viewer(self, key):
        """Somebody of the cast, looking."""
        from qingfeng.organization.viewer import viewer_for

        return viewer_for(self.person(key))

    def browser(self, key):
        """Somebody of the cast, signed in."""
        from qingfeng.organization.accounts import open_account
        from qingfeng.organization.models import Account

        person = self.person(key)
        account = Account.objects.filter(person=person).first()
        account = account or open_account(person, f"at-{person.number.lower()}", by=None, prepared="!")[0]
        Account.objects.filter(pk=account.pk).update(must_change_password=False)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def card(self):
        """A pattern card that was filled and says that there is a trace; its story is of today."""
        base = months_after(timezone.localdate(), -12)
        return a_story.played(self.office, "pattern", "closed", steps=1, base=base)

    def variant(self, *, tolerance="1", slack="0", card=None, browser=None):
        """A variant handed in at its page."""
        facts = {
            "title": "单次加油超油箱容积（从严）", "rule": VARIANT, "reason": "规律卡所述手法。",
            "p_tolerance": tolerance, "p_slack_l": slack, "card": str(card.pk) if card else "",
        }  # fmt: skip
        browser = browser or self.browser("analyst")
        return browser.post(f"/own-rules/vary/{BASE}/", facts)

    def written(self, text, cases=CASES, *, rule="d_large_fill"):
        """A query of one's own, handed in by the analyst, or the refusal."""
        from qingfeng.findings.own_rules import Draft, write

        draft = Draft(rule=rule, text=text, cases=cases, reason="规律卡所述手法。")
        return write(draft, by=self.viewer("analyst"))

    def do(self, way, *, by="analyst", rule=VARIANT, **more):
        """Press a button on the page of a rule, and read what it says then."""
        return self.browser(by).post(f"/own-rules/of/{rule}/{way}/", more, follow=True)

    def work(self):
        """Do every job that waits."""
        from qingfeng.findings.running import run_next

        while run_next():
            pass

    def screen(self):
        """Screen the whole lake as the worker does."""
        from qingfeng.findings import jobs
        from qingfeng.findings.models import Job

        jobs.ask(Job.Kind.SCREEN, by=self.person("analyst"), asked={"as_of": None, "only": []})
        self.work()


def newest(rule=VARIANT):
    """The newest version of a rule."""
    from qingfeng.findings.models import OwnVersion

    return OwnVersion.objects.filter(own__rule=rule).order_by("-no").first()


def text_of(response):
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def noted(kind):
    """Entries of the journal of one kind, as they were written."""
    from qingfeng.journal.models import JournalEntry

    return [one for one in JournalEntry.objects.order_by("pk") if one.kind == kind]
