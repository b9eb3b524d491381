"""A matter as one viewer sees it: whole, its card, or the own part; read in a fixed number of queries.

A card says number, kind, stage, office and days. A part is what a unit itself did and was sent: its own
acts, the facts that it entered, slips addressed to it, its own ledger lines, the clocks that it owes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from qingfeng.desk import rows_of, values
from qingfeng.desk.holding import on_matter, part_of
from qingfeng.desk.lights import Opened, clock_of, light
from qingfeng.desk.shown import ClockShown, LedgerShown, Said, Step, Told
from qingfeng.desk.working import in_words
from qingfeng.journal import composing
from qingfeng.matters import access
from qingfeng.matters.access import View
from qingfeng.matters.apart import closed_to
from qingfeng.matters.models import (
    ClockRun,
    LedgerLine,
    Matter,
    MatterFile,
    MatterSlip,
    Party,
    Performance,
)
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import OPEN, Field, Ledger, Mechanism, Role
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

FEW_FACTS = 16  # as many stand on a page without folds


@dataclass
class Seen:
    """A matter as one viewer sees it.

    Attributes:
        viewer: Who looks.
        matter: The matter, with its owner.
        view: `whole`, `card` or `part`.
        on: Civil date that lights are of.
    """

    viewer: Viewer
    matter: Matter
    view: View
    on: date

    @cached_property
    def declared(self) -> Mechanism:
        """The declaration that the matter stands on."""
        return mechanism(self.matter.mechanism, self.matter.version)

    @property
    def is_whole(self) -> bool:
        """Whether everything is shown."""
        return self.view == "whole"

    @property
    def is_part(self) -> bool:
        """Whether only the own part is shown."""
        return self.view == "part"

    @cached_property
    def title(self) -> str:
        """What it is about; its kind where the viewer sees only a card, or a part that they did not open."""
        opened = self.is_part and any(one.act == OPEN for one in self.performances)
        return self.matter.title if self.is_whole or opened else str(self.declared.name)

    @cached_property
    def parties(self) -> list[tuple[Role, list[Party]]]:
        """Everybody with a part now, by role in the order of the declaration."""
        if self.view == "card":
            return []
        rows = rows_of.parties(self.matter)
        if self.is_part:
            me = self.viewer.person_id
            rows = [
                row for row in rows if row.unit_id in self.units or (row.person_id and row.person_id == me)
            ]
        by_role: dict[str, list[Party]] = defaultdict(list)
        for row in rows:
            by_role[row.role].append(row)
        shown = [(role, by_role[role.key]) for role in self.declared.parties if by_role.get(role.key)]
        return [(role, rows) for role, rows in shown if not role.confidential or self.is_party]

    @cached_property
    def is_party(self) -> bool:
        """Whether the viewer has a part in the matter: confidential names are shown to parties only."""
        return bool(self.roles)

    @cached_property
    def units(self) -> frozenset[int]:
        """Units that the viewer speaks for."""
        return access.units_spoken_for(self.viewer)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Keys of the roles that the viewer plays on the matter."""
        here, _held = on_matter(self.matter, today=self.on, actor=self.viewer.person_id)
        every = [role.key for role in self.declared.parties]
        return frozenset(key for key in every if part_of(self.viewer, self.declared, [key], here))

    @cached_property
    def colleagues(self) -> frozenset[int]:
        """Persons who hold or held a post in a unit that the viewer speaks for."""
        return frozenset(
            composing.rows_of(
                "colleagues of units",
                self.units,
                lambda marks: Person.objects.filter(posts__unit__in=marks).values_list("pk", flat=True),
            )
        )

    @cached_property
    def performances(self) -> list[Performance]:
        """Acts that are shown, oldest first."""
        if self.view == "card":
            return []
        rows = rows_of.story(self.matter)
        return [one for one in rows if self._is_ours(one)] if self.is_part else rows

    def _is_ours(self, one: Performance) -> bool:
        """Whether the viewer or a colleague did it, in a part that the viewer has or as who opened it."""
        if one.by_id == self.viewer.person_id:
            return True
        ours = self.colleagues & {one.by_id, one.for_person_id}
        return bool(ours) and (one.as_role in self.roles or (one.act == OPEN and one.by_id in ours))

    @cached_property
    def facts(self) -> list[Said]:
        """Facts with a value, in the order of the declaration.

        Of a part those that the unit itself entered.
        """
        if self.view == "card":
            return []
        stored = self.matter.facts
        if self.is_part:
            own = {key for one in self.performances for key in one.entered}
            stored = {key: value for key, value in stored.items() if key in own}
        known = values.fields_of(self.declared)
        pairs = [
            (known[key], value) for key, value in stored.items() if key in known and not known[key].sealed
        ]
        order = list(known)
        pairs = [pair for pair in pairs if pair[0].kind not in {"file", "files", "line"}]
        return self._said(sorted(pairs, key=lambda pair: order.index(pair[0].key)))

    @cached_property
    def steps(self) -> list[Step]:
        """Facts by the act that entered them last, in the order of the story; few of them without their acts.

        The opening and what was entered last are unfolded.
        """
        if len(self.facts) <= FEW_FACTS:
            return [Step("", self.facts, is_open=True)]
        entered = {key: one for one in self.performances for key in one.entered}
        by_act: dict[int, list[Said]] = defaultdict(list)
        for one in self.facts:
            by_act[entered[one.field.key].no if one.field.key in entered else 0].append(one)
        names = {one.no: values.act_name(self.declared, one.act) for one in self.performances}
        order = sorted(by_act)
        return [Step(names.get(no, ""), by_act[no], is_open=no in {order[0], order[-1]}) for no in order]

    def _said(self, pairs: Iterable[tuple[Field, Any]]) -> list[Said]:
        pairs = list(pairs)
        names = self.names
        made = [(one, values.say(one, value, names)) for one, value in pairs]
        return [
            Said(one, words, one.kind in {"long", "choices"} or len(words) > 40)
            for one, words in made
            if words
        ]

    @cached_property
    def names(self) -> values.Names:
        """Names of everything that facts, acts and ledger lines point to."""
        known = values.fields_of(self.declared)
        pairs = [(known[key], value) for key, value in self.matter.facts.items() if key in known]
        for one in self.performances:
            pairs += [(known[key], value) for key, value in one.entered.items() if key in known]
        for line in self.lines:
            columns = {one.key: one for one in self.declared.ledger(line.ledger).fields}
            pairs += [(columns[key], value) for key, value in line.facts.items() if key in columns]
        return values.Names.of(pairs)

    @cached_property
    def lines(self) -> list[LedgerLine]:
        """Ledger lines that are shown, in order."""
        if self.view == "card":
            return []
        known = {ledger.key for ledger in self.declared.ledgers}
        closed = closed_to(self.declared, rows_of.story(self.matter), self.viewer.person_id)
        rows = [line for line in rows_of.lines(self.matter) if line.ledger in known]
        rows = [line for line in rows if (line.ledger, line.no) not in closed]
        return [line for line in rows if self._is_own(line)] if self.is_part else rows

    def _is_own(self, line: LedgerLine) -> bool:
        """Whether a unit or a person sees a line: entered by it, naming it, or answered by such units."""
        entered = {
            (one[0], one[1])
            for performance in self.performances
            for one in performance.entered.get("lines", ())
        }
        if (line.ledger, line.no) in entered:
            return True
        ledger = self.declared.ledger(line.ledger)
        if any(
            str(self.viewer.person_id) in map(str, values.as_list(line.facts.get(one.key)))
            for one in ledger.fields
            if one.kind in {"person", "persons"}
        ):
            return True
        columns = [one.key for one in ledger.fields if one.kind in {"unit", "units"}]
        if columns:
            return bool(
                self.units & {int(one) for key in columns for one in values.as_list(line.facts.get(key))}
            )
        return ledger.key in self.answered

    @cached_property
    def answered(self) -> frozenset[str]:
        """Ledgers whose lines the viewer's roles may change."""
        keys: set[str] = set()
        for act in self.declared.acts:
            if self.roles & set(act.by):
                keys |= {entry.ledger for entry in act.enters if entry.from_}
        return frozenset(keys)

    @cached_property
    def files(self) -> list[MatterFile]:
        """Attachments that are shown, in order."""
        if self.view == "card":
            return []
        rows = rows_of.files(self.matter)
        if not self.is_part and not any(one.apart_until or one.gone for one in self.declared.ledgers):
            return rows
        lines, acts = {line.pk for line in self.lines}, {one.pk for one in self.performances}
        if not self.is_part:
            return [row for row in rows if row.line_id is None or row.line_id in lines]
        return [row for row in rows if row.performance_id in acts or row.line_id in lines]

    @cached_property
    def slips(self) -> list[MatterSlip]:
        """Slips that are shown, in order.

        Of a part those addressed to the viewer's roles or printed by their acts.
        """
        if self.view == "card":
            return []
        rows = rows_of.slips(self.matter)
        if not self.is_part:
            return rows
        to_us = {slip.key for slip in self.declared.slips() if slip.to in self.roles}
        own = {one.pk for one in self.performances}
        return [row for row in rows if row.key in to_us or row.performance_id in own]

    @cached_property
    def clocks(self) -> list[ClockShown]:
        """Clocks, running ones first by due date; of a part those that the viewer's roles owe."""
        kind, version = self.matter.mechanism, self.matter.version
        made, opened = [], Opened()
        for run in rows_of.clocks(self.matter):
            clock = clock_of(run, kind, version)
            if not self.is_part or (clock and clock.bears in self.roles):
                made.append(ClockShown(run, clock, light(run, clock, self.on, opened), in_words(run, clock)))
        if self.view == "card":
            made = [one for one in made if one.run.state == ClockRun.State.RUNNING]
        far = date.max
        return sorted(
            made, key=lambda one: (one.run.state == ClockRun.State.STOPPED, one.run.due_on or far, one.run.pk)
        )

    @property
    def running(self) -> list[ClockShown]:
        """Clocks that have not ended."""
        return [one for one in self.clocks if one.run.state != ClockRun.State.STOPPED]

    @property
    def stopped(self) -> list[ClockShown]:
        """Clocks that have ended."""
        return [one for one in self.clocks if one.run.state == ClockRun.State.STOPPED]

    @cached_property
    def story(self) -> list[Told]:
        """Acts in words, newest first."""
        slips: dict[int, list[MatterSlip]] = defaultdict(list)
        files: dict[int, list[MatterFile]] = defaultdict(list)
        for slip in self.slips:
            slips[slip.performance_id].append(slip)
        for one in self.files:
            if one.performance_id:
                files[one.performance_id].append(one)
        return [self._told(one, slips[one.pk], files[one.pk]) for one in reversed(self.performances)]

    def _told(self, one: Performance, slips: list[MatterSlip], files: list[MatterFile]) -> Told:
        role = next((role for role in self.declared.parties if role.key == one.as_role), None)
        is_hidden = bool(role and role.confidential and not self.is_party)
        known = values.fields_of(self.declared)
        pairs = [
            (known[key], value)
            for key, value in one.entered.items()
            if key in known and not known[key].sealed and known[key].kind not in {"file", "files", "line"}
        ]
        return Told(
            performance=one,
            title=values.act_name(self.declared, one.act),
            who="" if is_hidden or one.by is None else str(one.by),
            role=role.name if role else "",
            instead_of=""
            if is_hidden or not one.for_person or one.for_person_id == one.by_id
            else str(one.for_person),
            second="" if is_hidden or one.second is None else str(one.second),
            entered=self._said(pairs),
            lines=[self._line(line) for line in one.entered.get("lines", ())],
            slips=slips,
            files=files,
        )

    def _line(self, line: list[Any]) -> tuple[Ledger, int, str]:
        ledger = self.declared.ledger(line[0])
        return ledger, line[1], str(dict(ledger.states).get(line[2], line[2]))

    @cached_property
    def ledgers(self) -> list[LedgerShown]:
        """Ledgers that have lines, as tables."""
        files: dict[int, list[MatterFile]] = defaultdict(list)
        for one in self.files:
            if one.line_id:
                files[one.line_id].append(one)
        return [shown for ledger in self.declared.ledgers if (shown := self._ledger(ledger, files)).lines]

    def _ledger(self, ledger: Ledger, files: Mapping[int, list[MatterFile]]) -> LedgerShown:
        columns = [one for one in ledger.fields if not one.sealed and one.kind not in {"file", "files"}]
        states = dict(ledger.states)
        rows = [line for line in self.lines if line.ledger == ledger.key]
        return LedgerShown(
            ledger,
            [one.name for one in columns],
            [
                (
                    line,
                    [
                        (values.say(one, line.facts.get(one.key), self.names), one.kind == "day")
                        for one in columns
                    ],
                    str(states.get(line.state, line.state)),
                    list(files.get(line.pk, ())),
                )
                for line in rows
            ],
        )

    @cached_property
    def links(self) -> list[tuple[str, bool, Matter]]:
        """Linked matters that the viewer may see: kind of the link, whether it leads out, the matter."""
        if self.view == "card":
            return []
        found: list[tuple[str, bool, Matter]] = []
        for rows, end, outward in (
            (self.matter.links_in, "source", False),
            (self.matter.links_out, "target", True),
        ):
            linked = rows.filter(until_at=None).select_related(end)
            found += [(link.kind, outward, getattr(link, end)) for link in linked]
        if not found:
            return []
        may = access.seen_among(self.viewer, [one.pk for *_rest, one in found])
        return [one for one in found if one[2].pk in may]

    @cached_property
    def sealed(self) -> list[Any]:
        """Sealed values, by field, with who may open them; none are shown."""
        if not self.is_whole:
            return []
        known = values.fields_of(self.declared)
        rows = rows_of.sealed(self.matter)
        return [(row, known[row.field]) for row in rows if row.field in known]


def seen_of(viewer: Viewer, matter: Matter) -> Seen | None:
    """Return a matter as somebody sees it, None if it does not exist for them."""
    view = access.view_of(viewer, matter)
    return Seen(viewer, matter, view, viewer.on) if view else None
