"""What the house finds out for an exchange: years in post, recusal in the new one, what is still in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.key_models import KeyShare, Sealed
from qingfeng.matters.models import LedgerLine, Matter, Party
from qingfeng.matters.passing_on import open_parts
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.exchange.fields import HANDED, OUTSIDE, OWN
from qingfeng.organization.conflicts import conflicts_of
from qingfeng.organization.models import Person, Post, PostRole, StandIn, Unit
from qingfeng.organization.roles import ROLES

Draws = Callable[[Person], Iterable[dict[str, str]]]
_ALSO: list[Draws] = []

PARTS = ("subject_planned", "subject_moved")
YEAR = 365.25  # days
OWN_ON_LEAVING = "本人成长档案等本人资料：如有，由本人带走（有无由本人说了算）"


def draw_also(function: Draws) -> None:
    """Have a floor above add what it knows to be in somebody's hands; the same again is no change.

    Args:
        function: Gives lines of the list: `what_kind` of `fields.HANDED`, and `what`.
    """
    if function not in _ALSO:
        _ALSO.append(function)


def person_of(matter: Matter) -> Person | None:
    """Return who moves."""
    part = matter.parties.filter(role__in=PARTS, until_at=None).select_related("person").first()
    return part.person if part else None


def _posts(person: Person, unit: Any) -> Iterable[Post]:
    """Return the posts that somebody has or had in a unit itself, oldest first: its rooms are other units."""
    return person.posts.filter(unit=unit).order_by("from_on", "pk") if unit else ()


def _is_held(post: Post, on: date) -> bool:
    return post.from_on <= on and (post.until_on is None or post.until_on >= on)


def study(matter: Matter, _sheet: Sheet) -> Found:
    """Return full years in the present post, open matters in hand, grounds of recusal in the new post.

    Law:
        监察法 Art. 67; 公务员法 Art. 74; 党政领导干部交流工作规定 [reported].
    """
    person, on = person_of(matter), today()
    if person is None:
        return Found()
    held = [one for one in _posts(person, matter.facts.get("from_unit")) if _is_held(one, on)]
    years = int((on - held[0].from_on).days / YEAR) if held else None
    grounds = conflicts_in(person, matter.facts.get("to_unit"))
    facts = {"years_in_post": years, "open_matters": len(_matters(person)), "conflict_grounds": grounds}
    return Found(facts=facts, told={"conflicts": grounds})


def conflicts_in(person: Person, unit: Any) -> int:
    """Return how many grounds of recusal somebody would have in a unit: a relative in it, an interest.

    The own post and the company of colleagues are no grounds.
    """
    found = Unit.objects.filter(pk=unit).first() if unit else None
    if found is None:
        return 0
    bound = conflicts_of(person)
    interests = [one for one in bound.units.get(found.pk, ()) if one.ground == "interest"]
    relatives = {key for key, why in bound.persons.items() if any(one.ground == "relative" for one in why)}
    there = Post.objects.held_on(timezone.localdate()).filter(unit__path__startswith=found.path)
    return len(interests) + there.filter(person__in=relatives).values("person").distinct().count()


def _matters(person: Person) -> list[Party]:
    """Return the open parts that somebody carries on matters other than an exchange of their own."""
    return [one for one in open_parts(person) if one.role not in PARTS]


def tell(matter: Matter, _sheet: Sheet) -> Found:
    """Make it theirs to read from the day that they are talked with."""
    person = person_of(matter)
    return Found(parties={"subject_planned": (), "subject_moved": [person.pk] if person else []})


def drawn(matter: Matter, _sheet: Sheet) -> Found:
    """List what is in somebody's hands and not on the list yet: matters, standing in, rights, keys."""
    person = person_of(matter)
    if person is None:
        return Found()
    listed = {str(one.facts.get("what")) for one in matter.lines.filter(ledger="handing")}
    lines = [
        {"what_kind": HANDED[0][0], "what": number}
        for number in dict.fromkeys(one.matter.number for one in _matters(person))
        if number not in listed
    ]
    standing = StandIn.objects.filter(Q(until_on__gte=today()), stand_in=person)
    if standing.exists() and not any(one.facts.get("what_kind") == "stand_in"
                                     for one in matter.lines.filter(ledger="handing")):  # fmt: skip
        lines.append({"what_kind": "stand_in", "what": str(standing.count())})
    also = [one for function in _ALSO for one in function(person)]
    more = (*_rights(matter, person), *_keys(person), *_dated(person), *also)
    lines += [one for one in more if one["what"] not in listed]
    kinds = {one.facts.get("what_kind") for one in matter.lines.filter(ledger="handing")}
    if matter.facts.get("direction") in OUTSIDE and OWN not in kinds:
        lines.append({"what_kind": OWN, "what": OWN_ON_LEAVING})
    return Found(lines={"handing": lines})


