"""An office gives fields, stages and acts words of its own, by two administrators, and gives them back."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from a_keeper import at, text_of
from django.urls import reverse
from django.utils import translation

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import deciding_words, own_words, takeover_reading
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism, mechanisms
from qingfeng.matters.word_models import OwnWords

pytestmark = pytest.mark.django_db
INDEX = "/own-words/"


@pytest.fixture(autouse=True)
def a_file(monkeypatch, tmp_path):
    """What is published lies in a file of the test alone."""
    file = tmp_path / own_words.FILE
    monkeypatch.setattr(own_words, "FILE", str(file))
    own_words.write({})
    yield file
    own_words.write({})


def _page(kind):
    return reverse("desk:own_words_kind", kwargs={"kind": kind})


def _form(kind, words, reason="本单位习惯叫法"):
    """Return the form of the page with what is in force and some new words."""
    held = {**deciding_words.in_force(kind), **words}
    return {
        "reason": reason,
        **{f"{language}-{place}": word for place, pair in held.items() for language, word in pair.items()},
    }


def _in_force(house, kind, words, capture):
    house.browser("system_admin").post(_page(kind), _form(kind, words))
    change = OwnWords.objects.get(kind=kind, state="asked")
    with capture(execute=True):
        answer = house.browser("security_admin").post(f"{INDEX}changes/{change.pk}/", {"do": "sign"})
    assert answer.status_code == 302
    return OwnWords.objects.get(pk=change.pk)


def _pair(zh, en):
    return {"zh": zh, "en": en}


def test_every_name_of_every_kind_can_have_an_own_word_and_its_digest_stays():
    for one in mechanisms():
        places = own_words.places(one)
        keys = {each.key for each in places}
        assert {f"stage:{each.key}" for each in one.stages} <= keys
        assert {f"act:{each.key}" for each in one.acts} <= keys
        before = one.digest
        own_words.write({one.key: {each.key: _pair("甲乙", "Abc") for each in places}})
        again = own_words.places(one)
        assert [str(each.declared) for each in again] == [str(each.declared) for each in places]
        told = [one.name, *(each.name for each in (*one.stages, *one.acts, *one.parties, *one.clocks))]
        told += [each.name for act in one.acts for each in act.asks]
        for ledger in one.ledgers:  # what slips print of a line, too
            told += [ledger.name, *(each.name for each in ledger.fields), *dict(ledger.states).values()]
        assert [str(each) for each in told if not str(each).startswith("甲乙")] == []
        with translation.override("en"):
            assert str(one.acts[0].name).startswith("Abc")
        assert type(one).digest.func(one) == before
        own_words.write({})


def test_nothing_changes_before_the_second_signature_and_everything_after_it(
    house, django_capture_on_commit_callbacks
):
    matter = house.a_parcel()
    declared = mechanism("parcel")
    stage, act = declared.stage(matter.stage), declared.acts[0]
    words = {f"stage:{stage.key}": _pair("收件待办", "Taken in"), f"act:{act.key}": _pair("派送", "Send it")}
    house.browser("system_admin").post(_page("parcel"), _form("parcel", words))
    change = OwnWords.objects.get(kind="parcel")

    before = text_of(house.browser("handler").get(at(matter)))
    own = house.browser("system_admin").post(f"{INDEX}changes/{change.pk}/", {"do": "sign"})
    with django_capture_on_commit_callbacks(execute=True):
        house.browser("security_admin").post(f"{INDEX}changes/{change.pk}/", {"do": "sign"})
    after = text_of(house.browser("handler").get(at(matter)))

    assert "收件待办" not in before
    assert own.status_code == 422
    assert "收件待办" in after
    assert str(act.name) == "派送"


def test_own_words_stand_in_exports(house, django_capture_on_commit_callbacks):
    house.a_parcel()
    declared = mechanism("parcel")
    field = declared.asks[0]
    words = {f"field:{field.key}": _pair("包裹内物", "Things inside")}

    _in_force(house, "parcel", words, django_capture_on_commit_callbacks)
    address = reverse("desk:export", kwargs={"kind": "parcel"})
    file = house.browser("handler").post(address, {"form": "csv"})

    with zipfile.ZipFile(BytesIO(file.getvalue())) as held:
        heads = "".join(held.read(name).decode("utf-8-sig").splitlines()[0] for name in held.namelist())
    assert "包裹内物" in heads


def test_the_old_words_are_given_back_by_two_as_well(house, django_capture_on_commit_callbacks):
    stage = mechanism("parcel").stages[0]
    declared = str(stage.name)
    words = {f"stage:{stage.key}": _pair("收件待办", "Taken in")}
    made = _in_force(house, "parcel", words, django_capture_on_commit_callbacks)

    house.browser("system_admin").post(f"{INDEX}changes/{made.pk}/back/", {"reason": "改回原名"})
    back = OwnWords.objects.get(state="asked")
    with django_capture_on_commit_callbacks(execute=True):
        house.browser("security_admin").post(f"{INDEX}changes/{back.pk}/", {"do": "sign"})

    assert str(mechanism("parcel").stages[0].name) == declared
    assert OwnWords.objects.get(pk=made.pk).state == "replaced"
    kinds = JournalEntry.objects.filter(kind__startswith="words.").values_list("kind", flat=True)
    assert list(kinds.order_by("id")) == ["words.asked", "words.in_force", "words.asked", "words.in_force"]


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (_pair("只有中文", ""), "中英文都填"),
        (_pair("<b>粗</b>", "Bold"), "标记符号"),
        (_pair("违纪登记", "Registered"), "中性"),
        (_pair("字" * 25, "Long"), "最多 24"),
        (_pair("暗\x00号", "Null"), "标记符号"),
        (_pair("倒\u202e写", "Turned"), "标记符号"),
        (_pair("举报人来件", "Came in"), "举报人"),
    ],
)
def test_a_word_that_cannot_stand_is_told_beside_it_and_nothing_is_lost(house, pair, says):
    stage = mechanism("parcel").stages[0]

    answer = house.browser("system_admin").post(
        _page("parcel"), _form("parcel", {f"stage:{stage.key}": pair})
    )

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "本单位习惯叫法" in answer.content.decode()
    assert not OwnWords.objects.exists()


def test_two_stages_are_not_called_the_same(house):
    first, second = mechanism("parcel").stages[:2]
    taken = str(second.name)

    answer = house.browser("system_admin").post(
        _page("parcel"), _form("parcel", {f"stage:{first.key}": _pair(taken, "Something else")})
    )

    assert answer.status_code == 422
    assert taken in text_of(answer)


def test_two_columns_of_one_ledger_are_not_called_the_same_but_those_of_two_may():
    declared = next(one for one in mechanisms() if len(one.ledgers) > 1 and len(one.ledgers[0].fields) > 1)
    first, second = declared.ledgers[:2]
    one, two = (f"column:{first.key}.{each.key}" for each in first.fields[:2])
    other = f"column:{second.key}.{second.fields[0].key}"
    word = _pair("同一叫法", "The same word")

    assert two in deciding_words.wrong_words(declared, {one: word, two: word})
    assert deciding_words.wrong_words(declared, {one: word, other: word}) == {}


def test_a_kind_is_not_called_as_another_kind():
    declared, other = list(mechanisms())[:2]
    with translation.override("zh-hans"):
        taken = str(other.name)

    assert "kind:" in deciding_words.wrong_words(declared, {"kind:": _pair(taken, "Something else")})


def test_a_ledger_called_as_a_table_of_every_export_keeps_a_table_of_its_own(
    house, django_capture_on_commit_callbacks
):
    house.a_parcel()
    ledger = mechanism("parcel").ledgers[0]
    words = {f"ledger:{ledger.key}": _pair("事项", "Matters")}

    _in_force(house, "parcel", words, django_capture_on_commit_callbacks)
    address = reverse("desk:export", kwargs={"kind": "parcel"})
    file = house.browser("handler").post(address, {"form": "csv"})

    with zipfile.ZipFile(BytesIO(file.getvalue())) as held:
        names = held.namelist()
        rows = held.read("事项.csv").decode("utf-8-sig").splitlines()
    assert len(names) == len(set(names))
    assert f"事项 ({ledger.key}).csv" in names
    assert "标题" in rows[0]
    assert len(rows) == 1 + Matter.objects.filter(mechanism="parcel").count()


def test_a_stage_is_taken_over_by_its_own_word_and_by_the_declared_one():
    declared = next(one for one in mechanisms() if any(place.term for place in own_words.places(one)))
    stage = declared.stages[0]
    before = str(stage.name)

    own_words.write({declared.key: {f"stage:{stage.key}": _pair("另一叫法", "Other word")}})

    spelt = set(takeover_reading._spelt(declared.key, stage))
    assert {before, "另一叫法", str(stage.name), stage.key} <= spelt


def test_who_asked_takes_it_back_and_another_may_refuse_with_a_reason(house):
    stage = mechanism("parcel").stages[0]
    words = {f"stage:{stage.key}": _pair("收件待办", "Taken in")}
    browser = house.browser("system_admin")
    browser.post(_page("parcel"), _form("parcel", words))
    first = OwnWords.objects.get(state="asked")
    browser.post(f"{INDEX}changes/{first.pk}/", {"do": "take_back"})
    browser.post(_page("parcel"), _form("parcel", words))
    second = OwnWords.objects.get(state="asked")
    address = f"{INDEX}changes/{second.pk}/"

    silent = house.browser("security_admin").post(address, {"do": "decline", "reason": ""})
    house.browser("security_admin").post(address, {"do": "decline", "reason": "与上级文件不一致"})

    assert OwnWords.objects.get(pk=first.pk).state == "taken_back"
    assert silent.status_code == 422
    assert OwnWords.objects.get(pk=second.pk).decision == "与上级文件不一致"
    assert not own_words.own_word("parcel", f"stage:{stage.key}")


def test_where_a_law_names_it_the_term_stays_beside_the_own_word():
    declared = next(one for one in mechanisms() if any(place.term for place in own_words.places(one)))
    place = next(one for one in own_words.places(declared) if one.term and one.group == "stage")

    own_words.write({declared.key: {place.key: _pair("另一叫法", "Other word")}})

    stage = declared.stage(place.key.partition(":")[2])
    assert str(stage.name) == f"另一叫法（{place.term}）"
    own_words.write({})


def test_a_spoilt_file_says_nothing_and_pages_stand(a_file):
    own_words.write({"directive": {"kind:": _pair("甲", "A")}})
    a_file.write_text("{", encoding="utf-8")
    own_words.look_again()

    assert own_words.own_word("directive", "kind:") == ""


@pytest.mark.parametrize("who", ["handler", "principal", "registrar"])
def test_the_page_exists_for_administrators_and_the_auditor_alone(house, who):
    assert house.browser(who).get(INDEX).status_code == 404
    assert house.browser("auditor").get(INDEX).status_code == 200
    assert house.browser("auditor").post(_page("parcel"), {"reason": "x"}).status_code == 404
