"""What arrives from the counter: a sealed envelope is taken in as it is, and nobody reads it on the way.

The custodians whom it is sealed to are named; every other custodian is kept away, because whoever reported
may have excluded them. The day is kept, no hour; nothing about a machine exists here to be kept.

Law:
    信访工作条例 Art. 30; rights.md 6, 21
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime, time
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange import own
from qingfeng.exchange.kinds import NotTaken, Parcel
from qingfeng.exchange.models import OFFICE as OFFICE_END
from qingfeng.exchange.models import Asker
from qingfeng.matters.answers import Done
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.guarding import exclude
from qingfeng.matters.key_models import PersonKey, SealedFile
from qingfeng.matters.models import Matter, Performance
from qingfeng.mechanisms.report.declaration import ALL_ALONG
from qingfeng.mechanisms.report.settings import OFFICE
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Person, PostRole, Unit
from qingfeng.sealing import envelope, streams
from qingfeng.sealing.errors import SealingError
from qingfeng.sealing.slots import key_id

KIND = "report"
TITLE = "检举控告件（密封）"
DAY_STARTS = time(9)


def take(number: str, held: bytes, files: Sequence[bytes] = (), *, channel: str = "counter") -> Matter:
    """Take in a sealed report; the same number again is no change.

    Args:
        number: Of the arrival at the counter.
        held: The envelope, sealed to custodians.
        files: Its enclosures, sealed to the same.
        channel: How it came in; `other_line` for a petition that turned out to be a report.

    Returns:
        The report that it became, or was said to.

    Raises:
        NotTaken: If it is no envelope, or it is sealed to nobody who is a custodian now.
    """
    before = Performance.objects.select_related("matter").filter(key=_key(number)).first()
    if before is not None:
        return before.matter
    custodians = _sealed_to(held)
    with transaction.atomic():
        matter = _earlier(number) or _opened(custodians, channel)
        facts = {"arrived": b64encode(held).decode()}
        done = perform("arrive", matter, by=None, key=_key(number), facts=facts, at=_this_day())
        if not isinstance(done, Done):
            raise NotTaken(str(getattr(done, "reason", done)))
        for one in files:
            SealedFile.objects.create(matter=matter, sha256=sha256(one).hexdigest(), held=one)
    return done.matter


def take_sent(parcel: Parcel) -> Matter:
    """Take in a report that another commission sealed to this one, because it belongs here.

    It is opened in memory with this installation's key and sealed to the custodians before it is kept.

    Raises:
        NotTaken: If it does not open with a key of ours, or no custodian has a key yet.
    """
    content, secret = _sent(b64decode(str(parcel.content["envelope"])))
    to = _custodians_keys()
    letters = content.get("letters") or []
    said: dict[str, Any] = {"line": "report", "excludes": []}
    for key in ("name", "contact", "about", "text"):
        said[key] = "\n".join(str(one[key]) for one in letters if one.get(key))
    said["files"] = [name for one in letters for name in one.get("files") or ()]
    files = []
    for one in parcel.content.get("files") or ():
        out = BytesIO()
        clear = b"".join(streams.opened(BytesIO(b64decode(str(one))), secret))
        streams.seal_stream(BytesIO(clear), out, to)
        files.append(out.getvalue())
    return take(f"sent-{parcel.key}", envelope.close(said, to), files, channel="package")


def _sent(held: bytes) -> tuple[dict[str, Any], bytes]:
    for one in own.own_keys(OFFICE_END):
        try:
            return envelope.open_envelope(held, one.secret), one.secret
        except SealingError:
            continue
    raise NotTaken(_("It is sealed to another key than ours."))


def _custodians_keys() -> list[bytes]:
    posts = PostRole.objects.held_on(timezone.localdate()).filter(role="custodian", post__unit__is_ours=True)
    keys = PersonKey.objects.filter(person__in=posts.values("post__person")).order_by("person_id")
    if not keys:
        raise NotTaken(_("No custodian has an unlock phrase yet: let one of them set it."))
    return [bytes(one.public) for one in keys]


def _opened(custodians: list[Person], channel: str) -> Matter:
    done = open_matter(
        KIND,
        by=None,
        title=TITLE,
        owner=office(),
        at=_this_day(),
        facts={
            "level_asked": "sealed",
            "received_on": timezone.localdate().isoformat(),
            "channel": channel,
        },
        parties={"custodian": custodians},
    )
    if not isinstance(done, Done):
        raise NotTaken(str(getattr(done, "reason", done)))
    exclude(done.matter, _others(custodians), _("It is not sealed to this custodian."))
    return done.matter


def _sealed_to(held: bytes) -> list[Person]:
    try:
        names = set(envelope.receivers(held))
    except SealingError as error:
        raise NotTaken(_("What arrived is no envelope of the counter.")) from error
    keys = PersonKey.objects.filter(person__in=_custodians()).select_related("person").order_by("person_id")
    found = [one.person for one in keys if key_id(bytes(one.public)).hex() in names]
    if not found:
        raise NotTaken(_("It is sealed to nobody of this house: it was made with older keys."))
    return found


def _others(custodians: list[Person]) -> list[Person]:
    return list(_custodians().exclude(pk__in=[one.pk for one in custodians]))


def _custodians() -> QuerySet[Person]:
    posts = PostRole.objects.held_on(timezone.localdate()).filter(role="custodian")
    return Person.objects.filter(pk__in=posts.values("post__person"))


def _earlier(number: str) -> Matter | None:
    """Return the report that whoever holds the same receipt sent before and that still takes in letters."""
    asker = Asker.objects.filter(number=int(number)).first() if number.isdigit() else None
    if asker is None or not asker.key:
        return None
    same = Asker.objects.filter(stream=asker.stream, key=asker.key, about__startswith=f"{KIND}/")
    slugs = [about.partition("/")[2] for about in same.exclude(pk=asker.pk).values_list("about", flat=True)]
    found = Matter.objects.filter(mechanism=KIND, slug__in=slugs, is_open=True, stage__in=ALL_ALONG)
    return found.order_by("pk").first()


def _this_day() -> datetime:
    """Return the morning of today: a report keeps the day on which it came, and no hour of it."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), DAY_STARTS))


def _key(number: str) -> str:
    return f"{KIND}:arrival:{number}"[:64]


def office() -> Unit:
    """Return the room of ours that owns reports, as the district has set it.

    Raises:
        NotTaken: If there is none of that name.
    """
    name = str(setting(OFFICE))
    ours = Unit.objects.open_on(timezone.localdate()).filter(is_ours=True)
    found = ours.filter(short_name=name).first() or ours.filter(name=name).first()
    if found is None:
        raise NotTaken(_("There is no room of ours of this name: correct the setting of reports."))
    return found
