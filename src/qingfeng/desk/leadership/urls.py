"""Addresses of the pages on talks; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.leadership import rail, views

urlpatterns = [
    path("leadership/", views.coverage, name="leadership"),
    path("leadership/talks/", views.rows, name="leadership_rows"),
    path("leadership/decisions/", views.undecided, name="leadership_undecided"),
    path("leadership/begin/", views.begin, name="leadership_begin"),
    path("leadership/mine/", views.own, name="leadership_own"),
]
rail.hang()
