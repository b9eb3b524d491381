"""Tags of keeping: the menu of a matter, and the corrections of its story."""

from __future__ import annotations

from django import template

from qingfeng.desk.keeping.corrections import Corrected, corrections_of
from qingfeng.desk.keeping.menu import Menu, menu_of
from qingfeng.desk.seen import Seen

register = template.Library()


@register.simple_tag
def keep_menu(seen: Seen) -> Menu:
    """Return what can be done with a matter besides its acts."""
    return menu_of(seen)


@register.simple_tag
def corrections(seen: Seen) -> list[Corrected]:
    """Return what was corrected on a matter, newest first."""
    return corrections_of(seen)


@register.simple_tag
def corrections_beside(seen: Seen, no: int) -> list[Corrected]:
    """Return the corrections of one act of the story, oldest first."""
    return [one for one in reversed(corrections_of(seen)) if one.no == no]
