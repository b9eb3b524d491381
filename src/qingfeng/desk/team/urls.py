"""Address of the page of posts; it stands before those of the kinds."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.team import views

urlpatterns = [path("exchanges/posts/", views.posts, name="posts_by_years")]
