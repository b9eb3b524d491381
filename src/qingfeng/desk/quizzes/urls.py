"""Address on which a quiz is answered; it stands before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.quizzes import views

urlpatterns = [path("answer/<slug:code>/", views.answer, name="quiz_answer")]
