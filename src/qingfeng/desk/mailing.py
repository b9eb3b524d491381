"""Mail that says how many new things there are and where, and nothing of what they are; never in quiet hours.

Who wants it chooses how often. The worker looks every minute; each mail is counted once, and one that the
server did not take is tried again the next time.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from qingfeng.desk import notes
from qingfeng.desk.models import MailChoice
from qingfeng.matters.district import quiet_hours
from qingfeng.matters.models import Notice
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import viewer_of

SITE_ADDRESS = "desk.site_address"
MONDAY = 0
A_DAY = timedelta(hours=20)  # a daily mail that went out late does not push the next one back
AGAIN_AFTER = timedelta(minutes=30)

register(
    Choice(
        SITE_ADDRESS,
        gettext_noop("Address of the site in mails"),
        "",
        "",
        gettext_noop("Where a mail says that something is new, for example https://qingfeng.intranet/."),
        "[proposal]",
    )
)


def has_server() -> bool:
    """Return whether any mail leaves this house (`QINGFENG_MAIL`)."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def site_address() -> str:
    """Return where the site is, as the district says, else by its own name."""
    return (
        str(setting(SITE_ADDRESS))
        or f"{'https' if settings.SECURE else 'http'}://{settings.ALLOWED_HOSTS[0]}/"
    )


def is_quiet(choice: MailChoice, now: datetime) -> bool:
    """Return whether no mail goes out now: in the district's quiet hours, or in the person's own."""
    hour = timezone.localtime(now).hour
    hours = (quiet_hours(), (choice.quiet_from, choice.quiet_until))
    return any(_within(hour, *one) for one in hours)


def _within(hour: int, since: int, until: int) -> bool:
    """Whether an hour lies in a span that may run over midnight; equal ends are no span."""
    return since <= hour < until if since <= until else hour >= since or hour < until


def is_time(choice: MailChoice, now: datetime) -> bool:
    """Return whether the person's next mail may go out now, quiet hours aside."""
    last = choice.sent_at
    if choice.how == MailChoice.How.EACH:
        return last is None or not choice.problem or now - last >= AGAIN_AFTER
    if choice.how == MailChoice.How.WEEKLY and timezone.localtime(now).weekday() != MONDAY:
        return False
    return choice.how != MailChoice.How.NEVER and (last is None or now - last >= A_DAY)


def send_due(now: datetime | None = None) -> int:
    """Send every mail that is due; return how many went out.

    Args:
        now: Instant; now unless given.
    """
    if not has_server():
        return 0
    now = now or timezone.now()
    wanted = MailChoice.objects.exclude(how=MailChoice.How.NEVER).exclude(address="").order_by("pk")
    return sum(_send_one(key, now) for key in wanted.values_list("pk", flat=True))


@transaction.atomic
def _send_one(key: int, now: datetime) -> bool:
    choice = MailChoice.objects.select_for_update().filter(pk=key).first()
    if choice is None or is_quiet(choice, now) or not is_time(choice, now):
        return False
    account = Account.objects.filter(person=choice.person_id, is_active=True).select_related("person").first()
    fresh = (
        notes.shown(viewer_of(account)).filter(read_at=None, pk__gt=choice.told_until) if account else None
    )
    newest = fresh.order_by("-pk").values_list("pk", flat=True).first() if fresh is not None else None
    if account is None or fresh is None or newest is None:
        return False
    try:
        mail_for(account, choice.address, fresh.count()).send()
    except (OSError, smtplib.SMTPException) as error:
        choice.problem, choice.sent_at = f"{type(error).__name__}"[:200], now
        choice.save(update_fields=["problem", "sent_at"])
        logging.getLogger("qingfeng").warning("mail: %s", type(error).__name__)
        return False
    choice.told_until, choice.sent_at, choice.problem = newest, now, ""
    choice.save(update_fields=["told_until", "sent_at", "problem"])
    return True


def mail_for(account: Account, address: str, count: int) -> EmailMessage:
    """Return the mail: how many new things there are and where; no name, number or word of any matter.

    Args:
        account: Whose; the mail is in their language.
        address: Where it goes.
        count: How many new things there are.
    """
    with translation.override(account.language or settings.LANGUAGE_CODE):
        said = ngettext("%(count)d new thing", "%(count)d new things", count) % {"count": count}
        subject = _("Qingfeng: %(said)s") % {"said": said}
        body = _("%(said)s for you at %(site)s\n\nA mail says no more than this.") % {
            "said": said,
            "site": site_address(),
        }
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])


def choice_of(person: int) -> MailChoice:
    """Return somebody's choice; before they choose no mail goes out."""
    found = MailChoice.objects.filter(person=person).first()
    if found is not None:
        return found
    since, until = quiet_hours()
    address = Account.objects.filter(person=person).values_list("email", flat=True).first() or ""
    return MailChoice(person_id=person, address=address, quiet_from=since, quiet_until=until)


def choose(choice: MailChoice, *, how: str, address: str, quiet: tuple[int, int]) -> None:
    """Keep a choice; what was told in the site before it is not mailed.

    Args:
        choice: Of one person.
        how: A `MailChoice.How`.
        address: Where mails go.
        quiet: First hour without mail and first hour with it again.
    """
    newest = (
        Notice.objects.filter(person=choice.person_id).order_by("-pk").values_list("pk", flat=True).first()
    )
    if choice.how == MailChoice.How.NEVER or choice.pk is None:
        choice.told_until = newest or 0
    choice.how, choice.address = how, address.strip()
    choice.quiet_from, choice.quiet_until = quiet
    choice.problem = ""
    choice.save()
