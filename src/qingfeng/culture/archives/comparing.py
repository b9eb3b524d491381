"""What an archive would do to the drafts that are here, and which of its files are not here yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.archives.opening import Member, Opened
from qingfeng.culture.archives.packing import WALKED
from qingfeng.culture.archives.unzipping import NotAnArchive
from qingfeng.culture.drafts import BUILT, CAPTIONS, HALL, Draft, file_names
from qingfeng.culture.files.reading import Found, read
from qingfeng.culture.halls.naming import captions_in, files_in
from qingfeng.culture.models import Entry
from qingfeng.culture.wanting import called

NAMES = ("file", "panorama", "medium")
"""Under which a list calls files."""


def found_in(archive: Opened, entry: Entry | None, came_as: Mapping[str, str]) -> Found:
    """Return what an archive says, read against the draft that is here.

    A file that is here under the same name and is another one gets a name of its own: `gate-2.jpg`.

    Args:
        archive: Is changed where files get other names.
        entry: What has this address here; None where nothing has.
        came_as: Hash of what is kept here by the hash of the file that it was made of, for what came before.

    Raises:
        NotAnArchive: If it does not hold the one hall that it says.
    """
    said = _the_one(archive)
    if entry is not None and entry.kind == HALL:
        said = _called_so(said, _named_apart(archive, entry, came_as, set(_names_in(said))))
    built: Any = archive.built
    for sha, digest in came_as.items():
        built = instead(built, sha, digest)
    whole = {
        "type": "FeatureCollection",
        "features": [{**said, "properties": {**said["properties"], BUILT: built}}],
    }
    found = read(json.dumps(whole, ensure_ascii=False).encode(), WALKED)
    if {one.slug for one in found.units} - {archive.slug}:
        raise NotAnArchive(_("The archive does not hold the one hall that it says."))
    return found


def lacking(archive: Opened, draft: Draft, entry: Entry | None) -> list[Member]:
    """Return the files that a draft names, that the archive has, and that are not here yet."""
    named = {one["name"] for one in draft["media"]}
    named |= {
        name for at, name in files_in(draft["tour"]).items() if at.rpartition("/")[2].startswith(CAPTIONS)
    }
    here = set[str]()
    if entry is not None and hasattr(entry, "hall"):
        here = {*file_names(entry).values(), *captions_in(entry.hall.tour).values()}
    return [one for name, one in archive.files.items() if name in named - here]


def instead(value: Any, sha: str, digest: str) -> Any:
    """Return JSON with a hash in place of another one."""
    return json.loads(json.dumps(value).replace(sha, digest)) if value else value


def _the_one(archive: Opened) -> dict[str, Any]:
    """Return the feature that the list of an archive holds: a hall, and alone."""
    try:
        (only,) = json.loads(archive.walked)["features"]
        if isinstance(only["properties"], dict) and HALL in only["properties"]:
            return dict(only)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAnArchive(_("The archive does not hold the one hall that it says.")) from error
    raise NotAnArchive(_("The archive does not hold the one hall that it says."))


def _named_apart(
    archive: Opened, entry: Entry, came_as: Mapping[str, str], named: set[str]
) -> dict[str, str]:
    """Give files other names where theirs is taken by another file; return them by the old ones.

    Args:
        archive: Its files are called anew.
        entry: What is here.
        came_as: As `found_in` takes it.
        named: Names that the list of the archive uses, also of files that stay out.
    """
    here = {name: digest for digest, name in file_names(entry).items()}
    renamed: dict[str, str] = {}
    files: dict[str, Member] = {}
    for name, one in archive.files.items():
        same = {one.sha256, came_as.get(one.sha256)}
        if name in here and here[name] not in same:
            there = next((other for other, digest in here.items() if digest in same), "")
            renamed[name] = there or called(entry, name, given={*here, *named, *archive.files, *files})
        files[renamed.get(name, name)] = replace(one, name=renamed.get(name, name))
    archive.files = files
    return renamed


def _names_in(value: Any) -> Iterator[str]:
    """Yield the names that JSON calls files by."""
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _names_in(one)
    if isinstance(value, dict):
        yield from (value[name] for name in NAMES if isinstance(value.get(name), str))


def _called_so(value: Any, renamed: Mapping[str, str]) -> Any:
    """Return JSON in which files are called otherwise."""
    if isinstance(value, list):
        return [_called_so(one, renamed) for one in value]
    if not isinstance(value, dict):
        return value
    made = {name: _called_so(one, renamed) for name, one in value.items()}
    for name in NAMES:
        if isinstance(made.get(name), str):
            made[name] = renamed.get(made[name], made[name])
    return made
