"""Every page that acts does its act when it is sent what it asks for, and the journal says so."""

import an_office as an
import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
DAY = "2026-11-02"
ADMIN, MINE = "security_admin", "handler2"


def acting(office):
    """(address name, arguments, sign-in, what is sent, kind of the entry) for every page that acts."""
    from qingfeng.organization.declarations import declare_relation
    from qingfeng.organization.models import OwnDay

    unit, room = office.units["区民政局"], office.units["一室"]
    post = office.people["Y0702"].posts.get()
    own = declare_relation(office.person("handler2"), "other", outside_name="外人", by=None)
    own.declared_on = "2026-01-01"
    own.save()
    account = office.accounts["editor"]
    of_unit = {"name": unit.name, "short_name": "民政", "kind": unit.kind, "level": unit.level}
    standing = {
        "principal": "Y0401", "stand_in": "Y0501", "kinds": ["directive", "referral"], "from_on": DAY,
        "until_on": "2026-11-20", "reason": "出差", "approved_by": "Y0002",
    }  # fmt: skip
    days = {"since": "2026-11-03", "until": "2026-11-04", "kind": "holiday", "announced_by": "示例通知"}
    key = "organization.stand_in_most_days"
    first_day = OwnDay.objects.first().day.isoformat()
    return [
        ("unit_add", (), ADMIN, of_unit | {"name": "云水区新设局"}, "unit.added"),
        ("unit_change", (unit.pk,), ADMIN, of_unit, "unit.changed"),
        ("unit_move", (unit.pk,), ADMIN, {"parent": office.units["区教育局"].pk}, "unit.moved"),
        ("unit_close", (unit.pk,), ADMIN, {"closed_on": DAY}, "unit.closed"),
        ("person_add", (), ADMIN, {"number": "Z1", "name": "新来人"}, "person.added"),
        ("person_change", ("Z1",), ADMIN, {"name": "更名人"}, "person.changed"),
        ("post_begin", ("Z1",), ADMIN, {"unit": room.pk, "title": "科员", "from_on": DAY}, "post.begun"),
        ("role_give", (post.pk,), ADMIN, {"role": "editor", "from_on": DAY}, "role.given"),
        ("role_end", (post.roles.get().pk,), ADMIN, {"until_on": DAY}, "role.ended"),
        ("post_end", (post.pk,), ADMIN, {"until_on": DAY}, "post.ended"),
        ("account_open", (), ADMIN, {"person": "Z1", "username": "newone"}, "account.opened"),
        ("account_password", (account.pk,), ADMIN, {}, "account.password_renewed"),
        ("account_close", (account.pk,), ADMIN, {"reason": "调离"}, "account.closed"),
        ("account_reopen", (account.pk,), ADMIN, {"reason": "返回"}, "account.reopened"),
        ("account_factors", (account.pk,), ADMIN, {"reason": "遗失"}, "account.second_factors_dropped"),
        ("relation_declare", (), MINE, {"kind": "spouse", "outside_name": "外人"}, "relation.declared"),
        ("relation_declare", (), MINE, {"kind": "sibling", "other": "W0201"}, "relation.declared"),
        ("interest_declare", (), MINE, {"unit": room.pk, "kind": "shares"}, "interest.declared"),
        ("declaration_end", ("relation", own.pk), MINE, {"until_on": DAY}, "relation.ended"),
        ("stand_in_begin", (), ADMIN, standing, "standin.begun"),
        ("days_enter", (), "system_admin", days, "days.entered"),
        ("day_remove", (first_day,), "system_admin", {"reason": "录入有误"}, "day.removed"),
        ("setting_change", (key,), "system_admin", {"value": "60", "reason": "会议决定"}, "setting.changed"),
    ]  # fmt: skip


def test_every_page_that_acts_acts_and_its_entry_names_who_did_it(office):
    clients = {name: Client() for name in ("security_admin", "system_admin", "handler2")}
    for name, client in clients.items():
        client.force_login(office.accounts[name])

    wrong = []
    for name, arguments, who, sent, kind in acting(office):
        before = len(an.entries(f"organization.{kind}"))
        answer = clients[who].post(reverse(f"organization:{name}", args=arguments), sent)
        told = an.entries(f"organization.{kind}")
        if answer.status_code not in (200, 302) or len(told) != before + 1:
            form = answer.context and answer.context.get("form")
            wrong.append((name, answer.status_code, form and form.errors))
        elif told[-1][2] != f"account:{office.accounts[who].pk}":
            wrong.append((name, told[-1]))
    assert wrong == []


def test_standing_in_ends_early_on_its_page(office):
    from qingfeng.organization.models import StandIn

    client = Client()
    client.force_login(office.accounts["security_admin"])
    sent = {
        "principal": "Y0401", "stand_in": "Y0501", "kinds": ["directive"], "from_on": DAY,
        "until_on": "2026-11-20", "reason": "出差", "approved_by": "Y0002",
    }  # fmt: skip
    client.post(reverse("organization:stand_in_begin"), sent)

    client.post(
        reverse("organization:stand_in_end", args=[StandIn.objects.get().pk]), {"until_on": "2026-11-05"}
    )

    assert StandIn.objects.get().until_on.isoformat() == "2026-11-05"


def test_a_page_that_is_sent_nothing_says_what_is_missing_and_writes_nothing(office):
    clients = {name: Client() for name in ("security_admin", "system_admin", "handler2")}
    for name, client in clients.items():
        client.force_login(office.accounts[name])
    asking = [row for row in acting(office) if row[3] and row[0] != "unit_move"]
    before = len(an.entries())

    answers = {
        clients[who].post(reverse(f"organization:{name}", args=args), {}).status_code
        for name, args, who, _sent, _kind in asking
        if args != ("Z1",)  # who is added by another page
    }

    assert answers == {422}
    assert len(an.entries()) == before
