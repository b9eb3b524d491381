"""Accounts, the calendar, settings and intakes: what administrators keep."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingfeng.journal.composing import rows
from qingfeng.organization.models.people import Person, Post


class Account(AbstractUser):
    """Somebody who can sign in; opened by the security administrator, never by oneself."""

    class TextSize(models.IntegerChoices):
        """Size of text in per cent."""

        NORMAL = 100, "100 %"
        LARGE = 125, "125 %"
        LARGER = 150, "150 %"

    class Theme(models.TextChoices):
        """Light or dark."""

        AUTO = "auto", "auto"
        LIGHT = "light", "light"
        DARK = "dark", "dark"

    first_name = None
    last_name = None
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account")
    text_size = models.PositiveSmallIntegerField(_("text size"), choices=TextSize, default=TextSize.NORMAL)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    language = models.CharField(_("language"), max_length=10, blank=True)
    must_change_password = models.BooleanField(default=False)
    opened_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the person's name, else the name used to sign in."""
        return self.person.name if self.person else self.username

    def get_short_name(self) -> str:
        """Return the same: Chinese names are short."""
        return self.get_full_name()

    @property
    def post_words(self) -> str:
        """Unit and title of the main post held today, "" for none; asked once per request."""
        if self.person_id is None:
            return ""
        if not hasattr(self, "_post_words"):
            today = timezone.localdate()
            held = rows(
                ("main post", self.person_id, today),
                lambda: (
                    Post.objects.held_on(today)
                    .filter(person=self.person_id)
                    .select_related("unit")
                    .order_by("-is_main", "from_on")[:1]
                ),
            )
            self._post_words = str(held[0]) if held else ""
        return self._post_words


class OwnDay(models.Model):
    """A day of the district's own table; it wins over the published calendar."""

    class Kind(models.TextChoices):
        """What the day is."""

        WORKDAY = "workday", _("Workday")
        WEEKEND = "weekend", _("Day off")
        HOLIDAY = "holiday", _("Public holiday")
        MAKEUP = "makeup", _("Make-up workday")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("holiday"), max_length=20, blank=True)
    announced_by = models.CharField(_("announced by"), max_length=100)

    class Meta:
        """Order and what must hold."""

        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


class CalendarVersion(models.Model):
    """The work calendar as it stood: a due date names the version it was counted with.

    `years` holds one letter a day: `w` workday, `e` weekend, `h` holiday, `m` make-up workday.
    """

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    years = models.JSONField()
    made_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        """Order and what must hold."""

        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Setting(models.Model):
    """One decision about a figure of the domain; the newest row of a key is in force."""

    key = models.CharField(max_length=60, db_index=True)
    value = models.JSONField()
    reason = models.CharField(_("reason"), max_length=200)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        """Order and what must hold."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class Intake(models.Model):
    """A workbook of units, people and posts on its way in (导入批次).

    `rows` holds what was read, without any ID number; `made` what was written, with a digest of
    each row as it was then, so that a later change is seen before anything is withdrawn.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PREVIEWED = "previewed", _("Previewed")
        APPLIED = "applied", _("Applied")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.JSONField()
    made = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    read_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField()
    applied_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Order and what must hold."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_state_display()}"
