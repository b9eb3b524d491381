"""The life of an entry: handed in, signed six times, published, looked at again, withdrawn.

Every step is one transaction with its entry in the journal; what becomes public or ceases to be is an entry
of the public log too, with the hash of what it was.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingfeng.culture.content import content_of, digest_of, shown_by
from qingfeng.culture.gates import Missing, missing
from qingfeng.culture.models import Check, Entry, Publication, Signature, Version
from qingfeng.documents.numbering import take
from qingfeng.journal import store
from qingfeng.organization.models import Person, Unit

CHECK_MONTHS = 6
NEWER = gettext_noop("A newer version took its place.")
KIND, FORM = "culture", "{code}宣〔{year}〕{n}号"
State, Step = Entry.State, Signature.Step


@dataclass(frozen=True)
class Kept:
    """A "no" with its reasons; nothing has happened."""

    reasons: tuple[Missing, ...]

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return " ".join(one.says for one in self.reasons)


def no(key: str, says: str) -> Kept:
    """Return a "no" with one reason."""
    return Kept((Missing(key, says),))


@transaction.atomic
def hand_in(entry: Entry, *, by: Person) -> Version | Kept:
    """Freeze the draft as a version and give it to proof and review.

    Returns:
        The version; or why not: it is under review already, or says exactly what is public.
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state == State.REVIEWING:
        return no("state", _("It is under review already. Take it back to change it."))
    content = content_of(entry)
    digest = digest_of(content)
    if Publication.objects.filter(entry=entry, is_live=True, version__sha256=digest).exists():
        return no("same", _("It says exactly what is public: nothing to review."))
    last = entry.versions.first()
    version = Version.objects.create(
        entry=entry, no=last.no + 1 if last else 1, content=content, sha256=digest, made_by=by,
        made_at=timezone.now(),
    )  # fmt: skip
    _to(entry, State.REVIEWING)
    _note("culture.handed_in", version, by)
    return version


def under_review(entry: Entry) -> Version | None:
    """Return the version that waits for signatures, None where there is none."""
    return entry.versions.filter(returned_at=None).first() if entry.state == State.REVIEWING else None


def next_steps(version: Version) -> list[str]:
    """Return the steps that can be signed now: the next proof and the next review."""
    signed = set(version.signatures.values_list("step", flat=True))
    turns = [[one for one in Step.values if one.startswith(row)] for row in ("proof", "review")]
    return [next(one for one in row if one not in signed) for row in turns if set(row) - signed]


def why_not(version: Version, step: str, person: Person) -> str:
    """Return why somebody cannot sign a step, "" where they can."""
    if step not in next_steps(version):
        return _("This step is signed, or the one before it is not.")
    if person.pk in (version.made_by_id, version.entry.made_by_id):
        return _("Whoever wrote it does not sign it.")
    if version.signatures.filter(by=person).exists():
        return _("You have signed this version: three reviews and three proofs are six people.")
    return ""


@transaction.atomic
def sign(version: Version, step: str, *, by: Person, passed: bool, remark: str = "") -> Signature | Kept:
    """Sign one of the six steps; what does not pass goes back to its author, with the remark.

    Args:
        version: Under review.
        step: One of `Signature.Step`.
        by: Somebody who is neither the author nor among those who signed.
        passed: Whether it may stand as it is.
        remark: What is to be changed; needed where it does not pass.
    """
    version = Version.objects.select_for_update().select_related("entry").get(pk=version.pk)
    if version.returned_at or version.entry.state != State.REVIEWING:
        return no("state", _("This version is no longer under review."))
    if said := why_not(version, step, by):
        return no("signature", said)
    if not passed and not remark.strip():
        return no("remark", _("Say what is to be changed."))
    made = Signature.objects.create(
        version=version, step=step, by=by, at=timezone.now(), passed=passed, remark=remark.strip()
    )
    if not passed:
        _return(version)
    _note("culture.signed", version, by, step=step, passed=passed)
    return made


@transaction.atomic
def take_back(version: Version, *, by: Person) -> Kept | None:
    """Let the author change what is under review: the version ends, its signatures with it."""
    version = Version.objects.select_for_update().select_related("entry").get(pk=version.pk)
    if version.returned_at or version.entry.state != State.REVIEWING:
        return no("state", _("This version is no longer under review."))
    _return(version)
    _note("culture.taken_back", version, by)
    return None


@transaction.atomic
def publish(version: Version, *, by: Person) -> Publication | Kept:
    """Make a version public, if every gate holds; the one before it stays as a trace.

    Returns:
        The publication with the number of its slip, or every gate that does not hold.
    """
    version = Version.objects.select_for_update().select_related("entry").get(pk=version.pk)
    entry = version.entry
    if version.returned_at or entry.state != State.REVIEWING:
        return no("state", _("This version is not under review."))
    _hold_stops(version.content)
    if found := missing(version):
        return Kept(tuple(found))
    now, content = timezone.now(), version.content
    Publication.objects.filter(entry=entry, is_live=True).update(
        is_live=False,
        withdrawn_at=now,
        withdrawn_by=by,
        withdrawn_why_zh=_in("zh-hans", NEWER),
        withdrawn_why_en=_in("en", NEWER),
    )
    number = take(_code(), KIND, form=FORM, subject=f"culture/{entry.slug}")
    made = Publication.objects.create(
        version=version, entry=entry, number=number.text, kind=entry.kind, slug=entry.slug,
        category=content.get("category", ""), theme=content["theme"], name_zh=content["name"]["zh"],
        name_en=content["name"]["en"], lon=content.get("lon"), lat=content.get("lat"),
        sought=_sought(content),
        pictures=" ".join(shown_by(content)), by=by, at=now,
    )  # fmt: skip
    _to(entry, State.PUBLISHED, next_check_on=months_on(timezone.localdate(now), CHECK_MONTHS))
    _note("culture.published", version, by, number=number.text)
    _tell("culture.published", version)
    return made


