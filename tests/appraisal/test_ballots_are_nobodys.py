"""Whoever holds database, log of writes, journal, logs and spool cannot say whose a ballot is."""

import json
import logging
import random
from base64 import b64encode
from itertools import pairwise
from pathlib import Path
from statistics import mean
from time import sleep

import a_round
import pytest
from a_round import ballot, on, opened, slate, voters
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.urls import reverse

from qingfeng.appraisal import box, rosters, spool
from qingfeng.appraisal.models import DEMOCRATIC, PEER, Box, Due, Slate
from qingfeng.plain.suppression import LEAST

pytestmark = pytest.mark.django_db
SEED = 20261127
AGENT, ADDRESS, COOKIE = "雁来红浏览器/9.9", "198.51.100.77", "lgqfyanlaihong"
SHEETS = 32
ELECTIONS = 6


@pytest.fixture(scope="module")
def round_(office):
    """A round that is being filled in."""
    return opened(office)


# --- an operator with everything that is kept ----------------------------------------------------


def marked(no):
    """A ballot that can be told from every other: the truth that an operator would like to have."""
    return {"skill": no % 10 + 1, "conduct": no // 10 + 1}


class Operator:
    """Sees every write in its order: marks on the roll, every version of the box, the spool at the end."""

    def __init__(self, slate_):
        self.slate, self.took, self.versions = slate_, [], []

    def look(self):
        """Look at what the write-ahead log has by now."""
        states = Due.objects.filter(slate=self.slate, state="token").order_by("pk")
        self.took += [one for one in states.values_list("person", flat=True) if one not in self.took]
        kept = Box.objects.filter(slate=self.slate).values_list("ballots", flat=True).first() or []
        if not self.versions or kept != self.versions[-1][1]:
            self.versions.append((len(self.took), kept))

    def lots(self):
        """Yield the ballots of each write with those who had taken a token by then, in their order."""
        before = []
        for took, kept in self.versions:
            new = [one for one in kept if one not in before]
            if new:
                yield self.took[:took], new
            before = kept


def an_election(round_, seed):
    """Let many vote on one slate, some at once and some later; return the operator and who cast what."""
    draw = random.Random(seed)  # noqa: S311 - a story, the same each time
    one = slate(round_, DEMOCRATIC)
    Due.objects.filter(slate=one).update(state="", blinded="")
    Box.objects.filter(slate=one).delete()
    spool.destroy(one.pk)
    people = voters(one)[:SHEETS]
    draw.shuffle(people)
    operator, truth, holding = Operator(one), {}, []
    person_on_slate = str(one.people[0])
    for no, person in enumerate(people):
        Due.objects.filter(slate=one, person=person).update(state="token")
        operator.look()
        holding.append((no, person))
        while holding and (draw.random() < 0.7 or person == people[-1]):
            cast, voter = holding.pop(draw.randrange(len(holding)))
            truth[cast] = voter
            box.put(one, {"scores": {person_on_slate: marked(cast)}, "remarks": {}, "token": f"{cast:064x}"})
            operator.look()
    return operator, truth, person_on_slate


def number_of(scores):
    return scores["skill"] - 1 + 10 * (scores["conduct"] - 1)


def in_the_spool(operator):
    """What waits there, in its order."""
    with spool.open_box(operator.slate.pk) as waiting:
        return [one["scores"] for one in waiting]


def best_guesses(operator, truth, person):
    """How often an operator is right who reads every write and the spool at the end.

    The best there is: of each lot, those who took a token first and were in no lot before, in their order; of
    what still waits, the others.
    """
    used, right, count = set(), 0, 0
    for took, new in [*operator.lots(), (operator.took, in_the_spool(operator))]:
        guessed = [one for one in took if one not in used][: len(new)]
        used |= set(guessed)
        for one, guess in zip(new, guessed, strict=False):
            right += truth[number_of(one[person])] == guess
            count += 1
    return right, count


def order_of(rows, operator, truth, person):
    """The rank correlation between places of ballots and places of their voters in the order of tokens."""
    places = [operator.took.index(truth[number_of(one[person])]) for one in rows]
    ranks = [sorted(places).index(one) for one in places]
    middle = (len(ranks) - 1) / 2
    over = sum((no - middle) * (rank - middle) for no, rank in enumerate(ranks))
    return over / sum((no - middle) ** 2 for no in range(len(ranks)))


@pytest.fixture(scope="module")
def elections(round_):
    """What operators can do in some elections: right guesses, guesses, the order of what lies in a box."""
    found = []
    for seed in range(ELECTIONS):
        operator, truth, person = an_election(round_, SEED + seed)
        rows = Box.objects.get(slate=operator.slate).ballots
        sizes = [len(kept) for _took, kept in operator.versions]
        order = order_of(rows, operator, truth, person), len(rows)
        found.append((*best_guesses(operator, truth, person), order, sizes))
    return found


def test_an_operator_who_reads_every_write_does_no_better_than_guessing_in_a_lot(elections):
    """In a lot of five a guess is right once in five; over many elections no more than that, plus chance."""
    right, count = (sum(one[place] for one in elections) for place in (0, 1))

    chance = 1 / LEAST
    assert count == ELECTIONS * SHEETS
    assert right / count < chance + 5 * (chance * (1 - chance) / count) ** 0.5


def test_the_order_in_which_ballots_lie_says_nothing_of_the_order_of_voters(elections):
    """The rank correlation is that of chance, by which boxes mix: within five standard errors of nought."""
    orders = [one[2][0] for one in elections]
    rows = min(one[2][1] for one in elections)

    assert abs(mean(orders)) < 5 / (ELECTIONS * (rows - 1)) ** 0.5


def test_every_write_to_a_box_brings_at_least_five_ballots(elections):
    for *_others, sizes in elections:
        assert len(sizes) > 3
        assert all(more - less >= LEAST for less, more in pairwise(sizes))


def test_what_waits_is_a_file_of_one_size_with_no_time(round_):
    one = slate(round_, PEER, 1)
    file = spool.file_of(one.pk)
    before = file.stat()

    box.put(one, {"scores": {}, "remarks": {}, "token": "0" * 64})
    after = file.stat()

    assert (before.st_size, before.st_mtime_ns, before.st_ino) == (after.st_size, 0, after.st_ino)
    assert after.st_mtime_ns == 0


def test_when_a_box_was_last_touched_is_told_of_all_boxes_alike(round_):
    one, other = (spool.file_of(slate(round_, PEER, no).pk) for no in (1, 2))
    before = other.stat().st_ctime_ns
    sleep(0.02)  # the clock of a file system has coarse steps

    box.put(slate(round_, PEER, 1), {"scores": {}, "remarks": {}, "token": "1" * 64})

    assert one.stat().st_ctime_ns > before
    assert other.stat().st_ctime_ns > before


def test_tables_of_ballots_have_no_column_of_when_who_or_in_which_order():
    columns = {field.name for field in Box._meta.get_fields()}

    assert columns == {"id", "slate", "ballots", "remarks", "spent"}
    assert {field.name for field in Due._meta.get_fields()} == {"id", "slate", "person", "state", "blinded"}


def test_remarks_and_tokens_are_joined_to_no_ballot(round_):
    one = slate(round_, PEER, 2)
    for no in range(10):
        kept = box.ballot_of(one, ballot(one, no % 10 + 1, remark=f"评语{no}"))
        box.put(one, {**kept, "token": f"{no:064x}"})
    held = Box.objects.get(slate=one)

    assert len(held.ballots) == len(held.remarks) == len(held.spent) == LEAST
    assert held.spent == sorted(held.spent)
    assert not any("评语" in json.dumps(row, ensure_ascii=False) for row in held.ballots)


# --- everything that is kept, read -------------------------------------------------------------


def _plain(row):
    told = [bytes(one).hex() if isinstance(one, memoryview | bytes) else one for one in row]
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)


