"""A lost phrase: two escrow holders give the key back, one of them outside the command; nobody else can."""

import pytest
from django.utils import translation

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import escrow, sealing
from qingfeng.matters.answers import Refusal
from qingfeng.matters.key_models import KeyShare, PersonKey, Recovery
from qingfeng.matters.models import Notice
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem
from qingfeng.sealing import boxes, wrapping

pytestmark = pytest.mark.django_db
OLD, NEW = "忘了的那一句很长的解锁口令", "重新想好的那一句解锁口令"
INNER, OUTER = "里面保管人自己的解锁口令", "外面保管人自己的解锁口令"
GROUND = "当面核对本人和工作证，办理中的密封件须由其开启。"


@pytest.fixture(autouse=True)
def in_english_and_quick(monkeypatch):
    """Messages in English; phrases that cost an eighth of the memory, as a wrapped key says of itself."""
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)
    with translation.override("en"):
        yield


@pytest.fixture
def lost(office):
    """A custodian whose key is in escrow, both holders, and a box that only the key opens."""
    people = office.people
    custodian, inside, outside = people["Y0504"], people["Y0101"], people["W0002"]
    key = sealing.make_key(custodian, OLD)
    sealing.make_key(inside, INNER)
    sealing.make_key(outside, OUTER)
    escrow.deposit(key, OLD)
    return key, custodian, inside, outside


def a_device(key, no):
    """The number of a device that opens a key too."""
    made = sealing.add_device(
        key, OLD, credential=f"{no}", salt=bytes(32), output=bytes([no]) * 32, name=f"{no}"
    )
    return made.pk


def gives(recovery, holder, phrase):
    return escrow.give(recovery, by=viewer_for(holder), phrase=phrase, ground=GROUND)


def test_a_lost_phrase_is_replaced_by_two_holders_together(lost):
    key, custodian, inside, outside = lost
    box = boxes.seal("信里说的".encode(), [bytes(key.public)])
    devices = [a_device(key, no) for no in (1, 2)]
    recovery = escrow.ask(custodian, NEW)
    gives(recovery, inside, INNER)
    gives(recovery, outside, OUTER)

    recovered = escrow.finish(recovery, NEW)

    assert boxes.open_box(box, sealing.unlocked(recovered, NEW)) == "信里说的".encode()
    with pytest.raises(Problem):
        sealing.unlocked(PersonKey.objects.get(pk=key.pk), OLD)
    entries = list(JournalEntry.objects.filter(kind__startswith="key.").order_by("pk"))
    asked, given = "key.recovery_asked", ["key.share_given"] * 2
    gone = ["key.device_dropped"] * 2
    assert [one.kind for one in entries[-6:]] == [asked, *given, *gone, "key.recovered"]
    assert [one.said["facts"]["device"] for one in entries[-3:-1]] == devices
    assert not recovered.devices.exists()
    auditor = Notice.objects.filter(kind="key_recovered").get().person
    assert viewer_for(auditor).has("auditor")


def test_one_holder_alone_gives_nothing_back(lost):
    _key, custodian, inside, _outside = lost
    recovery = escrow.ask(custodian, NEW)
    gives(recovery, inside, INNER)
    gives(recovery, inside, INNER)

    with pytest.raises(Problem, match="Both holders"):
        escrow.finish(recovery, NEW)


def test_asking_anew_leaves_nothing_of_what_was_made_for_the_asking_before(lost):
    _key, custodian, inside, outside = lost
    first = escrow.ask(custodian, NEW)
    gives(first, inside, INNER)
    gives(first, outside, OUTER)

    escrow.ask(custodian, NEW)

    first.refresh_from_db()
    assert (first.ended, bytes(first.wrapped)) == ("expired", b"")
    assert {bytes(one.box) for one in first.given.all()} == {b""}


def test_a_half_opens_for_its_holder_only_and_is_not_the_key(lost):
    key, _custodian, inside, outside = lost
    ours = sealing.unlocked(inside.seal_key, INNER)
    share, other = KeyShare.objects.get(holder=inside), KeyShare.objects.get(holder=outside)
    about = b"share-of:%d" % key.person_id

    half = boxes.open_box(bytes(share.box), ours, about=about)

    assert sealing.unlocked(key, OLD) not in half
    with pytest.raises(Exception, match="not sealed to that key"):
        boxes.open_box(bytes(other.box), ours, about=about)


def test_whoever_asks_is_the_only_one_who_can_finish(lost):
    _key, custodian, inside, outside = lost
    recovery = escrow.ask(custodian, NEW)
    gives(recovery, inside, INNER)
    gives(recovery, outside, OUTER)

    with pytest.raises(Problem, match="phrase"):
        escrow.finish(recovery, "somebody else's guess at it")


def test_a_holder_says_how_they_made_sure_who_asks(lost):
    _key, custodian, inside, _outside = lost

    answer = escrow.give(escrow.ask(custodian, NEW), by=viewer_for(inside), phrase=INNER, ground=" ")

    assert isinstance(answer, Refusal)
    assert "ground" in answer.errors


def test_nobody_but_a_holder_gives_a_half(lost, office):
    recovery = escrow.ask(lost[1], NEW)

    answer = gives(recovery, office.people["Y0001"], INNER)

    assert answer.why == "absent"
    assert not recovery.given.exists()


def test_a_refused_recovery_is_over_and_its_halves_are_gone(lost):
    _key, custodian, inside, outside = lost
    recovery = escrow.ask(custodian, NEW)
    gives(recovery, inside, INNER)

    escrow.refuse(recovery, by=viewer_for(outside), ground="打来电话的不是本人，已核实。")

    assert gives(recovery, outside, OUTER).why == "absent"
    assert [bytes(one.box) for one in recovery.given.all()] == [b""]
    assert not bytes(Recovery.objects.get().wrapped)


def test_without_a_holder_outside_the_command_there_is_no_escrow(office):
    key = sealing.make_key(office.people["Y0504"], OLD)
    sealing.make_key(office.people["Y0101"], INNER)

    with pytest.raises(Problem, match="from outside"):
        escrow.deposit(key, OLD)


def test_a_lost_phrase_without_escrow_opens_nothing_any_more(office):
    sealing.make_key(office.people["Y0504"], OLD)

    with pytest.raises(Problem, match="No halves"):
        escrow.ask(office.people["Y0504"], NEW)
