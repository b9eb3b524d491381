"""The thread from a row of records to a lesson, as each reader may know it; one story, many questions."""

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from a_desk import at, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingfeng.desk.thread.knots import thread_of, thread_of_lead
from qingfeng.desk.thread.walk import ALL, NEAR, Reach
from qingfeng.desk.thread.whys import whys
from qingfeng.findings.models import Lead, LeadFinding, Screening
from qingfeng.matters.models import Matter, MatterLink, RecusalDecision
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling

pytestmark = pytest.mark.django_db
KEY, FILE, ROW = "a1b2c3d4e5f60718", "公务接待/接待费.csv", 1289
RULE = "reception_over_standard"


@pytest.fixture(scope="module")
def story(house):
    """The verification of a lead that became clue, case and lesson; matters by kind, and the lead."""
    base = timezone.localdate() - timedelta(days=sampling.days_of("verification", "silent") + 2)
    where = replace(house.scene(base), on=lambda _at: nullcontext())
    matter = sampling.play("verification", "silent", where)
    now = timezone.now()
    screening = Screening.objects.create(run="f" * 16, snapshot="sha256:aa", at=now)
    lead = Lead.objects.create(
        key=KEY, title="公务接待超标准", rule=RULE, rules=[RULE], tier="B", watch="letter", colour="yellow",
        points=40, factor=2, weight="0.5", subject_kind="letter", subject_key="云住建函〔2026〕8号",
        unit=house.office.units["区住建局"], snapshot="sha256:aa", first_seen=screening, last_seen=screening,
        first_seen_at=now, matter=matter,
    )  # fmt: skip
    evidence = [{"table": "ledger", "file": FILE, "sheet": None, "row": ROW}]
    LeadFinding.objects.create(
        lead=lead, place=0, rule=RULE, title="公务接待超标准", tier="B", version="sha256:1", message="超标准",
        evidence=evidence,
    )  # fmt: skip
    found = {"verification": matter}
    for kind, link in (("clue", "leads_to"), ("case", "leads_to"), ("lesson", "teaches")):
        before = list(found.values())[-1]
        found[kind] = before.links_out.get(kind=link, target__mechanism=kind).target
    return found, lead


def kinds(thread):
    """What stands on a thread, in order: kinds of matters, and letters for what led to them."""
    of = {f"m{key}": one.mechanism for key, one in (thread.walked.matters if thread.walked else {}).items()}
    return [of.get(key, key[0]) for key in thread.knots]


WHOLE = ["r", "f", "l", "verification", "clue", "case", "lesson", "quiz"]


@pytest.mark.parametrize("start", ["verification", "clue", "case", "lesson"])
def test_from_anywhere_on_it_who_sees_all_sees_the_same_thread(desk, story, start):
    matters, _lead = story

    thread = thread_of(desk.viewer("principal"), matters[start], ALL)

    assert kinds(thread) == WHOLE
    assert thread.here == f"m{matters[start].pk}"
    assert [one.target for one in thread.ties] == list(thread.knots)[1:]
    assert [line.level for line in thread.lines] == [0] * len(WHOLE)


def test_from_a_lead_the_same_thread_goes_on(desk, story):
    _matters, lead = story

    thread = thread_of_lead(desk.viewer("principal"), lead, ALL)

    assert kinds(thread) == WHOLE
    assert thread.here == f"l{lead.pk}"


def test_a_lead_that_nobody_took_up_waits_for_its_verification(desk, story):
    _matters, lead = story
    alone = Lead.objects.get(pk=lead.pk)
    alone.matter = None

    thread = thread_of_lead(desk.viewer("analyst"), alone, ALL)

    assert kinds(thread) == ["r", "f", "l", "v"]
    assert [one.is_coming for one in thread.knots.values()] == [False, False, False, True]


def test_who_sees_a_part_is_told_of_no_more_and_of_nothing_missing(desk, story):
    matters, _lead = story
    page = desk.browser("style_head").get(at(matters["verification"], "thread"))

    said = text_of(page)

    assert kinds(thread_of(desk.viewer("style_head"), matters["verification"], ALL)) == WHOLE[:4]
    assert matters["verification"].number in said
    for hidden in ("clue", "case", "lesson"):
        assert matters[hidden].number not in said
    assert "最近的部分" not in said


