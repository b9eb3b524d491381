"""In how many ways a text can stand in bytes: what a look through a stolen copy looks for."""

import bz2
import io
import lzma
import re
import zipfile
import zlib
from base64 import b64encode
from contextlib import suppress
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


_TORN = (zlib.error, OSError, EOFError, ValueError, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|BZh[1-9]1AY|\xfd7zXZ\x00|PK\x03\x04")


def unpacked(data):
    """What is packed anywhere in some bytes, however deep: gzip, zlib (so PDF and PNG), bz2, xz, ZIP."""
    for found in _PACKED.finditer(data):
        rest = data[found.start() :]
        with suppress(*_TORN):
            for whole in _opened(found[0], rest):
                if len(whole) > 8:  # noise that happens to begin like a stream
                    yield whole
                    yield from unpacked(whole)


def _opened(mark, rest):
    if mark.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(rest)) as held:
            yield from ("\n".join(held.namelist()).encode(), *(held.read(one) for one in held.namelist()))
    elif mark.startswith(b"BZh"):
        yield bz2.BZ2Decompressor().decompress(rest)
    elif mark.startswith(b"\xfd7z"):
        yield lzma.LZMADecompressor().decompress(rest)
    else:
        yield zlib.decompressobj(31 if mark.startswith(b"\x1f") else 15).decompress(rest)
