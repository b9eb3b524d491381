"""Addresses of the pages of leads."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.leads.views import blind, draws, exceptions, handing_out, leads, lists, rules
from qingfeng.desk.thread import views as thread

KEY = "<slug:key>"

urlpatterns = [
    path("leads/", lists.index, name="leads"),
    path("leads/export/", lists.export, name="leads_export"),
    path("leads/assign/", handing_out.assign_many, name="leads_assign"),
    path(f"leads/{KEY}/", leads.page, name="lead"),
    path(f"leads/{KEY}/thread/", thread.of_lead, name="lead_thread"),
    path(f"leads/{KEY}/again/", leads.again, name="lead_again"),
    path(f"leads/{KEY}/assign/", handing_out.assign, name="lead_assign"),
    path(f"leads/{KEY}/except/", exceptions.propose, name="lead_except"),
    path("screening-rules/", rules.index, name="rules"),
    path("screening-rules/<slug:rule>/", rules.page, name="rule"),
    path("exceptions/", exceptions.index, name="exceptions"),
    path("exceptions/<int:pk>/", exceptions.one, name="exception"),
    path("exceptions/<int:pk>/<slug:way>/", exceptions.decide, name="exception_decide"),
    path("draws/", draws.index, name="draws"),
    path("draws/<slug:week>/", draws.page, name="draw"),
    path("draws/<slug:week>.json", draws.data, name="draw_data"),
    path("blind-spots/", blind.spots, name="blind_spots"),
]
