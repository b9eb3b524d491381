"""An archive read: its manifest, its lists, and of each file whether it is what the manifest says.

A list that is not the one that was packed, or cannot be read, keeps all of it out. A file that is missing,
another one or something else stays out by itself: the hall says that it lacks it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _

from qingfeng.culture.archives import kinds
from qingfeng.culture.archives.packing import BUILT, FORMAT, MANIFEST, SIZES, TABLE, VERSION, WALKED, by_name
from qingfeng.culture.archives.unzipping import MOST_FILES, NotAnArchive, blocks_of, read_whole, unzipped
from qingfeng.culture.drafts import CAPTIONS, HALL
from qingfeng.culture.files import cells
from qingfeng.culture.files.tables import list_of, object_of, text_of
from qingfeng.culture.halls.keeping import LARGEST_CAPTIONS, LARGEST_FILM, LARGEST_PANORAMA, LARGEST_SOUND
from qingfeng.culture.storing import LARGEST

LARGEST_MANIFEST, LARGEST_LIST = 2 * 1024**2, 8 * 1024**2
LARGEST_MEDIA = {
    "picture": LARGEST, "panorama": LARGEST_PANORAMA, "audio": LARGEST_SOUND, "video": LARGEST_FILM,
    CAPTIONS: LARGEST_CAPTIONS,
}  # fmt: skip
SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Member:
    """A file that comes along.

    Attributes:
        path: In the archive.
        name: By which the lists call it.
        kind: A kind of medium, or `captions`.
        type: What it is, as a media type.
        sizes: `width`, `height`, `seconds`, as far as they are said.
    """

    path: str
    name: str
    kind: str
    type: str
    sha256: str
    bytes: int
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Opened:
    """What an archive holds.

    Attributes:
        walked: The hall as a feature collection, in JSON.
        built: The list it was built from as it is written, its pictures by hash; None where there is none.
        files: Those that are what they say, by name.
        rejects: (path, why) of the others.
        besides: Paths that the manifest does not name; nothing reads them.
        missing: Names of files that were not there when it was packed.
    """

    slug: str
    name_zh: str
    walked: bytes
    built: dict[str, Any] | None
    files: dict[str, Member] = field(default_factory=dict)
    rejects: list[tuple[str, str]] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """How large the files are that come along."""
        return sum(one.bytes for one in self.files.values())


def opened(place: Path) -> Opened:
    """Return what an archive holds, every file looked at.

    Raises:
        NotAnArchive: If it is none of ours, or harms; the message says why.
    """
    with unzipped(place) as (held, every):
        there = without_folder(every)
        manifest = _manifest(held, there)
        media = [object_of(one) for one in list_of(manifest.get("media"))]
        if len(media) > MOST_FILES:
            raise NotAnArchive(_("The archive has more than %(n)d files.") % {"n": MOST_FILES})
        lists = {
            text_of(object_of(one).get("path")): object_of(one) for one in list_of(manifest.get("lists"))
        }
        read = {path: _list(held, there, path, said) for path, said in lists.items()}
        if WALKED not in read:
            raise NotAnArchive(_("The archive lacks %(path)s: pack the hall again.") % {"path": WALKED})
        made = Opened(_slug(manifest), text_of(object_of(manifest.get("name")).get("zh")), read[WALKED], None)
        made.missing = [text_of(one) for one in list_of(manifest.get("missing"))]
        seen = _Seen()
        for said in media:
            _take(made, said, seen, held, there)
        if BUILT in read:
            digests = dict(_hashes(media))
            made.built = object_of(by_name(object_of(_json(read[BUILT], BUILT)), digests))
        named = {
            MANIFEST,
            *lists,
            *(one.path for one in made.files.values()),
            *(path for path, _w in made.rejects),
        }
        made.besides = sorted(set(there) - named)
        return made


def without_folder(there: dict[str, ZipInfo]) -> dict[str, ZipInfo]:
    """Return the files without the one folder that somebody packed around them."""
    if MANIFEST in there:
        return there
    around = {path.partition("/")[0] for path in there}
    folder = f"{next(iter(around))}/" if len(around) == 1 else ""
    return (
        {path.removeprefix(folder): one for path, one in there.items()}
        if folder + MANIFEST in there
        else there
    )


def _manifest(held: ZipFile, there: Mapping[str, ZipInfo]) -> dict[str, Any]:
    if MANIFEST not in there:
        raise NotAnArchive(_("The archive lacks %(path)s: pack the hall again.") % {"path": MANIFEST})
    manifest = object_of(_json(read_whole(held, there[MANIFEST], most=LARGEST_MANIFEST), MANIFEST))
    if manifest.get("format") != FORMAT:
        raise NotAnArchive(_("This is no archive of a hall: another program packed it."))
    if manifest.get("v") != VERSION:
        raise NotAnArchive(_("A newer edition of this software packed it: bring this one up to date."))
    return manifest


def _slug(manifest: Mapping[str, Any]) -> str:
    try:
        return str(cells.slug(text_of(manifest.get("hall"))))
    except cells.NotRead as error:
        raise NotAnArchive(f"{MANIFEST}, {HALL}: {error}") from error


def _list(held: ZipFile, there: Mapping[str, ZipInfo], path: str, said: Mapping[str, Any]) -> bytes:
    if path not in (WALKED, TABLE, BUILT) or path not in there:
        raise NotAnArchive(_("The archive lacks %(path)s: pack the hall again.") % {"path": path})
    data = read_whole(held, there[path], most=LARGEST_LIST)
    if hashlib.sha256(data).hexdigest() != said.get("sha256"):
        told = _("%(path)s is not what was packed: somebody changed it. Pack it again, or bring it alone.")
        raise NotAnArchive(told % {"path": path})
    return data


def _json(data: bytes, path: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAnArchive(_("%(path)s cannot be read: pack the hall again.") % {"path": path}) from error


def _hashes(media: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the hash of each file that was packed, by its name: of one that stays out too."""
    for one in media:
        if SHA.fullmatch(sha := text_of(one.get("sha256"))):
            yield _name(text_of(one.get("name"))), sha


