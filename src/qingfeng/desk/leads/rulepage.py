"""The charts of a rule's page: leads by month, how close to the threshold, what every run found."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.desk.leads.evidence import fact_name
from qingfeng.findings.rule_page import Margins, RulePage
from qingfeng.look.charts import Chart, Series

MONTHS = 24
RUNS = 12


def charts(told: RulePage) -> list[Chart]:
    """Return the charts for which there is something to compare."""
    found = [_by_month(told), _margins(told.margins) if told.margins else None, _by_run(told)]
    return [one for one in found if one is not None]


def _by_month(told: RulePage) -> Chart | None:
    months = [one for one in told.by_month if one.month][-MONTHS:]
    if len(months) < 2:
        return None
    most = max(months, key=lambda one: one.leads)
    said = {"month": f"{most.month:%Y-%m}", "count": most.leads}
    return Chart(
        ngettext("Most in %(month)s: %(count)d lead", "Most in %(month)s: %(count)d leads", most.leads)
        % said,
        _("Current leads whose heaviest finding is of this rule, by month."),
        [f"{one.month:%Y-%m}" for one in months],
        [Series(_("Leads"), [one.leads for one in months])],
        unit=pgettext("lead", "items"),
        head=_("Month"),
    )


def _margins(margins: Margins) -> Chart | None:
    if not margins.of:
        return None
    near = margins.bands[0][2]
    return Chart(
        _("%(near)d of %(of)d findings lie less than 5 %% beyond the threshold")
        % {"near": near, "of": margins.of},
        _("%(fact)s, as a multiple of the limit (%(limit)s).") % {
            "fact": fact_name(margins.fact), "limit": margins.limit},
        [f"{low:g}–{high:g}" if high else f"≥ {low:g}" for low, high, _count in margins.bands],
        [Series(pgettext("lead", "Findings"), [count for _low, _high, count in margins.bands])],
        unit=pgettext("lead", "items"),
        head=_("Multiple of the limit"),
    )  # fmt: skip


def _by_run(told: RulePage) -> Chart | None:
    runs = [one for one in told.runs if one.ran][:RUNS][::-1]
    if len(runs) < 2:
        return None
    return Chart(
        _("What every screening found"),
        _("Findings of the last screenings in which the rule ran."),
        [f"{one.at:%m-%d %H:%M}" for one in runs],
        [Series(pgettext("lead", "Findings"), [one.found for one in runs])],
        kind="line",
        unit=pgettext("lead", "items"),
        head=_("Screening"),
    )
