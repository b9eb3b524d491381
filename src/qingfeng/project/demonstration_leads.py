"""Doubts of the demonstration: the screened district on the desk, some of it verified, by the answer key.

Played through the doors that real work goes through. What a verification finds is what the sample
district's answer key says of the rows that the lead cites: nothing is decided here.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
LAWFUL = "监察法第十八条"
CONTACT = "办公室科员（联络员）"
FILED, PROPOSED, ASKED, AT_WORK = 12, 3, 4, 5  # how many verifications have come how far
LED_ON, DISPOSED_ON = "led_on", 14  # the one that becomes a clue and a case, and when it does
LASTED_DAYS = {"led_on": 120, "filed": 34, "proposed": 13, "asked": 4, "at_work": 3}
Row = tuple[str, str | None, int]


def adopt_units(report: Callable[[str], None]) -> None:
    """Put the units of the records' register on record as supervised ones, each with a contact."""
    from django.conf import settings  # noqa: PLC0415 - Django is started by now

    from qingfeng.organization.models import Unit  # noqa: PLC0415
    from qingfeng.organization.units import add_unit, change_unit  # noqa: PLC0415
    from qingfeng.screening.engines.duckdb_engine import connect  # noqa: PLC0415
    from qingfeng.screening.home import Home  # noqa: PLC0415
    from qingfeng.screening.lake import Lake  # noqa: PLC0415

    home = Home(Path(settings.HOME))
    relation = Lake(home).snapshot().relation("unit")
    with closing(connect(home)) as con:
        names = f"SELECT name, min(aliases) FROM {relation} GROUP BY name ORDER BY name"  # noqa: S608 - of the lake
        rows = con.execute(names).fetchall()
    known, area = {unit.name: unit for unit in Unit.objects.all()}, Unit.objects.get(short_name="云水区")
    taken = {alias for unit in known.values() for alias in (unit.name, unit.short_name, *unit.aliases)}
    for place, (name, aliases) in enumerate(rows):
        others = [one for one in (aliases or "").split("、") if one and one not in taken]
        if name in known:
            unit = change_unit(known[name], by=None, aliases=[*known[name].aliases, *others])
        else:
            unit = add_unit(name, Unit.Kind.SUPERVISED, parent=area, by=None, aliases=others)
        taken.update((name, *others))
        _give_contact(unit, place)
    report(f"Units of the records: {len(rows)}.")


def _give_contact(unit: Any, place: int) -> None:
    from qingfeng.organization.people import add_person, appoint, holders  # noqa: PLC0415
    from qingfeng.organization.sample import sample_began  # noqa: PLC0415

    if holders("unit_contact", _today(), unit=unit):
        return
    words = tomllib.loads((files("qingfeng.screening.sample") / "words.toml").read_text(encoding="utf-8"))
    family, given = words["surnames"], words["given_second"]
    name = family[place % len(family)] + given[place * 7 % len(given)]
    person = add_person(f"W5{place:03d}", name, by=None)
    appoint(person, unit, title=CONTACT, roles=["unit_contact"], from_on=sample_began(), by=None)


def verify(truth: Path, attach: Callable[[str, Any], int], report: Callable[[str], None]) -> int:
    """Bring the newest run to the desk and verify some of its leads; return how many are verified.

    Args:
        truth: The answer key of the sample district.
        attach: Keeps a paper of that name, brought by that person, and gives its id.
        report: Told what is being done, a line each.
    """
    from django.conf import settings  # noqa: PLC0415

    from qingfeng.findings import precision  # noqa: PLC0415
    from qingfeng.findings.models import Lead  # noqa: PLC0415
    from qingfeng.findings.reading_in import read_in  # noqa: PLC0415
    from qingfeng.organization.models import Person  # noqa: PLC0415
    from qingfeng.screening.home import Home  # noqa: PLC0415
    from qingfeng.screening.run import runs  # noqa: PLC0415

    analyst = Person.objects.get(number="Y0404")
    screening = read_in(runs(Home(Path(settings.HOME)))[0], by=analyst)
    report(f"Doubts on the desk: {sum(screening.leads.values())}.")
    key = AnswerKey.read(truth)
    leads = Lead.objects.filter(is_current=True, tier__in="AB", unit__isnull=False, subject_name="")
    plan = ["filed"] * FILED + ["proposed"] * PROPOSED + ["asked"] * ASKED + ["at_work"] * AT_WORK
    chosen = list(_one_a_rule(leads.select_related("unit").order_by("-weight", "-points", "key"), len(plan)))
    has_led_on = False
    for lead, far in zip(chosen, plan, strict=False):
        if far == "filed" and not has_led_on and key.shows_any(lead) and _is_old_enough(lead):
            far, has_led_on = LED_ON, True  # noqa: PLW2901 - one of them goes on to clue and case
        Verified(lead, _today() - timedelta(days=LASTED_DAYS[far]), key, attach).play(far)
    _except_some(analyst)
    precision.refresh()
    report(f"Verifications: {len(chosen)}.")
    return len(chosen)


