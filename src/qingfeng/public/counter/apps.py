"""The application as Django knows it."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """Django's view of `qingfeng.public.counter`."""

    name = "qingfeng.public.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let packages to the office carry what arrived, and take what it sends."""
        from qingfeng.public.counter import packing  # noqa: PLC0415 - after the tables are known

        packing.join()
