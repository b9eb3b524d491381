"""The application as Django knows it."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """Django's view of `qingfeng.public.counter`."""

    name = "qingfeng.public.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"
