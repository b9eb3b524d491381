"""Addresses of returns."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.returns.views import definitions, editions

urlpatterns = [
    path("returns/", definitions.index, name="returns"),
    path("returns/new/", definitions.new, name="return_new"),
    path("returns/take-in/", definitions.take_in, name="return_take_in"),
    path("returns/<slug:key>/", definitions.definition, name="return_definition"),
    path("returns/<slug:key>/edit/", definitions.edit, name="return_edit"),
    path("returns/<slug:key>/copy/", definitions.copy, name="return_copy"),
    path("returns/<slug:key>/archive/", definitions.archive, name="return_archive"),
    path("returns/<slug:key>/count/", definitions.count, name="return_count"),
    path("returns/<slug:key>/definition.toml", definitions.toml, name="return_toml"),
    path("returns/<slug:key>/of/<slug:edition>/", editions.edition, name="return_edition"),
    path("returns/<slug:key>/of/<slug:edition>/rows/", editions.rows, name="return_rows"),
    path("returns/<slug:key>/of/<slug:edition>/file/", editions.file, name="return_file"),
    path("returns/<slug:key>/of/<slug:edition>/<slug:way>/", editions.act, name="return_act"),
]
