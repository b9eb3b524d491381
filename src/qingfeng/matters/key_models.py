"""Tables of what is sealed and of the keys that open it. What they hold opens nothing by itself."""

from __future__ import annotations

from django.db import models


class Sealed(models.Model):
    """A sealed value: a box (`sealing.boxes`) that opens on this matter and field only.

    Attributes:
        keys: Person id → key id (hex) of those who can open it; the box says the same.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="sealed")
    field = models.CharField(max_length=40)
    performance = models.ForeignKey("matters.Performance", models.PROTECT, null=True, related_name="sealed")
    box = models.BinaryField()
    keys = models.JSONField(default=dict)


class SealedFile(models.Model):
    """A file that came sealed (`sealing.streams`); in the database, where no file says when it was written.

    Attributes:
        sha256: Of the sealed bytes. Name and kind of the file lie in what came with it, sealed.
        held: The sealed bytes.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="sealed_files")
    sha256 = models.CharField(max_length=64)
    held = models.BinaryField()


class PersonKey(models.Model):
    """A person's key pair for sealed fields; the secret half is wrapped by an unlock phrase of their own."""

    person = models.OneToOneField("organization.Person", models.PROTECT, related_name="seal_key")
    public = models.BinaryField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()


class KeyDevice(models.Model):
    """A device that opens a key beside the phrase (密钥设备): what it gives for a salt wraps the key.

    Attributes:
        credential: How the device knows which of its keys is meant, base64url.
        salt: What it is asked with; it tells nothing.
        wrapped: The secret key, under what the device gives for the salt.
        name: As its person calls it.
    """

    key = models.ForeignKey(PersonKey, models.CASCADE, related_name="devices")
    credential = models.TextField()
    salt = models.BinaryField()
    wrapped = models.BinaryField()
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class KeyShare(models.Model):
    """Half of a person's secret key, sealed to one of the two escrow holders."""

    key = models.ForeignKey(PersonKey, models.CASCADE, related_name="shares")
    holder = models.ForeignKey("organization.Person", models.PROTECT, related_name="shares_held")
    box = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "holder"], name="one_share_a_holder")]


class Recovery(models.Model):
    """A person who lost the phrase asks for the key back; a key pair for this once takes the two shares.

    Attributes:
        public: To it both shares are sealed anew.
        wrapped: Its secret half, under the person's new phrase.
        ended: "" while it runs, then `recovered`, `refused` or `expired`.
    """

    key = models.ForeignKey(PersonKey, models.CASCADE, related_name="recoveries")
    public = models.BinaryField()
    wrapped = models.BinaryField()
    asked_at = models.DateTimeField()
    ended = models.CharField(max_length=12, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(ended=""), name="one_recovery_at_a_time"
            )
        ]


class ShareGiven(models.Model):
    """A share that an escrow holder gave to a recovery, sealed to its key, after seeing who asked."""

    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="given")
    holder = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    box = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recovery", "holder"], name="one_share_given_a_holder")
        ]
