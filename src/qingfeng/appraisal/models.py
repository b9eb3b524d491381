"""Tables of appraisal; only this room writes them.

No column joins a ballot to a voter, and none beside a ballot holds an instant or a place in an order:
`Due` knows who took a token, `Box` what is in the box, and nothing knows both.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.appraisal.points import daily_tables, review_tables, tables  # noqa: F401 - Django finds tables here

SELF, PEER, LEADER, DEMOCRATIC, ORGANISATION = "self", "peer", "leader", "democratic", "organisation"
BY_NAME = (SELF, LEADER, ORGANISATION)
MIDDLE, STAFF = "middle", "staff"


class Round(models.Model):
    """A round of evaluation (评次).

    Attributes:
        code: Number in addresses, `2026-1`.
        from_on: First day on which forms are filled in.
        until_on: Last day, inclusive, but for single people (`Roll.until_on`).
        keys_digest: SHA-256 over the public keys of all slates, hex; told in the journal when it is opened.
        board: What leaders are shown; worked out once, at the close, and never again.
        reminded_on: Last day on which the house reminded by itself.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFTED = "drafted", pgettext_lazy("appraisal", "Drafted")
        OPEN = "open", pgettext_lazy("appraisal", "Being filled in")
        CLOSED = "closed", pgettext_lazy("appraisal", "Results and talks")
        FINISHED = "finished", pgettext_lazy("appraisal", "Finished")

    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(_("title"), max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFTED)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    units = models.ManyToManyField("organization.Unit", related_name="+")
    made_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    keys_digest = models.CharField(max_length=64, blank=True)
    board = models.JSONField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ("-from_on", "-pk")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether forms are being filled in."""
        return self.state == self.State.OPEN

    @property
    def has_results(self) -> bool:
        """Whether results were worked out."""
        return self.state in {self.State.CLOSED, self.State.FINISHED}


class Form(models.Model):
    """One of the five forms of a round (五评表) with its weight and dimensions.

    Attributes:
        dimensions: In order, each `{"key", "name", "anchors": {"2": words, …}}`; scores go from 1 to 10.
    """

    class Key(models.TextChoices):
        """Which of the five."""

        SELF = "self", pgettext_lazy("appraisal", "Own evaluation")
        PEER = "peer", pgettext_lazy("appraisal", "Colleagues")
        LEADER = "leader", pgettext_lazy("appraisal", "Head")
        DEMOCRATIC = "democratic", pgettext_lazy("appraisal", "Democratic evaluation")
        ORGANISATION = "organisation", pgettext_lazy("appraisal", "Organisation")

    round = models.ForeignKey(Round, models.CASCADE, related_name="forms")
    key = models.CharField(max_length=12, choices=Key)
    place = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    dimensions = models.JSONField()

    class Meta:
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="a_form_of_a_key")]

    @property
    def keys(self) -> list[str]:
        """Keys of its dimensions, in order."""
        return [one["key"] for one in self.dimensions]

    @property
    def is_by_name(self) -> bool:
        """Whether whoever fills it in is named on it."""
        return self.key in BY_NAME


class Rated(models.Model):
    """Somebody who is evaluated in a round, with the post held then, and the result.

    Attributes:
        result: As `results.of_person` writes it; None until the round is closed.
        missing_because: Why a form by name is missing, where one is.
        answer_until: Last day, inclusive, on which the person may answer.
    """

    class Level(models.TextChoices):
        """Which class of people."""

        MIDDLE = "middle", pgettext_lazy("appraisal", "Heads of departments")
        STAFF = "staff", pgettext_lazy("appraisal", "Staff")

    round = models.ForeignKey(Round, models.CASCADE, related_name="rated")
    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    post = models.CharField(max_length=60)
    level = models.CharField(max_length=6, choices=Level)
    result = models.JSONField(null=True)
    missing_because = models.CharField(max_length=300, blank=True)
    answer_until = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ("unit__path", "level", "pk")
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="once_in_a_round")]


class Roll(models.Model):
    """Somebody who may vote in a round; `until_on` is the own last day of whoever was given one."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="rolls")
    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    until_on = models.DateField(null=True)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="once_on_a_roll")]


