"""Addresses of the look."""

from django.urls import path

from qingfeng.look import views

app_name = "look"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("size/", views.size, name="size"),
    path("language/", views.language, name="language"),
    path("sheet/", views.sheet, name="sheet"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:page>/", views.gallery, name="gallery_page"),
]
