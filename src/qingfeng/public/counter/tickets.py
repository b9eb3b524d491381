"""Tickets (号牌): a form is taken after a little waiting, or after a little work of the browser, and once.

A ticket is text in the form that this counter has signed: for which form, from when on, until when. It knows
nobody. With a script the browser finds a number whose hash with the ticket begins with enough zero bits, and
need not wait; without one, waiting stands in for the work.
"""

from __future__ import annotations

import hmac
import json
import math
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256

from django.db import IntegrityError, transaction

from qingfeng.public.counter.codes import counter_key
from qingfeng.public.counter.hours import this_hour
from qingfeng.public.counter.limits import Limits, limits
from qingfeng.public.counter.models import Arrival, Spent

LASTS_SECONDS = 6 * 3600
MOST_WORK = 20  # signs of a number that solves one
WRITE, READ = "write", "read"


@dataclass(frozen=True)
class Ticket:
    """A ticket as it stands in a form.

    Attributes:
        text: What the form sends back.
        form: `write` or `read`.
        about: Digest of what it was given for.
        earliest: Seconds since 1970 from which on it is taken without work.
        latest: Seconds since 1970 until which it is taken.
        bits: How many zero bits the work begins with.
        name: Random.
    """

    text: str
    form: str
    about: str
    earliest: float
    latest: float
    bits: int
    name: bytes

    @property
    def seconds(self) -> int:
        """How long it is still waited for; 0 when it is taken."""
        return max(0, -int(-(self.earliest - time.time()) // 1))

    def is_worked(self, number: str) -> bool:
        """Say whether a number solves the ticket."""
        if not number or len(number) > MOST_WORK or not number.isascii() or not number.isdigit():
            return False
        found = int.from_bytes(sha256(f"{self.text}.{number}".encode()).digest(), "big")
        return found >> (256 - self.bits) == 0


def give(form: str, about: bytes = b"") -> Ticket:
    """Return a fresh ticket for a form.

    Args:
        form: `write` or `read`.
        about: What it is given for; another content needs another ticket.
    """
    figures = limits()
    times = _times(figures)
    seconds, bits = (
        (figures.wait_seconds, figures.work_bits)
        if form == WRITE
        else (figures.read_seconds, figures.read_bits)
    )
    now = time.time()
    said = {
        "f": form,
        "a": _about(about),
        "e": math.floor((now + seconds * times) * 10) / 10,
        "l": round(now + LASTS_SECONDS),
        "b": bits + (times - 1).bit_length(),
        "n": secrets.token_hex(16),
    }
    held = urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode()
    return _ticket(f"{held}.{_signature(held)}")


def read(text: str, form: str, about: bytes = b"", *, late: bool = False) -> Ticket | None:
    """Return a ticket that is ours, for this form and this content, and has not run out; else None.

    Args:
        text: As the form sent it back.
        form: `write` or `read`.
        about: What it was given for.
        late: Return it where it has run out, too.
    """
    ticket = _read(text)
    if ticket is None or ticket.form != form or (time.time() > ticket.latest and not late):
        return None
    return ticket if hmac.compare_digest(ticket.about, _about(about)) else None


def is_spent(text: str, form: str) -> bool:
    """Say whether a ticket that is ours, for this form, was used before, be it run out since or not."""
    ticket = _read(text)
    return (
        ticket is not None and ticket.form == form and Spent.objects.filter(digest=_spent_as(ticket)).exists()
    )


def spend(ticket: Ticket) -> bool:
    """Use a ticket up, in the caller's transaction; say whether it had not been used before."""
    until = datetime.fromtimestamp(ticket.latest, UTC).replace(minute=0, second=0, microsecond=0)
    try:
        with transaction.atomic():
            Spent.objects.create(digest=_spent_as(ticket), until=until + timedelta(hours=1))
    except IntegrityError:
        return False
    return True


def _spent_as(ticket: Ticket) -> str:
    return blake2b(ticket.name, digest_size=32, person=b"qingfeng-spent").hexdigest()


def sweep() -> None:
    """Forget tickets that have run out."""
    Spent.objects.filter(until__lt=this_hour()).delete()


def _times(figures: Limits) -> int:
    least = min(figures.busy_letters, figures.crowded_letters)
    if least > 0 and not Arrival.objects.filter(hour=this_hour())[least - 1 : least].exists():
        return 1
    return figures.times(Arrival.objects.filter(hour=this_hour()).count())


def _read(text: str) -> Ticket | None:
    held, _dot, signature = text.partition(".")
    if len(text) > 1000 or not hmac.compare_digest(signature.encode(), _signature(held).encode()):
        return None
    return _ticket(text)


def _ticket(text: str) -> Ticket:
    said = json.loads(urlsafe_b64decode(text.partition(".")[0]))
    return Ticket(text, said["f"], said["a"], said["e"], said["l"], said["b"], bytes.fromhex(said["n"]))


def _signature(held: str) -> str:
    made = blake2b(held.encode(), digest_size=32, key=counter_key(), person=b"qingfeng-ticket")
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")


def _about(about: bytes) -> str:
    return blake2b(about, digest_size=16, key=counter_key(), person=b"qingfeng-about").hexdigest()
