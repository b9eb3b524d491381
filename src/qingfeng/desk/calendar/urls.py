"""Addresses of the calendar of the year."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.calendar import clocks, rooms, views
from qingfeng.desk.duties import may_work
from qingfeng.look.rail import RailEntry, register

urlpatterns = [
    path("calendar/", views.page, name="calendar"),
    path("calendar/year.ics", views.file, name="calendar_file"),
]
clocks.join()
rooms.join()
register(
    RailEntry(
        _("Calendar of the year"), "desk:calendar", 22, None,
        lambda request: may_work(request.viewer), "calendar-event",
    )
)  # fmt: skip
