"""Check a proof of entry offline (离线核验存证凭据).

    python3 check_proof.py receipt.proof VKEY [entry.json] [--witness VKEY]...

VKEY is the log's public key (name+id+base64), or a file that holds it. Take it from somewhere
else than the proof: the notice board, the newspaper, another office. entry.json is needed only
where the proof carries the fingerprint of the entry and not the entry itself.

Needs Python 3.8 or newer and nothing else: no network, no other file of ours. It follows
C2SP tlog-proof, tlog-checkpoint, tlog-cosignature and signed-note, RFC 6962 and RFC 8032.
Ends with 0 if everything is right, 1 if something is wrong, 2 if it was asked wrongly.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import datetime as dt
import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# --- Ed25519, verification only (RFC 8032 §5.1) ---------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Point(NamedTuple):
    """A point of the curve in extended coordinates."""

    x: int
    y: int
    z: int
    t: int


class Wrong(Exception):  # noqa: N818 - told to a person as it is
    """Something in the proof is not right; the message says what, in two languages."""


def point_add(p: Point, q: Point) -> Point:
    """Add two points."""
    a, b = (p.y - p.x) * (q.y - q.x) % P, (p.y + p.x) * (q.y + q.x) % P
    c, d = 2 * p.t * q.t * D % P, 2 * p.z * q.z % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def point_times(factor: int, point: Point) -> Point:
    """Multiply a point by a number."""
    total = Point(0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        factor >>= 1
    return total


def point_from(held: bytes) -> Point | None:
    """Return the point that 32 bytes encode, or None if they encode none."""
    y = int.from_bytes(held, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return Point(x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE = Point(BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def same_point(p: Point, q: Point) -> bool:
    """Say whether two points are one."""
    return (p.x * q.z - q.x * p.z) % P == 0 and (p.y * q.z - q.y * p.z) % P == 0


def signature_is_right(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature (64 bytes) over a message is right."""
    if len(key) != 32 or len(signature) != 64:
        return False
    point, first = point_from(key), point_from(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if point is None or first is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same_point(point_times(s, BASE), point_add(first, point_times(h, point)))


# --- Reading ---------------------------------------------------------------------------------


def strict_base64(text: str) -> bytes:
    """Return the bytes of standard base64 in its one form."""
    try:
        held = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        held = b""
    if base64.b64encode(held).decode() != text:
        raise Wrong("编码有误 / this is not base64: " + text[:60])
    return held


class Key(NamedTuple):
    """A public key: its name, four bytes of id, 1 (a log) or 4 (a witness), and 32 bytes."""

    name: str
    id: bytes
    kind: int
    key: bytes


class Signed(NamedTuple):
    """A signature line: the key's name, its id, and what it made."""

    name: str
    id: bytes
    value: bytes


class Proof(NamedTuple):
    """A proof as it is written, its checkpoint's text and that text's signatures."""

    extra: bytes
    number: int
    hashes: list[bytes]
    text: str
    signatures: list[Signed]


def read_vkey(text: str) -> Key:
    """Return the verifier key that a text is."""
    parts = text.strip().split("+", 2)
    if len(parts) == 3:
        held = strict_base64(parts[2])
        made = hashlib.sha256(parts[0].encode() + b"\n" + held).digest()[:4]
        if len(held) == 33 and held[0] in (1, 4) and made.hex() == parts[1]:
            return Key(parts[0], made, held[0], held[1:])
    raise Wrong("公钥格式有误 / this is no verifier key (name+id+base64): " + text.strip()[:60])


def read_proof(held: bytes) -> Proof:
    """Return a proof as it is written; nothing is checked yet."""
    try:
        whole = held.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("不是存证凭据 / this is no proof of entry: not text") from None
    head, gap, note = whole.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise Wrong("不是存证凭据 / this is no proof of entry (c2sp.org/tlog-proof@v1)")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = strict_base64(lines.pop(0)[6:])
    if not lines or not re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[0]):
        raise Wrong("凭据缺少序号 / the proof does not say which entry")
    hashes = [strict_base64(line) for line in lines[1:]]
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not signatures.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        raise Wrong("检查点格式有误 / the checkpoint in the proof is no signed note")
    found = [read_signature(line) for line in signatures[:-1].split("\n")]
    return Proof(extra, int(lines[0][6:]), hashes, text + "\n", found)


def read_signature(line: str) -> Signed:
    """Return the signature that a line is."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—":
        raise Wrong("签名行有误 / this is no signature line: " + line[:60])
    held = strict_base64(parts[2])
    return Signed(parts[1], held[:4], held[4:])


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Return origin, size and root of a checkpoint's text."""
    lines = text.split("\n")
    if len(lines) < 4 or not all(lines[:-1]) or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise Wrong("检查点格式有误 / this is no checkpoint")
    return lines[0], int(lines[1]), strict_base64(lines[2])


# --- Checking --------------------------------------------------------------------------------


