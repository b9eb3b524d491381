"""Matter pages and forms of acts: one door, one access."""

from datetime import timedelta

import pytest
from a_desk import at, hidden, text_of
from django.utils import timezone

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import keeping
from qingfeng.matters.door import perform
from qingfeng.matters.models import Performance, ReadMark
from qingfeng.mechanisms import sampling

pytestmark = pytest.mark.django_db


def _soon(days=20):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _asking(desk, browser):
    """The form that asks for an extension, filled in."""
    page = browser.get(at(desk.directive, "acts", "ask_extension"))
    return {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "asked_until": _soon(),
        "why_longer": "开户行调取回单需要时间。",
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("registrar", 200),
        ("principal", 200),
        ("case_one", 200),
        ("style_one", 200),
        ("superior", 200),
        ("partner", 404),
        ("unit_contact", 404),
        ("auditor", 404),
        ("system_admin", 404),
        ("special_supervisor", 404),
        ("evaluator", 404),
    ],
)
def test_a_matter_exists_for_those_who_may_know_of_it(desk, who, status):
    assert desk.browser(who).get(at(desk.directive)).status_code == status


@pytest.mark.parametrize(
    "page", ["", "acts/chase/", "acts/nonsense/", "second/1/", "files/1/", "slips/1.pdf"]
)
def test_what_one_may_not_see_is_absent_and_never_forbidden(desk, page):
    assert desk.browser("partner").get(at(desk.directive) + page).status_code == 404
    assert desk.browser("partner").post(at(desk.directive) + page, {}).status_code in {404, 405}


def test_a_page_tells_the_story_with_hands_ledgers_clocks_and_slips(desk):
    page = text_of(desk.browser("case_one").get(at(desk.directive)))

    for told in (
        "调取值班表、发放表和记账凭证",
        "批办",
        desk.person("deputy").name,
        "报结",
        "督办单〔",
        "为什么是这一天",
    ):
        assert told in page


def test_the_superior_sees_its_own_part_and_no_more(desk):
    page = text_of(desk.browser("superior").get(at(desk.directive)))

    assert desk.directive.number in page
    assert "调取值班表" not in page
    assert desk.person("case_one").name not in page
    assert desk.directive.title not in page


def test_a_restricted_matter_is_a_card_for_the_principal(desk):
    desk.restricted(desk.directive)

    page = text_of(desk.browser("principal").get(at(desk.directive)))

    assert desk.directive.number in page
    assert "卡片" in page
    for kept in (
        desk.directive.title,
        desk.directive.facts["matter"],
        desk.person("case_one").name,
        "调取值班表",
    ):
        assert kept not in page


def test_reading_a_restricted_matter_is_kept_once_a_day(desk):
    desk.restricted(desk.directive)

    for _each in range(2):
        desk.browser("case_one").get(at(desk.directive))

    assert (
        ReadMark.objects.filter(matter=desk.directive, person=desk.person("case_one"), way="page").count()
        == 1
    )
    assert JournalEntry.objects.filter(kind="matter.read").count() == 1


def test_confidential_names_are_shown_to_parties_only(desk):
    name = desk.person("person_concerned").name

    assert name in text_of(desk.browser("visitor_one").get(at(desk.revisit)))
    assert desk.browser("deputy").get(at(desk.revisit)).status_code == 404


def test_what_is_missing_before_an_act_is_said_in_words(desk):
    page = text_of(desk.browser("deputy").get(at(desk.directive)))

    assert "尚不能办理：" in page
    assert "尚无待批的延期申请" in page


def test_a_form_that_is_sent_twice_acts_once(desk):
    browser = desk.browser("case_one")
    sent = _asking(desk, browser)

    first = browser.post(at(desk.directive, "acts", "ask_extension"), sent)
    second = browser.post(at(desk.directive, "acts", "ask_extension"), {**sent, "act-seen": ""})

    assert [first.status_code, second.status_code] == [302, 302]
    assert Performance.objects.filter(matter=desk.directive, act="ask_extension").count() == 1


def test_whoever_comes_second_is_told_what_changed_and_keeps_what_was_typed(desk):
    browser = desk.browser("case_one")
    sent = _asking(desk, browser)
    perform(
        "note_progress",
        desk.directive,
        by=desk.viewer("case_two"),
        lines={"progress": [{"on": str(timezone.localdate()), "what": "又谈一次"}]},
    )

    page = browser.post(at(desk.directive, "acts", "ask_extension"), sent)

    assert page.status_code == 409
    assert desk.person("case_two").name in text_of(page)
    assert "开户行调取回单需要时间。" in page.content.decode()
    again = browser.post(
        at(desk.directive, "acts", "ask_extension"), {**sent, "act-seen": hidden(page, "act-seen")}
    )
    assert again.status_code == 302


