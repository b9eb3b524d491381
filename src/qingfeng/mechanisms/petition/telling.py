"""What acts tell whoever wrote, through the counter: notices and opinions in full, questions, the end.

An act that tells names `petition.tells`; what it prints for the petitioner and what it says in the dialogue
goes, sealed, to the code of their receipt. A petition that came as a letter is told on paper.

Law:
    信访工作条例 Art. 22-23, 30-36
"""

from __future__ import annotations

from collections.abc import Iterator

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
    queue(matter, kind, text, title=official.title, number=official.number, may=may, on=official.dated)
