"""No sequence of acts by anybody reaches a forbidden stage, escapes a gate or loses a clock."""

import itertools
from datetime import date, timedelta

import a_check
import a_house
import a_sheet
import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

pytestmark = pytest.mark.django_db

BASE = date(2026, 1, 5)  # the Spring Festival of 2026 lies ahead
CHANCE = st.randoms(use_true_random=False)
QUIET = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}


class AnySequence(RuleBasedStateMachine):
    """One matter of a kind, anybody of the cast, any act at any time."""

    house = None
    kind = ""
    names = ()

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.today = BASE
        self.clock = time_machine.travel(a_house.morning(BASE), tick=False)
        self.clock.start()
        self.keys = (f"key-{no}" for no in itertools.count())
        self.last = None
        self.matters = []

    def teardown(self):
        """Undo the example."""
        self.clock.stop()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(rng=CHANCE)
    def opened(self, rng):
        """A matter that has come some way along one of its stories."""
        from qingfeng.mechanisms import sampling

        if self.kind == "errand":
            import an_errand

            self.matters = [an_errand.an_errand(facts={"upward_due_on": "2026-06-30"})]
            return
        name = rng.choice(self.names)
        steps = sampling.cases(self.kind)[name]["steps"]
        played = rng.randrange(len(steps) + 1)
        here = self.house.scene(BASE, lambda at: time_machine.travel(at, tick=False))
        self.matters = [sampling.play(self.kind, name, here, steps=played)]
        self._go_to(BASE + timedelta(days=max((one["day"] for one in steps[:played]), default=0)))

    def _go_to(self, day):
        self.clock.stop()
        self.today = day
        self.clock = time_machine.travel(a_house.morning(day), tick=False)
        self.clock.start()

    @property
    def matter(self):
        """The matter, read again."""
        from qingfeng.matters.models import Matter

        return Matter.objects.get(pk=self.matters[0].pk)

    @property
    def declared(self):
        """Its declaration."""
        from qingfeng.matters.registry import mechanism

        return mechanism(self.matter.mechanism, self.matter.version)

    def viewer(self, person):
        """Somebody of the cast as they are today."""
        from qingfeng.organization.viewer import viewer_for

        return viewer_for(person)

    def _somebody_for(self, rng, act):
        """Somebody who has a part in an act, if chance finds one."""
        from qingfeng.matters import access

        for person in rng.sample(self.house.cast, 12):
            viewer = self.viewer(person)
            if access.part_in(viewer, self.matter, act, self.declared):
                return person
        return rng.choice(self.house.cast)

    @rule(rng=CHANCE)
    def act(self, rng):
        """Somebody does what the stage allows, more or less rightly."""
        acts = [one for one in self.declared.acts if self.declared.is_from(one, self.matter.stage)]
        if acts:
            act = rng.choice(acts)
            self._perform(rng, act, self._somebody_for(rng, act))

    @rule(rng=CHANCE)
    def anything(self, rng):
        """Anybody tries any act."""
        self._perform(rng, rng.choice(self.declared.acts), rng.choice(self.house.cast))

    def _perform(self, rng, act, person, **others):
        from qingfeng.matters.answers import Done, Refusal
        from qingfeng.matters.door import perform
        from qingfeng.matters.snapshotting import snapshot_of

        matter = self.matter
        sheet = a_sheet.sheet_for(
            rng, self.declared, act, matter=matter, house=self.house, by=person, today=self.today
        )
        request = {"by": self.viewer(person), "key": next(self.keys), **sheet, **others}
        before, rows = snapshot_of(matter, today=self.today), a_house.rows_of(matter)
        answer = perform(act.key, matter, **request)
        if isinstance(answer, Refusal):
            assert a_house.rows_of(matter) == rows, (
                f"{act.key} was refused ({answer.why}) and changed something"
            )
        elif isinstance(answer, Done):
            assert answer.performance.no == matter.revision + 1
            found = list(a_check.unlawful(before, act, answer.performance, sheet["parties"]))
            assert found == []
            self.matters += answer.opened
            self.last = (act.key, request, answer.performance.pk)
        return answer

    @rule()
    def again(self):
        """The last request comes a second time."""
        from qingfeng.matters.door import perform

        if self.last:
            key, request, done = self.last
            rows = a_house.rows_of(self.matter)
            answer = perform(key, self.matter, **request)
            assert (answer.again, answer.performance.pk) == (True, done)
            assert a_house.rows_of(self.matter) == rows

    @rule(rng=CHANCE)
    def from_an_old_page(self, rng):
        """Somebody acts from a page that showed an earlier state."""
        from qingfeng.matters.answers import Refusal

        acts = [one for one in self.declared.acts if self.declared.is_from(one, self.matter.stage)]
        if acts:
            act = rng.choice(acts)
            answer = self._perform(rng, act, self._somebody_for(rng, act), seen=self.matter.revision - 1)
            assert isinstance(answer, Refusal)

    @rule(rng=CHANCE)
    def second(self, rng):
        """Somebody signs second, or refuses to, where an act waits."""
        from qingfeng.matters.answers import Done
        from qingfeng.matters.door import confirm, decline
        from qingfeng.matters.snapshotting import snapshot_of

        waiting = self.matter.awaiting.filter(ended="").first()
        if waiting is None:
            return
        act = self.declared.act(waiting.act)
        person = self._somebody_for(rng, act) if rng.randrange(4) else rng.choice(self.house.cast)
        if rng.randrange(5) == 0:
            decline(waiting, by=self.viewer(person), reason="材料不全")
            return
        before, rows = snapshot_of(self.matter, today=self.today), a_house.rows_of(self.matter)
        answer = confirm(waiting, by=self.viewer(person))
        if isinstance(answer, Done):
            found = list(a_check.unlawful(before, act, answer.performance, waiting.entered["parties"]))
            assert found == []
            self.matters += answer.opened
        else:
            assert a_house.rows_of(self.matter) == rows

    @rule(rng=CHANCE)
    def keep(self, rng):
        """Those who keep matters correct, void, withdraw, reopen, split; others try to."""
        from qingfeng.matters import keeping
        from qingfeng.matters.answers import Done

        matter, by = self.matter, self.viewer(rng.choice(self.house.cast[:6]))
        reason = rng.choice(["登记有误，依程序更正", ""])
        rows = a_house.rows_of(matter)
        what = rng.choice(["correct", "void", "withdraw", "reopen", "reopen", "split"])
        if what == "correct":
            answer = self._correct(rng, matter, by, reason)
        elif what == "split":
            lines = {one.ledger: [one.no] for one in matter.lines.all()}
            answer = keeping.split(matter, title="分办部分", lines=lines, by=by, reason=reason)
        else:
            answer = getattr(keeping, what)(matter, by=by, reason=reason)
        if isinstance(answer, Done):
            assert answer.performance.no == matter.revision + 1
            self.matters += answer.opened
        else:
            assert a_house.rows_of(matter) == rows

    def _correct(self, rng, matter, by, reason):
        from qingfeng.matters import keeping

        line = rng.choice(list(matter.story.all()))
        known = line.act == "open" or not line.act.startswith("kernel.")
        asks = (
            (self.declared.asks if line.act == "open" else self.declared.act(line.act).asks) if known else ()
        )
        fields = [one for one in asks if one.kind not in {"file", "files", "line"}]
        values = {
            one.key: value
            for one in rng.sample(fields, min(2, len(fields)))
            if (
                value := a_sheet.value_of(
                    rng, one, house=self.house, by=self.house.cast[0], today=self.today, matter=matter
                )
            )
            is not None
        }
        return keeping.correct(matter, line.no, values, by=by, reason=reason)

    @rule(days=st.integers(min_value=-3, max_value=40))
    def time_passes(self, days):
        """Days go by; now and then a machine's clock goes back."""
        self._go_to(max(self.today + timedelta(days=days), BASE))

    @rule()
    def clocks_act(self):
        """The house itself reminds, and does what clocks do."""
        from qingfeng.matters.ticking import tick

        tick()
        rows = a_house.rows_of(self.matter)
        tick()
        assert a_house.rows_of(self.matter) == rows, "the same reminder went out twice"

    @invariant()
    def every_matter_is_whole(self):
        """Nothing has been lost, forbidden or left without a clock."""
        from qingfeng.matters.models import Matter

        for one in Matter.objects.filter(pk__in=[one.pk for one in self.matters]):
            assert a_check.broken(one) == [], one.number


def run(house, kind, names, *, examples, steps):
    if connection.vendor == "postgresql":  # they went through all of them before, on SQLite
        examples = examples // 2
    machine = type("AnySequenceHere", (AnySequence,), {"house": house, "kind": kind, "names": names})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=steps, **QUIET)
    )


def test_an_errand_comes_through_any_sequence_whole(whole_house):
    import an_errand

    an_errand.known()
    try:
        run(whole_house, "errand", (), examples=10, steps=25)
    finally:
        an_errand.unknown()


@pytest.mark.parametrize(
    "kind",
    [
        "accountability",
        "appeal",
        "case",
        "clue",
        "complaint",
        "data_request",
        "directive",
        "lesson",
        "notice",
        "recommendation",
        "referral",
        "revisit",
        "verification",
    ],
)
def test_a_matter_of_every_kind_comes_through_any_sequence_whole(whole_house, kind):
    from qingfeng.mechanisms import sampling

    names = tuple(name for name, case in sampling.cases(kind).items() if "within" not in case)

    run(whole_house, kind, names, examples=4, steps=16)
