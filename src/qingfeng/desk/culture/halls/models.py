"""Files on their way into a hall: sent in pieces, then looked at and kept by the worker."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class Brought(models.Model):
    """A file that somebody brings for a hall.

    Attributes:
        kind: `panorama`, `picture`, `audio`, `video` or `captions`.
        size: Bytes that were announced; `received` of them lie there.
        done: How far the worker is, of `of`; both 0 before it begins.
        mark: By which the same file is known again when it goes on; "" where it came as a whole.
        problem: Why it was not kept, in the words of who brought it.
        digest: Of what was kept.
        taken: What it knew of its maker and was taken off (`cleaning.TAKEN`), keys with a blank between.
        told: Licence, author and words that came with it.
    """

    class State(models.TextChoices):
        """How far it is."""

        RECEIVING = "receiving", pgettext_lazy("halls", "Coming in")
        WAITING = "waiting", pgettext_lazy("halls", "Waits")
        WORKING = "working", pgettext_lazy("halls", "Being prepared")
        KEPT = "kept", pgettext_lazy("halls", "Kept")
        REFUSED = "refused", pgettext_lazy("halls", "Not kept")
        CANCELLED = "cancelled", pgettext_lazy("halls", "Cancelled")

    UNDER_WAY = (State.RECEIVING, State.WAITING, State.WORKING)

    entry = models.ForeignKey("culture.Entry", models.CASCADE, related_name="brought")
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=64, blank=True)
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    taken = models.CharField(max_length=100, blank=True)
    told = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="zh-hans")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["entry", "kind", "state"])]

    @property
    def place(self) -> Path:
        """Where it lies until it is kept."""
        return Path(settings.HOME) / "culture" / "incoming" / str(self.pk)
