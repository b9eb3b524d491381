"""What a matter consists of: stages, roles, gates, slips, ledgers, figures. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary.fields import Field, Law, Words


@dataclass(frozen=True)
class Stage:
    """Where a matter stands: a past participle.

    Attributes:
        key: For example `reported`.
        name: What people see.
        term: The Chinese term of the field, for the diagram and documents.
        open: False where the matter has come to its end.
        rests: Why an open stage rightly waits without a clock, where it does.
    """

    key: str
    name: Words
    term: str = ""
    open: bool = True
    rests: Words = ""


@dataclass(frozen=True)
class Role:
    """A part that somebody plays on a matter.

    Attributes:
        key: Name in `Act.by`.
        name: What people see.
        term: The Chinese term.
        kind: Whether a person or a unit is named.
        least: How many must be named before an act of this role (2 where the law says two).
        most: How many may be; None for any number.
        office: Roles of the organization whose holders play this part without being named
            (`dept_head`, `principal` …); empty for a part that is only named.
        within: For an office: `any` for the whole commission, `owner` for the owning unit and above,
            or the key of a unit role: the holder's unit must be that one.
        confidential: Named persons are shown to parties only.
        subject: The matter is about this party: whoever is close to it is recused.
        reads: Whether the part may read the whole matter; False for a party that sees only its own acts,
            slips and the facts that it entered (a supervised unit).
        restricted: Whether holders of the office see restricted matters too, without being named.
        anew: Whoever has it is named here; nobody brings it along from the matter that opens this one.
        told_by: Acts by which a unit learns of the matter, the first that is done: until then it does not
            exist for whoever speaks for the unit. Empty where the unit knows from the start.
        own: A subject who may read what is kept about them, and answer it: whoever is close to them is
            recused, they themselves are not.
        card: Whether holders of the office know of restricted matters too, by their card only.
        by_everybody: Whether one of the three administrators who is named here has the own part too. It is
            all they ever have of a matter; only for a part that does not read the whole.
    """

    key: str
    name: Words
    term: str = ""
    kind: Literal["person", "unit"] = "person"
    least: int = 1
    most: int | None = None
    office: tuple[str, ...] = ()
    within: str = "any"
    confidential: bool = False
    subject: bool = False
    reads: bool = True
    restricted: bool = False
    told_by: tuple[str, ...] = ()
    anew: bool = False
    own: bool = False
    card: bool = False
    by_everybody: bool = False


@dataclass(frozen=True)
class Gate:
    """A predicate that must hold before an act; its reason is shown while it does not.

    Attributes:
        key: Stable id, for coverage and tests.
        says: What is missing and what to do, one sentence.
        holds: Pure function of the snapshot.
        law: The provision behind it, where there is one.
        overridden_by: Role that may pass it with a reason, journaled; "" for nobody.
    """

    key: str
    says: Words
    holds: Callable[[Snapshot], bool]
    law: tuple[Law, ...] = ()
    overridden_by: str = ""


@dataclass(frozen=True)
class Slip:
    """A document that an act prints: numbered, rendered, hashed, archived.

    Attributes:
        key: Key of its template.
        name: What people see.
        term: The document's Chinese name, for example 督办单.
        series: Kind in the number: documents of one series and office are numbered together, by year.
        by: Code of the office that numbers it; "" for the owning unit.
        to: Role that receives it, or "".
        anonymous: A version without names of private persons.
        named_by: Key of a unit role: where a unit holds it, the document goes out in that unit's own name.
        when: Condition, looked at after the act, under which it is printed; None for always.
    """

    key: str
    name: Words
    term: str
    series: str
    by: str = ""
    to: str = ""
    anonymous: bool = False
    named_by: str = ""
    when: Callable[[Snapshot], bool] | None = None


@dataclass(frozen=True)
class Ledger:
    """A list on the matter (台账) with its own fields and states.

    Attributes:
        key: Name.
        name: What people see.
        term: The Chinese term.
        fields: Columns.
        states: (value, words) pairs in order; the first is a new line's.
        done: States in which nothing is owed any more.
        due: Key of a field (a day) by which the line is due, or "".
        unsaid: States whose lines stand on no slip (struck, dropped).
        apart_until: Key of an act: until it is done, each line is there for its author alone, whoever else
            sees the matter (what several judge, each for themselves).
        gone: States whose lines are there for nobody any more (what has lost its effect).
    """

    key: str
    name: Words
    term: str = ""
    fields: tuple[Field, ...] = ()
    states: tuple[tuple[str, Words], ...] = ()
    done: tuple[str, ...] = ()
    due: str = ""
    unsaid: tuple[str, ...] = ()
    apart_until: str = ""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line that an act adds to a ledger, or the change it makes to one.

    Its facts are handed in as lines of the sheet, or are the facts of the act whose keys are columns
    of the ledger; which line is changed stands in a field of kind `line`.

    Attributes:
        ledger: Key of the ledger.
        to: State of the line after the act.
        from_: States a line must be in to be changed; empty for a new line.
        least: How many lines must be handed in.
        columns: Keys of the columns that this act fills in, where they are not all.
        where: (column, value) pairs: only lines that have these values are changed.
        author: Key of a column of kind `person` in which the door itself writes whose a new line is: who
            acts, or for whom; no form asks for it.
    """

    ledger: str
    to: str
    from_: tuple[str, ...] = ()
    least: int = 0
    columns: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    author: str = ""

    def changes(self, state: str, facts: Mapping[str, Any]) -> bool:
        """Return whether a line in a state, with these facts, is one that the act may change."""
        return state in self.from_ and all(facts.get(key) == value for key, value in self.where)

    def asks(self, ledger: Ledger) -> tuple[Field, ...]:
        """Return the columns of its ledger that the act fills in."""
        asked = (one for one in ledger.fields if not self.columns or one.key in self.columns)
        return tuple(one for one in asked if one.key != self.author)


