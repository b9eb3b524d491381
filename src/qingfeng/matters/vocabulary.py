"""The vocabulary of declarations: what a mechanism is made of. Pure; no Django, no database.

A mechanism (机制) declares how one kind of matter (事项) is carried to its end. Everything here
is a frozen value: a declaration can be read, compared, drawn and walked without running anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, overload

from qingfeng.matters.snapshot import Snapshot

Words = Any  # a text or a lazily translated text
OPEN = "open"  # the act that opens a matter; a clock may start with it


ADDED: Mapping[str, Any] = {
    "Role.told_by": (),
    "Role.anew": False,
    "Role.own": False,
    "Role.card": False,
    "Entry.columns": (),
    "Entry.where": (),
    "Clock.each_month": "",
    "Clock.in_months": (),
    "Clock.of_year": "",
    "Clock.end_of_month": 0,
    "Ledger.unsaid": (),
    "Ledger.apart_until": "",
    "Ledger.gone": (),
    "Act.names_self": "",
    "Opens.when_holds": None,
    "Opens.if_there": False,
    "Opens.own_level": False,
    "Opens.keeps_away": (),
    "Opens.each": "",
    "Opens.each_as": "",
    "Figure.lacks": "",
    "Figure.least": 0,
    "Mechanism.gates": (),
    "Slip.named_by": "",
    "Slip.when": None,
    "Act.computes": "",
    "Act.then": "",
    "Act.finds": (),
    "Figure.never": "",
}
"""Words that came later, with what they say when unused: a declaration without them keeps its digest."""


class Looked(Sequence[tuple[str, Words]]):
    """Choices that are looked up when they are needed, from something that may grow without a new version.

    They are no part of a declaration's digest.
    """

    def __init__(self, look: Callable[[], Sequence[tuple[str, Words]]]) -> None:
        self._look = look

    def __iter__(self) -> Iterator[tuple[str, Words]]:
        return iter(self._look())

    def __len__(self) -> int:
        return len(self._look())

    @overload
    def __getitem__(self, place: int) -> tuple[str, Words]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[str, Words]]: ...

    def __getitem__(self, place: int | slice) -> tuple[str, Words] | Sequence[tuple[str, Words]]:
        return self._look()[place]


class Mark(StrEnum):
    """How sure a provision or a figure is (the marks of the field's own texts)."""

    LAW = "law"
    REPORTED = "reported"
    VERIFY = "verify"
    PROPOSAL = "proposal"


class Confidentiality(StrEnum):
    """Who is let near a matter, from most to fewest; `access` says what each means."""

    ORDINARY = "ordinary"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class Law:
    """A provision, or the practice a figure rests on. Its name is data and is never translated.

    Attributes:
        name: As published, for example 政务处分法.
        article: For example "Art. 43"; "" where the whole text is meant.
        mark: How sure this is; anything but LAW is a setting of the district.
    """

    name: str
    article: str = ""
    mark: Mark = Mark.LAW

    def __str__(self) -> str:
        return f"{self.name} {self.article}".strip()


Kind = Literal[
    "text",
    "long",
    "day",
    "moment",
    "money",
    "whole",
    "score",
    "choice",
    "choices",
    "flag",
    "unit",
    "units",
    "person",
    "persons",
    "file",
    "files",
    "line",
]


@dataclass(frozen=True)
class Field:
    """One thing that an act or a ledger row asks for.

    Attributes:
        key: Name in facts and exports.
        name: What the form says.
        kind: What is entered; money is DECIMAL(14,2) yuan, a day a civil date of Asia/Shanghai, `line` the
            number of a ledger line that the act changes.
        term: The field's Chinese term where documents use another word than the form.
        needed: Whether it may be left out.
        choices: (value, words) pairs, in order, for `choice` and `choices`; `Looked` where they may grow.
        help: One sentence beside the field.
        least: Smallest number, amount or count; for a day, days before (negative) or after today.
        most: Largest; for text, characters.
        sealed: Encrypted to `holders`: absent from search, logs and exports.
        holders: Keys of the roles that can open a sealed field.
        personal: About a private person: left out of anonymous slips and of statistics.
        setting: Key of a district setting (yes or no; no by default) that switches the field on.
    """

    key: str
    name: Words
    kind: Kind = "text"
    term: str = ""
    needed: bool = True
    choices: Sequence[tuple[str, Words]] = ()
    help: Words = ""
    least: int | None = None
    most: int | None = None
    sealed: bool = False
    holders: tuple[str, ...] = ()
    personal: bool = False
    setting: str = ""


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
    """

    ledger: str
    to: str
    from_: tuple[str, ...] = ()
    least: int = 0
    columns: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()

    def changes(self, state: str, facts: Mapping[str, Any]) -> bool:
        """Return whether a line in a state, with these facts, is one that the act may change."""
        return state in self.from_ and all(facts.get(key) == value for key, value in self.where)

    def asks(self, ledger: Ledger) -> tuple[Field, ...]:
        """Return the columns of its ledger that the act fills in."""
        return tuple(one for one in ledger.fields if not self.columns or one.key in self.columns)


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
class Act:
    """What moves a matter: an imperative.

    Attributes:
        key: For example `issue`.
        name: The words on the button.
        by: Roles that may act; `clock` for an act that a clock performs.
        from_: Stages it starts in; empty for every open stage.
        to: Stage it leads to; "" where the matter stays.
        asks: Fields of its form.
        names: Roles whose holders this act names.
        gates: What must hold before.
        starts: Clocks it starts (anew).
        stops: Clocks it stops.
        pauses: Clocks it pauses.
        resumes: Clocks it lets run again.
        extends: A clock it extends by its field `days` (or to its field `until`).
        enters: What it does to ledgers.
        prints: Slips it prints.
        opens: Matters of another kind.
        second: Whether a second person must confirm before it counts (two signers).
        not_by: Roles whose holders on this matter may not do this act (the drafter does not approve).
        reason: Whether a reason is asked for.
        bulk: Whether it may be done to many matters at once; never for decisions on persons.
        on_paper: Whether it may be entered for somebody who signed on paper.
        meeting: Whether a meeting may decide it.
        when: A condition for the act to be offered at all (a gate without words).
        computes: Key of a function by which the house finds something out at the act (`matters.computed`).
        then: Key of a function that does, in its transaction, what follows elsewhere (`matters.following`).
        finds: Keys of fields that it asks for and of roles that it names which the house fills in by that
            function; no form asks for them. Where they are roles alone, lines of ledgers are still asked for.
        names_self: Role in which whoever acts is named by the act itself, beside those who have it.
    """

    key: str
    name: Words
    by: tuple[str, ...] | str = ()
    from_: tuple[str, ...] | str = ()
    to: str = ""
    asks: tuple[Field, ...] = ()
    names: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    starts: tuple[str, ...] | str = ()
    stops: tuple[str, ...] | str = ()
    pauses: tuple[str, ...] | str = ()
    resumes: tuple[str, ...] | str = ()
    extends: str = ""
    enters: tuple[Entry, ...] = ()
    prints: tuple[Slip, ...] = ()
    opens: tuple[Opens, ...] = ()
    second: bool = False
    not_by: tuple[str, ...] = ()
    reason: bool = False
    bulk: bool = False
    on_paper: bool = False
    meeting: bool = False
    when: Callable[[Snapshot], bool] | None = None
    computes: str = ""
    then: str = ""
    finds: tuple[str, ...] = ()
    names_self: str = ""

    def __post_init__(self) -> None:
        for name in ("by", "from_", "starts", "stops", "pauses", "resumes"):
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, (value,) if value else ())


@dataclass(frozen=True)
class Clock:
    """A duty with a deadline.

    Attributes:
        key: Name, for example `transfer_feedback`.
        name: What must be done, as people say it.
        days: Calendar days, or
        working_days: Working days, or
        months: Months.
        until: Or: the key of a fact (a civil date) that is itself the due date.
        each_month: Or: the key of a fact (a day of the month, 1 to 28): due on the next such day, after the
            day on which the clock starts and after the day on which it was due before.
        in_months: With `each_month`: the months (1 to 12) that have such a day; every month where none is
            named. A duty of each quarter names the month after it.
        of_year: Or: the key of a fact (a year): due on the last day of a month of it, `end_of_month`.
        end_of_month: With `of_year`: 1 to 12, or 13 to 18 for the months of the year after.
        starts: Acts (or `open`) that start it; an act's own `starts` may name it too.
        from_fact: Key of a fact (a civil date) that counting starts from instead of the act's day.
        stops: Acts that stop it.
        law: Its basis.
        setting: Key of the district setting that may replace the figure; "" where a law fixes it.
        most_extension_days: How far it may be extended in all; 0 for never.
        extended_by: Role that approves an extension.
        yellow: Share of the period left at which the light turns yellow, 0 to 1.
        escalates: Roles told when it is overdue, in order, three working days apart.
        bears: Role that owes the duty.
        repeats: Starts again by itself when it is stopped, while the matter is in `during`.
        during: Stages in which a repeating clock starts again.
        when: Condition for it to start, looked at after the act; a clock with `until` whose day was not
            entered does not start either.
    """

    key: str
    name: Words
    days: int = 0
    working_days: int = 0
    months: int = 0
    until: str = ""
    each_month: str = ""
    in_months: tuple[int, ...] = ()
    of_year: str = ""
    end_of_month: int = 0
    starts: tuple[str, ...] | str = ()
    from_fact: str = ""
    stops: tuple[str, ...] | str = ()
    law: tuple[Law, ...] = ()
    setting: str = ""
    most_extension_days: int = 0
    extended_by: str = ""
    yellow: float = 0.3
    escalates: tuple[str, ...] = ()
    bears: str = ""
    repeats: bool = False
    during: tuple[str, ...] = ()
    when: Callable[[Snapshot], bool] | None = None

    def __post_init__(self) -> None:
        for name in ("starts", "stops"):
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, (value,) if value else ())


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
        by: Roles that may add and change lines apart from acts; empty for acts only.
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
    by: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    apart_until: str = ""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A statistic of a mechanism; its subject is always an office, a unit or an item, never a private person.

    Attributes:
        key: Name.
        name: What is counted, as a title that says it.
        counts: `matters`, `acts:<act>`, `clocks:<clock>`, `ledger:<ledger>`, `sum:<fact that is money>` or
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


@dataclass(frozen=True)
class Mechanism:
    """One kind of matter, whole.

    Attributes:
        key: Name in addresses and records, a singular noun.
        name: What people see.
        term: The Chinese term of the field.
        purpose: One sentence for people who open the page for the first time.
        stages: In order; the first is where a matter begins.
        parties: Roles.
        opened_by: Keys of roles with an office that may open one.
        asks: Fields of the form that opens it (its `title` is always asked for).
        acts: What moves it.
        clocks: Its duties with deadlines.
        ledgers: Its lists.
        figures: Its statistics.
        names: Roles named when it is opened.
        starts: Clocks that start when it is opened besides those that say so.
        confidentiality: Of a new matter.
        version: Whole number; a changed declaration gets the next one, and the old file stays.
        law: Basis of the mechanism.
        number: Chinese series word of its number, for example 督.
        keywords: Facts that lists show as columns, in order.
        moves: From an older version: stage there → stage here, for matters that are moved.
        gates: What must hold of the form that opens it: facts and named parts as entered, nothing else yet.
    """

    key: str
    name: Words
    term: str
    purpose: Words
    stages: tuple[Stage, ...]
    parties: tuple[Role, ...]
    acts: tuple[Act, ...]
    opened_by: tuple[str, ...] = ()
    asks: tuple[Field, ...] = ()
    clocks: tuple[Clock, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: tuple[str, ...] = ()
    prints: tuple[Slip, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    version: int = 1
    law: tuple[Law, ...] = ()
    number: str = ""
    keywords: tuple[str, ...] = ()
    moves: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()

    def stage(self, key: str) -> Stage:
        """Return a stage by its key; KeyError where there is none."""
        return _found(self.stages, key)

    def act(self, key: str) -> Act:
        """Return an act by its key; KeyError where there is none."""
        return _found(self.acts, key)

    def role(self, key: str) -> Role:
        """Return a role by its key; KeyError where there is none."""
        return _found(self.parties, key)

    def clock(self, key: str) -> Clock:
        """Return a clock by its key; KeyError where there is none."""
        return _found(self.clocks, key)

    def ledger(self, key: str) -> Ledger:
        """Return a ledger by its key; KeyError where there is none."""
        return _found(self.ledgers, key)

    def may_be(self, level: str) -> bool:
        """Return whether a matter of this kind can be opened on a level and its offices still carry it."""
        if level != Confidentiality.RESTRICTED or level == self.confidentiality:
            return True
        return any(one.restricted for one in self.parties)

    def slips(self) -> Iterator[Slip]:
        """Yield every slip that opening or an act prints, once each, in order."""
        seen = set()
        for slip in (*self.prints, *(slip for act in self.acts for slip in act.prints)):
            if slip.key not in seen:
                seen.add(slip.key)
                yield slip

    def started_by(self, act: str) -> Iterator[Clock]:
        """Yield the clocks that an act (or `open`) starts."""
        own = next((one.starts for one in self.acts if one.key == act), ())
        return (clock for clock in self.clocks if clock.key in own or act in clock.starts)

    def stopped_by(self, act: str) -> Iterator[Clock]:
        """Yield the clocks that an act stops."""
        own = next((one.stops for one in self.acts if one.key == act), ())
        return (clock for clock in self.clocks if clock.key in own or act in clock.stops)

    def is_from(self, act: Act, stage: str) -> bool:
        """Return whether an act may start in a stage."""
        return stage in act.from_ if act.from_ else self.stage(stage).open

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the declaration says, in hex; words in translation and code bodies left out."""
        said = json.dumps(_plain(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def _found(values: tuple[Any, ...], key: str) -> Any:
    for value in values:
        if value.key == key:
            return value
    raise KeyError(key)


def _is_said(value: Any, name: str) -> bool:
    word = f"{type(value).__name__}.{name}"
    return word not in ADDED or getattr(value, name) != ADDED[word]


def _plain(value: Any) -> Any:
    """Return a declaration as plain data: functions by name, translated words left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.name not in {"name", "says", "help", "purpose", "rests"} and _is_said(value, one.name)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if callable(value):
        return getattr(value, "__qualname__", "function")
    return value if isinstance(value, str | int | float | bool | None) else None
