"""A run's leads into the desk's tables: what is new, what stays, what has grown, what is gone.

The file is read line by line and written in batches, each a transaction of its own, so that a
million leads cost no more memory than a thousand and nobody else waits long. New leads come in
unseen; the last step shows them and takes away what is gone at once, so that a list is always the
whole of one screening. A reading that broke off is said again; the same again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import exceptions, matching, precision, ranking
from qingfeng.findings.models import Lead, LeadFinding, RuleException, RuleRun, RuleStanding, Screening
from qingfeng.findings.telling import tell
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem
from qingfeng.screening.leads.weights import AMOUNT_CLASSES
from qingfeng.screening.run import Run

BATCH = 500  # leads a transaction
_OF_ONE_SCREENING = frozenset({"id", "rank", "score", "snapshot", "replaces"})
_RULE = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![A-Za-z0-9_])")
_KEPT = frozenset({"id", "key", "first_seen", "first_seen_at", "is_current", "replaced_by", "matter",
                   "excepted_by", "drawn"})  # fmt: skip


def read_in(run: Run, *, by: Person | None, at: datetime | None = None) -> Screening:
    """Bring the leads of a run to the desk and return the screening.

    A lead that has grown takes the matter, the exception and the draw of the one it replaces along.

    Args:
        run: As `screening.run.screen` or `screening.run.runs` gave it; of all rules.
        by: Who asked for it; None for the house itself.
        at: When it was screened; now where none is given.

    Raises:
        Problem: If only some of the rules were asked, or the run's file cannot be read.
    """
    if run.only:
        raise Problem(
            _("A run of only some rules would hide what the others found."), where=run.id,
            then=_("Screen with every rule."),
        )  # fmt: skip
    at = at or timezone.now()
    screening, is_new = Screening.objects.get_or_create(
        run=run.id,
        defaults={"snapshot": run.snapshot, "as_of": run.as_of, "until": run.until, "at": at, "by": by,
                  "findings": run.findings, "leads": dict(run.leads), "is_newest": False},
    )  # fmt: skip
    desk = _Desk(screening, at, titles={told.rule: told.title for told in run.rules})
    for lines in _batches(run.file):
        with transaction.atomic():
            desk.take(lines)
    before = Screening.objects.filter(is_newest=True).exclude(pk=screening.pk).first()
    with transaction.atomic():
        _keep_rules(screening, run)
        _show(screening)
        if is_new:
            facts = {"run": run.id, "snapshot": run.snapshot, "leads": dict(run.leads)}
            tell("findings.screening.read_in", screening, by=by, facts=facts)
    if before:
        _forget({before.pk, screening.pk})
    matching.match_units()
    exceptions.apply()
    precision.refresh()
    desk.weigh_again()
    screening.refresh_from_db()
    return screening


def _batches(file: Path) -> Iterator[list[str]]:
    try:
        with file.open(encoding="utf-8") as lines:
            while batch := list(islice(lines, BATCH)):
                yield batch
    except OSError as error:
        raise Problem(
            _("The leads of the run cannot be read."), where=str(file), then=_("Screen the records again.")
        ) from error


def _keep_rules(screening: Screening, run: Run) -> None:
    screening.rules.all().delete()
    RuleRun.objects.bulk_create(
        RuleRun(
            screening=screening,
            rule=told.rule,
            title=told.title,
            watch=told.watch,
            tier=told.tier,
            version=told.version,
            ran=not told.reason,
            reason={"en": told.reason.en, "zh": told.reason.zh} if told.reason else {},
            table=told.table,
            read=told.read,
            applicable=told.applicable,
            excluded=dict(told.excluded),
            found=told.found,
            seconds=told.seconds,
        )
        for told in run.rules
    )


def _show(screening: Screening) -> None:
    """Let this screening be the newest: its leads are current, all others are not."""
    Lead.objects.filter(is_current=True).exclude(last_seen=screening).update(is_current=False)
    Lead.objects.filter(last_seen=screening).exclude(replaced_by=None).update(replaced_by=None)
    Lead.objects.filter(last_seen=screening, is_current=False).update(is_current=True)
    Screening.objects.filter(is_newest=True).exclude(pk=screening.pk).update(is_newest=False)
    Screening.objects.filter(pk=screening.pk).update(is_newest=True)


def _forget(screenings: set[int]) -> None:
    """Remove leads that none of these screenings found and that nobody has touched.

    What a lead says is quoted from records, which may have been deleted for good.
    """
    gone = Lead.objects.filter(is_current=False, matter=None, drawn=None, excepted_by=None)
    gone = gone.exclude(last_seen__in=screenings).exclude(
        pk__in=RuleException.objects.exclude(lead=None).values("lead")
    )
    doomed = set(gone.order_by().values_list("pk", flat=True))
    held = Lead.objects.exclude(replaced_by=None).order_by().values_list("pk", "replaced_by")
    doomed -= {heir for lead, heir in held if lead not in doomed}
    rows = sorted(doomed)
    for start in range(0, len(rows), BATCH):
        some = Lead.objects.filter(pk__in=rows[start : start + BATCH])
        with transaction.atomic():
            Lead.objects.filter(replaced_by__in=some.values("pk")).update(replaced_by=None)
            some.delete()


@dataclass
class _Desk:
    """One reading: what is asked once, and the batches.

    Attributes:
        screening: What the leads are seen in.
        at: When.
    """

    screening: Screening
    at: datetime
    units: matching.Units = field(default_factory=matching.Units)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Ask what verifiers have found so far."""
        standings = RuleStanding.objects.values_list("rule", "counts")
        self.counts = {rule: ranking.said(counts) for rule, counts in standings}

    def weigh_again(self) -> None:
        """Weigh the leads of rules anew of which a verdict came while they were read in."""
        for rule, counts in RuleStanding.objects.values_list("rule", "counts"):
            if ranking.said(counts) != self.counts.get(rule, (0, 0)):
                precision.reweigh(rule, counts)

    def take(self, lines: Iterable[str]) -> None:
        """Bring one batch in; the caller's transaction."""
        told = [json.loads(line) for line in lines]
        known = dict(
            Lead.objects.filter(key__in=[one["id"] for one in told]).order_by().values_list("key", "content")
        )
        named = {
            one["id"]: matching.person_of(one["subject"]["key"], one["unit"] or "")
            for one in told
            if one["subject"]["kind"] == "person" and one["tier"] != "C"
        }
        persons = matching.match_persons(named.values(), self.units)
        leads = [self._lead(one, named.get(one["id"]), persons) for one in told]
        same = [lead for lead in leads if known.get(lead.key) == lead.content]
        self._see_again(same)
        self._write([lead for lead in leads if known.get(lead.key) != lead.content], told)
        self._grow({one["id"]: one["replaces"].split() for one in told if one.get("replaces")})

    def _lead(
        self, one: Mapping[str, Any], named: matching.Named | None, persons: Mapping[matching.Named, int]
    ) -> Lead:
        rules = list(dict.fromkeys(finding["rule"] for finding in one["findings"]))
        at = datetime.fromisoformat(one["at"]) if one["at"] else None
        amount = Decimal(one["amount"]) if one["amount"] is not None else None
        factor, share = _factor(amount), ranking.expected(*self.counts.get(rules[0], (0, 0)), one["tier"])
        name = named.name[: matching.NAME_MOST] if named else ""
        return Lead(
            key=one["id"],
            title=one["title"],
            rule=rules[0],
            rules=rules,
            tier=one["tier"],
            watch=one["watch"],
            colour=one["colour"],
            points=one["points"],
            factor=factor,
            weight=ranking.weight(share, factor, one["tier"]),
            subject_kind=one["subject"]["kind"],
            subject_key=one["subject"]["key"][:200],
            subject_name=name,
            subject_person_id=persons.get(named) if named else None,
            named="" if one["tier"] == "C" else matching.names_in(one["findings"], name),
            unit_id=self.units.find(one["unit"] or ""),
            unit_name=(one["unit"] or "")[:100],
            at=at,
            month=at.date().replace(day=1) if at else None,
            amount=amount,
            found=len(one["findings"]),
            innocent=one["innocent"],
            verify=one["verify"],
            arithmetic=one["arithmetic"],
            snapshot=one["snapshot"],
            content=_content(one),
            first_seen=self.screening,
            last_seen=self.screening,
            first_seen_at=self.at,
            is_current=False,
        )

    def _see_again(self, same: list[Lead]) -> None:
        """Say of leads in which nothing changed that they are still there."""
        by_snapshot: dict[str, list[str]] = {}
        by_person: dict[int, list[str]] = {}
        for lead in same:
            by_snapshot.setdefault(lead.snapshot, []).append(lead.key)
            if lead.subject_person_id:
                by_person.setdefault(lead.subject_person_id, []).append(lead.key)
        for snapshot, keys in by_snapshot.items():
            Lead.objects.filter(key__in=keys).update(last_seen=self.screening, snapshot=snapshot)
        for person, keys in by_person.items():
            Lead.objects.filter(key__in=keys, subject_person=None).update(subject_person=person)

    def _write(self, changed: list[Lead], told: list[dict[str, Any]]) -> None:
        if not changed:
            return
        fields = [
            one.name
            for one in Lead._meta.concrete_fields  # noqa: SLF001 - Django's own way to a model's fields
            if one.name not in _KEPT
        ]
        Lead.objects.bulk_create(changed, update_conflicts=True, unique_fields=["key"], update_fields=fields)
        keys = {lead.key for lead in changed}
        places = dict(Lead.objects.filter(key__in=keys).order_by().values_list("key", "pk"))
        LeadFinding.objects.filter(lead__in=places.values()).delete()
        LeadFinding.objects.bulk_create(
            (
                _finding(places[one["id"]], place, finding, self.titles)
                for one in told
                if one["id"] in places
                for place, finding in enumerate(one["findings"])
            ),
            batch_size=BATCH,
        )

    def _grow(self, replaces: Mapping[str, list[str]]) -> None:
        """Let leads that have grown go on where those that they replace stood."""
        wanted = {*replaces, *(key for keys in replaces.values() for key in keys)}
        leads = {lead.key: lead for lead in Lead.objects.filter(key__in=wanted)} if wanted else {}
        for new_key, old_keys in replaces.items():
            new = leads[new_key]
            for old in (leads[key] for key in old_keys if key in leads and key != new_key):
                _take_along(old, new)
            new.save(update_fields=["first_seen", "first_seen_at", "matter", "excepted_by", "drawn"])


