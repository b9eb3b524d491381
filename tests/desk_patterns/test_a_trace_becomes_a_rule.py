"""From a card's trace to a rule in use: tried, signed by two, screened with, followed, retired."""

import json
from datetime import timedelta

import a_story
import pytest
from a_trace import BASE, VARIANT, newest, noted, text_of
from django.utils import timezone

from qingfeng.findings import own_cards, own_rules, own_trial
from qingfeng.findings.models import Job, Lead, LeadFinding, OwnRule, OwnVersion, Screening
from qingfeng.findings.verifying import open_verification
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.models import LedgerLine, Performance
from qingfeng.organization.models import Interest

pytestmark = pytest.mark.django_db


def entered(card):
    """What the house entered on a card about its rule."""
    return list(card.lines.filter(ledger="rules").order_by("no").values_list("state", flat=True))


def test_a_card_becomes_a_variant_that_is_tried_signed_by_another_screened_with_and_retired(desk):
    """监察法 Art. 44: what screens is never what one person alone has written."""
    card = desk.card()

    answer = desk.variant(card=card)
    too_early = desk.do("propose")
    desk.do("try")
    desk.work()

    version = newest()
    told = version.tried
    assert answer.status_code == 302
    assert "尚未试跑" in text_of(too_early)
    assert (told["state"], told["found"], told["base_found"], told["both"]) == ("ran", 3, 1, 1)
    assert {unit for unit, *_rest in told["cells"]} == {"云水区住房和城乡建设局", "云水区水务局"}
    assert {month for _unit, month, *_rest in told["cells"]} == {"2026-08", "2026-09"}
    assert told["memory_mb"] > 0
    assert len(told["samples"]) == len({one["rows"][0] for one in told["samples"]})
    assert Lead.objects.filter(rule=VARIANT).count() == 0

    desk.do("propose")
    own_hand = own_rules.approve(newest(), by=desk.viewer("analyst"))
    page = text_of(desk.browser("style_head").get(f"/own-rules/of/{VARIANT}/"))
    desk.do("approve", by="style_head", version="1", decision="参数合理。")

    card.refresh_from_db()
    assert isinstance(own_hand, Refusal)
    assert own_hand.why == "separation"
    assert "请您作为第二人审核" in page
    assert newest().standing == OwnVersion.Standing.IN_USE
    assert newest().decided_by == desk.person("style_head")
    assert (card.stage, card.facts["rule_id"]) == ("swept", VARIANT)
    assert entered(card) == ["written", "tried", "tried", "in_use"]

    desk.screen()

    found = LeadFinding.objects.filter(rule=VARIANT, lead__is_current=True)
    card.refresh_from_db()
    listed = text_of(desk.browser("style_head").get("/screening-rules/"))
    panel = text_of(desk.browser("analyst").get(f"/patterns/{card.slug}/"))
    assert found.count() == 3
    assert (card.stage, card.facts["sweep_leads"], card.facts["sweep_units"]) == ("followed", 3, 2)
    assert "单次加油超油箱容积（从严）" in listed
    assert "从痕迹到领域治理" in panel
    assert "3 条疑点 · 2 个单位" in panel

    retired = desk.do("retire", by="style_head", decision="误报过多。")
    desk.screen()

    card.refresh_from_db()
    assert "已停用" in text_of(retired)
    assert not LeadFinding.objects.filter(rule=VARIANT, lead__is_current=True).exists()
    assert not (desk.home / "rules" / VARIANT).exists()
    assert card.stage == "filled"
    assert [one.kind for one in own_entries()] == [
        f"findings.own_rule.{done}" for done in ("written", "tried", "proposed", "put_into_use", "retired")
    ]
    assert "苏M" not in json.dumps([str(one.__dict__) for one in own_entries()], ensure_ascii=False)


def own_entries():
    """The journal of rules."""
    from qingfeng.journal.models import JournalEntry

    return [one for one in JournalEntry.objects.order_by("pk") if one.kind.startswith("findings.own_rule.")]


TRIED = {
    "state": "ran", "reason": {}, "read": 4, "applicable": 4, "excluded": {}, "found": 3, "seconds": 0.1,
    "memory_mb": 90, "cases": {"of": 0, "failed": [], "kinds": {}}, "cells": [], "samples": [], "labels": {},
    "base_found": 1, "both": 1, "too_many": False,
}  # fmt: skip


