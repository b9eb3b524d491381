"""The list of leads: who finds what, filters, order, pages by key, counts that do not grow."""

import io
import re

import pytest
from a_desk_of_leads import ANALYST, HANDLER, HEAD, browser, handed_out, listed, many, of_key, text_of
from a_run import a_finding, a_lead, a_person, on_the_desk, unit
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from qingfeng.findings.exceptions import approve, propose
from qingfeng.findings.models import Lead, RuleStanding
from qingfeng.journal.models import JournalEntry
from qingfeng.organization.models import Interest, Person


@pytest.fixture
def leads(office, tmp_path):
    """Leads that differ in everything one can ask for."""
    return on_the_desk(
        tmp_path,
        a_lead("a1", findings=[a_finding("fuel_over_tank_single", row=2)], colour="yellow", points=60),
        a_lead("a2", findings=[a_finding(row=3)], amount="90.00", at="2026-09-01T08:00:00+08:00"),
        a_lead(
            "a3", findings=[a_finding(row=4)], watch="letter", subject=("letter", "区教育局 函〔2026〕7号")
        ),
        a_lead("a4", findings=[a_finding(row=5)], unit="云水区水务局", amount=None, at=None),
        a_lead("a5", findings=[a_finding(row=6)], subject=a_person("云水区教育局", "易外人")),
    )


def asked(query, number=ANALYST):
    response = browser(number).get(f"/leads/{query}")
    assert response.status_code == 200
    return {key.rstrip("0") for key in listed(response)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a1", "a2", "a3", "a4", "a5"}),
        ("?colour=yellow", {"a1"}),
        ("?tier=A", {"a1"}),
        ("?watch=letter", {"a3"}),
        ("?rule=fuel_over_tank_single", {"a1"}),
        ("?month=2026-09", {"a2"}),
        ("?least=100", {"a1", "a3", "a5"}),
        ("?most=100", {"a2"}),
        ("?stage=none", {"a1", "a2", "a3", "a4", "a5"}),
        ("?drawn=1", set()),
        ("?show=gone", set()),
        ("?text=函〔2026〕7号", {"a3"}),
        ("?text=a2", {"a2"}),
        ("?colour=purple&unit=x&least=abc", {"a1", "a2", "a3", "a4", "a5"}),
    ],
)
def test_a_filter_leaves_the_leads_that_it_says(leads, query, found):
    assert asked(query) == found


def test_a_unit_can_be_asked_for(leads):
    assert asked(f"?unit={unit('区水务局').pk}") == {"a4"}


def test_nobody_is_found_by_the_name_of_a_person(leads):
    """PIPL Arts. 5, 6: no page gathers what is known of a person."""
    assert asked("?text=易外人") == set()


def test_a_lead_that_was_handed_out_is_listed_under_the_stage_of_its_verification(leads):
    matter = handed_out(leads["a1"])

    assert asked(f"?stage={matter.stage}") == {"a1"}
    assert asked("?stage=none") == {"a2", "a3", "a4", "a5"}


def test_a_rule_that_is_only_watched_is_out_of_the_list_and_can_be_asked_for(leads):
    RuleStanding.objects.update_or_create(
        rule="fuel_holiday",
        defaults={"tier": "B", "mean": "0.1", "low": "0", "high": "0.2", "is_watch_only": True,
                  "since_at": Lead.objects.first().first_seen_at},
    )  # fmt: skip

    assert asked("") == {"a1"}
    assert asked("?show=watched") == {"a2", "a3", "a4", "a5"}


def test_what_an_exception_hides_is_counted_and_shown_where_it_is_asked_for(leads):
    from a_run import looking
    from django.utils import timezone

    made = propose(leads["a2"], by=looking(ANALYST), reason="应急保障", until_on=timezone.localdate())
    approve(made, by=looking(HEAD))

    assert "a2" not in asked("")
    assert "a2" in asked("?show=excepted")
    assert "应急保障" in text_of(browser(ANALYST).get(f"/leads/{of_key('a2').key}/"))


def test_a_handler_finds_only_the_leads_of_own_verifications_and_no_other_count(leads):
    handed_out(leads["a1"])

    page = browser(HANDLER).get("/leads/")

    assert listed(page) == [leads["a1"].key]
    assert "1 条疑点" in text_of(page)


def test_whoever_has_declared_an_interest_in_the_unit_finds_nothing_of_it(leads):
    """监察法 Art. 67: absent from the list, its counts, its choices, its export and by address."""
    person = Person.objects.get(number=ANALYST)
    Interest.objects.create(person=person, unit=unit("区水务局"), kind="亲属任职", declared_on="2026-01-01")

    page = browser(ANALYST).get("/leads/")

    assert leads["a4"].key not in listed(page)
    assert "4 条疑点" in text_of(page)
    assert "水务局" not in text_of(page)
    assert browser(ANALYST).get(f"/leads/{leads['a4'].key}/").status_code == 404
    rows = _sheets(browser(ANALYST).post("/leads/export/", {"form": "xlsx"}))
    assert leads["a4"].key not in str(rows)


@pytest.mark.parametrize("number", ["W0101", "Y0602"])
def test_somebody_without_leads_finds_none(leads, number):
    answer = browser(number).get("/leads/")

    assert answer.status_code == 404 or listed(answer) == []