def test_who_is_recused_in_the_middle_sees_neither_it_nor_what_hangs_on_by_it_alone(desk, story):
    """监察法 Art. 67."""
    matters, _lead = story
    supervisor = desk.viewer("case_supervisor")
    decided = RecusalDecision.objects.create(
        matter=matters["case"], person_id=supervisor.person_id, ground="近亲属", at=timezone.now()
    )

    above = thread_of(supervisor, matters["clue"], ALL)
    below = thread_of(supervisor, matters["lesson"], ALL)
    page = text_of(desk.browser("case_supervisor").get(at(matters["clue"], "thread")))
    there = desk.browser("case_supervisor").get(at(matters["case"], "thread"))
    decided.delete()

    assert kinds(above)[-1] == "clue"
    assert kinds(below) == ["lesson", "quiz"]
    assert (matters["case"].number in page, matters["lesson"].number in page) == (False, False)
    assert there.status_code == 404


def test_a_unit_sees_no_lead_on_its_thread(desk, story):
    matters, lead = story

    answer = desk.browser("housing_contact").get(at(matters["verification"], "thread"))

    assert answer.status_code in {200, 404}
    assert lead.key[:8] not in text_of(answer)
    assert matters["clue"].number not in text_of(answer)
    assert kinds(thread_of(desk.viewer("housing_contact"), matters["verification"], ALL)) == ["verification"]


def test_a_card_has_no_thread(desk, story):
    """A card says number, kind, stage, office and days; nothing of what belongs to it."""
    matters, _lead = story
    card = desk.restricted(desk.referral)

    answers = {key: desk.browser(key).get(at(card, "thread")).status_code for key in ("principal", "analyst")}

    assert set(answers.values()) == {404}
    assert matters


def test_rows_are_read_by_who_may_read_records_and_others_know_that_it_began_with_records(desk, story):
    _matters, lead = story

    reads = text_of(desk.browser("analyst").get(f"/leads/{lead.key}/thread/"))
    knows = text_of(desk.browser("principal").get(f"/leads/{lead.key}/thread/"))

    assert FILE in reads
    assert f"第 {ROW} 行" in reads
    assert "为什么读这一行" in reads
    assert FILE not in knows
    assert "始于记录" in knows


def test_each_says_which_act_of_what_brought_it_and_under_which_entry_and_names_nobody(desk, story):
    matters, lead = story
    thread = thread_of(desk.viewer("principal"), matters["lesson"], ALL)

    said = whys(thread)

    case = " ".join(said[f"m{matters['case'].pk}"])
    entry = matters["case"].story.get(no=1).entry
    assert "“决定处置”" in case
    assert matters["clue"].number in case
    assert "主要负责人" in case
    assert str(entry.index) in case if entry.index is not None else "待发布" in case
    assert lead.key[:8] in " ".join(said[f"m{matters['verification'].pk}"])
    assert set(said) >= set(thread.knots)
    names = {str(one) for one in desk.office.people.values()}
    assert [name for name in names for lines in said.values() if name in " ".join(lines)] == []


def test_an_act_is_not_named_to_who_does_not_read_the_matter_that_it_was_an_act_of(desk, story):
    matters, _lead = story
    thread = thread_of(desk.viewer("principal"), matters["lesson"], ALL)
    thread.walked.views[matters["clue"].pk] = "card"

    said = " ".join(whys(thread)[f"m{matters['case'].pk}"])

    assert "决定处置" not in said
    assert matters["clue"].number in said


def test_the_picture_is_walked_by_links_and_the_same_stands_as_a_list(desk, story):
    matters, _lead = story

    page = desk.browser("principal").get(at(matters["case"], "thread")).content.decode()

    picture = page[page.index("<svg xmlns") :]
    picture = picture[: picture.index("</svg>")]
    assert 'role="group"' in picture
    for kind in ("verification", "clue", "lesson"):
        assert f'<a href="{at(matters[kind])}"' in picture
        assert page.count(f'href="{at(matters[kind])}"') >= 2
    assert 'aria-current="true"' in picture
    assert "当前位置" in page