def used(desk, *, card=None):
    """A variant in use, without its trial's process: what the trial kept is put in by hand."""
    desk.variant(card=card)
    version = newest()
    OwnVersion.objects.filter(pk=version.pk).update(tried=TRIED)
    own_rules.propose(newest(), by=desk.viewer("analyst"))
    answer = own_rules.approve(newest(), by=desk.viewer("style_head"))
    assert isinstance(answer, OwnVersion), answer
    return answer


def test_whoever_wrote_a_rule_is_named_on_its_verifications_and_closes_none_alone(desk):
    """§1.2: the analyst who wrote a rule cannot alone close its hits."""
    card = desk.card()
    used(desk, card=card)
    desk.screen()
    card.refresh_from_db()
    lead = Lead.objects.filter(is_current=True, findings__rule=VARIANT).first()
    people = [desk.person(key) for key in ("case_one", "case_two")]

    answer = open_verification(lead, by=desk.viewer("style_head"), verifiers=people, reason="试用。")

    assert isinstance(answer, Done), answer
    authors = answer.matter.parties.filter(role="rule_author").values_list("person", flat=True)
    assert list(authors) == [desk.person("analyst").pk]

    for line in answer.matter.lines.filter(ledger="labels"):
        line.facts = {**line.facts, "verdict": "confirmed"}
        line.save(update_fields=["facts"])
    Performance.objects.create(
        matter=answer.matter, no=99, act="approve", at=answer.matter.opened_at, to_stage="approved"
    )
    from qingfeng.findings.own_cards import hear_verification

    hear_verification(answer.matter.pk)
    hear_verification(answer.matter.pk)

    hit = card.lines.get(ledger="hits")
    assert hit.facts["verification_no"] == answer.matter.number
    assert (
        hit.facts["confirmed"]
        == LedgerLine.objects.filter(matter=answer.matter, ledger="labels", facts__rule=VARIANT).count()
    )


def test_a_trial_is_held_against_what_verifiers_have_found(desk):
    """Labelled twins: what share of the confirmed it finds, and of the explained and refuted it finds too."""
    desk.screen()
    lead = Lead.objects.get(is_current=True, rule=BASE)
    people = [desk.person(key) for key in ("case_one", "case_two")]
    matter = open_verification(lead, by=desk.viewer("style_head"), verifiers=people).matter
    for line in matter.lines.filter(ledger="labels"):
        line.facts = {**line.facts, "verdict": "explained"}
        line.save(update_fields=["facts"])
    Performance.objects.create(matter=matter, no=99, act="approve", at=matter.opened_at, to_stage="approved")
    desk.variant(tolerance="1.3", slack="0")

    desk.do("try")
    desk.work()

    assert newest().tried["found"] == 1
    assert newest().tried["labels"]["explained"] == [1, 1]
    assert newest().tried["labels"]["confirmed"] == [0, 0]
    page = text_of(desk.browser("analyst").get(f"/own-rules/of/{VARIANT}/"))
    assert "对照原规则已有结论的疑点" in page
    assert "100%" in page


def test_what_binds_a_reader_is_in_no_count_and_no_sample_of_a_trial(desk):
    """监察法 Art. 67: absent from every list and count."""
    desk.variant()
    desk.do("try")
    desk.work()
    free = own_trial.shown(desk.viewer("style_head"), newest())
    water = desk.office.units["区水务局"]
    Interest.objects.create(person=desk.person("style_head"), unit=water, kind=Interest.Kind.SHARES)

    bound = own_trial.shown(desk.viewer("style_head"), newest())

    page = text_of(desk.browser("style_head").get(f"/own-rules/of/{VARIANT}/"))
    assert (free.found, bound.found) == (3, 2)
    assert "云水区水务局" in {name for name, _count in free.by_unit}
    assert "云水区水务局" not in {name for name, _count in bound.by_unit}
    assert "苏M22222" not in page


