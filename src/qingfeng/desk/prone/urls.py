"""Addresses of prone areas."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.prone import views

urlpatterns = [
    path("prone-areas/", views.index, name="prone"),
    path("prone-areas/rows/", views.rows, name="prone_rows"),
]
