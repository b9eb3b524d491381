"""In whatever order packages are brought, however often, damaged ones among them: once each and in order."""

import pytest
from correspondence import two_offices
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def offices(tmp_path_factory, django_db_setup, django_db_blocker):
    """Two offices that know each other."""
    with django_db_blocker.unblock():
        yield two_offices(tmp_path_factory.mktemp("houses"))


@pytest.fixture
def taken(monkeypatch):
    """What the handler of a kind was given, in order."""
    from qingfeng.exchange import kinds

    got = []
    monkeypatch.setattr(
        kinds, "_HANDLERS", {**kinds._HANDLERS, "note": lambda one: got.append(one.content["n"])}
    )
    return got


def packed(sender, count):
    """So many packages, each with one thing in it."""
    from qingfeng.exchange.models import Sent
    from qingfeng.exchange.outgoing import export, put_out, queue

    files = []
    with sender.entered():
        first = Sent.objects.count()
        for n in range(first, first + count):
            queue(sender.other, "note", {"n": n}, key=f"note:{n}")
            files.append((n, put_out(export(sender.other))))
    return files


@FEW
@given(data=st.data())
def test_packages_are_taken_once_each_and_in_order(offices, taken, tmp_path, data):
    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.opening import open_waiting

    above, here = offices
    taken.clear()
    places = range(data.draw(st.integers(1, 4)))
    order = data.draw(st.permutations(places)) + data.draw(st.lists(st.sampled_from(places), max_size=3))
    flips = data.draw(st.lists(st.integers(0, 10**6), max_size=2))
    files = packed(above, len(places))  # only now: a draw may end the example

    with here.entered():
        for at in flips:
            copy = tmp_path / "damaged.qfp"
            whole = bytearray(files[0][1].read_bytes())
            whole[at % len(whole)] ^= 1
            copy.write_bytes(whole)
            take_in(copy, "office")
        for place in order:
            take_in(files[place][1], "office")
        open_waiting("office")

    assert taken == [n for n, _file in files]


@FEW
@given(at=st.integers(0, 10**6))
def test_no_package_with_a_changed_byte_is_ever_taken(offices, tmp_path, at):
    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.models import Stream

    above, here = offices
    ((_n, file),) = packed(above, 1)
    whole = bytearray(file.read_bytes())
    whole[at % len(whole)] ^= 0x40
    (tmp_path / "changed.qfp").write_bytes(whole)

    with here.entered():
        before = Stream.objects.get(correspondent=here.other).received_number
        brought = take_in(tmp_path / "changed.qfp", "office")
        after = Stream.objects.get(correspondent=here.other).received_number
        right = take_in(file, "office")

    assert brought.received.state == "refused"
    assert before == after
    assert right.received.state == "taken"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_package_that_is_cut_short_is_refused(offices, tmp_path, share):
    from qingfeng.exchange.incoming import take_in

    above, here = offices
    ((_n, file),) = packed(above, 1)
    whole = file.read_bytes()
    (tmp_path / "short.qfp").write_bytes(whole[: int(len(whole) * share)])

    with here.entered():
        brought = take_in(tmp_path / "short.qfp", "office")
        right = take_in(file, "office")

    assert brought.received.state == "refused"
    assert right.received.state == "taken"


def test_a_package_of_a_sender_whom_nobody_confirmed_is_refused(offices, tmp_path):
    from nacl.utils import random

    from qingfeng.exchange.incoming import take_in
    from qingfeng.sealing import packages
    from qingfeng.sealing.cards import Card, public_of

    _above, here = offices
    seed = random(32)
    stranger = Card("陌生单位", public_of(seed), here.card.seal)
    address = packages.Address(stranger.key_id, here.card.key_id, "main", 1, "", "2026-11-27")
    file = tmp_path / "stranger.qfp"
    packages.write_package(file, address, [packages.Part("note", {"n": 0})], seed=seed, to=[here.card.seal])

    with here.entered():
        brought = take_in(file, "office")

        assert brought.received.state == "refused"
        assert stranger.key_id in brought.received.what


