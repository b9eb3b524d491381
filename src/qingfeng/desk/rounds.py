"""What the desk does by itself: keep the search and the exposures up, send mail, forget old drafts."""

from __future__ import annotations

from qingfeng.desk import drafts, indexing, mailing
from qingfeng.desk.cockpit import exposure


def each_minute() -> None:
    """Take in what came past the door of acts, send what is due, count what findings are compared with."""
    indexing.keep_up()
    mailing.send_due()
    exposure.keep_up()


def each_day() -> None:
    """Mend what the search is missing, and remove drafts that nobody can take back any more."""
    indexing.mend()
    drafts.forget_old()
