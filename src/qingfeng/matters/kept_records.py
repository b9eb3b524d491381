"""Records of others about a matter that outlive its words: interference, emergency readings, some reasons.

What is written there must not tell who wrote: it is refused where it names them, gives a number of theirs or
quotes them at length. What was written before that could be known (a name given later, a record without a
number) is masked where the words of the matter are erased; who, when and what else was said stays as it was.

Law:
    监察法 Art. 66 (interference is registered); 信访工作条例 Art. 30; rights.md 6, 10
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append, erase
from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.models import BreakGlass, ClockRun, Interference, Matter, MatterLink
from qingfeng.matters.outgoing import SECRET
from qingfeng.matters.registry import mechanism
from qingfeng.matters.said import Said, words_of
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer
from qingfeng.plain.telling_signs import Known, masked, telling_signs

MASK = "＊＊"
LEAST_ALONE = 3  # signs of a name that is looked for in records that name no matter
MASKED = "matter.record_masked"
NAMED = "matter.record_refused"


def tells_of(
    texts: Mapping[str, str], *matters: Matter, by: Viewer | None, titles: bool = False
) -> Refusal | None:
    """Return why texts that stay may not stand, beside each field; None where they tell of nobody who wrote.

    Whoever asks may try names of what they do not see: a door that anybody can knock at keeps a refusal
    (`note_refused`).

    Args:
        texts: By field of the form.
        matters: What they are about; a kind that does not work with those who write has nobody to be told of.
        by: Who asks: they are told the number of no other matter than one they see or have given.
        titles: Whether what these are called counts too: where the title goes and the texts are not masked.
    """
    theirs = [one for one in _beside(matters) if mechanism(one.mechanism, one.version).names_sources]
    if not theirs:
        return None
    said = Said(frozenset())
    for one in theirs:
        said |= words_of(one, personal=True) if titles and one in matters else _letter(one)
    known = _known(said)
    found = {key: telling_signs(text, known) for key, text in texts.items()}
    number = next((one for one in theirs if one in matters or access.may_see(by, one)), matters[0]).number
    errors = {key: (_refusal(signs, number),) for key, signs in found.items() if signs}
    if not errors:
        return None
    return Refusal("facts", _("This would tell who wrote; nothing was kept."), SECRET, errors)


def _letter(matter: Matter) -> Said:
    """Return what private persons said, without the title by which everybody calls it.

    A title that repeats one of their texts stays theirs where they said nothing longer: it is the letter.
    """
    said = words_of(matter, personal=True, titled=False)
    longest = max(map(len, said.words), default=0)
    return Said(said.words - {matter.title}, said.names) if len(matter.title) < longest else said


def _beside(matters: Iterable[Matter]) -> list[Matter]:
    """Return some matters and those linked with them: an order to an office is about the petition."""
    keys = {one.pk for one in matters}
    links = MatterLink.objects.filter(Q(source__in=keys) | Q(target__in=keys)).values_list("source", "target")
    near = {end for link in links for end in link} - keys
    return [*matters, *Matter.objects.filter(pk__in=near).order_by("pk")]


def _refusal(signs: Iterable[str], number: str) -> str:
    said = _(
        "“%(signs)s” tells who wrote, and this stays when the words of the petition go. "
        "Say “who wrote” and %(number)s instead, and what you must say in your own words."
    )
    return said % {"signs": "”、“".join(signs), "number": number}


def _known(said: Said) -> Known:
    offices = {one for names in Unit.objects.values_list("name", "short_name") for one in names if one}
    return Known(said.names, said.words, offices)


def note_refused(matter: Matter, by: str) -> None:
    """Note that a record was refused: whoever tries names on a matter that they do not see is on record."""
    append(NAMED, subject=_subject(matter), by=by, facts={})


def mask(matter: Matter, said: Said, why: str) -> None:
    """Mask what tells who wrote in the records of others, in the transaction in which its words go.

    Args:
        matter: Whose words go.
        said: What private persons said there, and who they are.
        why: Stands in the journal, so nothing of what it said.
    """
    known, near = _known(said), [one.pk for one in _beside([matter])]
    for entry in Interference.objects.filter(matter__in=near):
        _mask(entry, ("about", "who", "what"), known, why)
    for entry in Interference.objects.filter(matter=None):
        names = tuple(one for one in said.names if len(one) >= LEAST_ALONE)
        _mask(entry, ("about", "what"), Known(names, known.texts, known.spared), why)
    for glass in BreakGlass.objects.filter(matter__in=near).select_related("matter"):
        _mask(glass, ("reason", "review"), known, why)


def _mask(row: Interference | BreakGlass, fields: tuple[str, ...], known: Known, why: str) -> None:
    new = {key: masked(getattr(row, key), known, MASK) for key in fields}
    changed = sorted(key for key, text in new.items() if text != getattr(row, key))
    if not changed:
        return
    type(row).objects.filter(pk=row.pk).update(**{key: new[key] for key in changed})
    subject = _subject(row.matter) if isinstance(row, BreakGlass) else f"interference:{row.pk}"
    kinds = ("interference.registered", "matter.glass_broken", "matter.glass_reviewed")
    erase(JournalEntry.objects.filter(subject=subject, kind__in=kinds), reason=why, by="house")
    append(MASKED, subject=subject, by="house", facts={"fields": changed, "record": _name(row)})


def _name(row: Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"  # noqa: SLF001 - Django's own word for it


def drop_reasons(matter: Matter) -> None:
    """Drop what was said beside its deadlines and to those who were told: the days and that it was stay."""
    for run in ClockRun.objects.filter(matter=matter):
        run.working, run.earlier = _without_reason(run.working), [_without_reason(one) for one in run.earlier]
        run.save(update_fields=["working", "earlier"])
    for notice in matter.notices.filter(facts__has_key="reason"):
        notice.facts = {key: value for key, value in notice.facts.items() if key != "reason"}
        notice.save(update_fields=["facts"])


def _without_reason(working: dict[str, Any]) -> dict[str, Any]:
    return {**working, "extensions": [{**one, "reason": ""} for one in working.get("extensions", ())]}


def _subject(matter: Matter) -> str:
    return f"{matter.mechanism}/{matter.slug}"
