"""The search: what is found by whom, and what is found by nobody."""

import re

import pytest
from a_desk import at, text_of
from a_run import a_finding, a_lead, a_person, on_the_desk

from qingfeng.desk import indexing
from qingfeng.desk.models import SearchMark, SearchText
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import guarding
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.vocabulary import Field
from qingfeng.organization.models import Account

pytestmark = pytest.mark.django_db

PLANTED = "乌桕霜红"
NAMES = (
    "principal", "deputy", "registrar", "dept_head", "handler", "handler2", "analyst", "custodian",
    "case_supervisor", "recused", "reviewer", "seconded", "tracker", "superior", "escrow_holder",
    "unit_contact", "committee_secretary", "partner", "special_supervisor", "evaluator", "editor",
    "unit_head", "team_member",
)  # fmt: skip
ADMINISTRATORS = ("auditor", "system_admin", "security_admin")


def _ask(browser, text, **more):
    return browser.post("/search/", {"q": text, **more})


def _found(browser, text, **more):
    return re.findall(r'data-row href="([^"]+)"', _ask(browser, text, **more).content.decode())


@pytest.fixture
def told(desk):
    """Everything that stands in the house, taken in."""
    indexing.index_matters(list(Matter.objects.values_list("pk", flat=True)))
    return desk


def test_a_whole_number_opens_its_matter(told):
    response = _ask(told.browser("registrar"), told.directive.number)

    assert response.status_code == 302
    assert response["Location"] == at(told.directive)


def test_part_of_a_title_finds_the_matter_and_marks_the_place(told):
    page = _ask(told.browser("registrar"), "采砂管理").content.decode()

    assert at(told.directive) in page
    assert "<mark>采砂管理</mark>" in page


@pytest.mark.parametrize("text", ["采砂 云水河", "云水河　采砂"])
def test_every_word_must_be_there_in_any_order(told, text):
    assert at(told.directive) in _found(told.browser("registrar"), text)
    assert at(told.directive) not in _found(told.browser("registrar"), f"{text} 冰川")


def test_signs_that_stand_apart_are_not_one_word(told):
    Matter.objects.filter(pk=told.directive.pk).update(title="云水与水区")
    indexing.index_matters([told.directive.pk])

    assert at(told.directive) not in _found(told.browser("registrar"), "云水区与")


def test_a_fact_and_a_unit_are_found_where_the_matter_is_read_whole(told):
    unit = told.office.units["区水务局"] if "区水务局" in told.office.units else told.office.units["党风室"]
    told.directive.parties.create(role="lead_room", unit=unit, since_at=told.directive.opened_at)
    indexing.index_matters([told.directive.pk])

    assert at(told.directive) in _found(told.browser("registrar"), str(unit))


def test_an_act_is_found_by_its_words_after_a_round_of_the_worker_and_by_its_number_at_once(told):
    indexing.keep_up()
    line = {"level": "remind", "missing": f"尚未收到{PLANTED}材料。", "answer_by": "2027-03-05"}
    answer = perform("chase", told.directive, by=told.viewer("registrar"), key="1", lines={"chases": [line]})
    assert isinstance(answer, Done), answer
    browser = told.browser("registrar")
    at_once = _ask(browser, told.directive.number)
    before = _found(browser, PLANTED)

    taken = indexing.keep_up()

    assert at_once["Location"] == at(told.directive)
    assert before == []
    assert taken == 1
    assert at(told.directive) in _found(browser, PLANTED)


def test_an_act_itself_writes_nothing_for_the_search(told, django_capture_on_commit_callbacks):
    before = SearchText.objects.order_by("-pk").values_list("pk", flat=True).first()

    with django_capture_on_commit_callbacks(execute=True):
        line = {"level": "remind", "missing": "尚未收到材料。", "answer_by": "2027-03-05"}
        perform("chase", told.directive, by=told.viewer("registrar"), lines={"chases": [line]})

    assert SearchText.objects.order_by("-pk").values_list("pk", flat=True).first() == before


