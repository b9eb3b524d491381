"""What may be done with returns, each kept in the journal: define, count, explain, sign, send back, correct.

A no is a `Problem` with what happened and what to do; whoever calls has asked `doors` whether the return
exists for them at all.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.returns import computing, definitions, doors, periods, seeing
from qingfeng.desk.returns.definitions import Said
from qingfeng.desk.returns.grid import failing, laid_out
from qingfeng.desk.returns.models import Definition, Edition
from qingfeng.journal.store import append
from qingfeng.matters.today import today
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

State = Edition.State
STEPS = (
    ("filled", State.COUNTED, State.FILLED),
    ("reviewed", State.FILLED, State.REVIEWED),
    ("signed", State.REVIEWED, State.SIGNED),
)
"""Signatures in order: who filled it in (填报人), who reviewed it (审核人), who answers for it (负责人)."""


def note(
    kind: str, subject: str, by: Viewer | None, facts: dict[str, Any], personal: dict[str, str] | None = None
) -> None:
    """Write into the journal what was done with a return.

    Args:
        kind: What.
        subject: `key` or `key/slug`.
        by: Who, None for the house.
        facts: The rest.
        personal: What people wrote: it enters as commitments.
    """
    who = f"person:{by.person_id}" if by else "house"
    append(f"returns.{kind}", subject=f"return:{subject}", by=who, facts=facts, personal=personal)


# --- definitions --------------------------------------------------------------------------------


def define(key: str, said: Said, *, by: Viewer | None, shipped: bool = False) -> Definition:
    """Keep a definition as the next version of its key; returns counted before keep theirs.

    Args:
        key: Name in addresses; a new one begins with version 1.
        said: What it says.
        by: Who defines it, None for the house.
        shipped: Whether it came with the house.

    Raises:
        Problem: If it cannot be counted, or counts people.
    """
    wrong = definitions.problems(said)
    if wrong:
        raise Problem(" ".join(wrong), then=_("Nothing was kept."))
    with transaction.atomic():
        last = Definition.objects.filter(key=key).aggregate(most=Max("version"))["most"] or 0
        made = Definition.objects.create(
            key=key, version=last + 1, title=said.title,
            said=said.as_json, digest=said.digest, shipped=shipped,
            made_by_id=by.person_id if by else None, made_at=timezone.now(),
        )  # fmt: skip
        note("defined", key, by, {"version": made.version, "digest": made.digest})
    return made


def free_key(wanted: str) -> str:
    """Return a key that no definition has, made of a wanted one."""
    base = wanted if definitions.KEY.match(wanted) else "return"
    taken = set(Definition.objects.filter(key__startswith=base).values_list("key", flat=True))
    found = (f"{base[:36]}_{no}" for no in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in found if one not in taken)


def archive(definition: Definition, *, by: Viewer) -> None:
    """Put a definition away, or take it out again; its returns stay."""
    with transaction.atomic():
        at = None if definition.archived_at else timezone.now()
        Definition.objects.filter(key=definition.key).update(archived_at=at)
        note("archived" if at else "unarchived", definition.key, by, {"version": definition.version})


# --- counting -----------------------------------------------------------------------------------


def ask(definition: Definition, slug: str, *, by: Viewer | None, office: Unit | None = None) -> Edition:
    """Have a return counted by the worker.

    Args:
        definition: The version that counts.
        slug: Its period, as `periods.slug_of` writes it.
        by: Who asks, None for the house.
        office: One of our own units, None for the whole house.

    Raises:
        Problem: If the period is none, lies ahead, or a return of it is under way or signed already.
    """
    said = definitions.from_json(definition.said)
    days = periods.of_slug(said.period, slug)
    if days is None or days.since > today():
        raise Problem(_("That is no period of this return."), then=_("Choose one that has begun."))
    same = Edition.objects.filter(
        key=definition.key, since=days.since, until=days.until, office=office
    ).exclude(state__in=(State.CANCELLED, State.FAILED))
    if same.exists():
        raise _under_way()
    return _asked(definition, days, by=by, office=office)


def _asked(
    definition: Definition, days: periods.Days, *, by: Viewer | None, office: Unit | None, **more: Any
) -> Edition:
    """Begin an edition; of two people who ask in the same moment one is told so."""
    try:
        with transaction.atomic():
            return _begun(definition, days, by=by, office=office, **more)
    except IntegrityError as taken:
        raise _under_way() from taken


def _begun(
    definition: Definition, days: periods.Days, *, by: Viewer | None, office: Unit | None, **more: Any
) -> Edition:
    said = definitions.from_json(definition.said)
    base = periods.slug_of(said.period, days) + (f"-u{office.pk}" if office else "")
    wanted = computing.questions(said, days.since, days.until)
    rows = Edition.objects.filter(key=definition.key, since=days.since, until=days.until, office=office)
    signed = rows.filter(state=State.SIGNED).count()
    taken = rows.filter(slug__startswith=f"{base}-").count()
    made = Edition.objects.create(
        definition=definition, key=definition.key, slug=f"{base}-{taken + 1}", no=signed + 1,
        since=days.since, until=days.until, office=office, as_of=today(),
        of=len(wanted),
        asked_by_id=by.person_id if by else None, asked_at=timezone.now(), **more,
    )  # fmt: skip
    told = {"definition": definition.digest, "since": days.since, "until": days.until, "no": made.no}
    note("asked", f"{made.key}/{made.slug}", by, told)
    computing.count.enqueue(made.pk)
    return made


def _under_way() -> Problem:
    return Problem(
        _("This return has been counted for that period, or is being counted."),
        then=_("Open it; a signed one is corrected by another edition."),
    )


def cancel(edition: Edition, *, by: Viewer) -> None:
    """Stop the counting, or give up a return that nobody has signed as answering for it.

    Raises:
        Problem: If it is signed.
    """
    with transaction.atomic():
        rows = Edition.objects.filter(pk=edition.pk).exclude(state=State.SIGNED)
        if not rows.update(state=State.CANCELLED):
            raise Problem(_("A signed return stands."), then=_("Correct it by another edition."))
        note("cancelled", f"{edition.key}/{edition.slug}", by, {"done": edition.done})


def count_again(edition: Edition, *, by: Viewer) -> Edition:
    """Count a return anew that nobody has signed yet; the old numbers are given up.

    Raises:
        Problem: If somebody has signed it, or another edition of it stands.
    """
    days = periods.Days(edition.since, edition.until)
    more = {"why": edition.why, "differences": edition.differences}
    with transaction.atomic():
        rows = Edition.objects.filter(pk=edition.pk, state__in=(State.COUNTED, State.FAILED, State.CANCELLED))
        if not rows.update(state=State.CANCELLED):
            raise Problem(_("Somebody has signed it."), then=_("Send it back first, then count again."))
        if _standing(edition).filter(no__gte=edition.no).exists():
            raise _under_way()
        note("cancelled", f"{edition.key}/{edition.slug}", by, {"done": edition.done})
        newest = Definition.objects.filter(key=edition.key).first() if not edition.why else None
        return _asked(newest or edition.definition, days, by=by, office=edition.office, **more)


def _standing(edition: Edition) -> QuerySet[Edition]:
    """Return the editions of the same return, period and office that were not given up."""
    rows = Edition.objects.filter(
        key=edition.key, since=edition.since, until=edition.until, office=edition.office
    )
    return rows.exclude(state__in=(State.CANCELLED, State.FAILED))


# --- signing ------------------------------------------------------------------------------------


def next_step(edition: Edition) -> str:
    """Return which signature comes next, "" for none."""
    return next((name for name, before, _after in STEPS if edition.state == before), "")


def cannot_sign(viewer: Viewer, edition: Edition) -> str:
    """Return why somebody may not sign next, in a sentence; "" if they may."""
    step = next_step(edition)
    signers = {"filled": edition.filled_by_id, "reviewed": edition.reviewed_by_id}
    before = {one for one in signers.values() if one is not None}
    if not step or not doors.is_inside(viewer):
        return _("Nothing is to be signed now.")
    if step == "signed" and not doors.may_answer(viewer):
        return _("A leader answers for it: the principal or a leader in charge signs last.")
    if viewer.person_id in before and doors.can_staff(viewer.on):
        return _("Three different people sign: who filled it in, who reviewed it, who answers for it.")
    if not seeing.seen(viewer, edition).is_stored:
        return _("You see less than is counted here: somebody else must sign.")
    grid = laid_out(computing.said_of(edition), computing.answers_of(edition), edition.since, edition.until)
    open_checks = {str(one.no) for one in failing(grid)} - edition.explained.keys()
    if open_checks:
        return _("A check does not hold: explain it first.")
    return "" if computing.is_intact(edition) else _("The numbers are not those that were counted.")


def sign(edition: Edition, *, by: Viewer) -> str:
    """Sign as the next of the three; with the last signature the numbers stand for good.

    Returns:
        Which signature it was.

    Raises:
        Problem: If they may not.
    """
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)  # alone: joins may be empty
        row = Edition.objects.select_related("definition", "office", "entry").get(pk=edition.pk)
        why = cannot_sign(by, row)
        if why:
            raise Problem(why)
        step = next_step(row)
        after = next(state for name, _before, state in STEPS if name == step)
        told = {f"{step}_by_id": by.person_id, f"{step}_at": timezone.now(), "state": after}
        Edition.objects.filter(pk=row.pk).update(**told)
        note(step, f"{row.key}/{row.slug}", by, {"digest": row.digest, "no": row.no})
    return step


def send_back(edition: Edition, reason: str, *, by: Viewer) -> None:
    """Take the signatures off a return that is not signed by all, with a reason.

    Raises:
        Problem: If nobody has signed, or everybody.
    """
    with transaction.atomic():
        rows = Edition.objects.filter(pk=edition.pk, state__in=(State.FILLED, State.REVIEWED))
        nobody = dict.fromkeys(("filled_by", "filled_at", "reviewed_by", "reviewed_at"))
        if not rows.update(state=State.COUNTED, **nobody):
            raise Problem(_("There is nothing to send back."))
        note("sent_back", f"{edition.key}/{edition.slug}", by, {}, {"reason": reason})


def explain(edition: Edition, no: int, why: str, *, by: Viewer) -> None:
    """Say why a check does not hold.

    Raises:
        Problem: If the return is signed already.
    """
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if row.state != State.COUNTED:
            raise Problem(_("It has been signed."), then=_("Send it back first."))
        Edition.objects.filter(pk=row.pk).update(explained={**row.explained, str(no): why})
        note("explained", f"{row.key}/{row.slug}", by, {"check": no})


def correct(edition: Edition, why: str, *, by: Viewer) -> Edition:
    """Begin another edition of a signed return; the signed one keeps its numbers.

    Args:
        edition: The newest signed edition.
        why: Why it has to be corrected.
        by: Who corrects.

    Returns:
        The new edition, which the worker counts.

    Raises:
        Problem: If it is not signed, or another edition is under way.
    """
    if not edition.is_frozen or _standing(edition).filter(no__gt=edition.no).exists():
        raise Problem(_("Only the newest signed edition is corrected."), then=_("Open the newest one."))
    days = periods.Days(edition.since, edition.until)
    return _asked(edition.definition, days, by=by, office=edition.office, why=why)


def say_why(edition: Edition, spot: str, why: str, *, by: Viewer) -> None:
    """Say why one number of a correction is another.

    Raises:
        Problem: If the return is signed already.
    """
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if row.is_frozen:
            raise Problem(_("It has been signed."))
        Edition.objects.filter(pk=row.pk).update(differences={**row.differences, spot: why})
        note("difference_explained", f"{row.key}/{row.slug}", by, {"spot": spot})


def before(edition: Edition) -> Edition | None:
    """Return the signed edition that one corrects, None for a first one."""
    rows = Edition.objects.filter(
        key=edition.key, since=edition.since, until=edition.until, office=edition.office, no__lt=edition.no
    )
    return rows.filter(state=State.SIGNED).select_related("definition", "office").order_by("-no").first()


def exported(edition: Edition, form: str, *, by: Viewer, for_outside: bool, mode: str) -> None:
    """Note in the journal that somebody took a return along as a file."""
    with transaction.atomic():
        told = {"form": form, "outside": for_outside, "numbers": mode, "digest": edition.digest}
        note("exported", f"{edition.key}/{edition.slug}", by, told)
