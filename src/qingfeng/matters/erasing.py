"""Erasing what a matter says: its number, stages and days stay, its words go, wherever the house has them.

What floors above have made of the words (search, signs of likeness, drafts, exports) goes in the same
transaction: they hang on by `when_erased`. What only repeats some words of another matter loses those alone
(`strike`). Records of others about it stay, and tell of nobody (`kept_records`). Backups made before keep
what they hold; what was printed or fetched is told of, not undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from qingfeng.documents.attachments import erase as erase_attachment
from qingfeng.documents.withdrawing import withdraw
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append, erase
from qingfeng.matters import at_hand, clocks, kept_records
from qingfeng.matters.models import LedgerLine, Matter, MatterFile, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.said import LEAST, TEXTS, Said, fields_of, words_of
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.matters.vocabulary import Mechanism

ERASED = "matter.content_erased"
LEAST_WITHIN = 4  # signs of a word that is looked for inside a longer text
MASK = "＊"
APART_FROM_WORDS = frozenset({"kind", "form", "dated", "printed_on", "number", "return_qr", "proof"})
"""Parts of a stored document that nobody wrote."""

Forgets = Callable[[Matter, str, Said | None], None]

_HEARD: list[Forgets] = []


def when_erased(function: Forgets) -> None:
    """Have a function called with a matter and the reason, in the transaction in which its words go.

    It also gets which of its words went; None where all did.
    """
    if function not in _HEARD:
        _HEARD.append(function)


def _chosen(declared: Mechanism) -> frozenset[str]:
    """Return the keys under which nothing is written freely: choices, days, numbers, units, files."""
    fields = list(fields_of(declared))
    return frozenset(one.key for one in fields) - {one.key for one in fields if one.kind in TEXTS}


def erase_words(
    matter: Matter, *, title: str, why: str, keeps: Collection[str] = (), act: Performance | None = None
) -> None:
    """Erase what a matter says, under the caller's transaction and lock.

    Args:
        matter: Locked.
        title: What it is called from now on.
        why: Stands in the journal and with its slips, so nothing of what it said.
        keeps: Facts that stay: days, numbers, choices.
        act: The act by which it is erased, which keeps its own reason and entry.
    """
    said, personal = words_of(matter), words_of(matter, personal=True)
    matter.title = title
    matter.facts = {key: value for key, value in matter.facts.items() if key in keeps}
    matter.save(update_fields=["title", "facts"])
    for line in matter.story.all():
        entered = {key: value for key, value in line.entered.items() if key in keeps}
        reason = line.reason if act is not None and line.pk == act.pk else ""
        Performance.objects.filter(pk=line.pk).update(entered=entered, reason=reason)
    matter.lines.update(facts={})
    matter.awaiting.all().delete()
    matter.recusals.update(ground=why)  # who is kept away stays away
    erase_files(matter.files.all(), why)
    kept_records.mask(matter, personal, why)
    kept_records.drop_reasons(matter)
    _take_back_slips(matter, said, why)
    own = act.entry_id if act is not None else None
    entries = JournalEntry.objects.filter(subject=_subject(matter)).exclude(pk=own)
    _forget(matter, list(entries), why)


def strike(matter: Matter, said: Said, *, title: str, why: str) -> bool:
    """Erase words of another matter where this one repeats them; say whether there were any.

    Args:
        matter: Locked; it goes on with what else it says.
        said: What the other one said (`words_of`).
        title: What this one is called where its own title repeats them.
        why: As `erase_words`.
    """
    entries = []
    was = (matter.title, matter.facts)
    spared = _chosen(mechanism(matter.mechanism, matter.version))
    matter.title = title if _repeats(matter.title, said) else matter.title
    matter.facts = without(matter.facts, said, spared)
    changed = (matter.title, matter.facts) != was
    for line in matter.lines.all():
        changed |= strike_line(line, said)
    for told in matter.story.all():
        entered, reason = without(told.entered, said, spared), _struck(told.reason, said)
        if (entered, reason) != (told.entered, told.reason):
            Performance.objects.filter(pk=told.pk).update(entered=entered, reason=reason)
            entries += [told.entry_id] if told.entry_id else []
            changed = True
    for one in matter.awaiting.all():
        one.entered, one.reason = without(one.entered, said, spared), _struck(one.reason, said)
        one.save(update_fields=["entered", "reason"])
    changed |= _take_back_slips(matter, said, why, whole=False)
    kept_records.mask(matter, said, why)
    if changed:
        matter.revision += 1  # what was read of it before is of another revision
        matter.save(update_fields=["title", "facts", "revision"])
        _forget(matter, entries, why, said)
    return changed


def strike_line(line: LedgerLine, said: Said) -> bool:
    """Erase words where a line repeats them; say whether it did."""
    facts = without(line.facts, said, _chosen(mechanism(line.matter.mechanism, line.matter.version)))
    if facts == line.facts:
        return False
    line.facts = facts
    line.save(update_fields=["facts"])
    return True


def without(value: Any, said: Said, spared: Collection[str] = ()) -> Any:
    """Return a stored value without the texts that are among some; keys and places of the rest stay.

    Args:
        value: JSON.
        said: What goes; inside other texts its names are masked.
        spared: Keys whose values nobody wrote: a choice is no word, whatever it is called.
    """
    if isinstance(value, dict):
        gone = {key for key, one in value.items() if isinstance(one, str) and one in said.words} - {*spared}
        kept = {key: one for key, one in value.items() if key not in gone}
        return {key: one if key in spared else without(one, said, spared) for key, one in kept.items()}
    if isinstance(value, list):
        if len(value) == 4 and isinstance(value[3], dict):  # ledger, number, state, facts, as a story has it
            return [*value[:3], without(value[3], said, spared)]
        return [without(one, said, spared) for one in value]
    return _struck(value, said) if isinstance(value, str) else value


def _struck(text: str, said: Said) -> str:
    """Return a text: "" where it is among some, else with their names masked."""
    if text in said.words:
        return ""
    for one in sorted(said.names, key=len, reverse=True):
        text = _sought(one).sub(MASK * 2, text)
    return text


def _sought(word: str) -> re.Pattern[str]:
    """Return what finds a word: in Latin script as a word of its own."""
    before = "(?<![0-9A-Za-z])" if re.match("[0-9A-Za-z]", word) else ""
    after = "(?![0-9A-Za-z])" if re.search("[0-9A-Za-z]$", word) else ""
    return re.compile(before + re.escape(word) + after)


def _repeats(text: str, said: Said) -> bool:
    """Return whether a text is among some, holds one of them or a name, or stands in one of them."""
    begins = text.rstrip("…")
    return any(
        text == one or (len(one) >= LEAST_WITHIN and one in text)
        or (len(begins) >= LEAST_WITHIN and begins in one)
        for one in said.words
    ) or any(_sought(one).search(text) for one in said.names)  # fmt: skip


def erase_files(rows: Iterable[MatterFile], why: str) -> None:
    """Erase attachments of acts and lines: their bytes, their names, and that they were here."""
    held = list(rows)
    files = [one.attachment for one in MatterFile.objects.filter(pk__in=[row.pk for row in held])]
    MatterFile.objects.filter(pk__in=[row.pk for row in held]).delete()
    for one in files:
        if not MatterFile.objects.filter(attachment=one).exists():
            erase_attachment(one, by=None, reason=why)


def _take_back_slips(matter: Matter, said: Said, why: str, *, whole: bool = True) -> bool:
    """Take back the slips that say any of it; the fields behind the others go too. Say whether any did.

    Of a matter that goes on, a slip is taken back for a name or for a line that is longer than a greeting.
    """
    changed = False
    least = LEAST if whole else LEAST_WITHIN
    lines = {line.strip() for one in said.words for line in one.splitlines()}
    printed = [_sought(one) for one in {*said.names, *(line for line in lines if len(line) >= least)}]
    spared = _chosen(mechanism(matter.mechanism, matter.version))
    for row in matter.slips.select_related("slip__number"):
        slip, shown = row.slip, "\n".join(_written(row.slip.official))
        if any(one.search(shown) for one in printed):
            withdraw(slip, reason=why)
            changed = True
            continue
        fields = {} if whole else without(slip.fields, said, spared)
        changed |= fields != slip.fields
        slip.fields = fields
        slip.save(update_fields=["fields"])
    return changed


def _written(value: Any) -> Iterator[str]:
    """Yield the texts of a stored document, not what holds them together."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in APART_FROM_WORDS:
                yield from _written(one)
    elif isinstance(value, list):
        for one in value:
            yield from _written(one)


