"""What the desk asks of many matters at once is what the kernel says of each."""

import pytest
from django.utils import timezone

from qingfeng.desk.holding import on_matter, part_of
from qingfeng.desk.levels import views_of
from qingfeng.desk.listing import mine_q
from qingfeng.desk.many import snapshots_of
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Act

pytestmark = pytest.mark.django_db
PEOPLE = [
    "principal",
    "deputy",
    "registrar",
    "style_head",
    "style_one",
    "case_head",
    "case_one",
    "org_head",
    "visitor_one",
    "superior",
    "partner",
    "unit_contact",
    "recused",
    "auditor",
    "analyst",
    "tracker",
    "special_supervisor",
]


def _matters(desk):
    desk.restricted(desk.referral)
    return list(Matter.objects.order_by("pk"))


@pytest.mark.parametrize("who", PEOPLE)
def test_how_much_is_seen_of_many_is_how_much_is_seen_of_each(desk, who):
    viewer, matters = desk.viewer(who), _matters(desk)
    visible = [matter for matter in matters if access.may_see(viewer, matter)]

    assert views_of(viewer, visible) == {matter.pk: access.view_of(viewer, matter) for matter in visible}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_part_is_the_same_whether_asked_at_once_or_one_by_one(desk, who):
    viewer = desk.viewer(who)
    for matter in _matters(desk):
        declared = mechanism(matter.mechanism, matter.version)
        here, _held = on_matter(matter, today=viewer.on, actor=viewer.person_id)
        for act in declared.acts:
            assert part_of(viewer, declared, act.by, here) == access.part_in(viewer, matter, act, declared), (
                act.key
            )


@pytest.mark.parametrize("who", PEOPLE)
def test_my_matters_are_those_in_which_i_play_any_part(desk, who):
    viewer = desk.viewer(who)
    for matter in _matters(desk):
        declared = mechanism(matter.mechanism, matter.version)
        found = (
            access.visible(viewer)
            .filter(mine_q(viewer, declared), mechanism=declared.key, pk=matter.pk)
            .exists()
        )
        plays = [
            access.part_in(viewer, matter, Act("", "", by=role.key), declared) for role in declared.parties
        ]

        assert found == (access.may_see(viewer, matter) and any(plays)), matter.number


def test_a_snapshot_is_the_same_whether_made_at_once_or_one_by_one(desk):
    matters, viewer = _matters(desk), desk.viewer("registrar")

    held = snapshots_of(matters, today=viewer.on, actor=7)

    assert {key: one.snapshot for key, one in held.items()} == {
        matter.pk: snapshot_of(matter, today=viewer.on, actor=7) for matter in matters
    }


def test_snapshots_of_more_matters_take_no_more_queries(desk, django_assert_num_queries):
    matters, today = list(Matter.objects.all()), timezone.localdate()

    for some in (matters[:1], matters):
        with django_assert_num_queries(7):
            snapshots_of(some, today=today)