@dataclass
class _Seen:
    """What the manifest named so far: paths, which are read once each, and names in small letters."""

    paths: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def _take(
    made: Opened, said: Mapping[str, Any], seen: _Seen, held: ZipFile, there: Mapping[str, ZipInfo]
) -> None:
    """Look at one file of the manifest."""
    member = Member(
        text_of(said.get("path")), _name(text_of(said.get("name"))), text_of(said.get("kind")),
        text_of(said.get("type")), text_of(said.get("sha256")), _whole(said.get("bytes")) or 0,
        {name: size for name in SIZES if (size := _whole(said.get(name)))},
    )  # fmt: skip
    if why := _why_not(member, seen, held, there):
        made.rejects.append((member.path or member.name or "?", why))
    else:
        made.files[member.name] = member
        seen.names.add(member.name.lower())
    seen.paths.add(member.path)


def _why_not(member: Member, seen: _Seen, held: ZipFile, there: Mapping[str, ZipInfo]) -> str:
    info = there.get(member.path)
    if info is None:
        return _("The manifest names it, and it is not in the archive.")
    if not member.name or member.name.lower() in seen.names or member.path in seen.paths:
        return _("It has no name of its own.")
    if not SHA.fullmatch(member.sha256) or info.file_size != member.bytes:
        return _("It is not the file that was packed: its hash or its size is another one.")
    if info.file_size > (most := LARGEST_MEDIA.get(member.kind, LARGEST)):
        return _("It has more than %(most)d MB.") % {"most": max(1, most // 1024**2)}
    digest, head = hashlib.sha256(), b""
    for block in blocks_of(held, info):
        head = head or block[: kinds.HEAD]
        digest.update(block)
    if digest.hexdigest() != member.sha256:
        return _("It is not the file that was packed: its hash or its size is another one.")
    if not kinds.is_a(head, member.type, member.kind):
        said = {"type": member.type or "?", "kind": member.kind or "?"}
        return _("It is not what it says (%(type)s, %(kind)s): something else is in it.") % said
    return ""


def _name(said: str) -> str:
    try:
        return str(cells.file_name(said))
    except cells.NotRead:
        return ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None
