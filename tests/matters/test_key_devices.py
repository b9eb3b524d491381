"""A device opens a person's key beside the phrase: what it gives for its salt, and nothing else of it."""

import pytest

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import sealing
from qingfeng.matters.key_models import KeyDevice
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem
from qingfeng.sealing import wrapping
from qingfeng.sealing.errors import SealingError

PHRASE, OTHER = "青山依旧在几度夕阳红何处", "白发渔樵江渚上惯看秋月春风"
GIVEN, WRONG = bytes(range(32)), bytes(range(1, 33))
KNOWN_HEX = (
    "51464431287de6674a6815373c26769f33b0204ad06da62e9fba6c6716886f81347d6815ac217544"
    "4c91baf5c9d64976963aa6cf031967506c722077fdbdabf6430a0b7f0b26340d2b5c6c6f"
)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Phrases that cost an eighth of the memory, as a wrapped key says of itself."""
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)


@pytest.fixture
def key(db):
    return sealing.make_key(Person.objects.create(number="Y7001", name="水长流"), PHRASE)


def added(key, output=GIVEN, phrase=PHRASE, name="办公室的钥匙"):
    return sealing.add_device(
        key, phrase, credential=output.hex()[:8], salt=bytes(32), output=output, name=name
    )


def said(device, output=GIVEN):
    return f"device:{device.pk}:{output.hex()}"


def test_a_device_opens_the_same_key_as_the_phrase_and_the_phrase_stays(key):
    secret = sealing.unlocked(key, PHRASE)

    device = added(key)

    assert sealing.unlocked(key, said(device)) == secret
    assert sealing.unlocked(key, PHRASE) == secret


def test_what_another_device_gives_opens_nothing(key):
    device = added(key)

    with pytest.raises(Problem):
        sealing.unlocked(key, said(device, WRONG))


def test_a_device_opens_its_person_s_key_alone(key):
    other = sealing.make_key(Person.objects.create(number="Y7002", name="云出岫"), OTHER)
    device = added(key)

    with pytest.raises(Problem, match=r"设备|device"):
        sealing.unlocked(other, said(device))


def test_a_device_that_is_sent_twice_is_there_once_and_is_taken_away_with_one_act(key):
    device, again = added(key).pk, added(key).pk

    sealing.drop_device(KeyDevice.objects.get(pk=device))

    assert again == device
    assert not KeyDevice.objects.exists()


def test_a_device_that_was_taken_away_opens_nothing_and_the_journal_keeps_both(key):
    device = added(key)
    words = said(device)

    sealing.drop_device(device)

    with pytest.raises(Problem):
        sealing.unlocked(key, words)
    kinds = set(JournalEntry.objects.values_list("kind", flat=True))
    assert {"key.device_added", "key.device_dropped"} <= kinds


def test_several_devices_open_it_up_to_a_limit_and_a_new_phrase_leaves_them(key):
    devices = [added(key, bytes([no]) * 32) for no in range(sealing.MOST_DEVICES)]

    sealing.change_phrase(key, said(devices[1], bytes([1]) * 32), OTHER)

    assert sealing.unlocked(key, said(devices[0], bytes(32))) == sealing.unlocked(key, OTHER)
    with pytest.raises(Problem):
        added(key, phrase=OTHER)


def test_nothing_that_a_device_gave_is_kept(key):
    device = added(key)

    row = KeyDevice.objects.values().get(pk=device.pk)
    told = [
        bytes(one) if not isinstance(one, str) else one
        for one in JournalEntry.objects.values_list("body", flat=True)
    ]
    assert GIVEN not in bytes(row["wrapped"]) + bytes(row["salt"])
    assert GIVEN.hex() not in f"{row}{told}"


@pytest.mark.parametrize(
    ("wrapped", "output"),
    [
        (lambda held: held, WRONG),
        (lambda held: held[:-1], GIVEN),
        (lambda held: held[:-1] + bytes([held[-1] ^ 1]), GIVEN),
        (lambda held: b"QFW1" + held[4:], GIVEN),
        (lambda held: held, GIVEN[:31]),
        (lambda _held: b"", GIVEN),
    ],
)
def test_a_wrapped_key_opens_for_its_own_device_whole_and_unchanged_or_not_at_all(wrapped, output):
    held = wrapping.wrap_by_device(b"s" * 32, GIVEN)

    with pytest.raises(SealingError):
        wrapping.unwrap_by_device(wrapped(held), output)


def test_what_was_wrapped_once_opens_always():
    """A known answer: the form does not change."""
    assert wrapping.unwrap_by_device(bytes.fromhex(KNOWN_HEX), GIVEN) == b"s" * 32
