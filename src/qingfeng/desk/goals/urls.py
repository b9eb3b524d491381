"""Addresses of the two boards; they stand before those of the kinds."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.goals import views

urlpatterns = [
    path("goals/board/", views.board, name="goals_board"),
    path("goals/board/table.<slug:form>", views.export, name="goals_table"),
    path("demonstrations/board/", views.projects, name="projects_board"),
    path("goals/<slug:slug>/serve/", views.serve, name="goal_serve"),
]