def _is_old_enough(lead: Any) -> bool:
    """Return whether what a lead rests on lies before a story that goes on to a case."""
    from django.utils import timezone  # noqa: PLC0415

    latest = _today() - timedelta(days=LASTED_DAYS[LED_ON])
    return lead.at is not None and timezone.localdate(lead.at) <= latest


def _except_some(analyst: Any) -> None:
    """Let one exception hold and another wait for its second hand."""
    from qingfeng.findings import exceptions  # noqa: PLC0415
    from qingfeng.findings.models import Lead, RuleException  # noqa: PLC0415
    from qingfeng.organization.models import Person  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    head = Person.objects.get(number="Y0401")
    reason = "该车承担防汛值守，节假日用车另有经批准的备勤表，规则未读取。"
    leads = Lead.objects.filter(is_current=True, tier="B", watch="vehicle", matter=None)
    until = _today() + timedelta(days=180)
    for place, lead in enumerate(leads.order_by("key")[:2]):
        proposed = exceptions.propose(lead, by=viewer_for(analyst), reason=reason, until_on=until)
        if place == 0 and isinstance(proposed, RuleException):
            exceptions.approve(proposed, by=viewer_for(head), decision="已核对备勤表。")


def _one_a_rule(leads: Iterable[Any], wanted: int) -> Iterator[Any]:
    """Yield leads of different rules and units in turn, the heaviest first."""
    rules: dict[str, int] = {}
    units: dict[int, int] = {}
    given = 0
    for lead in leads:
        if given < wanted and rules.get(lead.rule, 0) < 2 and units.get(lead.unit_id, 0) < 3:
            rules[lead.rule] = rules.get(lead.rule, 0) + 1
            units[lead.unit_id] = units.get(lead.unit_id, 0) + 1
            given += 1
            yield lead


def _today() -> date:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate()


@dataclass(frozen=True)
class AnswerKey:
    """Which rows of the sample district show a planted act.

    Attributes:
        planted: Rows of violations, as file, sheet and row.
    """

    planted: frozenset[Row]

    @classmethod
    def read(cls, file: Path) -> AnswerKey:
        """Read `truth.jsonl`."""
        lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        rows = {_row(one) for line in lines if line["kind"] == "violation" for one in line["evidence"]}
        return cls(frozenset(rows))

    def shows_any(self, lead: Any) -> bool:
        """Return whether one of a lead's findings rests on a planted row."""
        return any(self.shows(one) for one in lead.findings.all())

    def shows(self, finding: Any) -> bool:
        """Return whether a finding rests on a planted row."""
        return any(_row(one) in self.planted for one in finding.evidence)


def _row(one: Mapping[str, Any]) -> Row:
    return one["file"], one.get("sheet"), one["row"]


