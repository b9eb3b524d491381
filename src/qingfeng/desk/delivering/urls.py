"""Addresses of what a holder of data sees."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.delivering import rail, views

urlpatterns = [
    path("asked-of-us/", views.index, name="delivering"),
    path("asked-of-us/<slug:asking>/", views.page, name="delivering_request"),
]
rail.hang()