def test_the_page_of_a_matter_shows_the_thread_in_small(desk, story):
    matters, _lead = story

    said = desk.browser("principal").get(at(matters["clue"])).content.decode()

    small = said[said.index('id="thread"') :]
    assert all(one.number in small for one in matters.values())
    assert at(matters["clue"], "thread") in small


def _linked(matter, count):
    """So many matters that a matter led to."""
    for no in range(count):
        other = Matter.objects.get(pk=matter.pk)
        other.pk, other.number, other.slug = None, f"{matter.number}-{no}", f"{matter.slug}-{no}"
        other.save()
        MatterLink.objects.create(kind="led_to", source=matter, target=other, since_at=timezone.now())


@pytest.mark.parametrize("reach", [ALL, NEAR])
def test_many_links_ask_no_more_often_and_are_cut(desk, reach):
    viewer, matter = desk.viewer("principal"), desk.directive
    _linked(matter, 3)
    with CaptureQueriesContext(connection) as few:
        whys(thread_of(viewer, matter, reach))

    _linked(desk.directive, 0)
    more = Reach(reach.steps, 20)
    for no in range(60):
        other = Matter.objects.get(pk=matter.pk)
        other.pk, other.number, other.slug = None, f"{matter.number}+{no}", f"{matter.slug}-x{no}"
        other.save()
        MatterLink.objects.create(kind="led_to", source=matter, target=other, since_at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        thread = thread_of(viewer, matter, more)
        whys(thread)

    assert len(many) <= len(few)
    assert (len(thread.knots), thread.is_cut) == (20, True)


def test_a_letter_stands_with_its_correction_evaluation_and_look_back(desk):
    base = timezone.localdate() - timedelta(days=sampling.days_of("recommendation", "closed") + 2)
    letter = sampling.play(
        "recommendation", "closed", replace(desk.scene(base), on=lambda _at: nullcontext())
    )
    thread = thread_of(desk.viewer("principal"), letter, ALL)

    said = whys(thread)
    page = text_of(desk.browser("principal").get(at(letter, "thread")))

    assert [key[0] for key in thread.knots if key[0] != "m"] == ["c", "e", "b"]
    done = letter.lines.filter(ledger="items", is_done=True).count()
    assert (
        thread.knots[f"c{letter.pk}"].name
        == f"已完成 {done} / {letter.lines.filter(ledger='items').count()} 项"
    )
    assert letter.number in said[f"e{letter.pk}"][0]
    assert "整改" in page


def test_an_appeal_that_changed_a_result_shows_on_the_thread_what_it_corrected(desk):
    base = timezone.localdate() - timedelta(days=sampling.days_of("case", "changed") + 2)
    case = sampling.play("case", "changed", replace(desk.scene(base), on=lambda _at: nullcontext()))
    appeal = case.links_out.get(kind="appealed").target

    page = text_of(desk.browser("principal").get(at(case, "thread")))

    corrected = appeal.lines.filter(ledger="corrections").count()
    assert appeal.number in page
    assert corrected
    assert f"已完成 {corrected} / {corrected} 项" in page
    assert "复查决定" in page


def test_a_closed_case_without_a_lesson_is_on_the_list_that_its_number_opens(desk):
    base = timezone.localdate() - timedelta(days=sampling.days_of("case", "closed") + 2)
    case = sampling.play("case", "closed", replace(desk.scene(base), on=lambda _at: nullcontext()))
    browser = desk.browser("case_supervisor")
    days = f"since={base.isoformat()}&until={timezone.localdate().isoformat()}"

    page = browser.get(f"/cases/statistics/?{days}").content.decode()
    key = next(one.key for one in mechanism("case").figures if one.lacks == "teaches")
    href = next(one for one in re.findall(r'href="(/cases/\?[^"]+)"', page) if f"figure={key}" in one)

    assert case.number in text_of(browser.get(unescape(href)))
