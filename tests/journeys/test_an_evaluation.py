"""A voter on a phone: takes the ballots, fills one in, comes back to it, and brings it without a name."""

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
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def opened(road):
    """A round of one room that is being filled in from the first day of the journey on."""
    from a_road import BASE
    from a_round import planned

    from qingfeng.appraisal import rounds
    from qingfeng.appraisal.models import Round

    until = BASE.replace(day=20)
    with road.on(0):
        made = rounds.draft(planned(road.office, from_on=BASE, until_on=until), by=road.person("Y0202").pk)
        rounds.open_round(made, by=road.person("Y0001").pk)
    return Round.objects.get(pk=made.pk)


def fill_in(page, name, score):
    """Give one score to every line of somebody, with the keys of a keyboard as with a finger."""
    ballot = page.locator("details.ballot").filter(has_text=name)
    ballot.locator("summary").click()
    for line in ballot.locator(".scale-row").all():
        line.locator(f"input[value='{score}']").check(force=True)
    return ballot


def test_a_ballot_is_filled_in_on_a_phone_and_brought_without_a_name(road, opened):
    from qingfeng.appraisal import spool
    from qingfeng.appraisal.models import Due

    with road.on(1):
        voter = road.at("Y0403", has_touch=True)
        page = voter.page
        page.set_viewport_size(PHONE)
        voter.go(f"/appraisal/{opened.code}/vote/")
        page.get_by_role("button", name="领取选票").click()
        page.locator("details.ballot").first.wait_for()
        dues = Due.objects.filter(slate__round=opened, person=voter.person)
        assert {one.state for one in dues} == {"token"}
        assert sideways(page) == 0

        ballot = fill_in(page, "罗一诺", 9)
        ballot.locator("textarea").fill("做事细致")
        ballot.get_by_text("✓ 已填").wait_for()
        assert serious_findings(page) == []
        until(page, "JSON.stringify(localStorage).includes('做事细致')")
        page.reload()
        page.get_by_text("✓ 已填").wait_for()

        brought = []
        page.on("request", lambda one: brought.append(one) if "/ballot-box/" in one.url else None)
        page.get_by_role("button", name="把填好的票投入票箱").click()
        page.get_by_text("✓ 已投").wait_for()
        headers = brought[-1].all_headers()
        assert not {"cookie", "referer", "x-csrftoken"} & set(headers)
        kept = page.evaluate("JSON.stringify(localStorage)")
        assert "做事细致" not in kept

    slate = opened.slates.get(form="peer", people=[road.person("Y0402").pk])
    with spool.open_box(slate.pk) as waiting:
        (one,) = waiting
    person = str(slate.people[0])
    assert set(one) == {"scores", "remarks", "token"}
    assert set(one["scores"][person].values()) == {9}
    assert one["remarks"] == {person: "做事细致"}


def test_another_browser_cannot_go_on_and_says_so(road, opened):
    with road.on(1):
        first = road.at("Y0403", has_touch=True)
        first.go(f"/appraisal/{opened.code}/vote/")
        first.page.get_by_role("button", name="领取选票").click()
        first.page.locator("details.ballot").first.wait_for()

        second = road.at("Y0403")
        second.go(f"/appraisal/{opened.code}/vote/")
        second.page.get_by_text("已在另一设备或浏览器领票").first.wait_for()

        assert not second.page.get_by_role("button", name="领取选票").is_visible()


def test_a_result_explains_itself_and_is_answered(road):
    from a_road import BASE
    from a_round import BEGINS, DAYS, played

    closed = played(road.office)
    person = road.person("Y0402")
    with road.on((BEGINS - BASE).days + DAYS + 2):
        own = road.at("Y0402")
        own.go("/appraisal/")
        followed(own.page.get_by_role("link", name="我的结果"))
        own.page.locator("qf-chart canvas").first.wait_for()
        assert own.reads("一句话结果")
        assert serious_findings(own.page) == []
        assert sideways(own.page) == 0
        followed(own.page.get_by_role("link", name="说明", exact=True))
        own.page.fill("#id_text", "业务一项，我想补充说明。")
        with own.page.expect_navigation():
            own.page.locator("main .form-acts button").click()
        assert own.reads("业务一项，我想补充说明。")

        leader = road.at("Y0001")
        leader.go(f"/appraisal/{closed.code}/board/")
        leader.page.locator("qf-chart canvas").first.wait_for()
        assert serious_findings(leader.page) == []
        assert sideways(leader.page) == 0
        assert person.name not in leader.page.inner_text("main")
