from io import BytesIO

import pytest

from qingfeng.sealing import boxes, streams
from qingfeng.sealing.errors import SealingError

ONE, OTHER = boxes.new_pair(), boxes.new_pair()
SEALED_PIECE = streams.PIECE + 17


def sealed(data, *to):
    out = BytesIO()
    streams.seal_stream(BytesIO(data), out, [pair[1] for pair in to or (ONE,)])
    return out.getvalue()


def read(data, pair=ONE):
    return b"".join(streams.opened(BytesIO(data), pair[0]))


@pytest.mark.parametrize(
    "length",
    [0, 1, streams.HELD - 1, streams.HELD, streams.HELD + 1, streams.HELD * 9, streams.HELD * 33 + 5],
)
def test_a_file_comes_back_byte_by_byte(length):
    data = bytes(at % 251 for at in range(length))

    assert read(sealed(data, ONE, OTHER), OTHER) == data


def test_a_size_tells_a_step_only():
    sizes = {len(sealed(b"x" * (streams.HELD * 32 + more))) for more in (1, 1000, streams.HELD)}

    assert len(sizes) == 1


def test_nobody_else_opens_it():
    with pytest.raises(SealingError) as caught:
        read(sealed(b"x"), OTHER)

    assert caught.value.why == SealingError.RECEIVER


def test_a_stream_that_ends_early_is_not_whole():
    data = sealed(b"x" * streams.HELD * 3)

    for lost in (1, 17, SEALED_PIECE, 2 * SEALED_PIECE, len(data) - 100):
        with pytest.raises(SealingError):
            read(data[:-lost])


def test_pieces_cannot_change_places_be_doubled_or_be_left_out():
    data = sealed(b"a" * streams.HELD + b"b" * streams.HELD + b"c" * streams.HELD)
    head, pieces = data[: -4 * SEALED_PIECE], data[-4 * SEALED_PIECE :]
    cut = [pieces[at : at + SEALED_PIECE] for at in range(0, len(pieces), SEALED_PIECE)]

    for order in ([1, 0, 2, 3], [0, 0, 1, 2, 3], [0, 2, 3], [0, 1, 2, 3, 3]):
        with pytest.raises(SealingError):
            read(head + b"".join(cut[at] for at in order))


def test_no_byte_of_the_head_and_none_of_a_piece_can_be_changed():
    data = sealed(b"x")

    for at in [*range(160), *range(160, len(data), 997)]:
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises(SealingError):
            read(bytes(changed))


def test_one_more_receiver_opens_the_same_file():
    out = BytesIO()

    streams.add_receiver(BytesIO(sealed(b"pages")), out, secret=ONE[0], public=OTHER[1])

    assert read(out.getvalue(), OTHER) == b"pages" == read(out.getvalue(), ONE)


def test_a_file_that_does_not_open_leaves_nothing_behind(tmp_path):
    kept, target = tmp_path / "sealed", tmp_path / "out"
    kept.write_bytes(sealed(b"x" * streams.HELD * 2)[:-1])

    with pytest.raises(SealingError):
        streams.open_file(kept, target, ONE[0])

    assert not target.exists()


def test_an_opened_file_is_its_owners_only(tmp_path):
    kept, target = tmp_path / "sealed", tmp_path / "out"
    kept.write_bytes(sealed(b"pages"))

    streams.open_file(kept, target, ONE[0])

    assert target.read_bytes() == b"pages"
    assert target.stat().st_mode & 0o077 == 0
