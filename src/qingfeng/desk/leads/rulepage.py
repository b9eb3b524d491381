"""The charts of a rule's page: leads by month, how close to the threshold, what every run found."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.desk.leads.evidence import fact_name
from qingfeng.findings.margins import BOTH, SPAN, Margins
from qingfeng.findings.rule_page import RulePage
from qingfeng.look.charts import Chart, Series

MONTHS = 24
RUNS = 12


def charts(told: RulePage) -> list[Chart]:
    """Return the charts for which there is something to compare."""
    margins = _margins(told.margins) if told.margins else None
    found = [_by_month(told), margins, _by_then(told), _by_run(told)]
    return [one for one in found if one is not None]


def no_margin(told: RulePage) -> str:
    """Return in a sentence why no margin is drawn; "" where one is."""
    said = {
        "no_limit": _(
            "It compares no quantity with a threshold: two records agree or they do not, a word stands there "
            "or it does not. So there is no margin to show."
        ),
        "untold": _("Its limit depends on more than its findings tell, so their margin cannot be said."),
        "unknown": _(
            "Nobody has said what of this rule's findings is to be compared, so there is no margin."
        ),
    }
    if told.no_margin:
        return said[told.no_margin]
    if told.leads and not (told.margins and told.margins.of):
        return _("No finding here tells its value and its limit.")
    return ""


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
            "fact": _compared(margins.value), "limit": margins.limit},
        [f"{low:g}–{high:g}" if high else f"≥ {low:g}" for low, high, _count in margins.bands],
        [Series(pgettext("lead", "Findings"), [count for _low, _high, count in margins.bands])],
        unit=pgettext("lead", "items"),
        head=_("Multiple of the limit"),
    )  # fmt: skip


def _compared(value: str) -> str:
    """Return what a rule compares, in words."""
    if BOTH in value:
        return _("Minutes in common")
    if SPAN in value:
        return _("Minutes")
    return {"amount": _("Amount (yuan)")}.get(value) or fact_name(value)


def _by_then(told: RulePage) -> Chart | None:
    months = told.by_then[-MONTHS:]
    if len(months) < 2:
        return None
    last, verdicts = months[-1].precision, sum(one.verdicts for one in told.by_then)
    said = {
        "mean": f"{100 * last.mean:.0f}",
        "low": f"{100 * last.low:.0f}",
        "high": f"{100 * last.high:.0f}",
        "count": verdicts,
    }
    ends = (
        (pgettext("precision", "expected"), "mean"),
        (pgettext("precision", "at least"), "low"),
        (pgettext("precision", "at most"), "high"),
    )
    return Chart(
        ngettext(
            "After %(count)d verdict it is expected to be right in %(mean)s %% (%(low)s to %(high)s %%)",
            "After %(count)d verdicts it is expected to be right in %(mean)s %% (%(low)s to %(high)s %%)",
            verdicts,
        )
        % said,
        _("Precision by all verdicts until the end of each month; the band is the 90 % interval."),
        [f"{one.month:%Y-%m}" for one in months],
        [
            Series(name, [round(100 * float(getattr(one.precision, end)), 1) for one in months])
            for name, end in ends
        ],
        kind="interval",
        unit="%",
        head=_("Month"),
    )


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
