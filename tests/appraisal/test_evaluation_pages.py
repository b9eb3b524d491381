"""Pages of a round: what people who are evaluated and leaders find there, and what is nobody's."""

import a_round
import pytest
from a_round import DAYS, at, browser, on, said, slate
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from qingfeng.appraisal import defaults, telling
from qingfeng.appraisal.models import DEMOCRATIC, PEER, Remark, Round, Sheet

pytestmark = pytest.mark.django_db


def test_a_round_is_nobodys_who_has_no_part_in_it(open_one):
    for name, who in (
        ("appraisal_vote", "unit_contact"),
        ("appraisal_round", "handler"),
        ("appraisal_round", "auditor"),
    ):
        assert browser(who).get(at(name, open_one.code)).status_code == 404


def test_no_result_exists_before_the_close(open_one):
    rated = open_one.rated.select_related("person").first()

    for who in ("evaluator", "principal", rated.person_id):
        assert browser(who).get(at("appraisal_result", open_one.code, rated.person.number)).status_code == 404
        assert browser(who).get(at("appraisal_board", open_one.code)).status_code == 404


def test_the_round_is_followed_by_turnout_and_nothing_of_the_boxes(open_one):
    page = browser("evaluator").get(at("appraisal_round", open_one.code))

    assert page.status_code == 200
    assert "计票前不统计任何内容" in said(page)


def test_whoever_follows_a_round_asks_once_who_is_late_and_not_once_a_voter(open_one):
    with on(1), CaptureQueriesContext(connection) as asked:
        page = browser("evaluator").get(at("appraisal_round", open_one.code))

    assert page.status_code == 200
    assert open_one.rolls.count() > 10
    assert sum("appraisal_due" in one["sql"] for one in asked) < 5


def test_a_reason_that_is_too_long_is_told_and_not_kept(closed):
    rated = closed.rated.select_related("person").first()
    place = at("appraisal_explain", closed.code, rated.person.number)
    with on(DAYS + 2):
        browser("evaluator").post(place, {"because": "病" * 301})
        rated.refresh_from_db()
        assert rated.missing_because == ""
        browser("evaluator").post(place, {"because": "病假"})

    rated.refresh_from_db()
    assert rated.missing_because == "病假"


def test_a_person_reads_the_own_result_and_a_colleague_does_not(closed):
    rated = closed.rated.select_related("person").filter(level="staff").first()
    with on(DAYS + 2):
        own = browser(rated.person_id).get(at("appraisal_result", closed.code, rated.person.number))
        other = closed.rated.exclude(pk=rated.pk).filter(level="staff").first().person_id
        colleagues = browser(other).get(at("appraisal_result", closed.code, rated.person.number))

    assert own.status_code == 200
    assert str(rated.result["value"]) in said(own)
    assert "qf-chart" in own.content.decode()
    assert colleagues.status_code == 404


def test_no_number_of_a_result_stands_without_spread_and_count(closed):
    for rated in closed.rated.all():
        for part in rated.result["parts"]:
            if part["key"] in {PEER, DEMOCRATIC} and "value" in part:
                assert {"spread", "count", "error"} <= set(part)
                assert part["count"] >= 5
                assert all(
                    {"spread", "count"} <= set(one) and one["count"] >= 5 for one in part["dimensions"]
                )


def test_a_person_answers_and_whoever_reads_the_result_reads_the_answer(closed):
    rated = closed.rated.select_related("person").first()
    place = at("appraisal_answer", closed.code, rated.person.number)
    with on(DAYS + 2):
        answer = browser(rated.person_id).post(place, {"text": "业务一项，我想补充。"})
        read = browser("evaluator").get(at("appraisal_result", closed.code, rated.person.number))
        foreign = browser("evaluator").get(place)

    assert answer.status_code == 302
    assert "业务一项，我想补充。" in said(read)
    assert foreign.status_code == 404


def test_the_line_above_records_the_talk_and_nobody_else_does(closed):
    rated = closed.rated.select_related("person").filter(level="staff").first()
    place = at("appraisal_talk", closed.code, rated.person.number)
    facts = {"held_on": "2026-03-13", "said": "肯定成绩。", "agreed": "参加培训。"}
    with on(DAYS + 2):
        assert browser("evaluator").post(place, facts).status_code == 404
        assert browser(rated.person_id).post(place, facts).status_code == 404
        assert browser("principal").post(place, facts).status_code == 302
        own = browser(rated.person_id).get(at("appraisal_result", closed.code, rated.person.number))

    assert "参加培训。" in said(own)


def test_reading_somebody_elses_result_is_kept_in_the_journal(closed):
    from qingfeng.journal.models import JournalEntry

    rated = closed.rated.select_related("person").first()
    before = JournalEntry.objects.filter(kind="appraisal.result_read").count()
    browser("evaluator").get(at("appraisal_result", closed.code, rated.person.number))
    browser(rated.person_id).get(at("appraisal_result", closed.code, rated.person.number))

    assert JournalEntry.objects.filter(kind="appraisal.result_read").count() == before + 1


def test_a_withheld_remark_reaches_nobody(closed):
    rated = closed.rated.select_related("person", "round").first()
    mean = Remark.objects.create(rated=rated, text="人品很差")
    kind = Remark.objects.create(rated=rated, text="做事细致")
    with on(DAYS + 2):
        for one, show in ((mean, "0"), (kind, "1")):
            browser("evaluator").post(at("appraisal_decide", closed.code, one.pk), {"show": show})
        own = said(browser(rated.person_id).get(at("appraisal_result", closed.code, rated.person.number)))

    assert "做事细致" in own
    assert "人品很差" not in own


