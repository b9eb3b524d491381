"""Tables of returns: readings of measures, definitions with their versions, editions with their numbers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class StoredReading(models.Model):
    """A measure counted over the whole house for a period; counted again, the same day's is replaced.

    Attributes:
        measure: Its key.
        digest: Of the measure's definition: a changed definition has readings of its own.
        by: Keys of the dimensions, with commas between.
        on: The civil day of the counting.
        cells: `measures.as_json`.
        apart: The same over the matters alone from which a principal is recused, by `readings.name_of` them.
        seconds: How long it took.
        again_at: Since when somebody wants it counted again; None while nobody does.
    """

    measure = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    until = models.DateField()
    on = models.DateField()
    cells = models.JSONField(default=list)
    apart = models.JSONField(default=dict)
    counted_at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "digest", "by", "since", "until", "on"], name="one_reading_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["measure", "by", "-on"], name="reading_by_day"),
            models.Index(fields=["again_at"], condition=Q(again_at__isnull=False), name="reading_again"),
        ]


class Definition(models.Model):
    """One version of the definition of a return; it is never changed once it is there.

    Attributes:
        key: Name in addresses, the same for all its versions.
        said: `definitions.Said.as_json`.
        digest: SHA-256 of `said`, in hex.
        shipped: Whether it came with the house.
    """

    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=100)
    said = models.JSONField()
    digest = models.CharField(max_length=64)
    shipped = models.BooleanField(default=False)
    made_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_version_of_a_definition")]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """A return for one period: counted by the worker, checked, signed by three, then frozen.

    Attributes:
        no: 1, and one more for every correction of a signed one.
        slug: In addresses: `2026q3-1`.
        office: One of our own units whose numbers alone count; None for the whole house.
        as_of: The day that counted as today.
        done: Questions counted so far, of `of`.
        digest: SHA-256 over definition, measures, period and numbers, in hex; "" before it is counted.
        entry: The journal's entry that says so.
        explained: Number of a check → why it does not hold.
        why: Of a correction: why the edition before had to be corrected.
        differences: Of a correction: why single numbers are others, by line and column.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", pgettext_lazy("return", "Waits to be counted")
        COUNTING = "counting", pgettext_lazy("return", "Being counted")
        COUNTED = "counted", pgettext_lazy("return", "Counted")
        FILLED = "filled", pgettext_lazy("return", "Signed by who filled it in")
        REVIEWED = "reviewed", pgettext_lazy("return", "Reviewed")
        SIGNED = "signed", pgettext_lazy("return", "Signed")
        CANCELLED = "cancelled", pgettext_lazy("return", "Cancelled")
        FAILED = "failed", pgettext_lazy("return", "Could not be counted")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="editions")
    key = models.SlugField(max_length=60)
    slug = models.SlugField(max_length=40)
    no = models.PositiveIntegerField(default=1)
    since = models.DateField()
    until = models.DateField()
    office = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    entry = models.ForeignKey("journal.JournalEntry", models.PROTECT, null=True, related_name="+")
    explained = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    differences = models.JSONField(default=dict)
    filled_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    filled_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-until", "-since", "-no"]
        constraints = [models.UniqueConstraint(fields=["key", "slug"], name="one_slug_a_return")]

    def __str__(self) -> str:
        return f"{self.definition.title} {self.slug}"

    @property
    def is_frozen(self) -> bool:
        """Whether its numbers stand for good."""
        return self.state == self.State.SIGNED

    @property
    def is_counted(self) -> bool:
        """Whether it has numbers."""
        return self.state in {
            self.State.COUNTED,
            self.State.FILLED,
            self.State.REVIEWED,
            self.State.SIGNED,
        }


class Counted(models.Model):
    """The answer to one question of an edition, kept at once: a killed worker goes on after it.

    Attributes:
        question: `computing.Question.name`.
        measure_digest: Of the measure as it was defined when it was counted.
        cells: `measures.as_json`.
        restricted: The same of restricted matters alone, where facts are told: what their card does not say.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=200)
    measure_digest = models.CharField(max_length=64)
    cells: Any = models.JSONField(default=list)
    restricted: Any = models.JSONField(default=list)

    class Meta:
        ordering = ["question"]
        constraints = [models.UniqueConstraint(fields=["edition", "question"], name="one_answer_a_question")]