def _factor(amount: Decimal | None) -> int:
    return next((band.factor for band in AMOUNT_CLASSES if amount and amount >= band.floor_yuan), 1)


def _take_along(old: Lead, new: Lead) -> None:
    """Take what was done about a lead along to the one that replaces it; of several, to the heaviest."""
    if old.first_seen_at < new.first_seen_at:
        new.first_seen_id, new.first_seen_at = old.first_seen_id, old.first_seen_at
    if old.replaced_by_id not in (None, new.pk):
        return
    Lead.objects.filter(pk=old.pk).update(replaced_by=new)
    old.replaced_by_id = new.pk
    new.matter_id = new.matter_id or old.matter_id
    new.excepted_by_id = new.excepted_by_id or old.excepted_by_id
    new.drawn_id = new.drawn_id or old.drawn_id


def _finding(lead: int, place: int, told: Mapping[str, Any], titles: Mapping[str, str]) -> LeadFinding:
    """Return a finding; where its sentence names other rules, it names them by their titles."""
    return LeadFinding(
        lead_id=lead,
        place=place,
        rule=told["rule"],
        title=told["title"],
        tier=told["tier"],
        version=told["version"],
        params=told["params"],
        message=_RULE.sub(lambda found: titles.get(found[0], found[0]), told["message"]),
        facts=told["facts"],
        evidence=told["evidence"],
    )


def _content(one: Mapping[str, Any]) -> str:
    """Return 16 hex digits over what a lead says, but for what changes with every screening."""
    said = {key: value for key, value in one.items() if key not in _OF_ONE_SCREENING}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
