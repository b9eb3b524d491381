"""A round from a voter's phone to the talk: filled in, resumed, closed, read, answered, talked about."""

import secrets
import sys
from pathlib import Path

import pytest
from in_chromium import followed, needs_chromium, serious_findings, sideways, until

sys.path.append(str(Path(__file__).parents[1] / "appraisal"))

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
VOTER, PERSON, EVALUATOR, LEADER = "Y0403", "Y0402", "Y0202", "Y0001"
OTHERS = 6
KEPT = "Object.keys(localStorage).some(name => name.startsWith('qingfeng-draft:'))"
ANSWER, SAID = "业务一项，我想补充说明。", "先肯定长处，再说差距。"


@pytest.fixture
def opened(road):
    """A round of one room, where the others have voted and handed in the forms by name, but the person."""
    import a_round

    from qingfeng.appraisal import box
    from qingfeng.appraisal.models import Due, Sheet

    made, voter = a_round.opened(road.office), road.person(VOTER)
    for slate in made.slates.select_related("round"):
        people = [one for one in a_round.voters(slate) if one != voter.pk][:OTHERS]
        Due.objects.filter(slate=slate, person__in=people).update(state=Due.State.TAKEN)
        for score in range(5, 5 + len(people)):
            said = box.ballot_of(slate, a_round.ballot(slate, min(score, 9)))
            box.put(slate, {**said, "token": secrets.token_hex(32)})
    a_round.hand_in_by_name(made)
    Sheet.objects.filter(form="self", by=road.person(PERSON)).delete()
    return made


def day_of(days):
    """A day of the round as the journey counts."""
    from a_road import BASE
    from a_round import BEGINS

    return (BEGINS - BASE).days + days


def fits(page):
    """Whether a page is as it should be on the phone and on the desk; it is left on the phone."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert sideways(page) == 0, (page.url, size)
    assert serious_findings(page) == []


def cast(road, round_):
    """Take the ballots on a phone, fill one in, and bring it."""
    voter = road.at(VOTER, has_touch=True)
    page = voter.page
    page.set_viewport_size(PHONE)
    voter.go("/appraisal/")
    fits(page)
    followed(page.get_by_role("link", name="我的选票"))
    page.get_by_role("button", name="领取选票").click()
    ballot = page.locator("details.ballot").filter(has_text=road.person(PERSON).name).first
    ballot.wait_for()
    ballot.locator("summary").click()
    for line in ballot.locator(".scale-row").all():
        line.locator("input[value='9']").check(force=True)
    ballot.get_by_text("✓ 已填").wait_for()
    fits(page)
    page.get_by_role("button", name="把填好的票投入票箱").click()
    page.get_by_text("✓ 已投").wait_for()


def fill_in_by_name(road, round_):
    """Fill in the own form on a phone, leave it half done, come back to it, and hand it in."""
    own = road.at(PERSON, has_touch=True)
    page = own.page
    page.set_viewport_size(PHONE)
    own.go("/appraisal/")
    followed(page.locator(".owed a").first)
    fits(page)
    rows = page.locator("main div.in-a-row")
    rows.first.locator("input[value='8']").check()
    until(page, KEPT)  # a draft is kept once one rests
    page.reload()
    page.locator(".draft button").first.click()
    assert rows.first.locator("input[value='8']").is_checked()
    for row in rows.all():
        row.locator("input[value='7']").check()
    with page.expect_navigation():
        page.locator("main .form-acts button").click()
    assert own.reads("已提交") or own.reads("提交")


def close(road, round_):
    """Close the round at the desk of the evaluator."""
    evaluator = road.at(EVALUATOR)
    evaluator.page.set_viewport_size(DESKTOP)
    evaluator.go(f"/appraisal/{round_.code}/")
    with evaluator.page.expect_navigation():
        evaluator.page.locator(f"form[action='/appraisal/{round_.code}/close/'] button").click()
    fits(evaluator.page)


def read_and_answer(road):
    """Read the own result on a phone, see how it arises, and answer it."""
    own = road.at(PERSON, has_touch=True)
    page = own.page
    page.set_viewport_size(PHONE)
    own.go("/appraisal/")
    followed(page.get_by_role("link", name="我的结果"))
    page.locator("qf-chart canvas").first.wait_for()
    bars = page.locator(".sum-bars li:not(.sum-whole)")
    added = sum(float(one.inner_text()) for one in bars.locator(".sum-adds b").all())
    whole = float(page.locator(".sum-whole .sum-adds").inner_text())
    assert added == pytest.approx(whole, abs=0.3)
    fits(page)
    followed(page.get_by_role("link", name="说明", exact=True))
    page.fill("#id_text", ANSWER)
    with page.expect_navigation():
        page.locator("main .form-acts button").click()
    assert own.reads(ANSWER)


def talk(road, round_):
    """Record the talk at a leader's desk, with the board beside it."""
    leader = road.at(LEADER)
    page = leader.page
    leader.go(f"/appraisal/{round_.code}/people/{PERSON}/")
    assert leader.reads(ANSWER)
    followed(page.locator("a[href$='/talk/']").first)
    page.fill("#id_held_on", "2026-03-16")
    page.fill("#id_said", SAID)
    fits(page)
    with page.expect_navigation():
        page.locator("main .form-acts button").click()
    leader.go(f"/appraisal/{round_.code}/board/")
    fits(page)
    assert road.person(PERSON).name not in page.inner_text("main")


def test_a_round_is_filled_in_closed_read_answered_and_talked_about(road, opened):
    from qingfeng.appraisal.models import Rated

    with road.on(day_of(3)):
        cast(road, opened)
        fill_in_by_name(road, opened)
    with road.on(day_of(11)):
        close(road, opened)
    with road.on(day_of(14)):
        read_and_answer(road)
        talk(road, opened)
        own = road.at(PERSON, has_touch=True)
        own.go(f"/appraisal/{opened.code}/people/{PERSON}/")
        assert own.reads(SAID)

    rated = Rated.objects.get(round=opened, person=road.person(PERSON))
    assert rated.answer == ANSWER
    assert rated.talk.said == SAID
