"""The table of the daily record (平时纪实)."""

# ruff: noqa: RUF012, D106, DJ008 - as in every models.py: Django's Meta, rows nobody shows
from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Daily(models.Model):
    """An entry of the daily record (平时纪实), written by the person, checked by the supervisor.

    Attributes:
        role: What the person was in it.
        matter: Number of a matter it belongs to, or "".
        check_until: Last day, inclusive, for the supervisor's check.
        state: Waiting, confirmed, or sent back with a remark to be mended.
    """

    class Role(models.TextChoices):
        """What the person was in the work."""

        LEAD = "lead", pgettext_lazy("daily", "In the lead")
        SHARED = "shared", pgettext_lazy("daily", "With others")
        HELPED = "helped", pgettext_lazy("daily", "Helped")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", pgettext_lazy("daily", "To be checked")
        CHECKED = "checked", pgettext_lazy("daily", "Checked")
        RETURNED = "returned", pgettext_lazy("daily", "Sent back")

    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    work = models.CharField(pgettext_lazy("daily", "work"), max_length=200)
    role = models.CharField(max_length=6, choices=Role, default=Role.LEAD)
    result = models.CharField(max_length=200, blank=True)
    matter = models.CharField(max_length=60, blank=True)
    written_on = models.DateField()
    check_until = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    checked_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    remark = models.CharField(max_length=200, blank=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ("-day", "-pk")
        indexes = [
            models.Index(fields=["person", "day"], name="daily_by_person"),
            models.Index(fields=["check_until"], condition=Q(state="waiting"), name="daily_by_check"),
        ]

    @property
    def was_in_time(self) -> bool:
        """Whether it was checked within its days."""
        return self.checked_on is not None and self.checked_on <= self.check_until
