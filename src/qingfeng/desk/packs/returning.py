"""What comes back from the field: the sealed file, opened with the office's key and checked against its pack.

Nothing in the file is believed because it is in the file: who brings it is signed in,
and the sheets are signed by hand.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.desk.packs.contents import Contents, Task
from qingfeng.desk.packs.keys import NotOurs, unseal
from qingfeng.desk.packs.kinds import kinds

MARK = b"QFPACK1\n"
CODE = re.compile(rb"[2-9A-HJ-NP-Z]{10}")
FORM = "qingfeng-return/1"
LARGEST = 120 << 20
MOST_PHOTOS, MOST_LINES = 60, 30
SHORT, LONG = 200, 5000
JPEG = b"\xff\xd8\xff"
DONE, NOT_DONE = "done", "not_done"


class CannotTake(Exception):  # noqa: N818 - told to a person as it is
    """A file cannot be taken; nothing was entered.

    Attributes:
        what: What is wrong.
        then: What to do.
    """

    def __init__(self, what: str, then: str = "") -> None:
        super().__init__(what)
        self.what, self.then = what, then


@dataclass(frozen=True)
class Photo:
    """A photograph as it came back.

    Attributes:
        sha256: Of its bytes here, computed on the spot and again now.
        came_as: SHA-256 of the file that the camera wrote, computed on the spot.
        taken_at: Local time as the camera, or else the file, said it.
        time_from: `camera` or `file`.
        place: Latitude and longitude in degrees, where the task is about the place.
        caption: What it shows.
        data: JPEG.
    """

    sha256: str
    came_as: str
    taken_at: datetime
    time_from: str
    place: tuple[float, float] | None
    caption: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Result:
    """What was filled in for one task.

    Attributes:
        task: As it left.
        is_done: Whether it was done; else `why_not` says why not, or nothing was filled in.
        present: Names of the verifiers who were there.
        at: When it was done, local time, None if not said.
        lines: Record forms: column → text, or True and False; at least one where it was done.
        own: Answers to the task's own questions, in their order.
        found: What was found.
    """

    task: Task
    is_done: bool
    why_not: str = ""
    present: tuple[str, ...] = ()
    at: datetime | None = None
    lines: tuple[Mapping[str, str | bool], ...] = ()
    own: tuple[str, ...] = ()
    found: str = ""
    photos: tuple[Photo, ...] = ()

    def told(self) -> str:
        """Return the result as the matter keeps it: what was found, then its own questions answered."""
        asked = zip(self.task.questions, self.own, strict=False)
        return "\n".join(
            [self.found, *(f"{question} {answer}" for question, answer in asked if answer)]
        ).strip()


@dataclass(frozen=True)
class Returned:
    """A pack that came back and holds together.

    Attributes:
        saved_at: When the form saved it, by the clock of that device.
        results: By task, in the order of the pack.
    """

    saved_at: datetime
    results: tuple[Result, ...]


def code_in(data: bytes) -> str:
    """Return the code of the pack that a sealed file names, "" if it is no such file."""
    found = CODE.fullmatch(data[len(MARK) : len(MARK) + 10]) if data.startswith(MARK) else None
    return found[0].decode() if found else ""


def open_returned(data: bytes, contents: Contents) -> Returned:
    """Open a sealed file and check it against the pack that left.

    Args:
        data: The file.
        contents: Of the pack that it should answer.

    Raises:
        CannotTake: If it is no such file, of another pack, sealed to another key, changed, or broken.
    """
    if len(data) > LARGEST:
        raise CannotTake(_("The file is larger than any pack can be."), _("Save it anew from the form."))
    code = code_in(data)
    if not code:
        raise CannotTake(
            _("This is no sealed file of a task pack."),
            _("Choose the file that the form saved, ending in .qfp."),
        )
    if code != contents.code:
        raise CannotTake(
            _("This file belongs to another pack."), _("Bring it in on the page of its own pack.")
        )
    try:
        plain = unseal(data[len(MARK) + 10 :])
    except NotOurs:
        raise CannotTake(
            _("The file cannot be opened: it was changed, cut short, or sealed to another office."),
            _("Copy it from the device again, or save it anew from the form."),
        ) from None
    try:
        return _read(plain, contents)
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, RecursionError):
        raise _broken() from None


def _broken() -> CannotTake:
    return CannotTake(
        _("The file opens, but it does not hold together."), _("Save it anew from the form on the device.")
    )


def _read(plain: bytes, contents: Contents) -> Returned:
    (length,) = struct.unpack_from(">I", plain)
    said: dict[str, Any] = json.loads(plain[4 : 4 + length].decode())
    if said["form"] != FORM or said["pack"] != contents.code:
        raise _broken()
    if said["contents"] != contents.digest():
        raise CannotTake(
            _("The form that was filled in is not the one that left the building."),
            _("Use the signed sheets instead, and tell the room that keeps the packs."),
        )
    tasks = {task.no: task for task in contents.tasks}
    given = {one["no"]: one for one in said["tasks"]}
    if len(given) != len(said["tasks"]) or not given.keys() <= tasks.keys():
        raise _broken()
    if sum(len(one["photos"]) for one in given.values()) > MOST_PHOTOS:
        raise _broken()
    results, at = [], 4 + length
    for no, one in given.items():
        photos, at = _photos(one["photos"], plain, at, about_place=tasks[no].about_place)
        results.append(_result(tasks[no], one, photos, contents.carriers))
    if at != len(plain):
        raise _broken()
    return Returned(_instant(said["saved_at"]), tuple(results))


def _photos(
    said: Iterable[Mapping[str, Any]], plain: bytes, at: int, *, about_place: bool
) -> tuple[tuple[Photo, ...], int]:
    """Return the photographs of a task and where the next bytes begin; a place goes unless it matters."""
    found = []
    for one in said:
        data = plain[at : at + int(one["size"])]
        at += len(data)
        if hashlib.sha256(data).hexdigest() != one["sha256"] or not data.startswith(JPEG):
            raise CannotTake(
                _("A photograph is not the one whose hash was computed on the spot."),
                _("Save the file anew from the form on the device."),
            )
        if not re.fullmatch(r"[0-9a-f]{64}", one["came_as"]) or one["time_from"] not in {"camera", "file"}:
            raise _broken()
        found.append(
            Photo(
                sha256=one["sha256"],
                came_as=one["came_as"],
                taken_at=_instant(one["taken_at"]),
                time_from=one["time_from"],
                place=_place(one["place"]) if about_place and one["place"] else None,
                caption=_text(one["caption"], SHORT),
                data=data,
            )
        )
    return tuple(found), at


def _result(
    task: Task, said: Mapping[str, Any], photos: tuple[Photo, ...], carriers: tuple[str, ...]
) -> Result:
    if len(said["lines"]) > MOST_LINES or len(said["own"]) > len(task.questions):
        raise ValueError("more than the form has")
    return Result(
        task=task,
        is_done=said["state"] == DONE,
        why_not=_text(said["why_not"], LONG) if said["state"] == NOT_DONE else "",
        present=tuple(name for name in carriers if name in said["present"]),
        at=_instant(said["at"]) if said["at"] else None,
        lines=tuple(_line(task.kind, one) for one in said["lines"]),
        own=tuple(_text(one, LONG) for one in said["own"]),
        found=_text(said["found"], LONG),
        photos=photos,
    )


def _line(kind: str, said: Mapping[str, Any]) -> dict[str, str | bool]:
    """Return one record form as filled in; columns that the form does not have are dropped."""
    found: dict[str, str | bool] = {}
    for ask in kinds()[kind].asks:
        value = said.get(ask.key, "")
        found[ask.key] = value is True if ask.kind == "flag" else _text(value, ask.most)
    return found


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no text of a form")
    return value.replace("\x00", "").strip()


def _instant(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is not None:
        raise ValueError("a local time without zone")
    return found


def _place(value: Any) -> tuple[float, float]:
    latitude, longitude = (float(one) for one in value)
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("no place")
    return latitude, longitude
