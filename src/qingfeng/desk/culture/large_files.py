"""A file of many entries: the worker writes it or takes it back, and a page says how far it is.

Some entries at a time, each part a transaction of its own, so that nobody waits for all of them. A worker
that is killed goes on: what is written is as the file says by then, what is taken back has no line any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from qingfeng.culture.brought_models import Batch, Wanted, Writing
from qingfeng.culture.files import batches
from qingfeng.culture.files.reading import Found, Unit, read
from qingfeng.culture.models import Entry
from qingfeng.culture.packing import AT_ONCE, parted
from qingfeng.culture.wanting import settle
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.organization.models import Person

MANY = AT_ONCE
"""Entries above which the worker writes, so that nobody waits for a page."""


def begin(found: Found, token: str, *, by: Person, name: str, datum: str) -> Batch | None:
    """Have the worker write a file that was looked at; None where it is being written already."""
    with transaction.atomic():
        batch = Batch.objects.create(sha256=token.partition(".")[0], name=name[:200], by=by)
        asked = Writing(batch=batch, by=by, doing=Writing.WRITE, base=found.base, datum=datum)
        asked.of, asked.language = len(found.new) + len(found.changed), translation.get_language() or ""
        asked.save()
        if not batches.given_to(token, batch):
            batch.delete()
            return None
        go_on.enqueue(batch.pk)
    return batch


def begin_back(batch: Batch, *, by: Person) -> None:
    """Have the worker take a batch back; once."""
    with transaction.atomic():
        held = Batch.objects.select_for_update().get(pk=batch.pk)
        if held.taken_back_at or Writing.objects.filter(batch=held).exclude(doing="").exists():
            return
        said = {"by": by, "doing": Writing.BACK, "done": 0, "told": "", "of": held.lines.count()}
        said["language"] = translation.get_language() or ""
        Writing.objects.update_or_create(batch=held, defaults=said)
        go_on.enqueue(held.pk)


def settle_captions(entries: list[int]) -> list[int]:
    """Put captions that were brought before where drafts name them; return the entries that got some."""
    got = []
    for one in Wanted.objects.filter(entry__in=entries, kind="captions").select_related("entry"):
        kept = Brought.objects.filter(entry=one.entry, kind="captions", state=Brought.State.KEPT)
        there = kept.filter(name__iexact=one.name).order_by("-pk").first()
        if there and settle(one.entry, name=one.name, kind="captions", digest=there.digest):
            got.append(one.entry_id)
    return got


@task()
def go_on(key: int) -> None:
    """Do what is under way; begun again after a worker was killed, it goes on."""
    asked = Writing.objects.select_related("batch__by", "by").filter(pk=key).exclude(doing="").first()
    if asked is None:
        return
    with translation.override(asked.language or "zh-hans"):
        try:
            told = _write(asked) if asked.doing == Writing.WRITE else _back(asked)
        except (batches.WroteMeanwhile, IntegrityError):
            told = _stopped(
                _("Somebody wrote in one of these drafts meanwhile: look at the file again."), asked
            )
        except Exception:
            _end(asked, _stopped(_("Something broke: the office's technicians see what."), asked))
            raise
        _end(asked, told)


def _write(asked: Writing) -> str:
    place = batches.left_for(asked.batch)
    if place is None:
        return _stopped(_("The file is not there any more: bring it again."), asked)
    found = read(place, place.name, datum=asked.datum)
    for some in parted(_left(found, asked), MANY):
        with transaction.atomic():
            lines = batches.take_some(asked.batch, some)
            batches.as_left(asked.batch, settle_captions([one.entry_id for one in lines]))
            _step(asked, len(some))
    return ""


def _left(found: Found, asked: Writing) -> list[Unit]:
    """Return what is not written yet, though somebody may have changed what is.

    Raises:
        WroteMeanwhile: If somebody wrote since the look in a draft that is not written yet.
    """
    every = [*found.new, *found.changed]
    if not asked.done:
        if found.base != asked.base:
            raise batches.WroteMeanwhile
        return every
    written = set(asked.batch.lines.values_list("entry_id", flat=True))
    left = [one for one in every if one.key not in written]
    for some in parted([one.key for one in left if one.key is not None]):
        if Entry.objects.filter(pk__in=some, changed_at__gt=asked.batch.at).exists():
            raise batches.WroteMeanwhile
    return left


def _back(asked: Writing) -> str:
    if not asked.batch.taken_back_at:  # else it was killed between the note and its end
        for some in parted(batches.lines_of(asked.batch), MANY):
            with transaction.atomic():
                batches.back_some(asked.batch, some)
                _step(asked, len(some))
        with transaction.atomic():
            batches.note_back(asked.batch, asked.of, by=asked.by)
    stay = asked.batch.lines.count()
    words = {"n": asked.of - stay, "stay": stay}
    return _("%(n)d drafts are as they were before; %(stay)d stay, since something followed.") % words


def _stopped(why: str, asked: Writing) -> str:
    """Return why it stopped, and what is done."""
    done = asked.batch.lines.count() if asked.doing == Writing.WRITE else 0
    written = _("%(n)d drafts are written already, and stay as they are.") % {"n": done}
    return f"{why} {written}" if done else why


def _step(asked: Writing, count: int) -> None:
    Writing.objects.filter(pk=asked.pk).update(done=F("done") + count)


def _end(asked: Writing, told: str) -> None:
    with transaction.atomic():
        if asked.doing == Writing.WRITE and (lines := asked.batch.lines.count()):
            new = asked.batch.lines.filter(before__isnull=True).count()
            batches.note_taken(asked.batch, new=new, changed=lines - new)
        Writing.objects.filter(pk=asked.pk).update(doing="", told=told[:300])
    if place := batches.left_for(asked.batch):
        place.unlink(missing_ok=True)


@dataclass(frozen=True)
class Shown:
    """How far it is, as `{% progress %}` draws it."""

    asked: Writing

    @property
    def ident(self) -> str:
        """Part of the element's id."""
        return f"batch-{self.asked.pk}"

    @property
    def href(self) -> str:
        """Where a page asks how far it is."""
        return f"{reverse('desk:culture_bring')}?batch={self.asked.pk}"

    @property
    def words(self) -> str:
        """What is being done, and how much of it."""
        told = {"name": self.asked.batch.name, "done": self.asked.done, "of": self.asked.of}
        if self.asked.doing == Writing.BACK:
            return _("%(name)s is taken back: %(done)d of %(of)d drafts") % told
        return _("%(name)s is written: %(done)d of %(of)d drafts") % told

    @property
    def share(self) -> float:
        """How far, 0 to 1."""
        return min(1.0, self.asked.done / self.asked.of) if self.asked.of else 0.0

    @property
    def is_done(self) -> bool:
        """Whether nothing is under way."""
        return not self.asked.doing
