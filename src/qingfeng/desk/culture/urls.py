"""Addresses of the desk of culture pages; they stand before those of the kinds."""

from __future__ import annotations

from django.urls import include, path

from qingfeng.desk.culture import around, bringing, checks, comparing, quiz, tiles, views
from qingfeng.desk.culture.halls import archives

urlpatterns = [
    path("culture-desk/", views.board, name="culture"),
    path("culture-desk/new/<slug:kind>/", views.write, name="culture_new"),
    path("culture-desk/base-map/", around.sheet, name="culture_sheet"),
    path("culture-desk/base-map/tiles/", tiles.ground, name="culture_tiles"),
    path("culture-desk/checks/", checks.calendar, name="culture_checks"),
    path("culture-desk/bring/", bringing.bring, name="culture_bring"),
    path("culture-desk/bring/hall/", archives.bring, name="culture_bring_hall"),
    path("culture-desk/bring/hall/files/", archives.announce, name="culture_bring_hall_files"),
    path("culture-desk/bring/hall/files/<int:no>/", archives.piece, name="culture_bring_hall_piece"),
    path("culture-desk/places.<slug:form>", around.take_out, {"what": "places"}, name="culture_out"),
    path("culture-desk/routes.<slug:form>", around.take_out, {"what": "routes"}, name="culture_routes_out"),
    path("culture-desk/halls.<slug:form>", around.take_out, {"what": "halls"}, name="culture_halls_out"),
    path("culture-desk/bookings/", around.bookings, name="culture_bookings"),
    path("culture-desk/counts/", around.counts, name="culture_counts"),
    path("culture-desk/<slug:slug>/", views.entry, name="culture_entry"),
    path("culture-desk/<slug:slug>/hall/", include("qingfeng.desk.culture.halls.urls")),
    path("culture-desk/<slug:slug>/write/", views.write, name="culture_write"),
    path("culture-desk/<slug:slug>/pictures/", views.picture, name="culture_picture"),
    path("culture-desk/<slug:slug>/act/", views.act, name="culture_act"),
    path("culture-desk/<slug:slug>/slots/", around.slots, name="culture_slots"),
    path("culture-desk/<slug:slug>/quiz/", quiz.write, name="culture_quiz"),
    path("culture-desk/<slug:slug>/draft/", comparing.draft, name="culture_draft"),
    path("culture-desk/<slug:slug>/versions/<int:no>/", comparing.compare, name="culture_compare"),
    path("culture-desk/<slug:slug>/versions/<int:no>/slip.pdf", views.slip, name="culture_slip"),
    path("culture-desk/<slug:slug>/pictures/<slug:digest>.<slug:form>", views.media, name="culture_media"),
]
