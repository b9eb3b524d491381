"""Why is this here: which act opened a knot, out of what, in which role, when, under which entry.

Names of people are not in it. An act is named where the reader reads the matter whole that it was an act of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk import values
from qingfeng.desk.thread import ties
from qingfeng.desk.thread.knots import Thread
from qingfeng.desk.thread.walk import Way
from qingfeng.findings.models import Lead
from qingfeng.journal.models import JournalEntry
from qingfeng.look import said
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.registry import mechanism

FIRST = 1  # number of the act that opens a matter in its story


def whys(thread: Thread) -> dict[str, list[str]]:
    """Return the sentences of every knot, by its key; two queries for the acts and their entries."""
    found: dict[str, list[str]] = {}
    for lead in thread.leads:
        found |= _of_lead(lead)
    if thread.walked is None:
        return found
    acts = _acts(thread)
    into: dict[int, list[Way]] = defaultdict(list)
    for way in thread.walked.ways:
        into[way.target].append(way)
    verified = {lead.matter_id: lead for lead in thread.leads}
    for key, matter in thread.walked.matters.items():
        lines = [_by_way(thread, way, acts) for way in into[key]]
        if key in verified:
            words = {"key": verified[key].key[:8], "day": said.day(matter.opened_on)}
            lines.append(_("It was handed out from lead %(key)s on %(day)s, to be verified.") % words)
        found[f"m{key}"] = [*(lines or [_opened(thread, matter, acts)]), *_entry(acts.get((key, None)))]
    found |= {key: [_done(thread, act)] for key, act in thread.acts.items()}
    return found | {key: [_("What is put right because of it.")] for key in thread.knots if key[0] == "c"}


def _done(thread: Thread, act: Performance) -> str:
    """Return how a stop came about."""
    assert thread.walked is not None  # acts are of matters
    matter = thread.walked.matters[act.matter_id]
    words = {
        "act": values.act_name(mechanism(*_kind(matter)), act.act),
        "number": matter.number,
        "day": said.day(act.at),
        "role": _role(thread, act) or _("the house itself"),
    }
    return _("“%(act)s” in %(number)s on %(day)s, done by the %(role)s.") % words


Acts = Mapping[tuple[int, object], Performance]


def _acts(thread: Thread) -> Acts:
    """Return the first act of each matter, and those that opened or joined another: by matter and instant."""
    assert thread.walked is not None  # a lead that nobody took up has no acts
    matters, ways = thread.walked.matters, thread.walked.ways
    joining = Q(matter__in={one.link.source_id for one in ways}, at__in={one.link.since_at for one in ways})
    entries = JournalEntry.objects.with_places().defer("body", "leaf_hash")
    rows = Performance.objects.filter(Q(no=FIRST, matter__in=matters) | joining)
    acts: dict[tuple[int, object], Performance] = {}
    for one in rows.defer("entered").prefetch_related(Prefetch("entry", entries)).order_by("matter", "-no"):
        acts[one.matter_id, one.at] = one
        if one.no == FIRST:
            acts[one.matter_id, None] = one
    return acts


def _by_way(thread: Thread, way: Way, acts: Acts) -> str:
    """Return how one matter led to another."""
    assert thread.walked is not None  # there is a way
    link, source = way.link, thread.walked.matters[way.source]
    words = {"number": source.number, "day": said.day(link.since_at), "how": ties.words_of(link.kind)}
    act = acts.get((link.source_id, link.since_at))
    if act is None or thread.views.get(link.source_id) != "whole":
        return _("It came of %(number)s on %(day)s.") % words
    declared = mechanism(*_kind(thread.walked.matters[link.source_id]))
    words |= {"act": values.act_name(declared, act.act), "role": _role(thread, act)}
    if link.since_at != thread.walked.matters[way.target].opened_at:
        return _("It was joined to %(number)s on %(day)s by “%(act)s” (%(how)s).") % words
    if words["role"]:
        return _("“%(act)s” in %(number)s opened it on %(day)s, done by the %(role)s.") % words
    return _("“%(act)s” in %(number)s opened it on %(day)s.") % words


def _opened(thread: Thread, matter: Matter, acts: Acts) -> str:
    """Return how a matter began that came of nothing else on the thread."""
    words = {"day": said.day(matter.opened_on), "role": ""}
    act = acts.get((matter.pk, None))
    if act is not None and thread.views.get(matter.pk) == "whole":
        words["role"] = _role(thread, act)
    if words["role"]:
        return _("The thread begins here: opened on %(day)s by the %(role)s.") % words
    return _("The thread begins here: opened on %(day)s.") % words


def _role(thread: Thread, act: Performance) -> str:
    """Return the role in which an act was done, in words; "" for the house itself."""
    assert thread.walked is not None  # acts are of matters
    declared = mechanism(*_kind(thread.walked.matters[act.matter_id]))
    return next((str(one.name) for one in declared.parties if one.key == act.as_role), "")


def _kind(matter: Matter) -> tuple[str, int]:
    return matter.mechanism, matter.version


def _entry(act: Performance | None) -> list[str]:
    """Return under which entry of the journal a matter was opened."""
    if act is None or act.entry is None:
        return []
    if act.entry.index is None:
        return [_("Its entry waits to be published in the journal.")]
    return [_("Entry %(number)s of the journal.") % {"number": act.entry.index}]


def _of_lead(lead: Lead) -> dict[str, list[str]]:
    day = said.day(lead.first_seen_at)
    found = ngettext(
        "%(count)d finding on one subject makes this lead; the heaviest is “%(title)s”.",
        "%(count)d findings on one subject make this lead; the heaviest is “%(title)s”.",
        lead.found,
    ) % {"count": lead.found, "title": lead.title}
    drawn = [_("It was drawn at random in its week.")] if lead.drawn_id else []
    return {
        f"r{lead.pk}": [_("The rules read these rows in the screening of %(day)s.") % {"day": day}],
        f"f{lead.pk}": [
            ngettext("One rule spoke.", "%(count)d rules spoke.", len(lead.rules) or 1)
            % {"count": len(lead.rules) or 1}
        ],
        f"l{lead.pk}": [found, *drawn],
        f"v{lead.pk}": [_("Nobody has taken it up yet.")],
    }
