"""Panel 6: corrections that came back: a subject found again after its verification was closed."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, share
from qingfeng.desk.leads.terms import WATCHES
from qingfeng.findings.models import Lead
from qingfeng.findings.prone.asked import confirmed

KEY = "recurring"


def _closed(asked: Asked) -> QuerySet[Lead]:
    """Return verified leads whose matter has come to its end; a statistic names no subject."""
    return confirmed(asked.leads).filter(matter__is_open=False).exclude(tier="C")


def _closed_in_period(asked: Asked) -> QuerySet[Lead]:
    return _closed(asked).filter(asked.period.days("matter__closed_on"))


def _again(asked: Asked) -> QuerySet[Lead]:
    """Return leads of the period on a subject that had been verified before, in the same watch."""
    before = (
        _closed(asked)
        .exclude(pk=OuterRef("pk"))
        .filter(
            subject_kind=OuterRef("subject_kind"),
            subject_key=OuterRef("subject_key"),
            watch=OuterRef("watch"),
            matter__closed_on__lt=OuterRef("found_on"),
        )
    )
    rows = (
        asked.leads.exclude(tier="C").filter(asked.period.instants("at")).annotate(found_on=TruncDate("at"))
    )
    return rows.filter(Exists(before))


def show(asked: Asked) -> Shown:
    """Count by watch what was closed and what came back; two queries."""
    closed = _by_watch(_closed_in_period(asked))
    again = _by_watch(_again(asked))
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


def _by_watch(rows: QuerySet[Lead]) -> dict[str, int]:
    return dict(rows.order_by().values_list("watch").annotate(n=Count("pk")))


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return what was closed, or what came back, in a watch."""
    if what == "closed":
        return drawing.leads(_("Closed as so"), _closed_in_period(asked).filter(watch=of))
    if what == "again":
        return drawing.leads(_("Found again"), _again(asked).filter(watch=of))
    return None


PANEL = Panel(KEY, show, rows)
