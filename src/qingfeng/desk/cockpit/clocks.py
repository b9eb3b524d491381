"""Panel 1: what is overdue, due in three and in seven days, by office."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, barred
from qingfeng.matters.models import ClockRun

KEY = "clocks"
SOON, NEAR = 3, 7
BUCKETS = ("overdue", "soon", "near")


def _runs(asked: Asked) -> QuerySet[ClockRun]:
    """Return the running clocks that are overdue or due within seven days, with their bucket."""
    today = asked.viewer.on
    rows = ClockRun.objects.filter(
        state=ClockRun.State.RUNNING,
        due_on__lte=today + timedelta(days=NEAR),
        matter__in=asked.matters.filter(is_open=True).values("pk"),
    )
    bucket = Case(
        When(due_on__lt=today, then=Value("overdue")),
        When(due_on__lte=today + timedelta(days=SOON), then=Value("soon")),
        default=Value("near"),
        output_field=CharField(),
    )
    return rows.annotate(bucket=bucket)


def show(asked: Asked) -> Shown:
    """Count duties by office and how near they are; two queries."""
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    grouped = _runs(asked).order_by().values_list("matter__owner", "bucket").annotate(n=Count("pk"))
    for owner, bucket, n in grouped:
        counted[owner][bucket] = n
    names = drawing.named_units(counted)
    offices = sorted(counted, key=lambda key: [-counted[key].get(one, 0) for one in BUCKETS] + [key])
    lines = [
        Line(
            names.get(key, ""),
            [Number(counted[key].get(one, 0), asked.rows_at(KEY, one, key)) for one in BUCKETS],
        )
        for key in offices
    ]
    heads = [_("Office"), pgettext("cockpit", "overdue"), _("in 3 days"), _("in 7 days")]
    block = Block("", heads, barred(lines), _("Nothing is overdue, and nothing falls due within seven days."))
    says = _("Running clocks of open matters by the office that owns the matter; days are calendar days.")
    return Shown(KEY, _("Clocks"), says, [block])


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the duties of an office in one bucket."""
    names = {"overdue": _("Overdue"), "soon": _("Due in 3 days"), "near": _("Due in 4 to 7 days")}
    if what not in names or not of.isdigit():
        return None
    office = Q(matter__owner=int(of))
    return drawing.duties(asked.viewer, names[what], _runs(asked).filter(office, bucket=what))


PANEL = Panel(KEY, show, rows)
