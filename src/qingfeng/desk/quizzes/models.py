"""The table of answers while a quiz is open: sums only. Who answered, and when, stands in no column."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """How often one question was answered, and answered right, by people of one kind of office.

    Attributes:
        question_no: Number of the question in the quiz; 0 for the sheets themselves (`asked` counts them).
        asked: Sheets on which it was answered.
        right: Of these right.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="tallies")
    phase = models.CharField(max_length=6)
    office_kind = models.CharField(max_length=12)
    question_no = models.PositiveSmallIntegerField()
    asked = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "phase", "office_kind", "question_no"], name="one_tally_of_a_question"
            )
        ]
