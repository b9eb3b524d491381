"""Who can be named in a form: units and people within reach, found by number or name, without a script.

A field is a text with a list to choose from (`datalist`): one types part of a name and chooses. What is
sent is the line of the list; its number at the end says which one is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.matters import access
from qingfeng.organization.models import Person, Post, Unit
from qingfeng.organization.viewer import Viewer

NUMBER = re.compile(r"[(（]([^()（）]+)[)）]\s*$")
PERSON, UNIT = "person", "unit"


class NotOnTheList(ValueError):  # noqa: N818 - told beside the field
    """What was typed names nobody, or more than one."""


@dataclass
class Directory:
    """The units and people that somebody can name.

    Attributes:
        viewer: Who names. Own staff reach everybody who holds a post; others their own bodies, and
            the commission's units.
    """

    viewer: Viewer
    _texts: dict[tuple[str, int], str] = field(default_factory=dict)

    @cached_property
    def units(self) -> list[tuple[int, str]]:
        """Units within reach, as (id, line of the list)."""
        rows = Unit.objects.open_on(self.viewer.on)
        if access.is_outside(self.viewer):
            rows = rows.filter(Q(is_ours=True) | Q(pk__in=self.viewer.own_units))
        return [(row.pk, _unit_line(row)) for row in rows]

    @cached_property
    def people(self) -> list[tuple[int, str]]:
        """People within reach, as (id, line of the list), by person number."""
        posts = (
            Post.objects.held_on(self.viewer.on)
            .select_related("person", "unit")
            .order_by("-is_main", "from_on", "pk")
        )
        if access.is_outside(self.viewer):
            posts = posts.filter(unit__in=self.viewer.own_units)
        lines: dict[int, tuple[str, str]] = {}
        for post in posts:
            lines.setdefault(post.person_id, (post.person.number, _person_line(post)))
        return [(key, line) for key, (_number, line) in sorted(lines.items(), key=lambda one: one[1][0])]

    def list_of(self, kind: str) -> list[tuple[int, str]]:
        """Return the list of one kind, `person` or `unit`."""
        return self.people if kind == PERSON else self.units

    @cached_property
    def _by_line(self) -> dict[str, dict[str, list[int]]]:
        """Ids by everything that may be typed: the line, the number at its end, the name at its beginning."""
        found: dict[str, dict[str, list[int]]] = {PERSON: defaultdict(list), UNIT: defaultdict(list)}
        for kind in (PERSON, UNIT):
            for key, line in self.list_of(kind):
                number = NUMBER.search(line)
                names = {line, line.split(" · ")[0], *([number.group(1)] if number else [])}
                for name in names:
                    found[kind][name.strip()].append(key)
        return found

    def find(self, kind: str, text: str) -> int:
        """Return the id of what was typed or chosen.

        Raises:
            NotOnTheList: With what to do.
        """
        typed = text.strip()
        number = NUMBER.search(typed)
        known = self._by_line[kind]
        found = known.get(typed) or (known.get(number.group(1).strip()) if number else None) or []
        if len(set(found)) == 1:
            return found[0]
        if found:
            raise NotOnTheList(
                _("There are several called “%(text)s”: choose one from the list.") % {"text": typed}
            )
        raise NotOnTheList(_("“%(text)s” is not on the list: choose from it.") % {"text": typed})

    def line(self, kind: str, key: Any) -> str:
        """Return the line of an id; of one that is out of reach its name alone."""
        if not str(key).isdigit():
            return str(key)
        at = (kind, int(key))
        if at not in self._texts:
            known = dict(self.list_of(kind))
            model = Person if kind == PERSON else Unit
            row = None if at[1] in known else model.objects.filter(pk=at[1]).first()
            self._texts[at] = known.get(at[1]) or (str(row) if row else "")
        return self._texts[at]


def _unit_line(unit: Unit) -> str:
    return (
        f"{unit.short_name} · {unit.name}" if unit.short_name and unit.short_name != unit.name else unit.name
    )


def _person_line(post: Post) -> str:
    return f"{post.person.name} · {post.unit} {post.title} ({post.person.number})"


def ids_in(found: Iterable[Any]) -> list[int]:
    """Return what is an id among values of a form."""
    return [int(one) for one in found if str(one).isdigit()]
