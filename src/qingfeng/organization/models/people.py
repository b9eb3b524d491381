"""People, what they hold, and what they have declared."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.organization.models.units import Unit
from qingfeng.organization.sealing import unseal


class Dated(models.QuerySet):
    """Rows in force from a day to a day, both inclusive."""

    def held_on(self, on: date) -> Self:
        """Return the rows in force on that day."""
        return self.filter(self.in_force(on))

    @staticmethod
    def in_force(on: date, prefix: str = "") -> Q:
        """Return the condition itself, for a join over `prefix`."""
        begun = Q(**{f"{prefix}from_on__lte": on})
        return begun & (Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gte": on}))

    def overlapping(self, since: date, until: date | None) -> Self:
        """Return the rows in force on any day of the period."""
        rows = self.filter(Q(until_on__isnull=True) | Q(until_on__gte=since))
        return rows.filter(from_on__lte=until) if until else rows


class Person(models.Model):
    """Somebody the office knows: own people, and people of units it deals with.

    No ID number is kept in clear: a keyed hash and the last four characters.
    """

    number = models.CharField(_("person number"), max_length=30, unique=True)
    name = models.CharField(_("person's name"), max_length=40)
    id_hash = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    id_last4 = models.CharField(max_length=4, blank=True, editable=False)

    class Meta:
        """Order and what must hold."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["id_hash"], condition=~Q(id_hash=""), name="one_person_per_identifier"
            ),
        )

    def __str__(self) -> str:
        return self.name


def _period(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
        name=f"{name}_ends_after_it_begins",
    )


class Post(models.Model):
    """What a person holds in a unit, from a day to a day, both inclusive (任职)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("title of the post"), max_length=60)
    is_main = models.BooleanField(_("main post"), default=True)
    from_on = models.DateField(_("first day"), db_index=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        """Order and what must hold."""

        ordering = ("from_on", "pk")
        constraints = (_period("post"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"


class PostRole(models.Model):
    """A role that a post gives, for a time of its own inside the post's."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=24, db_index=True)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"), null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        """Order and what must hold."""

        ordering = ("role", "from_on")
        constraints = (_period("role"),)

    def __str__(self) -> str:
        return self.role


class Parting(models.Model):
    """Somebody whose last post ended was asked to take along what is their own, and has answered or not.

    Attributes:
        last_day: Last day of the last post, inclusive.
        answered_on: When they said that they have it, or leave it; never what there was.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="partings")
    last_day = models.DateField(_("last day"))
    begun_on = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        """Order and what must hold."""

        ordering = ("-begun_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_on=None), name="one_open_parting_a_person"
            ),
        )


class Relation(models.Model):
    """A relative that a person has declared: on record, or outside with a sealed name.

    Law:
        监察法 Art. 67
    """

    class Kind(models.TextChoices):
        """How they are related, seen from the person who declares."""

        SPOUSE = "spouse", _("Spouse")
        PARENT = "parent", pgettext_lazy("relative", "Parent")
        CHILD = "child", pgettext_lazy("relative", "Child")
        SIBLING = "sibling", _("Brother or sister")
        IN_LAW = "in_law", _("Relative by marriage")
        OTHER = "other", _("Other near relative")

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="related_to")
    outside_sealed = models.BinaryField(blank=True, default=b"")
    outside_short = models.CharField(max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    declared_on = models.DateField(_("declared on"), default=timezone.localdate)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        """Order and what must hold."""

        ordering = ("declared_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(other__isnull=False, outside_short="")
                | (Q(other__isnull=True) & ~Q(outside_short="")),
                name="relative_is_on_record_or_outside",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("person")), name="nobody_is_their_own_relative"
            ),
        )

    def __str__(self) -> str:
        return str(self.other) if self.other_id else self.outside_short

    @property
    def outside_name(self) -> str:
        """The relative's name, opened; "" if the relative is on record."""
        return unseal(bytes(self.outside_sealed)) if self.outside_sealed else ""


class Interest(models.Model):
    """What binds a person to a unit, declared by the person."""

    class Kind(models.TextChoices):
        """What the interest is."""

        RELATIVE = "relative_leads", _("A near relative leads it or works there")
        SHARES = "shares", _("Shares or business with it")
        DISPUTE = "dispute", _("A dispute with it")
        OTHER = "other", _("Another interest")

    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="interests")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    declared_on = models.DateField(_("declared on"), default=timezone.localdate)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        """Order and what must hold."""

        ordering = ("declared_on", "pk")

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"


class StandIn(models.Model):
    """Standing in (代办): for a period, for named kinds of matters, never for oneself."""

    principal = models.ForeignKey(Person, models.PROTECT, related_name="stood_in_by")
    stand_in = models.ForeignKey(Person, models.PROTECT, related_name="stands_in")
    kinds = models.JSONField(_("kinds of matters"), default=list)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = Dated.as_manager()

    class Meta:
        """Order and what must hold."""

        ordering = ("-from_on", "pk")
        constraints = (
            _period("standing_in"),
            models.CheckConstraint(
                condition=~Q(principal=F("stand_in")), name="nobody_stands_in_for_themselves"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("stand_in")), name="nobody_approves_their_own_standing_in"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stand_in} → {self.principal}"
