"""From a row of records to the lesson and back by clicks only; who sees a part; who is recused."""

from decimal import Decimal

import pytest
from django.utils import timezone
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
FILE, RULE, KEY = "公务接待/接待费.csv", "reception_over_standard", "a1b2c3d4e5f60718"


def a_thread(road):
    """A story from its verification to its lesson, with the lead that it began with; matters by kind."""
    from qingfeng.findings.models import Lead, LeadFinding, Screening

    scene = road.scene()
    matter = sampling.play("verification", "silent", scene)
    now = timezone.now()
    screening = Screening.objects.create(run="f" * 16, snapshot="sha256:aa", at=now)
    lead = Lead.objects.create(
        key=KEY, title="公务接待超标准", rule=RULE, rules=[RULE], tier="B", watch="letter", colour="yellow",
        points=40, factor=2, weight=Decimal("0.5"), subject_kind="letter", subject_key="云住建函〔2026〕8号",
        unit=road.office.units["区住建局"], snapshot="sha256:aa", first_seen=screening, last_seen=screening,
        first_seen_at=now, matter=matter,
    )  # fmt: skip
    LeadFinding.objects.create(
        lead=lead, place=0, rule=RULE, title="公务接待超标准", tier="B", version="sha256:1", message="超标准",
        evidence=[{"table": "ledger", "file": FILE, "sheet": None, "row": 1289}],
    )  # fmt: skip
    found = {"verification": matter}
    for kind in ("clue", "case", "lesson"):
        found[kind] = list(found.values())[-1].links_out.get(target__mechanism=kind).target
    return found


def follow(desk, words, within="ol.thread"):
    """Follow a link of the thread."""
    found = desk.page.locator(f"{within} a:visible").filter(has_text=words)
    assert found.count(), f"{words} is not on {desk.page.url}: {desk.page.inner_text('body')[:1500]}"
    found.first.click()
    desk.page.wait_for_load_state()


def test_the_thread_is_walked_from_a_row_to_the_lesson_and_back_by_clicks_only(road):
    """监察法 Art. 18, 67: each as far as they may know of it."""
    from qingfeng.matters.models import RecusalDecision

    found = a_thread(road)
    days = sampling.days_of("verification", "silent") + 1

    with road.on(days):
        analyst = road.at("analyst")
        analyst.go(f"/leads/{KEY}/")
        follow(analyst, "逐个说明为什么在这里", "main")
        assert analyst.reads("第 1289 行")
        assert analyst.reads(found["verification"].number)
        for kind in ("clue", "case", "lesson"):
            assert not analyst.reads(found[kind].number)

        principal = road.at("principal")
        principal.go(f"/leads/{KEY}/")
        for kind in ("verification", "clue", "case", "lesson"):
            follow(principal, found[kind].number)
            assert principal.page.url.endswith(f"/{found[kind].slug}/")
        follow(principal, "逐个说明为什么在这里", "main")
        assert principal.reads("启动以案促改")
        assert not principal.reads(FILE)
        picture = principal.page.locator(".diagram-picture a").filter(has_text=found["case"].number)
        picture.first.focus()
        with principal.page.expect_navigation():
            principal.page.keyboard.press("Enter")
        for kind in ("clue", "verification"):
            follow(principal, found[kind].number)
        follow(principal, KEY[:8])
        assert principal.page.url.endswith(f"/leads/{KEY}/")

        principal.page.set_viewport_size({"width": 360, "height": 800})
        principal.go(f"/cases/{found['case'].slug}/thread/")
        assert not principal.page.locator(".diagram-picture").is_visible()
        assert principal.page.locator("ol.thread > li").count() == 8
        assert principal.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        supervisor = road.at("case_supervisor")
        RecusalDecision.objects.create(
            matter=found["case"], person=supervisor.person, ground="近亲属", at=timezone.now()
        )
        supervisor.go(f"/clues/{found['clue'].slug}/thread/")
        assert supervisor.reads(found["clue"].number)
        assert not supervisor.reads(found["case"].number)
        assert not supervisor.reads(found["lesson"].number)
