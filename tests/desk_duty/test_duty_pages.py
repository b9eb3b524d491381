"""The chain of duty by unit, the register of deployments, and what clauses of our own rules became."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from a_desk import at, text_of

from qingfeng.desk.duty import chain, picture
from qingfeng.matters.models import MatterLink, RecusalDecision

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
AFTER = datetime(2026, 3, 2, 9, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _after_the_year():
    with time_machine.travel(AFTER, tick=False):
        yield


def states(year):
    return {key: cell.state for key, cell in year.cells.items()}


def test_every_cell_of_the_chain_opens_the_year_that_it_is_read_from(desk):
    found = chain.chain_of(desk.viewer("principal"), 2025)
    whole = next(one for one in found.years if one.matter.pk == desk.matters["fulfilled"].pk)

    page = desk.browser("principal").get("/duty-chain/?year=2025")

    assert set(states(whole).values()) == {"done"}
    body = page.content.decode()
    for ledger in ("items", "studies", "in_person", "problems", "letters"):
        assert f'href="{at(whole.matter)}#ledger-{ledger}"' in body
        assert f'id="ledger-{ledger}"' in desk.browser("principal").get(at(whole.matter)).content.decode()
    assert "4/4 类" in text_of(page)
    assert whole.cells["list"].note == "单位联络员"


def test_a_half_without_a_study_is_missing_in_the_chain_once_the_half_is_over(desk):
    years = {one.matter.pk: one for one in chain.chain_of(desk.viewer("principal"), 2025).years}

    assert states(years[desk.matters["unfulfilled"].pk])["second"] == "missing"
    with time_machine.travel(datetime(2025, 10, 1, 9, tzinfo=BEIJING), tick=False):
        early = {one.matter.pk: one for one in chain.chain_of(desk.viewer("principal"), 2025).years}
    assert states(early[desk.matters["drawn_up"].pk])["second"] == "under_way"
    assert early[desk.matters["drawn_up"].pk].cells["second"].words == "12月31日 到期"


def test_the_figures_of_a_year_are_counted_and_open_their_units(desk):
    found = chain.chain_of(desk.viewer("principal"), 2025)
    browser = desk.browser("principal")

    page = browser.get("/duty-chain/?year=2025")
    rows = browser.get("/duty-chain/units/?year=2025&link=second&state=missing")

    ratios = {one.name: (one.done, one.of) for one in picture.ratios(found)}
    assert ratios[next(name for name in ratios if "first half" in name or "上半年" in name)] == (3, 3)
    assert (1, 1) in ratios.values()
    assert found.counts()["second"] == {"done": 1, "under_way": 0, "missing": 2}
    assert re.search(r"link=second&(amp;)?state=missing", page.content.decode())
    assert desk.matters["unfulfilled"].slug in rows.content.decode()
    assert desk.matters["fulfilled"].slug not in rows.content.decode()


def test_open_reminders_are_counted_by_age_and_open_their_units(desk):
    matter = desk.matters["fulfilled"]
    line = matter.lines.get(ledger="letters", no=1)
    type(line).objects.filter(pk=line.pk).update(state="sent", is_done=False)

    found = chain.chain_of(desk.viewer("principal"), 2025)

    counts = [count for _name, count, _href in picture.letters_by_age(found)]
    assert counts == [0, 0, 0, 1]
    assert [one.matter.pk for one in found.behind("letters", "age3")] == [matter.pk]
    assert found.behind("letters", "age0") == []


def test_a_number_that_does_not_exist_has_no_page(desk):
    browser = desk.browser("principal")

    for asked in ("link=second&state=nowhere", "link=nowhere&state=done", "link=list&state=age1"):
        assert browser.get(f"/duty-chain/units/?year=2025&{asked}").status_code == 404
    assert browser.get("/duty-chain/units/").status_code == 302


@pytest.mark.parametrize("year", ["²²²²", "20", "x" * 5000])
def test_a_year_that_is_none_shows_this_year(desk, year):
    page = desk.browser("principal").get("/duty-chain/", {"year": year})

    assert page.status_code == 200
    assert page.context["year"] == AFTER.year


def test_units_whose_year_nobody_opened_are_named_to_leaders_only(desk):
    principal = chain.chain_of(desk.viewer("principal"), 2025)
    tracker = chain.chain_of(desk.viewer("tracker"), 2025)

    assert "区水务局" in principal.not_begun
    assert "区教育局" not in principal.not_begun
    assert tracker.not_begun is None
    assert [one.unit for one in tracker.years] == ["区教育局"]


def test_whoever_is_recused_counts_nothing_of_the_year(desk):
    matter, principal = desk.matters["unfulfilled"], desk.person("principal")
    RecusalDecision.objects.create(matter=matter, person=principal, ground="亲属在该单位任职", at=AFTER)

    found = chain.chain_of(desk.viewer("principal"), 2025)

    assert matter.pk not in {one.matter.pk for one in found.years}
    assert found.counts()["second"]["missing"] == 1
    rows = desk.browser("principal").get("/duty-chain/units/?year=2025&link=second&state=missing")
    assert matter.slug not in rows.content.decode()


def test_a_unit_has_no_chain_and_no_register(desk):
    for who in ("education_contact", "education_secretary", "superior_contact"):
        browser = desk.browser(who)
        assert browser.get("/duty-chain/").status_code == 404
        assert browser.get("/deployment-register/").status_code == 404


def test_the_page_of_a_year_shows_the_other_years_of_the_unit_with_what_was_not_fulfilled(desk):
    unit = desk.matters["unfulfilled"].parties.get(role="unit").unit
    desk.matters["drawn_up"].parties.filter(role="unit").update(unit=unit)

    page = desk.browser("principal").get(at(desk.matters["drawn_up"]))

    said = text_of(page)
    assert "该单位其他年度" in said
    assert "下半年未专题研究" in said
    assert "该单位其他年度" not in text_of(desk.browser("principal").get(at(desk.matters["fulfilled"])))


def test_a_year_is_written_without_thousands(desk):
    said = text_of(desk.browser("principal").get(at(desk.matters["drawn_up"])))

    assert "年度2025党委" in said.replace(" ", "")
    assert "2,025" not in said


def test_a_unit_reads_its_part_of_the_year_and_never_what_others_are_told(desk):
    page = desk.browser("education_contact").get(at(desk.matters["fulfilled"]))

    said = text_of(page)
    assert page.status_code == 200
    assert "会商纪要" in said
    assert "该单位其他年度" not in said


def test_the_register_shows_each_clause_with_what_cites_it_as_far_as_one_may_know(desk):
    directive = MatterLink.objects.get(kind="cites").source
    deputy = desk.person("deputy")
    RecusalDecision.objects.create(matter=directive, person=deputy, ground="近亲属", at=AFTER)

    principal = desk.browser("principal").get("/deployment-register/").content.decode()
    recused = desk.browser("deputy").get("/deployment-register/").content.decode()

    assert desk.matters["carried_out"].number in principal
    assert desk.matters["set_aside"].number in principal
    assert directive.number in principal
    assert desk.matters["carried_out"].number in recused
    assert directive.number not in recused


def test_the_register_is_narrowed_to_a_document_and_to_what_is_open(desk):
    browser = desk.browser("principal")

    narrowed = browser.get("/deployment-register/?q=重点工作调度").content.decode()
    nothing_open = text_of(browser.get("/deployment-register/?open=1"))

    assert desk.matters["set_aside"].number in narrowed
    assert desk.matters["carried_out"].number not in narrowed
    assert "还没有登记部署要求" in nothing_open


def test_the_page_of_a_clause_shows_its_document_and_what_cites_it(desk):
    page = desk.browser("principal").get(at(desk.matters["carried_out"]))

    assert MatterLink.objects.get(kind="cites").source.number in page.content.decode()
    assert "本文件各条与落实情况" in text_of(page)


def test_a_clause_leads_to_its_clock_as_it_runs_and_to_its_figure(desk):
    """制度: a page from a clause to the live clock or figure; what is not in software says why."""
    browser = desk.browser("principal")

    page = browser.get(at(desk.matters["own_kept"]))
    clock = browser.get("/clause-clocks/clues/lead_proposal/")

    body, said = page.content.decode(), text_of(page)
    assert 'href="/clause-clocks/clues/lead_proposal/"' in body
    assert 'href="/clues/statistics/' in body
    assert "口头报告在保密场所进行" in said
    assert desk.matters["own_kept"].slug in clock.content.decode()
    assert "第一条" in text_of(clock)


def test_a_clock_that_no_kind_has_and_a_clock_for_outsiders_do_not_exist(desk):
    assert desk.browser("principal").get("/clause-clocks/clues/no_such/").status_code == 404
    assert desk.browser("education_contact").get("/clause-clocks/duties/answer/").status_code == 404


def test_a_rule_of_a_unit_shows_no_clause_at_work(desk):
    page = desk.browser("principal").get(at(desk.matters["dropped"]))

    assert "条款落到哪里" not in text_of(page)


def test_the_chain_of_a_year_that_nobody_has_begun_says_how_to_begin(desk):
    page = text_of(desk.browser("principal").get("/duty-chain/?year=2019"))

    assert "还没有年度履责" in page
    assert AFTER.year in chain.years_there(desk.viewer("principal"))
