"""Sealed fields: a phrase of one's own, a value shown once, and a successor who can open it too."""

import json
import re
from base64 import urlsafe_b64encode

import pytest
from a_keeper import PHRASE, WISH, at, text_of

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import passing_on, sealing, unsealing
from qingfeng.matters.key_models import PersonKey, Sealed

pytestmark = pytest.mark.django_db
WISHED = "想调整岗位"
CLIENT = {"type": "webauthn.create", "origin": "https://testserver", "challenge": "AA"}
CUT_SHORT = json.dumps(
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {
            "clientDataJSON": urlsafe_b64encode(json.dumps(CLIENT).encode()).decode().rstrip("="),
            "attestationObject": "o2E",
        },
    }
)


def _sealed(house, *holders):
    """A parcel with a sealed wish, sealed to those of its handlers who have a phrase."""
    matter = house.a_parcel()
    for one in holders:
        sealing.make_key(house.person(one), PHRASE)
    sealing.seal(matter, matter.story.last(), [WISH], {"wish": WISHED})
    return matter, Sealed.objects.get()


def test_a_phrase_is_set_and_changed_and_must_be_long_and_twice_the_same(house):
    browser = house.browser("handler")

    short = browser.post("/sealed/phrase/", {"new": "short", "again": "short"})
    other = browser.post("/sealed/phrase/", {"new": PHRASE, "again": PHRASE + "!"})
    done = browser.post("/sealed/phrase/", {"new": PHRASE, "again": PHRASE})
    wrong = browser.post("/sealed/phrase/", {"old": "no such phrase", "new": PHRASE * 2, "again": PHRASE * 2})
    changed = browser.post("/sealed/phrase/", {"old": PHRASE, "new": PHRASE * 2, "again": PHRASE * 2})

    assert [one.status_code for one in (short, other, done, wrong, changed)] == [422, 422, 302, 422, 302]
    assert PersonKey.objects.get().person == house.person("handler")


def test_no_page_repeats_a_phrase(house):
    browser = house.browser("handler")

    answer = browser.post("/sealed/phrase/", {"new": "a phrase that is long", "again": "another one"})

    assert b"a phrase that is long" not in answer.content


@pytest.mark.parametrize("made", ["", "null", "[]", "x", CUT_SHORT])
def test_what_is_no_answer_of_a_device_is_refused_in_words_and_not_repeated(house, made):
    sealing.make_key(house.person("handler"), PHRASE)
    browser, path = house.browser("handler"), "/sealed/devices/new/"
    asked = re.search(r'name="asked" value="([^"]+)"', browser.get(path).content.decode())[1]
    sent = {"name": "钥匙", "phrase": PHRASE, "asked": asked, "made": made, "output": "ab" * 32}

    answers = [browser.post(path, sent), browser.post(path, {**sent, "name": ""})]

    assert [one.status_code for one in answers] == [422, 422]
    assert not [one for one in answers if sent["output"] in one.content.decode()]


def test_a_sealed_value_is_shown_once_to_its_holder_and_each_opening_is_an_entry(house):
    matter, sealed = _sealed(house, "handler")
    browser = house.browser("handler")

    listed = browser.get(at(matter, "sealed"))
    asked = browser.get(at(matter, "sealed", sealed.pk))
    opened = browser.post(at(matter, "sealed", sealed.pk), {"phrase": PHRASE})
    browser.post(at(matter, "sealed", sealed.pk), {"phrase": PHRASE})

    assert WISHED not in listed.content.decode() + asked.content.decode()
    assert WISHED in text_of(opened)
    assert "no-store" in opened["Cache-Control"]
    assert (
        JournalEntry.objects.filter(kind=unsealing.OPENED, by=f"person:{house.person('handler').pk}").count()
        == 2
    )
    assert WISHED not in str([one.said for one in JournalEntry.objects.all()])


def test_a_wrong_phrase_shows_nothing_is_an_entry_and_is_slowed_down(house):
    matter, sealed = _sealed(house, "handler")
    browser = house.browser("handler")

    answers = [browser.post(at(matter, "sealed", sealed.pk), {"phrase": "not the phrase"}) for _ in range(5)]
    right = browser.post(at(matter, "sealed", sealed.pk), {"phrase": PHRASE})

    assert {one.status_code for one in answers} == {422}
    assert right.status_code == 422
    assert WISHED not in text_of(right)
    assert JournalEntry.objects.filter(kind=unsealing.REFUSED).count() == 5


def test_whoever_it_is_not_sealed_to_finds_no_page(house):
    matter, sealed = _sealed(house, "handler")

    assert house.browser("dept_head").get(at(matter, "sealed", sealed.pk)).status_code == 404
    assert house.browser("handler2").get(at(matter, "sealed", sealed.pk)).status_code == 404
    assert house.browser("dept_head").get(at(matter, "sealed")).status_code == 200


def test_who_leaves_seals_a_value_to_the_successor_and_gives_the_own_copy_up(house):
    matter, sealed = _sealed(house, "handler")
    successor = house.person("Y0702")
    sealing.make_key(successor, PHRASE)
    passing_on.hand_over(house.person("handler"), successor, by=house.viewer("handler"), reason="离任")
    browser = house.browser("handler")

    listed = browser.get("/sealed/")
    done = browser.post(f"/sealed/{sealed.pk}/share/", {"to": successor.pk, "phrase": PHRASE})

    assert matter.number in text_of(listed)
    assert done.status_code == 302
    sealed.refresh_from_db()
    assert set(sealed.keys) == {str(successor.pk)}
    assert sealing.open_sealed(sealed, successor, PHRASE) == WISHED
    assert JournalEntry.objects.filter(kind=unsealing.SHARED).count() == 1


def test_a_value_is_sealed_to_nobody_who_holds_no_part(house):
    _matter, sealed = _sealed(house, "handler")
    outsider = house.person("Y0702")
    sealing.make_key(outsider, PHRASE)

    answer = house.browser("handler").post(
        f"/sealed/{sealed.pk}/share/", {"to": outsider.pk, "phrase": PHRASE}
    )

    assert answer.status_code == 422
    sealed.refresh_from_db()
    assert str(outsider.pk) not in sealed.keys
