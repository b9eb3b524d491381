"""Addresses of sealed reports; they stand before those of the kinds."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.reports import entering, views

REPORT = "sealed-reports/<slug:report>"

urlpatterns = [
    path("sealed-reports/enter/", entering.enter, name="report_enter"),
    path("sealed-reports/enter/above/", entering.above, name="report_above"),
    path("sealed-reports/enter/ours/", entering.ours, name="report_ours"),
    path("sealed-reports/check/", views.check, name="source_check"),
    path("sealed-reports/compare/", views.compare, name="report_compare"),
    path(f"{REPORT}/read/", views.read, name="report_read"),
    path(f"{REPORT}/enclosures/<int:pk>/", views.enclosure, name="report_enclosure"),
    path(f"{REPORT}/away/", views.keep_away, name="report_away"),
    path(f"{REPORT}/extract/", views.extract, name="report_extract"),
    path(f"{REPORT}/handlers/", views.handlers, name="report_handlers"),
    path(f"{REPORT}/release/<int:no>/", views.release, name="report_release"),
    path(f"{REPORT}/lock/", views.lock, name="report_lock"),
    path(f"{REPORT}/tell/", views.tell, name="report_tell"),
]
