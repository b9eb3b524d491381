"""Rules, exceptions, draws and blind spots as pages."""

import json
from datetime import timedelta

import pytest
from a_desk_of_leads import ANALYST, HANDLER, HEAD, OTHER_HANDLER, browser, handed_out, text_of
from a_run import a_finding, a_lead, a_run, on_the_desk, unit
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tiny_lake import a_fill, a_house, put

from qingfeng.findings.models import Draw, RuleException
from qingfeng.findings.reading_in import read_in
from qingfeng.findings.redraw import digest_of, faults, sample
from qingfeng.organization.models import Interest, Person


@pytest.fixture
def lead(office, tmp_path):
    return on_the_desk(tmp_path, a_lead("a1"))["a1"]


def test_the_rulebook_lists_every_rule_with_what_it_found_and_how_often_it_was_right(lead):
    page = browser(ANALYST).get("/screening-rules/")

    assert "节假日加油" in text_of(page)
    assert 'href="/leads/?rule=fuel_holiday"' in page.content.decode()
    assert "60%（34–83%）" in text_of(page)


def test_a_rule_that_could_not_run_says_why_and_never_that_nothing_was_found(office, tmp_path):
    read_in(a_run(tmp_path, not_run=("fuel_holiday",)), by=None)

    listed = text_of(browser(ANALYST).get("/screening-rules/"))
    own = text_of(browser(ANALYST).get("/screening-rules/fuel_holiday/"))

    assert "未运行：没有文件给出加油量" in listed
    assert "未运行不等于没有发现" in own


def test_a_rule_s_page_shows_question_basis_parameters_query_and_its_leads(lead):
    page = browser(ANALYST).get("/screening-rules/fuel_holiday/")

    said = text_of(page)
    assert "党政机关公务用车管理办法" in said
    assert "SELECT" in said
    assert f"/leads/{lead.key}/" in page.content.decode()


def test_a_rule_s_page_counts_only_what_its_reader_sees(lead):
    handler = browser(HANDLER).get("/screening-rules/fuel_holiday/")

    assert lead.key not in handler.content.decode()


def test_an_unknown_rule_is_no_page(lead):
    assert browser(ANALYST).get("/screening-rules/no_such_rule/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/screening-rules/", "/screening-rules/fuel_holiday/", "/exceptions/", "/draws/"]
)
def test_no_rule_or_figure_of_it_exists_outside_the_commission(lead, address):
    assert browser("W0101").get(address).status_code == 404


def propose(lead, **changes):
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    sent = {"rule": lead.rule, "until_on": until, "reason": "应急保障用车，值班表已附"} | changes
    return browser(ANALYST).post(f"/leads/{lead.key}/except/", sent)


def test_an_exception_is_proposed_by_one_and_approved_by_another_and_hides_until_it_ends(lead):
    proposed = propose(lead)
    made = RuleException.objects.get()
    own = browser(ANALYST).get(f"/exceptions/{made.pk}/approve/").status_code
    browser(HEAD).post(f"/exceptions/{made.pk}/approve/", {"decision": ""})
    hidden = browser(ANALYST).get("/leads/").content.decode()
    counted = text_of(browser(ANALYST).get("/exceptions/"))
    browser(HEAD).post(f"/exceptions/{made.pk}/end/", {"decision": "用车已恢复正常"})

    shown = browser(ANALYST).get("/leads/").content.decode()
    assert (proposed.status_code, own) == (302, 404)
    assert lead.key not in hidden
    assert "生效中" in counted
    assert lead.key in shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until_on": "2000-01-01"}, "日"),
        ({"reason": " "}, "为什么不适用"),
        ({"until_on": "2100-01-01"}, "十二个月"),
    ],
)
def test_an_exception_without_reason_or_within_no_year_is_not_proposed(lead, changes, said):
    answer = propose(lead, **changes)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not RuleException.objects.exists()


def test_a_contradiction_is_never_excepted(office, tmp_path):
    lead = on_the_desk(tmp_path, a_lead("a1", findings=[a_finding("fuel_over_tank_single")]))["a1"]

    assert browser(ANALYST).get(f"/leads/{lead.key}/except/").status_code == 404
    assert "except" not in browser(ANALYST).get(f"/leads/{lead.key}/").content.decode()


