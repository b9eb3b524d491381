"""What lies beside an appeal: judgements with who gave them and on what, marks with their cited entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.appraisal.points import appeals, totals
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.ground import days_of
from qingfeng.appraisal.points.marks import entry_at
from qingfeng.appraisal.points.review_tables import Review
from qingfeng.appraisal.points.tables import Indicator, Mark, Score, ScoreSheet
from qingfeng.desk.kinds import address
from qingfeng.desk.points import laying
from qingfeng.desk.points.both import Whys
from qingfeng.desk.points.forms import ReplaceForm
from qingfeng.desk.points.names import Evidence, evidence_of, of_indicator, of_period
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.access import visible
from qingfeng.matters.registry import is_known, mechanism
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """A judged line of a sheet, with the confirmed entries its points may rest on."""

    indicator: Indicator
    period: str
    entries: tuple[Daily, ...]

    @property
    def prefix(self) -> str:
        """What its form is called by: `indicator:period`."""
        return f"{self.indicator.key}:{self.period}"


@dataclass(frozen=True)
class Bound:
    """A form that has to be shown again, under its prefix."""

    prefix: str
    form: ReplaceForm


@dataclass(frozen=True)
class JudgedShown:
    """One judgement: who, how much, why, on what."""

    by: str
    points: str
    why: str
    evidence: Evidence


@dataclass(frozen=True)
class LineShown:
    """A line beside the appeal.

    Attributes:
        row: As it stands on the sheet.
        prefix: `indicator:period` of a judged line, "" for a formula.
        judged: Who judged what.
        form: To replace it; None for a formula.
        is_put_down: Whether it is to be replaced.
        is_wrong: Whether its form has to be shown again.
    """

    row: laying.Row
    prefix: str
    judged: tuple[JudgedShown, ...] = ()
    form: ReplaceForm | None = None
    is_put_down: bool = False
    is_wrong: bool = False


@dataclass(frozen=True)
class PeriodShown:
    """A period beside the appeal."""

    period: laying.PeriodRows
    lines: tuple[LineShown, ...]


def place_of(sheet: ScoreSheet, prefix: str) -> Place:
    """Return the judged line that a form names.

    Raises:
        Http404: If there is none.
    """
    for indicator, period in appeals.places_judged(sheet):
        if f"{indicator.key}:{period}" == prefix:
            return Place(indicator, period, entries_of(sheet, period))
    raise Http404


def entries_of(sheet: ScoreSheet, period: str) -> tuple[Daily, ...]:
    """Return the confirmed entries of the person in a period; a unit keeps no daily record."""
    if not sheet.person_id:
        return ()
    days = days_of(period, sheet.scheme.year)
    rows = Daily.objects.filter(person=sheet.person_id, state=Daily.State.CHECKED, day__range=days)
    return tuple(rows.order_by("day", "pk"))


def periods_of(
    viewer: Viewer, sheet: ScoreSheet, review: Review | None, bound: Bound | None
) -> list[PeriodShown]:
    """Return the periods of a sheet with every line, and of judged ones who judged, and a form."""
    scores = totals.scores_of(sheet)
    judged_lines = list(appeals.places_judged(sheet))
    entries = {period: entries_of(sheet, period) for period in {period for _one, period in judged_lines}}
    places = {(one.key, period): Place(one, period, entries[period]) for one, period in judged_lines}
    drafts = {(one["indicator"], one["period"]): one for one in review.judged} if review else {}
    found = []
    for period in laying.periods_of(sheet, totals.total(sheet), viewer):
        lines = []
        for row in period.rows:
            place = places.get((row.key, period.key))
            if place is None:
                lines.append(LineShown(row, ""))
                continue
            given = scores.get((place.indicator.pk, period.key), [])
            draft = drafts.get((row.key, period.key))
            is_bound = bound is not None and bound.prefix == place.prefix
            form = bound.form if bound and is_bound else _form(place, draft)
            judged = tuple(_judged(viewer, sheet, one) for one in given)
            lines.append(LineShown(row, place.prefix, judged, form, draft is not None, is_bound))
        found.append(PeriodShown(period, tuple(lines)))
    return found


def _form(place: Place, draft: dict[str, Any] | None) -> ReplaceForm:
    initial: dict[str, Any] = {}
    if draft:
        evidence = draft["evidence"]
        initial = {
            "value": Decimal(draft["value"]), "why": draft["why"],
            "entries": [one for one in evidence if one.startswith("daily:")],
            "papers": "；".join(one for one in evidence if not one.startswith("daily:")),
        }  # fmt: skip
    return ReplaceForm(place.indicator, place.entries, prefix=place.prefix, initial=initial)


def _judged(viewer: Viewer, sheet: ScoreSheet, one: Score) -> JudgedShown:
    evidence = evidence_of(viewer, one.evidence, sheet.person_id)
    return JudgedShown(one.by.name if one.by else "", laying.number(one.value), one.why, evidence)


@dataclass(frozen=True)
class CitedShown:
    """The journal's entry that a deduction or veto stands on: number, day, who did what on which matter."""

    index: int
    on: date | None
    by: str
    act: Any
    matter: str
    href: str


