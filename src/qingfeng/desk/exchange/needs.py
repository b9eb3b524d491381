"""What whoever carries packages has to do, the most pressing first: what is so, since when, what next.

Plain words, numbers and days; nothing of what a package says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.exchange import standing, watching
from qingfeng.exchange.models import OFFICE, Received, Sent
from qingfeng.exchange.outgoing import outbox
from qingfeng.exchange.settings import receipt_days
from qingfeng.exchange.standing import Standing

FETCHED = 3
"""Links to packages that one line offers; the rest stands on the page of the correspondent."""
RED, YELLOW, PLAIN = "red", "yellow", "plain"
_PRESSING = (RED, YELLOW, PLAIN)


@dataclass(frozen=True)
class Need:
    """One thing to be done.

    Attributes:
        level: How pressing: `red` stops what comes after it, `yellow` is late, `plain` is the daily way.
        what: What is so.
        since: Since when, an instant.
        then: What to do next.
        ways: Words and address of where it is done.
    """

    level: str
    what: str
    since: datetime | None
    then: str
    ways: Sequence[tuple[Any, str]] = ()

    @property
    def days(self) -> int:
        """For how many civil days it has been so."""
        return (timezone.localdate() - timezone.localdate(self.since)).days if self.since else 0


def needs(found: Iterable[Standing], *, may_act: bool) -> list[Need]:
    """Return what is to be done, the most pressing first, the oldest first among equals."""
    rows = [*_refused(may_act=may_act), *_folders()]
    for one in found:
        rows += _of(one, may_act=may_act)
    return sorted(rows, key=lambda one: (_PRESSING.index(one.level), one.since or timezone.now()))


def _of(one: Standing, *, may_act: bool) -> Iterator[Need]:
    name, page = one.correspondent.name, reverse("desk:packages_with", args=[one.correspondent.pk])
    if not one.is_known:
        yield Need(
            YELLOW,
            _("The keys of %(name)s are not confirmed: nothing goes there, nothing is taken from there.")
            % {"name": name},
            None,
            _("Another administrator hears their fingerprint by telephone and types it."),
            [(_("Confirm the keys"), page)],
        )
        return
    if one.missing:
        yield _missing(one, page)
    if one.correspondent.is_beside:
        return  # the worker hands over
    yield from _owed(one, page, may_act=may_act)
    if one.holds:
        what = _("Something for %(name)s does not go yet: %(why)s")
        yield Need(
            PLAIN,
            what % {"name": name, "why": " ".join(one.holds)},
            one.waits_since,
            _("Nothing: it goes with a later package by itself."),
        )


def _missing(one: Standing, page: str) -> Need:
    name, span = one.correspondent.name, said_span(one.missing)
    what = ngettext(
        "Package %(span)s from %(name)s is missing; %(count)d later one waits for it.",
        "Package %(span)s from %(name)s is missing; %(count)d later ones wait for it.",
        one.behind,
    ) % {"span": span, "name": name, "count": one.behind}
    if str(one.correspondent.kind) == "counter":
        then = _(
            "Look on the medium and in the folders. If it is not there, say on the counter's machine: "
            "“qingfeng counter export --again”, and carry what it puts out. Nothing is lost: it stays there "
            "until our receipt has come."
        )
    else:
        then = _(
            "Look on the medium and in the folders. If it is not there, telephone them: on their page of "
            "packages they fetch number %(span)s again. Nothing is lost: it stays there until our receipt "
            "has come."
        ) % {"span": span}
    ways = [(_("Bring in a package"), reverse("desk:packages_bring")), (_("All of this correspondent"), page)]
    return Need(RED, what, one.missing_since, then, ways)


def _owed(one: Standing, page: str, *, may_act: bool) -> Iterator[Need]:
    name, ready = one.correspondent.name, {sent.pk for sent in one.lying}
    if one.lying:
        words = ngettext(
            "%(count)d package for %(name)s lies ready to be carried: %(span)s.",
            "%(count)d packages for %(name)s lie ready to be carried: %(span)s.",
            len(one.lying),
        ) % {"count": len(one.lying), "name": name, "span": _numbers(one.lying)}
        then = _("Copy it onto the medium, or let the gateway fetch it from %(folder)s.")
        then %= {"folder": outbox(one.correspondent)}
        asking = [
            sent for sent in one.lying if sent.wants_receipt
        ]  # receipts alone may stay: they were copied
        since = (asking or one.lying)[0].made_at
        yield Need(_age(asking), words, since, then, _fetched(one.lying, page, may_act))
    gone = [sent for sent in one.owed if sent.pk not in ready]
    if gone:
        words = ngettext(
            "Package %(span)s is on its way to %(name)s: no receipt is here yet.",
            "Packages %(span)s are on their way to %(name)s: no receipt is here yet.",
            len(gone),
        ) % {"span": _numbers(gone), "name": name}
        late = _("Ask them whether it came. If not, fetch it here and carry it again: twice does no harm.")
        then = late if _age(gone) == YELLOW else _("Nothing yet: the receipt comes with their next package.")
        ways = _fetched(gone, page, may_act) if _age(gone) == YELLOW else ()
        yield Need(_age(gone), words, gone[0].made_at, then, ways)


def _age(sent: Sequence[Sent]) -> str:
    """Return whether the oldest of some packages has waited for its receipt for longer than the setting."""
    if not sent:
        return PLAIN
    days = (timezone.localdate() - timezone.localdate(sent[0].made_at)).days
    return YELLOW if days > receipt_days() else PLAIN


def _fetched(sent: Sequence[Sent], page: str, may_act: bool) -> list[tuple[Any, str]]:  # noqa: FBT001
    if not may_act:
        return [(_("All of this correspondent"), page)]
    stream = sent[0].stream.correspondent_id
    found = [
        (
            _("Fetch package %(number)s") % {"number": one.number},
            reverse("desk:packages_sent", args=[stream, one.number]),
        )
        for one in sent[:FETCHED]
    ]
    return found if len(sent) <= FETCHED else [*found, (_("All of this correspondent"), page)]


def _refused(*, may_act: bool) -> Iterator[Need]:
    for row in standing.refused(OFFICE):
        ways = [
            (pgettext("packages", "Say what became of it"), reverse("desk:packages_settle", args=[row.pk]))
        ]
        ways = [(_("Bring in a package"), reverse("desk:packages_bring")), *ways]
        yield Need(RED, _refusal(row), row.came_at, row.then, ways if may_act else ())


def _refusal(row: Received) -> str:
    said = {"name": row.stream.correspondent if row.stream else row.sender or "?", "what": row.what}
    if row.number is None:
        return _("A package was refused. %(what)s") % said
    said |= {"number": row.number}
    return _("Package %(number)s from %(name)s was refused. %(what)s") % said


def _folders() -> Iterator[Need]:
    for folder in watching.inboxes(OFFICE):
        if not folder.is_dir():
            what = _("The watched folder %(folder)s cannot be reached: what is brought there is not seen.")
            then = _("See whether it is mounted and may be read; until then bring packages by hand.")
            ways = [(_("Bring in a package"), reverse("desk:packages_bring"))]
            yield Need(YELLOW, what % {"folder": folder}, None, then, ways)


def _numbers(sent: Sequence[Sent]) -> str:
    return "、".join(said_span(one) for one in _spans([one.number for one in sent]))


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers in order as spans, first and last."""
    found: list[tuple[int, int]] = []
    for one in numbers:
        if found and found[-1][1] == one - 1:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return found


def said_span(span: tuple[int, int] | None) -> str:
    """Return a span of numbers as people write it; "" for none."""
    if span is None:
        return ""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"
