"""Voting: on a page, at the box, and with paper that two enter."""

import json
import re
from base64 import b64encode

import pytest
from a_round import at, ballot, browser, on, slate, voters
from django.test import Client

from qingfeng.appraisal import blind, box, tokens
from qingfeng.appraisal.models import PEER, Due

pytestmark = pytest.mark.django_db


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


def test_administrators_vote_too(open_one):
    with on(1):
        assert browser("system_admin").get(at("appraisal_vote", open_one.code)).status_code == 200


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