def test_the_mark_follows_the_acts_when_none_before_it_can_be_on_its_way(told):
    newest = Performance.objects.order_by("-pk").first().pk
    indexing.keep_up()
    first = SearchMark.objects.get()
    SearchMark.objects.update(seen_at=first.seen_at - 2 * indexing.SETTLED)
    indexing.keep_up()
    second = SearchMark.objects.get()
    SearchMark.objects.update(seen_at=second.seen_at - 2 * indexing.SETTLED)
    indexing.keep_up()

    assert (first.settled, first.seen) == (0, 0)
    assert (second.settled, second.seen) == (0, newest)
    assert SearchMark.objects.get().settled == newest


def test_an_act_whose_transaction_ended_after_a_later_one_was_seen_is_taken_in(told):
    indexing.keep_up()
    late = Performance.objects.order_by("pk").first().matter
    Matter.objects.filter(pk=late.pk).update(revision=late.revision + 1, title=f"{PLANTED}督办")

    assert indexing.keep_up() == 1
    assert SearchText.objects.filter(matter=late, text__contains=PLANTED).exists()


def test_a_changed_matter_is_found_by_what_it_says_now(told):
    Matter.objects.filter(pk=told.directive.pk).update(title=f"{PLANTED}督办")
    indexing.index_matters([told.directive.pk])
    browser = told.browser("registrar")

    assert at(told.directive) in _found(browser, PLANTED)
    assert at(told.directive) not in _found(browser, "采砂管理")


@pytest.mark.parametrize("level", ["ordinary", "internal", "restricted"])
@pytest.mark.parametrize("name", NAMES)
def test_a_planted_word_is_found_and_suggested_to_those_alone_who_read_the_matter_whole(told, name, level):
    from qingfeng.matters import access

    matter = told.directive
    Matter.objects.filter(pk=matter.pk).update(
        title=f"{PLANTED}督办", confidentiality=level, facts={**matter.facts, "source_organ": PLANTED}
    )
    matter.refresh_from_db()
    indexing.index_matters([matter.pk])
    whole = access.view_of(told.viewer(name), matter) == "whole"
    browser = told.browser(name)

    page, suggested = _ask(browser, PLANTED), browser.post("/search/suggest/", {"q": PLANTED})

    assert (at(matter) in page.content.decode()) is whole
    assert (at(matter) in suggested.content.decode()) is whole
    if not whole:
        assert PLANTED not in text_of(page).replace(f"“{PLANTED}”", "")
        assert "<mark>" not in page.content.decode()


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_administrators_have_no_search(told, name):
    assert _ask(told.browser(name), PLANTED).status_code == 404
    assert told.browser(name).post("/search/suggest/", {"q": PLANTED}).status_code == 404


def test_whoever_is_recused_finds_nothing_of_a_matter(told):
    person = told.person("handler")
    Matter.objects.filter(pk=told.directive.pk).update(title=f"{PLANTED}督办")
    indexing.index_matters([told.directive.pk])
    made = guarding.recuse(told.directive, person, "与当事人系近亲属", by=told.viewer("handler"))
    assert made.person == person
    browser = told.browser("handler")

    assert _found(browser, PLANTED) == []
    assert _ask(browser, told.directive.number).status_code == 200
    assert (
        at(told.directive)
        not in browser.post("/search/suggest/", {"q": told.directive.number}).content.decode()
    )


def test_sealed_and_personal_fields_and_people_are_not_taken_in():
    fields = [
        Field("plain", "Plain"),
        Field("sealed", "Sealed", sealed=True),
        Field("personal", "Personal", personal=True),
        Field("who", "Who", "person"),
        Field("number", "Number", "whole"),
    ]

    assert [one.key for one in indexing.sought(fields)] == ["plain"]


def test_the_name_of_a_person_on_record_is_in_no_text_and_finds_nothing(told):
    name = told.person("principal").name
    Matter.objects.filter(pk=told.directive.pk).update(title=f"{name}批示的督办")
    indexing.index_matters([told.directive.pk])

    assert not SearchText.objects.filter(text__contains=name).exists()
    assert _found(told.browser("registrar"), name) == []


def test_a_person_who_came_on_record_later_is_not_found_either(told):
    Matter.objects.filter(pk=told.directive.pk).update(title="竺可行批示的督办")
    indexing.index_matters([told.directive.pk])
    person = told.person("escrow_holder")
    person.name = "竺可行"
    person.save()

    assert _found(told.browser("registrar"), "竺可行") == []
    assert at(told.directive) not in text_of(told.browser("registrar").get("/directives/?text=竺可行"))


