"""The tree of units."""

from datetime import date

import an_office as an
import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def below(unit):
    from qingfeng.organization.models import Unit

    return set(Unit.objects.under(unit).values_list("pk", flat=True))


def by_parents(unit):
    """Everything below, by following the parents one by one."""
    from qingfeng.organization.models import Unit

    found, waiting = set(), [unit.pk]
    while waiting:
        found |= set(waiting)
        waiting = list(Unit.objects.filter(parent__in=waiting).values_list("pk", flat=True))
    return found


@how(max_examples=25)
@given(moves=some.lists(some.tuples(some.integers(0, 7), some.integers(-1, 7)), max_size=12))
def test_after_any_moves_the_paths_say_what_the_parents_say(moves):
    from qingfeng.organization.models import Unit
    from qingfeng.organization.units import move_unit

    with an.undone():
        units = [an.a_unit() for _each in range(8)]
        for which, where in moves:
            unit = Unit.objects.get(pk=units[which].pk)
            parent = Unit.objects.get(pk=units[where].pk) if where >= 0 else None
            if parent and parent.is_under(unit):
                with pytest.raises(Problem):
                    move_unit(unit, parent=parent, by=None)
            else:
                move_unit(unit, parent=parent, by=None)

        fresh = [Unit.objects.get(pk=unit.pk) for unit in units]
        assert all(below(unit) == by_parents(unit) for unit in fresh)
        assert all(unit.line[-1] == unit.pk for unit in fresh)


def test_a_subtree_is_one_query(django_assert_num_queries):
    root = an.a_unit()
    an.a_unit(parent=an.a_unit(parent=root))

    with django_assert_num_queries(1):
        assert len(below(root)) == 3


def test_a_unit_whose_number_begins_alike_is_not_below():
    from qingfeng.organization.models import Unit

    one = an.a_unit()
    Unit.objects.create(pk=int(f"{one.pk}0"), name="另一单位", kind="room")

    assert below(one) == {one.pk}


def test_a_former_name_stays_among_the_other_names():
    from qingfeng.organization.units import change_unit

    unit = change_unit(an.a_unit("云水区旧名局"), by=None, name="云水区新名局")

    assert unit.aliases == ["云水区旧名局"]


def test_the_same_name_twice_is_told_and_not_written():
    an.a_unit("云水区同名局")

    with pytest.raises(Problem) as told:
        an.a_unit("云水区同名局")

    assert told.value.where == "云水区同名局"


def test_a_unit_in_which_somebody_holds_a_post_is_not_closed():
    from qingfeng.organization.units import close_unit

    post = an.a_post()

    with pytest.raises(Problem):
        close_unit(post.unit, date(2026, 6, 1), by=None)


def test_a_closed_unit_says_what_took_over():
    from qingfeng.organization.models import Unit
    from qingfeng.organization.units import close_unit

    old, new = an.a_unit(), an.a_unit()
    close_unit(old, date(2026, 6, 1), merged_into=new, by=None)

    assert not Unit.objects.open_on(date(2026, 6, 1)).filter(pk=old.pk).exists()
    assert Unit.objects.open_on(date(2026, 5, 31)).get(pk=old.pk).merged_into == new


def test_nobody_is_appointed_to_a_closed_unit():
    from qingfeng.organization.units import close_unit

    unit = close_unit(an.a_unit(), date(2026, 6, 1), by=None)

    with pytest.raises(Problem):
        an.a_post(None, unit, from_on=date(2026, 6, 1))
