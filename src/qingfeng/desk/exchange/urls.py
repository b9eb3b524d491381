"""Addresses of packages; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.exchange import rail, views

urlpatterns = [
    path("packages/", views.index, name="packages"),
    path("packages/card/", views.card, name="packages_card"),
    path("packages/bring/", views.bring, name="packages_bring"),
    path("packages/add/", views.add, name="packages_add"),
    path("packages/with/<int:pk>/", views.one, name="packages_with"),
    path("packages/with/<int:pk>/confirm/<int:keys>/", views.confirm, name="packages_confirm"),
    path("packages/with/<int:pk>/end/<int:keys>/", views.end, name="packages_end"),
    path("packages/with/<int:pk>/sent/<int:number>/", views.sent, name="packages_sent"),
    path("packages/again/<int:pk>/", views.again, name="packages_again"),
    path("packages/refused/<int:pk>/", views.settle, name="packages_settle"),
    path("packages/history/", views.past, name="packages_history"),
]
rail.hang()
