"""Tables of growth files and of the youth society; only this room writes them.

No other table points here and no name leads back from a person: what is here is found by its owner alone.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERSON = "organization.Person"


class Part(models.TextChoices):
    """Parts of a growth file; each is shared by itself."""

    TAUGHT = "taught", pgettext_lazy("growth", "Courses taught")
    ATTENDED = "attended", pgettext_lazy("growth", "Courses attended")
    ACTIVITY = "activity", pgettext_lazy("growth", "Activities and hours")
    PAPER = "paper", pgettext_lazy("growth", "Papers and lectures")
    TOOL = "tool", pgettext_lazy("growth", "Tools and methods")
    EXCHANGE = "exchange", pgettext_lazy("growth", "Posts and exchanges")
    EVALUATION = "evaluation", pgettext_lazy("growth", "Own results of evaluation")
    STUDY = "study", pgettext_lazy("growth", "Study and everything else")
    AIM = "aim", pgettext_lazy("growth", "What I want to learn")


class Line(models.TextChoices):
    """The four lines of activity (四行); the keys are those of the mechanism `activity`."""

    PRACTICE = "practice", pgettext_lazy("growth", "Practice")
    LECTURE = "lecture", pgettext_lazy("growth", "Lecture")
    VOLUNTEER = "volunteer", pgettext_lazy("growth", "Volunteering")
    GRASSROOTS = "grassroots", pgettext_lazy("growth", "Grassroots")


class GrowthFile(models.Model):
    """The growth file of a person (成长档案); it is there because the person began it.

    Attributes:
        wrapped: Its key, under the house's (`growth.keys`).
        own: Its key again, in a box that only the owner's unlock phrase opens; empty where they have none.
        entries_of_journal: Rows of the journal with a personal value for this file, erased with it.
    """

    person = models.OneToOneField(PERSON, models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    own = models.BinaryField(default=b"")
    begun_on = models.DateField()
    entries_of_journal = models.JSONField(default=list)


class Entry(models.Model):
    """One entry of a growth file.

    Attributes:
        on: Day, or first day, of what it tells.
        sealed: `files.Said` as JSON, encrypted with the file's key: the database alone tells nothing of it.
    """

    file = models.ForeignKey(GrowthFile, models.CASCADE, related_name="entries")
    part = models.CharField(max_length=10, choices=Part)
    on = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ("part", "-on", "-pk")


class Attached(models.Model):
    """An attachment of an entry; it goes with it.

    Attributes:
        named: `attaching.Attachment` as JSON, encrypted with the file's key.
        sealed: The bytes, filled up and encrypted with the file's key.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attached")
    named = models.BinaryField()
    sealed = models.BinaryField()


class Share(models.Model):
    """A part that its owner lets one person read until a day; withdrawn at once when the owner says so.

    Attributes:
        until_on: Last day, inclusive.
    """

    file = models.ForeignKey(GrowthFile, models.CASCADE, related_name="shares")
    part = models.CharField(max_length=10, choices=Part)
    reader = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    made_on = models.DateField()
    until_on = models.DateField(_("last day"))
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ("-made_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "part", "reader"],
                condition=models.Q(withdrawn_on=None),
                name="a_part_shared_once",
            )
        ]


class Reading(models.Model):
    """That a part was read, for its owner to see."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="readings")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")


class Member(models.Model):
    """Somebody who is in the youth society because they wished so; who left keeps no line."""

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="+")
    joined_on = models.DateField()

    class Meta:
        ordering = ("joined_on", "pk")


class Office(models.Model):
    """A role in the youth society, offered to a member and taken on by them.

    Attributes:
        line: The line it carries, for who carries one.
        taken_on: None while it is offered only.
    """

    class Key(models.TextChoices):
        """Which role."""

        CHAIR = "chair", pgettext_lazy("growth", "Chair")
        VICE = "vice", pgettext_lazy("growth", "Vice chair")
        SECRETARY = "secretary", pgettext_lazy("growth", "Secretary")
        CARRIER = "carrier", pgettext_lazy("growth", "Carries a line")

    member = models.ForeignKey(Member, models.CASCADE, related_name="offices")
    key = models.CharField(_("role"), max_length=9, choices=Key)
    line = models.CharField(pgettext_lazy("growth", "line"), max_length=10, choices=Line, blank=True)
    offered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    offered_on = models.DateField()
    taken_on = models.DateField(null=True)

    class Meta:
        ordering = ("key", "line", "pk")
        constraints = [
            models.UniqueConstraint(fields=["member", "key", "line"], name="a_role_once"),
            models.CheckConstraint(
                condition=models.Q(key="carrier") ^ models.Q(line=""), name="who_carries_a_line_names_it"
            ),
        ]


class Plan(models.Model):
    """What the youth society intends in a year (年度计划); approved by a leader who did not write it."""

    year = models.PositiveSmallIntegerField(unique=True)
    aims = models.TextField(_("aims of the year"), max_length=1000)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)


class Planned(models.Model):
    """One activity that a plan intends, and the matter it became.

    Attributes:
        month: 1 to 12.
        hours: Hours of all who take part, together, as planned.
        cost: Yuan, as planned.
        added_on: Day it came into the plan: later than `Plan.approved_on` where it was added afterwards.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="planned")
    line = models.CharField(pgettext_lazy("growth", "line"), max_length=10, choices=Line)
    month = models.PositiveSmallIntegerField(_("month"))
    what = models.CharField(pgettext_lazy("growth", "what is done"), max_length=120)
    hours = models.PositiveIntegerField(pgettext_lazy("growth", "planned hours"))
    cost = models.DecimalField(pgettext_lazy("growth", "planned cost"), max_digits=10, decimal_places=2)
    added_on = models.DateField()
    matter = models.OneToOneField("matters.Matter", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("month", "line", "pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(month__range=(1, 12)), name="a_month_of_the_year")
        ]
