"""Drafts of long forms that the house keeps, so that another browser has them too.

A draft is its author's alone. Sealed fields, files and passwords are never in it: the page does not send
them, and what the declaration seals is left out here once more. A draft of a matter that its author may not
see any more does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils import timezone

from qingfeng.desk import values
from qingfeng.desk.models import KeptDraft
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.viewer import Viewer

KEPT_DAYS, UNDO_DAYS = 30, 7
MOST_FIELDS, MOST_SIGNS = 500, 100_000
FORMS = ("desk:act", "desk:new")


def drafts_of(viewer: Viewer, now: datetime | None = None) -> QuerySet[KeptDraft]:
    """Return the drafts that somebody still has, discarded ones that can be taken back among them."""
    now = now or timezone.now()
    there = access.visible(viewer).filter(pk=OuterRef("matter_id"))
    mine = KeptDraft.objects.filter(account=viewer.account_id, kept_at__gt=now - timedelta(days=KEPT_DAYS))
    mine = mine.filter(Q(discarded_at=None) | Q(discarded_at__gt=now - timedelta(days=UNDO_DAYS)))
    return mine.filter(Q(matter=None) | Q(Exists(there)))


def keep(viewer: Viewer, form: str, pairs: Iterable[Any], title: str) -> KeptDraft | None:
    """Keep a draft; None for what is no long form of a matter that exists for its author.

    Args:
        viewer: Whose it is.
        form: Address of the form.
        pairs: [name, value] of its fields, in order.
        title: What the form is called.
    """
    known = _form(viewer, form)
    if known is None:
        return None
    declared, matter = known
    sealed = _sealed(declared)
    told = [
        [str(pair[0])[:100], str(pair[1])]
        for pair in list(pairs)[:MOST_FIELDS]
        if isinstance(pair, list) and len(pair) == 2 and not is_of(str(pair[0]), sealed)
    ]
    if sum(len(value) for _name, value in told) > MOST_SIGNS:
        return None
    kept, _is_new = KeptDraft.objects.update_or_create(
        account_id=viewer.account_id,
        form=form,
        defaults={
            "title": title.strip()[:200],
            "matter": matter,
            "values": told,
            "kept_at": timezone.now(),
            "discarded_at": None,
        },
    )
    return kept


def _form(viewer: Viewer, form: str) -> tuple[Mechanism, Matter | None] | None:
    """Return the declaration and the matter of a form that somebody can open, None for any other address."""
    try:
        match = resolve(form)
    except Resolver404:
        return None
    if match.view_name not in FORMS or len(form) > 200:
        return None
    kind = match.kwargs["kind"]
    if match.view_name == "desk:new":
        return (kind, None) if access.may_open(viewer, kind) else None
    matter = access.visible(viewer).filter(mechanism=kind.key, slug=match.kwargs["slug"]).first()
    declared = access.declared_of(matter) if matter else None
    return (declared, matter) if declared else None


def _sealed(declared: Mechanism) -> frozenset[str]:
    fields = [
        *values.fields_of(declared).values(),
        *(one for ledger in declared.ledgers for one in ledger.fields),
    ]
    return frozenset(one.key for one in fields if one.sealed)


def is_of(name: str, sealed: frozenset[str]) -> bool:
    """Return whether a control is that of a sealed field, alone or in a ledger line (`line-x-1-key`)."""
    return any(name == key or name.endswith(f"-{key}") for key in sealed)


def kept_for(viewer: Viewer, form: str) -> KeptDraft | None:
    """Return the draft of a form that was not discarded, None if there is none."""
    return drafts_of(viewer).filter(form=form, discarded_at=None).first()


def discard(viewer: Viewer, key: int) -> bool:
    """Discard a draft; it can be taken back for a week."""
    return bool(drafts_of(viewer).filter(pk=key, discarded_at=None).update(discarded_at=timezone.now()))


def take_back(viewer: Viewer, key: int) -> bool:
    """Take a discarded draft back."""
    return bool(drafts_of(viewer).filter(pk=key, discarded_at__isnull=False).update(discarded_at=None))


def forget(account: int | None, form: str) -> None:
    """Remove a draft for good: its form was handed in."""
    KeptDraft.objects.filter(account=account, form=form).delete()


def forget_old(now: datetime | None = None) -> int:
    """Remove what nobody can take back any more; return how many."""
    now = now or timezone.now()
    old = Q(kept_at__lte=now - timedelta(days=KEPT_DAYS)) | Q(
        discarded_at__lte=now - timedelta(days=UNDO_DAYS)
    )
    return KeptDraft.objects.filter(old).delete()[0]