class Slate(models.Model):
    """What one ballot is about (评议单): one colleague, or the people of one unit.

    Everybody who votes on a slate sees the same names, so that which names a ballot bears tells nothing of
    the voter.

    Attributes:
        people: Keys of persons, in order.
        public: Modulus of its key, hex.
        secret: The private key, sealed; emptied at the close.
        on_paper: Whether its ballots are of paper.
        widened: Whether raters come from more than the own unit, for there are too few in it.
        entered: Ballots of paper that two have entered.
        cast: Ballots counted at the close; None before, for nothing is counted before it.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="slates")
    form = models.CharField(max_length=12, choices=Form.Key)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    people = models.JSONField()
    public = models.TextField(blank=True)
    secret = models.BinaryField(default=b"")
    on_paper = models.BooleanField(default=False)
    widened = models.BooleanField(default=False)
    entered = models.PositiveIntegerField(default=0)
    cast = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("form", "unit__path", "pk")


class Due(models.Model):
    """That somebody may vote on a slate, and whether they took a token or a paper for it; nothing of when.

    Attributes:
        blinded: SHA-256 of the blinded message that was signed, hex: the same one is signed again, no other.
    """

    class State(models.TextChoices):
        """What was given out."""

        WAITING = "", pgettext_lazy("appraisal", "Not yet taken")
        TAKEN = "token", pgettext_lazy("appraisal", "Taken")
        PAPER = "paper", pgettext_lazy("appraisal", "Paper handed out")

    slate = models.ForeignKey(Slate, models.CASCADE, related_name="dues")
    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=State, default=State.WAITING, blank=True)
    blinded = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slate", "person"], name="one_ballot_each")]


class Box(models.Model):
    """The ballots of a slate, one row for all of them, written in lots and shuffled each time.

    Attributes:
        ballots: `{person: {dimension: score}}` each, in no order; a person left out was not judged.
        remarks: `{"person", "text"}` each, in another order, joined to no ballot.
        spent: SHA-256 of the messages of the tokens used, hex, sorted.
    """

    slate = models.OneToOneField(Slate, models.CASCADE, related_name="box")
    ballots = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    spent = models.JSONField(default=list)


class Sheet(models.Model):
    """A form by name: the own evaluation, that of a head, that of the organisation.

    Attributes:
        scores: Dimension → score.
        second_by: Who agreed to an organisation's form, where one is needed.
    """

    rated = models.ForeignKey(Rated, models.CASCADE, related_name="sheets")
    form = models.CharField(max_length=12, choices=Form.Key)
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    handed_on = models.DateField(null=True)
    second_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("form", "pk")
        constraints = [models.UniqueConstraint(fields=["rated", "form", "by"], name="one_sheet_each")]


class Remark(models.Model):
    """What a ballot said in words of somebody; read by one before the person sees it (评语审核)."""

    class State(models.TextChoices):
        """What was decided."""

        WAITING = "waiting", pgettext_lazy("appraisal", "To be read")
        SHOWN = "shown", pgettext_lazy("appraisal", "Shown to the person")
        WITHHELD = "withheld", pgettext_lazy("appraisal", "Withheld: a personal attack")

    rated = models.ForeignKey(Rated, models.CASCADE, related_name="remarks")
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("text",)


class Talk(models.Model):
    """The talk about a result (反馈谈话)."""

    rated = models.OneToOneField(Rated, models.CASCADE, related_name="talk")
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    said = models.TextField(_("what was said"))
    agreed = models.TextField(_("what was agreed"), blank=True)


class Suggestion(models.Model):
    """What a result suggests for exchange (交流使用建议); a suggestion, decided elsewhere."""

    rated = models.OneToOneField(Rated, models.CASCADE, related_name="suggestion")
    by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    strengths = models.TextField(_("strengths"))
    fits = models.TextField(_("what the person would fit"))
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    made_on = models.DateField()
