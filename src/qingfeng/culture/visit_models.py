"""Tables of visits: slots, bookings of groups, remarks, numbers. Nothing in them says who somebody is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Slot(models.Model):
    """A day and hour on which a route takes groups."""

    entry = models.ForeignKey("culture.Entry", models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    guide = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "starts_at"], name="culture_one_slot_an_hour")
        ]


class Booking(models.Model):
    """A group that comes; no name of a person, no telephone number.

    Attributes:
        code: What the group shows on the day and follows its booking with.
        came: How many were there, once they were.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("Asked for")
        CONFIRMED = "confirmed", pgettext_lazy("culture", "Confirmed")
        DECLINED = "declined", pgettext_lazy("culture", "Declined")
        CANCELLED = "cancelled", _("Cancelled by the group")
        CAME = "came", _("Was there")

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    code = models.CharField(max_length=14, unique=True)
    group = models.CharField(max_length=60)
    heads = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answer = models.CharField(max_length=200, blank=True)
    came = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["pk"]


class Remark(models.Model):
    """What a visitor says: a score, a sentence, the day; nothing of who it was."""

    entry = models.ForeignKey("culture.Entry", models.PROTECT, related_name="remarks")
    on = models.DateField()
    score = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]


class Tally(models.Model):
    """How often something was opened, answered or answered right on a day: a number and nothing else."""

    on = models.DateField()
    what = models.CharField(max_length=150)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "what"], name="culture_one_tally_a_day")]


class AccountViews(models.Model):
    """Views that the public account counted in a month, typed in by the editor."""

    month = models.DateField(unique=True)
    views = models.PositiveIntegerField()
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-month"]
