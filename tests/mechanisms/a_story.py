"""Matters in any stage, driven through the door by the rooms' own stories."""

from datetime import date, timedelta

import time_machine

from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS

NEW_YEAR_2025 = date(2025, 1, 6)  # the Spring Festival of 2025 is 28 January to 4 February


def scene(office, base=NEW_YEAR_2025):
    """The sample office as the place of a story, with today going along with the story."""
    from a_paper import PAPER

    from qingfeng.documents.attachments import keep
    from qingfeng.organization.models import Account

    kept = {}

    def attach(name, by):
        if (name, by.pk) not in kept:
            kept[name, by.pk] = keep(PAPER, name, by=Account.objects.filter(person=by).first()).pk
        return kept[name, by.pk]

    return sampling.Scene(
        base=base,
        person=lambda key: office.people[PEOPLE[key]],
        unit=lambda key: office.units[UNITS[key]],
        attach=attach,
        on=lambda at: time_machine.travel(at, tick=False),
    )


def played(office, kind, case, *, steps=None, base=NEW_YEAR_2025):
    """A matter after a story, or after so many of its steps."""
    return sampling.play(kind, case, scene(office, base), steps=steps)


def before(office, kind, case, act, *, base=NEW_YEAR_2025):
    """A matter just before the first time a story does an act, the step itself, and its day."""
    steps = sampling.cases(kind)[case]["steps"]
    place = next(no for no, step in enumerate(steps) if step["act"] == act)
    matter = played(office, kind, case, steps=place, base=base)
    return matter, steps[place], base + timedelta(days=steps[place]["day"])


def in_stage(office, kind, stage, *, base=NEW_YEAR_2025):
    """A matter in a stage."""
    way = next(one for one in sampling.ways_to_every_stage(mechanism(kind)) if one.stage == stage)
    matter = played(office, way.kind, way.case, steps=way.steps, base=base)
    return matter if way.kind == kind else matter.links_out.get(target__mechanism=kind).target
