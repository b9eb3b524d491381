import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.sealing import boxes, envelope, padding
from qingfeng.sealing.errors import SealingError

ONE, OTHER, STRANGER = boxes.new_pair(), boxes.new_pair(), boxes.new_pair()
TEXT = "有人反映:车辆加油异常".encode()


def why(opening, *given, **named):
    with pytest.raises(SealingError) as caught:
        opening(*given, **named)
    return caught.value.why


def test_each_receiver_opens_a_box_and_nobody_else_does():
    box = boxes.seal(TEXT, [ONE[1], OTHER[1]])

    assert boxes.open_box(box, ONE[0]) == TEXT == boxes.open_box(box, OTHER[0])
    assert why(boxes.open_box, box, STRANGER[0]) == SealingError.RECEIVER


def test_nothing_of_the_content_is_in_a_box():
    assert TEXT not in boxes.seal(TEXT, [ONE[1]])


def test_the_same_content_is_never_sealed_to_the_same_bytes():
    assert boxes.seal(TEXT, [ONE[1]]) != boxes.seal(TEXT, [ONE[1]])


@pytest.mark.parametrize("bit", range(8))
def test_no_byte_of_a_box_can_be_changed(bit):
    box = boxes.seal(b"x", [ONE[1]])

    opened = []
    for at in range(len(box)):
        changed = bytearray(box)
        changed[at] ^= 1 << bit
        try:
            opened.append((at, boxes.open_box(bytes(changed), ONE[0])))
        except SealingError:
            continue

    assert opened == []


def test_no_shorter_box_opens():
    box = boxes.seal(b"x", [ONE[1]])

    for length in range(len(box)):
        with pytest.raises(SealingError):
            boxes.open_box(box[:length], ONE[0])


def test_nothing_can_be_hung_behind_a_box():
    assert why(boxes.open_box, boxes.seal(b"x", [ONE[1]]) + b"\0", ONE[0]) == SealingError.CHANGED


def test_a_box_opens_only_where_it_belongs():
    box = boxes.seal(TEXT, [ONE[1]], about=b"matter:1:name")

    assert boxes.open_box(box, ONE[0], about=b"matter:1:name") == TEXT
    assert why(boxes.open_box, box, ONE[0], about=b"matter:2:name") == SealingError.CHANGED


def test_a_receiver_lets_one_more_in():
    box = boxes.add_receiver(boxes.seal(TEXT, [ONE[1]]), ONE[0], OTHER[1])

    assert boxes.open_box(box, OTHER[0]) == TEXT == boxes.open_box(box, ONE[0])


def test_whoever_cannot_open_lets_nobody_in():
    box = boxes.seal(TEXT, [ONE[1]])

    assert why(boxes.add_receiver, box, STRANGER[0], STRANGER[1]) == SealingError.RECEIVER


def test_a_removed_receiver_opens_it_no_more():
    box = boxes.drop_receiver(boxes.seal(TEXT, [ONE[1], OTHER[1]]), OTHER[1])

    assert why(boxes.open_box, box, OTHER[0]) == SealingError.RECEIVER
    assert boxes.open_box(box, ONE[0]) == TEXT


def test_the_last_receiver_cannot_be_removed():
    assert why(boxes.drop_receiver, boxes.seal(TEXT, [ONE[1]]), ONE[1]) == SealingError.NOBODY


def test_a_removed_receivers_old_slot_does_not_open_what_was_sealed_anew():
    old = boxes.seal(TEXT, [ONE[1], OTHER[1]])
    new = boxes.seal(TEXT, [ONE[1]])
    slot = len(boxes.seal(TEXT, [ONE[1], OTHER[1]])) - len(boxes.seal(TEXT, [ONE[1]]))
    head = 4 + 1 + 32
    spliced = (
        new[:4] + b"\x02" + new[5 : head + slot] + old[head + slot : head + 2 * slot] + new[head + slot :]
    )

    assert boxes.open_box(spliced, ONE[0]) == TEXT
    assert why(boxes.open_box, spliced, OTHER[0]) == SealingError.CHANGED


def test_there_must_be_somebody_to_seal_to():
    assert why(boxes.seal, TEXT, []) == SealingError.NOBODY
    assert why(boxes.seal, TEXT, [b"short"]) == SealingError.FORM


def test_short_contents_look_the_same():
    sizes = {len(boxes.seal(b"x" * length, [ONE[1]])) for length in (0, 1, 80, 500, 1000)}

    assert len(sizes) == 1


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 2**40))
def test_a_step_is_never_below_and_adds_at_most_an_eighth(size):
    step = padding.stepped(size)

    assert size <= step <= size * 1.12 + 1
    assert padding.stepped(step) == step


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000))
def test_padding_comes_off_whatever_stood_before_it(data):
    assert padding.unpad(padding.pad(data)) == data


def test_an_envelope_says_whom_it_is_for_and_nothing_else():
    sealed = envelope.close({"text": "水库边的账"}, [ONE[1], OTHER[1]])

    assert len(envelope.receivers(sealed)) == 2
    assert "水库边的账".encode() not in sealed
    assert envelope.open_envelope(sealed, OTHER[0]) == {"text": "水库边的账"}


def test_an_envelope_with_another_head_does_not_open():
    mine = envelope.close({"text": "x"}, [ONE[1]])
    head, box = mine.split(b"\n", 1)
    wrong = head.replace(b'"v":1', b'"v":2')

    assert why(envelope.open_envelope, wrong + b"\n" + box, ONE[0]) == SealingError.FORM
    theirs = envelope.close({"text": "x"}, [OTHER[1]]).split(b"\n", 1)[0]
    assert why(envelope.open_envelope, theirs + b"\n" + box, ONE[0]) == SealingError.CHANGED


def test_an_envelope_that_lost_a_receiver_on_the_way_is_noticed():
    sealed = envelope.close({"text": "x"}, [ONE[1], OTHER[1]])
    head, box = sealed.split(b"\n", 1)

    assert why(envelope.receivers, head + b"\n" + boxes.drop_receiver(box, OTHER[1])) == SealingError.CHANGED


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"null\nQFB1", b'{"to":[],"v":1}\nxxxx', b"\xff\n"])
def test_what_is_no_envelope_is_refused(data):
    assert why(envelope.receivers, data) == SealingError.FORM
