"""The district's own rules: written from a trace, tried, put into use by somebody else, retired.

What screens is never what one person alone has written: whoever wrote a rule does not put it into use (and
does not close its leads: they are named on each verification as its author). A text never changes; another
text is another version, tried anew. Everything is journaled.

Law:
    监察法 Art. 44 (two hands); rights.md 2, 22
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import jobs, own_cards, own_folder
from qingfeng.findings.access import may_assign, may_read_records
from qingfeng.findings.exceptions import DECIDES
from qingfeng.findings.models import Job, OwnRule, OwnVersion
from qingfeng.findings.telling import tell
from qingfeng.matters.answers import Refusal
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.home import Home
from qingfeng.screening.rulebook import SHIPPED, Rule, Violation, read_cases, read_rule

Standing = OwnVersion.Standing
LEAST_OF_A_KIND = 2  # violations, and twins, that a query of its own must prove
MOST_TEXT = 40_000


@dataclass(frozen=True)
class Draft:
    """What somebody writes.

    Attributes:
        rule: Its id.
        text: The whole file, header and SELECT.
        cases: Its cases as TOML.
        reason: Why it is needed.
        base: The rule that it varies, "" for a query of its own.
        params: What was entered, for a variant.
        card: The pattern card it comes from.
    """

    rule: str
    text: str
    cases: str
    reason: str
    base: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    card: Matter | None = None


def may_write(viewer: Viewer | None) -> bool:
    """Return whether somebody may write a rule and have it tried: the data analyst."""
    return may_read_records(viewer)


def may_decide(viewer: Viewer | None, version: OwnVersion) -> bool:
    """Return whether somebody may put a version into use: with authority, and not its author."""
    return bool(
        viewer and may_assign(viewer) and viewer.has(*DECIDES) and viewer.person_id != version.author_id
    )


def examined(draft: Draft) -> tuple[Rule | None, list[Violation]]:
    """Return the rule that a draft is, or None and everything that is wrong with it; nothing is run."""
    if len(draft.text) > MOST_TEXT or len(draft.cases) > MOST_TEXT:
        return None, [Violation(Path("rule.sql"), 1, "the text is too long for a rule.", "Shorten it.")]
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / f"{draft.rule}.sql"
        file.write_text(draft.text, encoding="utf-8", newline="\n")
        rule, violations = read_rule(file)
        if rule is not None and draft.cases:
            rule.cases.write_text(draft.cases, encoding="utf-8", newline="\n")
            cases, wrong = read_cases(rule)
            violations += wrong
            kinds = [one.kind for one in cases]
            if not wrong and not draft.base:
                violations += _too_few(rule, kinds)
        elif rule is not None and not draft.base:
            violations += _too_few(rule, [])
    return (None if violations else rule), violations


def _too_few(rule: Rule, kinds: list[str]) -> list[Violation]:
    if all(kinds.count(kind) >= LEAST_OF_A_KIND for kind in ("violation", "twin")):
        return []
    then = "Write two violations and two innocent twins at least, and the boundaries."
    return [Violation(rule.cases, 1, "the rule has too few cases.", then)]


def write(draft: Draft, *, by: Viewer) -> OwnVersion | Refusal:
    """Keep a draft as a new rule, or as a new version of one.

    Returns:
        The version, or why not; what is wrong with its text stands in `Refusal.errors["text"]`.
    """
    if not may_write(by):
        return Refusal("role", _("Rules are written by the data analyst."))
    if not draft.reason.strip():
        return _wrong("reason", _("Say why the rule is needed."))
    there = OwnRule.objects.filter(rule=draft.rule).first()
    if there is None and (problem := name_problem(draft.rule)):
        return _wrong("rule", problem)
    if there is not None and there.base != draft.base:
        return _wrong("rule", _("There is a rule of this name already: choose another."))
    rule, violations = examined(draft)
    if rule is None:
        said = tuple(map(str, violations))
        return Refusal("facts", _("The text is no rule yet."), errors={"text": said})
    with transaction.atomic():
        version = _kept(draft, rule.title, by)
        if version is None:  # somebody else was first with the name
            return _wrong("rule", _("There is a rule of this name already: choose another."))
        own_cards.written(version, by=by)
    return version


def _kept(draft: Draft, title: str, by: Viewer) -> OwnVersion | None:
    now = timezone.now()
    origin = OwnRule.Origin.VARIANT if draft.base else OwnRule.Origin.QUERY
    made = {"origin": origin, "base": draft.base, "card": draft.card, "made_by_id": by.person_id}
    OwnRule.objects.get_or_create(rule=draft.rule, defaults={**made, "made_at": now})
    own = OwnRule.objects.select_for_update().get(rule=draft.rule)
    if own.base != draft.base:
        return None
    if draft.card is not None and own.card_id != draft.card.pk:
        own.card = draft.card
        own.save(update_fields=["card"])
    newest = own.versions.order_by("-no").first()
    version = OwnVersion.objects.create(
        own=own,
        no=newest.no + 1 if newest else 1,
        title=title[:80],
        text=draft.text,
        cases=draft.cases,
        params=dict(draft.params),
        reason=draft.reason.strip(),
        author_id=by.person_id,
        written_at=now,
    )
    _tell("written", version, by)
    return version


def name_problem(rule: str) -> str:
    """Return why a rule cannot be called so, or ""."""
    if not (rule.isascii() and rule.isidentifier() and rule == rule.lower() and 3 <= len(rule) <= 60):
        return _("Use a-z, 0-9 and _, three signs at least, and name the pattern, never guilt.")
    if next(SHIPPED.rglob(f"{rule}.sql"), None) is not None:
        return _("There is a rule of the house of this name: choose another.")
    return ""


def ask_trial(version: OwnVersion, *, by: Viewer) -> Job | Refusal:
    """Have a version tried on the history in the lake."""
    if not may_write(by):
        return Refusal("role", _("Rules are tried by the data analyst."))
    if version.standing != Standing.WRITTEN:
        return Refusal("stage", _("Only a version that waits for nobody is tried."))
    asked = {"version": version.pk, "rule": version.own.rule}
    job = jobs.ask(Job.Kind.TRY, by=Person(pk=by.person_id), asked=asked)
    OwnVersion.objects.filter(pk=version.pk).update(job=job)
    return job


def why_not_usable(version: OwnVersion) -> str:
    """Return why a version cannot be proposed yet, or ""."""
    tried = version.tried
    if not tried:
        return _("It was not tried yet: have it tried on the history first.")
    if tried["state"] != "ran":
        return _("It did not run on the history: see why, and write another version.")
    if tried["too_many"]:
        return _("It finds more than anybody could verify: narrow it in another version.")
    if not version.own.base and tried["cases"]["failed"]:
        return _("Cases do not hold: mend the rule or the cases in another version.")
    return ""


def propose(version: OwnVersion, *, by: Viewer) -> OwnVersion | Refusal:
    """Ask a second signer to put a tried version into use."""
    if not may_write(by):
        return Refusal("role", _("Rules are proposed by the data analyst."))
    with transaction.atomic():
        held = _held(version)
        if held.standing != Standing.WRITTEN:
            return Refusal("conflict", _("This was proposed or decided already."))
        if problem := why_not_usable(held):
            return Refusal("gate", problem)
        held.standing = Standing.PROPOSED
        held.save(update_fields=["standing"])
        _tell("proposed", held, by)
        own_cards.proposed(held, by=by)
    return held


def approve(version: OwnVersion, *, by: Viewer, decision: str = "") -> OwnVersion | Refusal:
    """Put a version into use: by somebody else than its author; the version before it is replaced."""
    with transaction.atomic():
        held = _held(version)
        problem = _may_not(held, by)
        if problem is not None:
            return problem
        for old in held.own.versions.filter(standing=Standing.IN_USE):
            _end(old, Standing.REPLACED, by, "")
        _decided(held, Standing.IN_USE, by, decision)
        own_cards.in_use(held, by=by)
        transaction.on_commit(lay_out)
    return held


def decline(version: OwnVersion, *, by: Viewer, decision: str) -> OwnVersion | Refusal:
    """Refuse a version, with a reason."""
    if not decision.strip():
        return _wrong("decision", _("Say why, in a sentence others will understand."))
    with transaction.atomic():
        held = _held(version)
        problem = _may_not(held, by)
        if problem is not None:
            return problem
        _decided(held, Standing.DECLINED, by, decision)
        own_cards.declined(held, by=by)
    return held


def retire(own: OwnRule, *, by: Viewer, reason: str) -> OwnVersion | Refusal:
    """Take a rule out of use, with a reason: the analyst may, and whoever decides."""
    if not reason.strip():
        return _wrong("decision", _("Say why, in a sentence others will understand."))
    with transaction.atomic():
        held = own.versions.select_for_update().filter(standing=Standing.IN_USE).first()
        if held is None:
            return Refusal("conflict", _("It is not in use."))
        if not (may_write(by) or may_decide(by, held)):
            return Refusal("role", _("The data analyst or a leader takes a rule out of use."))
        _end(held, Standing.RETIRED, by, reason.strip())
        _tell("retired", held, by)
        own_cards.retired(held, by=by)
        transaction.on_commit(lay_out)
    return held


def _held(version: OwnVersion) -> OwnVersion:
    return OwnVersion.objects.select_for_update().select_related("own").get(pk=version.pk)


def _may_not(held: OwnVersion, by: Viewer) -> Refusal | None:
    if held.standing != Standing.PROPOSED:
        return Refusal("conflict", _("This waits for no second signer."))
    if held.author_id == by.person_id:
        return Refusal("separation", _("Somebody else puts a rule into use than wrote it."))
    if not may_decide(by, held):
        return Refusal("role", _("A head of department, a leader in charge or the principal decides."))
    return None


def _decided(held: OwnVersion, to: Any, by: Viewer, decision: str) -> None:
    held.standing, held.decision = to, decision.strip()
    held.decided_by_id, held.decided_at = by.person_id, timezone.now()
    held.save(update_fields=["standing", "decision", "decided_by", "decided_at"])
    _tell("put_into_use" if to == Standing.IN_USE else "declined", held, by)


def _end(held: OwnVersion, to: Any, by: Viewer, why: str) -> None:
    held.standing, held.why_ended, held.ended_at = to, why, timezone.now()
    held.ended_by_id = by.person_id
    held.save(update_fields=["standing", "why_ended", "ended_at", "ended_by"])


def _wrong(name: str, words: str) -> Refusal:
    return Refusal("facts", words, errors={name: (words,)})


def _tell(done: str, version: OwnVersion, by: Viewer) -> None:
    facts = {
        "rule": version.own.rule,
        "version": version.no,
        "base": version.own.base,
        "author": version.author_id,
        "card": version.own.card.number if version.own.card else "",
    }
    tell(f"findings.own_rule.{done}", version, by=Person(pk=by.person_id), facts=facts)


# --- for screenings ------------------------------------------------------------------------------


def in_use() -> QuerySet[OwnVersion]:
    """Return the versions that screen, by rule."""
    return OwnVersion.objects.filter(standing=Standing.IN_USE).select_related("own").order_by("own__rule")


def lay_out() -> None:
    """Write the rules in use where a screening reads them."""
    texts = {one.own.rule: own_folder.Text(one.text, one.cases) for one in in_use()}
    own_folder.lay_out(Home(settings.HOME), texts)


def note_unfit(unfit: Mapping[str, str]) -> None:
    """Keep which rules the newest screening could not use, and why."""
    for one in in_use():
        why = unfit.get(one.own.rule, "")
        if one.unfit != why:
            OwnVersion.objects.filter(pk=one.pk).update(unfit=why)


def authors_of(rules: Iterable[str]) -> list[int]:
    """Return who wrote the versions of the district's own rules that are or were in use, by key."""
    rows = OwnVersion.objects.filter(own__rule__in=list(rules)).exclude(decided_at=None)
    return sorted(set(rows.exclude(standing=Standing.DECLINED).values_list("author_id", flat=True)))
