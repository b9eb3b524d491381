"""What moves a matter, and the duties with deadlines that it starts and stops. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary.fields import Field, Law, Words
from qingfeng.matters.vocabulary.parts import Entry, Gate, Opens, Slip


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
            function; no form asks for them. Where they are roles or columns of its lines alone, the lines are
            asked for all the same (a column then shows what was typed until the house knows better).
        names_self: Role in which whoever acts is named by the act itself, beside those who have it.
        sends: What goes to another installation when it is done (`following.send_with`).
        comes: What comes from another installation and lets the house do it itself; a person of `by` may too.
        for_good: What it does for good, in a sentence: said before it is done. Nobody opens the matter again.
        even_ended: Whether it may be done however the matter has ended: closed, void, withdrawn or merged.
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
    sends: str = ""
    comes: str = ""
    for_good: Words = ""
    even_ended: bool = False

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
