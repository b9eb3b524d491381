"""In how many ways a text can stand in bytes: what a look through a stolen copy looks for."""

from base64 import b64encode
from itertools import pairwise
from urllib.parse import quote


def ways_of(secret):
    """Every way in which a text can stand in bytes."""
    plain = secret.encode()
    yield "utf-8", plain
    for form in ("utf-16-le", "utf-16-be", "gb18030"):
        yield form, secret.encode(form)
    for offset in range(3):
        whole = b64encode(b"\0" * offset + plain)
        yield f"base64+{offset}", whole[4 if offset else 0 : len(whole) // 4 * 4 - 4]
    yield "hex", plain.hex().encode()
    yield "HEX", plain.hex().upper().encode()
    if not secret.isascii():
        yield "json", secret.encode("ascii", "backslashreplace")
        yield "url", quote(secret).encode()
        yield "pairs", " ".join(f"x{ord(a):04x}{ord(b):04x}" for a, b in pairwise(secret)).encode()
