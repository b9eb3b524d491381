"""What a sender may send: one correspondent does not speak in the place of another."""

from base64 import b64encode

import pytest
from correspondence import a_house, known
from nacl.utils import random

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def house(tmp_path_factory, django_db_setup, django_db_blocker):
    """One house with both ends, after the worker's first round."""
    from qingfeng.project.both_ends import go_round

    with django_db_blocker.unblock():
        home, _office = a_house(tmp_path_factory.mktemp("houses"), "one")
        with home.entered():
            go_round()
        yield home


def sent_by(kind, part, folder):
    """What became of a part that a confirmed correspondent of a kind has sent to the office."""
    from qingfeng.exchange import own
    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.opening import open_waiting
    from qingfeng.sealing import packages
    from qingfeng.sealing.cards import Card, public_of

    mine, seed = own.newest("office").card, random(32)
    card = Card(f"单位{seed.hex()[:6]}", public_of(seed), mine.seal)
    known(card, kind)
    address = packages.Address(card.key_id, mine.key_id, "main", 1, "", "2026-11-27")
    file = folder / f"{card.key_id}.qfp"
    packages.write_package(file, address, [part(seed)], seed=seed, to=[mine.seal])
    received = take_in(file, "office").received
    open_waiting("office")
    return received


@pytest.mark.parametrize("kind", ["subordinate", "superior", "partner", "counter"])
def test_only_the_office_tells_a_counter_its_keys(house, tmp_path, kind):
    from qingfeng.public.counter import house as behind
    from qingfeng.sealing import boxes
    from qingfeng.sealing.counter_keys import CounterKeys
    from qingfeng.sealing.packages import Part

    theirs = CounterKeys(99, "别处", "district", (boxes.new_pair()[1],), ())

    def keys(seed):
        return Part("counter_keys", {"file": b64encode(theirs.encoded(seed)).decode()})

    with house.entered():
        before = behind.house()
        received = sent_by(kind, keys, tmp_path)

        assert behind.house() == before
        assert received.parts.get().state == "failed"


@pytest.mark.parametrize("kind", ["subordinate", "counter"])
def test_what_arrives_beside_a_batch_is_not_taken_in(house, tmp_path, kind):
    from qingfeng.exchange import own
    from qingfeng.matters.models import Matter
    from qingfeng.sealing import envelope
    from qingfeng.sealing.packages import Part, enclose

    with house.entered():
        said = {"line": "petition", "text": "没有登记的来信。", "files": []}
        sealed = tmp_path / "sealed"
        sealed.write_bytes(envelope.close(said, [own.intake()[0][1]]))
        content = {"number": 1, "hour": "2026-11-27T01:00:00+00:00"}
        received = sent_by(kind, lambda _seed: Part("counter_arrival", content, (enclose(sealed),)), tmp_path)

        assert received.parts.get().state == "failed"
        assert not Matter.objects.filter(mechanism="petition").exists()


def test_only_a_counter_sends_batches(house, tmp_path):
    from qingfeng.sealing.packages import Part, enclose

    (tmp_path / "entries").write_bytes(b"")
    content = {"from": 0, "to": 0, "note": "", "arrivals": []}
    part = Part("counter_batch", content, (enclose(tmp_path / "entries"),))
    with house.entered():
        received = sent_by("subordinate", lambda _seed: part, tmp_path)

        assert received.state == "refused"
        assert "counter_batch" in received.what
