"""What a report joins: arrivals of the counter, what is left sealed when it goes up, the first answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.exchange.answers import queue
from qingfeng.exchange.kinds import REPORT, register
from qingfeng.matters.answers import Refusal
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.conditions import Refused
from qingfeng.matters.following import follow_with
from qingfeng.matters.key_models import Sealed
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.unsealing import share_within
from qingfeng.mechanisms.report import settings
from qingfeng.mechanisms.report.arriving import take, take_sent
from qingfeng.mechanisms.report.custody import SEALED_REPORT, let_in, lock_what_followed
from qingfeng.mechanisms.report.gates import SEALED_WAYS
from qingfeng.plain.source_words import source_words


def nothing_left(matter: Matter, performance: Performance) -> None:
    """Leave nothing that anybody of ours could open: the paper goes up, what was sealed from it goes.

    What was opened from it ends with it, closed to all of us: its handlers are asked for their papers.

    Raises:
        Refused: If it came through the counter and is not sealed to the superior yet: there is no paper.
    """
    if matter.facts.get("channel") in SEALED_WAYS and matter.sealed.exists():
        said = _("It came through the counter: seal it to the superior on its page first.")
        raise Refused(Refusal("gate", said))
    matter.sealed.all().delete()
    matter.sealed_files.all().delete()
    clues = matter.links_out.filter(kind="leads_to").values("target")
    Sealed.objects.filter(matter__in=clues, field="extract").delete()  # what its handlers have of it
    lock_what_followed(matter, performance)


def accepted(matter: Matter, _performance: Performance) -> None:
    """Tell whoever reported, through the counter, that it is taken up; nothing of what it says goes along."""
    text = _("What you reported is taken up and looked into. You can write here again at any time.")
    queue(matter, "accepted", text, may=("reply",))


def extract(_matter: Matter, sheet: Sheet) -> Found:
    """Find the words of an extract that say that somebody reported, by whichever page it comes."""
    text = str(sheet.facts.get("extract") or "")
    return Found(told={"source_words": list(source_words(text))})


def join() -> None:
    """Let reports arrive, and let acts do what follows from them."""
    settings.offer()
    register(REPORT, take)
    register(SEALED_REPORT, take_sent)
    share_within("report.arrived", let_in)
    follow_with("report.nothing_left", nothing_left)
    follow_with("report.accepted", accepted)
    find_with("report.extract", extract)
