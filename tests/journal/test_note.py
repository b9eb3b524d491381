"""Signed notes and checkpoints: the specifications' examples, and what must fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qingfeng.journal.checkpoint import Checkpoint, cosign, open_checkpoint, parse_checkpoint, witnessed_by
from qingfeng.journal.errors import Broken
from qingfeng.journal.note import WITNESS, Note, Signer, opened, parse_note, parse_vkey, signed, timestamp
from qingfeng.journal.tree import EMPTY_ROOT, GrowingTree, consistency_proof, leaf_hashes, subtree_root

# C2SP signed-note, "Example".
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n"
    "\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
# C2SP tlog-checkpoint and tlog-cosignature, examples.
BEHIND_THE_SOFA = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
).encode()

LOG = Signer("云水区.example/internal", bytes(range(32)))
OTHER = Signer("云水区.example/internal", bytes(32))
WITNESS_KEY = Signer("江淮省.example/witness", bytes(range(1, 33)), WITNESS)


def a_tree(size):
    leaves = leaf_hashes(str(number).encode() for number in range(size))
    tree = GrowingTree()
    tree.extend(leaves)
    return tree.root, lambda level, n: subtree_root(b"".join(leaves[n << level : (n + 1) << level]))


def a_checkpoint(size, signer=LOG):
    return signed(Checkpoint(LOG.name, size, a_tree(size)[0]).text, signer)


def test_the_example_of_the_specification_is_right():
    note = parse_note(EXAMPLE)

    assert opened(note, [parse_vkey(VKEY)]) == (parse_vkey(VKEY),)
    assert note.text == "This is an example message.\n"
    assert note.encoded() == EXAMPLE
    assert parse_vkey(VKEY).vkey == VKEY


@given(some.integers(min_value=0, max_value=len(EXAMPLE) - 1), some.integers(min_value=1, max_value=255))
def test_the_example_with_any_byte_changed_is_refused(at, flip):
    changed = bytearray(EXAMPLE)
    changed[at] ^= flip

    with pytest.raises(Broken):
        opened(parse_note(bytes(changed)), [parse_vkey(VKEY)])


@given(some.integers(min_value=0, max_value=len(EXAMPLE) - 1))
def test_the_example_cut_short_is_refused(cut):
    with pytest.raises(Broken):
        opened(parse_note(EXAMPLE[:cut]), [parse_vkey(VKEY)])


def test_the_example_checkpoint_with_its_cosignature_is_read():
    note = parse_note(BEHIND_THE_SOFA)

    checkpoint = parse_checkpoint(note.text)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text == note.text
    assert timestamp(note.signatures[1]) == 1679315147
    assert note.encoded() == BEHIND_THE_SOFA


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        VKEY.replace("530d903a", "530d903b"),
        VKEY.replace("foo", "bar"),
        VKEY.replace("+Aeky", "+Aekz"),
        VKEY + "A",
        VKEY.replace("+Aek", "+Aw=="),
        "example.com/foo+530d903a+",
        "with space+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_key_that_is_misspelt_is_refused(vkey):
    with pytest.raises(Broken):
        parse_vkey(vkey)


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n- name AAAAAAA=\n",
        "text\n\n— name AAAA\n".encode(),
        "text\n\n— na+me AAAAAAA=\n".encode(),
        "text\n\n— name AAAAAAA\n".encode(),
        "text\n\n— name AAAAAAB=\n".encode(),
        "te\txt\n\n— name AAAAAAA=\n".encode(),
        "text\r\n\n— name AAAAAAA=\n".encode(),
        b"\xff\n\n",
        ("text\n\n" + "— name AAAAAAA=\n" * 101).encode(),
    ],
)
def test_what_is_no_note_is_refused(held):
    with pytest.raises(Broken):
        parse_note(held)


def test_an_unknown_key_is_ignored_and_a_known_one_must_be_right():
    note = a_checkpoint(5).signed_also([OTHER.sign(a_checkpoint(5).text)])

    assert opened(note, [LOG.verifier]) == (LOG.verifier,)
    forged = Note(note.text.replace("5", "6"), note.signatures)
    with pytest.raises(Broken, match="wrong"):
        opened(forged, [LOG.verifier])
    with pytest.raises(Broken, match="None of the known"):
        opened(note, [WITNESS_KEY.verifier])


def test_a_text_may_hold_empty_lines_and_is_split_at_the_last():
    note = signed("one\n\ntwo\n", LOG)

    assert parse_note(note.encoded()) == note


def test_a_text_that_does_not_end_or_has_control_characters_is_not_signed():
    for text in ("no end", "tab\t\n"):
        with pytest.raises(Broken):
            signed(text, LOG)
    for name in ("", "two words", "a+b"):
        with pytest.raises(Broken):
            Signer(name, bytes(32))


def test_a_signer_shows_its_public_half_only():
    assert LOG.verifier.vkey in repr(LOG)
    assert LOG.seed.hex() not in repr(LOG)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n5\n",
        "origin\n5\nAAAA\n",
        "\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n05\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n-5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n٥\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nx\n",
        "origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(Broken):
        parse_checkpoint(text)


def test_a_checkpoint_may_have_further_lines():
    checkpoint = Checkpoint("origin", 0, EMPTY_ROOT, ("more", "lines"))

    assert parse_checkpoint(checkpoint.text) == checkpoint


def test_a_checkpoint_of_another_log_is_refused():
    text = Checkpoint("another.example/log", 5, a_tree(5)[0]).text

    with pytest.raises(Broken, match="another log"):
        open_checkpoint(signed(text, LOG), LOG.verifier)


def test_a_witness_signs_what_continues_what_it_saw():
    root, node = a_tree(9)
    seen = Checkpoint(LOG.name, 5, a_tree(5)[0])

    held = cosign(
        a_checkpoint(9).encoded(),
        LOG.verifier,
        WITNESS_KEY,
        seen=seen,
        proof=consistency_proof(5, 9, node),
        at=1_780_000_000,
    )

    note = parse_note(held)
    assert open_checkpoint(note, LOG.verifier, [WITNESS_KEY.verifier]).root == root
    assert witnessed_by(note, [WITNESS_KEY.verifier, LOG.verifier])[0] == WITNESS_KEY.verifier
    assert timestamp(note.signatures[-1]) == 1_780_000_000


def test_a_witness_refuses_a_log_that_shrinks_forks_or_is_not_signed():
    fork = Checkpoint(LOG.name, 5, a_tree(6)[0])
    _, node = a_tree(9)
    proof = consistency_proof(5, 9, node)
    refused = [
        (a_checkpoint(4), Checkpoint(LOG.name, 5, a_tree(5)[0]), []),
        (a_checkpoint(9), fork, proof),
        (a_checkpoint(5), fork, []),
        (a_checkpoint(9), Checkpoint(LOG.name, 5, a_tree(5)[0]), proof[:-1]),
        (a_checkpoint(9, OTHER), None, []),
        (a_checkpoint(9), Checkpoint("another.example", 0, EMPTY_ROOT), []),
    ]

    for note, seen, path in refused:
        with pytest.raises(Broken):
            cosign(note.encoded(), LOG.verifier, WITNESS_KEY, seen=seen, proof=path, at=1)
    with pytest.raises(Broken, match="cosignature/v1"):
        cosign(a_checkpoint(9).encoded(), LOG.verifier, LOG, seen=None, proof=[], at=1)


@given(some.data())
def test_a_cosigned_checkpoint_with_any_byte_of_text_or_cosignature_changed_is_refused(data):
    held = cosign(a_checkpoint(9).encoded(), LOG.verifier, WITNESS_KEY, seen=None, proof=[], at=1_780_000_000)
    at = data.draw(some.integers(min_value=0, max_value=len(held) - 1))
    changed = bytearray(held)
    changed[at] ^= data.draw(some.integers(min_value=1, max_value=255))

    def both():
        note = parse_note(bytes(changed))
        open_checkpoint(note, LOG.verifier, [WITNESS_KEY.verifier])
        return witnessed_by(note, [WITNESS_KEY.verifier])

    try:
        witnesses = both()
    except Broken:
        return
    assert not witnesses, "a changed note counted as witnessed"
