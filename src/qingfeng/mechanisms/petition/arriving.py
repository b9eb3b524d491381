"""What comes in by itself: a petition from the counter, and what who wrote says to it afterwards.

The house opens it with what was written and nothing else; which line it is, of which level and topic,
a person decides (`classify`) before anything goes out. A letter, a call or a visit is entered by staff in
the form of the mechanism. No name of a person signing is taken out of a text, and nothing about the
sender's machine, hour or habits is asked for or kept.

Law:
    信访工作条例 Art. 17-19, 22-23; rights.md 16, 21
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.documents.attachments import keep
from qingfeng.documents.refusal import Refused as FileRefused
from qingfeng.exchange.models import Asker
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.carrying import split_from
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.guarding import exclude
from qingfeng.matters.keeping import split_with
from qingfeng.matters.models import Matter, Performance
from qingfeng.mechanisms.common import AREAS
from qingfeng.mechanisms.petition.fields import DIALOGUE, WAYS
from qingfeng.mechanisms.petition.handing import OTHER_LINE, File, NoCustodian, hand_words
from qingfeng.mechanisms.petition.settings import OFFICE
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import PostRole, Unit
from qingfeng.organization.people import ours_named, rooms_named

KIND = "petition"
LINES = {"petition": "demand", "suggestion": "suggestion"}
TITLE_SIGNS = 40
SAYS = frozenset(str(key) for one in DIALOGUE if one.key == "said_as" for key, _word in one.choices)
RATINGS = range(1, 6)


class NotTaken(Exception):  # noqa: N818 - says what happened
    """An arrival was refused by the door; the message says why."""


def take(arrival: Mapping[str, Any], files: Sequence[File] = ()) -> Matter:
    """Take in what came from the counter; the same arrival again is no change. Outside any transaction.

    Args:
        arrival: `number` of the counter; `line` (`petition` or `suggestion`), `text`; perhaps `name`,
            `contact`, `about`, `area`, `received_on` (civil date), `source` (`letter`, `call` or
            `visit`, where staff entered it for them), `excludes` (numbers or names of our own people),
            `answers_to` (number of an earlier arrival: then it is said to that petition), and then `part`
            (the slug of what was split off it) and `says` (what it is: a key of `said_as`) with `rating`
            (1 to 5).
        files: Name and content of each enclosure. One that may not come in is named in the dialogue; it
            keeps nothing else away.

    Returns:
        The petition.

    Raises:
        NotTaken: If the arrival is a report on a person, or the door refuses it.
    """
    earlier = _answered(arrival) if arrival.get("answers_to") else None
    if earlier is not None:
        return _hear(earlier, arrival, files)
    if arrival.get("line") not in LINES:
        raise NotTaken("A report on a person is not taken in here: it goes to the other line, sealed.")
    before = arrived(str(arrival["number"]))
    if before is not None:
        return before
    kept, refused = _keep(files)
    with transaction.atomic():
        done = open_matter(
            KIND,
            by=None,
            title=title_of(arrival),
            owner=_office(arrival.get("excludes") or ()),
            key=_key(arrival),
            facts=_facts(arrival),
            files={"papers": kept} if kept else {},
        )
        matter = _written(done)
        matter = _note(matter, _NOBODY, _keep_away(matter, arrival.get("excludes") or ()))
    return _note(matter, _NOT_KEPT, refused)


def arrived(number: str) -> Matter | None:
    """Return the petition that an arrival of the counter became, or was said to; None before."""
    key = _key({"number": number})
    found = Performance.objects.select_related("matter").filter(key=key).first()
    return found.matter if found else None


def title_of(arrival: Mapping[str, Any]) -> str:
    """Return one line of it: what it is said to be about, else how the text begins."""
    about = " ".join(str(arrival.get("about") or "").split())
    text = about or " ".join(str(arrival["text"]).split())
    return text if len(text) <= TITLE_SIGNS else f"{text[: TITLE_SIGNS - 1]}…"


def _facts(arrival: Mapping[str, Any]) -> dict[str, Any]:
    name, contact = arrival.get("name"), arrival.get("contact")
    area = arrival.get("area") if arrival.get("area") in dict(AREAS) else "other"
    return {
        "line": LINES[arrival["line"]],
        "line_why": _("Chosen by who wrote, at the counter; to be decided by a person."),
        "way": arrival["source"] if arrival.get("source") in dict(WAYS) else "online",
        "received_on": arrival.get("received_on") or timezone.localdate().isoformat(),
        "area": area,
        "topic": "other",
        "level": "district",
        "summary": arrival.get("about") or title_of(arrival),
        "demand": arrival["text"],
        "petitioner": name or None,
        "contact": contact or None,
        "can_be_told": "yes",  # through the counter, whether or not a name is given
        "from_above": "no",
    }


def _answered(arrival: Mapping[str, Any]) -> Matter | None:
    """Return the petition that something is said to; None where that was voided, and none was begun since.

    Raises:
        NotTaken: If there is none.
    """
    matter = _part(arrival) or arrived(str(arrival["answers_to"]))
    if matter is None:
        raise NotTaken("There is no petition that this answers to.")
    while matter.merged_into is not None:
        matter = matter.merged_into
    return matter if matter.standing == Matter.Standing.VALID else _begun_since(str(arrival["number"]))


def _part(arrival: Mapping[str, Any]) -> Matter | None:
    """Return the part of what their letter became that somebody writes to; None for the first, or none."""
    slug = str(arrival.get("part") or "")
    part = Matter.objects.filter(mechanism=KIND, slug=slug).first() if slug else None
    if part is None or part.standing not in (Matter.Standing.VALID, Matter.Standing.MERGED):
        return None
    firsts = {one.pk for one in _firsts(arrival)}
    above = split_from(part)
    while above is not None and above.pk not in firsts:
        above = split_from(above)
    return part if above is not None else None


def _firsts(arrival: Mapping[str, Any]) -> list[Matter]:
    """Return what the first letter under the code became, and what was begun since that was voided."""
    found = (arrived(str(arrival["answers_to"])), _begun_since(str(arrival["number"])))
    return [one for one in found if one is not None]


def _without_name(arrival: Mapping[str, Any]) -> list[Matter]:
    """Return all that their own letter became: a name that is taken off is off every part of it."""
    firsts = _firsts(arrival)
    found = [*firsts, *split_with(firsts)] if firsts else []
    own = [one for one in found if one.standing == Matter.Standing.VALID and one.stage != OTHER_LINE]
    return list({one.pk: one for one in own}.values())


def _begun_since(number: str) -> Matter | None:
    """Return the petition that an earlier letter under the same code became when the first was void."""
    asker = Asker.objects.filter(number=int(number)).exclude(key=b"").first() if number.isdigit() else None
    if asker is None:
        return None
    same = Asker.objects.filter(stream=asker.stream_id, key=asker.key, about__startswith=f"{KIND}/")
    slugs = [about.partition("/")[2] for about in same.values_list("about", flat=True)]
    found = Matter.objects.filter(mechanism=KIND, slug__in=slugs, standing=Matter.Standing.VALID)
    return found.order_by("pk").last()


def _hear(matter: Matter, arrival: Mapping[str, Any], files: Sequence[File]) -> Matter:
    if (before := arrived(str(arrival["number"]))) is not None:
        return before
    if matter.stage == OTHER_LINE:
        try:
            return hand_words(matter, arrival, files)
        except NoCustodian as why:
            raise NotTaken(str(why)) from why
    kept, refused = _keep(files)
    says = str(arrival.get("says") or "reply")
    first = _part(arrival) or arrived(str(arrival["answers_to"]))
    own = first is not None and first.merged_into_id is None  # else it is somebody else's name and rating
    line = {"said_by": "writer", "said": arrival["text"], "said_on": _day(arrival).isoformat()}
    line |= {"said_as": says} if says in SAYS else {}
    given = {"dialogue.1.said_papers": kept} if kept else {}
    act, key = ("take_name_off" if says == "name_off" and own else "hear"), _key(arrival)
    with transaction.atomic():
        heard = _written(perform(act, matter, by=None, key=key, lines={"dialogue": [line]}, files=given))
        for one in _without_name(arrival) if says == "name_off" else ():
            if one.pk != heard.pk:
                off = {"key": f"{key}:{one.pk}", "lines": {"dialogue": [line]}}
                _written(perform("take_name_off", one, by=None, **off))
        if says == "rate" and own and type(arrival.get("rating")) is int and arrival["rating"] in RATINGS:
            rated = perform("rate", heard, by=None, key=f"{key}:rating", facts=_rated(arrival))
            heard = rated.matter if isinstance(rated, Done) else heard  # no opinion stands: words stay
    return _note(heard, _NOT_KEPT, refused)


def _rated(arrival: Mapping[str, Any]) -> dict[str, Any]:
    said = str(arrival["text"]).strip()
    return {"rating": arrival["rating"], "satisfied_says": said or None}


_NOT_KEPT = gettext_lazy("Not kept: %(what)s")
_NOBODY = gettext_lazy(
    "Who wrote also excludes, and nobody of that name is on record, so see to it: %(what)s"
)


def _note(matter: Matter, words: Any, what: Sequence[str]) -> Matter:
    """Say in the dialogue which enclosures could not be kept, and why; or whom nobody kept away."""
    if not what:
        return matter
    said = str(words) % {"what": "；".join(what)}
    line = {"said_by": "office", "said": said, "said_on": timezone.localdate().isoformat()}
    return _written(perform("hear", matter, by=None, lines={"dialogue": [line]}))


def _written(answer: Any) -> Matter:
    if isinstance(answer, Done):
        return answer.matter
    raise NotTaken(str(answer.reason) if isinstance(answer, Refusal) else str(answer))


def _keep(files: Sequence[File]) -> tuple[list[int], list[str]]:
    kept, refused = [], []
    for name, content in files:
        try:
            kept.append(keep(content, name).pk)
        except FileRefused as why:
            refused.append(f"{name}（{why}）")
    return kept, refused


def _day(arrival: Mapping[str, Any]) -> date:
    given = arrival.get("received_on")
    return date.fromisoformat(str(given)) if given else timezone.localdate()


def _key(arrival: Mapping[str, Any]) -> str:
    return f"arrival:{arrival['number']}"[:64]


def _office(excludes: Iterable[str]) -> Unit:
    """Return the room of ours that registers what comes from the counter, as the district has set it.

    Where who wrote excludes that room, another room that has a registrar takes it.
    """
    name = str(setting(OFFICE))
    ours = Unit.objects.open_on(timezone.localdate()).filter(is_ours=True)
    found = ours.filter(short_name=name).first() or ours.filter(name=name).first()
    if found is None:
        raise NotTaken(f"There is no room of ours called {name}: correct the setting {OFFICE}.")
    away = {str(one).strip() for one in excludes}
    if not {found.name, found.short_name} & away:
        return found
    held = PostRole.objects.held_on(timezone.localdate()).filter(role="registrar", post__unit__is_ours=True)
    others = Unit.objects.filter(pk__in=held.values("post__unit")).exclude(pk=found.pk).order_by("path")
    left = (one for one in others if not {one.name, one.short_name} & away)
    return next(left, None) or Unit.objects.above(found).filter(kind=Unit.Kind.COMMISSION).last() or found


def _keep_away(matter: Matter, named: Iterable[str]) -> list[str]:
    """Keep away whom who wrote excludes: by number, by name, or a room or office, whoever joins it.

    Returns:
        What names nobody, room or office that is on record: a person sees to it.
    """
    words, today = [str(one).strip() for one in named], timezone.localdate()
    ground = _("Who wrote excludes this receiver.")
    people, rooms = ours_named(words, today), rooms_named(words, today)
    exclude(matter, people, ground, rooms=rooms)
    known = {name for one in people for name in (one.number, one.name)}
    known |= {name for one in rooms for name in (one.name, one.short_name)}
    return [one for one in dict.fromkeys(words) if one and one not in known]