def test_a_new_version_is_tried_anew_and_the_old_one_screens_until_it_is_signed(desk):
    first = used(desk)
    browser = desk.browser("analyst")

    changed = browser.post(
        f"/own-rules/of/{VARIANT}/change/",
        {
            "title": "单次加油超油箱容积（再调）",
            "p_tolerance": "1.02",
            "p_slack_l": "1",
            "reason": "误报偏多。",
        },
    )

    second = newest()
    first.refresh_from_db()
    assert changed.status_code == 302
    assert (first.standing, second.standing, second.no) == ("in_use", "written", 2)
    assert second.params == {"tolerance": "1.02", "slack_l": "1"}
    assert second.tried == {}
    stale = desk.do("try", version="1")
    assert "已有更新的版本" in text_of(stale)

    OwnVersion.objects.filter(pk=second.pk).update(tried=first.tried, standing="proposed")
    own_rules.approve(newest(), by=desk.viewer("style_head"))
    first.refresh_from_db()
    assert (first.standing, newest().standing) == ("replaced", "in_use")


@pytest.mark.slow
def test_a_rule_that_no_longer_passes_the_check_stops_no_other_and_says_so(desk):
    used(desk)
    version = newest()
    broken = version.text.replace("f.liters >", "f.litres >")
    OwnVersion.objects.filter(pk=version.pk).update(text=broken)

    desk.screen()

    assert Job.objects.get(kind="screen").state == "done"
    assert Lead.objects.filter(rule=BASE).exists()
    assert "litres" in newest().unfit
    assert "最近一次筛查未能使用" in text_of(desk.browser("analyst").get(f"/own-rules/of/{VARIANT}/"))


def test_a_person_outside_the_ring_finds_no_page_of_it(desk):
    used(desk)
    pages = ("/own-rules/", f"/own-rules/of/{VARIANT}/", "/own-rules/write/", f"/own-rules/vary/{BASE}/")

    answers = {
        key: [desk.browser(key).get(page).status_code for page in pages]
        for key in ("housing_contact", "case_one", "style_head", "analyst")
    }

    assert answers == {
        "housing_contact": [404, 404, 404, 404],
        "case_one": [404, 404, 404, 404],
        "style_head": [200, 200, 404, 404],
        "analyst": [200, 200, 200, 200],
    }


@pytest.mark.once
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"p_tolerance": "1.05", "p_slack_l": "2"}, "请至少修改一个参数"),
        ({"p_tolerance": "很多"}, "请填写与内置规则同类的值"),
        ({"rule": BASE}, "内置规则已用此编号"),
        ({"rule": "Bad Name"}, "小写字母"),
        ({"reason": ""}, "为什么需要"),
    ],
)
def test_a_form_that_does_not_fit_says_what_to_do_and_keeps_what_was_typed(desk, changed, says):
    facts = {
        "title": "从严",
        "rule": VARIANT,
        "reason": "手法。",
        "p_tolerance": "1",
        "p_slack_l": "0",
        "card": "",
    }

    answer = desk.browser("analyst").post(f"/own-rules/vary/{BASE}/", facts | changed)

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not OwnRule.objects.exists()


def test_nothing_was_noted_that_did_not_happen(desk):
    desk.variant()

    assert len(noted("findings.own_rule.written")) == 1
    assert noted("findings.own_rule.put_into_use") == []


def test_a_field_is_followed_month_by_month_and_no_month_twice(desk):
    """治理一个领域: what the rule found, and the cases and lessons of the field, with an end."""
    today = timezone.localdate()
    card = a_story.played(desk.office, "pattern", "closed", steps=5, base=today - timedelta(days=150))
    card.lines.filter(ledger="months").delete()
    a_story.played(desk.office, "lesson", "taught", steps=1, base=today - timedelta(days=70))
    screening = Screening.objects.create(run="1" * 16, snapshot="0" * 64, at=timezone.now())

    first, again = own_cards.follow(screening), own_cards.follow(screening)

    months = [line.facts for line in card.lines.filter(ledger="months").order_by("no")]
    assert (first, again) == (1, 0)
    assert 3 <= len(months) <= 5
    assert [one["month_from"] for one in months] == sorted({one["month_from"] for one in months})
    assert months[-1]["month_from"] < today.replace(day=1).isoformat()
    assert sum(one["lessons"] for one in months) == 1
    assert all("findings" not in one for one in months)
    card.refresh_from_db()
    assert card.clocks.get(key="look_back", state="running").due_on.isoformat() == card.facts["follow_until"]
