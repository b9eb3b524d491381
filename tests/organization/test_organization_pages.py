"""Pages: every address of this room × every role gives the answer of the table, and what a page does."""

import re
from datetime import date

import an_office as an
import pytest
from a_workbook import UNITS, a_workbook
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingfeng.organization.people import add_person

pytestmark = pytest.mark.django_db

EVERYBODY = "everybody with a person"
SECURITY, SYSTEM, AUDIT = "security_admin", "system_admin", "auditor"
TABLE = {
    "units": {SECURITY, SYSTEM, AUDIT},
    "unit": {SECURITY, SYSTEM, AUDIT},
    "unit_add": {SECURITY},
    "unit_change": {SECURITY},
    "unit_move": {SECURITY},
    "unit_close": {SECURITY},
    "people": {SECURITY, AUDIT},
    "person": {SECURITY, AUDIT},
    "person_add": {SECURITY},
    "person_change": {SECURITY},
    "post_begin": {SECURITY},
    "post_end": {SECURITY},
    "role_give": {SECURITY},
    "role_end": {SECURITY},
    "accounts": {SECURITY, AUDIT},
    "account_open": {SECURITY},
    "account_close": {SECURITY},
    "account_reopen": {SECURITY},
    "account_password": {SECURITY},
    "account_factors": {SECURITY},
    "own": EVERYBODY,
    "relation_declare": EVERYBODY,
    "interest_declare": EVERYBODY,
    "declaration_end": {"registrar"},  # whose declaration it is
    "declared": {SECURITY},
    "stand_ins": {SECURITY, AUDIT},
    "stand_in_begin": {SECURITY},
    "stand_in_end": {SECURITY},
    "calendar": EVERYBODY,
    "days_enter": {SYSTEM},
    "day_remove": {SYSTEM},
    "settings": {SYSTEM, AUDIT},
    "setting_change": {SYSTEM},
    "intakes": {SYSTEM, SECURITY},
    "intake_read": {SYSTEM},
    "intake_template": {SYSTEM, SECURITY},
    "intake": {SYSTEM, SECURITY},
    "intake_apply": {SECURITY},
    "intake_withdraw": {SECURITY},
    "intake_rejects": {SYSTEM, SECURITY},
}


@pytest.fixture
def addresses(office):
    """Every address of the room by name, each of something that exists."""
    from qingfeng.organization import urls
    from qingfeng.organization.declarations import declare_relation, let_stand_in
    from qingfeng.organization.models import OwnDay
    from qingfeng.organization.workbook import read_workbook

    person, post = office.people["Y0102"], office.people["Y0402"].posts.get()
    absent, other = office.people["Y0401"], office.people["Y0501"]
    row = let_stand_in(
        absent, other, kinds=["directive"], from_on=date(2026, 6, 1),
        until_on=date(2026, 6, 9), reason="出差", approved_by=office.people["Y0002"], by=None,
    )  # fmt: skip
    relation = declare_relation(person, "other", outside_name="外人", by=None)
    intake = read_workbook(
        a_workbook(units=[{"name": "错", "kind": "衙门"}]), "x.xlsx", by=office.accounts[SYSTEM]
    )
    account = office.accounts["handler"]
    given = {
        "unit": office.units["办公室"].pk, "person": person.number, "post_begin": person.number,
        "post_end": post.pk, "role_give": post.pk, "role_end": post.roles.get().pk, "stand_in_end": row.pk,
        "day_remove": OwnDay.objects.first().day.isoformat(),
        "setting_change": "organization.stand_in_most_days",
        "declaration_end": ("relation", relation.pk), "person_change": person.number,
    }  # fmt: skip
    found = {}
    for pattern in urls.urlpatterns:
        name = pattern.name
        key = given.get(name)
        if key is None and "<" in str(pattern.pattern):
            key = {"u": given["unit"], "a": account.pk, "i": intake.pk}[name[0]]
        args = key if isinstance(key, tuple) else (key,) if key is not None else ()
        found[name] = reverse(f"organization:{name}", args=args)
    return found


def test_the_table_names_every_address_of_the_room():
    from qingfeng.organization import urls

    assert {pattern.name for pattern in urls.urlpatterns} == set(TABLE)


