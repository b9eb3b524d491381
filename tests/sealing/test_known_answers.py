"""What the floor is built of gives the published answers."""

from hashlib import blake2b

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from nacl import bindings
from nacl.public import Box, PrivateKey, PublicKey, SealedBox

from qingfeng.sealing import boxes, slots, wrapping

# RFC 7748 §6.1
ALICE = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
ALICE_PUBLIC = bytes.fromhex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
BOB = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
BOB_PUBLIC = bytes.fromhex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
SHARED = bytes.fromhex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")


@pytest.mark.parametrize(("secret", "public"), [(ALICE, ALICE_PUBLIC), (BOB, BOB_PUBLIC)])
def test_public_halves_are_those_of_rfc_7748(secret, public):
    assert boxes.pair_from(secret) == (secret, public)
    assert slots.public_of(secret) == public


def test_both_sides_come_to_the_secret_of_rfc_7748():
    assert bindings.crypto_scalarmult(ALICE, BOB_PUBLIC) == SHARED
    assert bindings.crypto_scalarmult(BOB, ALICE_PUBLIC) == SHARED


@pytest.mark.parametrize(
    ("scalar", "point", "product"),
    [
        (
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        ),
        (
            "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        ),
    ],
)
def test_products_are_those_of_rfc_7748(scalar, point, product):
    got = bindings.crypto_scalarmult(bytes.fromhex(scalar), bytes.fromhex(point))

    assert got.hex() == product


def test_xchacha20_poly1305_gives_the_answer_of_the_draft():
    """draft-irtf-cfrg-xchacha-03, appendix A.3.1."""
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )

    got = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
        text,
        bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
        bytes(range(0x40, 0x58)),
        bytes(range(0x80, 0xA0)),
    )

    assert got.hex() == (
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
    )


def test_hashes_are_those_of_rfc_7693():
    """RFC 7693, appendix A; key ids and commitments are such hashes with a name of their own."""
    assert blake2b(b"abc").hexdigest().startswith("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b7")
    assert slots.key_id(ALICE_PUBLIC) != slots.key_id(BOB_PUBLIC)
    assert len(slots.key_id(ALICE_PUBLIC)) == slots.ID_BYTES


def test_a_sealed_box_of_the_reference_opens():
    """PyNaCl's reference vector for crypto_box_seal."""
    plain = (
        "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c"
        "01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f5"
        "9ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705"
    )
    sealed = (
        "199c808806a62c1be56951023ad3396b0ce0ef2c5b9ca688ac96d2d06ca43f65d314400cc9bbefb23dd26f824c9cb553f81e8c"
        "894ea9a553f4d777c77b66d5a6925da3f5961c5f7147172db5597ac14210066ee3ee13e6230a9a9610e9cddbf24094f54fbbf6"
        "694c08a436cec39ff5a373656d9584f4df9dd8c817e2e597540628d0ee21a6524a3fcf3eabdc0968390bd260a47366ead7f71c"
        "c2e774d411d96f3497c7e10291937bc16dc46a111686b85a8c86"
    )

    assert SealedBox(PrivateKey(ALICE)).decrypt(bytes.fromhex(sealed)).hex() == plain


def test_a_slot_is_a_sealed_box_as_libsodium_writes_it():
    """A slot holds an ephemeral public key, and a box under the nonce BLAKE2b-24(ephemeral, receiver)."""
    secret, public = boxes.new_pair()
    head = slots.head_for(b"TEST", b"k" * 32, [public])
    (_name, sealed) = head.slots[0]
    ephemeral = sealed[:32]
    nonce = blake2b(ephemeral + public, digest_size=24).digest()

    by_hand = Box(PrivateKey(secret), PublicKey(ephemeral)).decrypt(sealed[32:], nonce)

    assert by_hand == b"k" * 32 == slots.content_key(head, secret)


def test_a_stretched_phrase_is_what_openssl_makes_of_it():
    """Argon2id by a second, independent implementation, at the strength in use."""
    salt = bytes(range(wrapping.SALT_BYTES))

    ours = wrapping.stretch("云水初雪,十二月的信", salt)

    other = Argon2id(
        salt=salt, length=32, iterations=wrapping.PASSES, lanes=1, memory_cost=wrapping.MEMORY_KIB
    )
    assert ours == other.derive("云水初雪,十二月的信".encode())
