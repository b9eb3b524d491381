"""People who carry a matter in a browser: they read labels, fill in what is asked, press what is there."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

import a_house
import time_machine
from a_paper_of_mine import PAPER
from django.conf import settings
from django.test import Client
from in_chromium import a_context, a_page, sideways

BASE = date(2026, 1, 5)


class Road:
    """The sample office behind a live server."""

    def __init__(self, office, browser, live_server):
        self.office, self.browser, self.server = office, browser, live_server
        self.day = 0
        self._windows = {}

    def close(self):
        """Close every window."""
        for desk in self._windows.values():
            desk.page.context.close()

    def troubles(self):
        """What scripts and the browser complained about."""
        pages = [desk.page for desk in self._windows.values()]
        return [said for page in pages for said in page.troubles if not re.search("404|422", said)]

    def person(self, key):
        """Somebody by the key of the cast or the person number."""
        from qingfeng.mechanisms.cast import PEOPLE

        return self.office.people[PEOPLE.get(key, key)]

    @contextmanager
    def on(self, day):
        """Let so many days have gone by since the journey began; the clock goes on."""
        self.day = day
        with time_machine.travel(a_house.morning(BASE + timedelta(days=day)), tick=True):
            yield

    def at(self, key, **options):
        """Somebody at a browser of their own, signed in; the window stays, as on a desk in an office."""
        person = self.person(key)
        window = (person.pk, *sorted((key, str(one)) for key, one in options.items()))
        if window not in self._windows:
            context = a_context(self.browser, self.server, locale="zh-CN", **options)
            self._windows[window] = Desk(self, a_page(context), person)
        desk = self._windows[window]
        desk.page.context.add_cookies([self._signed_in(person)])
        return desk

    def _signed_in(self, person):
        from qingfeng.organization.accounts import open_account
        from qingfeng.organization.models import Account

        account = Account.objects.filter(person=person).first()
        account = account or open_account(person, f"at-{person.number}", by=None, prepared="!")[0]
        Account.objects.filter(pk=account.pk).update(must_change_password=False)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.server.url}

    def scene(self):
        """The place of a story that is told without browsers."""
        return a_house.House(self.office).scene(BASE, lambda at: time_machine.travel(at, tick=False))


class Desk:
    """One person at a browser."""

    def __init__(self, road, page, person):
        self.road, self.page, self.person = road, page, person

    def go(self, place):
        """Open a page of the site."""
        return self.page.goto(f"{self.road.server.url}{place}")

    def reads(self, words):
        """Whether the page says something."""
        return words in self.page.inner_text("body")

    def press(self, words, within="main"):
        """Press the button or link that is called so."""
        exact = re.compile(rf"^\s*{re.escape(words)}(\s+\w)?\s*$")
        found = self.page.locator(within).locator("a:visible, button:visible").filter(has_text=exact)
        assert found.count(), f"{words} is not on {self.page.url}: {self.page.inner_text('body')[:1500]}"
        found.last.click()
        self.page.wait_for_load_state()

    def start(self, matter, act):
        """Open a matter from its page and choose an act."""
        from qingfeng.desk.kinds import address

        self.go(address(matter))
        folds = self.page.locator("section[aria-labelledby=can] details:not([open]) > summary")
        while folds.count():
            folds.first.click()
        self.press(str(act.name), "section[aria-labelledby=can]")

    def fill(self, field, value, name=""):
        """Fill in a field by what stands beside it."""
        name = name or field.key
        control = self.page.locator(f"#id_{name}")
        label = self.page.locator(f'label[for="id_{name}"]')
        if not label.count():  # several controls are named by the legend of their group
            label = self.page.locator(f'fieldset:has([name="{name}"]) > legend')
        assert str(field.name) in label.last.inner_text(), (name, label.last.inner_text())
        self._enter(field, value, name, control)

    def leave_empty(self, field):
        """Take out what the form offers from before, where nothing is to be said."""
        control = self.page.locator(f"#id_{field.key}")
        if field.kind == "choice" and control.count():
            control.select_option("")
        elif field.kind in {"text", "long", "day", "money", "whole"} and control.count():
            control.fill("")

    def _enter(self, field, value, name, control):
        if field.kind in {"file", "files"}:
            papers = value if isinstance(value, list) else [value]
            control.set_input_files(
                [
                    {"name": one.removeprefix("file:"), "mimeType": "application/pdf", "buffer": PAPER}
                    for one in papers
                ]
            )
        elif field.kind == "choice":
            control.select_option(value)
        elif field.kind == "choices":
            for one in value:
                self.page.locator(f'input[name="{name}"][value="{one}"]').check()
        elif field.kind == "flag":
            control.set_checked(bool(value))
        elif field.kind in {"persons", "units"}:
            self._several(name, value)
        else:
            control.fill(self.typed(value))

    def _several(self, name, values):
        """Fill in several people or units, a box each; another box is asked for where there is none."""
        for place, one in enumerate(values, start=1):
            box = self.page.locator(f"#id_{name}{'' if place == 1 else f'_{place}'}")
            if not box.count():
                self.page.locator(f'button[name="add"][value="{name}"]').click()
                box.wait_for()
            box.fill(self.typed(one))

    def typed(self, value):
        """A value of a story as somebody would type it."""
        from qingfeng.matters.counting import months_after

        kind, _, word = value.partition(":") if isinstance(value, str) else ("", "", "")
        if kind == "day":
            return (BASE + timedelta(days=int(word))).isoformat()
        if kind == "months":
            later, months = word.split("+")
            return months_after(BASE + timedelta(days=int(later)), int(months)).isoformat()
        if kind == "person":
            return self.road.person(word).number
        if kind == "unit":
            return self._unit(word)
        return str(value).replace("{year}", str(BASE.year)).replace("{last_year}", str(BASE.year - 1))

    def _unit(self, key):
        from qingfeng.mechanisms.cast import UNITS

        return UNITS[key]

    def name_parties(self, declared, parties):
        """Fill in who is named."""
        for role, names in parties.items():
            unit = declared.role(role).kind == "unit"
            for place, one in enumerate(names, start=1):
                box = self.page.locator(f"#id_party-{role}{'' if place == 1 else f'_{place}'}")
                box.fill(self._unit(one) if unit else self.road.person(one).number)

    def hand_in(self, declared, act, step):
        """Fill in the form of an act as a step of a story says, and send it."""
        for field in act.asks:
            if field.key in step.get("facts", {}):
                self.fill(field, step["facts"][field.key])
            else:
                self.leave_empty(field)
        self.name_parties(declared, step.get("parties", {}))
        if step.get("reason"):
            self.page.locator("#id_act-reason").fill(step["reason"])
        for ledger, lines in step.get("lines", {}).items():
            for place, line in enumerate(lines, start=1):
                if place > 1 and not self.page.locator(f"[id^=id_line-{ledger}-{place}-]").count():
                    self.press("再加一条", f"#lines-{ledger}")
                    self.page.locator(f"[id^=id_line-{ledger}-{place}-]").first.wait_for()
                self._line(declared, ledger, line, f"line-{ledger}-{place}")
        for ledger, changes in step.get("changes", {}).items():
            for no, line in changes.items():
                self.page.locator(f"#on-{ledger}-{no}").check()
                fold = self.page.locator(f'details:has([id^="id_change-{ledger}-{no}-"])')
                if fold.get_attribute("open") is None:
                    fold.locator("summary").click()
                self._line(declared, ledger, line, f"change-{ledger}-{no}")
        self.send(act)

    def _line(self, declared, ledger, line, prefix):
        for field in declared.ledger(ledger).fields:
            if field.key in line:
                self.fill(field, line[field.key], f"{prefix}-{field.key}")

    def send(self, act):
        """Press the button of the form, and once more where the matter comes to its end."""
        place = self.page.url
        self.press(str(act.name), ".form-acts")
        if self.page.url == place and self.page.locator("input[name=confirmed]").count():
            self.press(str(act.name), ".form-acts")
        assert self.page.url != place, self.page.inner_text("main")[:800]

    def signs(self, matter):
        """Sign second what waits on a matter."""
        from qingfeng.desk.kinds import address

        self.go(address(matter))
        self.press("查看并签署")
        self.press("签署")


SIZES = {
    "phone": {"viewport": {"width": 390, "height": 844}},
    "desktop": {"viewport": {"width": 1366, "height": 768}},
}
"""Windows in which a whole journey is made."""


def fits(desk):
    """Say that the page somebody looks at does not scroll sideways."""
    assert sideways(desk.page) <= 0, f"{desk.page.url} is {sideways(desk.page)} pixels too wide"


def walk(road, matter, steps, **options):
    """Carry a matter as `carry` does, and look at each page on the way whether it fits its window."""
    return carry(road, matter, steps, looks=fits, **options)


def waits(road, matter, step, says, **options):
    """Look at an act that waits for something: its button rests, and the page says for what."""
    from qingfeng.desk.kinds import address

    name = str(matter_kind(matter).act(step["act"]).name)
    with road.on(step["day"]):
        desk = road.at(step["by"], **options)
        desk.go(address(matter))
        button = desk.page.locator("section[aria-labelledby=can] button[aria-disabled=true]", has_text=name)
        assert button.count() == 1, desk.page.inner_text("main")[:1500]
        assert says in desk.page.locator(f"[id='{button.get_attribute('aria-describedby')}']").text_content()
        fits(desk)


def matter_kind(matter):
    """The declaration of a matter's kind."""
    from qingfeng.matters.registry import mechanism

    return mechanism(matter.mechanism)


