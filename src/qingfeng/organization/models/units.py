"""Units (单位) as a tree."""

from __future__ import annotations

from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.screening.errors import Problem


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, and the questions asked of their tree."""

    def under(self, *units: Unit) -> Self:
        """Return the units themselves and everything below them."""
        return self.filter(_below(unit.path for unit in units))

    def under_paths(self, paths: tuple[str, ...]) -> Self:
        """Return everything at or below one of the paths; nothing for no path."""
        return self.filter(_below(paths)) if paths else self.none()

    def above(self, unit: Unit) -> Self:
        """Return the unit and everything above it, the root first."""
        return self.filter(pk__in=unit.line).order_by("path")

    def open_on(self, on: Any) -> Self:
        """Return the units that are not closed on that day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))


def _below(paths: Any) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(path__startswith=path)
    return found


class Unit(models.Model):
    """An office: a room, a team, a supervised unit, a partner, a superior.

    `path` holds the line from the root as `/1/7/23/`; it is kept by `save`, so that everything
    below a unit is one indexed comparison.
    """

    class Kind(models.TextChoices):
        """What a unit is to us."""

        COMMISSION = "commission", _("Commission")
        COMMITTEE = "committee", _("Standing committee")
        ROOM = "room", _("Internal room")
        RESIDENT = "resident", _("Resident team")
        TOWNSHIP = "township", _("Township commission")
        INSPECTION = "inspection", _("Inspection team")
        ENTERPRISE = "enterprise", _("Discipline office of an enterprise")
        SUPERIOR = "superior", _("Superior commission")
        AREA = "area", _("Area")
        SUPERVISED = "supervised", _("Supervised unit")
        PARTNER = "partner", _("Partner body")
        OTHER = "other", _("Other unit")

    class Level(models.TextChoices):
        """Level of administration."""

        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        TOWN = "town", _("Town")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, editable=False, db_index=True, default="")
    name = models.CharField(_("name of the unit"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.DISTRICT)
    number_code = models.CharField(_("code in document numbers"), max_length=20, blank=True)
    credit_code = models.CharField(_("credit code"), max_length=18, blank=True)
    is_ours = models.BooleanField(_("belongs to the commission"), default=False)
    overseen_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="oversees")
    closed_on = models.DateField(pgettext_lazy("unit", "closed on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = UnitQuerySet.as_manager()

    class Meta:
        """Order and what must hold."""

        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="one_unit_per_credit_code"
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the unit and keep the paths of everything below it.

        Raises:
            Problem: If the new parent is the unit itself or stands below it.
        """
        with transaction.atomic():
            old = Unit.objects.select_for_update().filter(pk=self.pk).first() if self.pk else None
            above = Unit.objects.get(pk=self.parent_id).path if self.parent_id else "/"
            if old and above.startswith(old.path):
                raise Problem(
                    say("A unit cannot stand below itself."), then=say("Choose another unit above it.")
                )
            if self.pk:
                self.path = f"{above}{self.pk}/"
            super().save(*args, **kwargs)
            if not self.path:
                self.path = f"{above}{self.pk}/"
                Unit.objects.filter(pk=self.pk).update(path=self.path)
            elif old and old.path != self.path:
                kept = Concat(Value(self.path), Substr(F("path"), len(old.path) + 1))
                Unit.objects.filter(path__startswith=old.path).exclude(pk=self.pk).update(path=kept)

    @property
    def line(self) -> tuple[int, ...]:
        """Keys from the root down to this unit."""
        return tuple(int(step) for step in self.path.split("/") if step)

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return len(self.line) - 1

    def is_under(self, other: Unit) -> bool:
        """Return whether this unit is the other or stands below it."""
        return self.path.startswith(other.path)
