import resource

import a_run
import pytest
from a_run import a_finding, a_lead, on_the_desk
from django.utils import timezone, translation

from qingfeng.findings.models import Lead, LeadFinding, RuleRun, Screening
from qingfeng.findings.reading_in import read_in
from qingfeng.journal.models import JournalEntry
from qingfeng.screening.errors import Problem


def test_a_lead_stands_on_the_desk_as_the_run_wrote_it(office, tmp_path):
    facts = {"liters": "87.00", "tank_l": "60.00", "driver": "程远"}
    findings = [a_finding("fuel_over_tank_single", facts=facts), a_finding("fuel_holiday", row=7)]

    lead = on_the_desk(tmp_path, a_lead("a1", findings=findings, amount="12000.00"))["a1"]

    assert (lead.rule, lead.rules) == ("fuel_over_tank_single", ["fuel_over_tank_single", "fuel_holiday"])
    assert (lead.unit, lead.unit_name) == (a_run.unit("区教育局"), "云水区教育局")
    assert (str(lead.amount), lead.factor, str(lead.weight)) == ("12000.00", 3, "2.70000")
    assert (lead.month.isoformat(), lead.named, lead.found, lead.is_current) == (
        "2026-10-01",
        "、程远、",
        2,
        True,
    )
    assert [(one.place, one.rule) for one in lead.findings.all()] == [
        (0, "fuel_over_tank_single"),
        (1, "fuel_holiday"),
    ]
    assert lead.findings.all()[1].evidence[0]["row"] == 7


def test_a_sentence_that_names_other_rules_names_them_by_their_titles(office, tmp_path):
    finding = a_finding(message="苏M00001 出现 2 类疑点（fuel_holiday、fuel_small_frequent），待核")

    lead = on_the_desk(tmp_path, a_lead("a1", findings=[finding]))["a1"]

    assert lead.findings.get().message == "苏M00001 出现 2 类疑点（节假日加油、小额频繁加油），待核"


def test_a_lead_of_tier_c_names_nobody_on_the_desk_either(office, tmp_path):
    finding = a_finding("fuel_small_frequent", facts={"driver": "程远"})

    lead = on_the_desk(tmp_path, a_lead("c1", findings=[finding], subject=("unit", "云水区教育局")))["c1"]

    assert (lead.named, lead.subject_name, lead.subject_person) == ("", "", None)


def test_the_same_run_read_in_twice_changes_nothing(office, tmp_path):
    run = a_run.a_run(tmp_path, a_lead("a1"), a_lead("b2", findings=[a_finding(row=2)]))
    first = read_in(run, by=None)
    rows = list(LeadFinding.objects.values_list("pk", flat=True))
    entries = JournalEntry.objects.count()

    again = read_in(run, by=None)

    assert first.pk == again.pk
    assert list(LeadFinding.objects.values_list("pk", flat=True)) == rows
    assert JournalEntry.objects.count() == entries
    assert (Lead.objects.count(), RuleRun.objects.count()) == (2, 3)


def test_what_is_gone_stays_for_its_matter_and_is_on_no_list_of_current_leads(office, tmp_path):
    on_the_desk(tmp_path / "1", a_lead("a1"), a_lead("b2", findings=[a_finding(row=2)]), key="1" * 16)

    on_the_desk(tmp_path / "2", a_lead("b2", findings=[a_finding(row=2)]), key="2" * 16)

    assert list(Lead.objects.filter(is_current=True).values_list("key", flat=True)) == ["b200000000000000"]
    assert Lead.objects.filter(is_current=False).values_list("key", flat=True)[0] == "a100000000000000"
    assert list(Screening.objects.filter(is_newest=True).values_list("run", flat=True)) == ["2" * 16]


PLANTED = "落雁坡七号井"


def three_screenings(folder, first, between=str):
    """A screening with one lead that quotes a planted string, and two that no longer find it."""
    lead = on_the_desk(folder / "1", first, key="1" * 16)["a1"]
    between(lead)
    for n in (2, 3):
        on_the_desk(folder / str(n), a_lead("b2", findings=[a_finding(row=2)]), key=str(n) * 16)
    return LeadFinding.objects.filter(message__contains=PLANTED)


def test_what_is_gone_twice_and_nobody_has_touched_is_quoted_nowhere(office, tmp_path):
    quoted = three_screenings(tmp_path, a_lead("a1", findings=[a_finding(message=PLANTED)]))

    assert not quoted.exists()
    assert list(Lead.objects.values_list("key", flat=True)) == ["b200000000000000"]


