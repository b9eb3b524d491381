"""Files that never touch a disk as they came: taken into memory, judged there, sealed there.

The judge of documents reads files by their names. A file in memory has one as well, where the system offers
it (Linux); elsewhere the counter takes no enclosures, and says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingfeng.documents.admission import Admitted, admit
from qingfeng.documents.names import clean_name
from qingfeng.documents.refusal import Refused
from qingfeng.public.counter.nameless import nameless

TAKEN = ("jpg", "png", "webp", "pdf", "docx", "xlsx", "doc", "xls", "ofd", "txt", "csv", "mp3", "mp4", "tiff")


def can_hold() -> bool:
    """Say whether this system keeps files in memory."""
    return hasattr(os, "memfd_create")


class IntoMemory(FileUploadHandler):
    """Takes one file into memory, up to a limit; what is larger ends the upload."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self.most_bytes = most_bytes
        self.is_too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; nobody after us gets it."""
        if start + len(raw_data) > self.most_bytes:
            self.is_too_large = True
            raise StopUpload(connection_reset=False)
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Give the file."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
        )


def into_memory(request: HttpRequest, most_bytes: int) -> IntoMemory:
    """Let the files of a request come into memory; where they have come already, give what took them."""
    for one in request.upload_handlers:
        if isinstance(one, IntoMemory):
            return one
    handler = IntoMemory(most_bytes)
    request.upload_handlers = [handler]
    return handler


def judged(data: bytes, name: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a file as it may come in: without metadata, of a kind that is taken.

    Raises:
        Refused: If it may not come in; nothing of the attempt is kept anywhere.
    """
    name = clean_name(name)
    if name.rsplit(".", 1)[-1].lower() == "zip":
        raise Refused("archive", _("Archives are not taken here."), _("Bring the files one by one."))
    with _memory(data) as raw, _memory(b"") as clean:
        admitted = _admitted(raw, name, clean)
        if admitted.kind.key not in TAKEN:
            raise Refused("archive", _("Archives are not taken here."), _("Bring the files one by one."))
        return name, nameless(clean.read_bytes() if admitted.changed else data, admitted.kind.key, _memory)


def _admitted(raw: Path, name: str, clean: Path) -> Admitted:
    """Let the judge of documents look; where it lists what the desk takes, list what is taken here."""
    try:
        return admit(raw, name, clean)
    except Refused as refusal:
        if "zip" not in refusal.then:
            raise
        kinds = _("Taken here: %(kinds)s.") % {"kinds": " ".join(TAKEN)}
        raise Refused(refusal.code, refusal.what, kinds) from refusal


@contextmanager
def _memory(data: bytes) -> Iterator[Path]:
    """Give a file in memory that has a path while the block runs."""
    handle = os.memfd_create("enclosure", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(handle), "wb") as out:
            out.write(data)
        yield Path(f"/proc/self/fd/{handle}")
    finally:
        os.close(handle)