@dataclass(frozen=True)
class Opens:
    """A matter of another kind that an act opens, or may open.

    Attributes:
        mechanism: Its key; rooms know no other room, so it is a word here, checked at start-up.
        link: Kind of the link between the two.
        always: Opened by the act itself; otherwise offered to the person who acts.
        when_holds: Condition, looked at after the act, under which one that is `always` opened is opened.
        if_there: The house may stand without that room: then nothing is opened and nothing is amiss.
        own_level: The new matter stands on the level of its own kind, under a title that says only its kind
            and the number it comes from: a letter that goes out of a restricted case.
        keeps_away: Roles here whose holders, and whoever acted in them, are recused from the new matter:
            an appeal is examined by new people.
        each: Key of a field of kind `units` that the act asks for: one matter for each unit entered there.
        each_as: Role of the new matter in which that unit is named.
    """

    mechanism: str
    link: str
    always: bool = False
    when_holds: Callable[[Snapshot], bool] | None = None
    if_there: bool = False
    own_level: bool = False
    keeps_away: tuple[str, ...] = ()
    each: str = ""
    each_as: str = ""


@dataclass(frozen=True)
class Figure:
    """A statistic of a mechanism; its subject is always an office, a unit or an item, never a private person.

    Attributes:
        key: Name.
        name: What is counted, as a title that says it.
        counts: `matters`, `acts:<act>`, `acts:<act>|<act>` (matters on which any of them was done),
            `clocks:<clock>`, `ledger:<ledger>`, `sum:<fact that is money>` or
            `median_days:<from act>:<to act>`.
        by: Facts, roles or `owner`, `stage`, `light` to split by; for lines of a ledger its columns too.
        where: Restricts the matters, as (key, value) pairs of facts; of several values any will do.
        share_of: Key of another figure: shown as a share of it.
        lacks: Kind of a link: only matters that lead to nothing by it (a closed case without a lesson).
        never: Key of an act: only matters on which it was never done (accepted at the first time).
        least: From how many on a share is said, then with its 90 % interval; 0 says it always, without one.
    """

    key: str
    name: Words
    counts: str = "matters"
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    share_of: str = ""
    lacks: str = ""
    never: str = ""
    least: int = 0
