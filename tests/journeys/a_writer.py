"""Somebody at the counter, with scripts or without: they write, wait where it is asked, read and answer."""

from in_chromium import a_page, serious_findings, sideways

PHONE, DESK = {"width": 360, "height": 760}, {"width": 1366, "height": 768}


class Writer:
    """One person at a browser of their own."""

    def __init__(self, road, size, *, lang="zh", scripts=True, server="", **options):
        context = road.browser.new_context(viewport=size, java_script_enabled=scripts, **options)
        self.page, self.scripts, self.found = a_page(context), scripts, []
        self.base = f"{server or road.server.url}/counter/{lang}/"

    def look(self, place):
        """Note what is wrong with the page for eyes, ears and narrow screens; that is asked with a script."""
        if self.scripts:
            self.found += [(place, one) for one in serious_findings(self.page)]
            self.found += [(place, "scrolls sideways")] if sideways(self.page) else []

    def go(self, place):
        """Open a page of the counter."""
        self.page.goto(self.base + place)
        self.look(place)

    def press(self, value):
        """Press a button; where it hands something in, work for it, or wait as the page says."""
        hands_in = self.page.locator("input[data-work]").count()
        if hands_in and self.scripts:
            self.page.locator("input[data-work]:not([value=''])").wait_for(state="attached")
        with self.page.expect_navigation():
            self.page.locator(f"button[name=go][value='{value}']:not([aria-hidden])").click()
        later = self.page.locator("button.later")
        if hands_in and not self.scripts and later.count():
            later.wait_for(state="visible")
            with self.page.expect_navigation():
                later.click()
        self.look(value)

    def answers(self, line, *, about, text, name="", contact="", files=(), room=""):
        """Answer every question; hand it in and return the code."""
        self.go("write/")
        self.page.check(f"input[name=line][value={line}]")
        self.press("next")
        self.page.fill("#about", about)
        self.press("next")
        self.page.fill("#text", text)
        self.press("next")
        if files:
            self.page.set_input_files("#file", list(files))
        self.press("next")
        self.page.check(f"input[name=named][value={'yes' if name else 'no'}]")
        if name:
            self.page.fill("input[name=name]", name)
            self.page.fill("input[name=contact]", contact)
        self.press("next")
        if room:
            self.page.click("details:has(input[name=excludes]) > summary")
            self.page.check(f"input[name=excludes][value$='{room}']")
        self.press("next")
        self.press("next")
        return self.page.inner_text(".code code")

    def opens(self, code):
        """Type the code; return what is shown."""
        self.go("follow/")
        self.page.fill("#code", code)
        self.press("open")
        return self.page.inner_text("main")

    def says(self, what, text="", rating=0):
        """Say something to what is open."""
        self.press(f"say:{what}")
        if rating:
            self.page.check(f"input[name=rating][value='{rating}']")
        self.page.fill("#text", text)
        self.press(f"send:{what}")


def office_does(road, matter, *, after, until):
    """Let the office do the steps of the long story after one act, up to another."""
    from qingfeng.mechanisms import sampling

    steps = sampling.cases("petition")["rechecked"]["steps"]
    acts = [step["act"] for step in steps]
    first = acts.index(after) + 1 if after else 0
    done = sampling.go_on(matter, steps[first : acts.index(until) + 1], road.scene())
    road.day = steps[acts.index(until)]["day"] + 1
    return done