def signed_at(proof: Proof, key: Key) -> int | None:
    """Return when a key signed the checkpoint, in seconds since 1970; 0 for a log; None if it did not."""
    when = None
    for line in proof.signatures:
        if (line.name, line.id) != (key.name, key.id):
            continue
        message, made, when = proof.text.encode(), line.value, 0
        if key.kind == 4:
            when = int.from_bytes(made[:8], "big")
            message, made = f"cosignature/v1\ntime {when}\n".encode() + message, made[8:]
        if not signature_is_right(key.key, message, made):
            raise Wrong("签名不符 / the signature is wrong: " + key.name)
    return when


def root_from(leaf: bytes, index: int, size: int, hashes: Sequence[bytes]) -> bytes:
    """Return the root that the hashes lead to (RFC 9162 §2.1.3.2)."""
    if index >= size or any(len(hashed) != 32 for hashed in [leaf, *hashes]):
        raise Wrong("凭据与记录树不符 / the proof does not fit the tree")
    place, last, root = index, size - 1, leaf
    for hashed in hashes:
        if last == 0:
            raise Wrong("凭据过长 / the proof is too long")
        if place & 1 or place == last:
            root = hashlib.sha256(b"\x01" + hashed + root).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + hashed).digest()
        place, last = place >> 1, last >> 1
    if last:
        raise Wrong("凭据过短 / the proof is too short")
    return root


def leaf_of(extra: bytes, entry: bytes | None) -> tuple[bytes, bytes]:
    """Return the leaf hash and the entry, from the proof or from the file beside it."""
    carried = extra if len(extra) == 32 else hashlib.sha256(b"\x00" + extra).digest() if extra else None
    if entry is None:
        if carried is None:
            raise Wrong("请另附记录文件 / this proof does not carry its entry: give entry.json too")
        return carried, b"" if len(extra) == 32 else extra
    leaf = hashlib.sha256(b"\x00" + entry).digest()
    if carried not in (None, leaf):
        raise Wrong("记录与凭据不符 / the proof belongs to another entry")
    return leaf, entry


def check(held: bytes, vkey: str, entry: bytes | None = None, *, witnesses: Sequence[str] = ()) -> list[str]:
    """Return the lines that say what was proven; raise `Wrong` if anything is not right."""
    proof, log = read_proof(held), read_vkey(vkey)
    origin, size, root = read_checkpoint(proof.text)
    if origin != log.name or log.kind != 1:
        raise Wrong("凭据属于另一日志 / the proof belongs to another log: " + origin)
    if signed_at(proof, log) is None:
        raise Wrong("检查点未经该公钥签名 / the log has not signed this checkpoint")
    leaf, shown = leaf_of(proof.extra, entry)
    if root_from(leaf, proof.number, size, proof.hashes) != root:
        raise Wrong("记录不在签名的记录树中 / the entry is not in the signed tree")
    lines = [
        "核验通过 / right: the entry is in the log.",
        "日志 / log: " + origin,
        f"序号 / entry: {proof.number}（共 {size} 条 / of {size}）",
        "叶哈希 / leaf hash: " + leaf.hex(),
        "树根 / root: " + root.hex(),
    ]
    for witness in map(read_vkey, witnesses):
        when = signed_at(proof, witness)
        if when is None or witness.kind != 4 or when >> 40:
            raise Wrong("见证方未签名 / this witness has not signed: " + witness.name)
        day = dt.datetime.fromtimestamp(when, dt.timezone.utc)  # noqa: UP017 - runs on Python 3.8 too
        lines.append(f"见证 / witnessed by: {witness.name}, {day.isoformat()}")
    if shown:
        lines += ["记录内容 / what the entry says:", shown.decode("utf-8", "backslashreplace")]
    return lines


def vkey_from(told: str) -> str:
    """Return a verifier key given as text or as the name of a file that holds it."""
    if "+" in told and re.fullmatch(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+", told.strip()):
        return told
    return Path(told).read_text(encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the command line names; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("proof", help="the proof of entry, a file 凭据文件")
    parser.add_argument("vkey", help="the log's public key, or a file with it 日志公钥")
    parser.add_argument("entry", nargs="?", help="the entry, if the proof does not carry it 记录文件")
    parser.add_argument(
        "--witness", action="append", default=[], metavar="VKEY", help="must have signed too 见证公钥"
    )
    told = parser.parse_args(arguments)
    try:
        proof = Path(told.proof).read_bytes()
        entry = Path(told.entry).read_bytes() if told.entry else None
        vkeys = [vkey_from(text) for text in (told.vkey, *told.witness)]
    except (OSError, UnicodeDecodeError) as error:
        say(sys.stderr.fileno(), f"无法读取 / cannot be read: {error}")
        return 2
    try:
        lines = check(proof, vkeys[0], entry, witnesses=vkeys[1:])
    except Wrong as wrong:
        say(sys.stderr.fileno(), f"核验不通过 / WRONG: {wrong}")
        return 1
    say(sys.stdout.fileno(), "\n".join(lines))
    return 0


def say(where: int, text: str) -> None:
    """Write a text in UTF-8, whatever the terminal's encoding is."""
    with open(where, "wb", closefd=False) as out:
        out.write(text.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
