"""Sample matters: reads `<room>/sample.py`, plain data, and plays it through the door.

A room's `CASES` are stories: how a matter of its kind is opened and what happens to it, day by day.
The demonstration and the tests play them up to a stage, so that there is a matter in every stage.
Everybody and everything in them is fictional: 云水区 in 江淮省 does not exist.

| a text in a story | stands for |
|---|---|
| `day:40` | the civil date 40 days after the opening |
| `months:40+6` | six months after that |
| `person:deputy`, `unit:city` | somebody, or a unit, of the cast |
| `name:deputy` | the name of somebody of the cast |
| `file:报告.pdf` | an attachment of that name, brought by who acts |
| `{year}`, `{last_year}` | the year of the opening, and the one before |
| `{free_year}` | the newest year before the opening's which no matter of the kind is about |

A case with `casts` may be told of others than those in its steps (`Scene.of_others`): each has a title,
facts, and who of the house stands for whom of the story.

A case with `opens_on` (month, day) is about the quarters of a year and begins on that day of one.

A story that `begins` on a day of the year (`01-06`) is begun on the last such day, not after the one that it
is asked for. A step with `joined` plays a whole story of another kind, and links its matter to this one.
A step by `house` is an act that nobody performs: the house itself (`Act.by` names the clock). Who seals
something in a step has a key under the phrase of the step.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qingfeng.matters import keeping, walking
from qingfeng.matters.answers import Done, Waiting
from qingfeng.matters.counting import months_after
from qingfeng.matters.door import confirm, open_matter, perform
from qingfeng.matters.key_models import PersonKey
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sealing import make_key
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import Person, Unit
from qingfeng.organization.viewer import Viewer, viewer_for

Case = Mapping[str, Any]
Step = Mapping[str, Any]
BEIJING = ZoneInfo("Asia/Shanghai")
HOUSE, FREE_YEAR = "house", "{free_year}"
A_MONTH = 30
LAST_QUARTER = 10  # from this month on the year itself may be assessed
DAY_STARTS = 9  # the hour of every step of a story


class StoryBroke(RuntimeError):  # noqa: N818 - says what happened
    """A step of a story was refused; the message says which, and why."""


@dataclass(frozen=True)
class Scene:
    """Where a story is played.

    Attributes:
        base: The day a matter is opened; `day:0`.
        person: Gives somebody of the cast by key.
        unit: Gives a unit of the cast by key.
        attach: Keeps an attachment of that name, brought by that person, and gives its id.
        on: Makes a day today while a step is played; tests travel, the demonstration stays where it is.
        of_others: Whether a story with `casts` is told of the first that no matter of its year is about.
    """

    base: date
    person: Callable[[str], Person]
    unit: Callable[[str], Unit]
    attach: Callable[[str, Person], int]
    on: Callable[[datetime], AbstractContextManager[Any]] = lambda _at: nullcontext()
    of_others: bool = False

    def at(self, day: int) -> datetime:
        """Return the instant of a day of the story: morning, so that an hour is left before the day ends."""
        return datetime.combine(self.base + timedelta(days=day), time(DAY_STARTS), BEIJING)

    def meant(self, value: Any, by: Person) -> Any:
        """Return a value of the story with its words for days, people, units and files put in."""
        if isinstance(value, Mapping):
            return {key: self.meant(one, by) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.meant(one, by) for one in value]
        return self._word(value, by) if isinstance(value, str) else value

    def _word(self, text: str, by: Person) -> Any:
        text = text.replace("{year}", str(self.base.year)).replace("{last_year}", str(self.base.year - 1))
        kind, _, word = text.partition(":")
        known: dict[str, Callable[[], Any]] = {
            "day": lambda: self._day(word).isoformat(),
            "months": lambda: months_after(
                self._day(word.split("+")[0]), int(word.split("+")[1])
            ).isoformat(),
            "person": lambda: self.person(word).pk,
            "name": lambda: self.person(word).name,
            "unit": lambda: self.unit(word).pk,
            "file": lambda: self.attach(word, by),
        }
        return known[kind]() if word and kind in known else text

    def _day(self, days: str) -> date:
        return self.base + timedelta(days=int(days))

    def parties(self, declared: Mechanism, named: Mapping[str, Iterable[str]]) -> dict[str, list[Any]]:
        """Return named parts as rows."""
        return {
            role: [
                self.unit(one) if declared.role(role).kind == "unit" else self.person(one) for one in names
            ]
            for role, names in named.items()
        }


def cases(kind: str) -> Mapping[str, Case]:
    """Return the stories of a mechanism by name."""
    return importlib.import_module(f"qingfeng.mechanisms.{kind}.sample").CASES


def stages_of(declared: Mechanism, case: Case) -> list[str]:
    """Return the stage in which a matter stands after its opening and after every step."""
    stages = [declared.stages[0].key]
    for step in case["steps"]:
        stages.append(declared.act(step["act"]).to or stages[-1])
    return stages


def days_of(kind: str, name: str, steps: int | None = None) -> int:
    """Return the last day of a story, from its opening, with the stories that it begins on other matters."""
    story = cases(kind)[name]["steps"][:steps]
    declared = mechanism(kind)
    last = max((step["day"] for step in story), default=0)
    for step in story:
        opens, then = declared.act(step["act"]).opens, step.get("then")
        begun = [(one.mechanism, then) for one in opens if then and then in cases(one.mechanism)]
        last = max([last, *(step["day"] + days_of(*one) for one in (*begun, *step.get("also", {}).items()))])
    return last


def begins(kind: str, name: str, latest: date, steps: int | None = None) -> date:
    """Return the last day, `latest` included, on which a story may begin (`opens_on`, else any).

    As long as so many of its steps end within a month, a story about quarters may begin on any day too.
    """
    is_short = steps is not None and days_of(kind, name, steps) < A_MONTH
    any_day = (latest.month, latest.day)
    month, day = any_day if is_short else cases(kind)[name].get("opens_on", any_day)
    this_year = latest.replace(month=month, day=day)
    return this_year if this_year <= latest else this_year.replace(year=latest.year - 1)


@dataclass(frozen=True)
class Way:
    """How a matter comes to a stage: the story to play, and how many of its steps.

    Attributes:
        stage: The stage.
        kind: Mechanism of the story; another one's where the stage is only reached from a linked matter.
        case: Name of the story.
        steps: How many steps; None for all.
    """

    stage: str
    kind: str
    case: str
    steps: int | None


def ways_to_every_stage(declared: Mechanism) -> Iterator[Way]:
    """Yield the shortest way that a story has to every stage that can be reached.

    Raises:
        StoryBroke: If no story comes to one of them.
    """
    for stage in walking.reachable(declared):
        ways = [
            ("within" in case, places.index(stage), name)
            for name, case in cases(declared.key).items()
            if stage in (places := stages_of(declared, case))
        ]
        if not ways:
            raise StoryBroke(
                f"No story of {declared.key} comes to the stage {stage}: add one to its sample.py."
            )
        _is_within, steps, name = min(ways)
        within = cases(declared.key)[name].get("within")
        yield Way(stage, within[0], within[1], None) if within else Way(stage, declared.key, name, steps)


def play(kind: str, name: str, where: Scene, *, steps: int | None = None, title: str = "") -> Matter:
    """Open a matter and play its story.

    Args:
        kind: Key of the mechanism.
        name: Key of the story.
        where: Where it is played.
        steps: How many steps; all unless given.
        title: Another title than the story's.

    Raises:
        StoryBroke: If the door refuses a step.
    """
    case, declared = cases(kind)[name], mechanism(kind)
    where = replace(where, base=_begun(case, where.base))
    if where.of_others and case.get("casts"):
        case, where = _of_others(kind, case, where)
    opener = where.person(case["opened_by"])
    facts = {**case.get("facts", {})}
    if facts.get("year") == FREE_YEAR:
        facts["year"] = free_year(kind, where.base.year - 1)
    with where.on(where.at(0)):
        done = open_matter(
            kind,
            by=_viewer(opener, where.base),
            title=title or case["title"],
            owner=where.unit(case["owner"]),
            at=where.at(0),
            facts=where.meant(facts, opener),
            parties=where.parties(declared, case.get("parties", {})),
        )
    if not isinstance(done, Done):
        raise StoryBroke(f"{kind}.{name} could not be opened: {done}")
    return go_on(done.matter, case["steps"][:steps], where)


def go_on(matter: Matter, steps: Iterable[Step], where: Scene) -> Matter:
    """Play steps on a matter that is there already.

    A step with `then` plays that story on the matter it opened, where its kind has one of the name; one with
    `also` plays a story on the matters of that kind to which this one is linked.

    Raises:
        StoryBroke: If the door refuses a step.
    """
    for step in steps:
        done = _played(matter, step, where)
        matter = done.matter
        later = replace(where, base=where.at(step["day"]).date())
        for opened in done.opened:
            if step.get("then") in cases(opened.mechanism):
                go_on(opened, cases(opened.mechanism)[step["then"]]["steps"], later)
        _join(matter, step.get("joined", {}), later)
        for kind, name in step.get("also", {}).items():
            for line in matter.links_out.filter(target__mechanism=kind, until_at=None):
                go_on(line.target, cases(kind)[name]["steps"], later)
        matter.refresh_from_db()
    return matter


def _of_others(kind: str, case: Case, where: Scene) -> tuple[Case, Scene]:
    """Return a story with another cast: of the newest year that one could assess, else of the year before.

    Raises:
        StoryBroke: If matters are about every cast in both years.
    """
    newest = where.base.year - (where.base.month < LAST_QUARTER)
    rows = Matter.objects.filter(mechanism=kind, standing=Matter.Standing.VALID)
    there, opener = list(rows.values_list("facts", flat=True)), where.person(case["opened_by"])
    told = [
        (cast, {**case["facts"], **where.meant(cast["facts"], opener), "year": year})
        for year in (newest, newest - 1)
        for cast in case["casts"]
    ]
    free = (one for one in told if not any(_is_about(one[1], other) for other in there))
    found = next(free, None)
    if found is None:
        raise StoryBroke(f"Every cast of {kind} has a matter in both years: add one to its casts.")
    cast, facts = found
    known, people = where.person, cast["people"]
    story = {**case, "title": cast["title"], "facts": facts}
    return story, replace(where, person=lambda key: known(people.get(key, key)))


def _is_about(facts: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two matters say the same but for their units, and have one of these in common."""
    units = {str(one) for one in facts["units"]} & {str(one) for one in other.get("units", ())}
    return bool(units) and all(str(other.get(key)) == str(facts[key]) for key in facts if key != "units")


