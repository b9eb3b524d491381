"""Sealed files as the offline form writes them, for tests that need no browser; also broken ones."""

import hashlib
import json
import struct

from nacl.public import PublicKey, SealedBox

from qingfeng.desk.packs.leaving import contents_of
from qingfeng.desk.packs.returning import MARK


def a_result(no, line, *, photos=(), **more):
    """What the form says of a task that was done."""
    said = {
        "no": no,
        "state": "done",
        "why_not": "",
        "present": [],
        "at": "2026-11-20T09:30",
        "lines": [line],
        "own": [],
        "found": "小票与发票一致，油箱容积待核。",
        "photos": [a_photo_said(data) for data in photos],
    }
    return {**said, **more}


def a_photo_said(data, **more):
    """What the form says of a photograph."""
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "came_as": "0" * 64,
        "taken_at": "2026-11-20T09:15:30",
        "time_from": "camera",
        "place": [32.51, 120.13],
        "caption": "加油机",
        "size": len(data),
        **more,
    }


def a_parcel(pack, results, *, photos=(), key=None, **account):
    """The file that comes back; `account` replaces what stands in it, `key` is whom it is sealed to."""
    contents = contents_of(pack)
    for one in results:
        one["present"] = one["present"] or list(contents.carriers)
    said = {
        "form": "qingfeng-return/1",
        "pack": pack.code,
        "contents": contents.digest(),
        "saved_at": "2026-11-20T17:00:00",
        "tasks": results,
        **account,
    }
    text = json.dumps(said, ensure_ascii=False).encode()
    plain = struct.pack(">I", len(text)) + text + b"".join(photos)
    return MARK + pack.code.encode() + SealedBox(PublicKey(key or bytes.fromhex(contents.key))).encrypt(plain)
