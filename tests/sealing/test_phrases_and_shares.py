import pytest

from qingfeng.sealing import boxes, shares, wrapping
from qingfeng.sealing.errors import SealingError

SECRET = boxes.new_pair()[0]
PHRASE, NEW = "冬天的第一场雪 1123", "桥头第三棵柳树 0406"


@pytest.fixture(scope="module")
def wrapped():
    return wrapping.wrap(SECRET, PHRASE)


def test_a_phrase_opens_its_key_and_another_does_not(wrapped):
    assert wrapping.unwrap(wrapped, PHRASE) == SECRET
    with pytest.raises(SealingError) as caught:
        wrapping.unwrap(wrapped, PHRASE + " ")
    assert caught.value.why == SealingError.PHRASE


@pytest.mark.parametrize("at", [5, 12, 30, 60, -1])
def test_no_byte_of_a_wrapped_key_can_be_changed(wrapped, at):
    changed = bytearray(wrapped)
    changed[at] ^= 1

    with pytest.raises(SealingError):
        wrapping.unwrap(bytes(changed), PHRASE)


def test_a_wrapped_key_cannot_ask_for_all_memory_there_is(wrapped):
    greedy = wrapped[:8] + b"\xff\xff\xff\xff" + wrapped[12:]

    with pytest.raises(SealingError) as caught:
        wrapping.unwrap(greedy, PHRASE)

    assert caught.value.why == SealingError.FORM


def test_what_is_cut_short_is_no_wrapped_key(wrapped):
    with pytest.raises(SealingError) as caught:
        wrapping.unwrap(wrapped[:40], PHRASE)

    assert caught.value.why == SealingError.FORM


def test_a_lost_phrase_is_made_good_by_both_shares_in_any_order():
    one, other = shares.split(SECRET)

    assert shares.join(one, other) == SECRET == shares.join(other, one)


def test_one_share_alone_gives_nothing():
    one, _other = shares.split(SECRET)

    assert SECRET not in one
    with pytest.raises(SealingError):
        shares.join(one, one)


def test_every_key_fits_a_single_share():
    """Whoever holds one share can find a second one for any key: the one they hold rules none out."""
    one, _other = shares.split(SECRET)
    wanted = boxes.new_pair()[0]
    body = one[-len(SECRET) :]

    fitting = bytes(a ^ b for a, b in zip(body, wanted, strict=True))

    assert bytes(a ^ b for a, b in zip(body, fitting, strict=True)) == wanted


def test_shares_of_two_keys_do_not_go_together():
    one, _ = shares.split(SECRET)
    _, other = shares.split(SECRET)

    with pytest.raises(SealingError):
        shares.join(one, other)


@pytest.mark.parametrize("at", [0, 4, 6, 14, 30, -1])
def test_a_changed_share_gives_no_key(at):
    one, other = shares.split(SECRET)
    changed = bytearray(other)
    changed[at] ^= 1

    with pytest.raises(SealingError):
        shares.join(one, bytes(changed))