@dataclass(frozen=True)
class MarkShown:
    """A mark that counts, beside the appeal; `why_struck` is "" where it is not to be struck."""

    mark: Mark
    points: str
    veto: str
    cited: CitedShown | None
    why_struck: str


def marks_of(viewer: Viewer, sheet: ScoreSheet, review: Review | None) -> list[MarkShown]:
    """Return the marks that count on a sheet, with what each stands on."""
    struck = {one["mark"]: one["why"] for one in review.struck} if review else {}
    words = {one["key"]: one["words"] for one in sheet.scheme.vetoes}
    return [
        MarkShown(one, laying.number(one.points) if one.points else "", words.get(one.veto, ""),
                  _cited(viewer, one.journal_seq), struck.get(one.pk, ""))
        for one in totals.standing_marks(sheet)
    ]  # fmt: skip


def _cited(viewer: Viewer, index: int | None) -> CitedShown | None:
    if index is None:
        return None
    entry = entry_at(index)
    if entry is None:
        return CitedShown(index, None, "", "", "", "")
    kind, _slash, slug = entry.subject.partition("/")
    matter = visible(viewer).filter(mechanism=kind, slug=slug).first()
    key = entry.by.removeprefix("person:")
    person = Person.objects.filter(pk=key).first() if key.isdecimal() else None
    return CitedShown(
        index, timezone.localdate(entry.at), person.name if person else "", _act(entry, kind),
        matter.number if matter else "", address(matter) if matter else "",
    )  # fmt: skip


def _act(entry: JournalEntry, kind: str) -> Any:
    """Return the name of the act that an entry tells of, "" where it is none."""
    acts = mechanism(kind).acts if is_known(kind) else ()
    return next((one.name for one in acts if f"matter.{one.key}" == entry.kind), "")


@dataclass(frozen=True)
class PutDown:
    """Something that is to change: what it is called by, in words, and why."""

    line: str
    words: str
    why: str


def put_down(sheet: ScoreSheet, review: Review | None) -> list[PutDown]:
    """Return what was put down to be changed, in words."""
    if review is None:
        return []
    named = {one.key: of_indicator(one) for one in sheet.scheme.indicators.all()}
    marks = {one.pk: one for one in sheet.marks.all()}
    judged = [
        PutDown(
            f"{one['indicator']}:{one['period']}",
            _("%(period)s, %(name)s: %(value)s points")
            % {"period": of_period(one["period"]), "name": named.get(one["indicator"], ""),
               "value": laying.number(Decimal(one["value"]))},
            one["why"],
        )
        for one in review.judged
    ]  # fmt: skip
    struck = [
        PutDown(
            f"mark:{one['mark']}", _("struck: %(mark)s") % {"mark": _named(marks, one["mark"])}, one["why"]
        )
        for one in review.struck
    ]
    return [*judged, *struck]


def _named(marks: dict[int, Mark], key: int) -> str:
    one = marks.get(key)
    return f"{one.get_of_display()} {one.why}" if one else ""


def whys_of(sheet: ScoreSheet, review: Review) -> Whys:
    """Return why each line would change, as `both.shown` takes it."""
    judged = {(one["indicator"], one["period"]): one["why"] for one in review.judged}
    return {**judged, **_struck(sheet.marks.all(), review.struck)}


def _struck(marks: Iterable[Mark], struck: Sequence[dict[str, Any]]) -> dict[tuple[str, str], str]:
    of = {one.pk: one.of for one in marks}
    return {(of[one["mark"]], ""): one["why"] for one in struck if one["mark"] in of}
