"""Addresses of growth files and of the youth society; they stand before the kinds of matter."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.growth import rail, sharing_views, society_views, views

urlpatterns = [
    path("growth/", views.index, name="growth"),
    path("growth/begin/", views.begin, name="growth_begin"),
    path("growth/entries/new/", views.new, name="growth_new"),
    path("growth/entries/<int:pk>/", views.change, name="growth_entry"),
    path("growth/entries/<int:pk>/remove/", views.remove, name="growth_remove"),
    path("growth/attachments/<int:pk>/", views.attachment, name="growth_attachment"),
    path("growth/attachments/<int:pk>/remove/", views.detach, name="growth_detach"),
    path("growth/known/", views.known, name="growth_known"),
    path("growth/file.<slug:form>", views.taken, name="growth_taken"),
    path("growth/delete/", views.delete, name="growth_delete"),
    path("growth/reopen/", views.reopen, name="growth_reopen"),
    path("growth/parting/", views.part, name="growth_parting"),
    path("growth/shares/", sharing_views.shares, name="growth_shares"),
    path("growth/shares/<int:pk>/withdraw/", sharing_views.withdraw, name="growth_withdraw"),
    path("growth/shared/<int:pk>/", sharing_views.read, name="growth_shared"),
    path(
        "growth/shared/<int:pk>/attachments/<int:attached>/",
        sharing_views.read_attachment,
        name="growth_shared_attachment",
    ),
    path("society/", society_views.page, name="society"),
    path("society/join/", society_views.join, name="society_join"),
    path("society/leave/", society_views.leave, name="society_leave"),
    path("society/plan/", society_views.plan, name="society_plan"),
    path("society/plan/add/", society_views.intend, name="society_intend"),
    path("society/plan/approve/", society_views.approve, name="society_approve"),
    path("society/plan/lines/<int:pk>/", society_views.tie, name="society_tie"),
    path("society/roles/", society_views.offer, name="society_offer"),
    path("society/roles/<int:pk>/", society_views.answer, name="society_answer"),
]
rail.hang()
