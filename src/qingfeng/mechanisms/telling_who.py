"""Whether a text tells who somebody is or names a unit. It can be wrong: it warns early.

Numbers are known by their shape, names only where they are on record. A name of two signs is a word too
often; such people are found by no check, and whoever signs the text answers for it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.organization.models import Person, Unit
from qingfeng.screening.rulebook.somebody import identifies

SHORT_NAME = 2
BODIES = (Unit.Kind.SUPERVISED, Unit.Kind.PARTNER)


def who_is_told(text: str) -> list[str]:
    """Return what a text says about who somebody is, in words; never the name or number itself."""
    found = []
    if identifies(text):
        found.append(_("what looks like a number of a person, phone, account or vehicle"))
    if any(name in text for name in Person.objects.values_list("name", flat=True) if len(name) > SHORT_NAME):
        found.append(_("the name of somebody on record"))
    if any(name in text for name in _units()):
        found.append(_("the name of a unit"))
    return found


def _units() -> set[str]:
    rows = Unit.objects.filter(kind__in=BODIES).values_list("name", "short_name", "aliases")
    names = {one for name, short, aliases in rows for one in (name, short, *(aliases or ()))}
    return {one for one in names if len(one) > SHORT_NAME}
