"""Pages of a round: what voters, people who are evaluated and leaders find there, and what is nobody's."""

import json
import re
from base64 import b64encode
from io import BytesIO
from zipfile import ZipFile

import a_round
import pytest
from a_round import DAYS, ballot, on, opened, played, slate, voters
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from qingfeng.appraisal import blind, box, importing, telling, tokens
from qingfeng.appraisal.models import DEMOCRATIC, PEER, Due, Remark, Round, Sheet
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ground(office):
    """A round that is being filled in, one of three rooms that is closed."""
    return opened(office), played(office)


@pytest.fixture
def open_one(ground, db):
    return ground[0]


@pytest.fixture
def closed(ground, db):
    return ground[1]


def browser(person, **options):
    """Somebody signed in, by sign-in name or key of the person."""
    from qingfeng.organization.accounts import open_account
    from qingfeng.organization.models import Account, Person

    client = Client(**options)
    if isinstance(person, str):
        account = Account.objects.get(username=person)
    else:
        found = Account.objects.filter(person=person).first()
        account = (
            found or open_account(Person.objects.get(pk=person), f"at-{person}", by=None, prepared="!")[0]
        )
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *parts):
    return reverse(f"desk:{name}", args=parts)


def said(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def data_of(response):
    """What the script of the voter's page draws from."""
    found = re.search(
        r'<script id="ballots" type="application/json">(.*?)</script>', response.content.decode()
    )
    return json.loads(found.group(1))


def test_a_voter_is_told_the_slates_and_never_a_key(open_one):
    person = voters(slate(open_one, PEER))[0]
    with on(1):
        data = data_of(browser(person).get(at("appraisal_vote", open_one.code)))

    assert len(data["slates"]) == Due.objects.filter(slate__round=open_one, person=person).count()
    assert not any("public" in one or "key" in one for one in data["slates"])
    assert data["digest"] == open_one.keys_digest


def test_keys_are_the_same_for_everybody_and_asked_for_without_a_name(open_one):
    person = voters(slate(open_one, PEER))[0]

    answers = [client.get(at("ballot_keys", open_one.code)) for client in (Client(), browser(person))]

    keys = {int(pk): text for pk, text in answers[0].json().items()}
    assert answers[0].content == answers[1].content
    assert tokens.digest_of(keys) == open_one.keys_digest
    assert not answers[1].cookies


def fetched(client, slate_):
    """A token for a slate, as a browser would fetch it."""
    public, prepared = tokens.public_key(slate_), blind.prepare(bytes(32))
    blinded, inverse = blind.blind(public, prepared)
    asked = json.dumps({str(slate_.pk): b64encode(blinded).decode()})
    answer = client.post(at("appraisal_tokens", slate_.round.code), asked, content_type="application/json")
    assert answer.status_code == 200, answer.content
    import base64

    signed = base64.b64decode(answer.json()[str(slate_.pk)])
    return prepared, blind.finalize(public, prepared, signed=signed, inverse=inverse)


def brought(client, slate_, held, said_, **headers):
    """The answer of the box to a ballot."""
    prepared, signature = held
    body = {
        "slate": slate_.pk, "message": b64encode(prepared).decode(),
        "signature": b64encode(signature).decode(), **said_,
    }  # fmt: skip
    return client.post(at("ballot_box"), json.dumps(body), content_type="application/json", **headers)


def test_a_ballot_is_taken_from_whoever_brings_it_and_answered_without_a_cookie(open_one):
    one = slate(open_one, PEER)
    with on(1):
        held = fetched(browser(voters(one)[3]), one)
        answer = brought(Client(enforce_csrf_checks=True), one, held, ballot(one))

    assert answer.json() == {"taken": True}
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_a_ballot_without_a_stamp_is_refused_in_words(open_one):
    one = slate(open_one, PEER)
    with on(1):
        answer = brought(Client(), one, (bytes(64), bytes(256)), ballot(one))

    assert answer.status_code == 409
    assert answer.json()["why"]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"slate": "x"}', '{"slate": 1, "message": 2}', "null"])
