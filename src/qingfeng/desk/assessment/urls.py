"""Addresses of the year's gates and of the posting; they stand before those of the kinds."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.assessment import views

urlpatterns = [
    path("assessments/gates/", views.gates, name="assessment_gates"),
    path("assessments/posting/", views.posting, name="assessment_posting"),
]
