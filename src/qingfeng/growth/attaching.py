"""Attachments of a growth file: judged as any file of the house, sealed with the file's own key, bounded.

Name, kind and bytes lie encrypted in the row, filled up to whole steps, so that the database and a backup
tell how many there are and nothing of what. Nothing is kept outside of the row: with its entry or its file
an attachment is gone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.secret import SecretBox

from qingfeng.documents import storage
from qingfeng.documents.admission import admit
from qingfeng.documents.journaling import note
from qingfeng.documents.names import clean_name
from qingfeng.documents.refusal import NoRoom, Refused
from qingfeng.growth import keys
from qingfeng.growth.models import Attached, Entry, GrowthFile, Part

MB = 1 << 20
LARGEST = 10 * MB
"""Bytes of one attachment."""
TOGETHER = 50 * MB
"""Bytes of all attachments of a file."""
MOST = 10
"""Attachments of one entry."""
STEP, NAME_STEP = 64 << 10, 512  # bytes: lengths are told to these steps only


@dataclass(frozen=True)
class Attachment:
    """An attachment as its owner sees it.

    Attributes:
        pk: Its row; 0 while it is not kept.
        name: As it was brought, made safe.
        kind: Key of `documents.kinds.KINDS`.
        size: Bytes, as kept.
        sha256: Of the bytes as kept, hex.
    """

    pk: int
    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Brought:
    """A file that was judged and may be kept."""

    name: str
    kind: str
    held: bytes


def judged(upload: Any) -> Brought:
    """Judge an uploaded file as any that comes into the house; call it outside a transaction.

    Raises:
        Refused: If it may not come in: its kind, its size, a secrecy mark. That is in the journal, not whose.
    """
    name = clean_name(upload.name)
    try:
        with ExitStack() as stack:
            raw, clean = stack.enter_context(storage.incoming()), stack.enter_context(storage.incoming())
            storage.write(upload.chunks(), raw, most=LARGEST, too_large=_too_large)
            admitted = admit(raw, name, clean)
            kept: Path = clean if admitted.changed else raw
            if kept.stat().st_size > LARGEST:
                raise _too_large()
            return Brought(name, admitted.kind.key, kept.read_bytes())
    except NoRoom as problem:
        raise Refused("no_room", f"{problem}") from problem
    except Refused as refusal:
        with transaction.atomic():
            note("documents.attachment_refused", facts={"reason": refusal.code})
        raise


def _too_large() -> Refused:
    return Refused(
        "too_large",
        _("The file is larger than {limit} MB, the most for an attachment here.").format(limit=LARGEST // MB),
        _("Bring it in parts or make it smaller."),
    )


def no_room_for(file: GrowthFile, entry: Entry | None, brought: Sequence[Brought]) -> str:
    """Return why files do not fit into a file any more, "" where they do."""
    there = _named(file)
    on_entry = len(there[entry.pk]) if entry else 0
    if on_entry + len(brought) > MOST:
        return _("An entry has at most {most} attachments; there are {there} already.").format(
            most=MOST, there=on_entry
        )
    full = sum(one.size for rows in there.values() for one in rows) + sum(len(one.held) for one in brought)
    if full > TOGETHER:
        return _("All attachments together are at most {most} MB; remove one first.").format(
            most=TOGETHER // MB
        )
    return ""


def attach(entry: Entry, brought: Iterable[Brought]) -> None:
    """Keep files with an entry, sealed with the key of its file; `files.keep` has seen that there is room.

    Raises:
        keys.Closed: If this house cannot open it.
    """
    key = keys.key_of(entry.file)
    box = SecretBox(key)
    for one in brought:
        told = Attachment(0, one.name, one.kind, len(one.held), sha256(one.held).hexdigest())
        named = sodium_pad(json.dumps(asdict(told), ensure_ascii=False).encode(), NAME_STEP)
        held = sodium_pad(one.held, STEP)
        Attached.objects.create(entry=entry, named=bytes(box.encrypt(named)), sealed=bytes(box.encrypt(held)))


def attached_of(file: GrowthFile) -> dict[int, tuple[Attachment, ...]]:
    """Return the attachments of a file by entry, in the order in which they came; one query, no bytes."""
    return {entry: tuple(rows) for entry, rows in _named(file).items()}


def _named(file: GrowthFile) -> defaultdict[int, list[Attachment]]:
    box = SecretBox(keys.key_of(file))
    found: defaultdict[int, list[Attachment]] = defaultdict(list)
    rows = Attached.objects.filter(entry__file=file).order_by("pk").values_list("pk", "entry", "named")
    for pk, entry, named in rows:
        found[entry].append(_told(box, pk, named))
    return found


def _told(box: SecretBox, pk: int, named: bytes) -> Attachment:
    return Attachment(**json.loads(sodium_unpad(box.decrypt(bytes(named)), NAME_STEP)) | {"pk": pk})


def opened(file: GrowthFile, pk: int, part: Part | None = None) -> tuple[Attachment, bytes] | None:
    """Return an attachment of a file with its bytes; None where it has none of that key, or not in the part.

    Raises:
        keys.Closed: If this house cannot open it.
    """
    rows = Attached.objects.filter(pk=pk, entry__file=file)
    row = (rows.filter(entry__part=part) if part else rows).first()
    if row is None:
        return None
    box = SecretBox(keys.key_of(file))
    return _told(box, row.pk, row.named), sodium_unpad(box.decrypt(bytes(row.sealed)), STEP)
