"""What somebody has to do, by when, why then, and from whom: the lines of "my work"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from qingfeng.desk.holding import Holding, holdings
from qingfeng.desk.lights import Opened, clock_of, light
from qingfeng.desk.working import in_words
from qingfeng.journal import composing
from qingfeng.look import said
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Notice, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.viewer import Viewer

MOST = 300
SOON_SHARE_DAYS = 3


@dataclass(frozen=True)
class Duty:
    """One line of what is to be done.

    Attributes:
        matter: What it belongs to, with its owner.
        what: What must be done.
        due_on: Last day, inclusive.
        light: How near it is.
        working: Why that day, a sentence each.
        title: What the matter is about, as far as the viewer may know.
        instead_of: Whom it is done for, where one stands in.
        from_whom: Whose hand it came from.
        href: The page on which it is done, "" for the matter's own.
        of: What it is by its key, "" where its words alone say it: a clock, a line of a ledger.
    """

    matter: Matter
    what: Any
    due_on: date
    light: Light
    working: list[str] = field(default_factory=list)
    title: str = ""
    instead_of: str = ""
    from_whom: str = ""
    href: str = ""
    of: str = ""

    @property
    def number(self) -> str:
        """What it is found by."""
        return self.matter.number

    @property
    def key(self) -> str:
        """What a calendar program tells it by."""
        return f"{self.matter.mechanism}-{self.matter.slug}"


@dataclass(frozen=True)
class Errand:
    """One line of what is to be done that is no matter's: it has a page and a day of its own.

    Attributes:
        key: What a calendar program tells it by; lower-case words with hyphens.
        what: What must be done.
        due_on: Last day, inclusive.
        light: How near it is.
        title: What it is about.
        href: The page on which it is done.
        working: Why that day, a sentence each.
        number: What it is found by, where it has one.
    """

    key: str
    what: Any
    due_on: date
    light: Light
    title: str
    href: str
    working: list[str] = field(default_factory=list)
    number: str = ""
    instead_of: str = ""
    from_whom: str = ""
    of: str = ""
    matter: None = None


@dataclass(frozen=True)
class Work:
    """Everything by time: overdue and today, until Sunday, later; and what has newly come."""

    now: list[Duty | Errand]
    week: list[Duty | Errand]
    later: list[Duty | Errand]
    new: list[tuple[Notice, str, str]]
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.now or self.week or self.later or self.new)


Source = Callable[[Viewer], Iterable[tuple[tuple[str, int], Duty]]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Let a room name duties that are neither clocks nor dated lines, each with a key of its own.

    Args:
        source: Yields what somebody owes; a duty is left out where its matter is not seen.
    """
    if source not in _sources:
        _sources.append(source)


_errands: list[Callable[[Viewer], Iterable[Errand]]] = []


def add_errands(source: Callable[[Viewer], Iterable[Errand]]) -> None:
    """Let a part of the desk name what somebody owes beside all matters; it asks itself who may see it."""
    if source not in _errands:
        _errands.append(source)


def bears(declared: Mechanism, role: str) -> list[str]:
    """Return the clocks that a role owes."""
    return [clock.key for clock in declared.clocks if clock.bears == role]


def carries(declared: Mechanism, role: str) -> list[str]:
    """Return the ledgers whose dated lines a role carries: those whose lines its acts change."""
    found = []
    for ledger in declared.ledgers:
        changers = {
            key
            for act in declared.acts
            for entry in act.enters
            if entry.from_ and entry.ledger == ledger.key
            for key in act.by
        }
        if ledger.due and role in changers:
            found.append(ledger.key)
    return found


def work_of(viewer: Viewer) -> Work:
    """Return what somebody has to do; a number of queries that does not grow with it."""
    found: dict[tuple[str, int], Duty] = {}
    for held in holdings(viewer):
        for key, duty in (*_clocks(held, viewer), *_lines(held, viewer)):
            found.setdefault(key, duty)
    found |= {key: duty for source in _sources for key, duty in source(viewer)}
    ordered = sorted(found.values(), key=lambda one: (one.due_on, one.matter.pk, str(one.what)))
    beside = [one for source in _errands for one in source(viewer)]
    told: list[Duty | Errand] = [*_told(viewer, ordered[:MOST]), *beside]
    shown = sorted(told, key=lambda one: one.due_on)
    today, sunday = viewer.on, viewer.on + timedelta(days=6 - viewer.on.weekday())
    return Work(
        now=[one for one in shown if one.due_on <= today],
        week=[one for one in shown if today < one.due_on <= sunday],
        later=[one for one in shown if one.due_on > max(sunday, today)],
        new=newly_named(viewer),
        is_cut=len(ordered) > MOST,
    )


def _clocks(held: Holding, viewer: Viewer) -> Iterable[tuple[tuple[str, int], Duty]]:
    named = composing.rows_of(
        "clocks of named", held.named, lambda marks: _running().filter(matter__in=marks)
    )
    named = [run for run in named if _bears_by_name(held, run)]
    named += composing.rows(
        ("clocks by office", *held.question),
        lambda: _by_office(_running(), held.by_office(bears, "matter__", "key")),
    )
    opened = Opened()
    for run in named:
        clock = clock_of(run, run.matter.mechanism, run.matter.version)
        if clock is not None and run.due_on is not None:
            lit = light(run, clock, viewer.on, opened)
            yield (
                ("clock", run.pk),
                Duty(
                    run.matter,
                    clock.name,
                    run.due_on,
                    lit,
                    in_words(run, clock),
                    instead_of=held.name,
                    of=f"clock:{run.key}",
                ),
            )


