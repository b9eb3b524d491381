"""What the pages of the district's own rules show, in plain shapes for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.desk.leads import terms
from qingfeng.desk.leads.evidence import rule_param_words
from qingfeng.findings import own_trial
from qingfeng.findings.models import OwnVersion
from qingfeng.look.charts import Chart, Series
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.rulebook import Rule
from qingfeng.screening.rulebook.schema import schema

MOST_UNITS = 15
MOST_MONTHS = 36
TAGS = {"in_use": "act", "proposed": "warning", "written": "", "declined": "closed", "replaced": "closed",
        "retired": "closed"}  # fmt: skip


@dataclass(frozen=True)
class Label:
    """Labelled findings of one verdict: how many of them the rule finds too."""

    words: Any
    met: int
    of: int

    @property
    def share(self) -> str:
        """The share, in words."""
        return f"{100 * self.met / self.of:.0f}%" if self.of else "—"


@dataclass(frozen=True)
class Trial:
    """A trial as somebody is shown it.

    Attributes:
        told: What was kept (`own_trial.told_of`).
        seen: Counts and samples that they may know of.
        labels: By verdict.
        charts: By month, by unit.
    """

    told: dict[str, Any]
    seen: own_trial.Shown
    labels: list[Label]
    charts: list[Chart]

    @property
    def reason(self) -> str:
        """Why it did not run, in the reader's language."""
        return str(self.told["reason"].get("zh" if terms.is_chinese() else "en", ""))

    @property
    def held(self) -> int:
        """Cases that hold."""
        return int(self.told["cases"]["of"]) - len(self.told["cases"]["failed"])

    @property
    def fresh(self) -> int:
        """Findings of the rule it varies that it does not find, the other way round."""
        return int(self.told["base_found"]) - int(self.told["both"])


def trial_of(viewer: Viewer, version: OwnVersion) -> Trial | None:
    """Return the trial of a version as somebody is shown it; None before one."""
    if not version.tried:
        return None
    seen = own_trial.shown(viewer, version)
    labels = [
        Label(words, *version.tried["labels"].get(verdict, (0, 0)))
        for verdict, words in terms.VERDICTS.items()
    ]
    charts = [one for one in (_by_month(seen), _by_unit(seen)) if one is not None]
    return Trial(version.tried, seen, labels, charts)


def _by_month(seen: own_trial.Shown) -> Chart | None:
    months = seen.by_month[-MOST_MONTHS:]
    if len(months) < 2:
        return None
    month, most = max(months, key=lambda pair: pair[1])
    said = {"month": f"{month:%Y-%m}", "count": most}
    return Chart(
        ngettext("Most in %(month)s: %(count)d finding", "Most in %(month)s: %(count)d findings", most)
        % said,
        _("Findings of the trial over the whole history, by month."),
        [f"{day:%Y-%m}" for day, _count in months],
        [Series(pgettext("lead", "Findings"), [count for _day, count in months])],
        unit=pgettext("lead", "items"),
        head=_("Month"),
    )


def _by_unit(seen: own_trial.Shown) -> Chart | None:
    units = seen.by_unit[:MOST_UNITS]
    if len(units) < 2:
        return None
    return Chart(
        _("Findings lie in %(count)d units") % {"count": len(seen.by_unit)},
        _("Findings of the trial over the whole history, by unit."),
        [unit or "—" for unit, _count in units],
        [Series(pgettext("lead", "Findings"), [count for _unit, count in units])],
        kind="rows",
        unit=pgettext("lead", "items"),
        head=pgettext("lead", "Unit"),
    )


def params_of(rule: Rule | None) -> list[tuple[str, str]]:
    """Return the parameters of a rule in words; nothing for none."""
    return [(name, rule_param_words(value)) for name, value in rule.params.items()] if rule else []


def tables() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return every table that a rule may read: name, what it is called, columns with their types."""
    found = [(name, terms.table_name(name), list(columns.items())) for name, columns in schema().items()]
    return sorted(found, key=lambda one: (one[1] == one[0], one[1]))
