"""What a custodian does with an open report: extract, hand to handlers, release, keep away, send up.

Each takes the phrase and lets go of what it opened with the request. What is written is sealed again before
it is written: to the handlers of a clue, to one person named, to the superior commission.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange.correspondents import counting
from qingfeng.exchange.models import OFFICE, Correspondent
from qingfeng.exchange.outgoing import queue
from qingfeng.matters import erasing, guarding, notices
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.key_models import PersonKey, Sealed
from qingfeng.matters.models import Matter, MatterLink, Party, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sealing import opened_with, place
from qingfeng.mechanisms.report.gates import SEALED_WAYS
from qingfeng.mechanisms.report.reading import Opened, enclosure, gives_away, read
from qingfeng.organization.models import Person, Unit
from qingfeng.organization.people import ours_named, rooms_named
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem
from qingfeng.sealing import boxes, envelope, streams
from qingfeng.sealing.errors import SealingError

SEALED_REPORT = "sealed_report"


def make_extract(matter: Matter, text: str, phrase: str, *, by: Viewer) -> Answer:
    """Keep an extract, sealed, if nothing in it gives the source away.

    Args:
        matter: A report.
        text: In the custodian's own words.
        phrase: The custodian's.
        by: The custodian.

    Raises:
        Problem: As `reading.read`.
    """
    found = gives_away(text, read(matter, phrase, by=by))
    if found:
        said = _("This gives the source away: %(words)s. Say it in other words.") % {
            "words": "、".join(found)
        }
        return Refusal("facts", said, errors={"extract": (said,)})
    return perform("make_extract", matter, by=by, facts={"extract": text})


def hand_extract(matter: Matter, phrase: str, *, by: Viewer) -> list[Matter] | Refusal:
    """Seal the extract to those who handle the clue now; return the clues that have it now.

    Raises:
        Problem: As `reading.read`; or if no handler has a key yet.
    """
    extract = read(matter, phrase, by=by).extract
    clues = [one.target for one in matter.links_out.filter(kind="leads_to", until_at=None)]
    if not extract or not clues:
        return Refusal("facts", _("Make the extract and hand the report on as a clue first."))
    with transaction.atomic():
        done = [perform("take_extract", one, by=None, facts={"extract": extract}) for one in clues]
        refused = next((one for one in done if isinstance(one, Refusal)), None)
        if refused is not None:
            transaction.set_rollback(True)
            return refused
    return [one.matter for one in done if isinstance(one, Done)]


def release(matter: Matter, to: Person, line: int, phrase: str, *, by: Viewer) -> Answer:
    """Let one person know who reported, after a second person has allowed it; sealed to that person.

    Args:
        matter: A report.
        to: Who is let know; must have a key.
        line: Number of the line of releases that was allowed.
        phrase: The custodian's.
        by: The custodian.

    Raises:
        Problem: As `reading.read`; or if that person has no key yet.
    """
    opened = read(matter, phrase, by=by)
    identity = "\n".join(f"{one.name}\n{one.reached}" for one in opened.letters if one.name or one.reached)
    if not identity:
        return Refusal("facts", _("Nobody gave a name: there is no identity, and no way to find one."))
    changes: dict[str, dict[int, dict[str, Any]]] = {"releases": {line: {}}}
    parties = {"confidant": [to]}
    return perform("release", matter, by=by, facts={"identity": identity}, parties=parties, changes=changes)


def excluded(opened: Opened) -> list[Person]:
    """Return our own people that whoever reported excludes: by number, by name, or with their room."""
    return ours_named([name for one in opened.letters for name in one.excludes], timezone.localdate())


def keep_away(matter: Matter, phrase: str, *, by: Viewer) -> list[Person | Unit]:
    """Keep away from a report, and from all that it led to, whom the reporter excludes.

    Returns:
        Our own people, then the rooms, in which there may be nobody now.

    Raises:
        Problem: As `reading.read`.
    """
    opened = read(matter, phrase, by=by)
    wanted = excluded(opened)
    rooms = rooms_named((name for one in opened.letters for name in one.excludes), timezone.localdate())
    ground = _("Who wrote excludes this receiver.")
    with transaction.atomic():
        for one in _led_to(matter):
            guarding.exclude(one, wanted, ground, rooms=rooms)
    return [*wanted, *rooms]


def _led_to(matter: Matter) -> list[Matter]:
    """Return a matter with what was opened from it, and from that, each once."""
    found = [matter]
    for one in found:
        kinds = {how.link for act in mechanism(one.mechanism, one.version).acts for how in act.opens}
        links = one.links_out.filter(until_at=None, kind__in=kinds).select_related("target").order_by("pk")
        found += [each.target for each in links if each.target not in found]
    return found


def lock(matter: Matter, phrase: str, *, by: Viewer) -> Answer:
    """Lock a report to everybody here: seal it to the superior commission, and let go of our own keys.

    What came on paper only needs no superior's key: its paper goes up and what was sealed from it goes.

    Raises:
        Problem: As `reading.read`.
    """
    superior = Correspondent.objects.filter(
        end=OFFICE, kind=Correspondent.Kind.SUPERIOR, ended_at=None
    ).first()
    keys = counting(superior) if superior else []
    if superior is None or not keys:
        if matter.facts.get("channel") not in SEALED_WAYS:
            return perform("lock", matter, by=by)
        said = _("The superior commission's card is not confirmed yet: have it brought and confirmed first.")
        return Refusal("gate", said)
    opened = read(matter, phrase, by=by)
    content = _packed(matter, opened, bytes(keys[0].seal))
    with transaction.atomic():
        queue(superior, SEALED_REPORT, content, key=f"{SEALED_REPORT}:{matter.slug}")
        matter.sealed.all().delete()
        matter.sealed_files.all().delete()
        done = perform("lock", matter, by=by)
        if not isinstance(done, Done):
            transaction.set_rollback(True)
    return done


def lock_what_followed(matter: Matter, performance: Performance) -> None:
    """End what was opened from a report that belongs above, and close it to all of us, the principal too.

    What other matters led to as well goes on, with what it led to: it is as much theirs. What had come to an
    end before is closed to us in the same way and stands as it ended: what was counted of it stays counted.
    """
    commission = Unit.objects.filter(kind=Unit.Kind.COMMISSION, is_ours=True)
    ground = _("It belongs to another commission.")
    for one in _goes_along(matter):
        locked = Matter.objects.select_for_update().get(pk=one.pk)
        if locked.is_open:
            erasing.void(locked, at=performance.at, reason=ground)
        held = Party.objects.filter(pk__in=erasing.end_parts(locked)).select_related("unit", "person")
        had = notices.people_of([part.unit or part.person for part in held])
        notices.tell(had, "goes_up", None, {"number": locked.number})
        guarding.exclude(locked, (), ground, rooms=commission)


def _goes_along(matter: Matter) -> list[Matter]:
    """Return what a matter alone led to, in whatever order the steps were linked, and round in a ring too."""
    first, *rest = _led_to(matter)
    while True:
        there = (first.pk, *(one.pk for one in rest))
        others = MatterLink.objects.filter(until_at=None, kind="leads_to").exclude(source__in=there)
        as_well = set(others.filter(target__in=there).values_list("target", flat=True))
        stays = [one for one in rest if one.pk not in as_well]
        if len(stays) == len(rest):
            return rest
        rest = stays


def let_in(held: Sealed, secret: bytes, to: Sequence[bytes]) -> None:
    """Seal what came from the counter, and its enclosures, to all who hold it now, the newest last.

    Raises:
        Problem: If the giver cannot open it, or who wrote excludes whoever is new.
    """
    matter = held.matter
    try:
        content = envelope.open_envelope(b64decode(opened_with(held, secret)), secret)
        _refuse_excluded(content, to[-1])
        value = b64encode(envelope.close(content, to))
        holders = [bytes(one.public) for one in PersonKey.objects.filter(person_id__in=map(int, held.keys))]
        held.box = boxes.seal(value, holders, about=place(matter, held.field))
        held.save(update_fields=["box"])
        for kept in matter.sealed_files.all():
            sealed = BytesIO()
            streams.add_receiver(BytesIO(bytes(kept.held)), sealed, secret=secret, public=to[-1])
            kept.held, kept.sha256 = sealed.getvalue(), sha256(sealed.getvalue()).hexdigest()
            kept.save(update_fields=["held", "sha256"])
    except SealingError as error:
        raise Problem(_("The sealed value was changed or cut short.")) from error


def _refuse_excluded(content: Mapping[str, Any], public: bytes) -> None:
    away = ours_named(map(str, content.get("excludes") or ()), timezone.localdate())
    if PersonKey.objects.filter(public=public, person__in=away).exists():
        raise Problem(_("Who wrote excludes this receiver."), then=_("Hand it to another custodian."))


def _packed(matter: Matter, opened: Opened, to: bytes) -> dict[str, Any]:
    """Return a report sealed to one other key, with nothing in clear beside it."""
    letters = [
        {"name": one.name, "contact": one.reached, "about": one.about, "text": one.text, "files": one.files}
        for one in opened.letters
    ]
    files = []
    for kept in matter.sealed_files.order_by("pk"):
        clear, sealed = BytesIO(b"".join(enclosure(kept, opened))), BytesIO()
        streams.seal_stream(clear, sealed, [to])
        files.append(b64encode(sealed.getvalue()).decode())
    return {"envelope": b64encode(envelope.close({"letters": letters}, [to])).decode(), "files": files}
