"""Django's handle on this floor."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Django's view of `qingfeng.findings`."""

    name = "qingfeng.findings"
