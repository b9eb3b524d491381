"""Builders of this room's tests: a round of three rooms, its voters, and their ballots."""

import random
import re
import secrets
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from qingfeng.appraisal import blind, box, defaults, rounds, sheets, tokens
from qingfeng.appraisal.models import DEMOCRATIC, PEER, Due, Form, Round

BEGINS = date(2026, 3, 2)
DAYS = 10
ROOMS = ("党风室",)
MORE = ("党风室", "信访室", "一室")


@contextmanager
def on(day):
    """Let it be ten in the morning of a day, counted from the first of the round."""
    at = timezone.make_aware(datetime.combine(BEGINS + timedelta(days=day), time(10)))
    with time_machine.travel(at, tick=False):
        yield


def planned(office, rooms=ROOMS, **changes):
    """What a round is to be."""
    said = {
        "title": "年度五评", "from_on": BEGINS, "until_on": BEGINS + timedelta(days=DAYS),
        "units": tuple(office.units[name].pk for name in rooms), "forms": tuple(defaults.forms()),
    }  # fmt: skip
    return rounds.Planned(**(said | changes))


def drafted(office, **changes):
    """A round that the evaluator prepared."""
    with on(-3):
        return rounds.draft(planned(office, **changes), by=office.person("evaluator").pk)


def opened(office, **changes):
    """A round that the principal opened."""
    round_ = drafted(office, **changes)
    with on(-1):
        rounds.open_round(round_, by=office.person("principal").pk)
    return Round.objects.get(pk=round_.pk)


def slate(round_, form, index=0):
    """One of the slates of a form."""
    return round_.slates.filter(form=form).select_related("round")[index]


def voters(slate_):
    """Keys of those who may vote on a slate, in the order of the roll."""
    return list(Due.objects.filter(slate=slate_).order_by("pk").values_list("person", flat=True))


class Voter:
    """Somebody's browser: blinds, has signed, takes the blinding off, brings ballots."""

    def __init__(self, person):
        self.person, self.held = person, {}

    def fetch(self, *slates, day=1):
        """Have a token signed for each slate."""
        made = {}
        for one in slates:
            prepared = blind.prepare(secrets.token_bytes(32))
            made[one.pk] = (one, prepared, *blind.blind(tokens.public_key(one), prepared))
        asked = {pk: blinded for pk, (_one, _prepared, blinded, _inverse) in made.items()}
        given = tokens.sign(slates[0].round, self.person, asked, on=BEGINS + timedelta(days=day))
        for pk, (one, prepared, _blinded, inverse) in made.items():
            self.held[pk] = (
                prepared,
                blind.finalize(tokens.public_key(one), prepared, signed=given[pk], inverse=inverse),
            )
        return self

    def bring(self, slate_, said, day=1):
        """Bring a ballot to the box."""
        prepared, signature = self.held[slate_.pk]
        box.take(slate_, prepared, signature, said=said, on=BEGINS + timedelta(days=day))


def ballot(slate_, score=8, remark=""):
    """A ballot with one score for everything, or a function of person and dimension."""
    keys = Form.objects.get(round=slate_.round, key=slate_.form).keys
    given = score if callable(score) else lambda _person, _key: score
    scores = {str(one): {key: given(one, key) for key in keys} for one in slate_.people}
    return {"scores": scores, "remarks": {str(slate_.people[0]): remark} if remark else {}}


def vote(slate_, scores, remark=""):
    """Let the first voters of a slate vote, one a score: ballots in the box, marks on the roll."""
    people = voters(slate_)[: len(scores)]
    Due.objects.filter(slate=slate_, person__in=people).update(state=Due.State.TAKEN)
    for score in scores[: len(people)]:
        kept = box.ballot_of(slate_, ballot(slate_, score, remark))
        box.put(slate_, {**kept, "token": secrets.token_hex(32)})


def hand_in_by_name(round_, score=7):
    """Let everybody hand in the forms by name: own, of a head, of the organisation, agreed."""
    from qingfeng.appraisal import doors

    forms = {form.key: form for form in round_.forms.all()}
    evaluator, head = round_.made_by_id, round_.opened_by_id
    with on(2):
        for rated in round_.rated.select_related("round", "unit"):
            writers = [("self", rated.person_id), ("organisation", evaluator)]
            leaders = doors.leaders_of(rated)[:1]
            for key, who in [*writers, *[("leader", leader) for leader in leaders]]:
                scores = dict.fromkeys(forms[key].keys, score)
                sheet = sheets.hand_in(rated, forms[key], by=who, scores=scores)
                if key == "organisation":
                    sheets.agree(sheet, by=head)


def close(round_):
    """Close a round on the day after its last one."""
    with on(DAYS + 1):
        rounds.close(Round.objects.get(pk=round_.pk), by=None)
    return Round.objects.get(pk=round_.pk)


def a_hand(draw, level):
    """How one voter scores people of a level: mildly or strictly, and never quite the same."""
    mild = draw.uniform(-1, 1)
    return lambda _person, _key: min(10, max(1, round(level + mild + draw.uniform(-0.8, 0.8))))


def played(office, seed=3):
    """A closed round: everybody votes on everything, all forms by name are handed in."""
    draw = random.Random(seed)  # noqa: S311 - a story, the same each time
    round_ = opened(office, units=tuple(office.units[name].pk for name in MORE))
    for form in (PEER, DEMOCRATIC):
        for one in round_.slates.filter(form=form).select_related("round"):
            level = draw.uniform(6, 9)
            vote(one, [a_hand(draw, level) for _voter in voters(one)])
    hand_in_by_name(round_)
    return close(round_)


def browser(person, **options):
    """Somebody signed in, by sign-in name or key of the person."""
    from qingfeng.organization.accounts import open_account
    from qingfeng.organization.models import Account, Person

    client = Client(**options)
    if isinstance(person, str):
        account = Account.objects.get(username=person)
    else:
        found = Account.objects.filter(person=person).first()
        account = (
            found or open_account(Person.objects.get(pk=person), f"at-{person}", by=None, prepared="!")[0]
        )
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *parts):
    """The address of a page."""
    return reverse(f"desk:{name}", args=parts)


def said(response):
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))
