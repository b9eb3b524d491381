"""Deletion for good: asked under a list, confirmed by another, recorded."""

import pytest
from a_delivery import noted

from qingfeng.findings import deleting, jobs
from qingfeng.findings.deleting import Doomed
from qingfeng.findings.landing import rejects_of
from qingfeng.findings.models import Delivery, Forgetting, Job, Lead
from qingfeng.screening.errors import Problem


def test_a_batch_goes_for_good_when_a_second_person_confirms(full):
    delivery = Delivery.objects.get()
    form = {"batch": delivery.batch, "under": "调〔2026〕3号清单，到期"}
    full.browser().post("/records/deletions/ask/", form)
    order = Forgetting.objects.get()

    full.browser("principal").post(f"/records/deletions/{order.pk}/decide/", {"answer": "confirm"})
    full.work()

    order.refresh_from_db()
    delivery.refresh_from_db()
    assert order.standing == Forgetting.Standing.DONE
    assert order.record["rows"]["fuel"] == 3
    assert delivery.state == Delivery.State.DELETED
    assert full.rows("fuel") == []
    assert not rejects_of(delivery).exists()
    assert noted("findings.records.deleted")
    assert "调〔2026〕3号" in full.browser().get(f"/records/deletions/{order.pk}/").content.decode()


def test_whoever_asks_does_not_confirm(full):
    """Two persons: 监察法 Art. 44."""
    order = deleting.ask_to_delete(Doomed(table="fuel"), under="到期", by=full.analyst)

    with pytest.raises(Problem):
        deleting.confirm(order, by=full.analyst)
    full.browser().post(f"/records/deletions/{order.pk}/decide/", {"answer": "confirm"})

    order.refresh_from_db()
    assert order.standing == Forgetting.Standing.ASKED
    assert not Job.objects.filter(kind=Job.Kind.FORGET).exists()


def test_one_that_is_declined_deletes_nothing(full):
    order = deleting.ask_to_delete(Doomed(table="fuel"), under="到期", by=full.analyst)

    deleting.decline(order, by=full.office.accounts["principal"].person)
    full.work()

    assert len(full.rows("fuel")) == 3
    with pytest.raises(Problem):
        deleting.confirm(order, by=full.office.accounts["principal"].person)


def test_a_period_of_a_table_goes_and_the_rest_stays(full):
    form = {"table": "fuel", "until": "2026-10-05", "under": "到期"}
    full.browser().post("/records/deletions/ask/", form)

    deleting.confirm(Forgetting.objects.get(), by=full.office.accounts["deputy"].person)
    full.work()

    assert full.rows("fuel", "txn_id") == [("A2",), ("A3",)]


@pytest.mark.parametrize(
    "form",
    [
        {"table": "fuel"},
        {"under": "到期"},
        {"table": "payroll", "under": "到期"},
        {"batch": "no-such", "under": "到期"},
        {"table": "vehicle", "until": "2026-10-05", "under": "到期"},
        {"table": "fuel", "since": "2026-10-09", "until": "2026-10-05", "under": "到期"},
        {"table": "fuel", "since": "not a day", "under": "到期"},
    ],
)
def test_an_order_that_does_not_say_what_or_why_is_not_taken(full, form):
    full.browser().post("/records/deletions/ask/", form)

    assert not Forgetting.objects.exists()


def test_what_a_lead_of_an_older_run_cites_is_sealed_where_it_is_still_worked_on(full):
    from qingfeng.findings.rulebook import rules_of
    from qingfeng.screening.home import Home
    from qingfeng.screening.run.forgetting import extract_of, keep_extracts

    lead = _screened(full)
    full.brought_in({"名册/车辆.csv": "车牌号,单位,车辆用途,油箱容积\n苏M12345,区城管局,一般公务,100\n"})
    assert _screened(full) is None
    home, lake = Home(full.home), full.lake()

    keep_extracts(home, lake, rules_of(lake)[0], also=[lead])

    cells = extract_of(home, lead)
    assert any("liters" in row for row in cells.values())


def _screened(full):
    """The key of the one lead of a new screening, None where there is none."""
    jobs.ask(Job.Kind.SCREEN, by=full.analyst, asked={"as_of": None, "only": []})
    full.work()
    found = Lead.objects.filter(rule="fuel_over_tank_single", is_current=True).first()
    return found.key if found else None
