"""Addresses of what the records say of letters."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.letters import views

urlpatterns = [
    path("recommendations/corrections/", views.overview, name="letters_corrections"),
    path("recommendations/<slug:letter>/records/", views.records, name="letter_records"),
]
