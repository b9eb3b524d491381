"""Panel 7: the rights of those concerned, and how the house guards them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked, known
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown
from qingfeng.desk.keeping.offices import sees_interference
from qingfeng.desk.returns.measures import total
from qingfeng.matters.models import Interference

KEY = "rights"
GUARDS = {"recusals": "at", "glass": "at", "unreviewed": "at", "reads": "first_at", "clarified": "at"}
"""What is counted, and the instant by which its rows stand."""
WANTED = tuple((f"rights.{key}", ("kind",)) for key in GUARDS)


def show(asked: Asked) -> Shown:
    """Count each guard; a query for each or the readings, and one for the register of interference."""
    lines = []
    for key in GUARDS:
        one = known(f"rights.{key}")
        number = Number(int(total(asked.cells(one.key, "kind"))), asked.rows_at(KEY, key))
        lines.append(Line(str(one.title), [number], str(one.says)))
    if sees_interference(asked.viewer):
        registered = Interference.objects.filter(asked.period.instants("registered_at")).count()
        lines.append(Line(_("Interference registered"), [Number(registered, reverse("desk:interference"))]))
    block = Block("", [pgettext("cockpit", "What"), pgettext("cockpit", "times")], lines)
    says = _("Counted on the matters that you may know of. Rows name matters, never who read them.")
    return Shown(KEY, pgettext("cockpit", "Rights"), says, [block])


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the matters behind a number."""
    del of
    if what not in GUARDS:
        return None
    one = known(f"rights.{what}")
    return drawing.happened(asked.viewer, str(one.title), asked.behind(one.key, (), ()), when=GUARDS[what])


PANEL = Panel(KEY, show, rows, wants=WANTED)
