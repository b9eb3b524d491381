"""Addresses of campaigns as four steps; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.campaigns import views

urlpatterns = [
    path("campaigns/board/", views.board, name="campaigns_board"),
    path("campaigns/<slug:campaign>/rows/<slug:figure>/", views.rows, name="campaign_rows"),
]
