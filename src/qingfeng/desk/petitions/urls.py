"""Addresses of the boards of petitions; they stand before those of the kinds."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.petitions import views

urlpatterns = [
    path("petitions/board/", views.board, name="petitions_board"),
    path("petitions/board/pending/", views.pending_list, name="petitions_pending"),
    path("petitions/board/leaders/", views.leaders, name="petitions_leaders"),
    path("petitions/board/session/", views.session, name="petitions_session"),
    path("petitions/board/year/", views.publish, name="petitions_year"),
    path("petitions/<slug:slug>/alike/", views.link, name="petition_alike"),
]