def test_what_was_typed_stands_in_no_address(told):
    response = told.browser("registrar").get(f"/search/?q={PLANTED}")

    assert PLANTED not in text_of(response)


def test_a_lead_is_found_by_plate_unit_and_message_by_those_who_may_see_leads(told, tmp_path):
    leads = on_the_desk(tmp_path, a_lead("1", findings=[a_finding(message="在清河服务区加油，待核")]))
    indexing.index_leads([leads["1"].pk])
    address = f"/leads/{leads['1'].key}/"

    for text in ("苏M00001", "清河服务区", "教育局"):
        assert address in _found(told.browser("analyst"), text, only="leads"), text
        assert _found(told.browser("unit_contact"), text, only="leads") == []
        assert _found(told.browser("handler"), text, only="leads") == []


def test_a_name_that_a_lead_says_is_in_no_text(told, tmp_path):
    lead = a_lead(
        "2",
        findings=[a_finding(message="游方客在节假日加油，待核", facts={"driver": "游方客"})],
        subject=a_person("云水区教育局", "游方客"),
    )
    leads = on_the_desk(tmp_path, lead)
    indexing.index_leads([leads["2"].pk])

    assert not SearchText.objects.filter(text__contains="游方客").exists()
    assert _found(told.browser("analyst"), "游方客") == []


def test_new_leads_and_matters_past_the_door_are_taken_in_by_the_round(desk, tmp_path):
    on_the_desk(tmp_path, a_lead("3"))
    indexing.keep_up()

    assert SearchText.objects.filter(part="lead").count() == 1
    assert SearchText.objects.filter(part="number").count() == Matter.objects.count()
    assert indexing.keep_up() == 0


def test_what_has_no_text_or_an_old_one_is_mended(told):
    SearchText.objects.filter(matter=told.directive).delete()
    Matter.objects.filter(pk=told.revisit.pk).update(revision=told.revisit.revision + 1)

    assert indexing.mend() == 2
    assert indexing.mend() == 0


def test_a_document_is_found_by_its_number_where_its_matter_is_read_whole(told):
    row = told.directive.slips.select_related("slip__number").first()
    address = at(told.directive, "slips", str(row.slip_id))

    assert address in _found(told.browser("registrar"), row.slip.number.text, only="slips")
    assert _found(told.browser("partner"), row.slip.number.text, only="slips") == []


def test_help_and_kinds_are_found_by_what_they_say(told):
    assert "/tray/" in _found(told.browser("principal"), "第二人签字", only="help")
    assert "/directives/about/" in _found(told.browser("principal"), "督办单", only="help")


def _seek(browser, **told):
    return browser.post("/search/person/", told)


def test_a_person_is_sought_with_a_matter_and_a_reason_and_the_journal_keeps_it(told):
    name = told.directive.parties.filter(role="handler", person__isnull=False).first().person.name
    before = JournalEntry.objects.filter(kind="person.sought").count()

    page = _seek(
        told.browser("registrar"),
        name=name,
        number=told.directive.number,
        reason="核对本件承办人是否另有任务",
    )

    entries = JournalEntry.objects.filter(kind="person.sought").order_by("pk")
    assert at(told.directive) in page.content.decode()
    assert entries.count() == before + 1
    assert name not in bytes(entries.last().body).decode()


@pytest.mark.parametrize(
    "missing",
    [{"reason": "看看"}, {"number": "督〔1999〕1号"}, {"name": "沈"}],
    ids=["reason", "matter", "name"],
)
def test_without_matter_reason_or_whole_name_nobody_is_sought(told, missing):
    asked = {"name": "沈知远", "number": told.directive.number, "reason": "核对本件承办人是否另有任务"}
    page = _seek(told.browser("registrar"), **{**asked, **missing})

    assert page.status_code == 422
    assert not JournalEntry.objects.filter(kind="person.sought").exists()


def test_who_speaks_for_a_unit_seeks_nobody(told):
    assert told.browser("unit_contact").get("/search/person/").status_code == 404


def test_the_account_of_no_person_has_no_search(told, db):
    account = Account.objects.create(username="nobody-at-all")
    from django.test import Client

    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/search/", {"q": "督办"}).status_code == 404
