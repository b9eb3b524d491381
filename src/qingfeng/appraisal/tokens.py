"""Giving out tokens: who may vote on a slate has one message signed blindly, once.

What is kept is that somebody took a token and a digest of the blinded message, so that an answer lost on its
way can be asked for again. A blinded message is a random number to whoever does not know its blinding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal import blind
from qingfeng.appraisal.models import Due, Roll, Round, Slate
from qingfeng.organization.sealing import seal, unseal
from qingfeng.screening.errors import Problem


def make_keys(slates: Iterable[Slate]) -> str:
    """Give each slate a key of its own and return the digest over all public ones.

    The digest stands in the journal from the opening on, so that nobody can be given a key of their own
    without others seeing another digest.
    """
    rows = list(slates)
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda _slate: blind.new_key(), rows))
    for slate, key in zip(rows, made, strict=True):
        slate.public = f"{key.public.n:x}"
        slate.secret = seal(json.dumps({"p": f"{key.p:x}", "q": f"{key.q:x}", "d": f"{key.d:x}"}))
    Slate.objects.bulk_update(rows, ["public", "secret"], batch_size=200)
    return digest_of({slate.pk: slate.public for slate in rows})


def digest_of(keys: Mapping[int, str]) -> str:
    """Return SHA-256 over public keys, a line each (`number modulus`), in the order of their slates."""
    told = "".join(f"{slate} {modulus}\n" for slate, modulus in sorted(keys.items()))
    return hashlib.sha256(told.encode()).hexdigest()


def public_key(slate: Slate) -> blind.PublicKey:
    """Return the public key of a slate."""
    return blind.PublicKey(int(slate.public, 16))


def last_day(round_: Round, person: int) -> date:
    """Return the last day on which somebody may fill in, inclusive."""
    own = Roll.objects.filter(round=round_, person=person).values_list("until_on", flat=True).first()
    return max(own, round_.until_on) if own else round_.until_on


def sign(round_: Round, person: int, asked: Mapping[int, bytes], *, on: date) -> dict[int, bytes]:
    """Return the blind signatures that somebody asks for, by slate.

    Args:
        round_: One that is open.
        person: Who asks.
        asked: Blinded message by slate.
        on: The day.

    Raises:
        Problem: If the round is not open for them, a slate is not theirs, votes on paper, or another message
            was signed for it before; then nothing is signed at all.
    """
    if not round_.is_open or not round_.from_on <= on <= last_day(round_, person):
        raise Problem(_("This round is not being filled in."))
    with transaction.atomic():
        dues = Due.objects.select_for_update(of=("self",)).filter(
            slate__round=round_, person=person, slate__in=asked
        )
        rows = list(dues.select_related("slate"))
        if len(rows) != len(asked):
            raise Problem(_("There is no ballot of yours for one of these."))
        for due in rows:
            _note(due, hashlib.sha256(asked[due.slate_id]).hexdigest())
        Due.objects.bulk_update(rows, ["state", "blinded"])
        return {due.slate_id: _signed(due.slate, asked[due.slate_id]) for due in rows}


def _note(due: Due, digest: str) -> None:
    if due.slate.on_paper or due.state == Due.State.PAPER:
        raise Problem(_("This one is voted on with paper."))
    if due.state == Due.State.TAKEN and due.blinded != digest:
        raise Problem(
            _("A token was taken for this before, on another device or browser."),
            then=_("Go on there; nobody can make a second one."),
        )
    due.state, due.blinded = Due.State.TAKEN, digest


def _signed(slate: Slate, blinded: bytes) -> bytes:
    kept = json.loads(unseal(bytes(slate.secret)))
    key = blind.PrivateKey(int(kept["p"], 16), int(kept["q"], 16), int(kept["d"], 16))
    try:
        return blind.blind_sign(key, blinded)
    except blind.BlindError as error:
        raise Problem(
            _("This is no message for the key of this slate."), then=_("Load the page again.")
        ) from error
