"""Addresses of the counter."""

from __future__ import annotations

from django.urls import path, register_converter

from qingfeng.public.counter.views import proving, reading, telling, writing
from qingfeng.public.counter.views.speaking import LanguageConverter

app_name = "counter"
register_converter(LanguageConverter, "counter_language")

urlpatterns = [
    path("", telling.begin, name="begin"),
    path("<counter_language:lang>/", telling.start, name="start"),
    path("<counter_language:lang>/write/", writing.write, name="write"),
    path("<counter_language:lang>/draft/", writing.draft, name="draft"),
    path("<counter_language:lang>/follow/", reading.follow, name="follow"),
    path("<counter_language:lang>/anonymity/", telling.anonymity, name="anonymity"),
    path("<counter_language:lang>/rules/", telling.rules, name="rules"),
    path("<counter_language:lang>/proof/", proving.check, name="proof"),
    path("<counter_language:lang>/paper/", telling.paper, name="paper"),
    path("<counter_language:lang>/poster/", telling.poster, name="poster"),
]
