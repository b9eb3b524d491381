"""The desk's own tables: feeds, what the search finds, drafts, mail, large exports."""

from __future__ import annotations

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.grams import GramsField


def digest_of(token: str) -> str:
    """Return what is kept of a token: SHA-256, hex; who has the table alone reads no feed."""
    return hashlib.sha256(token.encode()).hexdigest()


class FeedAddress(models.Model):
    """A secret address of a person's due dates for a calendar program, until it is revoked."""

    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]


class ToldDay(models.Model):
    """What somebody's calendar program was told of a day: hashes, so that a change is told as one.

    Attributes:
        way: `feed` for the subscription, `file` for the year taken along.
        uid: As the program knows it.
        on: The day, as it was told last.
        said: Hash of what was told last.
        sequence: How often it has changed since.
        dropped: Whether it was told that it is not due any more.
    """

    person = models.ForeignKey("organization.Person", models.CASCADE, related_name="+")
    way = models.CharField(max_length=4)
    uid = models.CharField(max_length=64)
    on = models.DateField()
    said = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    dropped = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "way", "uid"], name="a_day_told_once")]


def new_token() -> str:
    """Return a token that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


class SearchText(models.Model):
    """A text that the search finds; who finds it is decided by the matter or lead it belongs to.

    Sealed, personal and confidential values are never in it, nor a name of a person on record.

    Attributes:
        part: `number` found by whoever may know of the matter, `whole` and `slip` by those who read it
            whole, `lead` by those who may see the lead.
        slip: Key of the slip, for `slip`.
        text: What a snippet is taken from.
        folded: The same, sign for sign, as it is compared.
        grams: Its pairs of signs (`grams.grams_of`).
        revision: Revision of the matter that it was taken from.
    """

    class Part(models.TextChoices):
        """What of a thing a text is."""

        NUMBER = "number", "number"
        WHOLE = "whole", "whole"
        SLIP = "slip", "slip"
        LEAD = "lead", "lead"

    part = models.CharField(max_length=6, choices=Part)
    matter = models.ForeignKey("matters.Matter", models.CASCADE, null=True, related_name="search_texts")
    lead = models.ForeignKey("findings.Lead", models.CASCADE, null=True, related_name="search_texts")
    slip = models.BigIntegerField(null=True)
    text = models.TextField()
    folded = models.TextField()
    grams = GramsField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__isnull=True) ^ Q(lead__isnull=True), name="text_of_a_matter_or_a_lead"
            )
        ]


class SearchMark(models.Model):
    """How far the search has followed the acts of all matters; one row.

    An act has its number before its transaction ends, so the mark moves only as far as what was the newest
    act a while ago: none before it is on its way any more.

    Attributes:
        settled: Every act up to this one is taken in.
        seen: The newest act at `seen_at`.
    """

    settled = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()


class KeptDraft(models.Model):
    """What somebody typed into a long form and has not sent, kept for their other browsers, 30 days at most.

    Attributes:
        form: Address of the form.
        matter: The matter it belongs to: a draft does not exist for who may not see it any more.
        values: [name, value] pairs in the order of the form; no sealed field, file or password.
        discarded_at: Since when it is discarded; it can be taken back for a week.
    """

    account = models.ForeignKey("organization.Account", models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    matter = models.ForeignKey("matters.Matter", models.CASCADE, null=True, related_name="+")
    values = models.JSONField(default=list)
    kept_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["account", "form"], name="one_draft_a_form")]


class MailChoice(models.Model):
    """How somebody wants to be told by mail that there is something new; a mail has no content.

    Attributes:
        quiet_from: First hour of the day in which no mail goes out, Asia/Shanghai.
        quiet_until: First hour in which it may again.
        told_until: Key of the newest notice that a mail has counted.
        sent_at: When the last mail went out.
        problem: What the mail server said when the last one did not.
    """

    class How(models.TextChoices):
        """How often."""

        NEVER = "never", _("No mail")
        EACH = "each", _("A mail when something is new")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week, on Monday")

    person = models.OneToOneField("organization.Person", models.CASCADE, related_name="mail_choice")
    how = models.CharField(max_length=6, choices=How, default=How.NEVER)
    address = models.EmailField(blank=True)
    quiet_from = models.PositiveSmallIntegerField(default=20)
    quiet_until = models.PositiveSmallIntegerField(default=8)
    told_until = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)


class LargeExport(models.Model):
    """An export of many matters that the worker makes; its file is kept for a week, for who asked.

    Attributes:
        kind: Key of the mechanism.
        query: The list's address after the question mark.
        rows: How many matters there were when it was asked for.
        done: How many are written.
        holds: Keys of the matters in it: `card`, `whole`, and `own` for those with confidential names.
        file: Name in the folder `exports` of the home; "" before it is made and after it is withheld.
        entry: Entry of the journal that says it was made.
    """

    class Problem(models.TextChoices):
        """Why there is no file."""

        FAILED = "failed", _("It could not be made; the office's technicians see why.")
        RIGHTS = "rights", _("What you may see has changed since: ask for it again.")
        GONE = "gone", _("The file is not there any more: ask for it again.")
        TAKEN = "taken", _("Something in it was taken back since: delete your copies, then ask for it again.")

    account = models.ForeignKey("organization.Account", models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=4)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=6, choices=Problem, blank=True)
    holds = models.JSONField(default=dict)
    file = models.CharField(max_length=80, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    entry = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-pk"]


class LargeTakeover(models.Model):
    """A workbook of many old matters that the worker reads, and takes over once somebody has seen what fits.

    Attributes:
        kind: Key of the mechanism.
        rows: About how many rows the workbook says it has.
        done: How many rows are read, written or withdrawn, by state.
        fits: How many rows fit; None before it was read.
        rejects: [sheet, row, column, reason] of what does not, at most `MOST_REJECTS` lines.
        rejected: How many lines there are in all.
        attachment: The workbook; None once nothing is read out of it any more.
        batch: What was taken over.
        reason: Why the batch is withdrawn.
        problem: Why it could not go on, in words.
    """

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading", _("The workbook is being read")
        READ = "read", _("Read: look at what fits")
        WRITING = "writing", _("It is being taken over")
        WRITTEN = "written", _("Taken over")
        WITHDRAWING = "withdrawing", _("It is being withdrawn")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FAILED = "failed", _("It could not go on")

    account = models.ForeignKey("organization.Account", models.CASCADE, related_name="takeovers")
    kind = models.CharField(max_length=40)
    attachment = models.ForeignKey("documents.Attachment", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    fits = models.PositiveIntegerField(null=True)
    rejects = models.JSONField(default=list)
    rejected = models.PositiveIntegerField(default=0)
    batch = models.OneToOneField(
        "matters.TakeoverBatch", models.PROTECT, null=True, related_name="large_takeover"
    )
    reason = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]


class PetitionGram(models.Model):
    """One of the few signs by which petitions that say nearly the same are found (`petitions.alike`).

    Only petitions of the line of demands and suggestions have them; what is handed to the line of reports
    loses its own. They say nothing of who wrote.

    Attributes:
        value: A hash of three signs of the text that stand together; the smallest ones of a text are kept.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "-matter"], name="petition_by_gram")]
