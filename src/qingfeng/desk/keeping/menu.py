"""What can be done with a matter besides its own acts, as its page offers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.keeping.doors import is_staff
from qingfeng.desk.kinds import address
from qingfeng.desk.packs.seeing import MECHANISM, here, may_carry, out_of
from qingfeng.desk.seen import Seen
from qingfeng.matters import erasing, keeping
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism

Link = tuple[Any, str]


@dataclass(frozen=True)
class Menu:
    """Links by what they are for.

    Attributes:
        keep: For those who keep the matter.
        more: For everybody of our own who sees it.
        slips: Its slips by number.
    """

    keep: list[Link] = field(default_factory=list)
    more: list[Link] = field(default_factory=list)
    slips: list[Link] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.keep or self.more or self.slips)


def menu_of(seen: Seen) -> Menu:
    """Return what somebody can do with a matter as they see it."""
    matter = seen.matter
    slips = [(one.slip.number.text, address(matter, "slip_page", pk=one.slip_id)) for one in seen.slips]
    if not is_staff(seen.viewer):
        return Menu(slips=slips)
    more: list[Link] = [
        (_("Recusal"), address(matter, "keep_recuse")),
        (_("Register interference"), f"{reverse('desk:interference_new')}?number={matter.number}"),
    ]
    if matter.mechanism == MECHANISM and may_carry(seen.viewer, matter):
        more[:0] = [
            (_("Take tasks along"), reverse("desk:pack_new", kwargs={"verification": matter.slug})),
            *((_("Pack %(code)s is out") % {"code": one.typed}, here(one)) for one in out_of(matter)),
        ]
    if seen.sealed:
        more.insert(0, (_("Sealed fields"), address(matter, "sealed")))
    kept = _kept(matter) if keeping.may_keep(seen.viewer, matter) else []
    return Menu(kept, more, slips)


def _kept(matter: Matter) -> list[Link]:
    """Return the kernel acts that fit how a matter stands."""
    valid = matter.standing == Matter.Standing.VALID
    again = (pgettext("keeping", "Open again"), address(matter, "keep_end", way="reopen"))
    if matter.standing == Matter.Standing.MERGED:
        return []
    reopens = [] if matter.is_open or erasing.ended_for_good(matter) else [again]
    if not valid:
        return reopens
    links = [
        (_("Correct what was entered"), address(matter, "keep_correct")),
        (_("Link to another matter"), address(matter, "keep_link")),
    ]
    if mechanism(matter.mechanism).version != matter.version:
        links.append((_("Move to the newest declaration"), address(matter, "keep_move")))
    if not matter.is_open:
        return [*reopens, *links]
    return [
        *links,
        (_("Split a part off"), address(matter, "keep_split")),
        (_("Merge into another matter"), address(matter, "keep_merge")),
        (_("Withdraw"), address(matter, "keep_end", way="withdraw")),
        (_("Declare void"), address(matter, "keep_end", way="void")),
    ]
