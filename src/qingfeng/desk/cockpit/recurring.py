"""Panel 6: corrections that came back: a subject found again after its verification was closed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, share
from qingfeng.desk.leads.terms import WATCHES

KEY, BY = "recurring", ("watch",)
CLOSED, AGAIN = "leads.closed_as_so", "leads.again"
WANTED = ((CLOSED, BY), (AGAIN, BY))


def show(asked: Asked) -> Shown:
    """Count by watch what was closed and what came back; two queries, or the readings."""
    closed = _by_watch(asked, CLOSED)
    again = _by_watch(asked, AGAIN)
    lines = [
        Line(
            str(WATCHES.get(key, key)),
            [
                Number(closed.get(key, 0), asked.rows_at(KEY, "closed", key)),
                Number(again.get(key, 0), asked.rows_at(KEY, "again", key)),
                share(again.get(key, 0), closed.get(key, 0), asked.rows_at(KEY, "again", key)),
            ],
        )
        for key in sorted({*closed, *again}, key=lambda key: (-again.get(key, 0), key))
    ]
    heads = [
        pgettext("cockpit", "Watch"),
        _("closed as so"),
        pgettext("cockpit", "found again"),
        _("beside those closed"),
    ]
    empty = _("No verification that found something so was closed in this period, and nothing came back.")
    says = _(
        "Leads of the period on a subject that was verified before in the same watch, and whose matter was "
        "closed on an earlier day: the same plate, card, invoice. Statistics name no subject: not counted."
    )
    return Shown(KEY, _("Corrections that came back"), says, [Block("", heads, lines, empty)])


def _by_watch(asked: Asked, key: str) -> dict[str, int]:
    return {watch: int(cell.value or 0) for (watch,), cell in asked.cells(key, *BY).items()}


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return what was closed, or what came back, in a watch."""
    if what == "closed":
        return drawing.leads(_("Closed as so"), asked.behind(CLOSED, BY, (of,)))
    if what == "again":
        return drawing.leads(_("Found again"), asked.behind(AGAIN, BY, (of,)))
    return None


PANEL = Panel(KEY, show, rows, wants=WANTED)
