"""Addresses of records; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.records import rail
from qingfeng.desk.records.views import deliveries, holdings, pieces, register, runs, sheets, watched, working

urlpatterns = [
    path("records/", deliveries.index, name="records"),
    path("records/new/", deliveries.new, name="records_new"),
    path("records/<int:pk>/", deliveries.page, name="records_delivery"),
    path("records/<int:pk>/add/", deliveries.add, name="records_add"),
    path("records/<int:pk>/finish/", deliveries.finish, name="records_finish"),
    path("records/<int:pk>/bring-in/", deliveries.bring_in, name="records_bring_in"),
    path("records/<int:pk>/discard/", deliveries.discard, name="records_discard"),
    path("records/<int:pk>/rejects/", deliveries.rejects, name="records_rejects"),
    path("records/<int:pk>/spellings/", sheets.spellings, name="records_spellings"),
    path("records/<int:pk>/sheets/<int:no>/", sheets.sheet, name="records_sheet"),
    path("records/<int:pk>/files/", pieces.announce, name="records_files"),
    path("records/<int:pk>/files/<int:no>/", pieces.piece, name="records_piece"),
    path("records/<int:pk>/files/<int:no>/remove/", deliveries.take_away, name="records_take_away"),
    path("records/jobs/<int:pk>/", working.job, name="records_job"),
    path("records/jobs/<int:pk>/cancel/", working.cancel, name="records_cancel"),
    path("records/screenings/", runs.index, name="records_runs"),
    path("records/screenings/start/", runs.start, name="records_screen"),
    path("records/screenings/<slug:run>/", runs.run, name="records_run"),
    path("records/lake/", holdings.index, name="records_holdings"),
    path("records/register/", register.index, name="records_register"),
    path("records/deletions/", holdings.deletions, name="records_deletions"),
    path("records/deletions/ask/", holdings.ask, name="records_delete"),
    path("records/deletions/<int:pk>/", holdings.deletion, name="records_deletion"),
    path("records/deletions/<int:pk>/decide/", holdings.decide, name="records_decide"),
    path("records/watched/", watched.index, name="records_watched"),
    path("records/watched/watch/", watched.watch, name="records_watch"),
    path("records/watched/<int:pk>/leave/", watched.leave, name="records_leave"),
]
rail.hang()
