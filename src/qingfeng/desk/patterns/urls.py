"""Addresses of the district's own rules; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.patterns import rail, views

urlpatterns = [
    path("own-rules/", views.index, name="own_rules"),
    path("own-rules/vary/", views.choose, name="own_rules_choose"),
    path("own-rules/vary/<slug:rule>/", views.vary, name="own_rules_vary"),
    path("own-rules/write/", views.write, name="own_rules_write"),
    path("own-rules/of/<slug:rule>/", views.one, name="own_rule"),
    path("own-rules/of/<slug:rule>/change/", views.change, name="own_rule_change"),
    path("own-rules/of/<slug:rule>/<slug:way>/", views.act, name="own_rule_act"),
]
rail.hang()