def _running() -> QuerySet[ClockRun]:
    running = ClockRun.objects.filter(
        state=ClockRun.State.RUNNING, due_on__isnull=False, matter__is_open=True
    )
    return running.select_related("matter__owner").order_by("due_on", "pk")


def _by_office(rows: QuerySet[Any], office: Q | None) -> QuerySet[Any]:
    return rows.none() if office is None else rows.filter(office)[: MOST + 1]


def _bears_by_name(held: Holding, run: ClockRun) -> bool:
    clock = clock_of(run, run.matter.mechanism, run.matter.version)
    if clock is None or not clock.bears:
        return False
    declared = mechanism(run.matter.mechanism, run.matter.version)
    return declared in held.kinds and held.plays(declared.role(clock.bears), run.matter_id)


def _lines(held: Holding, viewer: Viewer) -> Iterable[tuple[tuple[str, int], Duty]]:
    named = composing.rows_of("lines of named", held.named, lambda marks: _due().filter(matter__in=marks))
    named = [line for line in named if _carries_by_name(held, line)]
    named += composing.rows(
        ("lines by office", *held.question),
        lambda: _by_office(_due(), held.by_office(carries, "matter__", "ledger")),
    )
    for line in named:
        declared = mechanism(line.matter.mechanism, line.matter.version)
        ledger = declared.ledger(line.ledger)
        what = _("%(ledger)s, line %(no)s") % {"ledger": ledger.name, "no": line.no}
        why = [_("The day stands in the line itself.")]
        if line.due_on is not None:
            yield (
                ("line", line.pk),
                Duty(
                    line.matter,
                    what,
                    line.due_on,
                    light_of_day(line.due_on, viewer.on),
                    why,
                    instead_of=held.name,
                    of=f"line:{line.ledger}.{line.no}",
                ),
            )


def _due() -> QuerySet[LedgerLine]:
    due = LedgerLine.objects.filter(is_done=False, due_on__isnull=False, matter__is_open=True)
    return due.select_related("matter__owner").order_by("due_on", "pk")


def _carries_by_name(held: Holding, line: LedgerLine) -> bool:
    declared = mechanism(line.matter.mechanism, line.matter.version)
    if declared not in held.kinds:
        return False
    roles = [role for role in declared.parties if line.ledger in carries(declared, role.key)]
    return any(held.plays(role, line.matter_id) for role in roles)


def light_of_day(due: date, today: date) -> Light:
    """Return the light of a day that stands by itself, without a clock."""
    left = (due - today).days
    return Light(
        "red" if left < 0 else "yellow" if left <= SOON_SHARE_DAYS else "green", due, said.left(left)
    )


def _told(viewer: Viewer, duties: list[Duty]) -> list[Duty]:
    """Leave out what does not exist for the viewer, and add titles and hands; three queries."""
    matters = {one.matter.pk: one.matter for one in duties}
    views = access.seen_among(viewer, matters)
    hands = last_hands([key for key, view in views.items() if view == "whole"])
    told = []
    for one in duties:
        key = one.matter.pk
        if key in views:
            is_whole = views[key] == "whole"
            title = (
                one.matter.title
                if is_whole
                else str(mechanism(one.matter.mechanism, one.matter.version).name)
            )
            whom = hands.get(key) or str(one.matter.owner)
            told.append(replace(one, title=title, from_whom=whom))
    return told


def last_hands(keys: Iterable[int]) -> dict[int, str]:
    """Return who acted last on each matter, by key; one query. Confidential parts are left out."""
    last = Performance.objects.filter(matter=OuterRef("pk")).order_by("-no")
    rows = composing.rows_of(
        "last hands",
        keys,
        lambda marks: (
            Matter.objects.filter(pk__in=marks)
            .annotate(hand=Subquery(last.values("by__name")[:1]), role=Subquery(last.values("as_role")[:1]))
            .order_by()
            .values_list("pk", "mechanism", "version", "hand", "role")
        ),
    )
    found = {}
    for key, kind, version, hand, role in rows:
        hidden = {one.key for one in mechanism(kind, version).parties if one.confidential}
        if hand and role not in hidden:
            found[key] = hand
    return found


def newly_named(viewer: Viewer) -> list[tuple[Notice, str, str]]:
    """Return matters that somebody was named on and has not opened yet: notice, title, the part."""
    rows = composing.rows(
        ("newly named", viewer.person_id),
        lambda: (
            Notice.objects.filter(person=viewer.person_id, kind="named", read_at=None, matter__isnull=False)
            .select_related("matter__owner")
            .order_by("-at", "-pk")[:50]
        ),
    )
    notices = {one.matter_id: one for one in reversed(rows)}
    views = access.seen_among(viewer, notices)
    found = []
    for key, one in reversed(notices.items()):
        if key in views:
            declared = mechanism(one.matter.mechanism, one.matter.version)
            title = one.matter.title if views[key] == "whole" else str(declared.name)
            roles = {role.key: str(role.name) for role in declared.parties}
            found.append((one, title, roles.get(one.facts.get("role", ""), "")))
    return found


def may_work(viewer: Viewer) -> bool:
    """Return whether somebody has a desk at all: a person who is no administrator."""
    return viewer.person_id is not None and not viewer.is_administrator