@pytest.mark.once
def test_every_address_answers_every_role_as_the_table_says(addresses, office):
    clients = {}
    for username, account in office.accounts.items():
        clients[username] = Client()
        clients[username].force_login(account)

    wrong = []
    for name, address in addresses.items():
        for username, client in clients.items():
            may = TABLE[name] == EVERYBODY or username in TABLE[name]
            status = client.get(address).status_code
            if status != (200 if may else 404):
                wrong.append((name, username, status))
    assert wrong == []


def test_posting_without_the_role_changes_nothing(addresses, office):
    client, before = Client(), len(an.entries())
    client.force_login(office.accounts["principal"])

    answers = {
        client.post(address, {"reason": "x"}).status_code
        for name, address in addresses.items()
        if TABLE[name] != EVERYBODY
    }

    assert answers == {404}
    assert len(an.entries()) == before + 1  # the sign-in


def test_whoever_has_not_signed_in_is_sent_to_sign_in(addresses):
    for address in addresses.values():
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/accounts/login/")


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def test_no_administrator_reads_what_others_declared_but_the_one_for_rights(office):
    address = reverse("organization:declared")

    assert "傅以安" in signed_in(office.accounts[SECURITY]).get(address).content.decode()
    assert signed_in(office.accounts[AUDIT]).get(address).status_code == 404


def test_an_outside_relative_is_shown_in_full_to_nobody_but_its_declarer(office):
    own = signed_in(office.accounts["handler"]).get(reverse("organization:own")).content.decode()
    admins = signed_in(office.accounts[SECURITY]).get(reverse("organization:declared")).content.decode()

    assert "易外人" in own
    assert "易外人" not in admins
    assert "易某" in admins


def test_one_ends_ones_own_declaration_and_nobody_elses(office):
    from qingfeng.organization.models import Relation

    relation = Relation.objects.get(person=office.person("handler"))
    address = reverse("organization:declaration_end", args=["relation", relation.pk])

    assert signed_in(office.accounts["handler"]).get(address).status_code == 200
    assert signed_in(office.accounts["handler2"]).get(address).status_code == 404


def test_the_page_of_a_person_says_who_held_what_on_a_date(office):
    client = signed_in(office.accounts[AUDIT])
    address = reverse("organization:unit", args=[office.units["区农业农村局"].pk])

    then = client.get(address, {"on": "2020-01-01"}).content.decode()
    now = client.get(address).content.decode()

    assert "傅以宁" in then
    assert "傅以宁" not in now


def test_appointing_on_the_page_gives_the_role_and_says_it_was_saved(office):
    from qingfeng.organization.models import PostRole

    client = signed_in(office.accounts[SECURITY])
    told = {
        "unit": office.units["一室"].pk,
        "title": "副主任",
        "from_on": "2026-11-01",
        "roles": ["handler"],
        "is_main": "on",
    }

    answer = client.post(reverse("organization:post_begin", args=["Y0102"]), told, follow=True)

    assert answer.status_code == 200
    assert PostRole.objects.filter(post__person__number="Y0102", role="handler").exists()


def test_what_is_refused_is_said_at_the_form_and_nothing_is_lost(office):
    client = signed_in(office.accounts[SECURITY])
    told = {
        "unit": office.units["一室"].pk,
        "title": "双料",
        "from_on": "2026-11-01",
        "roles": ["system_admin", "auditor"],
    }

    answer = client.post(reverse("organization:post_begin", args=["Y0102"]), told)

    assert answer.status_code == 422
    assert "系统管理员" in answer.content.decode()
    assert "双料" in answer.content.decode()


def test_nobody_appoints_themselves_on_the_page_either(office):
    client = signed_in(office.accounts[SECURITY])
    me = office.person(SECURITY)
    told = {"unit": office.units["一室"].pk, "title": "主任", "from_on": "2026-11-01"}

    answer = client.post(reverse("organization:post_begin", args=[me.number]), told)

    assert answer.status_code == 422
    assert me.posts.count() == 1