@pytest.mark.parametrize("sort", ["rank", "amount", "-amount", "at", "-at"])
def test_pages_by_key_show_every_lead_once_forwards_and_backwards(office, tmp_path, sort):
    on_the_desk(tmp_path, *many(118), a_lead("fe", findings=[a_finding(row=900)], amount=None, at=None))
    reader, seen, address = browser(ANALYST), [], f"/leads/?sort={sort}"
    first = listed(reader.get(address))

    while address:
        page = reader.get(address)
        seen.append(listed(page))
        address = _link(page, "next")

    back, address = [seen[-1]], _link(page, "prev")
    while address:
        page = reader.get(address)
        back.insert(0, listed(page))
        address = _link(page, "prev")
    assert [len(keys) for keys in seen] == [50, 50, 19]
    assert len({key for keys in seen for key in keys}) == 119
    assert (back, seen[0]) == (seen, first)


def _link(page, rel):
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page.content.decode())
    return "/leads/" + found.group(1).replace("&amp;", "&") if found else ""


def test_amounts_rise_and_fall_with_what_has_none_at_the_end(leads):
    amounts = [of_key(key[:2]).amount for key in listed(browser(ANALYST).get("/leads/?sort=-amount"))]

    assert amounts[-1] is None
    assert amounts[:-1] == sorted(amounts[:-1], reverse=True)


@pytest.mark.parametrize("address", ["/leads/", "/leads/?sort=-amount&colour=blue", "/leads/?month=2026-03"])
def test_the_list_asks_the_tables_as_often_for_hundred_leads_as_for_ten(office, tmp_path, address):
    on_the_desk(tmp_path / "few", *many(10), key="a" * 16)
    reader = browser(ANALYST)
    reader.get(address)
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    on_the_desk(tmp_path / "more", *many(100), key="b" * 16)

    with CaptureQueriesContext(connection) as more:
        reader.get(address)

    assert len(more) <= len(few)


@pytest.mark.parametrize(
    "query",
    [
        "?sort=rank&after=rank~NaN~1~a", "?sort=rank&after=rank~0.9~99999999999~a",
        "?sort=at&after=at~2026-01-01~a",
        "?sort=amount&before=amount~1e999~a", "?after=~~~", "?text=%00", "?rule=%00&month=2026-99",
        "?unit=99999999999999", "?least=NaN&most=1e99",
    ],
)  # fmt: skip
def test_an_address_that_nobody_made_here_is_answered_with_a_list(leads, query):
    assert browser(ANALYST).get(f"/leads/{query}").status_code == 200


def test_a_press_on_a_number_of_the_picture_shows_that_many_leads(leads):
    page = browser(ANALYST).get("/leads/").content.decode()
    table = page[page.index('class="heat') : page.index("</table>")]
    cells = re.findall(r'<td class="heat-[1-5][^"]*"><a href="([^"]+)"[^>]*>(\d+)</a>', table)

    for query, count in cells:
        assert len(asked(query.replace("&amp;", "&"))) == int(count)
    assert len(cells) == 3


def test_filters_in_force_stand_as_chips_each_with_the_address_without_it(leads):
    page = browser(ANALYST).get("/leads/?watch=vehicle&colour=blue&sort=-at").content.decode()

    assert 'href="?colour=blue&amp;sort=-at"' in page
    assert 'href="?watch=vehicle&amp;sort=-at"' in page


def _sheets(answer):
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return {page.title: list(page.values) for page in book}


def test_the_export_has_every_field_of_a_lead_its_findings_and_its_rows(leads):
    answer = browser(ANALYST).post("/leads/export/?tier=A", {"form": "xlsx"})

    sheets = _sheets(answer)

    lead = leads["a1"]
    (heads, row) = sheets["疑点"]
    assert len(heads) == len(row) == 29
    said = {str(cell) for cell in row}
    assert {
        lead.key,
        lead.title,
        lead.rule,
        lead.tier,
        "黄",
        lead.subject_key,
        lead.snapshot,
        "未派核",
    } <= said
    (finding,) = sheets["发现"][1:]
    assert (finding[0], finding[2], finding[7]) == (lead.key, lead.rule, lead.findings.get().message)
    assert sheets["数据依据"][1][-1] == 2
    entry = JournalEntry.objects.filter(kind="lead.exported").get()
    assert (entry.said["facts"]["rows"], entry.said["facts"]["form"]) == (1, "xlsx")


def test_the_export_names_no_model_field_that_it_leaves_out(leads):
    """Whoever adds a field to a lead decides whether it is exported."""
    kept_apart = {"id", "content", "named", "subject_name", "subject_person", "month", "post", "is_current"}
    told = {
        "key", "title", "rule", "rules", "tier", "watch", "colour", "points", "factor", "weight",
        "subject_kind", "subject_key", "unit", "unit_name", "at", "amount", "found", "innocent", "verify",
        "arithmetic", "snapshot", "first_seen", "first_seen_at", "last_seen", "replaced_by", "matter",
        "excepted_by", "drawn",
    }  # fmt: skip

    assert {one.name for one in Lead._meta.concrete_fields} == told | kept_apart


def test_leads_go_out_as_entities_too_and_the_journal_keeps_it(leads):
    answer = browser(ANALYST).post("/leads/export/", {"form": "ftm"})

    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert sum('"schema": "Note"' in line for line in lines) == 5
    assert JournalEntry.objects.filter(kind="lead.exported").get().said["facts"]["form"] == "ftm"
