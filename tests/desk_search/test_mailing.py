"""Mail about new things: how many and where, never what, never in quiet hours."""

import email
from datetime import datetime, timedelta
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from a_postbox import postbox
from django.utils import timezone

from qingfeng.desk import mailing
from qingfeng.desk.models import MailChoice
from qingfeng.matters import guarding, notices
from qingfeng.matters.models import Notice
from qingfeng.organization.district_settings import set_setting

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_NOON = datetime(2026, 11, 30, 12, 0, tzinfo=SHANGHAI)
SECRET = "乌桕霜红"  # noqa: S105 - a word that a matter says and a mail must not


@pytest.fixture
def box(settings):
    """A mail server that listens."""
    with postbox() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


def _wants(desk, who, how="each", quiet=(0, 0)):
    person = desk.person(who)
    Notice.objects.filter(person=person).update(read_at=timezone.now())
    choice = mailing.choice_of(person.pk)
    mailing.choose(choice, how=how, address=f"{who}@example.invalid", quiet=quiet)
    return choice


def _told(desk, who, amount=1, matter=None):
    for _one in range(amount):
        notices.tell([desk.person(who).pk], "acted", matter or desk.directive, {"act": "chase"})
    Notice.objects.filter(person=desk.person(who)).update(shown_from=timezone.now() - timedelta(days=30))


def _mail(text):
    return email.message_from_string(text, policy=default)


def test_a_mail_says_how_many_and_where_and_nothing_else(desk, box):
    desk.directive.title = f"{SECRET}督办"
    desk.directive.save()
    _wants(desk, "case_one")
    _told(desk, "case_one", 3)

    assert mailing.send_due(MONDAY_NOON) == 1
    mail = _mail(box.taken[0])
    said = f"{mail['subject']}\n{mail.get_content()}"
    assert "3 条新事项" in said
    assert mailing.site_address() in said
    for word in (SECRET, desk.directive.number, "督办", "催办", desk.person("case_one").name):
        assert word not in said


def test_what_a_mail_has_counted_is_counted_once(desk, box):
    _wants(desk, "case_one")
    _told(desk, "case_one", 2)

    assert mailing.send_due(MONDAY_NOON) == 1
    assert mailing.send_due(MONDAY_NOON + timedelta(minutes=5)) == 0
    assert len(box.taken) == 1


def test_what_was_read_or_may_not_be_seen_any_more_is_not_counted(desk, box):
    _wants(desk, "case_one")
    _told(desk, "case_one", 2)
    guarding.recuse(desk.directive, desk.person("case_one"), "近亲属", by=desk.viewer("case_one"))

    assert mailing.send_due(MONDAY_NOON) == 0


def test_who_never_chose_gets_no_mail(desk, box):
    _told(desk, "case_one", 2)

    assert mailing.send_due(MONDAY_NOON) == 0
    assert box.taken == []


@pytest.mark.parametrize(
    ("quiet", "hour", "sends"),
    [((12, 14), 13, 0), ((12, 14), 14, 1), ((22, 9), 8, 0), ((22, 9), 9, 1), ((12, 12), 12, 1)],
)
def test_nothing_goes_out_in_ones_own_quiet_hours(desk, box, quiet, hour, sends):
    _wants(desk, "case_one", quiet=quiet)
    _told(desk, "case_one")

    assert mailing.send_due(MONDAY_NOON.replace(hour=hour)) == sends


def test_nothing_goes_out_in_the_quiet_hours_of_the_district(desk, box):
    set_setting("matters.quiet_from_hour", 11, by=None, reason="午间免打扰")
    set_setting("matters.quiet_until_hour", 13, by=None, reason="午间免打扰")
    _wants(desk, "case_one")
    _told(desk, "case_one")

    assert mailing.send_due(MONDAY_NOON) == 0
    assert mailing.send_due(MONDAY_NOON + timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("hour", "shown"), [(21, (1, 8)), (3, (0, 8)), (19, (0, 19))], ids=["evening", "night", "day"]
)
def test_a_notice_made_in_quiet_hours_is_shown_when_they_end(desk, hour, shown):
    made = MONDAY_NOON.replace(hour=hour)
    day, at = shown

    told = timezone.localtime(notices.when_to_tell(made))
    assert (told.date() - made.date()).days == day
    assert told.hour == at


def test_a_daily_mail_goes_out_once_a_day_and_a_weekly_one_on_monday(desk, box):
    _wants(desk, "case_one", "daily")
    _wants(desk, "style_one", "weekly")
    _told(desk, "case_one")
    _told(desk, "style_one")

    assert mailing.send_due(MONDAY_NOON - timedelta(days=1)) == 1
    _told(desk, "case_one")
    assert mailing.send_due(MONDAY_NOON - timedelta(hours=21)) == 0
    assert mailing.send_due(MONDAY_NOON) == 2


def test_a_mail_that_the_server_refused_is_said_and_tried_again_later(desk, box):
    _wants(desk, "case_one")
    _told(desk, "case_one")
    box.is_full = True

    assert mailing.send_due(MONDAY_NOON) == 0
    assert MailChoice.objects.get(person=desk.person("case_one")).problem
    box.is_full = False
    assert mailing.send_due(MONDAY_NOON + timedelta(minutes=5)) == 0
    assert mailing.send_due(MONDAY_NOON + timedelta(minutes=31)) == 1
    assert not MailChoice.objects.get(person=desk.person("case_one")).problem


def test_without_a_server_the_page_says_that_no_mail_leaves(desk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = desk.browser("case_one").get("/my-notices/mail/").content.decode()

    assert "QINGFENG_MAIL" in page
    assert mailing.send_due(MONDAY_NOON) == 0


def test_a_choice_is_kept_and_mails_without_an_address_are_asked_about(desk):
    browser = desk.browser("case_one")
    asked = {"how": "daily", "address": "", "quiet_from": "19", "quiet_until": "9"}

    assert browser.post("/my-notices/mail/", asked).status_code == 422
    browser.post("/my-notices/mail/", asked | {"address": "case@example.invalid"})
    choice = MailChoice.objects.get(person=desk.person("case_one"))
    assert (choice.how, choice.quiet_from, choice.quiet_until) == ("daily", 19, 9)
