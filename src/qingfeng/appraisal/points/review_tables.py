"""The table of appeals as they are being decided (申诉复核)."""

# ruff: noqa: RUF012, D106, DJ008 - as in every models.py: Django's Meta, rows nobody shows
from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from qingfeng.appraisal.points.tables import ScoreSheet


class Review(models.Model):
    """What two would change on a sheet after an appeal; nothing counts before both have signed.

    Attributes:
        version: Version of the sheet that is appealed against.
        because: Why, as the person will read it.
        judged: `{"indicator", "period", "value", "evidence", "why"}` each: judgements to be replaced.
        struck: `{"mark", "why"}` each: marks that are to count no more.
        total: What the first signer saw would come of it, as `Total.as_json()`; None until then.
        remark: Why the second sent it back, "" otherwise.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("review", "Being examined")
        SIGNED = "signed", pgettext_lazy("review", "Signed by one")
        SETTLED = "settled", pgettext_lazy("review", "Signed by two")
        DROPPED = "dropped", pgettext_lazy("review", "Left")

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    because = models.CharField(max_length=300, blank=True)
    judged = models.JSONField(default=list)
    struck = models.JSONField(default=list)
    total = models.JSONField(null=True)
    begun_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    begun_on = models.DateField()
    signed_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(state__in=("draft", "signed")), name="one_open_review_a_sheet"
            ),
            models.CheckConstraint(
                condition=~Q(signed_by=models.F("second_by")), name="a_review_is_signed_by_two"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is not signed by both, nor left."""
        return self.state in {self.State.DRAFT, self.State.SIGNED}
