"""Notices as people read them: what happened to which number; never the content of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk import values
from qingfeng.journal import composing
from qingfeng.journal.straight import Question
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Notice
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.organization.viewer import Viewer

A_PAGE = 30
KEPT_SECONDS = 60
WORDS = {
    "named": gettext_lazy("You were named: %(role)s"),
    "acted": gettext_lazy("%(act)s"),
    "declined": gettext_lazy("The second signature was refused: %(act)s"),
    "overtaken": gettext_lazy("Your signature waits no more, something else was done first: %(act)s"),
    "yellow": gettext_lazy("Due soon: %(clock)s"),
    "due": gettext_lazy("Due today: %(clock)s"),
    "overdue": gettext_lazy("Overdue: %(clock)s"),
    "escalated": gettext_lazy("Overdue and passed up the line: %(clock)s"),
    "pack_due": gettext_lazy("Task pack: bring it in by its last day"),
    "pack_late": gettext_lazy("Task pack: out after its last day"),
    "pack_escalated": gettext_lazy("Task pack: out long after its last day"),
    "standing_in": gettext_lazy("You stand in for a colleague"),
    "handed_over": gettext_lazy("Matters were handed over to you"),
    "taken_back": gettext_lazy(
        "%(number)s was taken back from you: return or destroy what you printed or copied of it"
    ),
    "goes_up": gettext_lazy(
        "%(number)s belongs to another commission: stop here, "
        "and bring your papers of it, closed, to the custodian"
    ),
    "write_anew": gettext_lazy("Part of it was taken out here: correct it, and write in what belongs to it"),
    "export_taken_back": gettext_lazy(
        "An export that you fetched holds what was taken back since: delete every copy, then make it anew"
    ),
    "left": gettext_lazy("Somebody's part has ended here: see whether somebody else must be named"),
    "export_ended": gettext_lazy("An export that you asked for has ended: see the files you asked for"),
    "takeover_ended": gettext_lazy("A large takeover, or its withdrawal, has ended: see how"),
    "key_recovery": gettext_lazy("Somebody lost an unlock phrase and asks for the key: two holders decide"),
    "key_share_given": gettext_lazy("A holder gave half of your key: see whether both are there"),
    "key_recovery_refused": gettext_lazy("A holder refused to give half of a key"),
    "key_recovered": gettext_lazy("A lost key was given back by two escrow holders"),
    "report_compared": gettext_lazy(
        "Personnel acts fit the names of people who reported: the journal says how many"
    ),
    "appraisal_open": gettext_lazy("A round of evaluation is open: your ballots wait"),
    "appraisal_due": gettext_lazy("Evaluation: you have ballots left to take"),
    "appraisal_extended": gettext_lazy("Evaluation: you were given more time"),
    "appraisal_result": gettext_lazy("Your evaluation is there: read it, answer it within five working days"),
    "appraisal_talk": gettext_lazy("The talk about your evaluation is recorded"),
    "culture_soon": gettext_lazy("Culture pages are to be looked at again within 14 days"),
    "culture_due": gettext_lazy("Culture pages are to be looked at again today"),
    "culture_late": gettext_lazy("Culture pages should have been looked at again"),
    "culture_up": gettext_lazy("Culture pages should have been looked at again a week ago"),
    "points_open": gettext_lazy("Assessment: your sheet of the year is laid out"),
    "points_closed": gettext_lazy("Assessment: a period of your sheet is closed"),
    "points_mark": gettext_lazy("Assessment: a bonus or deduction stands on your sheet; you may answer it"),
    "points_again": gettext_lazy("Assessment: your sheet was worked out anew after an appeal"),
    "points_review": gettext_lazy("Assessment: an appeal you examine waits for your look or signature"),
    "points_daily_back": gettext_lazy("Assessment: an entry of your daily record was sent back to be mended"),
    "points_check_due": gettext_lazy("Assessment: daily records wait for your check, seven days at most"),
    "growth_shared": gettext_lazy("A colleague shares a part of their growth file with you"),
    "growth_read": gettext_lazy("Somebody read a part of your growth file: see who and when"),
    "parting": gettext_lazy("Your last post here ends: take along what is your own"),
    "society_offered": gettext_lazy("A role in the youth society is offered to you"),
    "came_late": gettext_lazy(
        "Something crossed its recall between two offices: it came too late, nothing was done"
    ),
    "package_missing": gettext_lazy("Packages: one has been missing for a day; its page says what to do"),
    "package_refused": gettext_lazy("Packages: one was refused; its page says why, and what to do"),
    "package_unanswered": gettext_lazy("Packages: no receipt has come for one; see whether it was lost"),
    "glass_broken": gettext_lazy("Somebody used emergency access: please review it"),
}


PAGES = {f"package_{what}": "desk:packages" for what in ("missing", "refused", "unanswered")}
"""Where notices without a matter are about something that one page shows."""


@dataclass(frozen=True)
class Told:
    """A notice in words; `href` is the page that it is about, where it is about no matter."""

    notice: Notice
    words: str
    number: str
    kind: Any = ""
    href: str = ""


def shown(viewer: Viewer) -> QuerySet[Notice]:
    """Return the notices of somebody that may be shown now.

    Those without a matter, and those of matters that exist for them.
    """
    there = access.visible(viewer).filter(pk=OuterRef("matter_id"))
    mine = Notice.objects.filter(person=viewer.person_id, shown_from__lte=composing.now())
    return mine.filter(Q(matter=None) | Exists(there))


def unread_count(viewer: Viewer) -> int:
    """Return how many notices are unread; at most 100 are counted.

    Kept for a minute, under what is unread: a new notice, or one that was read, counts at once.
    """
    if viewer.person_id is None:
        return 0
    there = _UNREAD(viewer.person_id)
    if not there:
        return 0
    key = f"desk.unread.{viewer.person_id}.{viewer.on:%Y%m%d}.{there[0][0]}.{there[-1][0]}.{len(there)}"
    kept: int | None = cache.get(key)
    if kept is None:
        unread = composing.Kept(
            ("unread", access.question_of(viewer)), lambda: shown(viewer).filter(read_at=None)
        )
        kept = unread.counted(100)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


_UNREAD = Question(
    lambda person: (
        Notice.objects.filter(person=person, read_at=None).order_by("-at", "-pk").values_list("pk")[:101]
    )
)

_OF_MATTER = Question(
    lambda person, matter: Notice.objects.filter(person=person, matter=matter, read_at=None).values_list(
        "pk"
    ),
    "nn",
)


def page_of(viewer: Viewer, number: str) -> Page:
    """Return one page of notices, newest first."""
    rows = composing.Kept(
        ("notices", access.question_of(viewer)),
        lambda: shown(viewer).select_related("matter").order_by("-at", "-pk"),
    )
    return Paginator(rows, A_PAGE).get_page(number)


def told(viewer: Viewer, notices: Iterable[Notice]) -> list[Told]:
    """Return notices in words."""
    del viewer
    return [
        Told(
            one,
            _words(one),
            one.matter.number if one.matter else "",
            _kind(one.matter),
            reverse(PAGES[one.kind]) if one.kind in PAGES else "",
        )
        for one in notices
    ]


def _kind(matter: Matter | None) -> Any:
    try:
        return mechanism(matter.mechanism, matter.version).name if matter else ""
    except UnknownMechanism:
        return ""


def _words(one: Notice) -> str:
    if one.matter is None:
        given = {"role": "", "act": "", "clock": "", "number": one.facts.get("number", "")}
        return str(WORDS.get(one.kind, one.kind)) % given
    try:
        declared = mechanism(one.matter.mechanism, one.matter.version)
    except UnknownMechanism:
        return _("Something happened")
    roles = {role.key: str(role.name) for role in declared.parties}
    clocks = {clock.key: str(clock.name) for clock in declared.clocks}
    facts = {
        "role": roles.get(one.facts.get("role", ""), ""),
        "act": values.act_name(declared, one.facts.get("act", "")),
        "clock": clocks.get(one.facts.get("clock", ""), ""),
    }
    return str(WORDS.get(one.kind, gettext_lazy("Something happened"))) % facts


def mark_read(viewer: Viewer, matter: Matter) -> None:
    """Mark what somebody was told of a matter as read: they have opened it."""
    if not _OF_MATTER(viewer.person_id, matter.pk):
        return
    unread = Notice.objects.filter(person=viewer.person_id, matter=matter, read_at=None)
    unread.filter(shown_from__lte=timezone.now()).update(read_at=timezone.now())
    unread.filter(kind="named").update(read_at=timezone.now())
