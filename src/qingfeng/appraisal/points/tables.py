"""Tables of the 100-point assessment; only this package writes them.

No column holds where somebody was, what they had on a screen, when they signed in or what they clicked, and
none counts leads, cases, petitions or people (`docs/decisions/0035`).
"""

# ruff: noqa: RUF012, D106, DJ008 - as in every models.py: Django's Meta, rows nobody shows
from __future__ import annotations

from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAILY, QUARTER, HALF, YEAR = "daily", "quarter", "half", "year"
QUARTERS = ("q1", "q2", "q3", "q4")
PERSON, UNIT = "person", "unit"
POINTS = {"max_digits": 6, "decimal_places": 2}


class Period(models.TextChoices):
    """The parts of a year (一年四期), quarters one by one."""

    DAILY = "daily", pgettext_lazy("points", "Daily record")
    Q1 = "q1", _("First quarter")
    Q2 = "q2", _("Second quarter")
    Q3 = "q3", _("Third quarter")
    Q4 = "q4", _("Fourth quarter")
    HALF = "half", _("Half-year summary")
    YEAR = "year", _("Year")


class Kind(models.TextChoices):
    """Classes of people and of units; each is assessed among its like."""

    MIDDLE = "middle", pgettext_lazy("points", "Heads of departments")
    STAFF = "staff", pgettext_lazy("points", "Staff")
    ROOM = "room", _("Internal room")
    RESIDENT = "resident", _("Resident team")
    TOWNSHIP = "township", _("Township commission")
    INSPECTION = "inspection", _("Inspection team")
    ENTERPRISE = "enterprise", _("Discipline office of an enterprise")

    @property
    def of(self) -> str:
        """Whether people or units are of this class."""
        return PERSON if self in {Kind.MIDDLE, Kind.STAFF} else UNIT


class Scheme(models.Model):
    """A yearly version of how it is assessed (考核办法); frozen once it is in force.

    Attributes:
        rule_made: Number of the matter that keeps it as a rule, or "".
        periods: `{"daily": 20, "quarter": 10, "half": 10, "year": 30}`; a quarter counts four times.
        bonus_max: Most points of all bonuses together.
        deduction_max: Most points of all deductions together.
        vetoes: `{"key", "words"}` each: what leads to the lowest grade whatever the points.
        limits: Least points of a grade: `{"excellent", "competent", "basic"}`.
        quota: Per cent that may be excellent at most.
        trial: What the trial run on the year before said, as `trial.run`; None until there was one, and
            again after every change.
        digest: SHA-256 of its canonical JSON, hex; told in the journal when it is put in force.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("points", "Draft")
        IN_FORCE = "in_force", pgettext_lazy("points", "In force")
        REPLACED = "replaced", pgettext_lazy("points", "Replaced")

    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    rule_made = models.CharField(max_length=60, blank=True)
    periods = models.JSONField()
    bonus_max = models.PositiveSmallIntegerField(default=5)
    deduction_max = models.PositiveSmallIntegerField(default=10)
    vetoes = models.JSONField(default=list)
    limits = models.JSONField(default=dict)
    quota = models.PositiveSmallIntegerField(default=20)
    trial = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    forced_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    forced_on = models.DateField(null=True)

    class Meta:
        ordering = ("-year", "-version")
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="one_version_of_a_scheme"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="in_force"), name="one_scheme_in_force_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT


class Indicator(models.Model):
    """One indicator of a scheme (考核指标).

    Attributes:
        key: Unique in its scheme.
        classes: Of `Kind`; all people or all units where it is empty.
        period: `daily`, `quarter` (each of the four), `half` or `year`.
        formula: Over named readings, as `formula.parse` takes it; "" for a judged one.
        most: Points at most.
        evidence: What must be shown, in words.
    """

    class By(models.TextChoices):
        """Where its points come from."""

        FORMULA = "formula", pgettext_lazy("points", "Formula")
        JUDGED = "judged", pgettext_lazy("points", "Judged")

    class Of(models.TextChoices):
        """Whose indicator it is."""

        PERSON = "person", pgettext_lazy("points", "People")
        UNIT = "unit", pgettext_lazy("points", "Rooms and teams")

    class Each(models.TextChoices):
        """In which period it is read."""

        DAILY = "daily", pgettext_lazy("points", "Daily record")
        QUARTER = "quarter", _("Each quarter")
        HALF = "half", _("Half-year summary")
        YEAR = "year", _("Year")

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="indicators")
    place = models.PositiveSmallIntegerField(default=0)
    key = models.SlugField(max_length=40)
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    of = models.CharField(max_length=6, choices=Of)
    classes = models.JSONField(default=list, blank=True)
    period = models.CharField(max_length=8, choices=Each)
    by = models.CharField(max_length=8, choices=By)
    formula = models.CharField(max_length=200, blank=True)
    most = models.DecimalField(**POINTS)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="one_indicator_of_a_key")]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def is_judged(self) -> bool:
        """Whether people judge it."""
        return self.by == self.By.JUDGED

    def holds_for(self, kind: str) -> bool:
        """Return whether it is for a class."""
        return kind in self.classes if self.classes else Kind(kind).of == self.of

    @property
    def in_periods(self) -> tuple[str, ...]:
        """Periods in which it is read."""
        return QUARTERS if self.period == QUARTER else (self.period,)


class ScoreSheet(models.Model):
    """The year of a person or of a unit under a scheme (年度考核表).

    Attributes:
        unit: The unit that is assessed, or the one the person belongs to on the day it was laid out.
        post: Title of the person's post; "" for a unit.
        version: Grows with every recalculation after an appeal.
        final_on: Since when all periods are closed and the first result stands.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="sheets")
    person = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.CharField(max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    final_on = models.DateField(null=True)

    class Meta:
        ordering = ("unit__path", "kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "person"], condition=Q(person__isnull=False), name="one_sheet_a_person"
            ),
            models.UniqueConstraint(
                fields=["scheme", "unit"], condition=Q(person__isnull=True), name="one_sheet_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person if self.person_id else self.unit)

    @property
    def subject(self) -> str:
        """Key of whose sheet it is: `person:12` or `unit:7`."""
        return f"person:{self.person_id}" if self.person_id else f"unit:{self.unit_id}"

    @property
    def of(self) -> str:
        """Whether it is of a person or of a unit."""
        return PERSON if self.person_id else UNIT


class Part(models.Model):
    """One period of a sheet: the own statement, and since when it is closed.

    Attributes:
        statement: What the person, or the head of the unit, wrote about the period (自评).
        unsaid_because: Why there is none, where it was explained.
        closed_on: Since when its scores stand.
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="parts")
    period = models.CharField(max_length=5, choices=Period)
    statement = models.TextField(blank=True)
    handed_on = models.DateField(null=True)
    unsaid_because = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["sheet", "period"], name="one_part_a_period")]


class Score(models.Model):
    """What one indicator gave in one period: read by its formula, or judged by one person.

    Attributes:
        version: Version of the sheet from which it counts, until a later one of the same replaces it.
        value: Points; None where a formula found nothing to read.
        inputs: Reading → `{"value", "count"}` as they were read; empty for a judged one.
        evidence: What it rests on: `clock:12`, `daily:5`, `matter:…`, or words of a paper.
        by: Who judged; None for a formula.
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="scores")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="scores")
    period = models.CharField(max_length=5, choices=Period)
    version = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(null=True, **POINTS)
    inputs = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    evidence = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("indicator__place", "period", "version", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "indicator", "period", "version", "by"],
                condition=Q(by__isnull=False),
                name="one_judgement_each",
            ),
            models.UniqueConstraint(
                fields=["sheet", "indicator", "period", "version"],
                condition=Q(by__isnull=True),
                name="one_reading_each",
            ),
        ]


