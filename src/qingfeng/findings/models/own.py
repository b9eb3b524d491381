"""Tables of the district's own rules: written from a trace, tried, put into use by somebody else."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OwnRule(models.Model):
    """A rule of the district (区级规则), beside those of the house; what it asks stands in its versions.

    Attributes:
        rule: Its id, unlike any of the house.
        origin: A known rule with other thresholds, or a query of its own.
        base: The rule that it varies, "" for a query of its own.
        card: The pattern card whose trace it is.
    """

    class Origin(models.TextChoices):
        """Where it comes from."""

        VARIANT = "variant", _("A known rule with other thresholds")
        QUERY = "query", _("A query of its own")

    rule = models.SlugField(max_length=60, unique=True)
    origin = models.CharField(max_length=8, choices=Origin)
    base = models.CharField(max_length=60, blank=True)
    card = models.ForeignKey("matters.Matter", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["rule"]

    def __str__(self) -> str:
        return self.rule


class OwnVersion(models.Model):
    """One text of a rule of the district; it never changes, another text is another version.

    Attributes:
        text: The rule's file, whole.
        cases: Its cases; those of its base for a variant.
        params: Name to what was entered, for a variant.
        reason: Why it is needed, in the author's words.
        job: The newest trial of it.
        tried: What the trial found (`own_trial`); empty before it.
        unfit: Why the newest screening could not use it, "" where it could.
    """

    class Standing(models.TextChoices):
        """How far it is."""

        WRITTEN = "written", pgettext_lazy("own rule", "Written")
        PROPOSED = "proposed", pgettext_lazy("own rule", "Waits for the second signer")
        IN_USE = "in_use", pgettext_lazy("own rule", "In use")
        DECLINED = "declined", pgettext_lazy("own rule", "Declined")
        REPLACED = "replaced", pgettext_lazy("own rule", "Replaced by a newer version")
        RETIRED = "retired", pgettext_lazy("own rule", "Taken out of use")

    own = models.ForeignKey(OwnRule, models.CASCADE, related_name="versions")
    no = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    cases = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    reason = models.TextField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.WRITTEN)
    author = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    job = models.ForeignKey("findings.Job", models.SET_NULL, null=True, related_name="+")
    tried = models.JSONField(default=dict)
    tried_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    why_ended = models.TextField(blank=True)
    unfit = models.TextField(blank=True)

    class Meta:
        ordering = ["own", "-no"]
        constraints = [
            models.UniqueConstraint(fields=["own", "no"], name="one_number_a_version"),
            models.UniqueConstraint(
                fields=["own"], condition=Q(standing="in_use"), name="one_version_in_use"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("author")),
                name="nobody_puts_their_own_rule_into_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.own_id}-{self.no}"
