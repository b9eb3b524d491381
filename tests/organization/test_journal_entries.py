"""Every change of rights, posts, accounts, settings and declarations is an entry."""

from datetime import date

import an_office as an
import pytest

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def _changes(by):
    """(kind, change) for every act of this room."""
    from qingfeng.organization import accounts, calendar, declarations, district_settings, people, units

    unit, other, person = an.a_unit(), an.a_unit(), an.a_person()
    post, relative = an.a_post(), an.a_person()
    account = an.an_account("handler")
    relation = declarations.declare_relation(person, "parent", other=relative, by=by)
    interest = declarations.declare_interest(person, unit, kind="shares", by=by)

    def standing():
        return declarations.let_stand_in(
            person, relative, kinds=["directive"], from_on=DAY, until_on=DAY, reason="出差",
            approved_by=post.person, by=by,
        )  # fmt: skip

    row = standing()
    given = people.give_role(post, "handler", from_on=DAY, by=by)
    return [
        ("unit.added", lambda: an.add_unit("云水区记录局", "room", by=by)),
        ("unit.changed", lambda: units.change_unit(unit, by=by, short_name="记")),
        ("unit.moved", lambda: units.move_unit(unit, parent=other, by=by)),
        ("unit.closed", lambda: units.close_unit(an.a_unit(), DAY, by=by)),
        ("person.added", lambda: people.add_person("J1", "记录人", by=by)),
        ("person.changed", lambda: people.change_person(person, name="改名人", by=by)),
        ("post.begun", lambda: people.appoint(person, unit, title="主任", from_on=DAY, by=by)),
        ("role.given", lambda: people.give_role(post, "editor", from_on=DAY, by=by)),
        ("role.ended", lambda: people.end_role(given, DAY, by=by)),
        ("post.ended", lambda: people.end_post(post, DAY, by=by)),
        (
            "relation.declared",
            lambda: declarations.declare_relation(person, "child", outside_name="外人", by=by),
        ),
        ("relation.ended", lambda: declarations.end_declaration(relation, date(2036, 1, 1), by=by)),
        ("interest.declared", lambda: declarations.declare_interest(person, unit, kind="other", by=by)),
        ("interest.ended", lambda: declarations.end_declaration(interest, date(2036, 1, 1), by=by)),
        ("standin.begun", standing),
        ("standin.ended", lambda: declarations.end_stand_in(row, DAY, by=by)),
        ("standin.withdrawn", lambda: declarations.withdraw_stand_in(row, by=by)),
        ("account.opened", lambda: accounts.open_account(an.a_person(), "recorded", by=by)),
        ("account.password_renewed", lambda: accounts.renew_password(account, by=by)),
        ("account.closed", lambda: accounts.close_account(account, by=by, reason="示例")),
        ("account.reopened", lambda: accounts.reopen_account(account, by=by, reason="示例")),
        (
            "account.second_factors_dropped",
            lambda: accounts.drop_second_factors(account, by=by, reason="丢失"),
        ),
        (
            "setting.changed",
            lambda: district_settings.set_setting(
                district_settings.STAND_IN_MOST_DAYS, 30, by=by, reason="示例"
            ),
        ),
        (
            "days.entered",
            lambda: calendar.enter_days(DAY, DAY, kind="holiday", name="示例", announced_by="示例", by=by),
        ),
        ("day.removed", lambda: calendar.remove_day(DAY, by=by, reason="示例")),
    ]


def test_every_act_writes_its_entry_and_says_who_did_it():
    by = an.an_account("security_admin")
    reference = f"account:{by.pk}"

    for kind, change in _changes(by):
        before = len(an.entries(f"organization.{kind}"))
        change()
        told = an.entries(f"organization.{kind}")
        assert len(told) == before + 1, kind
        assert told[-1][2] == reference, kind


def test_no_entry_holds_the_name_of_a_person():
    from qingfeng.journal.models import JournalEntry
    from qingfeng.organization.models import Person

    for _kind, change in _changes(an.an_account("security_admin")):
        change()

    bodies = b"".join(bytes(row.body) for row in JournalEntry.objects.all()).decode()
    names = {"记录人", "改名人", "外人", *Person.objects.values_list("name", flat=True)}
    assert [name for name in names if name in bodies] == []


def test_what_is_refused_writes_no_entry():
    from qingfeng.organization.people import appoint
    from qingfeng.screening.errors import Problem

    person, unit, before = an.a_person(), an.a_unit(), None
    before = an.entries()

    with pytest.raises(Problem):
        appoint(person, unit, title="主任", roles=["system_admin", "auditor"], from_on=DAY, by=None)

    assert an.entries() == before
