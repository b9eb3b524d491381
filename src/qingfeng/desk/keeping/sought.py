"""What the auditor looks for in the journal: kind, subject, person, days; and who stands behind an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.keeping.journal_words import kinds_called, kinds_in_words
from qingfeng.journal.models import JournalEntry, Log
from qingfeng.organization.models import Account, Person

MOST = 10_000
LONGEST_KEY = 19  # digits from which on a number is no row's
RECENT = 2_000  # entries whose kinds are offered for choosing


@dataclass(frozen=True)
class Sought:
    """A search of the journal.

    Attributes:
        log: `internal` or `public`.
        kind: Words of what happened, or the beginning of a kind.
        subject: A subject, or its beginning.
        person: Number or name of a person.
        since: First day, civil date, Asia/Shanghai, inclusive.
        until: Last day, inclusive.
        before: Key of the row to go on from, 0 for the newest.
    """

    log: str = "internal"
    kind: str = ""
    subject: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Sought:
        """Return the search that an address asks for; what cannot be read is left out."""
        before = str(given.get("before", ""))
        log = str(given.get("log", ""))
        return cls(
            log if log in Log.values else "internal",
            str(given.get("kind", "")).strip()[:80],
            str(given.get("subject", "")).strip()[:200],
            str(given.get("person", "")).strip()[:80],
            _day(given.get("since")),
            _day(given.get("until")),
            int(before) if before.isdecimal() and len(before) < LONGEST_KEY else 0,
        )

    def rows(self) -> QuerySet[JournalEntry]:
        """Return the entries, newest first."""
        rows = JournalEntry.objects.filter(log=self.log).with_places().order_by("-id")
        if self.kind:
            rows = rows.filter(Q(kind__startswith=self.kind) | Q(kind__in=kinds_called(self.kind)))
        if self.subject:
            rows = rows.filter(subject__startswith=self.subject)
        if self.person:
            rows = rows.filter(by__in=actors(self.person))
        if self.since:
            rows = rows.filter(at__gte=_start(self.since))
        if self.until:
            rows = rows.filter(at__lt=_start(self.until + timedelta(days=1)))
        return rows.filter(pk__lt=self.before) if self.before else rows

    def known_kinds(self) -> list[str]:
        """Return what the kinds among the newest entries are called, for choosing."""
        newest = JournalEntry.objects.filter(log=self.log).order_by("-id").values_list("kind", flat=True)
        return kinds_in_words(set(newest[:RECENT]))

    def as_facts(self) -> dict[str, str]:
        """Return the search as the journal keeps it; a name that was typed is told by its numbers."""
        said = {key: str(value) for key, value in asdict(self).items() if value}
        if self.person:
            said["person"] = " ".join(sorted(actors(self.person)))
        return said


def actors(text: str) -> set[str]:
    """Return how the journal names the people of a number or name, as persons and as accounts."""
    people = list(Person.objects.filter(Q(number=text) | Q(name=text)).values_list("pk", flat=True))
    accounts = Account.objects.filter(person__in=people).values_list("pk", flat=True)
    return {f"person:{one}" for one in people} | {f"account:{one}" for one in accounts}


def people_of(names: Iterable[str]) -> dict[str, str]:
    """Return who stands behind the journal's names, `person:17` and `account:4`; two queries."""
    wanted: dict[str, set[int]] = {"person": set(), "account": set()}
    for name in names:
        kind, _colon, number = name.partition(":")
        if kind in wanted and number.isdecimal() and len(number) < LONGEST_KEY:
            wanted[kind].add(int(number))
    people = Person.objects.filter(pk__in=wanted["person"])
    accounts = Account.objects.filter(pk__in=wanted["account"]).select_related("person")
    found = {"house": _("the house itself")}
    found |= {f"person:{one.pk}": f"{one.name} ({one.number})" for one in people}
    for one in accounts:
        shown = f"{one.person.name} ({one.person.number})" if one.person else one.username
        found[f"account:{one.pk}"] = shown
    return found


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def _start(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
