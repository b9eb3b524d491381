"""The journal's tables. Only `store` and `publisher` write them; an entry is never changed or deleted."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _

from qingfeng.journal.entry import read_entry
from qingfeng.journal.errors import Refused


class Log(models.TextChoices):
    """The logs: what the house does, what it has published, what came in at its public counter."""

    INTERNAL = "internal", _("Internal log")
    PUBLIC = "public", _("Public log")
    COUNTER = "counter", _("Log of the public counter")


def _refuse() -> NoReturn:
    raise Refused(
        "An entry of the journal is neither changed nor deleted.",
        then="Append another entry; personal values are erased with qingfeng.journal.store.erase.",
    )


class EntryQuerySet(models.QuerySet["JournalEntry"]):
    """Entries; nothing here changes one."""

    def update(self, **_changes: Any) -> int:
        """Refuse."""
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        _refuse()

    def with_places(self) -> EntryQuerySet:
        """Ask for every row's index along with the rows, for lists."""
        return self.annotate(place=Subquery(_places(OuterRef("log"), OuterRef("pk"))))


def _places(log: Any, row: Any) -> models.QuerySet[Any, Any]:
    """Return the one place of a row, or none: of the stretches that begin no later, the last may hold it."""
    nearest = JournalStretch.objects.filter(log=log, first_id__lte=row).order_by("-first_id")
    here = When(last_id__gte=row, then=F("start") + row - F("first_id"))
    return nearest.values_list(Case(here, output_field=models.BigIntegerField()), flat=True)[:1]


class JournalEntry(models.Model):
    """One entry (存证条目).

    `body` is what counts: the canonical bytes that the tree holds. The columns repeat it, so that
    it can be found; `journal verify` compares them. Its place in the tree stands in `JournalStretch`.
    """

    log = models.CharField(max_length=8, choices=Log)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    body = models.BinaryField()
    leaf_hash = models.BinaryField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["log", "id"], name="journal_by_log"),
            models.Index(
                fields=["subject", "id"], name="journal_by_subject", condition=~models.Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log}/{'…' if self.index is None else self.index} {self.kind} {self.subject}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; refuse to change one."""
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        _refuse()

    @property
    def index(self) -> int | None:
        """Where the entry stands in its log; None until it is published. Asked for once, unless it waits."""
        known: int | None = self.__dict__.get("place")
        if known is None and "place" not in self.__dict__:
            known = _places(self.log, self.pk).first()
            if known is not None:
                self.__dict__["place"] = known
        return known

    @property
    def said(self) -> dict[str, Any]:
        """What the entry says, as JSON has it."""
        return read_entry(bytes(self.body))


class JournalStretch(models.Model):
    """Entries whose rows follow one another and stand one behind another in the tree.

    Giving 65,536 rows their places is one narrow row here, where their numbers have no gap; a column
    in the wide rows themselves would write each of them, and its index entries, anew.

    Attributes:
        start: Index of the first entry.
        first_id: Its row.
        last_id: The last entry's row; there are as many entries as row numbers.
    """

    log = models.CharField(max_length=8, choices=Log)
    start = models.BigIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "start"], name="journal_one_stretch_a_place"),
            models.UniqueConstraint(fields=["log", "first_id"], name="journal_one_stretch_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.log}/{self.start}: rows {self.first_id}-{self.last_id}"


class JournalSecret(models.Model):
    """What opens one commitment of an entry; `value` and `salt` can be erased, the rest stays."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="secrets")
    name = models.CharField(max_length=80)
    commitment = models.CharField(max_length=64)
    value = models.TextField(null=True)
    salt = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="journal_one_secret_a_name")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class JournalTally(models.Model):
    """How many entries one database connection has appended to a log.

    Written in the same transaction as the entries: the sum over all connections is the number of
    entries there must be, whatever was rolled back. Each connection has a row of its own, so that
    writers do not wait for one another.
    """

    log = models.CharField(max_length=8, choices=Log)
    slot = models.BigIntegerField()
    appended = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "slot"], name="journal_one_tally_a_slot")]

    def __str__(self) -> str:
        return f"{self.log}/{self.slot}: {self.appended}"


class JournalState(models.Model):
    """How far a log is published.

    Attributes:
        clock_id: The newest entry whose clock was looked at.
        clock_at: What that clock said.
        anchored_size: Public log only: size of the internal log that was anchored last.
        anchored_at: When that was.
    """

    log = models.CharField(max_length=8, choices=Log, primary_key=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField()
    clock_id = models.BigIntegerField(default=0)
    clock_at = models.DateTimeField(null=True)
    anchored_size = models.BigIntegerField(default=0)
    anchored_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.log}: {self.size}"


class JournalCheckpoint(models.Model):
    """A signed checkpoint (检查点), with the signatures that witnesses have added since."""

    log = models.CharField(max_length=8, choices=Log)
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()
    witnessed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="journal_one_checkpoint_a_size")]

    def __str__(self) -> str:
        return f"{self.log}@{self.size}"


class AlarmCode(models.TextChoices):
    """Why the publisher stopped, or what it noticed."""

    GAP = "gap", _("Entries are missing or did not come through the door")
    ROW = "row", _("An entry in the database was changed")
    ROOT = "root", _("Tiles and signed checkpoint do not fit")
    SHRUNK = "shrunk", _("The journal is older than what was signed")
    FORKED = "forked", _("Two different journals under one key")
    KEY = "key", _("The signing key is missing or another one")
    CLOCK = "clock", _("The clock went backwards")


class JournalAlarm(models.Model):
    """An alarm: what, where, what to do next; the same one again is counted, not repeated."""

    log = models.CharField(max_length=8, choices=Log)
    code = models.CharField(max_length=8, choices=AlarmCode)
    what = models.TextField()
    where = models.TextField(blank=True)
    then = models.TextField(blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["log", "code"], name="journal_alarms_open")]

    def __str__(self) -> str:
        return f"{self.log} {self.code}: {self.what}"
