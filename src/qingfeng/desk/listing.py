"""Lists of one kind of matter: what is asked for, which matters that are, and the rows of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from qingfeng.desk import values
from qingfeng.desk.levels import views_of, whole_q
from qingfeng.desk.lights import lights_of
from qingfeng.desk.parts import hands, may_be_for, plays_q
from qingfeng.desk.searching_persons import says_a_name
from qingfeng.journal import composing
from qingfeng.look.lights import Light
from qingfeng.matters import access, statistics
from qingfeng.matters.access import View
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import every_version
from qingfeng.matters.vocabulary import Figure, Mechanism
from qingfeng.organization.viewer import Viewer

A_PAGE = 50
COUNTED = 2_000  # further than this no list is turned; it is narrowed down or exported
ORDERS: Mapping[str, tuple[str, ...]] = {
    "number": ("opened_at", "pk"),
    "title": ("title", "pk"),
    "stage": ("stage", "pk"),
    "owner": ("owner__path", "pk"),
    "due": ("due_on", "pk"),
}
LIGHTS = ("red", "yellow", "green")
STATES = ("open", "closed", "all")
LONGEST_KEY = 19  # digits that every database takes for a key are fewer
KINDS_THERE = "_kinds_there"  # what a viewer was asked once


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for.

    Attributes:
        stage: Key of a stage, "" for any.
        owner: Id of the owning unit, 0 for any.
        light: red, yellow or green; "" for any.
        state: open, closed or all.
        mine: Only matters in which the viewer has a part.
        text: Part of a number or title.
        sort: Key of `ORDERS`, with `-` for falling.
        figure: A figure whose rows are asked for, with its split and period.
    """

    stage: str = ""
    owner: int = 0
    light: str = ""
    state: str = "open"
    mine: bool = False
    text: str = ""
    sort: str = ""
    figure: str = ""
    split: tuple[str, ...] = ()
    period: statistics.Period | None = None

    @classmethod
    def read(cls, asked: QueryDict, declared: Mechanism, today: date) -> Wanted:
        """Read an address; what it does not know it ignores."""
        stages = {stage.key for stage in declared.stages}
        figures = {one.key for one in declared.figures}
        figure = asked.get("figure", "")
        sort = asked.get("sort", "")
        state = asked.get("state", "open" if figure not in figures else "all")
        return cls(
            stage=asked.get("stage", "") if asked.get("stage") in stages else "",
            owner=_key(asked.get("owner", "")),
            light=asked.get("light", "") if asked.get("light") in LIGHTS else "",
            state=state if state in STATES else "open",
            mine=asked.get("mine") == "1",
            text=asked.get("text", "").strip()[:100],
            sort=sort if sort.removeprefix("-") in ORDERS else "",
            figure=figure if figure in figures else "",
            split=tuple(asked.getlist("is")) if figure in figures else (),
            period=period_in(asked, today) if figure in figures else None,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return (
            bool(self.stage or self.owner or self.light or self.mine or self.text or self.figure)
            or self.state != "open"
        )


def _key(text: str) -> int:
    """Return the key of a row that an address names, 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_KEY else 0


def period_in(asked: QueryDict, today: date) -> statistics.Period:
    """Return the period of an address, this year until today where it names none."""
    since = values.as_day(asked.get("since", "")) or date(today.year, 1, 1)
    until = values.as_day(asked.get("until", "")) or today
    return statistics.Period(min(since, until), max(since, until), today)


class CountedPaginator(Paginator):
    """Pages of a list that counts no further than `COUNTED` rows."""

    @cached_property
    def count(self) -> int:
        """How many rows, at most `COUNTED`."""
        return min(self._counted, COUNTED)

    @cached_property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > COUNTED

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list
        if isinstance(rows, composing.Kept):
            return rows.counted(COUNTED + 1)
        return int(rows.order_by()[: COUNTED + 1].count())


@dataclass(frozen=True)
class Row:
    """One line of a list, as far as the viewer may know it."""

    matter: Matter
    view: View
    title: str
    stage: str
    light: Light | None
    cells: list[tuple[Any, str, bool]] = field(default_factory=list)
    can_tick: bool = False


def asked_for(viewer: Viewer, declared: Mechanism, wanted: Wanted) -> QuerySet[Matter]:
    """Return the matters that a list shows, unordered; it begins with what the viewer may see."""
    rows = access.visible(viewer).filter(mechanism=declared.key)
    if wanted.state != "all":
        rows = rows.filter(is_open=wanted.state == "open")
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.owner:
        rows = rows.filter(owner=wanted.owner)
    if wanted.light:
        rows = rows.filter(light_q(wanted.light, viewer.on))
    if wanted.mine:
        rows = rows.filter(mine_q(viewer, declared))
    if wanted.text:
        in_title = Q(title__icontains=wanted.text) & whole_q(viewer)
        in_title &= Q(pk__in=()) if says_a_name(wanted.text) else Q()
        rows = rows.filter(Q(number__icontains=wanted.text) | Q(slug=wanted.text) | in_title)
    if wanted.figure and wanted.period:
        rows = _behind_figure(rows.filter(whole_q(viewer)), declared, wanted)
    return rows


def _behind_figure(rows: QuerySet[Matter], declared: Mechanism, wanted: Wanted) -> QuerySet[Matter]:
    figure = next(one for one in declared.figures if one.key == wanted.figure)
    if len(wanted.split) != len(figure.by) or wanted.period is None:
        return rows.none()
    return statistics.matters_of(figure, declared, rows, wanted.period, wanted.split)


def light_q(light: str, today: date) -> Q:
    """Return the condition that the heaviest light of a matter is this one."""
    near = Q(Exists(statistics.yellow_runs(today).filter(matter=OuterRef("pk"))))
    late = Q(due_on__lt=today)
    if light == "red":
        return late
    return ~late & near if light == "yellow" else Q(due_on__gte=today) & ~near


def mine_q(viewer: Viewer, declared: Mechanism) -> Q:
    """Return the condition that the viewer, or somebody they stand in for, has a part in a matter."""
    found = Q(pk__in=())
    for one in every_version():
        if one.key == declared.key:
            for hand, away in hands(viewer):
                if may_be_for(away, one):
                    found |= plays_q(hand, one, [role.key for role in one.parties])
    return found


def ordered(rows: QuerySet[Matter], wanted: Wanted) -> QuerySet[Matter]:
    """Put matters in the order that was asked for: open ones by due date, others by number, newest first."""
    sort = wanted.sort or ("due" if wanted.state == "open" else "-number")
    names = ORDERS[sort.removeprefix("-")]
    falls = sort.startswith("-")
    nulls = {"nulls_last": True} if names[0] == "due_on" else {}
    first = F(names[0]).desc(**nulls) if falls else F(names[0]).asc(**nulls)
    return rows.order_by(first, *(f"-{name}" if falls else name for name in names[1:]))


def page_of(viewer: Viewer, declared: Mechanism, wanted: Wanted, *, number: Any) -> Page:
    """Return one page of matters with their owners; a page that is not there is the nearest that is."""
    is_name = bool(wanted.text) and says_a_name(wanted.text)
    rows = composing.Kept(
        ("list", access.question_of(viewer), declared.key, declared.version, wanted, is_name),
        lambda: ordered(asked_for(viewer, declared, wanted), wanted).select_related("owner"),
    )
    return CountedPaginator(rows, A_PAGE).get_page(number)


def rows_of(viewer: Viewer, declared: Mechanism, matters: list[Matter]) -> list[Row]:
    """Return the rows of a page; six queries at most however many there are."""
    views = views_of(viewer, matters)
    lights = lights_of(matters, viewer.on)
    known = values.fields_of(declared)
    columns = [known[key] for key in declared.keywords if key in known]
    whole = [matter for matter in matters if views[matter.pk] == "whole"]
    names = values.Names.of((one, matter.facts.get(one.key)) for matter in whole for one in columns)
    made = []
    for matter in matters:
        is_whole = views[matter.pk] == "whole"
        said = [(one, values.say(one, matter.facts.get(one.key), names)) for one in columns]
        cells = [(one.name, words, one.kind == "day") for one, words in said if words] if is_whole else []
        title = matter.title if is_whole else str(declared.name)
        made.append(
            Row(matter, views[matter.pk], title, stage_name(declared, matter), lights.get(matter.pk), cells)
        )
    return made


def stage_name(declared: Mechanism, matter: Matter) -> str:
    """Return where a matter stands, in words; a matter that does not count says so instead."""
    if matter.standing != Matter.Standing.VALID:
        return str(matter.get_standing_display())
    names = {stage.key: stage.name for stage in declared.stages}
    if matter.stage not in names:
        others = (one for one in every_version() if one.key == declared.key)
        names |= {stage.key: stage.name for one in others for stage in one.stages} | names
    return str(names.get(matter.stage, matter.stage))


def figure_of(declared: Mechanism, key: str) -> Figure | None:
    """Return a declared figure, None if there is none."""
    return next((one for one in declared.figures if one.key == key), None)


def knows(viewer: Viewer, declared: Mechanism) -> bool:
    """Return whether a kind of matter exists for somebody.

    Own staff know every kind, others those in which they have a part; an administrator too, and by no office.
    """
    if viewer.person_id is None:
        return False
    if viewer.is_administrator:
        return declared.key in _kinds_there(viewer)
    if not access.is_outside(viewer):
        return bool(viewer.roles) or bool(viewer.stands_in_for)
    return bool(access.may_open(viewer, declared)) or declared.key in _kinds_there(viewer)


def _kinds_there(viewer: Viewer) -> frozenset[str]:
    """Return the kinds of which somebody sees any matter: one query a page, however many kinds there are."""
    kept: frozenset[str] | None = viewer.__dict__.get(KINDS_THERE)
    if kept is None:
        rows = composing.rows(
            ("kinds there", access.question_of(viewer)),
            lambda: access.visible(viewer).order_by().values_list("mechanism", flat=True).distinct(),
        )
        kept = viewer.__dict__[KINDS_THERE] = frozenset(rows)
    return kept