@transaction.atomic
def withdraw(entry: Entry, *, by: Person, why: str, why_en: str = "") -> Publication | Kept:
    """Take an entry off the public pages; its address says since when and why.

    Args:
        entry: That is public.
        by: Who takes it off.
        why: In Chinese; `why_en` in English. One of them is needed, and shown where the other is missing.
        why_en: The same in English.

    Returns:
        The publication that ended, or why not: nothing public, no reason, a route that is public stops there.
    """
    live = Publication.objects.select_for_update().filter(entry=entry, is_live=True).first()
    if live is None:
        return no("state", _("Nothing of it is public."))
    if not why.strip() and not why_en.strip():
        return no("why", _("Say why: the public page shows it."))
    routes = routes_through(entry.slug)
    if routes:
        said = _("Public routes stop there: %(routes)s. Change or withdraw them first.")
        return no("routes", said % {"routes": "、".join(one.name_zh for one in routes)})
    live.is_live, live.withdrawn_at, live.withdrawn_by = False, timezone.now(), by
    live.withdrawn_why_zh, live.withdrawn_why_en = why.strip()[:300], why_en.strip()[:600]
    live.save()
    _to(Entry.objects.select_for_update().get(pk=entry.pk), State.WITHDRAWN, next_check_on=None)
    _note("culture.withdrawn", live.version, by)
    _tell("culture.withdrawn", live.version)
    return live


@transaction.atomic
def look_again(entry: Entry, *, by: Person, is_right: bool, note: str) -> Check | Kept:
    """Note that somebody looked at what is public; where it is not right any more, it is changed next.

    Args:
        entry: That is public.
        by: Who looked.
        is_right: Whether all of it still holds.
        note: What was looked at, or what is to be changed.
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.next_check_on is None:
        return no("state", _("Nothing of it is public."))
    if not note.strip():
        return no("note", _("Say what was looked at."))
    today = timezone.localdate()
    made = Check.objects.create(
        entry=entry, due_on=entry.next_check_on, done_on=today, by=by, is_right=is_right, note=note.strip()
    )
    _to(entry, entry.state, next_check_on=months_on(today, CHECK_MONTHS if is_right else 1))
    facts = {"is_right": is_right, "due_on": made.due_on.isoformat()}
    store.append("culture.checked", subject=f"culture/{entry.slug}", by=f"person:{by.pk}", facts=facts)
    return made


def routes_through(slug: str) -> list[Publication]:
    """Return the public routes that stop at a place."""
    routes = Publication.objects.filter(is_live=True, kind=Entry.Kind.ROUTE).select_related("version")
    return [one for one in routes if any(stop["place"] == slug for stop in one.version.content["stops"])]


def months_on(day: date, months: int) -> date:
    """Return the day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _hold_stops(content: dict[str, Any]) -> None:
    """Have a route and whoever withdraws one of its stops at the same moment wait for each other."""
    slugs = [one["place"] for one in content.get("stops", ())]
    list(Publication.objects.select_for_update().filter(is_live=True, slug__in=slugs).order_by("pk"))


def _in(language: str, words: str) -> str:
    with translation.override(language):
        return _(words)


def _code() -> str:
    """Return the office's code as its numbers print it."""
    return Unit.objects.filter(kind=Unit.Kind.COMMISSION).values_list("number_code", flat=True).first() or ""


def _sought(content: dict[str, Any]) -> str:
    parts = [content[name][language] for name in ("name", "abstract", "text") for language in ("zh", "en")]
    return " ".join([*parts, *content.get("address", {}).values()]).lower()


def _return(version: Version) -> None:
    version.returned_at = timezone.now()
    version.save(update_fields=["returned_at"])
    live = Publication.objects.filter(entry=version.entry, is_live=True).exists()
    gone = version.entry.publications.exists()
    _to(version.entry, State.PUBLISHED if live else State.WITHDRAWN if gone else State.DRAFT)


def _to(entry: Entry, state: Any, **more: object) -> None:
    entry.state = state
    for name, value in more.items():
        setattr(entry, name, value)
    entry.save(update_fields=["state", "changed_at", *more])


def _note(kind: str, version: Version, by: Person, **facts: object) -> None:
    said = {"version": version.no, "sha256": version.sha256, **facts}
    store.append(kind, subject=f"culture/{version.entry.slug}", by=f"person:{by.pk}", facts=said)


def _tell(kind: str, version: Version) -> None:
    """Tell the public log: what it is and the hash of what it says, nothing of who did it."""
    facts = {"version": version.no, "sha256": version.sha256}
    store.append(kind, subject=f"culture/{version.entry.slug}", facts=facts, log="public")