def test_what_is_wrong_stands_beside_its_field(desk):
    browser = desk.browser("case_one")

    page = browser.post(
        at(desk.directive, "acts", "ask_extension"), {**_asking(desk, browser), "why_longer": ""}
    )

    assert page.status_code == 422
    assert 'id="id_why_longer_error"' in page.content.decode()
    assert not Performance.objects.filter(matter=desk.directive, act="ask_extension").exists()


def test_a_gate_that_does_not_hold_refuses_with_its_words(desk):
    browser = desk.browser("deputy")

    page = browser.post(
        at(desk.directive, "acts", "grant_extension"),
        {"act-key": "k", "act-seen": desk.directive.revision, "until": _soon()},
    )

    assert page.status_code == 422
    assert "暂不能办理" in text_of(page)
    assert not Performance.objects.filter(matter=desk.directive, act="grant_extension").exists()


def test_nobody_opens_the_form_of_an_act_that_is_not_theirs(desk):
    assert desk.browser("style_one").get(at(desk.directive, "acts", "report")).status_code == 404


def test_ledger_lines_are_added_without_a_script(desk):
    browser = desk.browser("case_one")
    address = at(desk.directive, "acts", "set_milestone")
    page = browser.get(address)
    sent = {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "rows-milestones": "1",
        "line-milestones-1-step": "核对审批表",
        "line-milestones-1-due_on": _soon(5),
    }

    grown = browser.post(address, {**sent, "add": "lines-milestones"})
    done = browser.post(
        address,
        {
            **sent,
            "rows-milestones": "2",
            "line-milestones-2-step": "谈话",
            "line-milestones-2-due_on": _soon(9),
        },
    )

    assert 'name="line-milestones-2-step"' in grown.content.decode()
    assert "核对审批表" in grown.content.decode()
    assert done.status_code == 302
    assert list(desk.directive.lines.filter(ledger="milestones").values_list("no", flat=True)) == [1, 2, 3, 4]


def test_one_more_line_comes_as_a_fragment_for_htmx(desk):
    browser = desk.browser("case_one")

    page = browser.post(
        at(desk.directive, "acts", "set_milestone"),
        {"add": "lines-milestones", "rows-milestones": "1"},
        headers={"HX-Request": "true"},
    )

    assert page.content.decode().strip().startswith("<fieldset")
    assert 'name="line-milestones-2-step"' in page.content.decode()


def test_a_ledger_line_is_changed_when_it_is_ticked(desk):
    browser = desk.browser("case_two")
    address = at(desk.directive, "acts", "reach_milestone")
    page = browser.get(address)

    done = browser.post(
        address,
        {
            "act-key": hidden(page, "act-key"),
            "act-seen": hidden(page, "act-seen"),
            "change-milestones-2-on": "1",
            "change-milestones-2-step": "与单位财务、分管负责人谈话核实",
            "change-milestones-2-due_on": _soon(3),
            "change-milestones-2-reached_on": timezone.localdate().isoformat(),
        },
    )

    assert done.status_code == 302, text_of(done)
    assert desk.directive.lines.get(ledger="milestones", no=2).state == "reached"


def test_a_line_that_is_ticked_and_left_as_it_is_has_what_stands_in_it(desk):
    steps = [step["act"] for step in sampling.cases("activity")["shown"]["steps"]]
    activity = desk.played("activity", "shown", steps=steps.index("add_cost") + 1, ago=40)
    browser, address = desk.browser("org_head"), at(activity, "acts", "strike_cost")
    page = browser.get(address)

    done = browser.post(
        address,
        {
            "act-key": hidden(page, "act-key"),
            "act-seen": hidden(page, "act-seen"),
            "act-reason": "录了两次",
            "change-costs-2-on": "1",
            "change-costs-2-item": "重复录入",
            "change-costs-1-item": "图解印制",
        },
    )

    assert done.status_code == 302, text_of(done)
    assert [
        (one.state, one.facts["item"]) for one in activity.lines.filter(ledger="costs").order_by("no")
    ] == [
        ("entered", "图解印制"),
        ("struck", "重复录入"),
    ]


def test_the_form_of_an_act_on_a_void_matter_says_so_before_anything_is_typed(desk):
    """Not only the door afterwards."""
    keeping.void(desk.directive, by=desk.viewer("principal"), reason="误登")

    page = desk.browser("case_one").get(at(desk.directive, "acts", "ask_extension"))

    assert "本事项已作废、撤回或并案，不再办理。" in text_of(page)
