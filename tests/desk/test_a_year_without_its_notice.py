"""A period runs into a year whose notice nobody has entered: words for all, and nothing stands still."""

from datetime import UTC, datetime

import a_desk
import pytest
import time_machine
from django.utils import timezone

from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.ticking import tick
from qingfeng.screening.reference.workdays import KNOWN_YEARS

pytestmark = pytest.mark.django_db
NEXT = KNOWN_YEARS[-1] + 1
NOT_KNOWN = f"{NEXT} 年工作日历尚未录入"


@pytest.fixture
def late(desk):
    """The desk on the last day of the last year that is known."""
    from qingfeng.organization.calendar import new_version
    from qingfeng.organization.models import OwnDay

    OwnDay.objects.all().delete()
    new_version(by=None, reason="尚无通知")
    with time_machine.travel(datetime(NEXT - 1, 12, 31, 2, tzinfo=UTC)):
        yield desk


def test_what_counts_into_it_is_not_done_and_its_form_says_who_enters_it(late):
    browser, before = late.browser("registrar"), Matter.objects.count()
    sent = {
        "act-key": a_desk.hidden(browser.get("/directives/new/"), "act-key"),
        "act-title": "市纪委交办：河道垃圾清运",
        "act-owner": late.office.units["办公室"].pk,
        "act-level": "internal",
        "source_organ": "清河市纪委",
        "source_level": "city",
        "source_no": "清纪办函〔2026〕31号",
        "received_on": timezone.localdate().isoformat(),
        "area": "environment",
        "matter": "查清清运合同执行情况。",
        "requirement": "按期报送。",
        "upward_due_on": f"{NEXT}-03-01",
        "party-superior": "市纪委监委",
    }

    answer = browser.post("/directives/new/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert NOT_KNOWN in page
    assert "请系统管理员在“工作日历”页录入当年放假通知" in page
    assert "市纪委交办：河道垃圾清运" in page, "what was typed stays"
    assert Matter.objects.count() == before


def test_reminders_of_what_is_overdue_go_on(late):
    run = ClockRun.objects.filter(matter=late.directive, state="running").exclude(due_on=None).first()
    run.due_on = datetime(NEXT - 1, 11, 2, tzinfo=UTC).date()
    run.save()

    with time_machine.travel(datetime(NEXT, 1, 4, 2, tzinfo=UTC)):
        told = tick()

    run.refresh_from_db()
    assert told > 0
    assert "overdue" in run.told


@pytest.mark.parametrize(("month", "is_told"), [(6, False), (11, True)])
def test_the_system_administrator_is_told_on_their_first_page_once_the_notice_is_there(late, month, is_told):
    with time_machine.travel(datetime(NEXT - 1, month, 20, 2, tzinfo=UTC)):
        page = late.browser("system_admin").get("/", follow=True).content.decode()

    assert ("/organization/calendar/" in page.partition("<main")[2]) is is_told
    assert (f"{NEXT} 年日历尚未录入" in page) is is_told


def test_a_page_that_counts_by_itself_says_the_same_in_place_of_an_error(late, rf):
    from qingfeng.organization.calendar import work_calendar_of
    from qingfeng.organization.middleware import CalendarInWords

    def counting(_request):
        return work_calendar_of().is_rest_day(datetime(NEXT, 1, 1, tzinfo=UTC).date())

    request = rf.get("/")
    with pytest.raises(Exception, match=str(NEXT)) as told:
        CalendarInWords(counting)(request)
    answer = CalendarInWords(counting).process_exception(request, told.value)

    assert answer.status_code == 422
    assert NOT_KNOWN in answer.content.decode()
    sent = CalendarInWords(counting).process_exception(rf.post("/"), told.value)
    assert "未保存" in sent.content.decode()
    assert "未保存" not in answer.content.decode(), "nothing was sent"
    assert CalendarInWords(counting).process_exception(request, ValueError()) is None
