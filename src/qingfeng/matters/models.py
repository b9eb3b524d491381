"""Tables of the kernel. Only this floor writes them, and only through its doors."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.matters import key_models, word_models  # noqa: F401 - Django finds tables through this module
from qingfeng.matters.vocabulary import Confidentiality

LEVELS = [
    (Confidentiality.ORDINARY.value, _("Ordinary")),
    (Confidentiality.INTERNAL.value, _("Internal")),
    (Confidentiality.RESTRICTED.value, _("Restricted")),
]


class Declaration(models.Model):
    """A version of a mechanism under which matters were opened; its digest must never change."""

    mechanism = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism", "version"], name="one_digest_a_version")]


class Matter(models.Model):
    """Anything an office must carry to an end (事项).

    Attributes:
        standing: Whether it counts: a voided matter keeps its number, a merged one points on.
        facts: Latest value of every fact, by key; sealed fields are not among them.
        revision: Grows by one with every change; a form that saw an older one is told what changed.
        light: Worst light of the running clocks as of `light_on`: green, yellow, red or "".
    """

    class Standing(models.TextChoices):
        """Whether a matter counts."""

        VALID = "valid", _("Valid")
        VOID = "void", _("Void")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged")

    mechanism = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    number = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.VALID)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    confidentiality = models.CharField(max_length=12, choices=LEVELS, default=Confidentiality.INTERNAL.value)
    owner = models.ForeignKey("organization.Unit", models.PROTECT, related_name="matters")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    due_on = models.DateField(null=True)
    taken_over = models.BooleanField(default=False)
    takeover_batch = models.ForeignKey(
        "matters.TakeoverBatch", models.PROTECT, null=True, related_name="matters"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism", "slug"], name="one_slug_a_mechanism")]
        indexes = [
            models.Index(fields=["mechanism", "stage", "due_on"], name="matter_by_stage"),
            models.Index(fields=["owner", "mechanism", "is_open"], name="matter_by_owner"),
            models.Index(fields=["due_on"], condition=Q(is_open=True), name="matter_by_due"),
            models.Index(fields=["-opened_at"], name="matter_by_opening"),
            models.Index(fields=["mechanism", "is_open", "due_on", "id"], name="matter_list_by_due"),
            models.Index(fields=["mechanism", "opened_at", "id"], name="matter_list_by_number"),
            models.Index(fields=["mechanism", "title", "id"], name="matter_list_by_title"),
            models.Index(fields=["mechanism", "opened_on"], name="matter_by_day"),
        ]

    def __str__(self) -> str:
        return self.number


class Party(models.Model):
    """A person or unit with a role on a matter; one that has left keeps its line with `until_at`.

    Attributes:
        told_at: Since when a unit knows of the matter (`Role.told_by`); None as long as it does not.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=40)
    person = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="parts")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="parts")
    is_subject = models.BooleanField(default=False)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True), name="a_person_or_a_unit"
            )
        ]
        indexes = [
            models.Index(fields=["person", "matter"], condition=Q(until_at=None), name="party_by_person"),
            models.Index(fields=["unit", "matter"], condition=Q(until_at=None), name="party_by_unit"),
            models.Index(fields=["matter", "role"], name="party_by_matter"),
        ]


class Performance(models.Model):
    """An act that was performed: the story of a matter, never changed, never deleted.

    Attributes:
        act: Key of the declaration, or `kernel.…` for what every matter can do.
        by: Who acted; `for_person` is whom they stood in for (代办), or who signed on paper.
        entered: Facts as entered; sealed values stand in `Sealed` only.
        key: Idempotency key; the same one acts once.
        paper: The signed sheet, for an act on paper.
        undone_by: The correction that took its effect back, if any.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="story")
    no = models.PositiveIntegerField()
    act = models.CharField(max_length=40)
    by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    for_person = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    as_role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40)
    entered = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    key = models.CharField(max_length=64, null=True, unique=True)
    on_paper = models.BooleanField(default=False)
    paper_on = models.DateField(null=True)
    meeting = models.ForeignKey("matters.Meeting", models.PROTECT, null=True, related_name="decided")
    undone_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="undoes")
    entry = models.ForeignKey("journal.JournalEntry", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["matter_id", "no"]
        constraints = [models.UniqueConstraint(fields=["matter", "no"], name="one_number_in_a_story")]
        indexes = [
            models.Index(fields=["by", "-at"], name="performance_by_person"),
            models.Index(fields=["act", "at"], name="performance_by_act"),
        ]


class LedgerLine(models.Model):
    """One line of a ledger (台账); its changes stand in the story."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="lines")
    ledger = models.CharField(max_length=40)
    no = models.PositiveIntegerField()
    state = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    is_done = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["matter_id", "ledger", "no"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "ledger", "no"], name="one_number_in_a_ledger")
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(is_done=False), name="line_by_due"),
            models.Index(fields=["ledger", "entered_at"], name="line_by_day"),
        ]


