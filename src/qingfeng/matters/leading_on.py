"""What an act leads to: slips, matters of other kinds that it opens, and who stays away from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.matters.models import Matter, Performance, RecusalDecision
from qingfeng.matters.registry import is_known
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Act, Opens, Slip
from qingfeng.organization.models import Unit


def offered(act: Act | None) -> list[Opens]:
    """Return what is offered to the person who acts: rooms that stand, and not opened by the act itself."""
    return [one for one in (act.opens if act else ()) if not one.always and is_known(one.mechanism)]


def opened_by(act: Act, matter: Matter, wished: Sequence[str], *, entered: Any, on: date) -> Iterator[Opens]:
    """Yield what an act opens.

    Args:
        act: Its declaration.
        matter: As it stands after the act.
        wished: Kinds that the person who acts has ticked.
        entered: What was entered with the act.
        on: Civil date of the act.
    """
    for one in act.opens:
        if not is_known(one.mechanism) and one.if_there:
            continue
        holds = one.when_holds is None or one.when_holds(snapshot_of(matter, today=on, entered=entered))
        if (one.always and holds) or one.mechanism in wished:
            yield one


def units_of(one: Opens, entered: Mapping[str, Any]) -> list[Unit | None]:
    """Return the units for each of which a matter is opened; one None where there is one matter for all."""
    if not one.each:
        return [None]
    given = [int(key) for key in entered.get(one.each) or ()]
    rows = Unit.objects.in_bulk(given)
    return [rows[key] for key in given if key in rows]


def printed_by(act: Act, matter: Matter, *, entered: Any, on: date) -> Iterator[Slip]:
    """Yield the slips that an act prints; those with a condition where it holds after the act."""
    for one in act.prints:
        if one.when is None or one.when(snapshot_of(matter, today=on, entered=entered)):
            yield one


def keep_hands_away(
    source: Matter, target: Matter, roles: Iterable[str], *, by: int | None, at: datetime
) -> None:
    """Recuse from a new matter whoever has, had or acted in some roles of the one it comes from.

    Law:
        监察法 Art. 56, 67: an appeal is examined by others than those who decided.
    """
    wanted = set(roles)
    hands = set(
        source.parties.filter(role__in=wanted).exclude(person=None).values_list("person_id", flat=True)
    )
    acted = Performance.objects.filter(matter=source, undone_by=None, as_role__in=wanted)
    for line in acted.values_list("by_id", "for_person_id", "second_id"):
        hands |= set(line) - {None}
    hands -= set(target.recusals.filter(until_at=None).values_list("person_id", flat=True))
    ground = _("had a part in %(number)s") % {"number": source.number}
    RecusalDecision.objects.bulk_create(
        RecusalDecision(matter=target, person_id=one, ground=ground, decided_by_id=by, at=at)
        for one in sorted(hands)
    )
