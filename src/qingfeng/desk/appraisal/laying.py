"""Tables, charts and words of a round: what waits for a viewer, turnout, a result with its picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.appraisal import defaults, doors
from qingfeng.appraisal.models import LEADER, ORGANISATION, PEER, SELF, Form, Rated, Round
from qingfeng.appraisal.results import FEW, OVER
from qingfeng.look.charts import Band, Chart, Series
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.organization.viewer import Viewer

NOTHING = "—"


@dataclass(frozen=True)
class Waits:
    """A round as one viewer has it.

    Attributes:
        round: Which.
        ballots: Ballots not taken yet, all ballots.
        sheets: Forms by name still owed: (name, address).
        result: Address of the own result, "" where there is none.
        follows: Whether the page of the round exists for them.
        board: Whether the board does.
    """

    round: Round
    ballots: tuple[int, int]
    sheets: list[tuple[str, str]]
    result: str
    follows: bool
    board: bool


def of_viewer(round_: Round, viewer: Viewer) -> Waits:
    """Return a round as one viewer has it."""
    person = viewer.person_id or 0
    ballots = doors.owed_ballots(round_, person)
    own = round_.rated.filter(person=person).select_related("person").first()
    result = ""
    if own and own.result is not None:
        result = reverse("desk:appraisal_result", args=[round_.code, own.person.number])
    return Waits(
        round_,
        (sum(1 for one in ballots if not one.state), len(ballots)),
        _sheets(round_, viewer, own) if round_.is_open else [],
        result,
        doors.conducts(viewer) or viewer.has(*doors.LEADS),
        doors.sees_board(viewer) and round_.has_results,
    )


def _sheets(round_: Round, viewer: Viewer, own: Rated | None) -> list[tuple[str, str]]:
    found = [(own, SELF)] if own else []
    found += [(one, LEADER) for one in doors.owed_as_head(round_, viewer.person_id or 0)]
    if doors.conducts(viewer):
        rows = round_.rated.select_related("person")
        found += [(one, ORGANISATION) for one in rows if one.person_id != viewer.person_id]
    done = {
        (sheet.rated_id, sheet.form)
        for one in round_.rated.prefetch_related("sheets")
        for sheet in one.sheets.all()
        if sheet.handed_on and (sheet.form == ORGANISATION or sheet.by_id == viewer.person_id)
    }
    names = dict(Form.Key.choices)
    return [
        (f"{names[form]} · {one.person.name}", sheet_address(one, form))
        for one, form in found
        if (one.pk, form) not in done
    ]


def sheet_address(rated: Rated, form: str) -> str:
    """Return where a form by name about somebody is filled in."""
    return reverse("desk:appraisal_sheet", args=[rated.round.code, rated.person.number, form])


def result_address(rated: Rated) -> str:
    """Return where somebody's result is read."""
    return reverse("desk:appraisal_result", args=[rated.round.code, rated.person.number])


def forms_table(round_: Round) -> Table:
    """Return the five forms with weight and dimensions."""
    return Table(
        [
            Column(lambda form: form.get_key_display(), pgettext("appraisal", "Form"), is_head=True),
            Column("weight", _("Weight in per cent"), kind="number"),
            Column(
                lambda form: "、".join(defaults.said(one["name"]) for one in form.dimensions),
                _("What is scored"),
            ),
            Column(
                lambda form: pgettext("appraisal", "by name") if form.is_by_name else _("without names"),
                _("How"),
            ),
        ],
        list(round_.forms.all()),
        _("Forms"),
    )


def people_table(round_: Round) -> Table:
    """Return who is evaluated, in the order of the units, with what is handed in by name."""
    rows = list(round_.rated.select_related("person", "unit", "round").prefetch_related("sheets"))

    def state(form: str) -> Any:
        def of_row(rated: Rated) -> str:
            sheet = next((one for one in rated.sheets.all() if one.form == form and one.handed_on), None)
            if sheet is None:
                return _("to be filled in")
            if form == ORGANISATION and sheet.second_by_id is None:
                return _("to be agreed to")
            return _("handed in")

        return of_row

    def link(rated: Rated) -> str | None:
        return result_address(rated) if round_.has_results else None

    names = dict(Form.Key.choices)
    return Table(
        [
            Column("person.name", pgettext("appraisal", "Who"), is_head=True, link=link),
            Column("unit", _("Unit")),
            Column("post", _("Post")),
            *[
                Column(state(form), names[form], link=_to_sheet(form) if round_.is_open else None)
                for form in (SELF, LEADER, ORGANISATION)
            ],
        ],
        rows,
        _("People who are evaluated"),
    )


def _to_sheet(form: str) -> Any:
    def link(rated: Rated) -> str | None:
        return sheet_address(rated, form) if form == ORGANISATION else None

    return link


def turnout_table(round_: Round) -> Table:
    """Return how many may vote and how many took a ballot, slate by slate; nothing of what is in a box."""
    names = dict(Form.Key.choices)
    people = {one.person_id: one.person.name for one in round_.rated.select_related("person")}
    taken = Count("dues", filter=~Q(dues__state=""))
    rows = round_.slates.select_related("unit").annotate(due=Count("dues"), taken=taken)

    def of_whom(slate: Any) -> str:
        return people.get(slate.people[0], "") if slate.form == PEER else str(slate.unit)

    def how(slate: Any) -> str:
        words = _("paper") if slate.on_paper else _("browser")
        return f"{words} · {_('raters from other units too')}" if slate.widened else words

    return Table(
        [
            Column(lambda slate: names[slate.form], pgettext("appraisal", "Form")),
            Column(
                of_whom, _("About whom"), is_head=True,
                link=lambda slate: reverse("desk:appraisal_paper", args=[round_.code, slate.pk]),
            ),
            Column(how, _("How")),
            Column("due", _("May vote"), kind="number"),
            Column("taken", _("Took a ballot"), kind="number"),
            Column(_cast, _("Ballots in the box"), kind="number"),
        ],
        list(rows),
        _("Turnout"),
        empty=Empty(_("Nobody votes yet"), _("Slates stand here once the round is prepared.")),
    )  # fmt: skip


