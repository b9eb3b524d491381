"""Erasing what a matter says: its number, stages and days stay, its words go, wherever the house has them.

What floors above have made of the words (search, signs of likeness, drafts, exports) goes in the same
transaction: they hang on by `when_erased`. What only repeats some words of another matter loses those alone
(`strike`). Backups made before keep what they hold; what was printed or fetched is told of, not undone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from qingfeng.documents.attachments import erase as erase_attachment
from qingfeng.documents.withdrawing import withdraw
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append, erase
from qingfeng.matters import at_hand, clocks
from qingfeng.matters.models import LedgerLine, Matter, MatterFile, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.matters.vocabulary import Field

ERASED = "matter.content_erased"
TEXTS = ("text", "long")
LEAST, LEAST_WITHIN = 2, 4  # signs of a word that is looked for alone, and inside a longer text

Forgets = Callable[[Matter, str], None]

_HEARD: list[Forgets] = []


def when_erased(function: Forgets) -> None:
    """Have a function called with a matter and the reason, in the transaction in which its words go."""
    if function not in _HEARD:
        _HEARD.append(function)


def words_of(matter: Matter, *, personal: bool = False) -> frozenset[str]:
    """Return the free texts that a matter says: its title, facts and lines, not what was chosen or counted.

    Args:
        matter: The matter.
        personal: Only what private persons said and who they are, besides the title.
    """
    declared = mechanism(matter.mechanism, matter.version)
    fields = [*declared.asks, *(field for act in declared.acts for field in act.asks)]
    columns = {one.key: one.fields for one in declared.ledgers}
    told = [(matter.facts, fields), *((one.facts, columns.get(one.ledger, ())) for one in matter.lines.all())]
    said = {text for facts, asked in told for text in _texts(facts, asked, personal=personal)}
    return frozenset(one for one in (matter.title, *said) if len(one.strip()) >= LEAST)


def _texts(facts: dict[str, Any], fields: Iterable[Field], *, personal: bool) -> Iterator[str]:
    for field in fields:
        value = facts.get(field.key)
        if field.kind in TEXTS and isinstance(value, str) and (field.personal or not personal):
            yield value


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
    said = words_of(matter)
    matter.title = title
    matter.facts = {key: value for key, value in matter.facts.items() if key in keeps}
    matter.save(update_fields=["title", "facts"])
    for line in matter.story.all():
        entered = {key: value for key, value in line.entered.items() if key in keeps}
        reason = line.reason if act is not None and line.pk == act.pk else ""
        Performance.objects.filter(pk=line.pk).update(entered=entered, reason=reason)
    matter.lines.update(facts={})
    matter.awaiting.all().delete()
    erase_files(matter.files.all(), why)
    _take_back_slips(matter, said, why)
    own = act.entry_id if act is not None else None
    entries = JournalEntry.objects.filter(subject=_subject(matter)).exclude(pk=own)
    _forget(matter, list(entries), why)


def strike(matter: Matter, said: Collection[str], *, title: str, why: str) -> bool:
    """Erase words of another matter where this one repeats them; say whether there were any.

    Args:
        matter: Locked; it goes on with what else it says.
        said: What the other one said (`words_of`).
        title: What this one is called where its own title repeats them.
        why: As `erase_words`.
    """
    entries = []
    was = (matter.title, matter.facts)
    matter.title = title if _repeats(matter.title, said) else matter.title
    matter.facts = without(matter.facts, said)
    changed = (matter.title, matter.facts) != was
    matter.save(update_fields=["title", "facts"])
    for line in matter.lines.all():
        changed |= _struck(line, said)
    for told in matter.story.all():
        entered, reason = without(told.entered, said), "" if told.reason in said else told.reason
        if (entered, reason) != (told.entered, told.reason):
            Performance.objects.filter(pk=told.pk).update(entered=entered, reason=reason)
            entries += [told.entry_id] if told.entry_id else []
    for one in matter.awaiting.all():
        one.entered = without(one.entered, said)
        one.save(update_fields=["entered"])
    changed |= _take_back_slips(matter, said, why, whole=False)
    if changed or entries:
        _forget(matter, entries, why)
    return changed or bool(entries)


def _struck(line: LedgerLine, said: Collection[str]) -> bool:
    facts = without(line.facts, said)
    if facts == line.facts:
        return False
    line.facts = facts
    line.save(update_fields=["facts"])
    return True


def without(value: Any, said: Collection[str]) -> Any:
    """Return a stored value without the texts that are among some; keys and places of the rest stay."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if not (isinstance(one, str) and one in said)}
        return {key: without(one, said) for key, one in kept.items()}
    if isinstance(value, list):
        return ["" if isinstance(one, str) and one in said else without(one, said) for one in value]
    return value


def _repeats(text: str, said: Collection[str]) -> bool:
    """Return whether a text is among some, holds one of them, or is how one of them begins."""
    begins = text.rstrip("…")
    return any(
        text == one or (len(one) >= LEAST_WITHIN and one in text)
        or (len(begins) >= LEAST_WITHIN and begins in one)
        for one in said
    )  # fmt: skip


def erase_files(rows: Iterable[MatterFile], why: str) -> None:
    """Erase attachments of acts and lines: their bytes, their names, and that they were here."""
    held = list(rows)
    files = [one.attachment for one in MatterFile.objects.filter(pk__in=[row.pk for row in held])]
    MatterFile.objects.filter(pk__in=[row.pk for row in held]).delete()
    for one in files:
        if not MatterFile.objects.filter(attachment=one).exists():
            erase_attachment(one, by=None, reason=why)


def _take_back_slips(matter: Matter, said: Collection[str], why: str, *, whole: bool = True) -> bool:
    """Take back the slips that say any of it; the fields behind the others go too. Say whether any did."""
    changed = False
    lines = (line.strip() for one in said for line in one.splitlines())
    printed = {_as_json(line) for line in lines if len(line) >= LEAST}
    for row in matter.slips.select_related("slip__number"):
        slip, shown = row.slip, json.dumps(row.slip.official, ensure_ascii=False)
        if any(one in shown for one in printed):
            withdraw(slip, reason=why)
            changed = True
            continue
        fields = {} if whole else without(slip.fields, said)
        changed |= fields != slip.fields
        slip.fields = fields
        slip.save(update_fields=["fields"])
    return changed


def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _forget(matter: Matter, entries: list[Any], why: str) -> None:
    """Erase what the journal keeps beside its entries, let floors above forget, and say that it was done."""
    erase(entries, reason=why, by="house")
    for function in _HEARD:
        function(matter, why)
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
