"""What an installation remembers of others: who they are, what went out, what came in.

Nothing here points to matters: the same tables serve the counter's own machine, where there are none.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.sealing.cards import Card

OFFICE, COUNTER = "office", "counter"
A_COUNTER = 10**9  # numbers that one counter has room for


class End(models.TextChoices):
    """Which of the two ends of one house; on a machine of its own the counter has only the second."""

    OFFICE = "office", _("Office")
    COUNTER = "counter", _("Counter")


class Correspondent(models.Model):
    """Another installation (往来单位).

    Attributes:
        end: Which of our ends knows it.
        unit: Name of the unit in this house that it stands for; acts address it by that unit.
        inbox: Folder that its packages are looked for in; "" for the home's own.
        outbox: Folder that packages to it are put in; "" for the home's own.
        is_beside: It is the other end of this very house; the worker hands packages over.
    """

    class Kind(models.TextChoices):
        """What it is to us."""

        SUPERIOR = "superior", _("Superior commission")
        SUBORDINATE = "subordinate", _("Subordinate commission")
        PARTNER = "partner", _("Partner body")
        COUNTER = "counter", _("Our public counter")
        OFFICE = "office", _("The office behind the counter")

    end = models.CharField(max_length=8, choices=End, default=End.OFFICE)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("what it is to us"), max_length=12, choices=Kind)
    unit = models.CharField(_("unit in this house"), max_length=100, blank=True)
    inbox = models.CharField(max_length=300, blank=True)
    outbox = models.CharField(max_length=300, blank=True)
    is_beside = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["end", "name"], name="exchange_one_correspondent_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CorrespondentKeys(models.Model):
    """The keys of a correspondent: proposed by one person, confirmed by another who compared fingerprints.

    Of several confirmed ones the newest is sealed to; older ones verify until the first package that the
    newer ones signed.
    """

    correspondent = models.ForeignKey(Correspondent, models.PROTECT, related_name="keys")
    key_id = models.CharField(max_length=16)
    verify = models.BinaryField()
    seal = models.BinaryField()
    log = models.TextField(blank=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["correspondent", "key_id"], name="exchange_keys_once"),
        ]

    def __str__(self) -> str:
        return f"{self.correspondent} {self.key_id}"

    @property
    def card(self) -> Card:
        """The card that was added."""
        return Card(self.correspondent.name, bytes(self.verify), bytes(self.seal), self.log)


class Stream(models.Model):
    """A row of packages to and from one correspondent, numbered without a gap in each direction.

    Attributes:
        log_size: Of a counter: how many entries of its log have come here.
        log_peaks: Hashes of the peaks of that tree, hex, from left to right.
        log_note: The newest checkpoint of it that came.
    """

    correspondent = models.ForeignKey(Correspondent, models.PROTECT, related_name="streams")
    name = models.CharField(max_length=20)
    sent_number = models.PositiveIntegerField(default=0)
    sent_digest = models.CharField(max_length=64, blank=True)
    received_number = models.PositiveIntegerField(default=0)
    received_digest = models.CharField(max_length=64, blank=True)
    log_size = models.BigIntegerField(default=0)
    log_peaks = models.JSONField(default=list)
    log_note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["correspondent", "name"], name="exchange_stream_once")]

    def __str__(self) -> str:
        return f"{self.correspondent}/{self.name}"


class Sent(models.Model):
    """A package that went out (发出), and the receipt that came back for it.

    Attributes:
        is_out: It was put where it is fetched.
        log_to: Of a counter's batch: how many entries of its log have gone with it and before it.
        wants_receipt: Not where it carries receipts alone.
        receipt_leaf: Leaf hash of the receiver's entry about it, hex.
        receipt_entry: Our entry that holds theirs.
    """

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="sent")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=400)
    size = models.BigIntegerField()
    kinds = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    entry = models.ForeignKey("journal.JournalEntry", models.PROTECT, related_name="+")
    log_to = models.BigIntegerField(default=0)
    is_out = models.BooleanField(default=False)
    wants_receipt = models.BooleanField(default=True)
    receipt_at = models.DateTimeField(null=True)
    receipt_leaf = models.CharField(max_length=64, blank=True)
    receipt_entry = models.ForeignKey("journal.JournalEntry", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="exchange_sent_once")]

    def __str__(self) -> str:
        return f"{self.stream} {self.number}"


class Outgoing(models.Model):
    """One thing that waits to be sent, or went; what it says is forgotten once the receipt is here.

    Attributes:
        key: What makes it one thing; the same again is no second one.
        files: Where its files come from: `["slip:12", "attachment:7"]`, in order.
        about: What it is about, by public number, for the journal.
        held: Why it does not go yet; "" where nothing holds it.
    """

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="outgoing")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    content = models.JSONField(null=True)
    files = models.JSONField(default=list)
    about = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    held = models.TextField(blank=True)
    sent = models.ForeignKey(Sent, models.PROTECT, null=True, related_name="parts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "key"], name="exchange_outgoing_once")]

    def __str__(self) -> str:
        return f"{self.stream} {self.kind}"


class Received(models.Model):
    """A package that came in (收到): taken, waiting for an earlier one, or refused with its reason.

    Attributes:
        times: How often it was brought.
        file: Where it lies while it waits; "" once it is taken.
        receipted: The package in which its receipt went back.
    """

    class State(models.TextChoices):
        """What became of it."""

        TAKEN = "taken", _("taken")
        WAITING = "waiting", _("waits for an earlier one")
        REFUSED = "refused", pgettext_lazy("package", "refused")

    end = models.CharField(max_length=8, choices=End)
    stream = models.ForeignKey(Stream, models.PROTECT, null=True, related_name="received")
    number = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64)
    sender = models.CharField(max_length=32, blank=True)
    made_on = models.DateField(null=True)
    size = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State)
    kinds = models.JSONField(default=dict)
    what = models.TextField(blank=True)
    then = models.TextField(blank=True)
    file = models.CharField(max_length=400, blank=True)
    came_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(null=True)
    entry = models.ForeignKey("journal.JournalEntry", models.PROTECT, null=True, related_name="+")
    receipted = models.ForeignKey(Sent, models.PROTECT, null=True, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "number"],
                name="exchange_taken_once",
                condition=models.Q(state="taken"),
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="exchange_received_digest")]

    def __str__(self) -> str:
        return f"{self.stream or self.sender} {self.number}: {self.state}"


class Incoming(models.Model):
    """One thing that came in a package, until its handler has taken it; then only that it did.

    Attributes:
        key: What makes it one thing in its stream: place in the package, or the number of an arrival.
        files: `{"name", "path"}` each, below the home.
        about: What it became, or came too late for, by public number.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        OPENED = "opened", _("taken in")
        FAILED = "failed", _("not taken in")
        LATE = "late", _("came too late; nothing was done")

    received = models.ForeignKey(Received, models.PROTECT, related_name="parts")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    content = models.JSONField(null=True)
    files = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    about = models.CharField(max_length=200, blank=True)
    what = models.TextField(blank=True)
    tried_at = models.DateTimeField(null=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["received", "key"], name="exchange_incoming_once")]

    def __str__(self) -> str:
        return f"{self.received} {self.kind}"


