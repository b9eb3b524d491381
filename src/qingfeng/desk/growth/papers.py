"""A growth file as a paper to take along."""

from __future__ import annotations

from itertools import groupby

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qingfeng.documents.own_papers import Item, OwnPaper, Section
from qingfeng.growth.files import Shown, entries_of
from qingfeng.growth.models import GrowthFile
from qingfeng.look.said import dated
from qingfeng.matters.today import today


def paper_of(file: GrowthFile, name: str) -> OwnPaper:
    """Return the whole file as a paper.

    Args:
        file: The file.
        name: Whose it is.
    """
    parts = groupby(entries_of(file), key=lambda one: one.part)
    return OwnPaper(
        title=_("Growth file"),
        under=name,
        dated=today(),
        said_on=dated(today()),
        language=(get_language() or "zh")[:2],
        foot=_("Written and kept by its owner; no evaluation reads it."),
        sections=tuple(Section(str(part.label), tuple(map(_item, rows))) for part, rows in parts),
    )


def _item(one: Shown) -> Item:
    facts = ((pgettext("growth", "Hours"), f"{one.said.hours:g}"),) if one.said.hours is not None else ()
    held = tuple((pgettext("growth", "Attachment"), attached.name) for attached in one.attached)
    return Item(days_of(one), one.said.title, one.said.text, (*one.said.drawn, *facts, *held))


def days_of(one: Shown) -> str:
    """Return the day of an entry, or the days from the first to the last."""
    until = one.said.until_on
    return f"{dated(one.on)}\n{dated(until)}" if until else dated(one.on)