def test_a_package_for_somebody_else_is_refused(offices, tmp_path):
    from qingfeng.exchange import own
    from qingfeng.exchange.incoming import take_in
    from qingfeng.sealing import packages

    above, here = offices
    with above.entered():
        mine = own.newest("office")
    address = packages.Address(mine.card.key_id, "0" * 16, "main", 1, "", "2026-11-27")
    file = tmp_path / "other.qfp"
    packages.write_package(file, address, [packages.Part("note", {})], seed=mine.seed, to=[here.card.seal])

    with here.entered():
        assert take_in(file, "office").received.state == "refused"


def test_one_that_waited_is_taken_though_a_crash_came_after_what_it_waited_for(offices, taken, monkeypatch):
    from qingfeng.exchange import incoming, watching
    from qingfeng.exchange.opening import open_waiting

    above, here = offices
    (first, second) = packed(above, 2)
    with here.entered():
        open_waiting("office")
        taken.clear()
        incoming.take_in(second[1], "office")
        with monkeypatch.context() as crash:
            crash.setattr(incoming, "_take_waiting", lambda *_: None)
            incoming.take_in(first[1], "office")
        watching.go_round("office")

    assert taken == [first[0], second[0]]


def test_however_many_wait_for_one_they_are_all_taken_with_it(offices, taken):
    import sys

    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.opening import open_waiting

    above, here = offices
    files = packed(above, 100)
    with here.entered():
        for _n, file in files[1:]:
            take_in(file, "office")
        most = sys.getrecursionlimit()
        try:
            sys.setrecursionlimit(len_of_stack() + 200)
            take_in(files[0][1], "office")
        finally:
            sys.setrecursionlimit(most)
        open_waiting("office")

    assert taken == [n for n, _file in files]


def test_a_package_that_another_process_takes_meanwhile_is_the_same_again(offices, taken, monkeypatch):
    from qingfeng.exchange import incoming
    from qingfeng.exchange.models import Received
    from qingfeng.exchange.opening import open_waiting
    from qingfeng.sealing import packages

    above, here = offices
    ((n, file),) = packed(above, 1)
    unpack = packages.unpack

    def other_first(*given, **keys):
        monkeypatch.setattr(packages, "unpack", unpack)
        incoming.take_in(file, "office")
        return unpack(*given, **keys)

    with here.entered():
        open_waiting("office")
        taken.clear()
        refused = Received.objects.filter(state="refused").count()
        monkeypatch.setattr(packages, "unpack", other_first)
        brought = incoming.take_in(file, "office")
        open_waiting("office")

        assert brought.is_again
        assert Received.objects.filter(state="refused").count() == refused
    assert taken == [n]


def test_of_two_with_one_number_that_wait_the_wrong_one_is_refused_and_hides_no_gap(offices, tmp_path):
    from dataclasses import replace

    from qingfeng.exchange import own
    from qingfeng.exchange.incoming import gap_of, take_in
    from qingfeng.exchange.models import Stream
    from qingfeng.sealing import packages

    above, here = offices
    first, second, third, fourth = [file for _n, file in packed(above, 4)]
    with second.open("rb") as source:
        head, _signature = packages.read_head(source)
    with above.entered():
        seed = own.newest("office").seed
    forked = replace(head, previous="0" * 64)
    address = packages.Address(*(getattr(forked, one) for one in packages.Address.__dataclass_fields__))
    wrong = tmp_path / "forked.qfp"
    packages.write_package(wrong, address, [packages.Part("note", {"n": -1})], seed=seed, to=[here.card.seal])
    with here.entered():
        for file in (wrong, second, first, fourth):
            take_in(file, "office")
        stream = Stream.objects.get(correspondent=here.other)

        assert stream.received_number == head.number
        assert gap_of(stream) == (head.number + 1, head.number + 1)
        assert stream.received.filter(number=head.number, state="refused").count() == 1
        take_in(third, "office")


