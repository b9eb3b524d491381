"""Addresses for staff who enter something for somebody."""

from __future__ import annotations

from django.urls import path

from qingfeng.public.at_desk import views

app_name = "at_desk"

urlpatterns = [
    path("", views.begin, name="begin"),
    path("above/", views.above, name="above"),
    path("report/", views.enter, {"line": "report"}, name="report"),
    path("petition/", views.enter, {"line": "petition"}, name="petition"),
    path("suggestion/", views.enter, {"line": "suggestion"}, name="suggestion"),
]