def _rights(matter: Matter, person: Person) -> Iterator[dict[str, str]]:
    """Yield the rights that somebody has by posts in the old unit, each once: they end with the post."""
    held = [one for one in _posts(person, matter.facts.get("from_unit")) if _is_held(one, today())]
    keys = (
        PostRole.objects.held_on(today()).filter(post__in=held).order_by("pk").values_list("role", flat=True)
    )
    unit = held[0].unit if held else None
    for key in dict.fromkeys(keys):
        yield {"what_kind": "right", "what": f"{ROLES[key].term} · {unit}"}


def _dated(person: Person) -> Iterator[dict[str, str]]:
    """Yield what somebody is named for, with a day, in lists of open matters."""
    rows = LedgerLine.objects.filter(is_done=False, due_on__isnull=False, matter__is_open=True)
    for line in rows.select_related("matter").order_by("matter", "ledger", "no"):
        ledger = mechanism(line.matter.mechanism, line.matter.version).ledger(line.ledger)
        named = [str(line.facts.get(one.key)) for one in ledger.fields if one.kind == "person"]
        if str(person.pk) in named:
            yield {"what_kind": "duty", "what": f"{line.matter.number} {ledger.term} {line.no}"}


def _keys(person: Person) -> Iterator[dict[str, str]]:
    """Yield what only somebody's own key opens, and halves of others' keys that they hold."""
    alone, halves = sealed_alone(person), KeyShare.objects.filter(holder=person).count()
    if alone:
        yield {"what_kind": "key", "what": f"仅本人可开启的密封内容 {alone} 项"}
    if halves:
        yield {"what_kind": "key", "what": f"保管的备用密钥 {halves} 份"}


def sealed_alone(person: Person) -> int:
    """Return how many sealed values of open matters nobody but somebody can open."""
    rows = Sealed.objects.filter(matter__is_open=True).values_list("keys", flat=True)
    return sum(set(one) == {str(person.pk)} for one in rows)


def left(matter: Matter, _sheet: Sheet) -> Found:
    """Tell what is left of the old post, its matters or the post itself, and whether the new one is there."""
    person, on = person_of(matter), today()
    if person is None:
        return Found()
    old = list(_posts(person, matter.facts.get("from_unit")))
    is_active = any(_is_held(one, on) for one in old)
    ended = max((one.until_on for one in old if one.until_on), default=None)
    parts = [one for one in _matters(person) if is_active or ended is None or since(one) <= ended]
    new = any(_is_held(one, on) for one in _posts(person, matter.facts.get("to_unit")))
    told = {
        "parts_left": len(parts),
        "old_post_active": is_active,
        "new_post": new,
        "sealed_alone": sealed_alone(person),
    }
    return Found(told=told)


def since(part: Party) -> date:
    """Return the civil day on which a part was taken up."""
    return timezone.localtime(part.since_at).date()


def join() -> None:
    """Let the kernel ask this room at its acts; called once, at start-up."""
    find_with("exchange.study", study)
    find_with("exchange.tell", tell)
    find_with("exchange.drawn", drawn)
    find_with("exchange.left", left)
