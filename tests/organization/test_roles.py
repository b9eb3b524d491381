"""Roles as data."""

import sys

from hypothesis import given
from hypothesis import strategies as some

from qingfeng.organization.roles import ADMINISTRATORS, NEVER_TOGETHER, ROLES, clashes, unknown

MECHANISMS_1_2 = [
    "registrar", "handler", "dept_head", "deputy", "principal", "reviewer", "tracker", "unit_contact",
    "analyst", "auditor", "public",
]  # fmt: skip
AND_BEYOND = [
    "system_admin", "security_admin", "custodian", "escrow_holder", "case_supervisor", "superior", "partner",
    "seconded", "evaluator", "committee_secretary", "unit_head", "team_member",
    "special_supervisor", "editor", "petitioner",
]  # fmt: skip


def test_every_role_of_the_field_is_there_with_its_words():
    assert sorted(ROLES) == sorted(MECHANISMS_1_2 + AND_BEYOND)
    assert all(role.name and role.term and role.description for role in ROLES.values())


def test_no_administrator_reads_matters():
    assert [key for key in ADMINISTRATORS if ROLES[key].reads_matters] == []


def test_the_three_administrators_never_meet_in_one_person():
    for one in ADMINISTRATORS:
        for other in ADMINISTRATORS - {one}:
            assert clashes({one, other})


def test_no_administrator_meets_a_role_that_reads_matters():
    readers = [key for key, role in ROLES.items() if role.reads_matters]

    assert all(clashes({admin, reader}) for admin in ADMINISTRATORS for reader in readers)


def test_an_analyst_never_holds_the_identities():
    assert clashes({"analyst", "custodian"}) == (("analyst", "custodian"),)


@given(some.sets(some.sampled_from(sorted(ROLES))))
def test_roles_clash_exactly_if_a_forbidden_pair_is_among_them(roles):
    expected = any(pair <= roles for pair in NEVER_TOGETHER)

    assert bool(clashes(roles)) == expected


def test_what_no_post_can_give_is_unknown():
    assert unknown(["handler", "public", "petitioner", "king"]) == ("king", "petitioner", "public")


def test_roles_are_read_without_django():
    import subprocess

    code = "import sys, qingfeng.organization.roles; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