def test_what_is_no_ballot_is_refused_in_words(db, body):
    answer = Client().post(at("ballot_box"), body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["why"]


def test_nothing_of_a_browser_is_left_when_the_box_is_reached(open_one, settings):
    """What follows in the line of middlewares sees no cookie, no address, no agent, and nobody signed in."""
    from qingfeng.appraisal.nameless import Nameless

    seen = {}

    def inner(request):
        from django.http import HttpResponse

        seen.update(meta=dict(request.META), cookies=dict(request.COOKIES))
        return HttpResponse()

    from django.test import RequestFactory

    request = RequestFactory(
        REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="某机型", HTTP_COOKIE="sessionid=x", HTTP_REFERER="/r/",
        HTTP_X_FORWARDED_FOR="198.51.100.7",
    ).post("/ballot-box/", "{}", content_type="application/json")  # fmt: skip
    Nameless(inner)(request)

    assert seen["cookies"] == {}
    assert not re.search("198.51.100.7|某机型|sessionid|/r/", str(seen["meta"]))


def test_a_round_is_nobodys_who_has_no_part_in_it(open_one):
    for name, who in (
        ("appraisal_vote", "unit_contact"),
        ("appraisal_round", "handler"),
        ("appraisal_round", "auditor"),
    ):
        assert browser(who).get(at(name, open_one.code)).status_code == 404


def test_administrators_vote_too(open_one):
    with on(1):
        assert browser("system_admin").get(at("appraisal_vote", open_one.code)).status_code == 200


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


def on_paper(round_, index):
    """A slate of paper whose first six voters were handed one."""
    from qingfeng.appraisal import rounds

    one = slate(round_, PEER, index)
    rounds.put_on_paper(one, on_paper=True, by=round_.made_by_id)
    one.refresh_from_db()
    rounds.hand_out(one, voters(one)[:6], by=round_.made_by_id)
    return one


def test_two_enter_a_ballot_of_paper_and_nothing_is_kept_until_both_agree(open_one, office):
    from django.contrib.auth.hashers import make_password

    from qingfeng.organization.models import Account

    Account.objects.filter(username="dept_head").update(password=make_password("yunshui-demo-2026"))
    with on(1):
        one = on_paper(open_one, 1)
        place = at("appraisal_paper", open_one.code, one.pk)
        person, keys = one.people[0], open_one.forms.get(key=PEER).keys
        typed = {f"{person}_{key}": "7" for key in keys}
        client = browser("evaluator")
        first = client.post(place, typed).context["first"]
        second = {f"second-{name}": value for name, value in typed.items()}
        sign = {"first": first, "username": "dept_head", "password": "yunshui-demo-2026"}
        differs = client.post(place, second | sign | {f"second-{person}_skill": "6"})
        wrong = client.post(place, second | sign | {"password": "x"})
        one.refresh_from_db()
        assert (differs.status_code, wrong.status_code, one.entered) == (422, 422, 0)
        done = client.post(place, second | sign)
        again = client.post(place, second | sign)

    one.refresh_from_db()
    assert (done.status_code, again.status_code) == (302, 422)
    assert (one.entered, box.empty(one)) == (1, 1)


def test_fewer_than_five_papers_are_not_entered(open_one):
    from qingfeng.appraisal import paper, rounds

    with on(1):
        one = slate(open_one, PEER, 2)
        rounds.put_on_paper(one, on_paper=True, by=open_one.made_by_id)
        one.refresh_from_db()
        rounds.hand_out(one, voters(one)[:4], by=open_one.made_by_id)

    assert paper.left_to_enter(one) == 0


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


def a_workbook(*rows):
    """A workbook of results of an earlier year, as a file that is sent."""
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in (importing.HEADS, *rows):
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("往年.xlsx", out.getvalue())


def test_results_of_last_year_are_shown_first_and_kept_when_that_is_confirmed(closed):
    rated = closed.rated.select_related("person").first()
    number = rated.person.number
    good, bad = (number, 2025, "年度五评", 78.25), (number, 2025, "", "x")
    unknown = ("X0000", 2025, "年度五评", 70)
    sent = a_workbook(good, unknown, bad)
    client = browser("evaluator")
    with on(DAYS + 2):
        shown = client.post(at("appraisal_earlier"), {"file": sent})
        assert not Round.objects.filter(from_on__year=2025).exists()
        client.post(at("appraisal_earlier"), {"lines": shown.context["lines"]})
        client.post(at("appraisal_earlier"), {"lines": shown.context["lines"]})
        own = browser(rated.person_id).get(at("appraisal_result", closed.code, rated.person.number))

    assert [row for row, _why in shown.context["found"].rejects] == [3, 4]
    kept = Round.objects.get(from_on__year=2025)
    assert [one.result["value"] for one in kept.rated.all()] == [78.2]
    assert "78.2" in said(own)
    page = browser(rated.person_id).get(at("appraisal_result", kept.code, rated.person.number))
    assert "接管数据，无离散" in said(page)


def test_a_result_of_last_year_is_read_by_the_line_above_the_post_of_that_year(closed, office):
    from datetime import date

    from qingfeng.organization.models import Post

    rated = closed.rated.select_related("person", "unit").first()
    other = office.units["二室"] if rated.unit != office.units["二室"] else office.units["一室"]
    Post.objects.create(
        person=rated.person, unit=other, title="科员", from_on=date(2001, 1, 1), until_on=date(2002, 1, 1)
    )
    importing.keep([importing.Line(2, rated.person.number, 2025, "旧评", 80.0)], by=closed.made_by_id)

    assert rated.person.posts.held_on(date(2025, 12, 31)).filter(unit=rated.unit).exists()
    assert Round.objects.get(title="旧评").rated.get().unit == rated.unit


@pytest.mark.parametrize("cell", [("年", "旧评", 70), ("²", "旧评", 70), (2025, "旧评", "NaN")])
def test_a_row_that_cannot_be_read_is_told_and_breaks_nothing(closed, cell):
    number = closed.rated.select_related("person").first().person.number
    with on(DAYS + 2):
        found = importing.read(a_workbook((number, *cell)).read())

    assert [row for row, _why in found.rejects] == [2]


def test_a_workbook_with_torn_parts_is_refused_in_words():
    whole, torn = BytesIO(a_workbook().read()), BytesIO()
    with ZipFile(whole) as old, ZipFile(torn, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:60] if name.endswith("workbook.xml") else old.read(name))

    with pytest.raises(Problem, match="XLSX"):
        importing.read(torn.getvalue())


def test_what_is_no_workbook_is_refused_in_words(db, office):
    sent = SimpleUploadedFile("往年.xlsx", b"no")

    answer = browser("evaluator").post(at("appraisal_earlier"), {"file": sent})

    assert answer.status_code == 422
    assert "XLSX" in said(answer)
