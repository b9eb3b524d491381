"""Matters that two installations carry together: an act here sends, an act there is done by the house.

A room declares on its acts what goes and what comes (`Act.sends`, `Act.comes`) and says here, once for each
kind, what is said and to whom (`Carried`). Nothing else knows of it: the kernel calls `send` as it calls
whatever follows from an act, and the other side's house comes to the same door as everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents import attachments, storage
from qingfeng.documents.models import Attachment
from qingfeng.documents.models import Slip as SlipRow
from qingfeng.documents.refusal import Refused as FileRefused
from qingfeng.documents.slips import file_name
from qingfeng.exchange import late
from qingfeng.exchange.correspondents import for_unit, stream_of
from qingfeng.exchange.kinds import NotTaken, Parcel, register
from qingfeng.exchange.models import Correspondent, Stream, Thread
from qingfeng.exchange.outgoing import NotReady, find_files_with, queue
from qingfeng.exchange.settings import office
from qingfeng.look.outgoing import texts_in
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.following import send_with
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.outgoing import check_texts
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Unit
from qingfeng.sealing.packages import Enclosure, enclose

MOST_KEY = 64


@dataclass(frozen=True)
class Carried:
    """One kind of thing that goes from a matter here to a matter there.

    Attributes:
        kind: Its name in packages; `Act.sends` here and `Act.comes` there name it.
        to: Role, on the sending matter, of the unit it goes to; nothing goes where that unit has no
            installation that we exchange with.
        says: Facts of the form on the other side, from the matter and the act; JSON.
        files: Fields whose files go along, besides the slips that the act prints.
        puts: Field of the other side's form under which all files are kept; "" where none go.
        opens: The mechanism that it opens there; "" where it is an act on a matter that they have.
        named_as: For `opens`: role there of the unit that the sender stands for.
        reads: Completes the facts there: what only the receiver knows (the day of receipt).
        ends: It takes back what was opened: what the other side says to it from then on comes too late.
    """

    kind: str
    to: str
    says: Callable[[Matter, Performance], dict[str, Any]]
    files: tuple[str, ...] = ()
    puts: str = ""
    opens: str = ""
    named_as: str = ""
    reads: Callable[[dict[str, Any], date, Matter | None], dict[str, Any]] | None = None
    ends: bool = False


def carry(*kinds: Carried) -> None:
    """Make kinds known: what packs them, and who takes them; a room calls it in its `join()`."""
    for one in kinds:
        send_with(one.kind, _sending(one))
        register(one.kind, _taking(one))


def about(matter: Matter) -> str:
    """Return the public number by which both sides name a matter."""
    return f"{matter.mechanism}/{matter.slug}"


def number_of(performance: Performance) -> str:
    """Return the number of the slip that an act printed; "" where it printed none."""
    printed = performance.slips.select_related("slip__number").order_by("pk").first()
    return printed.slip.number.text if printed else ""


def on(performance: Performance) -> str:
    """Return the civil date of an act, ISO."""
    return (performance.paper_on or timezone.localdate(performance.at)).isoformat()


def _sending(carried: Carried) -> Callable[[Matter, Performance], None]:
    def send(matter: Matter, performance: Performance) -> None:
        to = _addressee(matter, carried.to)
        if to is None:
            return
        thread = _thread_for(carried, stream_of(to), matter, performance)
        if thread is None:
            return  # the other side has no matter of it: this one went on paper
        content = {
            "from": thread.ours,
            "to": thread.theirs,
            "opening": thread.opening,
            "title": matter.title,
            "reason": performance.reason,
            "facts": carried.says(matter, performance),
        }
        files = _files(carried, matter, performance)
        if not mechanism(matter.mechanism, matter.version).names_sources:
            check_texts(texts_in({key: content[key] for key in ("title", "reason", "facts")}))
            held = [one.partition(":") for one in files]
            check_texts(attachments.texts_of(int(pk) for kind, _colon, pk in held if kind == "attachment"))
        key = f"performance:{performance.pk}:{carried.kind}"
        queue(to, carried.kind, content, key=key, about=thread.ours, files=files)

    return send


def _thread_for(carried: Carried, stream: Stream, matter: Matter, performance: Performance) -> Thread | None:
    """Return under which opening something is sent; a new one where it opens a matter there."""
    held = Thread.objects.filter(stream=stream, ours=about(matter))
    if not carried.opens:
        found = held.filter(is_over=False).first()
        if found is not None and carried.ends:
            held.update(is_over=True)
        return found
    opening = {"theirs": "", "opening": f"{about(matter)}#{performance.no}", "is_over": False}
    return Thread.objects.update_or_create(stream=stream, ours=about(matter), defaults=opening)[0]


def _addressee(matter: Matter, role: str) -> Correspondent | None:
    named = matter.parties.filter(role=role, until_at=None, unit__isnull=False).select_related("unit")
    return next(filter(None, (for_unit(one.unit.name) for one in named)), None)


def _files(carried: Carried, matter: Matter, performance: Performance) -> list[str]:
    if not carried.puts:
        return []
    found = [f"slip:{one.slip_id}" for one in performance.slips.order_by("pk")]
    for field in carried.files:
        held = matter.files.filter(field=field).order_by("pk")
        newest = held.filter(line=None).last()
        held = held.filter(performance=newest.performance) if newest else held
        found += [f"attachment:{one}" for one in held.values_list("attachment_id", flat=True)]
    return list(dict.fromkeys(found))


def _taking(carried: Carried) -> Callable[[Parcel], Matter]:
    def take(parcel: Parcel) -> Matter:
        if carried.opens:
            return _opened(carried, parcel)
        thread = late.thread_of(parcel)
        matter = late.matter_of(thread)
        if matter.story.filter(key=parcel.key[:MOST_KEY]).exists():
            return matter
        late.check(thread, matter, parcel)
        act = next((one for one in _declared(matter).acts if one.comes == carried.kind), None)
        if act is None:
            raise NotTaken(_("The declaration of this matter knows no such answer: enter it by hand."))
        done = perform(
            act.key,
            matter,
            by=None,
            key=parcel.key[:MOST_KEY],
            facts=_facts(carried, parcel, matter, files=_kept(parcel)),
            reason=str(parcel.content.get("reason") or "") if act.reason else "",
        )
        if isinstance(done, Refusal) and not Matter.objects.filter(pk=matter.pk, is_open=True).exists():
            late.end(thread, matter, parcel, _("What it is said to has ended here; nothing was done."))
        written = _written(done)
        _note(thread, parcel, ends=carried.ends)
        return written

    return take


def _note(thread: Thread, parcel: Parcel, *, ends: bool) -> None:
    """Keep their number, named with their first word; what was taken back or sent anew meanwhile stays so."""
    said: dict[str, Any] = {"theirs": str(parcel.content.get("from", ""))}
    said |= {"is_over": True} if ends else {}
    Thread.objects.filter(pk=thread.pk, opening=thread.opening).update(**said)


def _opened(carried: Carried, parcel: Parcel) -> Matter:
    stream, theirs = stream_of(parcel.sender), str(parcel.content.get("from", ""))
    opening = str(parcel.content.get("opening", ""))
    known = Thread.objects.filter(stream=stream, theirs=theirs, opening=opening).first()
    if known is not None:
        return late.matter_of(known)
    unit = Unit.objects.filter(name=parcel.sender.unit).first()
    if unit is None:
        raise NotTaken(
            _("Say for which unit of ours %(name)s stands, then try again.") % {"name": parcel.sender}
        )
    done = open_matter(
        carried.opens,
        by=None,
        title=str(parcel.content.get("title") or carried.kind)[:200],
        owner=office(),
        key=parcel.key[:MOST_KEY],
        facts=_facts(carried, parcel, None, files=_kept(parcel)),
        parties={carried.named_as: [unit.pk]},
    )
    matter = _written(done)
    held = {"theirs": theirs, "opening": opening}
    Thread.objects.get_or_create(stream=stream, ours=about(matter), defaults=held)
    return matter


def _facts(carried: Carried, parcel: Parcel, matter: Matter | None, *, files: list[int]) -> dict[str, Any]:
    said = dict(parcel.content.get("facts") or {})
    said |= {carried.puts: files} if carried.puts else {}
    return carried.reads(said, parcel.made_on, matter) if carried.reads else said


def _declared(matter: Matter) -> Any:
    return mechanism(matter.mechanism, matter.version)


def _written(answer: Any) -> Matter:
    if isinstance(answer, Done):
        return answer.matter
    said = answer.reason if isinstance(answer, Refusal) else answer
    fields = "；".join(answer.errors) if isinstance(answer, Refusal) else ""
    raise NotTaken(f"{said} {fields}".strip())


def _kept(parcel: Parcel) -> list[int]:
    """Keep the files of a parcel; outside any transaction, as a refusal of one is an entry that stays."""
    kept = []
    for name, path in parcel.files:
        try:
            with path.open("rb") as source:
                kept.append(attachments.keep(source, name).pk)
        except FileRefused as why:
            raise NotTaken(_("%(file)s may not come in: %(why)s") % {"file": name, "why": why}) from why
    return kept


def _slip_file(number: str, work: Path) -> Enclosure:
    slip = SlipRow.objects.select_related("number").get(pk=int(number))
    if not slip.pdf_sha256:
        raise NotReady(_("Its slip is not typeset yet."))
    return _copied(storage.opened(slip.pdf_sha256), work / f"slip-{number}", file_name(slip, "pdf"))


def _attachment_file(number: str, work: Path) -> Enclosure:
    held = Attachment.objects.get(pk=int(number))
    return _copied(attachments.opened(held), work / f"attachment-{number}", held.name)


def _copied(source: Any, target: Path, name: str) -> Enclosure:
    with source, target.open("wb") as out:
        copyfileobj(source, out, 1 << 20)
    return enclose(target, name)


def join() -> None:
    """Let what goes out name slips and attachments, and what came too late be told."""
    late.join()
    find_files_with("slip", _slip_file)
    find_files_with("attachment", _attachment_file)