def free_year(kind: str, latest: int) -> int:
    """Return the newest year, `latest` at most, that no valid matter of a kind is about."""
    rows = Matter.objects.filter(mechanism=kind, standing=Matter.Standing.VALID)
    taken = {str(year) for year in rows.values_list("facts__year", flat=True)}
    return next(year for year in range(latest, 0, -1) if str(year) not in taken)


def _begun(case: Case, base: date) -> date:
    if "begins" not in case:
        return base
    month, day = map(int, case["begins"].split("-"))
    this_year = date(base.year, month, day)
    return this_year if this_year <= base else date(base.year - 1, month, day)


def _join(matter: Matter, joined: Mapping[str, tuple[str, str]], where: Scene) -> None:
    for link, (kind, name) in joined.items():
        began = where.base - timedelta(days=days_of(kind, name))
        other = play(kind, name, replace(where, base=began))
        with where.on(where.at(0)):
            principal = _viewer(where.person("principal"), where.base)
            answer = keeping.link(other, matter, link, by=principal, reason="承接。")
        if not isinstance(answer, Done):
            raise StoryBroke(f"{other.number} could not be linked to {matter.number}: {answer}")


def _played(matter: Matter, step: Step, where: Scene) -> Done:
    declared, at = mechanism(matter.mechanism, matter.version), where.at(step["day"])
    is_house = step["by"] == HOUSE
    who = where.person("registrar" if is_house else step["by"])
    sheet = {key: where.meant(step[key], who) for key in ("facts", "lines", "changes") if key in step}
    if "parties" in step:
        sheet["parties"] = where.parties(declared, step["parties"])
    with where.on(at):
        if "phrase" in step and not PersonKey.objects.filter(person=who).exists():
            make_key(who, step["phrase"])
        answer = perform(
            step["act"], matter, by=None if is_house else _viewer(who, at.date()), at=at,
            reason=step.get("reason", ""), **sheet,
        )  # fmt: skip
        if isinstance(answer, Waiting):
            answer = confirm(answer.awaiting, by=_viewer(where.person(step["second"]), at.date()), at=at)
    if not isinstance(answer, Done):
        raise StoryBroke(
            f"{matter.number}: {step['act']} by {step['by']} on day {step['day']} was refused: {answer}"
        )
    return answer


def _viewer(person: Person, on: date) -> Viewer:
    return viewer_for(person, on)
