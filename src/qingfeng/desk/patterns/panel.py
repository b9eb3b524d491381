"""What a pattern card shows beside its facts: its rule, what it found, the field month by month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk.panels import Panel, show
from qingfeng.desk.patterns import shown
from qingfeng.findings import own_rules
from qingfeng.findings.access import may_assign, visible_leads
from qingfeng.findings.models import OwnRule, OwnVersion, RuleStanding
from qingfeng.findings.own_cards import PATTERN
from qingfeng.look.charts import Chart, Series
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer

TITLE = gettext_lazy("From the trace to the field")
CAN_BE_RULED = ("filled", "ruled", "swept", "followed")


def of_card(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of a card."""
    rules = OwnRule.objects.filter(card=matter).prefetch_related("versions")
    lines = [_line(viewer, one) for one in rules] if may_assign(viewer) else []
    writes = own_rules.may_write(viewer) and matter.stage in CAN_BE_RULED
    months = list(matter.lines.filter(ledger="months").order_by("facts__month_from"))
    charts = [one for one in (_by_month(viewer, rules), _field(months)) if one is not None]
    if not (lines or charts or writes):
        return None
    context = {"lines": lines, "charts": charts, "may_write": writes, "card": matter}
    return Panel(TITLE, "desk/patterns/card.html", context)


def _line(viewer: Viewer, own: OwnRule) -> dict[str, Any]:
    newest = own.versions.all()[0]
    standing = RuleStanding.objects.filter(rule=own.rule).first()
    counts = standing.counts if standing else {}
    leads = visible_leads(viewer).filter(is_current=True, rule=own.rule)
    return {
        "own": own,
        "newest": newest,
        "tag": shown.TAGS[newest.standing],
        "leads": leads.count(),
        "units": leads.order_by().values("unit_name").distinct().count(),
        "confirmed": counts.get("confirmed", 0) + counts.get("partly", 0),
        "refuted": counts.get("refuted", 0),
    }


def _by_month(viewer: Viewer, rules: Any) -> Chart | None:
    """Return the leads of the card's rules by month of what they are about."""
    used = [
        one.rule for one in rules if any(v.standing == OwnVersion.Standing.IN_USE for v in one.versions.all())
    ]
    leads = visible_leads(viewer).filter(is_current=True, rule__in=used).exclude(month=None).order_by()
    rows = sorted(leads.values_list("month").annotate(n=Count("pk")))
    if len(rows) < 2:
        return None
    return Chart(
        _("What the rule found in the district"),
        _("Leads whose heaviest finding is of the card's rule, by month."),
        [f"{month:%Y-%m}" for month, _n in rows],
        [Series(_("Leads"), [n for _month, n in rows])],
        unit=pgettext("lead", "items"),
        head=_("Month"),
    )


def _field(months: list[Any]) -> Chart | None:
    """Return the cases and lessons of the field by month, as the house entered them."""
    if len(months) < 2:
        return None
    facts = [line.facts for line in months]
    return Chart(
        _("Cases and lessons of the field"),
        _("Opened in each month since the field is followed."),
        [f"{date.fromisoformat(str(one['month_from'])):%Y-%m}" for one in facts],
        [
            Series(pgettext("field of work", "Cases"), [int(one.get("cases") or 0) for one in facts]),
            Series(pgettext("field of work", "Lessons"), [int(one.get("lessons") or 0) for one in facts]),
        ],
        head=_("Month"),
    )


def join() -> None:
    """Hang the panel on the page of every pattern card; called once, at start-up."""
    show(PATTERN, of_card)