class Asker(models.Model):
    """Where answers about a matter go: the number of an arrival, and a key that only its code gives.

    Attributes:
        number: Of the arrival in this house, where several counters may number from 1 (`number_of`).
        key: X25519 key that answers are sealed to, 32 bytes.
        about: The matter it became, by public number.
    """

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="askers")
    number = models.BigIntegerField()
    key = models.BinaryField()
    about = models.CharField(max_length=200, blank=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="exchange_asker_once")]

    def __str__(self) -> str:
        return str(self.number)

    @staticmethod
    def number_of(stream: Stream, there: int) -> int:
        """Return the number in this house of what has a number at its counter."""
        return int(stream.correspondent_id) * A_COUNTER + int(there)

    @property
    def there(self) -> int:
        """Its number at its counter."""
        return int(self.number % A_COUNTER)


class Thread(models.Model):
    """Two matters, one on each side, that are the same thing (往来事项).

    Attributes:
        ours: Public number of our matter, `directive/2026-001`.
        theirs: Of theirs; "" while they have not said it.
        opening: Which sending both mean, of all under which one matter was ever sent to this side:
            `directive/2026-001#7`, the number of the sender's act.
        is_over: It was taken back: what is said to this opening from now on comes too late.
    """

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="threads")
    ours = models.CharField(max_length=200)
    theirs = models.CharField(max_length=200, blank=True)
    opening = models.CharField(max_length=220)
    is_over = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "ours"], name="exchange_thread_once")]

    def __str__(self) -> str:
        return f"{self.ours} = {self.theirs}"


class CounterKeysEdition(models.Model):
    """Which edition of the counter's keys is the newest, and the digest of what it says."""

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)