def everything(home):
    """Every byte of every table and file that the house keeps."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept.extend(_plain(row) for row in cursor.fetchall())
    files = [one for one in Path(home).rglob("*") if one.is_file()]
    return "\n".join(kept), b"\n".join(one.read_bytes() for one in files)


def test_nothing_of_the_one_who_brings_a_ballot_is_kept_anywhere(round_, caplog):
    """Tables, write-ahead log, journal, spool, every file of the home, and every line of every logger."""
    one = slate(round_, PEER)
    with on(1):
        voter = a_round.Voter(voters(one)[0]).fetch(one)
        prepared, signature = voter.held[one.pk]
        body = {
            "slate": one.pk, "message": b64encode(prepared).decode(),
            "signature": b64encode(signature).decode(), **ballot(one, 7),
        }  # fmt: skip
        entries = _journaled()
        client = Client(HTTP_USER_AGENT=AGENT, REMOTE_ADDR=ADDRESS, HTTP_X_FORWARDED_FOR=ADDRESS)
        client.cookies["sessionid"] = COOKIE
        with caplog.at_level(logging.DEBUG):
            place = reverse("desk:ballot_box")
            good = client.post(place, json.dumps(body), content_type="application/json")
            bad = client.post(place, json.dumps({**body, "signature": ""}), content_type="application/json")
            worse = client.post(place, "{", content_type="application/json")

    assert (good.status_code, bad.status_code, worse.status_code) == (200, 409, 422)
    rows, files = everything(settings.HOME)
    for trace in (AGENT, ADDRESS, COOKIE):
        assert trace not in rows
        assert trace.encode() not in files
    lines = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    assert not any("ballot-box" in line or ADDRESS in line for line in lines)
    assert _journaled() == entries
    assert prepared.hex() not in rows
    assert b64encode(prepared) not in files


def _journaled():
    from qingfeng.journal.models import JournalEntry

    return JournalEntry.objects.count()


def test_taking_a_token_writes_nothing_but_a_mark_on_the_roll(round_):
    one = slate(round_, PEER, 3)
    entries, before = _journaled(), everything(settings.HOME)[0].splitlines()
    a_round.Voter(voters(one)[0]).fetch(one)

    after = everything(settings.HOME)[0].splitlines()

    assert _journaled() == entries
    assert len(set(after) - set(before)) == 1


def test_backups_leave_the_spool_out():
    from qingfeng.project.backing_up import LEFT_OUT

    assert spool.FOLDER in LEFT_OUT


# --- who votes on what ---------------------------------------------------------------------------


def test_all_who_vote_on_a_slate_may_judge_everybody_on_it(round_, office):
    of_day = rosters.office_on(round_.from_on)

    for one in Slate.objects.filter(round=round_):
        assert all(of_day.may_judge(person, rated) for person in voters(one) for rated in one.people)
        assert len(voters(one)) >= LEAST


def test_colleagues_are_judged_one_by_one_and_a_unit_only_from_outside(round_):
    for one in Slate.objects.filter(round=round_):
        if one.form == PEER:
            assert len(one.people) == 1
        else:
            members = set(round_.rated.filter(unit=one.unit).values_list("person", flat=True))
            assert set(one.people) == members
            assert not members & set(voters(one))


def test_small_units_are_joined_with_the_next_ones_up_the_tree(round_):
    of_day = rosters.office_on(round_.from_on)
    one = slate(round_, PEER)
    units = {of_day.held[person].unit for person in voters(one)}

    assert one.widened
    assert len(voters(one)) >= rosters.PLANNED
    assert len({of_day.units[unit].parent_id for unit in units}) == 1


def test_a_head_judges_as_head_and_not_as_colleague(round_):
    of_day = rosters.office_on(round_.from_on)

    for one in Slate.objects.filter(round=round_, form=PEER):
        assert not set(of_day.leaders_of(of_day.held[one.people[0]])) & set(voters(one))


def test_relatives_do_not_judge_each_other_and_miss_the_whole_slate(office):
    """监察法 Art. 67."""
    from qingfeng.organization.declarations import declare_relation

    wife, husband = office.people["Y0402"], office.people["Y0702"]
    with on(-20):
        declare_relation(wife, "spouse", other=husband, by=None)
    of_day = rosters.office_on(a_round.BEGINS)
    room = [one.person for one in of_day.of_unit(office.units["党风室"].pk)]

    assert not of_day.may_judge(wife.pk, husband.pk)
    assert not of_day.may_judge(husband.pk, wife.pk)
    assert husband.pk not in rosters.outside(of_day, office.units["党风室"].pk, room)


def test_whoever_handles_a_complaint_about_somebody_does_not_judge_them(office):
    from django.utils import timezone

    from qingfeng.matters.models import Matter, Party

    matter = Matter.objects.filter(mechanism="complaint").first() or a_complaint()
    about, handling = office.people["Y0403"], office.people["Y1101"]
    for person, role, is_subject in ((about, "subject_person", True), (handling, "handler", False)):
        Party.objects.create(
            matter=matter, role=role, person=person, is_subject=is_subject, since_at=timezone.now()
        )
    of_day = rosters.office_on(a_round.BEGINS)

    assert not of_day.may_judge(handling.pk, about.pk)
    assert not of_day.may_judge(about.pk, handling.pk)


def a_complaint():
    from django.utils import timezone

    from qingfeng.matters.models import Matter
    from qingfeng.organization.models import Unit

    known = {field.name for field in Matter._meta.fields}
    facts = {
        "mechanism": "complaint", "number": "云纪干〔2026〕1号", "slug": "2026-001", "title": "反映事项",
        "stage": "registered", "version": 1, "opened_on": a_round.BEGINS, "opened_at": timezone.now(),
        "owner": Unit.objects.get(short_name="干部监督室"),
    }  # fmt: skip
    return Matter.objects.create(**{name: value for name, value in facts.items() if name in known})
