"""What the pages of packages show, as tables; nothing of what a package says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from qingfeng.exchange import watching
from qingfeng.exchange.models import OFFICE, Correspondent, CorrespondentKeys, Incoming, Received, Sent
from qingfeng.look.tables import Column, Empty, Table

NEWEST = 100
KINDS = {
    "receipt": pgettext_lazy("packages", "receipt"),
    "directive": pgettext_lazy("packages", "directive"),
    "directive_signed": pgettext_lazy("packages", "directive signed for"),
    "directive_objection": pgettext_lazy("packages", "objection to a directive"),
    "directive_kept": pgettext_lazy("packages", "answer to an objection"),
    "directive_recall": pgettext_lazy("packages", "directive taken back"),
    "came_late": pgettext_lazy("packages", "word that something came too late"),
    "directive_extension": pgettext_lazy("packages", "more time for a directive"),
    "directive_longer": pgettext_lazy("packages", "request for more time for a directive"),
    "directive_no_longer": pgettext_lazy("packages", "no more time for a directive"),
    "directive_report": pgettext_lazy("packages", "result of a directive"),
    "directive_receipt": pgettext_lazy("packages", "receipt for a result"),
    "directive_return": pgettext_lazy("packages", "result sent back"),
    "referral": pgettext_lazy("packages", "referral"),
    "referral_receipt": pgettext_lazy("packages", "referral taken up"),
    "referral_papers": pgettext_lazy("packages", "papers asked for"),
    "referral_supplied": pgettext_lazy("packages", "papers supplied"),
    "referral_refused": pgettext_lazy("packages", "referral not taken up"),
    "referral_recall": pgettext_lazy("packages", "referral taken back"),
    "referral_result": pgettext_lazy("packages", "result of a referral"),
    "referral_rating": pgettext_lazy("packages", "answer judged"),
    "counter_batch": pgettext_lazy("packages", "letters of the counter"),
    "counter_arrival": pgettext_lazy("packages", "letter of the counter"),
    "counter_answers": pgettext_lazy("packages", "answer to a code"),
    "counter_keys": pgettext_lazy("packages", "keys for the counter"),
}


def failed(*, may_act: bool) -> Table:
    """Return what came and could not be taken in, or came too late."""

    def again(row: Incoming) -> str | None:
        is_tried = row.state == Incoming.State.FAILED and may_act
        return reverse("desk:packages_again", args=[row.pk]) if is_tried else None

    columns = [
        Column("tried_at", _("Tried last"), "moment"),
        Column(
            lambda row: str(row.received.stream.correspondent),
            pgettext("packages", "From"),
            is_head=True,
        ),
        Column("received.number", _("Package"), "number"),
        Column(lambda row: word_of(row.kind), pgettext("packages", "Kind")),
        Column("what", _("What is wrong")),
        Column("times", _("Times tried"), "number"),
        Column(lambda row: _("Try again") if again(row) else "", pgettext("packages", "Next"), link=again),
    ]
    states = (Incoming.State.FAILED, Incoming.State.LATE)
    rows = Incoming.objects.filter(received__end=OFFICE, state__in=states)
    rows = rows.select_related("received__stream__correspondent").order_by("-tried_at")[:NEWEST]
    empty = Empty(_("Everything was taken in"), _("What cannot be taken in is tried every hour."))
    return Table(columns, list(rows), _("Not taken in"), empty=empty)


@dataclass(frozen=True)
class Folder:
    """A folder that packages are brought to."""

    path: str
    state: str
    files: int


def folders() -> Table:
    """Return the folders that are watched, and whether they are there."""
    columns = [
        Column("path", _("Folder"), "exact", is_head=True),
        Column("state", _("State"), "tag"),
        Column("files", _("Packages lying there"), "number"),
    ]
    return Table(columns, list(_folders()), _("Watched folders"))


def _folders() -> Iterable[Folder]:
    for one in watching.inboxes(OFFICE):
        there = one.is_dir()
        state = _("is watched") if there else _("cannot be reached")
        yield Folder(str(one), state, len(list(one.glob("*.qfp"))) if there else 0)


def keys_of(correspondent: Correspondent, *, may_act: bool) -> Table:
    """Return every card of a correspondent with how far it is."""

    def act(row: CorrespondentKeys) -> str | None:
        if not may_act or row.ended_at:
            return None
        name = "desk:packages_end" if row.confirmed_at else "desk:packages_confirm"
        return reverse(name, args=[correspondent.pk, row.pk])

    def word(row: CorrespondentKeys) -> str:
        if act(row) is None:
            return ""
        return _("End them") if row.confirmed_at else _("Confirm the keys")

    columns = [
        Column(_fingerprint, _("Fingerprint"), "exact", is_head=True),
        Column(_standing, _("State"), "tag"),
        Column("added_at", _("Added"), "moment"),
        Column("confirmed_at", pgettext("packages", "Confirmed"), "moment"),
        Column("ended_at", pgettext("keys", "Ended"), "moment"),
        Column(word, pgettext("packages", "Next"), link=act),
    ]
    return Table(columns, list(correspondent.keys.order_by("-pk")), _("Keys"))


def _fingerprint(row: CorrespondentKeys) -> str:
    """Return the fingerprint; of keys to be confirmed only its beginning: nobody shall copy it."""
    whole = row.card.fingerprint
    return whole if row.confirmed_at else f"{whole[:4]} …"


def _standing(row: CorrespondentKeys) -> str:
    if row.ended_at:
        return pgettext("keys", "ended")
    return _("confirmed") if row.confirmed_at else _("to be confirmed")


def sent_to(correspondent: Correspondent, *, may_act: bool) -> Table:
    """Return what went out, the newest first."""

    def fetch(row: Sent) -> str | None:
        is_kept = row.receipt_at is None and may_act
        return reverse("desk:packages_sent", args=[correspondent.pk, row.number]) if is_kept else None

    columns = [
        Column("number", pgettext("packages", "Number"), "number", is_head=True),
        Column("made_at", pgettext("packages", "Packed"), "moment"),
        Column(_kinds, _("Carries")),
        Column("size", _("Bytes"), "number"),
        Column("receipt_at", pgettext("packages", "Receipt"), "moment"),
        Column(lambda row: _("Fetch it") if fetch(row) else "", pgettext("packages", "Next"), link=fetch),
        Column(lambda row: row.receipt_leaf[:16], _("Entry in their journal"), "exact"),
        Column(lambda row: row.digest[:16], _("Digest"), "exact"),
    ]
    rows = Sent.objects.filter(stream__correspondent=correspondent).order_by("-number")[:NEWEST]
    return Table(columns, list(rows), _("Sent packages"), empty=Empty(_("Nothing went out yet"), ""))


def received_from(correspondent: Correspondent) -> Table:
    """Return what came in, the newest first."""
    columns = [
        Column("number", pgettext("packages", "Number"), "number", is_head=True),
        Column("came_at", pgettext("packages", "Came"), "moment"),
        Column("get_state_display", _("State"), "tag"),
        Column(_kinds, _("Carries")),
        Column("size", _("Bytes"), "number"),
        Column("times", _("Times brought"), "number"),
        Column("what", pgettext("packages", "Remark")),
        Column(lambda row: row.digest[:16], _("Digest"), "exact"),
    ]
    rows = Received.objects.filter(stream__correspondent=correspondent).order_by("-pk")[:NEWEST]
    return Table(columns, list(rows), _("Received packages"), empty=Empty(_("Nothing came in yet"), ""))


def _kinds(row: Any) -> str:
    return kinds_of(row.kinds)


def kinds_of(kinds: Mapping[str, int]) -> str:
    """Return in words what a package carries, with how many of each."""
    return "、".join(f"{word_of(kind)} {count}" for kind, count in sorted(kinds.items()))


def word_of(kind: str) -> str:
    """Return what people call a kind of thing; one of another version by its own name."""
    return str(KINDS.get(kind, kind))
