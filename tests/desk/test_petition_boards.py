"""The boards of petitions count offices and items; what is alike is suggested, and a person decides."""

import pytest
from a_desk import text_of

from qingfeng.desk.models import PetitionGram
from qingfeng.desk.petitions import alike, gauges, leading, offices, pending
from qingfeng.desk.petitions.asked import scope_of
from qingfeng.matters import keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.petition.settings import formula_key, name_key
from qingfeng.organization.district_settings import set_setting
from qingfeng.screening.errors import Problem

PAGES = (
    "/petitions/board/",
    "/petitions/board/pending/",
    "/petitions/board/leaders/",
    "/petitions/board/session/",
)


@pytest.fixture(scope="module")
def petitions(house, django_db_blocker):
    """One that is being handled for long, one struck off, one just registered that says the same."""
    with django_db_blocker.unblock():
        old = house.played("petition", "closed", steps=6, ago=130, title="云川小区高层水压不足")
        done = house.played("petition", "closed", ago=130, title="云川小区加压费退还")
        new = house.played("petition", "registered", steps=0, ago=1, title="云川小区高层水压仍然不足")
        facts = {**new.facts, "summary": old.facts["summary"], "demand": old.facts["demand"]}
        Matter.objects.filter(pk=new.pk).update(facts=facts)
        new.refresh_from_db()
        alike.keep_up()
    return {"old": old, "done": done, "new": new}


def scope(desk, who="principal"):
    viewer = desk.viewer(who)
    return scope_of(viewer, viewer.on.year, viewer.on)


def test_the_gauges_are_counted_as_the_district_names_them_and_opens_their_working(desk, petitions):
    account = desk.account("system_admin")
    set_setting(name_key("answered"), "件件有回应", by=account, reason="本区叫法")
    set_setting(formula_key("answered"), "handled_in_time", by=account, reason="只看办理时限")

    found = {one.key: one for one in gauges.gauges_of(scope(desk))}
    page = text_of(desk.browser("principal").get(PAGES[0]))

    assert "件件有回应" in page
    assert found["answered"].formula == "handled_in_time"
    assert 0 <= found["answered"].share.part <= found["answered"].share.of


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("handled_in_tim", "handled_in_time"),
        ("median_days", "中位数"),
        ("answers", "分母"),
        ("missed:answers / answers", "时限"),
        ("petitioner visits", "不是指标"),
        ("at_first / answers / closed", "分母"),
    ],
)
def test_a_formula_that_cannot_be_counted_is_refused_in_words(desk, formula, says):
    with pytest.raises(Problem, match=says):
        set_setting(formula_key("resolved"), formula, by=desk.account("system_admin"), reason="试")


def test_what_few_answered_about_an_office_is_not_said(desk, petitions):
    satisfied = next(one for one in gauges.gauges_of(scope(desk)) if one.key == "satisfied")

    assert satisfied.share.of == 1
    assert not satisfied.share.is_said
    assert satisfied.share.rests_on == ""
    by_office = [line.shares[-1][1] for line in offices.lines_of(scope(desk))]
    assert [(one.of, one.is_said) for one in by_office if one.of] == [(1, False)]


def test_what_counts_as_pending_for_long_is_a_setting_and_says_why(desk, petitions):
    viewer = desk.viewer("principal")
    found = {row.matter: row.why for row in pending.rows_of(pending.pending(viewer, viewer.on), viewer.on)}
    set_setting("petition.pending_days", 3650, by=desk.account("system_admin"), reason="试")

    assert petitions["old"] in found
    assert any("天" in why for why in found[petitions["old"]])
    assert petitions["new"] not in found
    assert petitions["done"] not in found
    assert petitions["old"] not in set(pending.pending(viewer, viewer.on))


def test_repeats_that_a_person_linked_make_a_matter_pending(desk, petitions):
    viewer, account = desk.viewer("petition_head"), desk.account("system_admin")
    set_setting("petition.pending_days", 3650, by=account, reason="试")
    set_setting("petition.pending_repeats", 1, by=account, reason="试")

    linked = keeping.link(petitions["new"], petitions["old"], "repeats", by=viewer, reason="同一诉求")

    assert isinstance(linked, Done)
    assert set(pending.pending(viewer, viewer.on)) == {petitions["old"]}


def test_the_stock_stands_by_office_and_age(desk, petitions):
    viewer = desk.viewer("principal")

    found = {str(one.office): one.ages for one in pending.stock_of(viewer, viewer.on)}

    assert found["区住建局"] == [0, 0, 0, 1]
    assert sum(sum(ages) for ages in found.values()) == 2


def test_every_leader_stands_with_what_they_are_in_charge_of(desk, petitions):
    viewer = desk.viewer("principal")

    found, without = leading.leaders_of(viewer, viewer.on)

    assert [[item.matter for item in one.items] for one in found] == [[petitions["old"]]]
    assert without == 0
    assert [item.matter for item in leading.session_of(viewer, viewer.on)] == [petitions["old"]]


