"""The table of packs: what left the building, with whom, until when, and what became of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.documents.models import new_code


class Pack(models.Model):
    """A task pack (外出任务包).

    Attributes:
        code: On its sheets and in its form; nobody can guess it, everybody can type it.
        tasks: Numbers of the tasks taken along, in the matter's list.
        rows: Which rows left: [{"task", "table", "file", "sheet", "row"}]; no cell of them.
        digest: SHA-256 of the contents as they left.
        contents: The contents, sealed to the office, for as long as the pack is out; then empty.
        entry: The entry in the journal that says it left.
        arrived: Hash of the sealed file that came back and waits to be entered; "" for none.
        entered: Number of a task → number of the act in the story that recorded it.
        left_out: Numbers of tasks that came back and were not entered: they had been done meanwhile.
        told: Points at which its carriers were reminded (`reminding.POINTS`).
    """

    class State(models.TextChoices):
        """Where it is."""

        OUT = "out", pgettext_lazy("pack", "Out")
        BACK = "back", pgettext_lazy("pack", "Back")
        LOST = "lost", pgettext_lazy("pack", "Lost")
        RECALLED = "recalled", pgettext_lazy("pack", "Recalled")

    code = models.CharField(_("Code"), max_length=10, unique=True, default=new_code)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="packs")
    carrier = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    companion = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    made_by = models.ForeignKey("organization.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("Use it until"))
    tasks = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    contents = models.BinaryField(default=b"")
    entry = models.ForeignKey("journal.JournalEntry", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OUT)
    arrived = models.CharField(max_length=64, blank=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    entered = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    told = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("organization.Person", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(carrier=F("companion")), name="two_take_a_pack_along"),
        ]
        indexes = [models.Index(fields=["expires_on"], condition=Q(state="out"), name="pack_out")]

    def __str__(self) -> str:
        return self.code

    @property
    def typed(self) -> str:
        """The code as people type it."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def came_on(self) -> date | None:
        """The day on which it came back, None while nothing of it has: a file counts from when it arrived."""
        at = self.arrived_at or (self.ended_at if self.state == self.State.BACK else None)
        return timezone.localdate(at) if at else None

    def is_late(self, on: date) -> bool:
        """Return whether it came back after its last day, or is still out after it."""
        if self.came_on is None and self.state != self.State.OUT:
            return False
        return (self.came_on or on) > self.expires_on

    @property
    def carriers(self) -> tuple[str, str]:
        """Names of those who took it along."""
        return (self.carrier.name, self.companion.name)