class ClockRun(models.Model):
    """One run of a clock, with the working of its due date.

    Attributes:
        working: `counting.Working.as_json()`; every version that it replaced stands in `earlier`.
        met: Whether it was stopped on or before its due date; None while it runs.
    """

    class State(models.TextChoices):
        """Whether a clock counts."""

        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_on = models.DateField()
    due_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    met = models.BooleanField(null=True)
    working = models.JSONField()
    earlier = models.JSONField(default=list)
    told = models.JSONField(default=list)  # reminders that went out: ["yellow", "due", "over:1"]

    class Meta:
        ordering = ["matter_id", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state="running"), name="clock_by_due"),
            models.Index(fields=["matter", "key"], name="clock_by_matter"),
            models.Index(fields=["key", "due_on"], name="clock_by_day"),
        ]


class MatterLink(models.Model):
    """A link between two matters; one that was taken away keeps its line with `until_at`."""

    kind = models.CharField(max_length=40)
    source = models.ForeignKey(Matter, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Matter, models.CASCADE, related_name="links_in")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "target"], condition=Q(until_at=None), name="one_link_of_a_kind"
            )
        ]


class MatterSlip(models.Model):
    """A slip that an act printed."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="slips")
    performance = models.ForeignKey(Performance, models.PROTECT, related_name="slips")
    key = models.CharField(max_length=60)
    slip = models.ForeignKey("documents.Slip", models.PROTECT, related_name="+")


class MatterFile(models.Model):
    """An attachment of an act or of a ledger line."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="files")
    performance = models.ForeignKey(Performance, models.PROTECT, null=True, related_name="files")
    line = models.ForeignKey(LedgerLine, models.PROTECT, null=True, related_name="files")
    field = models.CharField(max_length=40)
    attachment = models.ForeignKey("documents.Attachment", models.PROTECT, related_name="+")


class Interference(models.Model):
    """Somebody asked about or spoke for a matter (过问登记). Cannot be edited or deleted.

    Law:
        监察法 Art. 66
    """

    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="interferences")
    about = models.CharField(max_length=200)
    who = models.CharField(max_length=200)
    what = models.TextField()
    happened_on = models.DateField()
    registered_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()


class BreakGlass(models.Model):
    """Emergency access: a reason, an end, and a review by somebody else."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="broken_glass")
    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reviewer = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review = models.TextField(blank=True)
    was_right = models.BooleanField(null=True)


class RecusalDecision(models.Model):
    """A recusal that was asked for or decided, besides those that are computed.

    Attributes:
        person: Who stays away; None where it is a room.
        unit: A room of ours: whoever holds a post in it or below it stays away, as posts are when they look.

    Law:
        监察法 Art. 67; 信访工作条例 Art. 28
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="recusals")
    person = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    ground = models.TextField()
    decided_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)


class Awaiting(models.Model):
    """An act that waits for its second signer; nothing has happened yet."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="awaiting")
    act = models.CharField(max_length=40)
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    as_role = models.CharField(max_length=40)
    entered = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    files = models.JSONField(default=list)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    key = models.CharField(max_length=64, null=True, unique=True)
    ended = models.CharField(max_length=20, blank=True)  # confirmed, declined, overtaken


class Meeting(models.Model):
    """A meeting that decides many matters: agenda, attendance, minutes."""

    name = models.CharField(max_length=200)
    held_on = models.DateField()
    chair = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    attendance = models.JSONField(default=list)
    agenda = models.JSONField(default=list)
    minutes = models.TextField(blank=True)
    minutes_file = models.ForeignKey("documents.Attachment", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class TakeoverBatch(models.Model):
    """Matters already under way that were taken over (接管) from a sheet."""

    mechanism = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rejects = models.JSONField(default=list)
    withdrawing_since = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Notice(models.Model):
    """Something a person is told in the site; it carries no content of the matter."""

    person = models.ForeignKey("organization.Person", models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    shown_from = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "read_at", "-at"], name="notice_by_person")]


class ReadMark(models.Model):
    """Who read a restricted matter and when; one line for each person, matter and day."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="reads")
    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    first_at = models.DateTimeField()
    way = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "person", "on", "way"], name="one_read_a_day")
        ]
