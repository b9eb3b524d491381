"""Whether a file may come in, and the form in which it is kept."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from qingfeng.documents import packages, storage
from qingfeng.documents.kinds import KINDS, Kind, kind_of
from qingfeng.documents.layers import layers
from qingfeng.documents.names import clean_name
from qingfeng.documents.pictures import without_metadata
from qingfeng.documents.refusal import Refused
from qingfeng.documents.secrecy import mark_in_name, mark_in_text

LARGEST_MEMBER = 500 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Admitted:
    """A file that may come in.

    Attributes:
        kind: What it is.
        text_searched: Whether it has text, which was searched for secrecy marks.
        changed: Whether `into` holds it as it is kept; else it is kept as it came.
    """

    kind: Kind
    text_searched: bool
    changed: bool


def admit(file: Path, name: str, into: Path) -> Admitted:
    """Judge a file; write it without metadata where it had any.

    Args:
        file: Its bytes as they came.
        name: Its name, cleaned.
        into: Where the form to be kept is written, if it is another.

    Raises:
        Refused: If it may not come in.
    """
    if mark_in_name(name):
        raise secrecy_refusal()
    kind = kind_of(file, name)
    if file.stat().st_size > kind.limit:
        raise too_large(kind)
    if kind.key == "zip":
        return Admitted(kind, _repacked(file, into), changed=True)
    pages = [page for page in layers(file, kind.key) if page.strip()]
    if mark_in_text(pages):
        raise secrecy_refusal()
    return Admitted(kind, bool(pages), changed=without_metadata(file, kind.key, into))


def secrecy_refusal() -> Refused:
    """Return the refusal of a file with a secrecy mark, with the lawful route."""
    return Refused(
        "secrecy_mark",
        _("The file carries a secrecy mark (秘密, 机密 or 绝密) and may not be brought into this system."),
        _(
            "Do not send it over this network. Hand it to the confidential records office; it goes by "
            "confidential carrier or over the network for secrets, as the law on guarding state secrets says."
        ),
    )


def too_large(kind: Kind | None = None) -> Refused:
    """Return the refusal of a file that is larger than its kind may be."""
    kind = kind or max(KINDS.values(), key=lambda each: each.limit)
    return Refused(
        "too_large",
        _("The file is larger than {limit} MB, the most for {kind}.").format(
            limit=kind.limit >> 20, kind=kind.label
        ),
        _("Bring it in parts or make it smaller."),
    )


def _repacked(file: Path, into: Path) -> bool:
    """Write an archive anew from members that may come in; return whether all that it holds has text.

    Names are kept with their folders; dates, comments and extra fields go.
    """
    searched = True
    with packages.opened(file) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        members = packages.members(source)
        if not members:
            raise Refused("empty", _("The archive is empty."), _("Choose the file again."))
        for member in members:
            full = packages.readable_name(member)
            try:
                searched &= _member(source, member, target, full)
            except Refused as refusal:
                raise Refused(
                    refusal.code, _("In the archive: {what}").format(what=refusal.what), refusal.then
                ) from None
    return searched


def _member(source: zipfile.ZipFile, member: zipfile.ZipInfo, target: zipfile.ZipFile, full: str) -> bool:
    folders, name = full.replace("\\", "/").split("/")[:-1], clean_name(full)
    with ExitStack() as stack:
        raw, clean = stack.enter_context(storage.incoming()), stack.enter_context(storage.incoming())
        storage.write(
            packages.blocks(source, member.filename, most=LARGEST_MEMBER),
            raw,
            most=LARGEST_MEMBER,
            too_large=too_large,
        )
        if any(mark_in_name(f"{folder}.") for folder in folders):
            raise secrecy_refusal()
        with raw.open("rb") as head:
            if head.read(4) == b"PK\x03\x04" and packages.kind_of_package(raw) == "zip":
                raise Refused(
                    "archive_inside", _("An archive lies inside the archive."), _("Unpack it first.")
                )
        admitted = admit(raw, name, clean)
        path = "/".join([*(clean_name(folder) for folder in folders), name])
        with (
            (clean if admitted.changed else raw).open("rb") as held,
            target.open(zipfile.ZipInfo(path, EPOCH), "w") as out,
        ):
            shutil.copyfileobj(held, out)
    return admitted.text_searched
