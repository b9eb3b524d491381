"""The worker's part: a file that came in is checked, cleaned of what it knows of its maker, and kept.

It can be cancelled until it is kept; a worker that was killed begins again, and what it kept before is kept
under the same hash.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from PIL import Image

from qingfeng.culture.archives.comparing import instead
from qingfeng.culture.archives.kinds import SVG
from qingfeng.culture.drawings import keep_drawing
from qingfeng.culture.files import batches
from qingfeng.culture.halls import keeping
from qingfeng.culture.models import Entry, Hall, Medium
from qingfeng.culture.storing import CannotKeep, keep_picture, place_of
from qingfeng.culture.wanting import called, settle
from qingfeng.desk.culture.halls.captions import check_captions
from qingfeng.desk.culture.halls.cleaning import TAKEN, cleaned, is_torn, seconds_of
from qingfeng.desk.culture.halls.cleaning.pictures import taken_from
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.halls.torn import check_whole

State = Brought.State
Made = tuple[dict[str, Any] | None, frozenset[str]]  # a medium, and what was taken off the file
WORDS = ("licence", "author", "alt_zh", "alt_en", "told_zh", "told_en")


class Cancelled(Exception):  # noqa: N818 - somebody asked for it
    """Somebody does not want the file any more."""


@task()
def keep_brought(key: int) -> None:
    """Keep a file; once, however often it is begun."""
    file = Brought.objects.select_related("entry").filter(pk=key).first()
    if file is None or file.state not in (State.WAITING, State.WORKING):
        return
    with translation.override(file.language):
        try:
            _keep(file)
        except Cancelled:
            _end(file, State.CANCELLED)
        except CannotKeep as error:
            _end(file, State.REFUSED, str(error))
        except Exception:
            _end(file, State.REFUSED, _("Something broke: the office's technicians see what."))
            raise


def cancel(file: Brought) -> None:
    """Ask that a file be not kept; it is gone at once, unless the worker has begun it and stops by itself."""
    mine = Brought.objects.filter(pk=file.pk)
    if mine.filter(state__in=(State.RECEIVING, State.WAITING)).update(state=State.CANCELLED):
        file.place.unlink(missing_ok=True)
    else:
        mine.filter(state=State.WORKING).update(state=State.CANCELLED)


def _keep(file: Brought) -> None:
    if not Brought.objects.filter(pk=file.pk, state__in=Brought.UNDER_WAY).update(state=State.WORKING):
        raise Cancelled
    _tell(file)(0, 1)
    keep = {"panorama": _panorama, "picture": _picture, "captions": _captions}.get(file.kind, _heard)
    medium, taken = keep(file)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().filter(pk=file.entry_id).first()
        row = Brought.objects.select_for_update().filter(pk=file.pk).first()
        if entry is None or row is None or row.state != State.WORKING:
            raise Cancelled
        if entry.state == Entry.State.REVIEWING:
            raise CannotKeep(_("It was handed in meanwhile: take it back to add to it."))
        list(Hall.objects.select_for_update().filter(entry=entry).values_list("pk"))  # before it is looked at
        line = batches.standing(file.told.get("batch"), entry)
        if medium is not None and not entry.media.filter(digest=medium["digest"]).exists():
            words = {name: file.told.get(name, "") for name in WORDS} | {"name": called(entry, file.name)}
            entry.media.create(no=entry.media.count() + 1, kind=file.kind, **medium, **words)
        file.digest = medium["digest"] if medium else file.digest
        settle(entry, name=file.name, kind=file.kind, digest=file.digest)
        _hang(entry, file)
        entry.save(update_fields=["changed_at"])
        if line is not None:
            batches.grown(line)
        file.taken = " ".join(one for one in TAKEN if one in taken)
        _end(file, State.KEPT)


def _panorama(file: Brought) -> Made:
    check_whole(file.place)
    taken = taken_from(file.place)
    kept = keeping.keep_panorama(file.place, tell=_tell(file))
    return {"digest": kept.digest, "form": kept.form, "width": kept.width, "height": kept.height}, taken


def _hang(entry: Entry, file: Brought) -> None:
    """Let the list of a built hall call a picture by its hash here, where its archive had another."""
    sha = file.told.get("sha256", "")
    hall = Hall.objects.select_for_update().filter(entry=entry).exclude(built=None).first() if sha else None
    if hall is not None and sha != file.digest:
        hall.built = instead(hall.built, sha, file.digest)
        hall.save(update_fields=["built"])


def _picture(file: Brought) -> Made:
    if file.told.get("type") == SVG:
        digest, size = keep_drawing(file.place.read_bytes())
        return {"digest": digest, "form": "svg"} | dict(
            zip(("width", "height"), size or (), strict=False)
        ), frozenset()
    check_whole(file.place)
    taken = taken_from(file.place)
    digest, form = keep_picture(file.place.read_bytes())
    with Image.open(place_of(digest, form)) as kept:
        width, height = kept.size
    return {"digest": digest, "form": form, "width": width, "height": height}, taken


def _heard(file: Brought) -> Made:
    brought = file.place.read_bytes()
    if is_torn(brought):
        raise CannotKeep(_("It is torn: it breaks off before its end. Copy it again."))
    made = cleaned(brought)
    keep = keeping.keep_sound if file.kind == Medium.Kind.AUDIO else keeping.keep_film
    kept = keep(made.data)
    seconds = seconds_of(made.data) or file.told.get("seconds")
    return {"digest": kept.digest, "form": kept.form, "seconds": seconds}, made.taken


def _captions(file: Brought) -> Made:
    data = file.place.read_bytes()
    check_captions(data)
    file.digest = keeping.keep_captions(data).digest
    return None, frozenset()


def _tell(file: Brought) -> keeping.Tell:
    """Return what notes how far it is, and stops where somebody cancelled."""

    def tell(done: int, of: int) -> None:
        if not Brought.objects.filter(pk=file.pk, state=State.WORKING).update(done=done, of=of):
            raise Cancelled

    return tell


def _end(file: Brought, state: Any, problem: str = "") -> None:
    file.state, file.problem = state, problem[:300]
    said = {"problem": file.problem, "digest": file.digest, "taken": file.taken}
    Brought.objects.filter(pk=file.pk).update(state=state, **said)  # its hall may have been taken back
    file.place.unlink(missing_ok=True)