def test_an_exception_of_a_unit_does_not_exist_for_who_is_bound_to_it(lead):
    propose(lead)
    made = RuleException.objects.get()
    Interest.objects.create(
        person=Person.objects.get(number=HEAD), unit=lead.unit, kind="亲属任职", declared_on="2026-01-01"
    )

    assert browser(HEAD).get(f"/exceptions/{made.pk}/").status_code == 404
    assert "应急保障" not in text_of(browser(HEAD).get("/exceptions/"))


def a_draw(*leads):
    """A finished draw, as its file tells it; the journal is not asked."""
    keys = sorted(lead.key for lead in leads)
    checkpoint = "qingfeng.example\n7\n" + "AAAA" * 10 + "AAA=\n\n"
    seed = "00" * 32
    draw = Draw.objects.create(
        week_on="2026-03-02", share=50, count=1, population=keys, digest=digest_of(keys),
        asked_at=timezone.now(), after_size=0, checkpoint=checkpoint, seed=seed,
        chosen=sample(seed, keys, 1), drawn_at=timezone.now(),
    )  # fmt: skip
    for lead in leads:
        if lead.key in draw.chosen:
            lead.drawn = draw
            lead.save(update_fields=["drawn"])
    return draw


def test_a_draw_shows_its_seed_and_digest_and_its_file_is_drawn_again(office, tmp_path):
    leads = on_the_desk(tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)]))
    draw = a_draw(*leads.values())
    reader = browser(ANALYST)

    page = text_of(reader.get("/draws/2026-03-02/"))
    told = json.loads(reader.get("/draws/2026-03-02.json").content)

    assert draw.digest in page
    assert draw.seed in page
    assert "python redraw.py" in page
    assert faults(told) == []


def test_a_draw_names_drawn_leads_only_to_who_sees_them(office, tmp_path):
    leads = on_the_desk(tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)]))
    a_draw(*leads.values())

    page = browser(HANDLER).get("/draws/2026-03-02/")

    assert "/leads/a" not in page.content.decode()
    assert "没有派给您的" in text_of(page)


@pytest.mark.parametrize("week", ["2026-03-09", "yesterday"])
def test_a_week_without_a_draw_is_no_page(lead, week):
    assert browser(ANALYST).get(f"/draws/{week}/").status_code == 404


def test_blind_spots_name_missing_tables_months_rules_units_and_old_leads(own_home, tmp_path):
    _home, lake = a_house(own_home)
    put(lake, ("加油.csv", "fuel", [a_fill("2026-08-01T08:00:00"), a_fill("2026-10-01T08:00:00")]))
    run = a_run(tmp_path / "run", a_lead("a1", unit="无此单位", colour="red"), not_run=("fuel_holiday",))
    read_in(run, by=None, at=timezone.now() - timedelta(days=40))

    page = browser(ANALYST).get("/blind-spots/")

    said = text_of(page)
    assert "加油明细" in said
    assert "2026-09" in said
    assert "没有文件给出加油量" in said
    assert "无此单位（1）" in said
    assert "超过两周仍未派核" in said
    assert 'href="/leads/?stage=none&amp;sort=at"' in page.content.decode()


def test_blind_spots_name_no_unit_that_binds_the_reader(own_home, tmp_path):
    Interest.objects.create(
        person=Person.objects.get(number=ANALYST), unit=unit("区教育局"), kind="亲属任职",
        declared_on="2026-01-01",
    )  # fmt: skip

    assert "教育局" not in text_of(browser(ANALYST).get("/blind-spots/"))


def test_blind_spots_do_not_exist_for_a_handler(office):
    assert browser(OTHER_HANDLER).get("/blind-spots/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/screening-rules/", "/screening-rules/fuel_holiday/", "/exceptions/", "/blind-spots/"]
)
def test_no_page_asks_the_tables_more_often_with_more_leads(own_home, tmp_path, address):
    first = on_the_desk(tmp_path / "few", a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)]))
    handed_out(first["a1"])
    reader = browser(ANALYST)
    reader.get(address)
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    more = [a_lead(f"b{no:03}", findings=[a_finding(row=no + 9)]) for no in range(40)]
    on_the_desk(tmp_path / "more", a_lead("a1"), *more, key="b" * 16)

    with CaptureQueriesContext(connection) as many:
        reader.get(address)

    assert len(many) <= len(few)
