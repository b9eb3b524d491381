"""What the district decides about exchange: which of its rooms takes what other installations send."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingfeng.exchange.kinds import NotTaken
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Unit

ROOM, RECEIPT_DAYS = "packages.room", "packages.receipt_days"
CHOICES = (
    Choice(
        ROOM,
        gettext_noop("Room that takes what other installations send"),
        "办公室",
        "",
        gettext_noop("Short name of one of our own rooms; directives and referrals that come belong to it."),
        "[proposal]",
    ),
    Choice(
        RECEIPT_DAYS,
        gettext_noop("Days until a package without receipt is told"),
        3,
        "days",
        gettext_noop("Whoever carries packages is then told to look whether it was lost on the way."),
        "[proposal]",
        least=1,
        most=90,
    ),
)


def offer() -> None:
    """Let the district decide."""
    register(*CHOICES)


def receipt_days() -> int:
    """Return after how many days a package without receipt is told to whoever carries packages."""
    return int(setting(RECEIPT_DAYS))


def office() -> Unit:
    """Return the room of ours that takes what comes from other installations.

    Raises:
        NotTaken: If there is no room of that name.
    """
    name = str(setting(ROOM))
    ours = Unit.objects.open_on(timezone.localdate()).filter(is_ours=True)
    found = ours.filter(short_name=name).first() or ours.filter(name=name).first()
    if found is None:
        raise NotTaken(
            _("There is no room of ours called %(name)s: correct the setting %(key)s.")
            % {"name": name, "key": ROOM}
        )
    return found
