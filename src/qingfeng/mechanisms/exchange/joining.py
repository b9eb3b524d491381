"""What the house finds out for an exchange: years in post, recusal in the new one, what is left behind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.exchange import drawing
from qingfeng.mechanisms.exchange.ground import (
    full_years,
    is_held,
    matters_of,
    person_of,
    posts_in,
    sealed_alone,
)
from qingfeng.organization.conflicts import conflicts_of
from qingfeng.organization.models import Person, Post, Unit


def study(matter: Matter, _sheet: Sheet) -> Found:
    """Return full years in the present post, open matters in hand, grounds of recusal in the new post.

    Law:
        监察法 Art. 67; 公务员法 Art. 74; 党政领导干部交流工作规定 [reported].
    """
    person, on = person_of(matter), today()
    if person is None:
        return Found()
    held = [one for one in posts_in(person, matter.facts.get("from_unit")) if is_held(one, on)]
    years = full_years(held[0].from_on, on) if held else None
    grounds = conflicts_in(person, matter.facts.get("to_unit"))
    facts = {"years_in_post": years, "open_matters": len(matters_of(person)), "conflict_grounds": grounds}
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


def tell(matter: Matter, _sheet: Sheet) -> Found:
    """Make it theirs to read from the day that they are talked with."""
    person = person_of(matter)
    return Found(parties={"subject_planned": (), "subject_moved": [person.pk] if person else []})


def left(matter: Matter, _sheet: Sheet) -> Found:
    """Tell what is left of the old post, its matters or the post itself, and whether the new one is there."""
    person, on = person_of(matter), today()
    if person is None:
        return Found()
    old = list(posts_in(person, matter.facts.get("from_unit")))
    is_active = any(is_held(one, on) for one in old)
    ended = max((one.until_on for one in old if one.until_on), default=None)
    parts = [one for one in matters_of(person) if is_active or ended is None or since(one) <= ended]
    new = any(is_held(one, on) for one in posts_in(person, matter.facts.get("to_unit")))
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
    find_with("exchange.left", left)
    drawing.join()