def _cast(slate: Any) -> str:
    return "" if slate.cast is None else str(slate.cast)


# --- one result ---------------------------------------------------------------------------------


def parts_table(result: Mapping[str, Any]) -> Table:
    """Return the parts of a result: value, spread, count, weight said and counted."""
    names = dict(Form.Key.choices)
    return Table(
        [
            Column(lambda part: names[part["key"]], _("Part"), is_head=True),
            Column(_value, _("Score of 10"), kind="number"),
            Column(_spread, _("Spread"), kind="number"),
            Column(lambda part: part.get("count", ""), _("Who judged, number"), kind="number"),
            Column(_freed, _("Freed of severity"), kind="number"),
            Column(lambda part: f"{part['weight']} %", _("Weight"), kind="number"),
            Column(lambda part: f"{part['counted']:g} %", _("Weight that counted"), kind="number"),
            Column(_said_of, _("To know")),
        ],
        result["parts"],
        _("Parts of the result"),
    )


def earlier_table(rated: Rated, viewer: Viewer) -> Table | None:
    """Return a person's other results that a viewer may read, the newest first; None where there is none."""
    rows = Rated.objects.filter(person=rated.person_id, result__isnull=False).exclude(pk=rated.pk)
    rows = rows.select_related("round", "unit").order_by("-round__until_on")
    found = [one for one in rows if "value" in one.result and doors.reads_result(viewer, one)]
    if not found:
        return None

    def interval(row: Rated) -> str:
        if "low" not in row.result:
            return _("taken over, without spread")
        return f"{row.result['low']}–{row.result['high']}"

    return Table(
        [
            Column("round.title", _("Round"), is_head=True),
            Column("round.until_on", _("Until"), kind="day"),
            Column(lambda row: row.result["value"], _("Mean of 100"), kind="number"),
            Column(interval, _("Spread"), kind="number"),
            Column(lambda row: row.result.get("ballots", NOTHING), _("Ballots"), kind="number"),
        ],
        found,
        _("Other rounds"),
    )


def _value(part: Mapping[str, Any]) -> str:
    return f"{part['value']:.2f}" if "value" in part else NOTHING


def _spread(part: Mapping[str, Any]) -> str:
    if "value" not in part:
        return NOTHING
    return f"± {part['spread']:.2f}" if "spread" in part else pgettext("appraisal", "by name")


def _freed(part: Mapping[str, Any]) -> str:
    found = part.get("corrected")
    if not found:
        return NOTHING
    return f"{found['value']:.2f} ({found['value'] - part['value']:+.2f})".replace("-", "−")


def _said_of(part: Mapping[str, Any]) -> str:
    if part.get("left_out") == FEW:
        return _("Fewer than five ballots: left out, its weight is spread over the other parts.")
    if part.get("left_out") == OVER:
        return _("More ballots than were given out: left out, and told in the journal.")
    if part.get("left_out"):
        return _("Not handed in: left out, its weight is spread over the other parts.")
    if part.get("widened"):
        return _("Your unit is small: colleagues of the next ones judged too.")
    return ""


def dimensions_chart(result: Mapping[str, Any]) -> Chart | None:
    """Return the picture of a result: each dimension as oneself, head, organisation and colleagues see it.

    Colleagues stand as a band as wide as their scores scatter.
    """
    parts = {one["key"]: one for one in result["parts"] if "value" in one}
    keys: dict[str, str] = {}
    for key in (PEER, LEADER, ORGANISATION, SELF):
        keys |= {one["key"]: defaults.said(one["name"]) for one in parts.get(key, {}).get("dimensions", ())}
    if not keys:
        return None
    names = dict(Form.Key.choices)

    def values(form: str, read: str = "value") -> list[Any]:
        found = {one["key"]: one.get(read) for one in parts.get(form, {}).get("dimensions", ())}
        return [found.get(key) for key in keys]

    series = [
        Series(str(names[form]), values(form)) for form in (PEER, LEADER, ORGANISATION, SELF) if form in parts
    ]
    band = None
    if PEER in parts:
        pairs = list(zip(values(PEER), values(PEER, "spread"), strict=True))
        low = [None if value is None else round(max(1, value - spread), 2) for value, spread in pairs]
        high = [None if value is None else round(min(10, value + spread), 2) for value, spread in pairs]
        band = Band(_("spread of colleagues"), low, high)
    return Chart(
        _gap_title(values(SELF), values(PEER), list(keys.values())),
        _("Scores from 1 to 10. The band shows how far colleagues' scores lie apart."),
        list(keys.values()),
        series,
        kind="points" if band is None else "line",
        head=_("What is scored"),
        band=band,
    )


def _gap_title(own: list[Any], others: list[Any], names: list[str]) -> str:
    """Say where one's own view and that of colleagues lie furthest apart: a hint for development."""
    gaps = [
        (abs(one - other), one - other, name)
        for one, other, name in zip(own, others, names, strict=True)
        if one is not None and other is not None
    ]
    if not gaps:
        return _("How each dimension is seen")
    size, gap, name = max(gaps)
    if size < 1:
        return _("You and your colleagues see much the same")
    if gap > 0:
        return _("%(name)s: you see more than your colleagues do") % {"name": name}
    return _("%(name)s: your colleagues see more than you do") % {"name": name}
