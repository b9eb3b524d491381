"""Two installations that know each other, and how packages are carried between them by hand."""

import shutil
from datetime import timedelta

from an_office_kept import sample_office
from two_houses import copied

ABOVE, HERE = "清河市纪委监委", "云水区纪委监委"


class End:
    """One of two houses that exchange packages."""

    def __init__(self, house, office, card, end="office"):
        self.house, self.office, self.card, self.end = house, office, card, end
        self.other = None

    def entered(self):
        """Everything inside happens in this house."""
        return self.house.entered()

    def person(self, key):
        """Somebody of the cast, as they come to the door."""
        from qingfeng.mechanisms.cast import PEOPLE
        from qingfeng.organization.viewer import viewer_for

        return viewer_for(self.office.people[PEOPLE[key]])

    def unit(self, key):
        """A unit of the cast."""
        from qingfeng.mechanisms.cast import UNITS

        return self.office.units[UNITS.get(key, key)]

    def attach(self, key, name):
        """A file that somebody of the cast has brought."""
        from a_paper import PAPER

        from qingfeng.documents.attachments import keep
        from qingfeng.organization.models import Account

        person = self.person(key).person_id
        return keep(PAPER, name, by=Account.objects.filter(person=person).first()).pk

    def act(self, act, matter, by, **others):
        """An act that must happen; with `second`, signed by two."""
        from qingfeng.matters.answers import Done, Waiting
        from qingfeng.matters.door import confirm, perform

        second = others.pop("second", None)
        done = perform(act, matter, by=self.person(by), **others)
        if second:
            assert isinstance(done, Waiting), done
            done = confirm(done.awaiting, by=self.person(second))
        assert isinstance(done, Done), done
        return done.matter

    def typeset(self):
        """Slips that wait are typeset, as the worker does."""
        from qingfeng.documents.models import Slip
        from qingfeng.matters.slips import typeset_now

        for slip in Slip.objects.filter(pdf_sha256=""):
            typeset_now(slip)

    def sends(self):
        """A package with what waits; where it was put out, or None."""
        from qingfeng.exchange.outgoing import export, outbox

        with self.entered():
            if self.end == "office":
                self.typeset()
            sent = export(self.other)
            return (
                next(iter(sorted(outbox(self.other).glob(f"*-{sent.number:08d}.qfp"))), None)
                if sent
                else None
            )

    def takes(self, file):
        """What came of a package that was brought here, and was given to its handlers."""
        from qingfeng.exchange.incoming import take_in
        from qingfeng.exchange.opening import open_waiting

        with self.entered():
            brought = take_in(file, self.end)
            open_waiting(self.end)
            return brought


def carried(sender, receiver):
    """A package goes over and its receipt comes back; what came of it there."""
    brought = receiver.takes(sender.sends())
    if (back := receiver.sends()) is not None:
        sender.takes(back)
    return brought


def two_offices(folder):
    """A superior and an office below it, each in a house of its own, that have compared fingerprints."""
    from qingfeng.exchange import own

    ends = []
    for name, called in (("above", ABOVE), ("here", HERE)):
        house = copied(folder, name)
        _same_key(house)
        with house.entered():
            ends.append(End(house, sample_office(), own.make("office", called, by="house").card))
    above, here = ends
    with above.entered():
        from qingfeng.organization.models import Unit

        below = Unit.objects.create(
            name="清河市云溪区纪律检查委员会", short_name="云溪区纪委", kind="superior", level="district"
        )
        above.office.units["云溪区纪委"] = below
        above.other = known(here.card, "subordinate", below.name)
    with here.entered():
        here.other = known(above.card, "superior", here.unit("superior").name)
    return above, here


def _same_key(house):
    """Let a house open what the sample office keeps sealed, in whichever home it was made first."""
    from django.conf import settings

    from qingfeng.organization.sealing import seal

    seal("")
    target = house.home / "keys" / "organization.key"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(f"{settings.HOME}/keys/organization.key", target)


def a_house(folder, name):
    """A house with the sample office in it, and the office."""
    house = copied(folder, name)
    _same_key(house)
    with house.entered():
        return house, sample_office()


def two_networks(folder):
    """An office, and its counter on another machine; each has the other's confirmed card."""
    from qingfeng.exchange import own
    from qingfeng.journal.publisher import publish

    inner, outer = copied(folder, "inner"), copied(folder, "outer")
    _same_key(inner)
    with inner.entered():
        office = End(inner, sample_office(), own.make("office", HERE, by="house").card)
    with outer.entered():
        publish("counter", wait=True)
        counter = End(outer, None, own.make("counter", "网上窗口", by="operator").card, "counter")
        counter.other = known(office.card, "office", end="counter")
    with office.entered():
        office.other = known(counter.card, "counter")
    return office, counter


def known(card, kind, unit="", end="office"):
    """A correspondent whom two people have added and confirmed."""
    from qingfeng.exchange import correspondents

    keys = correspondents.add(card, kind=kind, by="account:1", unit=unit, end=end)
    correspondents.confirm(keys, by="account:2", heard=card.fingerprint)
    return keys.correspondent


def days(count):
    """A civil date so many days from today, ISO."""
    from django.utils import timezone

    return (timezone.localdate() + timedelta(days=count)).isoformat()
