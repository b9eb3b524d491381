"""Blind signatures against the vectors of RFC 9474, and against what must not hold."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from qingfeng.appraisal import blind


@cache
def vector():
    read = tomllib.loads(Path(__file__).with_name("rfc9474.toml").read_text(encoding="utf-8"))
    return {name: bytes.fromhex(text.replace("\n", "")) for name, text in read.items()}


def number(name):
    return int.from_bytes(vector()[name])


@cache
def private():
    return blind.PrivateKey(number("p"), number("q"), number("d"), number("e"))


@cache
def a_key():
    return blind.new_key()


def test_the_key_of_the_vector_is_the_product_of_its_primes():
    assert private().public == blind.PublicKey(number("n"), number("e"))


def test_a_message_is_prepared_as_the_vector_says():
    assert blind.prepare(vector()["msg"], vector()["msg_prefix"]) == vector()["prepared_msg"]


def test_a_message_is_encoded_as_the_vector_says():
    em_bits = private().public.em_bits

    assert blind.encode(vector()["prepared_msg"], em_bits, salt=vector()["salt"]) == vector()["encoded_msg"]


def test_a_message_is_blinded_as_the_vector_says():
    blinded, inverse = blind.blind(
        private().public, vector()["prepared_msg"], salt=vector()["salt"], inverse=number("inv")
    )

    assert (blinded, inverse) == (vector()["blinded_msg"], number("inv"))


def test_a_blinded_message_is_signed_as_the_vector_says():
    assert blind.blind_sign(private(), vector()["blinded_msg"]) == vector()["blind_sig"]


def test_the_blinding_comes_off_as_the_vector_says():
    signature = blind.finalize(
        private().public, vector()["prepared_msg"], signed=vector()["blind_sig"], inverse=number("inv")
    )

    assert signature == vector()["sig"]
    assert blind.verify(private().public, vector()["prepared_msg"], signature)


def test_another_implementation_verifies_what_was_signed_blindly():
    public, prepared = a_key().public, blind.prepare(b"ballot")
    blinded, inverse = blind.blind(public, prepared)
    signature = blind.finalize(public, prepared, signed=blind.blind_sign(a_key(), blinded), inverse=inverse)
    theirs = rsa.RSAPublicNumbers(public.e, public.n).public_key()
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=48)

    theirs.verify(signature, prepared, pss, hashes.SHA384())
    with pytest.raises(InvalidSignature):
        theirs.verify(signature, prepared + b"x", pss, hashes.SHA384())


def test_what_another_implementation_signed_is_verified():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=48)
    signature = key.sign(b"ballot", pss, hashes.SHA384())
    public = blind.PublicKey(key.public_key().public_numbers().n)

    assert blind.verify(public, b"ballot", signature)


def _changed(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize("place", [0, 1, 255, 300, 511])
def test_a_signature_with_one_changed_bit_does_not_hold(place):
    assert not blind.verify(private().public, vector()["prepared_msg"], _changed(vector()["sig"], place))


@pytest.mark.parametrize("place", [0, 31, 32, 79])
def test_a_message_with_one_changed_bit_is_not_the_one_that_was_signed(place):
    assert not blind.verify(private().public, _changed(vector()["prepared_msg"], place), vector()["sig"])


@pytest.mark.parametrize("signature", [b"", b"\x00" * 512, b"\xff" * 512, b"\x01" * 511])
def test_what_is_no_signature_does_not_hold(signature):
    assert not blind.verify(private().public, vector()["prepared_msg"], signature)


@pytest.mark.parametrize("blinded", [b"", b"\x00" * 256, b"\xff" * 256, b"\x01" * 255])
def test_what_is_no_blinded_message_is_not_signed(blinded):
    with pytest.raises(blind.BlindError):
        blind.blind_sign(a_key(), blinded)


def test_a_signature_over_something_else_is_noticed_by_the_voter():
    public, prepared = a_key().public, blind.prepare(b"ballot")
    _blinded, inverse = blind.blind(public, prepared)
    other, _inverse = blind.blind(public, blind.prepare(b"another"))

    with pytest.raises(blind.BlindError):
        blind.finalize(public, prepared, signed=blind.blind_sign(a_key(), other), inverse=inverse)


def test_a_wrong_private_exponent_gives_nothing_out():
    key = a_key()
    wrong = blind.PrivateKey(key.p, key.q, key.d + 2)

    with pytest.raises(blind.BlindError):
        blind.blind_sign(wrong, (12345).to_bytes(256))


def test_two_blindings_of_one_message_have_nothing_in_common():
    public, prepared = a_key().public, blind.prepare(b"ballot")

    assert blind.blind(public, prepared)[0] != blind.blind(public, prepared)[0]


def test_a_short_key_is_not_made():
    with pytest.raises(blind.BlindError):
        blind.new_key(1024)