def refused(road, matter, step, says, **options):
    """Let somebody try an act that does not go yet: the form says why in these words, nothing is done."""
    declared, before = matter_kind(matter), matter.story.count()
    with road.on(step["day"]):
        desk = road.at(step["by"], **options)
        desk.start(matter, declared.act(step["act"]))
        for field in declared.act(step["act"]).asks:
            if field.key in step.get("facts", {}):
                desk.fill(field, step["facts"][field.key])
        desk.press(str(declared.act(step["act"]).name), ".form-acts")
        if desk.page.locator("input[name=confirmed]").count():
            desk.press(str(declared.act(step["act"]).name), ".form-acts")
        assert desk.reads(says), desk.page.inner_text("main")[:1500]
        fits(desk)
    assert matter.story.count() == before


def carry(road, matter, steps, *, looks=lambda _desk: None, **options):
    """Carry a matter through steps of a story in browsers, each step by the person whose it is."""
    from qingfeng.matters.registry import mechanism

    for step in steps:
        declared = mechanism(matter.mechanism)
        act = declared.act(step["act"])
        with road.on(step["day"]):
            desk = road.at(step["by"], **options)
            desk.start(matter, act)
            looks(desk)
            desk.hand_in(declared, act, step)
            looks(desk)
            if act.second:
                other = road.at(step["second"], **options)
                other.signs(matter)
        matter.refresh_from_db()
        assert matter.story.last().act == step["act"], (step["act"], matter.story.last().act)
    return matter


def opened(road, kind, case, **options):
    """Open a matter in a browser as a story says."""
    from qingfeng.desk.kinds import plural
    from qingfeng.matters.models import Matter
    from qingfeng.matters.registry import mechanism
    from qingfeng.mechanisms import sampling
    from qingfeng.mechanisms.cast import UNITS

    story, declared = sampling.cases(kind)[case], mechanism(kind)
    with road.on(0):
        desk = road.at(story["opened_by"], **options)
        desk.go(f"/{plural(kind)}/new/")
        desk.page.locator("#id_act-title").fill(story["title"])
        if desk.page.locator("#id_act-owner").count():
            short = UNITS[story["owner"]]
            desk.page.locator("#id_act-owner").select_option(str(road.office.units[short].pk))
        for field in declared.asks:
            if field.key in story["facts"]:
                desk.fill(field, story["facts"][field.key])
        desk.name_parties(declared, story.get("parties", {}))
        desk.press("登记", ".form-acts")
        assert "/new/" not in desk.page.url, desk.page.inner_text("main")[:900]
    return Matter.objects.filter(mechanism=kind).latest("pk")
