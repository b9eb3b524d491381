"""Addresses of the halls; a hall and each of its scenes have one."""

from __future__ import annotations

from django.urls import path

from qingfeng.public.culture import hall_preview, hall_views

urlpatterns = [
    path("halls/", hall_views.halls, name="culture_halls"),
    path("halls/<slug:slug>/", hall_views.hall, name="culture_hall"),
    path("walked/<slug:slug>/", hall_views.walked, name="culture_walked"),
    path("halls/<slug:slug>/pannellum.json", hall_views.pannellum, name="culture_pannellum"),
    path("halls/<slug:slug>/<slug:form>/", hall_views.scene, name="culture_scene"),
    path("halls/<slug:slug>/<slug:form>/qr.svg", hall_views.qr, name="culture_scene_qr"),
    path("halls/<slug:slug>/<slug:form>/card.png", hall_views.card, name="culture_scene_card"),
    path("halls/<slug:slug>/<slug:form>/view.webp", hall_views.view, name="culture_view"),
    path("panoramas/<slug:slug>/<slug:form>.webp", hall_views.panorama, name="culture_panorama"),
    path("hall-preview/<slug:slug>/", hall_preview.preview, name="culture_hall_draft"),
    path("hall-preview/<slug:slug>/<slug:form>/", hall_preview.preview, name="culture_hall_preview"),
]