@dataclass(frozen=True)
class Verified:
    """One lead's verification, played from its opening on.

    Attributes:
        lead: The lead.
        began: Civil date of its opening.
        key: What there is to find.
        attach: As `verify` has it.
    """

    lead: Any
    began: date
    key: AnswerKey
    attach: Callable[[str, Any], int]

    @cached_property
    def cast(self) -> dict[str, Any]:
        """Who plays: by part."""
        from qingfeng.mechanisms.cast import PEOPLE  # noqa: PLC0415
        from qingfeng.organization.models import Person  # noqa: PLC0415
        from qingfeng.organization.people import holders  # noqa: PLC0415

        parts = ("style_one", "style_two", "style_head", "deputy")
        found = {one: Person.objects.get(number=PEOPLE[one]) for one in parts}
        found["analyst"] = Person.objects.get(number="Y0404")
        found["contact"] = holders("unit_contact", _today(), unit=self.lead.unit)[0]
        return found

    def play(self, far: str) -> None:
        """Play as far as `at_work`, `asked`, `proposed`, `filed` or `led_on`."""
        from qingfeng.findings.laying_out import question_of  # noqa: PLC0415

        matter = self._open()
        for who in ("style_one", "style_two"):
            matter = self._do(matter, 1, who, "confirm_receipt")
        matter = self._do(matter, 1, "style_one", "set_task", lines={"tasks": [self._task()]})
        if far == "at_work":
            return
        matter = self._do(matter, 2, "style_one", "ask_unit", lines={"questions": [question_of(self.lead)]})
        if far == "asked":
            return
        self._conclude(self._check(matter))
        if far == "filed":
            self._end()
        elif far == LED_ON:
            self._lead_on()

    def _check(self, matter: Any) -> Any:
        given = {"stance": "as_stated" if self._found else "reason", "answer": self._answer()}
        matter = self._do(matter, 6, "contact", "explain", changes={"questions": {1: given}})
        done = {
            "done_on": self._day(7), "result": "票据、凭证与系统记录已逐项比对。",
            "papers": [self.attach("抽样底稿.pdf", self.cast["style_two"])],
        }  # fmt: skip
        kept = {
            "task_no": 1, "invoice_no": "见抽样底稿", "tax_check": "查验一致",
            "seller_scope": "与票面相符", "items": "见抽样底稿", "voucher": "见抽样底稿", "returned": True,
        }  # fmt: skip
        lines = {"invoice_checks": [kept]}
        matter = self._do(matter, 7, "style_two", "record_invoice", changes={"tasks": {1: done}}, lines=lines)
        return self._do(
            matter, 8, "style_one", "test_explanation", changes={"explanations": self._tested(matter)}
        )

    def _conclude(self, matter: Any) -> None:
        if matter.clocks.filter(key="video_expiry", state="running").exists():
            reason = "记录所指日期的视频已经覆盖，以票据和单位说明为准。"
            matter = self._do(matter, 8, "style_one", "give_up_video", reason=reason)
        labels = {
            no: {"verdict": one, "verdict_reason": self._reason(one)} for no, one in self._verdicts.items()
        }
        matter = self._do(matter, 9, "style_two", "judge", changes={"labels": labels})
        facts: dict[str, Any] = {
            "verdict": self._verdict, "repeated": "no",
            "conclusion": "记录、票据、凭证与单位说明已核对，逐条结论见疑点标签。",
        }  # fmt: skip
        if self._found and self.lead.amount is not None:
            facts["amount_confirmed"] = str(self.lead.amount)
        self._do(matter, 10, "style_one", "conclude", second="style_two", facts=facts)

    def _end(self) -> None:
        matter = self._do(self.matter(), 12, "deputy", "approve", facts={"opinion": "同意核查结论。"})
        disposal: dict[str, Any] = {"disposition": ["clear"]}
        if self._found:
            wanted = "对照制度规范管理，更正相关凭证和台账。"
            disposal = {"disposition": ["remind"], "correction": wanted, "correct_by": self._day(30)}
        matter = self._do(matter, 14, "style_head", "dispose", facts=disposal)
        told = {
            "result_told": "已核对贵单位有关记录，结论为："
            + ("记录属实，请按要求整改。" if self._found else "手续完备，没有问题。")
        }
        matter = self._do(matter, 16, "style_one", "tell_result" if self._found else "clear", facts=told)
        if self._found:
            paper = self.attach("整改报告.pdf", self.cast["contact"])
            facts = {"corrected": "已更正凭证和台账，完善审批。", "corrected_papers": [paper]}
            matter = self._do(matter, 26, "contact", "report_correction", facts=facts)
        self._do(matter, 33, "style_head", "file")

    def _lead_on(self) -> None:
        """Register what was found as a clue, and let it go on to a case."""
        from qingfeng.mechanisms import sampling  # noqa: PLC0415
        from qingfeng.mechanisms.cast import PEOPLE, UNITS  # noqa: PLC0415
        from qingfeng.organization.models import Person, Unit  # noqa: PLC0415

        opinion = "同意，按程序登记问题线索。"
        matter = self._do(self.matter(), 12, "deputy", "approve", facts={"opinion": opinion})
        grounds = "记录、票据、凭证相互印证，底稿在卷。"
        facts = {"disposition": ["clue"], "clue_grounds": grounds}
        matter = self._do(matter, DISPOSED_ON, "deputy", "dispose", facts=facts)
        where = sampling.Scene(
            base=self._at(DISPOSED_ON).date(),
            person=lambda key: Person.objects.get(number=PEOPLE[key]),
            unit=lambda key: self.lead.unit if key == "housing" else Unit.objects.get(short_name=UNITS[key]),
            attach=self.attach,
        )
        clue = matter.links_out.get(kind="leads_to").target
        story = sampling.cases("clue")["thread"]["steps"]
        alone = [{key: value for key, value in step.items() if key != "then"} for step in story]
        sampling.go_on(clue, alone, where)
        told = {"result_told": "已核对贵单位有关记录，按程序办理。"}
        matter = self._do(matter, DISPOSED_ON + 2, "style_one", "tell_result", facts=told)
        self._do(matter, 33, "style_head", "file")

    def _open(self) -> Any:
        from qingfeng.findings.verifying import open_verification  # noqa: PLC0415

        people = [self.cast["style_one"], self.cast["style_two"]]
        done = open_verification(self.lead, by=self._viewer("analyst", 0), verifiers=people, at=self._at(0))
        return self._done(done, "open")

    def matter(self) -> Any:
        """Return the matter as it stands."""
        self.lead.refresh_from_db()
        return self.lead.matter

    def _do(self, matter: Any, day: int, who: str, act: str, *, second: str = "", **sheet: Any) -> Any:
        from qingfeng.matters.answers import Waiting  # noqa: PLC0415
        from qingfeng.matters.door import confirm, perform  # noqa: PLC0415

        answer = perform(act, matter, by=self._viewer(who, day), at=self._at(day), **sheet)
        if isinstance(answer, Waiting):
            answer = confirm(answer.awaiting, by=self._viewer(second, day), at=self._at(day))
        return self._done(answer, act)

    def _done(self, answer: Any, act: str) -> Any:
        from qingfeng.matters.answers import Done  # noqa: PLC0415
        from qingfeng.mechanisms.sampling import StoryBroke  # noqa: PLC0415

        if not isinstance(answer, Done):
            raise StoryBroke(f"{self.lead.key}: {act} was refused: {answer}")
        return answer.matter

    def _viewer(self, who: str, day: int) -> Any:
        from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

        return viewer_for(self.cast[who], self._at(day).date())

    def _at(self, day: int) -> datetime:
        return datetime.combine(self.began + timedelta(days=day), time(9), BEIJING)

    def _day(self, day: int) -> str:
        return (self.began + timedelta(days=day)).isoformat()

    @cached_property
    def _verdicts(self) -> dict[int, str]:
        """Verdict by number of the finding's line, by what the answer key says."""
        found = {True: "confirmed", False: "explained"}
        return {no: found[self.key.shows(one)] for no, one in enumerate(self.lead.findings.all(), 1)}

    @property
    def _found(self) -> bool:
        return "confirmed" in self._verdicts.values()

    @property
    def _verdict(self) -> str:
        given = set(self._verdicts.values())
        return given.pop() if len(given) == 1 else "partly"

    @staticmethod
    def _reason(verdict: str) -> str:
        return {"confirmed": "记录与票据、凭证相互印证。", "explained": "手续齐全，有正当理由。"}[verdict]

    def _answer(self) -> str:
        return "情况属实，正在自查。" if self._found else "确有其事，审批手续齐全，附后。"

    def _tested(self, matter: Any) -> dict[int, dict[str, str]]:
        holds = "no" if self._found else "yes"
        why = "核对后不成立。" if self._found else "有审批单和原始记录为证。"
        lines = matter.lines.filter(ledger="explanations").order_by("no")
        answers = {
            line.no: {"tested_how": "核对台账、审批单和原始票据", "holds": "no", "why": "核对后不成立。"}
            for line in lines
        }
        if answers:
            answers[min(answers)] |= {"holds": holds, "why": why}
        return answers

    def _task(self) -> dict[str, Any]:
        who = [self.cast["style_one"].pk, self.cast["style_two"].pk]
        return {
            "kind": "invoice",
            "purpose": "核对疑点所列记录的票据、凭证和审批",
            "authority": LAWFUL,
            "who": who,
            "place": self.lead.unit.name,
            "due_on": self._day(9),
        }
