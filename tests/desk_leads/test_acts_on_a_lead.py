"""Acts of a verification from the page of its lead: proposed, opened within it, back on it; many at once."""

import re

import pytest
from a_desk_of_leads import HANDLER, HEAD, OTHER_HANDLER, browser, handed_out, text_of
from a_run import a_lead, looking, on_the_desk, unit
from tiny_lake import a_fill, a_house, a_rule, by_id, put

from qingfeng.findings.models import Lead
from qingfeng.findings.reading_in import read_in
from qingfeng.matters.door import perform
from qingfeng.screening.run import screen

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(own_home, tmp_path):
    """A lead out of a lake, handed out to two verifiers."""
    home, lake = a_house(own_home)
    put(
        lake,
        ("三月.csv", "fuel", [a_fill("2026-03-01T08:00:00", plate_norm="苏M10001", station="云川加油站")]),
    )
    read_in(screen(home, lake, by_id(a_rule(tmp_path, "fill"))), by=None)
    found = Lead.objects.get()
    handed_out(found)
    found.refresh_from_db()
    return found


def form_of(lead, act, **more):
    return browser(HANDLER).get(f"/verifications/{lead.matter.slug}/acts/{act}/", **more)


def value(html, name):
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', html)
    return found[1].strip() if found else None


def test_the_form_that_asks_the_unit_begins_with_the_fact_and_its_own_rows(lead):
    html = form_of(lead, "ask_unit").content.decode()

    assert "三月.csv 第2行" in value(html, "line-questions-1-rows")
    assert "云川加油站" in value(html, "line-questions-1-rows")
    assert value(html, "line-questions-1-question").startswith("请说明")


def test_what_it_proposes_names_no_rule_no_threshold_and_no_lead(lead):
    """监察法 Art. 18."""
    html = form_of(lead, "ask_unit").content.decode()
    told = " ".join(
        filter(None, (value(html, f"line-questions-1-{key}") for key in ("fact", "rows", "question")))
    )

    assert told
    for hidden in (lead.rule, lead.title, lead.key, lead.findings.get().message):
        assert hidden not in told


def test_what_is_proposed_is_changed_before_it_goes(lead):
    perform("name_unit", lead.matter, by=looking(HANDLER), parties={"unit": [unit("区教育局")]})
    page = form_of(lead, "ask_unit").content.decode()
    sent = {
        "act-key": re.search(r'name="act-key" value="([^"]+)"', page)[1],
        "act-seen": re.search(r'name="act-seen" value="([^"]+)"', page)[1],
        "rows-questions": "1", "line-questions-1-fact": "一次加油较多",
        "line-questions-1-rows": "三月.csv 第2行", "line-questions-1-question": "请说明当日用途。",
    }  # fmt: skip
    slug = lead.matter.slug

    browser(HANDLER).post(f"/verifications/{slug}/acts/ask_unit/", sent)

    line = lead.matter.lines.get(ledger="questions")
    assert (line.facts["fact"], line.facts["question"]) == ("一次加油较多", "请说明当日用途。")


def test_a_second_question_begins_empty(lead):
    lead.matter.lines.create(
        ledger="questions", no=1, state="answered", facts={"fact": "一"}, entered_at=lead.first_seen_at,
        changed_at=lead.first_seen_at,
    )  # fmt: skip

    assert value(form_of(lead, "ask_unit").content.decode(), "line-questions-1-rows") == ""


def test_on_the_page_of_the_lead_a_form_opens_within_it_and_alone_where_there_is_no_script(lead):
    page = browser(HANDLER).get(f"/leads/{lead.key}/").content.decode()
    href = re.search(r'href="([^"]*/acts/set_task/[^"]*)"', page)[1]

    within = browser(HANDLER).get(href, headers=HTMX).content.decode()
    alone = browser(HANDLER).get(href).content.decode()

    assert f'hx-get="{href}"' in page
    assert ("<html" in within, "<html" in alone) == (False, True)
    assert f'action="{href}"' in within
    assert f'action="{href}"' in alone


def test_what_is_wrong_is_said_within_the_page_and_what_is_done_leads_back_to_it(lead):
    href = f"/verifications/{lead.matter.slug}/acts/note_progress/?back=/leads/{lead.key}/"
    page = browser(HANDLER).get(href, headers=HTMX).content.decode()
    sent = {
        "act-key": re.search(r'name="act-key" value="([^"]+)"', page)[1],
        "act-seen": re.search(r'name="act-seen" value="([^"]+)"', page)[1],
        "rows-progress": "1", "line-progress-1-on": "2026-03-02",
    }  # fmt: skip

    wrong = browser(HANDLER).post(href, sent, headers=HTMX)
    done = browser(HANDLER).post(href, {**sent, "line-progress-1-what": "已调取小票"}, headers=HTMX)

    assert (wrong.status_code, "<html" in wrong.content.decode()) == (422, False)
    assert (done.status_code, done["HX-Redirect"]) == (204, f"/leads/{lead.key}/")
    assert lead.matter.lines.get(ledger="progress").facts["what"] == "已调取小票"


@pytest.mark.parametrize(
    "back", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"]
)
def test_no_address_leads_out_of_the_house(lead, back):
    page = browser(HANDLER).get(f"/verifications/{lead.matter.slug}/acts/set_task/", {"back": back})

    assert f'href="{back}"' not in page.content.decode()


def many_at_once(reader, act, matters, **more):
    chosen = {
        "act": act,
        "matter": [one.pk for one in matters],
        "confirmed": "yes",
    }  # each form a key of its own
    return reader.post("/verifications/bulk/", chosen | more)


def test_receipt_is_confirmed_and_progress_noted_for_several_doubts_at_once(office, tmp_path):
    leads = on_the_desk(tmp_path, a_lead("a1"), a_lead("a2", subject=("plate", "苏M2")))
    matters = [handed_out(one) for one in leads.values()]
    noted = {"rows-progress": "1", "line-progress-1-on": "2026-03-02", "line-progress-1-what": "已调取小票"}

    many_at_once(browser(HANDLER), "confirm_receipt", matters)
    many_at_once(browser(OTHER_HANDLER), "note_progress", matters, **noted)

    for matter in matters:
        assert matter.story.filter(act="confirm_receipt").count() == 1
        assert matter.lines.get(ledger="progress").facts["what"] == "已调取小票"


def test_each_verifier_confirms_receipt_once(office, tmp_path):
    matter = handed_out(on_the_desk(tmp_path, a_lead("a1"))["a1"])

    many_at_once(browser(HANDLER), "confirm_receipt", [matter])
    again = many_at_once(browser(HANDLER), "confirm_receipt", [matter])
    many_at_once(browser(OTHER_HANDLER), "confirm_receipt", [matter])

    assert "此处不需办理" in text_of(again)
    assert matter.story.filter(act="confirm_receipt").count() == 2


@pytest.mark.parametrize("act", ["judge", "conclude", "approve", "exclude", "dispose"])
def test_no_verdict_is_given_to_many_at_once(office, tmp_path, act):
    matter = handed_out(on_the_desk(tmp_path, a_lead("a1"))["a1"])

    assert many_at_once(browser(HEAD), act, [matter]).status_code == 404
