"""Addresses of the culture pages; a place, a route and a picture have one each."""

from __future__ import annotations

from django.urls import include, path

from qingfeng.public.culture import below, checking, printing, taking_part, views

urlpatterns = [
    path("", views.the_map, name="culture_map"),
    path("places/", views.places, name="culture_places"),
    path("places/<slug:slug>/", views.place, name="culture_place"),
    path("routes/", views.routes, name="culture_routes"),
    path("routes/<slug:slug>/", views.route, name="culture_route"),
    path("routes/<slug:slug>/route.gpx", views.gpx, name="culture_route_gpx"),
    path("routes/<slug:slug>/route.ics", views.ics, name="culture_route_ics"),
    path("routes/<slug:slug>/quiz/", taking_part.quiz, name="culture_quiz"),
    path("routes/<slug:slug>/book/", taking_part.book, name="culture_book"),
    path("bookings/<slug:slug>/", taking_part.booked, name="culture_booking"),
    path("bookings/<slug:slug>/booking.ics", taking_part.booking_ics, name="culture_booking_ics"),
    path("remarks/<slug:slug>/", taking_part.remark, name="culture_remark"),
    path("", include("qingfeng.public.culture.hall_urls")),
    path("wall/", views.wall, name="culture_wall"),
    path("sheet/", printing.sheet, name="culture_sheet"),
    path("withdrawn/", views.trace, name="culture_trace"),
    path("check/", checking.check, name="culture_check"),
    path("take-along.zip", checking.take_along, name="culture_zip"),
    path("places.<slug:slug>.geojson", views.geojson, name="culture_geojson"),
    path("ground.geojson", views.ground, name="culture_ground"),
    path("base.pmtiles", below.tiles, name="culture_tiles"),
    path("media/<slug:slug>.<slug:form>", views.media, name="culture_media"),
    path("qr/<slug:slug>.svg", views.qr, name="culture_qr"),
    path("cards/<slug:slug>.png", views.card, name="culture_card"),
]
