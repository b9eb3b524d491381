"""Tables that prone areas (易发区) are counted with: units as the register of records has them, exposures."""

from __future__ import annotations

from django.db import models


class UnitOnRecord(models.Model):
    """A unit of the register of records: its kind and place; written anew with the exposures.

    Attributes:
        name: The registered name, as leads have it.
        unit: The unit on record of the office that goes by that name.
        kind: Kind of unit in the register's own word, "" where it says none.
        place: The town or street that it lies in, "" for the district itself.
        lon: Longitude of its seat, WGS-84.
        lat: Latitude of its seat.
    """

    name = models.CharField(max_length=100, unique=True)
    unit = models.ForeignKey("organization.Unit", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=60, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Exposure(models.Model):
    """How much of a kind of expense a unit has in a month: what its findings are compared with.

    Attributes:
        unit_name: As the records name it; `unit` where the register of the office knows that name.
        expense: Kind of expense (`prone.kinds`); "" marks that a screening has been counted: its key is
            the amount.
        post: Kind of post, where the exposure is staff; "" otherwise, and where the title says none.
        month: First day of the month; None for rows without a time.
        amount: Vehicles, receptions, invoices, staff or rows, as the kind of expense counts.
    """

    unit = models.ForeignKey("organization.Unit", models.CASCADE, null=True, related_name="+")
    unit_name = models.CharField(max_length=100)
    expense = models.CharField(max_length=20, blank=True)
    post = models.CharField(max_length=10, blank=True)
    month = models.DateField(null=True)
    amount = models.BigIntegerField()
    snapshot = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["month", "expense"], name="exposure_by_month")]