def test_what_another_process_has_taken_in_meanwhile_stays_taken_in(offices, monkeypatch):
    from qingfeng.exchange import kinds
    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.models import Incoming
    from qingfeng.exchange.opening import open_one

    above, here = offices
    ((_n, file),) = packed(above, 1)
    with here.entered():
        part = take_in(file, "office").received.parts.get()

        def other_first(_parcel):
            monkeypatch.setattr(kinds, "_HANDLERS", {**kinds._HANDLERS, "note": lambda _one: "note/1"})
            open_one(Incoming.objects.get(pk=part.pk))
            raise kinds.NotTaken("its files are gone")

        monkeypatch.setattr(kinds, "_HANDLERS", {**kinds._HANDLERS, "note": other_first})
        open_one(part)

        held = Incoming.objects.get(pk=part.pk)
        assert (held.state, held.about) == ("opened", "note/1")


def len_of_stack():
    """How deep the stack is here."""
    import inspect

    return len(inspect.stack(0))


def test_new_keys_count_beside_the_old_ones_until_the_first_package_they_sign(offices):
    from qingfeng.exchange import correspondents, own
    from qingfeng.exchange.correspondents import counting
    from qingfeng.exchange.incoming import take_in

    above, here = offices
    under_way = packed(above, 1)
    with above.entered():
        made = own.make("office", above.card.name, by="account:1").card
    with here.entered():
        keys = correspondents.add(made, kind="superior", by="account:1")
        correspondents.confirm(keys, by="account:2", heard=made.fingerprint)
        old = take_in(under_way[0][1], "office").received.state
        both = len(counting(here.other))
    (new,) = packed(above, 1)
    with here.entered():
        taken_new = take_in(new[1], "office").received.state
        left = [one.key_id for one in counting(here.other)]

    assert (old, both, taken_new) == ("taken", 2, "taken")
    assert left == [made.key_id]


def test_a_large_file_goes_through_in_pieces(offices, tmp_path, monkeypatch):
    import tracemalloc

    from qingfeng.exchange import kinds, outgoing
    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.opening import open_waiting
    from qingfeng.sealing.packages import enclose

    above, here = offices
    large = tmp_path / "large"
    with large.open("wb") as out:
        for _block in range(24):
            out.write(b"\x07" * (1 << 20))
    sizes = []
    monkeypatch.setattr(outgoing, "_FILES", {"large": lambda _number, _work: enclose(large)})
    take = {"big": lambda one: sizes.append(one.files[0][1].stat().st_size)}
    monkeypatch.setattr(kinds, "_HANDLERS", {**kinds._HANDLERS, **take})
    tracemalloc.start()
    with above.entered():
        outgoing.queue(above.other, "big", {}, key="big", files=["large:1"])
        file = outgoing.put_out(outgoing.export(above.other))
    with here.entered():
        take_in(file, "office")
        open_waiting("office")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sizes == [24 << 20]
    assert most < 12 << 20


def test_after_an_older_backup_both_sides_begin_anew_and_what_had_no_receipt_goes_again(offices, taken):
    from qingfeng.exchange.correspondents import begin_anew
    from qingfeng.exchange.incoming import take_in
    from qingfeng.exchange.models import Stream
    from qingfeng.exchange.opening import open_waiting
    from qingfeng.exchange.outgoing import export, put_out

    above, here = offices
    ((n, old),) = packed(above, 1)
    with above.entered():
        Stream.objects.filter(correspondent=above.other).update(sent_number=0, sent_digest="")
        begin_anew(above.other, by="account:1", reason="恢复备份后双方商定。")
        new = put_out(export(above.other))
    with here.entered():
        early = take_in(new, "office").received
        begin_anew(here.other, by="account:1", reason="恢复备份后双方商定。")
        late = take_in(old, "office").received
        right = take_in(new, "office").received
        open_waiting("office")

    assert (early.state, late.state, right.state, right.number) == ("refused", "refused", "taken", 1)
    assert n in taken