def _forget(matter: Matter, entries: list[Any], why: str, said: Said | None = None) -> None:
    """Erase what the journal keeps beside its entries, let floors above forget, and say that it was done."""
    erase(entries, reason=why, by="house")
    for function in _HEARD:
        function(matter, why, said)
    append(ERASED, subject=_subject(matter), by="house", facts={})


def _subject(matter: Matter) -> str:
    return f"{matter.mechanism}/{matter.slug}"


def ended_for_good(matter: Matter) -> bool:
    """Return whether a matter ended by an act after which nobody opens it again (`Act.for_good`)."""
    ended = matter.story.filter(to_stage=matter.stage).exclude(from_stage=matter.stage).last()
    acts = mechanism(matter.mechanism, matter.version).acts
    return ended is not None and any(one.for_good for one in acts if one.key == ended.act)


def end_parts(matter: Matter) -> list[int]:
    """End every part on a matter; return the keys of these parts.

    Whom a matter is about stays: they are what keeps others away.
    """
    reading, now = at_hand.of(matter), timezone.now()
    gone = [one for one in reading.parties() if not one.is_subject]
    for one in gone:
        one.until_at = now
        one.save(update_fields=["until_at"])
    reading.parties_changed(gone)
    return [one.pk for one in gone]


def void(matter: Matter, *, at: datetime, reason: str) -> None:
    """Void a matter with the one that it came from: the house says so in its story."""
    if matter.standing == Matter.Standing.VALID:
        matter.standing, matter.is_open = Matter.Standing.VOID, False
        matter.closed_on = timezone.localdate(at)
        clocks.stop_all(matter, on=matter.closed_on)
        clocks.note_next_due(matter)
        matter.revision += 1
        record(
            matter, Signed(None, "clock", at, reason=reason), Trace("kernel.void", matter.stage, matter.stage)
        )
        matter.save()