def test_a_petition_that_says_nearly_the_same_is_suggested_with_why_and_never_merged(desk, petitions):
    browser = desk.browser("petition_registrar")

    found = alike.like(desk.viewer("petition_registrar"), petitions["new"])
    page = text_of(browser.get(f"/petitions/{petitions['new'].slug}/"))
    before = Matter.objects.get(pk=petitions["new"].pk)

    assert petitions["old"] in [one.matter for one in found]
    assert all(one.share >= alike.LEAST_ALIKE and one.phrases for one in found)
    assert "内容相近" in page
    assert (before.standing, before.merged_into) == ("valid", None)


def test_a_person_links_the_two_with_a_reason(desk, petitions):
    address = f"/petitions/{petitions['new'].slug}/alike/"
    sent = {"other": petitions["old"].number, "kind": "repeats", "reason": "同一小区同一诉求"}
    browser = desk.browser("petition_head")

    sure = text_of(browser.post(address, sent))
    before = petitions["new"].links_out.count()
    browser.post(address, {**sent, "confirmed": "yes"})

    link = petitions["new"].links_out.get(kind="repeats")
    assert petitions["old"].number in sure
    assert before == 0
    assert link.target == petitions["old"]
    assert petitions["old"] not in [
        one.matter for one in alike.like(desk.viewer("petition_head"), petitions["new"])
    ]


def test_who_may_not_see_a_petition_is_not_told_what_it_is_like(desk, petitions):
    """Similarity stays within access."""
    keeping_out = desk.person("petition_one")
    from qingfeng.matters import guarding

    guarding.recuse(petitions["old"], keeping_out, "利害关系", by=desk.viewer("petition_head"))

    found = [one.matter for one in alike.like(desk.viewer("petition_one"), petitions["new"])]

    assert petitions["old"] not in found


def test_what_is_handed_to_the_line_of_reports_loses_its_signs(desk):
    """rights.md 8: nothing of a sealed text is kept in an index."""
    matter = desk.played("petition", "other_line", steps=0, ago=1)
    alike.keep_up()
    had = PetitionGram.objects.filter(matter=matter).exists()

    Matter.objects.filter(pk=matter.pk).update(stage="other_line", is_open=False)
    alike.keep_up()

    assert had
    assert not PetitionGram.objects.filter(matter=matter).exists()


def test_the_three_tests_of_closing_stand_on_the_page_and_say_what_an_office_owes(desk, petitions):
    browser = desk.browser("principal")

    in_hand = text_of(browser.get(f"/petitions/{petitions['old'].slug}/"))
    closed = text_of(browser.get(f"/petitions/{petitions['done'].slug}/"))

    for words in ("化解到位", "责任与帮扶到位", "息访息诉"):
        assert words in in_hand, words
        assert words in closed, words


def test_what_a_test_of_closing_owes_is_mended_by_one_click_of_who_may(desk):
    served = desk.until("petition", "closed", "serve", ago=3)

    def offered(who):
        page = desk.browser(who).get(f"/petitions/{served.slug}/").content.decode()
        return page.partition("三到位</h2>")[2].partition("</section>")[0]

    assert f'/petitions/{served.slug}/acts/serve/">' in offered("petition_registrar")
    assert f'/petitions/{served.slug}/acts/serve/">' not in offered("deputy")


def test_the_track_shows_the_way_that_was_gone_and_one_end(desk, petitions):
    def track(matter):
        page = desk.browser("principal").get(f"/petitions/{matter.slug}/").content.decode()
        return page.partition('class="track')[2].partition("</ol>")[0]

    gone, in_hand = track(petitions["done"]), track(petitions["old"])

    assert "已送达" in gone
    assert "已销号" in gone
    assert "复查中" not in gone, "nobody asked for a review"
    assert "帮扶终结" not in gone
    assert "复查中" in in_hand
    assert "帮扶终结" not in in_hand


def test_an_office_reads_first_what_was_sent_to_it_and_others_do_not(desk):
    slip = desk.until("petition_slip", "supervision", "sign_for", ago=3)
    at = f"/petition-slips/{slip.slug}/"

    page = desk.browser("housing_contact").get(at).content.decode()

    assert "十日内退还多收费用" in page
    assert page.index("十日内退还多收费用") < page.index("基本情况")
    assert desk.browser("vehicles_contact").get(at).status_code == 404


def test_a_slip_says_up_which_line_an_overdue_answer_goes(desk):
    slip = desk.until("petition_slip", "supervision", "sign_for", ago=3)

    page = text_of(desk.browser("principal").get(f"/petition-slips/{slip.slug}/"))

    assert "逾期后逐级报告" in page


@pytest.mark.parametrize("who", ["unit_contact", "superior", "special_supervisor", "system_admin", "auditor"])
def test_the_boards_are_there_for_our_own_people_and_for_nobody_outside(desk, who):
    for address in PAGES:
        assert desk.browser(who).get(address).status_code == 404, address


def test_every_board_answers_when_there_is_nothing(desk):
    Matter.objects.filter(mechanism="petition").update(standing="void")

    found = {address: desk.browser("principal").get(address).status_code for address in PAGES}

    assert set(found.values()) == {200}
