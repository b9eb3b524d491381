"""What acts tell whoever wrote, through the counter: notices and opinions in full, questions, the end.

What is split off goes on under the same code: whoever wrote is told so, and what can be done with each part.

An act that tells names `petition.tells`; what it prints for the petitioner and what it says in the dialogue
goes, sealed, to the code of their receipt. A petition that came as a letter is told on paper.

Law:
    信访工作条例 Art. 22-23, 30-36
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from qingfeng.documents.body import lines_of
from qingfeng.documents.models import Slip
from qingfeng.documents.official import from_json
from qingfeng.exchange.answers import came_by_counter, queue
from qingfeng.matters.models import Matter, Performance

NOTICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "acceptance": ("accepted", ("reply",)),
    "sent_on": ("closed", ("reply",)),
    "routed": ("closed", ("reply",)),
    "not_again": ("closed", ("reply",)),
    "longer": ("note", ("reply",)),
    "review": ("opinion", ("reply", "reexamine", "rate")),
    "recheck": ("opinion", ("reply", "rate")),
}
"""Slip → kind of answer, and what whoever wrote may do then."""
ON_SERVICE = ("opinion", ("reply", "object", "review", "rate"))
WINDOWS = {"served": "pet_review_request", "reviewed": "pet_recheck_request"}
"""Stage → clock of what may be asked for in it."""
ANSWERED = {
    **dict.fromkeys(("served", "reviewing"), ON_SERVICE),
    **dict.fromkeys(("reviewed", "rechecking"), NOTICES["review"]),
    "final": NOTICES["recheck"],
    "in_help": NOTICES["not_again"],
    "registered": ("", ("reply",)),
}
"""Stage in which a part was split off → what was said of it until then, and what may be done."""


def tells(matter: Matter, performance: Performance) -> None:
    """Queue what an act tells; in its transaction."""
    if not came_by_counter(matter):
        return
    for key, slip in _printed(performance):
        if key in NOTICES:
            kind, may = NOTICES[key]
            _tell_in_full(matter, kind, slip, may=may)
    for said in _said(performance):
        queue(matter, "question", said, may=("reply",))
    if performance.act == "serve":
        opinion = matter.slips.filter(key="opinion").select_related("slip__number").order_by("pk").last()
        if opinion is not None:
            _tell_in_full(matter, ON_SERVICE[0], opinion.slip, may=ON_SERVICE[1])
    if performance.act == "strike_off":
        queue(matter, "closed", _("The office has struck this petition off."), may=("reply", "rate"))


def _printed(performance: Performance) -> Iterator[tuple[str, Slip]]:
    for one in performance.slips.select_related("slip__number").order_by("pk"):
        yield one.key, one.slip


def _said(performance: Performance) -> Iterator[str]:
    for ledger, _no, _state, facts in performance.entered.get("lines", ()):
        if ledger == "dialogue" and facts.get("said_by") == "office":
            yield str(facts["said"])


def _tell_in_full(matter: Matter, kind: str, slip: Slip, *, may: tuple[str, ...]) -> None:
    official = from_json(slip.official)
    text = "\n".join(lines_of(official.body))
    until = _until(matter) if {"review", "reexamine"} & set(may) else None
    title, number, on = official.title, official.number, official.dated
    queue(matter, kind, text, title=title, number=number, may=may, on=on, until=until)


def _until(matter: Matter) -> date | None:
    """Return the last day on which a review, or a re-examination, may be asked for."""
    run = matter.clocks.filter(key=WINDOWS.get(matter.stage, "")).order_by("pk").last()
    return run.due_on if run is not None else None


def parted(matter: Matter, new: Matter) -> None:
    """Queue that a part is dealt with by itself from now on; in the transaction that splits it off."""
    if not came_by_counter(new):
        return
    kind, may = ANSWERED.get(new.stage, ("accepted", ("reply",)))
    said = _("What you wrote concerns more than one matter. This part is dealt with by itself from now on.")
    until = _until(new) if {"review", "reexamine"} & set(may) else None
    queue(new, "part", said, stands=kind, may=may, until=until)
    whole = {"title": new.title, "number": new.number}
    told = _("“%(title)s” (%(number)s) is dealt with by itself from now on, under the same code.") % whole
    queue(matter, "note", told, may=("reply",))
