"""The weekly draw: a share of the week's new leads, chosen by nobody.

Which leads could be drawn, and how many are, is committed in the journal first. The seed is the root
hash of the first checkpoint that is published with that entry in it, which nobody knows beforehand.
Anybody can do the draw again with `redraw.py` alone.

Tier C is not drawn: it names nobody, and there is nobody to ask.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import redraw
from qingfeng.findings.district import DRAW_MOST, DRAW_SHARE
from qingfeng.findings.exceptions import not_excepted
from qingfeng.findings.models import Draw, Lead
from qingfeng.findings.telling import tell
from qingfeng.journal.models import JournalCheckpoint, JournalEntry, JournalState, Log
from qingfeng.journal.store import entries_about
from qingfeng.organization.district_settings import setting
from qingfeng.organization.records import reference

COMMITTED, DRAWN = "findings.draw.committed", "findings.draw.drawn"


def draw_due(now: datetime | None = None) -> int:
    """Commit this week's population if that is still to be done, and draw where a seed is there.

    Run by the worker; the same again does nothing.

    Returns:
        The number of draws that were begun or finished.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    done = int(not Draw.objects.filter(week_on=monday).exists() and begin(monday, at=now) is not None)
    for draw in Draw.objects.filter(drawn_at=None):
        done += finish(draw, at=now)
    return done


def begin(week_on: date, *, at: datetime | None = None) -> Draw | None:
    """Commit to a population in the journal; None where there is nothing to draw from.

    Args:
        week_on: Monday of the week.
        at: Instant; now where none is given.
    """
    keys = population(week_on)
    if not keys:
        return None
    share = int(setting(DRAW_SHARE))
    count = min(-(-len(keys) * share // 100), int(setting(DRAW_MOST)))
    published = JournalState.objects.filter(log=Log.INTERNAL).values_list("size", flat=True).first()
    try:
        with transaction.atomic():
            draw = Draw.objects.create(
                week_on=week_on,
                share=share,
                count=count,
                population=keys,
                digest=redraw.digest_of(keys),
                asked_at=at or timezone.now(),
                after_size=published or 0,
            )
            facts = {"week": week_on.isoformat(), "share": share, "count": count, "digest": draw.digest,
                     "population": len(keys)}  # fmt: skip
            tell(COMMITTED, draw, by=None, facts=facts)
    except IntegrityError:  # another worker has begun it at the same moment
        return None
    return draw


def population(week_on: date) -> list[str]:
    """Return the keys of the leads that could be drawn: new since the draw before, open to be verified."""
    before = Draw.objects.filter(week_on__lt=week_on).first()
    leads = not_excepted(Lead.objects.filter(is_current=True, matter=None, drawn=None).exclude(tier="C"))
    if before:
        leads = leads.filter(first_seen_at__gt=before.asked_at)
    return sorted(leads.order_by().values_list("key", flat=True))


def finish(draw: Draw, *, at: datetime | None = None) -> bool:
    """Draw, if a checkpoint with the commitment in it was published; return whether it happened now."""
    with transaction.atomic():
        draw = Draw.objects.select_for_update().get(pk=draw.pk)
        checkpoint = None if draw.drawn_at else first_checkpoint(draw)
        if checkpoint is None:
            return False
        draw.checkpoint, draw.seed = checkpoint.note, bytes(checkpoint.root).hex()
        draw.chosen = redraw.sample(draw.seed, draw.population, draw.count)
        draw.drawn_at = at or timezone.now()
        draw.save(update_fields=["checkpoint", "seed", "chosen", "drawn_at"])
        for key in draw.chosen:
            _mark(draw, key)
        facts = {"size": checkpoint.size, "seed": draw.seed, "chosen": draw.chosen}
        tell(DRAWN, draw, by=None, facts=facts)
    return True


def _mark(draw: Draw, key: str) -> None:
    """Mark a drawn lead, or the one that it has grown into since."""
    lead = Lead.objects.filter(key=key).select_related("replaced_by").first()
    while lead is not None and lead.replaced_by is not None:
        lead = lead.replaced_by
    if lead is not None:
        Lead.objects.filter(pk=lead.pk).update(drawn=draw)


def commitment(draw: Draw) -> JournalEntry | None:
    """Return the entry by which the population was committed."""
    return next((one for one in entries_about(reference(draw)) if one.kind == COMMITTED), None)


def first_checkpoint(draw: Draw) -> JournalCheckpoint | None:
    """Return the first checkpoint that has the commitment in it, or None before there is one."""
    entry = commitment(draw)
    if entry is None or entry.index is None:
        return None
    after = JournalCheckpoint.objects.filter(log=Log.INTERNAL, size__gt=entry.index)
    return after.order_by("size").first()


def told(draw: Draw) -> dict[str, Any]:
    """Return what is handed out of a draw, for `redraw.py`: keys and hashes, nothing that a lead says."""
    entry = commitment(draw)
    return {
        "week_on": draw.week_on.isoformat(),
        "share": draw.share,
        "count": draw.count,
        "digest": draw.digest,
        "committed_at_index": entry.index if entry else None,
        "asked_at": draw.asked_at.isoformat(),
        "checkpoint": draw.checkpoint,
        "seed": draw.seed,
        "population": draw.population,
        "chosen": draw.chosen,
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None,
    }


def faults(draw: Draw) -> list[str]:
    """Return what does not hold in a finished draw, a sentence each: against itself and the journal."""
    found = [_(one) for one in redraw.faults(told(draw))]
    entry = commitment(draw)
    said = entry.said["facts"] if entry else {}
    if (said.get("digest"), said.get("count")) != (draw.digest, draw.count):
        found.append(_("The journal has committed to another population or number."))
    checkpoint = first_checkpoint(draw)
    if checkpoint is None or redraw.seed_of(checkpoint.note) != draw.seed:
        found.append(_("The seed is not of the first checkpoint that has the commitment in it."))
    return found