def test_the_first_password_is_shown_once_and_opens_the_account(office):
    client = signed_in(office.accounts[SECURITY])

    answer = client.post(reverse("organization:account_open"), {"person": "Y0103", "username": "heshuying"})

    password = re.search(r'id="first-password">([^<]+)<', answer.content.decode()).group(1)
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().login(username="heshuying", password=password)


def test_an_import_goes_from_template_to_record_by_two_administrators(office):
    from qingfeng.organization.models import Intake, Unit

    reads, applies = signed_in(office.accounts[SYSTEM]), signed_in(office.accounts[SECURITY])
    content = a_workbook(
        units=[
            {"name": "云水区统计局", "kind": "被监督单位", "parent": "清河市云水区"},
            {"name": "错", "kind": "衙门"},
        ]
    )

    preview = reads.post(
        reverse("organization:intake_read"),
        {"workbook": SimpleUploadedFile("导入.xlsx", content)},
        follow=True,
    ).content.decode()
    intake = Intake.objects.get()
    applies.post(reverse("organization:intake_apply", args=[intake.pk]))

    assert f"{UNITS} 3" in preview
    assert Unit.objects.filter(name="云水区统计局").exists()


def test_a_setting_changed_on_its_page_says_who_and_why(office):
    client = signed_in(office.accounts[SYSTEM])
    address = reverse("organization:setting_change", args=["organization.former_office_years"])

    client.post(address, {"value": "5", "reason": "常委会决定"})

    shown = signed_in(office.accounts[AUDIT]).get(reverse("organization:settings")).content.decode()
    assert "常委会决定" in shown
    assert "段鸣谦" in shown


def test_settings_are_folded_by_room_and_found_by_their_words(office):
    client = signed_in(office.accounts[SYSTEM])
    address = reverse("organization:settings")
    change = reverse("organization:setting_change", args=["organization.former_office_years"])
    client.post(change, {"value": "5", "reason": "常委会决定"})

    whole, sought, none, decided = (
        client.get(address, asked).content.decode()
        for asked in ({}, {"q": "监察法"}, {"q": "没有这样的参数"}, {"decided": "1"})
    )

    assert "<summary>机构和人员 · 3 项 · 已定 1 项</summary>" in whole
    assert "organization.former_office_years" in sought
    assert "organization.stand_in_most_days" not in sought
    assert "没有符合的参数" in none
    assert "organization.former_office_years" in decided
    assert "organization.stand_in_most_days" not in decided


def test_every_room_that_reads_a_setting_has_a_name(office):
    from qingfeng.organization.declarations import KINDS
    from qingfeng.organization.district_settings import CHOICES
    from qingfeng.organization.views.settings import ROOMS

    rooms = {key.partition(".")[0] for key in CHOICES}

    assert rooms <= ROOMS.keys() | KINDS.keys()


def test_a_list_costs_the_same_queries_with_more_people(
    office, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(office.accounts[AUDIT])
    client.get(reverse("organization:people"))
    with django_assert_max_num_queries(22) as few:
        client.get(reverse("organization:people"))

    for number in range(20):
        add_person(f"N{number:03}", f"新来{number}", by=None)

    with django_assert_num_queries(len(few)):
        client.get(reverse("organization:people"))


@pytest.mark.parametrize("who", [SECURITY, SYSTEM, AUDIT])
def test_an_administrator_without_a_second_factor_is_led_to_setting_one_up(office, settings, who):
    settings.SECOND_FACTOR = True
    client = signed_in(office.accounts[who])

    led = client.get(reverse("organization:units"))
    page = client.get(led.headers["Location"])

    assert led.status_code == 302
    assert led.headers["Location"] == reverse("mfa_index")
    assert page.status_code == 200
    assert "请先设置" in page.content.decode()
    assert client.post(reverse("account_logout")).status_code == 302


def test_an_administrator_with_a_second_factor_and_everybody_else_goes_on(office, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    settings.SECOND_FACTOR = True
    TOTP.activate(office.accounts[SECURITY], generate_totp_secret())

    administrator = signed_in(office.accounts[SECURITY]).get(reverse("organization:units"))
    other = signed_in(office.accounts["handler"]).get(reverse("organization:own"))

    assert (administrator.status_code, other.status_code) == (200, 200)
