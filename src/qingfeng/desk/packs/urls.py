"""Addresses of packs, among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.packs import rail, views

urlpatterns = [
    path("", views.index, name="packs"),
    path("return/", views.find, name="pack_find"),
    path("new/<slug:verification>/", views.new, name="pack_new"),
    path("<slug:code>/", views.page, name="pack"),
    path("<slug:code>/sheets.pdf", views.sheets, name="pack_sheets"),
    path("<slug:code>/form.html", views.offline_form, name="pack_form"),
    path("<slug:code>/return/", views.bring_in, name="pack_return"),
    path("<slug:code>/preview/", views.preview, name="pack_preview"),
    path("<slug:code>/paper/", views.on_paper, name="pack_paper"),
    path("<slug:code>/end/", views.end, name="pack_end"),
]
rail.hang()