def test_leaders_are_shown_distributions_and_no_name(closed):
    page = browser("dept_head").get(at("appraisal_board", closed.code))

    assert page.status_code == 200
    assert not any(
        one.person.name in page.content.decode()
        for one in closed.rated.select_related("person")
        if one.person.name != "韩守正"
    )


def test_a_suggestion_for_exchange_is_written_and_stands_with_the_years_in_the_post(closed):
    rated = closed.rated.select_related("person").first()
    with on(DAYS + 2):
        place = at("appraisal_suggest", closed.code, rated.person.number)
        done = browser("evaluator").post(place, {"strengths": "熟悉数据", "fits": "可到巡察办"})
        page = browser("principal").get(at("appraisal_exchange", closed.code))

    assert done.status_code == 302
    assert "可到巡察办" in said(page)


@pytest.mark.parametrize(("years", "due"), [(None, ""), (4.9, ""), (5, "consider"), (8, "must")])
def test_exchange_is_considered_at_five_years_and_due_at_eight(years, due):
    assert telling.due_for_exchange(years) == due


def test_a_form_by_name_is_handed_in_and_the_organisations_is_agreed_to_by_another(open_one):
    rated = open_one.rated.select_related("person").filter(level="staff").first()
    scores = dict.fromkeys(open_one.forms.get(key="organisation").keys, 8)
    place = at("appraisal_sheet", open_one.code, rated.person.number, "organisation")
    with on(1):
        assert browser("handler2").get(place).status_code == (404)
        assert browser("evaluator").post(place, scores).status_code == 302
        own = browser("evaluator").post(at("appraisal_agree", open_one.code, rated.person.number))
        agreed = browser("deputy").post(at("appraisal_agree", open_one.code, rated.person.number))

    assert own.status_code == agreed.status_code == 302
    assert Sheet.objects.get(rated=rated, form="organisation").second_by.name == "陆清和"


def test_a_round_is_prepared_and_opened_by_another_on_pages(office, db):
    prepared = browser("evaluator")
    form = prepared.get(at("appraisal_new")).context["form"]
    facts = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    facts |= {
        "title": "小评",
        "from_on": "2026-03-02",
        "until_on": "2026-03-06",
        "units": [office.units["二室"].pk],
    }
    with on(-2):
        wrong = prepared.post(at("appraisal_new"), facts | {"self_weight": 11})
        done = prepared.post(at("appraisal_new"), facts)
        made = Round.objects.get(title="小评")
        refused = prepared.post(at("appraisal_open", made.code))
        browser("principal").post(at("appraisal_open", made.code))

    assert wrong.status_code == 422
    assert done.status_code == 302
    assert refused.status_code == 404
    assert Round.objects.get(pk=made.pk).is_open


def test_every_page_of_a_round_says_something_in_both_languages(open_one, closed):
    rated = {one: one.rated.select_related("person").first() for one in (open_one, closed)}
    for language in ("zh-hans", "en"):
        client = browser("evaluator")
        client.cookies["django_language"] = language
        with on(DAYS + 2):
            places = [
                at("appraisal"),
                at("appraisal_new"),
                at("appraisal_round", open_one.code),
                at("appraisal_board", closed.code),
            ]
            places += [
                at("appraisal_round", closed.code),
                at("appraisal_remarks", closed.code),
                at("appraisal_exchange", closed.code),
            ]
            places += [at("appraisal_result", closed.code, rated[closed].person.number)]
            places += [at("appraisal_paper", open_one.code, slate(open_one, PEER).pk)]
            places += [at("appraisal_suggest", closed.code, rated[closed].person.number)]
            for place in places:
                assert client.get(place).status_code == 200, place


def _reads(person, rated):
    from qingfeng.appraisal import doors
    from qingfeng.organization.models import Person
    from qingfeng.organization.viewer import viewer_for

    return doors.reads_result(viewer_for(Person.objects.get(pk=person), a_round.BEGINS), rated)


def test_a_near_relative_reads_no_result_whatever_the_office(closed, office):
    """监察法 Art. 67."""
    from qingfeng.organization.declarations import declare_relation

    rated = closed.rated.select_related("person", "unit", "round").first()
    evaluator = office.person("evaluator")
    assert _reads(evaluator.pk, rated)

    with on(-20):
        declare_relation(evaluator, "sibling", other=rated.person, by=None)

    assert not _reads(evaluator.pk, rated)


def test_what_is_scored_stands_in_the_readers_language_and_changed_words_as_they_were_written(open_one):
    with translation.override("zh-hans"):
        assert defaults.said("政治") == "政治"
    with translation.override("en"):
        for one in defaults.dimensions().values():
            words = [one["name"], *one["anchors"].values()]
            assert not [text for text in words if not defaults.said(text).isascii()]
        assert defaults.said("本委自拟的说明") == "本委自拟的说明"
    client = browser("evaluator")
    client.cookies["django_language"] = "en"
    assert "Politics、Skill、Results" in said(client.get(at("appraisal_round", open_one.code)))


def test_nobody_is_given_more_time_by_default_and_what_was_typed_stays(open_one):
    address = at("appraisal_extend", open_one.code)
    page = browser("evaluator").post(address, {"person": "", "until_on": "2026-03-20", "because": "出差在外"})

    assert page.status_code == 422
    assert "出差在外" in page.content.decode()
    assert '<option value="" selected>' in page.content.decode()
    assert not open_one.rolls.exclude(until_on=None).exists()
