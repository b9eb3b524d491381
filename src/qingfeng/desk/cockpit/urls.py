"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.cockpit import views

urlpatterns = [
    path("cockpit/", views.cockpit, name="cockpit"),
    path("cockpit/again/", views.again, name="cockpit_again"),
    path("cockpit/wall/", views.wall, name="cockpit_wall"),
    path("cockpit/<slug:panel>/rows/", views.rows, name="cockpit_rows"),
]
