"""Tables of typing: a sheet beside its scan, and its rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TypedSheet(models.Model):
    """One scan that is typed as rows of one table.

    Attributes:
        name: Names the file that is delivered: `录入-<key>-<name>.csv`.
        scan: The paper, as PDF or picture.
        table: Key of a declared table.
        columns: Keys of its columns that the paper has, in the order of the grid.
        by: Who types it.
        second: Who types the sample again; somebody else.
        sample: Numbers of the rows that are typed twice, drawn when the first entry is handed over.
        request: The data request that it answers, if any.
        delivery: What it became.
    """

    class State(models.TextChoices):
        """How far it is."""

        TYPING = "typing", _("Being typed")
        CHECKING = "checking", _("Sample to be typed again")
        SETTLING = "settling", _("Differences to be settled")
        DELIVERED = "delivered", pgettext_lazy("typing", "Delivered")

    name = models.CharField(_("name of the sheet"), max_length=80)
    scan = models.ForeignKey("documents.Attachment", models.PROTECT, related_name="+")
    table = models.CharField(max_length=40)
    columns = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.TYPING)
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    second = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    sample = models.JSONField(default=list)
    request = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")
    delivery = models.ForeignKey("findings.Delivery", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(second=None) | ~models.Q(second=models.F("by")),
                name="nobody_types_their_own_sample",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TypedRow(models.Model):
    """One row of a sheet.

    Attributes:
        no: Place in the sheet, from 1; line `no + 1` of the file that is delivered.
        page: Page of the scan on which it stands, from 1.
        cells: Column to text, as typed.
        again: As typed by the second person, for a row of the sample.
    """

    sheet = models.ForeignKey(TypedSheet, models.CASCADE, related_name="rows")
    no = models.PositiveIntegerField()
    page = models.PositiveSmallIntegerField(default=1)
    cells = models.JSONField(default=dict)
    again = models.JSONField(null=True)

    class Meta:
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["sheet", "no"], name="one_row_a_place")]
