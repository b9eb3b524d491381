"""Addresses of the chain of duty, the register of deployments and what clauses became."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.duty import panels, rail, views

urlpatterns = [
    path("duty-chain/", views.duty_chain, name="duty_chain"),
    path("duty-chain/units/", views.duty_rows, name="duty_rows"),
    path("deployment-register/", views.deployments, name="deployment_register"),
    path("clause-clocks/<kind:kind>/<slug:clock>/", views.clause_clock, name="clause_clock"),
]
rail.hang()
panels.hang()
