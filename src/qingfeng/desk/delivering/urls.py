"""Addresses of what a holder of data sees."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.delivering import rail, views

urlpatterns = [
    path("asked-of-us/", views.index, name="delivering"),
    path("asked-of-us/<slug:asking>/", views.page, name="delivering_request"),
    path("asked-of-us/<slug:asking>/files/", views.files, name="delivering_files"),
    path("asked-of-us/<slug:asking>/files/<int:no>/", views.piece, name="delivering_piece"),
    path("asked-of-us/<slug:asking>/files/<int:no>/remove/", views.take_away, name="delivering_take_away"),
]
rail.hang()
