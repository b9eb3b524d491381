"""A petition that turns out to be a report: what was typed goes to the other line sealed, and goes here.

What who wrote said is sealed to the custodians and handed to whoever takes reports; then title, texts, names,
lines, enclosures, the text of slips and what the journal keeps beside its entries are erased here, and
whatever the house has made of them (`matters.erasing`). The number, the days and the receipt of the sealed
original stay; the parts of offices and leaders end, and they are asked to give back what they have. What is
written under its code afterwards follows it, sealed, and is kept nowhere here. Whom who wrote excludes is
sealed out there too. What was merged into it says the same and goes the same way, each to its own report.
However it had ended (struck off, sent on, withdrawn, void, merged), it can go: then it counts as what it is.

What it was split from, or was split off it, goes on without what both say: who wrote and their words are
struck there, the enclosures from before the split go along, and whoever registers it is asked to write in
what belongs to it. Nothing there says why.

Law:
    信访工作条例 Art. 30; rights.md 6
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents.attachments import opened
from qingfeng.exchange.answers import came_by_counter
from qingfeng.exchange.kinds import REPORT, handler_of
from qingfeng.exchange.models import Asker
from qingfeng.matters import erasing, notices
from qingfeng.matters.access import is_recused
from qingfeng.matters.answers import Refusal
from qingfeng.matters.carrying import came_by_itself, split_from
from qingfeng.matters.conditions import Refused
from qingfeng.matters.keeping import merged, split_with
from qingfeng.matters.kept_records import tells_of
from qingfeng.matters.key_models import PersonKey
from qingfeng.matters.models import Matter, MatterFile, Party, Performance
from qingfeng.matters.said import Said, words_of
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.mechanisms.petition import fields
from qingfeng.organization.models import PostRole
from qingfeng.organization.viewer import viewer_for
from qingfeng.sealing import envelope, streams

File = tuple[str, bytes | BinaryIO]

KEPT = frozenset({field.key for field in fields.REPORT_LINE} | {"received_on", "way", "line"})
TITLE, TITLE_LEFT = "已转检举控告线", "信访事项"
WORDS = ("summary", "demand", "about")
OTHER_LINE = FROM = "other_line"
_PETITION = "petition-"


class NoCustodian(Exception):  # noqa: N818 - says who is missing
    """No custodian can take it: none has a key, or who wrote excludes all of them."""


def to_reports(matter: Matter, performance: Performance) -> None:
    """Hand what was typed to the line of reports, sealed, and erase it here; what was merged into it too.

    Raises:
        Refused: If no custodian can take what came through the counter or was merged: no paper of it is kept;
            or if the reason, which stays here, tells who wrote.
    """
    others = merged(matter)
    stays = {"reason": performance.reason, "handed_no": str(performance.entered.get("handed_no") or "")}
    telling = tells_of(stays, matter, *others, by=None, titles=True)
    if telling is not None:
        raise Refused(telling)
    family = [one for one in _family([matter, *others]) if one.stage != OTHER_LINE]
    for one in (matter, *others):
        if not _handed(one) and (one is not matter or came_by_counter(one) or came_by_itself(one)):
            raise Refused(Refusal("gate", _nobody()))
    said = Said(frozenset())
    for one in (matter, *others):
        said |= words_of(one, personal=True)
    along = [file for one in (matter, *others) for file in _files(one) if file.matter_id != one.pk]
    _erase(matter, performance)
    _count_again(matter)
    for one in others:
        _erase(one, _noted(one, performance))
    for one in family:
        _strike(one, said, [file for file in along if file.matter_id == one.pk])


def _family(handed: list[Matter]) -> list[Matter]:
    """Return what shares words with what is handed over: what was split, and what took any of it in."""
    every = list(handed)
    for one in every:
        took = Matter.objects.select_for_update().filter(pk=one.merged_into_id)
        near = {each.pk: each for each in (*took, *split_with([one]))}
        every += [near[key] for key in sorted({*near} - {each.pk for each in every})]
    return every[len(handed) :]


def _handed(matter: Matter) -> bool:
    """Hand what was typed to the line of reports, sealed; say whether anybody could take it."""
    keys, take = _custodians(matter), handler_of(REPORT)
    if not keys or take is None:
        return False
    content = {**_content(matter), "files": [one.attachment.name for one in _files(matter)]}
    sealed = []
    for one in _files(matter):
        with opened(one.attachment) as held:
            sealed.append(_sealed(held, keys))
    became = take(f"{_PETITION}{matter.pk}", envelope.close(content, keys), sealed, channel=FROM)
    about = f"{matter.mechanism}/{matter.slug}"
    Asker.objects.filter(about=about).update(about=f"{became.mechanism}/{became.slug}")
    return True


def _count_again(matter: Matter) -> None:
    """Let what was void, withdrawn or merged stand as handed over: it points to nothing else from now on."""
    matter.standing, matter.merged_into = Matter.Standing.VALID, None
    matter.save(update_fields=["standing", "merged_into"])


def _noted(other: Matter, performance: Performance) -> Performance:
    """Say in the story of a merged petition that it went along: what is kept of its words goes too."""
    before, other.stage = other.stage, OTHER_LINE
    other.revision += 1
    other.save(update_fields=["stage", "revision"])
    signed = Signed(None, "clock", performance.at)
    return record(other, signed, Trace(performance.act, OTHER_LINE, before))


def same_letter(matter: Matter) -> Matter | None:
    """Return the report that a petition became, or the petition that a report was; None for all others."""
    if matter.mechanism == REPORT:
        name = f"{REPORT}:arrival:{_PETITION}"
        found = Performance.objects.filter(matter=matter, key__startswith=name).values_list("key", flat=True)
        keys = [key.removeprefix(name) for key in found]
        return Matter.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()]).first()
    if matter.stage != OTHER_LINE:
        return None
    key = f"{REPORT}:arrival:{_PETITION}{matter.pk}"
    handed = Performance.objects.select_related("matter").filter(key=key).first()
    return handed.matter if handed else None


def hand_words(matter: Matter, arrival: Mapping[str, Any], files: Sequence[File]) -> Matter:
    """Hand what is written to a petition that was handed over to the report that it became, sealed.

    Args:
        matter: The petition.
        arrival: As `arriving.take`; its number makes it one thing.
        files: Name and content of each enclosure.

    Returns:
        The report; another one where that report has ended.

    Raises:
        NoCustodian: If none can take it.
    """
    keys, take = _custodians(matter), handler_of(REPORT)
    if not keys or take is None:
        raise NoCustodian(_nobody())
    said = {key: str(arrival.get(key) or "") for key in ("name", "contact", "about", "text")}
    content = {"line": "report", **said, "excludes": _away(matter), "files": [name for name, _held in files]}
    sealed = [_sealed(BytesIO(one) if isinstance(one, bytes) else one, keys) for _name, one in files]
    became: Matter = take(str(arrival["number"]), envelope.close(content, keys), sealed, channel=FROM)
    return became


def _nobody() -> str:
    return _("No custodian can take it: none has an unlock phrase yet, or who wrote excludes them all.")


def _custodians(matter: Matter) -> list[bytes]:
    """Return the keys of the custodians whom who wrote does not exclude."""
    held = PostRole.objects.held_on(timezone.localdate()).filter(role="custodian", post__unit__is_ours=True)
    keys = PersonKey.objects.filter(person__in=held.values("post__person")).select_related("person")
    there = [one for one in keys.order_by("person_id") if not is_recused(viewer_for(one.person), matter)]
    return [bytes(one.public) for one in there]


def _away(matter: Matter) -> list[str]:
    """Return whom who wrote excludes, by number and by room, as a report names them."""
    away = matter.recusals.filter(until_at=None, decided_by=None).select_related("person", "unit")
    return [one.unit.name if one.unit else str(one.person and one.person.number) for one in away]


def _content(matter: Matter) -> dict[str, Any]:
    said = [str(matter.facts[key]) for key in WORDS if matter.facts.get(key)]
    said += [json.dumps(line.facts, ensure_ascii=False) for line in matter.lines.order_by("pk")]
    return {
        "line": "report",
        "name": str(matter.facts.get("petitioner") or ""),
        "contact": str(matter.facts.get("contact") or ""),
        "about": matter.title,
        "text": "\n".join(said),
        "excludes": _away(matter),
    }


def _files(matter: Matter) -> list[MatterFile]:
    """Return its enclosures, and those that came with what it was split from before it was."""
    found = list(matter.files.select_related("attachment").order_by("pk"))
    since, above = matter.opened_at, split_from(matter)
    while above is not None:
        there = above.files.filter(performance__at__lte=since).select_related("attachment")
        found += list(there.order_by("pk"))
        since, above = above.opened_at, split_from(above)
    return found


def _sealed(held: BinaryIO, keys: list[bytes]) -> bytes:
    out = BytesIO()
    streams.seal_stream(held, out, keys)
    return out.getvalue()


def _erase(matter: Matter, performance: Performance) -> None:
    """Erase what was typed; the act that hands it on keeps its own reason. Whoever had a part is told."""
    erasing.erase_words(matter, title=TITLE, why=_why(), keeps=KEPT, act=performance)
    ended = Party.objects.filter(pk__in=erasing.end_parts(matter)).select_related("unit", "person")
    had = notices.people_of([one.unit or one.person for one in ended])
    notices.tell(had, "taken_back", None, {"number": matter.number})


def _strike(matter: Matter, said: Said, along: list[MatterFile]) -> None:
    """Strike what went from a petition that goes on; have what belongs to it written in anew."""
    erasing.erase_files(along, _why())
    if erasing.strike(matter, said, title=TITLE_LEFT, why=_why()) or along:
        held = PostRole.objects.held_on(timezone.localdate()).filter(
            role="registrar", post__unit=matter.owner
        )
        notices.tell(held.values_list("post__person", flat=True), "write_anew", matter)


def _why() -> str:
    return _("It is dealt with under other rules: nothing of what it said is kept here.")
