"""Addresses of typing; they stand among those of records."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.typing import views

urlpatterns = [
    path("records/typing/", views.index, name="typing"),
    path("records/typing/new/", views.new, name="typing_new"),
    path("records/typing/<int:pk>/", views.page, name="typing_sheet"),
    path("records/typing/<int:pk>/columns/", views.columns, name="typing_columns"),
    path("records/typing/<int:pk>/hand-over/", views.hand_over, name="typing_hand_over"),
    path("records/typing/<int:pk>/scan/", views.scan, name="typing_scan"),
]
