"""Addresses of fields of work; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.fields import rail, views

urlpatterns = [
    path("fields/", views.index, name="fields"),
    path("fields/suggestions/", views.suggestions, name="field_suggestions"),
    path("fields/<slug:area>/", views.one, name="field"),
    path("fields/<slug:area>/rows/", views.rows, name="field_rows"),
]
rail.hang()