class Mark(models.Model):
    """A bonus, a deduction or a veto; proposed by one, decided by another (加分、减分、否决).

    Attributes:
        points: More than 0; 0 for a veto.
        veto: Key of the scheme's veto.
        journal_seq: Index in the internal log of the entry a deduction or veto stands on; None for a bonus.
        evidence: What a bonus stands on, in words or by number.
        version: Version of the sheet from which it counts.
        until_version: Version from which it counts no more, None while it stands.
        struck_because: Why an appeal struck it.
        answer: What the person says to it.
    """

    class Of(models.TextChoices):
        """What it is."""

        BONUS = "bonus", pgettext_lazy("points", "Bonus")
        DEDUCTION = "deduction", pgettext_lazy("points", "Deduction")
        VETO = "veto", pgettext_lazy("points", "Veto")

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", pgettext_lazy("points", "Proposed")
        STANDING = "standing", pgettext_lazy("points", "Counts")
        DECLINED = "declined", pgettext_lazy("points", "Declined")

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="marks")
    of = models.CharField(max_length=9, choices=Of)
    points = models.DecimalField(default=Decimal(0), **POINTS)
    veto = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300)
    evidence = models.CharField(max_length=200, blank=True)
    journal_seq = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    version = models.PositiveSmallIntegerField(default=1)
    until_version = models.PositiveSmallIntegerField(null=True)
    struck_because = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(of="bonus") | Q(journal_seq__isnull=False), name="a_deduction_cites_its_entry"
            )
        ]


class Settled(models.Model):
    """A result as it was settled: version by version, never changed.

    Attributes:
        total: As `Total.as_json()`.
        because: Why it was settled: at the close, or the appeal.
        second: Who decided an appeal with `by`.
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="settled")
    version = models.PositiveSmallIntegerField()
    total = models.JSONField()
    because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ("version",)
        constraints = [models.UniqueConstraint(fields=["sheet", "version"], name="one_result_a_version")]


class BoardOfPoints(models.Model):
    """What leaders are shown of a class: worked out once, when every sheet of it was final."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="boards")
    kind = models.CharField(max_length=10, choices=Kind)
    told = models.JSONField()
    made_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "kind"], name="one_board_a_class")]


class EarlierPoints(models.Model):
    """A result of an earlier year that came about elsewhere (往年考核结果); nothing is computed from it.

    Attributes:
        grade: Of `grades.ORDER`, or "" where none is known.
    """

    year = models.PositiveSmallIntegerField()
    person = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(**POINTS)
    grade = models.CharField(max_length=10, blank=True)
    kept_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    kept_on = models.DateField()

    class Meta:
        ordering = ("-year", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True), name="an_earlier_person_or_unit"
            ),
            models.UniqueConstraint(
                fields=["year", "person"], condition=Q(person__isnull=False), name="one_earlier_a_person"
            ),
            models.UniqueConstraint(
                fields=["year", "unit"], condition=Q(unit__isnull=False), name="one_earlier_a_unit"
            ),
        ]
