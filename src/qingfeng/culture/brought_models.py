"""Tables of what files bring in: a batch with its lines, and media that are named and not here yet."""

from __future__ import annotations

from django.db import models


class Batch(models.Model):
    """A file that was brought in; taken back as one while nothing followed.

    Attributes:
        sha256: Of the file.
        name: Of the file, as its owner calls it.
        taken_back_at: None while it stands.
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]


class Line(models.Model):
    """What a batch did to one entry.

    Attributes:
        before: The draft as it was (`drafts.draft_of`); None where there was none.
        after: Hash of the draft as the batch left it: another one now means that something followed.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    entry = models.ForeignKey("culture.Entry", models.CASCADE, related_name="lines")
    before = models.JSONField(null=True)
    after = models.CharField(max_length=64)


class Writing(models.Model):
    """What the worker does with a batch of many entries: it writes them, or takes them back.

    Attributes:
        by: Who asked for it.
        doing: What is under way; "" once it has ended.
        base: What the file was read against (`Found.base`).
        datum: Of coordinates that do not say theirs.
        done: How many drafts are dealt with, of `of`.
        told: What came of it, in the words of who asked; "" where everything was written.
    """

    WRITE, BACK = "write", "back"

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="writing")
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    doing = models.CharField(max_length=5, blank=True)
    base = models.CharField(max_length=64, blank=True)
    datum = models.CharField(max_length=6, blank=True)
    language = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=300, blank=True)


class Wanted(models.Model):
    """A medium that a file names and nobody brought yet, with the words that wait for it.

    Attributes:
        name: Of its file, by which it is known when it comes.
        at: Where a tour shows it: `scene/panorama`, `scene/spot/medium`, `scene/spot/captions_zh`.
    """

    entry = models.ForeignKey("culture.Entry", models.CASCADE, related_name="wanted")
    no = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8)
    at = models.JSONField(default=list)
    words = models.JSONField(default=dict)

    class Meta:
        ordering = ["no", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="culture_wanted_once")]
