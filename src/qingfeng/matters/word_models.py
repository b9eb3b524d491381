"""The table of own words: what was asked for, by whom, and who decided it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class OwnWords(models.Model):
    """One decision about the own words of a kind of matter; the newest in force holds, whole.

    Attributes:
        kind: Key of the mechanism.
        before: Place → language → word that held when it was asked for.
        after: The same as it shall be; empty gives every declared word back.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", pgettext_lazy("own words", "Waits for the second signature")
        IN_FORCE = "in_force", pgettext_lazy("own words", "In force")
        REPLACED = "replaced", pgettext_lazy("own words", "Replaced")
        DECLINED = "declined", pgettext_lazy("own words", "Not signed")
        TAKEN_BACK = "taken_back", pgettext_lazy("own words", "Taken back")

    kind = models.CharField(max_length=40, db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        """Order and what must hold."""

        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("kind",), condition=Q(state="asked"), name="one_word_change_waits"
            ),
            models.UniqueConstraint(
                fields=("kind",), condition=Q(state="in_force"), name="one_word_change_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
