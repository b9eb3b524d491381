"""Address of my unit's work."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.unit import views

urlpatterns = [path("my-unit/", views.my_unit, name="my_unit")]