@pytest.mark.parametrize("touched", ["matter", "exception", "draw"])
def test_what_somebody_has_touched_stays(office, tmp_path, touched):
    from a_verdict import judged

    from qingfeng.findings.exceptions import propose
    from qingfeng.findings.models import Draw

    def touch(lead):
        if touched == "matter":
            Lead.objects.filter(pk=lead.pk).update(matter=judged("fuel_holiday", "confirmed"))
        elif touched == "draw":
            draw = Draw.objects.create(
                week_on="2026-11-23", share=10, count=1, digest="", asked_at=lead.first_seen_at, after_size=0
            )
            Lead.objects.filter(pk=lead.pk).update(drawn=draw)
        else:
            assert propose(
                lead, by=a_run.looking(a_run.ANALYST), reason="值守用车", until_on=timezone.localdate()
            ).pk

    quoted = three_screenings(tmp_path, a_lead("a1", findings=[a_finding(message=PLANTED)]), touch)

    assert quoted.exists()


def test_a_lead_that_grew_into_one_that_is_gone_too_is_forgotten_with_it(office, tmp_path):
    old = on_the_desk(tmp_path / "0", a_lead("a0"), key="0" * 16)["a"]
    grown = a_lead("a1", findings=[a_finding(), a_finding(row=3)], replaces=old.key)

    three_screenings(tmp_path, grown)

    assert list(Lead.objects.values_list("key", flat=True)) == ["b200000000000000"]


def test_a_lead_that_comes_back_is_current_again(office, tmp_path):
    on_the_desk(tmp_path / "1", a_lead("a1"), key="1" * 16)
    on_the_desk(tmp_path / "2", a_lead("b2", findings=[a_finding(row=2)]), key="2" * 16)

    lead = on_the_desk(tmp_path / "3", a_lead("a1"), key="3" * 16)["a1"]

    assert lead.is_current
    assert lead.first_seen.run == "1" * 16
    assert lead.last_seen.run == "3" * 16


def test_a_lead_that_has_grown_takes_its_first_day_along(office, tmp_path):
    old = on_the_desk(tmp_path / "1", a_lead("a1"), key="1" * 16)["a1"]
    findings = [a_finding(), a_finding(row=2)]

    leads = on_the_desk(tmp_path / "2", a_lead("a2", findings=findings, replaces=old.key), key="2" * 16)

    assert leads["a1"].replaced_by == leads["a2"]
    assert (leads["a1"].is_current, leads["a2"].is_current) == (False, True)
    assert leads["a2"].first_seen == old.first_seen
    assert leads["a2"].first_seen_at == old.first_seen_at


def test_of_a_lead_that_fell_apart_the_heavier_part_goes_on(office, tmp_path):
    old = on_the_desk(tmp_path / "1", a_lead("a1"), key="1" * 16)["a1"]

    leads = on_the_desk(
        tmp_path / "2",
        a_lead("a2", findings=[a_finding(row=2)], replaces=old.key),
        a_lead("a3", findings=[a_finding(row=3)], replaces=old.key),
        key="2" * 16,
    )

    assert leads["a1"].replaced_by == leads["a2"]


def test_what_a_rule_counted_and_why_one_did_not_run_is_kept(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"), not_run=("fuel_small_frequent",))

    ran = {row.rule: row for row in RuleRun.objects.all()}

    assert (ran["fuel_holiday"].ran, ran["fuel_holiday"].excluded) == (True, {"车牌缺失": 3})
    assert ran["fuel_small_frequent"].ran is False
    assert ran["fuel_small_frequent"].reason["zh"] == "没有文件给出加油量"


def test_a_run_of_only_some_rules_is_refused(office, tmp_path):
    run = a_run.a_run(tmp_path, a_lead("a1"), only=("fuel_holiday",))

    with translation.override("en"), pytest.raises(Problem, match="only some rules"):
        read_in(run, by=None)

    assert Screening.objects.count() == 0


def test_a_run_without_its_file_is_said_and_leaves_the_list_as_it_was(office, tmp_path):
    on_the_desk(tmp_path / "1", a_lead("a1"), key="1" * 16)
    run = a_run.a_run(tmp_path / "2", key="2" * 16)
    run.file.unlink()

    with translation.override("en"), pytest.raises(Problem, match="cannot be read"):
        read_in(run, by=None)

    assert Lead.objects.get(is_current=True).key == "a100000000000000"
    assert Screening.objects.get(is_newest=True).run == "1" * 16


def test_ten_times_as_many_leads_cost_no_more_memory(office, tmp_path):
    def leads(count, mark):
        return [a_lead(f"{mark}{n:06d}", findings=[a_finding(row=n + 1)]) for n in range(count)]

    on_the_desk(tmp_path / "1", *leads(500, "a"), key="1" * 16)
    many = a_run.a_run(tmp_path / "2", *leads(5000, "b"), key="2" * 16)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    read_in(many, by=None)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert Lead.objects.filter(is_current=True).count() == 5000
    assert grown < 40 * 1024, f"{grown / 1024:.0f} MiB more"
