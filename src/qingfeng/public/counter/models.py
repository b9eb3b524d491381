"""What the counter keeps: sealed things, the hour in which they came, and nothing of who brought them.

No row has a time more exact than an hour, an address, a browser or a session; a test reads every column.
Sealed bytes lie in the database and not in files, for which the system would note when they were written.
"""

from __future__ import annotations

from django.db import models


class Arrival(models.Model):
    """Something that arrived (来件); a report, a petition and a suggestion look the same.

    Attributes:
        number: From 1, without a gap.
        code_digest: What the code on the receipt is found by; keyed, so that it tells no code.
        key: Public key that answers are sealed to; only the code gives its secret half.
        hour: UTC.
        envelope: Content, sealed to those who may read it. Empty once it was carried to the office.
        own: What the counter must know again when the code is typed, sealed to the code.
        salt: Opens the digest in the log.
        digest: What the entry in the log says.
        entry: Row of the entry in the counter's log.
        is_carried: Whether the office has it.
    """

    number = models.BigIntegerField(unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    key = models.BinaryField()
    hour = models.DateTimeField()
    envelope = models.BinaryField()
    own = models.BinaryField()
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    entry = models.BigIntegerField()
    is_carried = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["hour"], name="counter_by_hour")]

    def __str__(self) -> str:
        return str(self.number)


class SealedFile(models.Model):
    """An enclosure of an arrival, sealed to the same receivers; its name lies in the envelope.

    Attributes:
        sha256: Of the sealed bytes, hex.
        held: The sealed bytes; empty once they were carried.
    """

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    held = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arrival", "place"], name="counter_one_file_a_place")]

    def __str__(self) -> str:
        return f"{self.arrival_id}/{self.place}"


class Answer(models.Model):
    """What the office answers (答复), sealed to the code of the receipt.

    Attributes:
        digest: SHA-256 of the sealed bytes: the same answer again is no second one.
    """

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="answers")
    digest = models.CharField(max_length=64)
    held = models.BinaryField()
    hour = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arrival", "digest"], name="counter_answer_once")]

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.digest[:8]}"


class Pending(models.Model):
    """A file or a draft that waits, sealed to a key that only the form in the browser or a code holds.

    Attributes:
        name: Random, or the digest of a draft's code.
        until: Hour after which it is deleted.
    """

    name = models.CharField(max_length=64, unique=True)
    held = models.BinaryField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name[:8]


class Spent(models.Model):
    """A ticket that was used; kept until it would have run out.

    Attributes:
        digest: Of the ticket's random name.
        until: Hour after which it is deleted.
    """

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]


class Numbering(models.Model):
    """The last number that was given; one row, locked while the next is given."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)
