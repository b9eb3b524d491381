"""Charts and tables of the board: distributions and groups without names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.appraisal import defaults
from qingfeng.appraisal.models import Form, Rated
from qingfeng.look.charts import Band, Chart, Series
from qingfeng.look.tables import Column, Table
from qingfeng.organization.models import Unit
from qingfeng.plain.suppression import TOTAL

NOTHING = "—"


def distribution_chart(board: Mapping[str, Any]) -> Chart:
    """Return how results are spread, in steps of at least five people."""
    steps = board["distribution"]
    return Chart(
        _("How the results are spread"),
        _("%(count)d people; steps of two points, joined until each has five people. Nobody is ranked.")
        % {"count": board["valued"]},
        [f"{one['from']}–{one['to']}" for one in steps],
        [Series(pgettext("appraisal", "People"), [one["count"] for one in steps])],
        unit=_("people"),
        head=_("Result"),
    )


def board_chart(board: Mapping[str, Any]) -> Chart | None:
    """Return own view and others' by dimension over the whole round."""
    rows = board["dimensions"]
    if not rows:
        return None
    return Chart(
        _("How people see themselves and how others see them"),
        _("Means of %(count)d people; the band is the spread of others' means.")
        % {"count": rows[0]["count"]},
        [defaults.said(one["name"]) for one in rows],
        [
            Series(_("Others"), [one["others"] for one in rows]),
            Series(_("Themselves"), [one["own"] for one in rows]),
        ],
        kind="line",
        head=_("What is scored"),
        band=Band(
            _("spread"),
            [round(one["others"] - one["spread"], 2) for one in rows],
            [round(one["others"] + one["spread"], 2) for one in rows],
        ),
    )


def group_words(group: str) -> str:
    """Return the name of a group on the board."""
    if group == TOTAL:
        return _("All")
    kind, _colon, rest = group.partition(":")
    if kind == "unit":
        return rest
    if kind == "kind":
        return _("%(kind)s, small ones together") % {"kind": Unit.Kind(rest).label}
    return _("Small units together")


def level_words(level: str) -> str:
    """Return the name of a level on the board."""
    return _("All") if level == TOTAL else str(Rated.Level(level).label)


def groups_table(board: Mapping[str, Any]) -> Table:
    """Return groups with count, mean and spread, in the order of their names; hidden ones say so."""
    return Table(
        [
            Column(lambda row: group_words(row["group"]), _("Group"), is_head=True),
            Column(lambda row: level_words(row["level"]), _("Level")),
            Column(lambda row: row.get("count", _("hidden")), pgettext("appraisal", "People"), kind="number"),
            Column(
                lambda row: f"{row['value']:.1f}" if "value" in row else NOTHING,
                _("Mean of 100"),
                kind="number",
            ),
            Column(
                lambda row: f"± {row['spread']:.1f}" if "spread" in row else NOTHING,
                _("Spread"),
                kind="number",
            ),
        ],
        board["groups"],
        _("Groups"),
    )


def board_turnout(board: Mapping[str, Any]) -> Table:
    """Return turnout by form."""
    names = dict(Form.Key.choices)
    left_out = board["left_out"]
    rows = [{**one, "name": names[one["form"]]} for one in board["turnout"]]
    return Table(
        [
            Column("name", pgettext("appraisal", "Form"), is_head=True),
            Column("due", _("May vote"), kind="number"),
            Column("taken", _("Took a ballot"), kind="number"),
            Column(lambda row: left_out.get(row["form"], 0), _("Results without this part"), kind="number"),
        ],
        rows,
        _("Turnout"),
    )
