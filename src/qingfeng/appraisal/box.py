"""The ballot box (票箱): takes ballots in, keeps them apart from everything that could say whose they are.

A ballot waits in the spool. As soon as ten wait, five drawn at random go into the database as one lot,
with all that is there already shuffled anew; five stay behind, so that even whoever sees every write
cannot say which came last. The rest follows at the close; fewer than five in all are destroyed unread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from qingfeng.appraisal import blind, spool, tokens
from qingfeng.appraisal.defaults import HIGHEST, LOWEST
from qingfeng.appraisal.models import Box, Form, Round, Slate
from qingfeng.plain.suppression import LEAST
from qingfeng.screening.errors import Problem

LOT = LEAST
"""Ballots written at once."""

STAY = LEAST
"""Ballots that stay behind in the spool."""

LONGEST = 300
TOKEN = 64
"""Bytes of a prepared message: 32 of the RFC's prefix, 32 of the voter's."""


def take(slate: Slate, prepared: bytes, signature: bytes, *, said: Mapping[str, Any], on: date) -> None:
    """Take a ballot in; the same one sent twice is taken once.

    Args:
        slate: Which it is for, with its round.
        prepared: The prepared message that was signed.
        signature: The signature, its blinding taken off.
        said: `{"scores": {person: {dimension: score}}, "remarks": {person: text}}`.
        on: The day.

    Raises:
        Problem: If the box is closed, the token is none, or the ballot cannot be read.
    """
    if slate.on_paper or not is_taking(slate.round, on):
        raise Problem(_("This box is closed."))
    if len(prepared) != TOKEN or not blind.verify(tokens.public_key(slate), prepared, signature):
        raise Problem(_("The house has not signed this token for this slate."))
    put(slate, {**ballot_of(slate, said), "token": hashlib.sha256(prepared).hexdigest()})


def is_taking(round_: Round, on: date) -> bool:
    """Return whether the boxes of a round are open: until the last day that anybody was given."""
    if not round_.is_open or on < round_.from_on:
        return False
    own = round_.rolls.aggregate(last=Max("until_on"))["last"]
    return on <= max(round_.until_on, own or round_.until_on)


def ballot_of(slate: Slate, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ballot as it is kept: scores by person and dimension, and remarks.

    Raises:
        Problem: If it names somebody else, leaves a dimension out, or a score is none.
    """
    form = Form.objects.get(round=slate.round_id, key=slate.form)
    named = {str(person) for person in slate.people}
    scores, remarks = said.get("scores"), said.get("remarks") or {}
    if not isinstance(scores, Mapping) or not isinstance(remarks, Mapping):
        raise Problem(_("This ballot cannot be read."))
    if not (set(scores) | set(remarks)) <= named:
        raise Problem(_("This ballot names somebody who is not on the slate."))
    kept = {person: _scores(one, form) for person, one in scores.items() if one}
    if not kept:
        raise Problem(_("Judge at least one; leave out whom you do not know."))
    texts = {person: _text(text) for person, text in remarks.items()}
    return {"scores": kept, "remarks": {person: text for person, text in texts.items() if text}}


def _scores(said: object, form: Form) -> dict[str, int]:
    if not isinstance(said, Mapping) or set(said) != set(form.keys):
        raise Problem(_("Every line of somebody who is judged needs a score."))
    if any(type(one) is not int or not LOWEST <= one <= HIGHEST for one in said.values()):
        raise Problem(_("A score is a whole number from 1 to 10."))
    return {key: said[key] for key in form.keys}


def _text(said: object) -> str:
    """Return a remark without what a database refuses (NUL, half a sign): one would spoil its whole box."""
    kept = str(said).replace("\x00", "").encode(errors="ignore").decode()
    return kept.strip()[:LONGEST]


def put(slate: Slate, ballot: dict[str, Any]) -> bool:
    """Let a ballot wait, and write a lot where ten wait; return whether it was not there before."""
    with spool.open_box(slate.pk) as waiting:
        there = {one["token"] for one in waiting}
        if ballot["token"] in there or ballot["token"] in _spent(slate):
            return False
        waiting.append(ballot)
        if len(waiting) >= LOT + STAY:
            lot, rest = spool.drawn(waiting, LOT)
            _write(slate, lot)
            waiting[:] = rest
    return True


def _spent(slate: Slate) -> set[str]:
    return set(Box.objects.filter(slate=slate).values_list("spent", flat=True).first() or ())


def _write(slate: Slate, lot: list[dict[str, Any]]) -> None:
    """Add a lot to what is there, and write all of it in a new order; remarks and tokens each in another."""
    with transaction.atomic():
        box, _made = Box.objects.select_for_update().get_or_create(slate=slate)
        spent = set(box.spent)
        new = [one for one in lot if one["token"] not in spent]
        box.ballots = spool.shuffled([*box.ballots, *(one["scores"] for one in new)])
        said = [{"person": who, "text": text} for one in new for who, text in one["remarks"].items()]
        box.remarks = spool.shuffled([*box.remarks, *said])
        box.spent = sorted(spent | {one["token"] for one in new})
        box.save()


def empty(slate: Slate) -> int:
    """Write what still waits, at the close; return how many ballots count.

    Fewer than five in all are destroyed: none of them is kept.
    """
    with spool.open_box(slate.pk) as waiting:
        there = Box.objects.filter(slate=slate).values_list("spent", flat=True).first() or []
        cast = len({*there, *(one["token"] for one in waiting)})
        if cast >= LEAST:
            _write(slate, waiting)
        waiting.clear()
    spool.destroy(slate.pk)
    return cast
