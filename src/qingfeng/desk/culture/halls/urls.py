"""Addresses of the desk of halls; they stand among those of the culture pages."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.culture.halls import archives, built, editing, media, plain

urlpatterns = [
    path("", plain.hall, name="hall"),
    path("hall.zip", archives.packed, name="hall_packed"),
    path("zones/<slug:key>/", plain.zone, name="hall_zone"),
    path("scenes/<slug:key>/", plain.scene, name="hall_scene"),
    path("scenes/<slug:key>/spots/<slug:spot>/", plain.spot, name="hall_spot"),
    path("order/", plain.order, name="hall_order"),
    path("editor/", editing.editor, name="hall_editor"),
    path("editor/keep/", editing.keep, name="hall_keep"),
    path("media/<slug:kind>/", media.media, name="hall_media"),
    path("media/<slug:kind>/files/", media.announce, name="hall_announce"),
    path("media/<slug:kind>/files/<int:no>/", media.piece, name="hall_piece"),
    path("brought/<int:no>/", media.brought, name="hall_brought"),
    path("describe/<int:no>/", media.describe, name="hall_describe"),
    path("shown/<slug:digest>/<slug:part>/", media.shown, name="hall_shown"),
    path("built/", built.built, name="hall_built"),
    path("built/rooms/<slug:key>/", built.room, name="hall_room"),
    path("built/rooms/<slug:room>/exhibits/<slug:key>/", built.exhibit, name="hall_exhibit"),
    path("built/doors/", built.door, name="hall_door"),
    path("built/bring/", built.bring, name="hall_bring"),
    path("built/panoramas/", built.panorama, name="hall_panorama"),
    path("built/finish/", built.finish, name="hall_finish"),
]
