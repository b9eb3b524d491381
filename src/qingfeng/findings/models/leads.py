"""Tables of what was found: screenings, leads, exceptions, what verifiers say of rules, draws."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TIERS = [
    ("A", _("Contradiction between records")),
    ("B", _("Departure from a rule")),
    ("C", _("Statistical; names no person")),
]
COLOURS = [
    ("red", pgettext_lazy("lead", "Red")),
    ("yellow", pgettext_lazy("lead", "Yellow")),
    ("blue", pgettext_lazy("lead", "Blue")),
    ("grey", pgettext_lazy("lead", "Grey")),
]


class Screening(models.Model):
    """One run of the rules, as the desk keeps it; its files lie in the home under `runs/<run>/`.

    Attributes:
        run: Id of the run, 16 hex digits; the same question over the same records has the same.
        as_of: The day that counted as today, or None.
        until: The last date in the records.
        leads: Number of leads by tier.
        other_uses: Rules that read data asked for other watches (`purposes.other_uses`).
    """

    run = models.CharField(max_length=16, unique=True)
    snapshot = models.CharField(max_length=80)
    as_of = models.DateField(null=True)
    until = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    findings = models.PositiveIntegerField(default=0)
    leads = models.JSONField(default=dict)
    other_uses = models.JSONField(default=list)
    is_newest = models.BooleanField(default=True)

    class Meta:
        ordering = ["-pk"]


class RuleRun(models.Model):
    """What one rule counted in one screening (`screening.run.outcome.RuleRun`)."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="rules")
    rule = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    watch = models.CharField(max_length=12)
    tier = models.CharField(max_length=1)
    version = models.CharField(max_length=80)
    ran = models.BooleanField()
    reason = models.JSONField(default=dict)  # {"en", "zh"} why it did not run
    table = models.CharField(max_length=40, blank=True)
    read = models.BigIntegerField(default=0)
    applicable = models.BigIntegerField(default=0)
    excluded = models.JSONField(default=dict)
    found = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["watch", "rule"]
        constraints = [models.UniqueConstraint(fields=["screening", "rule"], name="one_rule_a_screening")]


class RuleException(models.Model):
    """An exception (例外): what a rule finds there is not shown, for a stated reason and time.

    Proposed by one person, approved by another, at most twelve months, never for a rule of tier A.
    """

    class Standing(models.TextChoices):
        """Whether it holds."""

        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        ENDED = "ended", _("Ended early")

    rule = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=12)
    subject_key = models.CharField(max_length=200)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField()
    lead = models.ForeignKey("findings.Lead", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PROPOSED)
    proposed_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="nobody_approves_their_own_exception",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="exception_ends_after_it_begins"
            ),
        ]


