"""Ballots of paper, entered by two at one screen: nothing is kept until both agree.

The first types a ballot drawn from the urn, the second types it again without seeing the first, and signs
with the own name and password. What the first typed travels in the page, sealed; where both agree the
ballot goes into the box like any other, and the house keeps only how many were entered by whom.
"""

from __future__ import annotations

import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from qingfeng.appraisal import box
from qingfeng.appraisal.models import Due, Slate
from qingfeng.appraisal.rounds import note
from qingfeng.matters.today import today
from qingfeng.organization.sealing import seal, unseal
from qingfeng.plain.suppression import LEAST
from qingfeng.screening.errors import Problem

MINUTES = 15


def left_to_enter(slate: Slate) -> int:
    """Return how many ballots of a slate may still be entered: those handed out, less those entered.

    None of them while fewer than five were handed out: a single ballot of paper has a known voter.
    """
    handed = int(Due.objects.filter(slate=slate, state=Due.State.PAPER).count())
    return handed - slate.entered if handed >= LEAST else 0


def sealed(slate: Slate, said: Mapping[str, Any], *, by: int) -> str:
    """Return what the first typed, for the page only.

    Raises:
        Problem: If it is no ballot, or no more may be entered.
    """
    _may_enter(slate)
    typed = {
        "ballot": box.ballot_of(slate, said), "token": secrets.token_hex(32),
        "slate": slate.pk, "by": by, "at": int(time.time()),
    }  # fmt: skip
    return urlsafe_b64encode(seal(json.dumps(typed))).decode()


def _may_enter(slate: Slate) -> None:
    if not slate.on_paper or not box.is_taking(slate.round, today()):
        raise Problem(_("This box is closed."))
    if left_to_enter(slate) <= 0:
        raise Problem(
            _("No ballot of this slate can be entered."),
            then=_("As many as were handed out, and only where at least five were."),
        )


def enter(slate: Slate, first: str, said: Mapping[str, Any], *, by: int) -> None:
    """Let the second enter the same ballot, and put it into the box.

    Raises:
        Problem: If both are one person, a quarter of an hour has passed, or they differ; nothing is kept. Or
            if it is in the box already: one paper sent twice counts once.
    """
    try:
        typed = json.loads(unseal(urlsafe_b64decode(first.encode())))
    except (Problem, ValueError) as error:
        raise Problem(
            _("What the first typed cannot be read."), then=_("Begin this ballot again.")
        ) from error
    if typed["slate"] != slate.pk or time.time() - typed["at"] > MINUTES * 60:
        raise Problem(_("This took too long."), then=_("Begin this ballot again."))
    if typed["by"] == by:
        raise Problem(_("Somebody else types it a second time."))
    if typed["ballot"] != box.ballot_of(slate, said):
        raise Problem(_("The two differ."), then=_("Look at the paper together and begin this ballot again."))
    with transaction.atomic():
        there = Slate.objects.select_for_update(of=("self",)).select_related("round").get(pk=slate.pk)
        _may_enter(there)
        Slate.objects.filter(pk=slate.pk).update(entered=F("entered") + 1)
        note("paper_entered", slate.round, typed["by"], {"slate": slate.pk, "second": by})
    if not box.put(slate, {**typed["ballot"], "token": typed["token"]}):
        Slate.objects.filter(pk=slate.pk).update(entered=F("entered") - 1)
        raise Problem(_("This ballot is in the box already."), then=_("Go on with the next one."))
