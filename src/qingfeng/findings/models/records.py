"""Tables of records on their way: deliveries, work on them, watched folders, orders to delete."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Delivery(models.Model):
    """Files of records on their way in (到数): dropped in the browser, or found in a watched folder.

    The files lie in the home under `incoming/<pk>/` until they have come in, then they are removed.

    Attributes:
        request: The matter of kind `data_request` that they answer, if any.
        listed: What was asked for: {table: [columns]}; anything else stays at the gate. Empty for all.
        explained: What we think every file is (`screening.intake.preview`), once it was looked at.
        account: What came in (`Intake.as_json()`), once it did; no cell of a record is in it.
        batch: Name of the lake's batch, for deletion.
    """

    class State(models.TextChoices):
        """How far it is."""

        RECEIVING = "receiving", _("Being received")
        READY = "ready", _("Received, not yet read")
        IN = "in", _("In the lake")
        DISCARDED = "discarded", _("Discarded")
        DELETED = "deleted", _("Deleted for good")

    name = models.CharField(_("name of the delivery"), max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVING)
    request = models.ForeignKey("matters.Matter", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    is_watched = models.BooleanField(default=False)
    watched = models.ForeignKey(
        "findings.WatchedFolder", models.SET_NULL, null=True, related_name="deliveries"
    )
    listed = models.JSONField(default=dict)
    explained = models.JSONField(default=dict)
    mapping = models.TextField(blank=True)
    account = models.JSONField(default=dict)
    batch = models.CharField(max_length=60, blank=True)
    in_at = models.DateTimeField(null=True)
    deletion = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class DeliveredFile(models.Model):
    """One file of a delivery, received in pieces.

    Attributes:
        path: Relative to the delivery's folder, with "/"; never climbs out of it.
        size: Bytes announced.
        received: Bytes that lie on the disk.
        sha256: Of the whole file, once it is whole.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="files")
    path = models.CharField(max_length=400)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["delivery", "path"], name="one_path_a_delivery")]


class Job(models.Model):
    """Long work on records: looking at files, bringing them in, screening, deleting.

    It runs in a process of its own, so that its memory is bounded and it can be stopped; the
    page shows what the row says, before and after a reload.

    Attributes:
        asked: What was asked, for the work itself: plain values.
        phase: What is being done now, in the words of the work.
        total: Steps of the phase; None where nobody can know.
        said: Lines that stay.
        result: What came of it: plain values.
        problem: {"what", "where", "then"} of the error that ended it.
        beat_at: When the work last told of itself; a running job that is silent for long is begun anew.
    """

    class Kind(models.TextChoices):
        """What is done."""

        LOOK = "look", _("Look at files")
        IMPORT = "import", _("Bring files in")
        SCREEN = "screen", _("Screen records")
        FORGET = "forget", _("Delete records for good")
        REPLAY = "replay", _("Run a lead's rules again")
        TRY = "try", _("Try a rule on the history")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", pgettext_lazy("job", "Waiting")
        RUNNING = "running", pgettext_lazy("job", "Running")
        DONE = "done", pgettext_lazy("job", "Done")
        FAILED = "failed", pgettext_lazy("job", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    delivery = models.ForeignKey(Delivery, models.CASCADE, null=True, related_name="jobs")
    asked = models.JSONField(default=dict)
    asked_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=80, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    said = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="running", kind__in=("import", "screen", "forget")),
                name="one_job_at_the_lake",
            )
        ]


class Forgetting(models.Model):
    """An order to delete records for good (删除): asked by one person, confirmed by another.

    Attributes:
        batch: The lake's batch to go, or "".
        table: The table to go, where no batch is named.
        since: First day of the period, or None for all before `until`.
        until: Last day, inclusive, or None.
        under: The list or order that it is done under.
        record: The lake's record of the deletion, once it is done; never what the rows said.
    """

    class Standing(models.TextChoices):
        """How far it is."""

        ASKED = "asked", pgettext_lazy("deletion", "Waits for the second person")
        CONFIRMED = "confirmed", pgettext_lazy("deletion", "Confirmed")
        DECLINED = "declined", pgettext_lazy("deletion", "Declined")
        DONE = "done", pgettext_lazy("deletion", "Deleted for good")

    batch = models.CharField(max_length=60, blank=True)
    table = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    under = models.CharField(max_length=200)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.ASKED)
    asked_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="forgetting")
    record = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="nobody_confirms_their_own_deletion",
            )
        ]


class WatchedFolder(models.Model):
    """A folder of the home under `inbox/` into which others put files (监控文件夹).

    Attributes:
        name: Name of the folder; files that are whole become a delivery.
        request: The standing `data_request` that they answer, if any.
        screens: When records that came in are screened.
        listed: As `Delivery.listed`, for what comes here.
        looked_at: When the worker last looked.
        seen: Path to [size, time of change] of what lay there then; a file that stays so is whole.
        said: What it last found, one line.
    """

    class Screens(models.TextChoices):
        """When to screen."""

        NEVER = "never", pgettext_lazy("watched", "Not by itself")
        AT_ONCE = "at_once", pgettext_lazy("watched", "As soon as they have come in")
        NIGHTLY = "nightly", pgettext_lazy("watched", "In the night after")

    name = models.SlugField(max_length=60, unique=True)
    request = models.ForeignKey("matters.Matter", models.PROTECT, null=True, blank=True, related_name="+")
    listed = models.JSONField(default=dict)
    screens = models.CharField(max_length=10, choices=Screens, default=Screens.AT_ONCE)
    is_on = models.BooleanField(default=True)
    by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    seen = models.JSONField(default=dict)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