class Lead(models.Model):
    """Findings on one subject, merged (线索前的疑点): a doubt, never guilt.

    Attributes:
        key: 16 hex digits over rules and evidence; a lead that grows gets a new one.
        rule: That of the heaviest finding; it gives tier, watch and title.
        factor: Class of the amount, 1 to 4.
        weight: Expected confirmed share x factor, by what verifiers have found of the rule so far.
        subject_key: As `leads.jsonl` has it; a person is unit·name·last four.
        subject_person: The person on record whom it names, where exactly one fits: for recusal.
        subject_name: The name that it names, for recusal by a declared relative; "" for no person.
        named: Every name that its findings say, as "、甲、乙、", or "": for recusal.
        post: Kind of the post of the person that it names (`prone.posts`), "" where nobody knows.
        unit: The unit on record of that name; None where the register of units knows another name only.
        content: 16 hex digits over its line in `leads.jsonl` but for the rank: whether anything changed.
        is_current: Whether the newest screening still has it; one that is gone stays for its matter.
        replaced_by: The lead that it has grown into.
        matter: The verification opened for it.
        excepted_by: The exception that hides it.
        drawn: The draw that chose it at random.
    """

    key = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=80)
    rule = models.CharField(max_length=60)
    rules = models.JSONField(default=list)
    tier = models.CharField(max_length=1, choices=TIERS)
    watch = models.CharField(max_length=12)
    colour = models.CharField(max_length=6, choices=COLOURS)
    points = models.PositiveSmallIntegerField()
    factor = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=7, decimal_places=5)
    subject_kind = models.CharField(max_length=12)
    subject_key = models.CharField(max_length=200)
    subject_name = models.CharField(max_length=40, blank=True)
    subject_person = models.ForeignKey(
        "organization.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    named = models.TextField(blank=True)
    post = models.CharField(max_length=10, blank=True)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, blank=True, related_name="leads")
    unit_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(null=True)
    month = models.DateField(null=True)  # first day of the month of `at`, for lists and charts
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    found = models.PositiveIntegerField(default=1)
    innocent = models.JSONField(default=list)
    verify = models.JSONField(default=list)
    arithmetic = models.JSONField(default=dict)
    snapshot = models.CharField(max_length=80)
    content = models.CharField(max_length=16, blank=True)
    first_seen = models.ForeignKey(Screening, models.PROTECT, related_name="+")
    last_seen = models.ForeignKey(Screening, models.PROTECT, related_name="+")
    first_seen_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="leads")
    excepted_by = models.ForeignKey(RuleException, models.SET_NULL, null=True, related_name="hides")
    drawn = models.ForeignKey("findings.Draw", models.SET_NULL, null=True, related_name="leads")

    class Meta:
        ordering = ["-weight", "-points", "key"]
        indexes = [
            models.Index(
                fields=["-weight", "-points", "key"], condition=Q(is_current=True), name="lead_by_rank"
            ),
            models.Index(fields=["watch", "-weight", "-points", "key"], name="lead_by_watch"),
            models.Index(fields=["unit", "-weight", "-points", "key"], name="lead_by_unit"),
            models.Index(fields=["rule", "-weight", "-points", "key"], name="lead_by_rule"),
            models.Index(fields=["subject_kind", "subject_key"], name="lead_by_subject"),
            models.Index(fields=["month"], name="lead_by_month"),
            models.Index(
                fields=["-amount", "key"],
                condition=Q(is_current=True, amount__isnull=False),
                name="lead_by_amount",
            ),
            models.Index(
                fields=["-at", "key"], condition=Q(is_current=True, at__isnull=False), name="lead_by_day"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class LeadFinding(models.Model):
    """One finding (疑点) of a lead, in the lead's order."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="findings")
    place = models.PositiveIntegerField()
    rule = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    tier = models.CharField(max_length=1)
    version = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    message = models.TextField()
    facts = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)  # [{"table", "file", "sheet", "row"}]

    class Meta:
        ordering = ["lead_id", "place"]
        constraints = [models.UniqueConstraint(fields=["lead", "place"], name="one_place_a_lead")]


class RuleStanding(models.Model):
    """What verifiers have found of a rule so far; kept up by `precision.refresh`.

    Attributes:
        counts: Verdict to number of findings labelled so.
        mean: Expected confirmed share, 0 to 1.
        low: Lower end of the 90 % interval.
        high: Upper end of it.
        is_watch_only: Whether it fell below the floor: found, and not handed out (journaled).
    """

    rule = models.CharField(max_length=60, unique=True)
    tier = models.CharField(max_length=1)
    counts = models.JSONField(default=dict)
    mean = models.DecimalField(max_digits=6, decimal_places=5)
    low = models.DecimalField(max_digits=6, decimal_places=5)
    high = models.DecimalField(max_digits=6, decimal_places=5)
    is_watch_only = models.BooleanField(default=False)
    since_at = models.DateTimeField()

    class Meta:
        ordering = ["rule"]


class Draw(models.Model):
    """A share of the week's leads, drawn at random so that precision is not learnt from favourites only.

    Attributes:
        week_on: Monday of the week.
        share: Per cent of the population.
        count: How many are drawn: the share, rounded up, and never more than the district can verify.
        checkpoint: The signed note of the journal whose root is the seed; published after `asked_at`.
        population: Keys of the leads that could be drawn, sorted; committed in the journal before.
        chosen: Keys that were drawn, in the order of the draw.
    """

    week_on = models.DateField(unique=True)
    share = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    population = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    after_size = models.BigIntegerField()
    checkpoint = models.TextField(blank=True)
    seed = models.CharField(max_length=64, blank=True)
    chosen = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-week_on"]
