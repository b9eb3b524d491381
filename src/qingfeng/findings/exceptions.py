"""Exceptions (例外): what a rule finds on one subject is not shown, for a reason and a time.

Proposed from a lead, approved by somebody else with authority, for twelve months at most, never for a
rule of tier A (two records that contradict each other are explained, not excepted). One ends by itself
on its day. A lead is hidden only while every rule that found it is excepted for its subject; wherever
leads are listed, those that an exception hides can be counted and shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings.access import may_assign, visible_leads
from qingfeng.findings.models import Lead, RuleException, RuleRun
from qingfeng.findings.telling import tell
from qingfeng.matters.answers import Refusal
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

MOST_MONTHS = 12
DECIDES = ("dept_head", "deputy", "principal")
APPROVED, PROPOSED = str(RuleException.Standing.APPROVED), str(RuleException.Standing.PROPOSED)
_AT_ONCE = 500


@dataclass(frozen=True)
class UnitCount:
    """Exceptions in force of one unit, and what they hide.

    Attributes:
        unit_id: Key of the unit; None for leads whose unit is on no record.
        name: Its name.
        exceptions: Number in force.
        leads: Current leads that they hide.
    """

    unit_id: int | None
    name: str
    exceptions: int
    leads: int


def propose(
    lead: Lead, *, by: Viewer, reason: str, until_on: date, rule: str = "", from_on: date | None = None
) -> RuleException | Refusal:
    """Propose that what a rule finds on a lead's subject is not shown for a time.

    Args:
        lead: Where it was noticed.
        by: Who proposes; sees the lead.
        reason: Why the rule does not fit here.
        until_on: Last day, inclusive.
        rule: One of the lead's rules; the heaviest where none is given.
        from_on: First day; today where none is given.
    """
    from_on, rule = from_on or timezone.localdate(), rule or lead.rule
    if not visible_leads(by).filter(pk=lead.pk).exists():
        return Refusal("absent", _("There is no such lead."))
    problem = _unfit(lead, rule, reason, from_on, until_on)
    if problem is not None:
        return problem
    with transaction.atomic():
        Lead.objects.select_for_update().get(pk=lead.pk)
        same = {"rule": rule, "subject_kind": lead.subject_kind, "subject_key": lead.subject_key}
        there = RuleException.objects.filter(
            **same, standing__in=(PROPOSED, APPROVED), until_on__gte=from_on
        ).first()
        if there is not None:
            return Refusal("conflict", _("There is such an exception already, until %(day)s.")
                           % {"day": there.until_on})  # fmt: skip
        made = RuleException.objects.create(
            **same,
            unit_id=lead.unit_id,
            reason=reason.strip(),
            lead=lead,
            from_on=from_on,
            until_on=until_on,
            proposed_by_id=by.person_id,
            proposed_at=timezone.now(),
        )
        _tell("proposed", made, by)
    return made


def _unfit(lead: Lead, rule: str, reason: str, from_on: date, until_on: date) -> Refusal | None:
    if rule not in lead.rules:
        return _wrong("rule", _("Choose one of the rules that found this lead."))
    if _is_contradiction(lead, rule):
        said = _("A contradiction between records is never excepted: it is explained, record by record.")
        return Refusal("gate", said)
    if not reason.strip():
        return _wrong("reason", _("Say why, in a sentence others will understand."))
    if until_on < max(from_on, timezone.localdate()):
        return _wrong("until_on", _("Enter a day that is still to come."))
    if until_on >= _months_after(from_on, MOST_MONTHS):
        return _wrong("until_on", _("An exception lasts twelve months at most; propose it anew then."))
    return None


def _wrong(field: str, words: str) -> Refusal:
    return Refusal("facts", words, errors={field: (words,)})


def _is_contradiction(lead: Lead, rule: str) -> bool:
    ran = RuleRun.objects.filter(rule=rule).order_by("-screening_id").values_list("tier", flat=True).first()
    return ran == "A" or lead.findings.filter(rule=rule, tier="A").exists()


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=day.year + years, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError(day)  # every month has a 28th


def approve(exception: RuleException, *, by: Viewer, decision: str = "") -> RuleException | Refusal:
    """Let an exception hold: by somebody else, with authority, who is not recused."""
    return _decide(exception, by=by, to=APPROVED, decision=decision)


def decline(exception: RuleException, *, by: Viewer, decision: str) -> RuleException | Refusal:
    """Refuse an exception, with a reason."""
    if not decision.strip():
        return _wrong("decision", _("Say why, in a sentence others will understand."))
    return _decide(exception, by=by, to=str(RuleException.Standing.DECLINED), decision=decision)


def _decide(exception: RuleException, *, by: Viewer, to: str, decision: str) -> RuleException | Refusal:
    with transaction.atomic():
        held = RuleException.objects.select_for_update().get(pk=exception.pk)
        problem = _may_not_decide(held, by)
        if problem is not None:
            return problem
        if held.standing != PROPOSED:
            return Refusal("conflict", _("This was decided already."))
        if to == APPROVED and held.until_on < timezone.localdate():
            return Refusal("stage", _("Its time is over: propose it anew."))
        held.standing, held.decision = to, decision.strip()
        held.decided_by_id, held.decided_at = by.person_id, timezone.now()
        held.save(update_fields=["standing", "decision", "decided_by", "decided_at"])
        _tell(to, held, by)
        apply(subjects=[(held.subject_kind, held.subject_key)])
    return held


def _may_not_decide(held: RuleException, by: Viewer) -> Refusal | None:
    if not visible_exceptions(by).filter(pk=held.pk).exists():
        return Refusal("absent", _("There is no such exception."))
    if held.proposed_by_id == by.person_id:
        return Refusal("separation", _("Somebody else decides about an exception than proposed it."))
    if not (may_assign(by) and by.has(*DECIDES)):
        return Refusal("role", _("A head of department, a leader in charge or the principal decides."))
    return None


def end(exception: RuleException, *, by: Viewer, reason: str) -> RuleException | Refusal:
    """End an exception before its day; its proposer may, and whoever may decide."""
    if not reason.strip():
        return _wrong("reason", _("Say why, in a sentence others will understand."))
    with transaction.atomic():
        held = RuleException.objects.select_for_update().get(pk=exception.pk)
        seen = visible_exceptions(by).filter(pk=held.pk).exists()
        problem = None if seen and held.proposed_by_id == by.person_id else _may_not_decide(held, by)
        if problem is not None:
            return problem
        if held.standing not in (PROPOSED, APPROVED):
            return Refusal("conflict", _("This was decided already."))
        held.standing = RuleException.Standing.ENDED
        held.decision = f"{held.decision}\n{reason.strip()}".strip()
        held.save(update_fields=["standing", "decision"])
        _tell("ended", held, by)
        apply(subjects=[(held.subject_kind, held.subject_key)])
    return held


def _tell(done: str, made: RuleException, by: Viewer) -> None:
    facts = {
        "rule": made.rule,
        "subject_kind": made.subject_kind,
        "lead": made.lead.key if made.lead else "",
        "from": made.from_on.isoformat(),
        "until": made.until_on.isoformat(),
    }
    tell(f"findings.exception.{done}", made, by=Person(pk=by.person_id), facts=facts)


# --- what they hide -----------------------------------------------------------------------------


def in_force(on: date | None = None) -> QuerySet[RuleException]:
    """Return the exceptions that hold on a day, today where none is given."""
    on = on or timezone.localdate()
    return RuleException.objects.filter(standing=APPROVED, from_on__lte=on, until_on__gte=on)


def not_excepted(leads: QuerySet[Lead], on: date | None = None) -> QuerySet[Lead]:
    """Return leads without those that an exception hides; one whose day is over hides nothing."""
    return leads.exclude(excepted_by__in=in_force(on).values("pk"))


def excepted(leads: QuerySet[Lead], on: date | None = None) -> QuerySet[Lead]:
    """Return those leads that an exception hides."""
    return leads.filter(excepted_by__in=in_force(on).values("pk"))


def apply(on: date | None = None, *, subjects: Iterable[tuple[str, str]] | None = None) -> int:
    """Mark the current leads that exceptions hide, and unmark those that none hides any more.

    Args:
        on: The day that counts; today where none is given.
        subjects: Kind and key of the subjects that matter; all where none is given.

    Returns:
        The number of leads that changed.
    """
    leads = Lead.objects.filter(is_current=True).exclude(tier="A").order_by()
    rows = in_force(on)
    if subjects is not None:
        kinds, keys = zip(*subjects, strict=True)
        rows = rows.filter(subject_kind__in=kinds, subject_key__in=keys)
        marked = Lead.objects.filter(subject_kind__in=kinds, subject_key__in=keys)
    else:
        marked = Lead.objects.all()
    by_subject: dict[str, dict[str, dict[str, RuleException]]] = defaultdict(lambda: defaultdict(dict))
    for one in rows:
        by_subject[one.subject_kind][one.subject_key][one.rule] = one
    wanted = dict(_hidden(leads, by_subject))
    before = dict(marked.exclude(excepted_by=None).order_by().values_list("pk", "excepted_by"))
    for key in before.keys() - wanted.keys():
        Lead.objects.filter(pk=key).update(excepted_by=None)
    for key, exception in wanted.items():
        if before.get(key) != exception:
            Lead.objects.filter(pk=key).update(excepted_by=exception)
    return sum(before.get(key) != wanted.get(key) for key in {*before, *wanted})


def _hidden(
    leads: QuerySet[Lead], by_subject: dict[str, dict[str, dict[str, RuleException]]]
) -> Iterable[tuple[int, int]]:
    """Yield leads all of whose rules are excepted, with the exception that ends first."""
    for kind, subjects in by_subject.items():
        keys = sorted(subjects)
        for start in range(0, len(keys), _AT_ONCE):
            some = leads.filter(subject_kind=kind, subject_key__in=keys[start : start + _AT_ONCE])
            for lead, subject, rules in some.values_list("pk", "subject_key", "rules"):
                if set(rules) <= subjects[subject].keys():
                    first = min((subjects[subject][rule] for rule in rules), key=lambda e: (e.until_on, e.pk))
                    yield lead, first.pk


# --- for pages ----------------------------------------------------------------------------------


def visible_exceptions(viewer: Viewer | None) -> QuerySet[RuleException]:
    """Return the exceptions that somebody may know of: those proposed from a lead that they may see."""
    return RuleException.objects.filter(lead__in=visible_leads(viewer).order_by().values("pk"))


def exceptions_of(lead: Lead) -> QuerySet[RuleException]:
    """Return every exception for a lead's subject and rules, newest first; for who sees the lead."""
    return RuleException.objects.filter(
        subject_kind=lead.subject_kind, subject_key=lead.subject_key, rule__in=lead.rules
    )


def counted_by_unit(viewer: Viewer | None, on: date | None = None) -> list[UnitCount]:
    """Return the exceptions in force by unit with what they hide, most leads first."""
    mine = in_force(on).filter(pk__in=visible_exceptions(viewer).values("pk"))
    rows = mine.order_by().values_list("unit", "unit__name").annotate(n=Count("pk"))
    hidden = excepted(visible_leads(viewer).filter(is_current=True), on)
    leads = dict(hidden.order_by().values_list("excepted_by__unit").annotate(n=Count("pk")))
    found = [UnitCount(unit, name or "", count, leads.get(unit, 0)) for unit, name, count in rows]
    return sorted(found, key=lambda one: (-one.leads, -one.exceptions, one.name))
