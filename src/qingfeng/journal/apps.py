"""The application as Django knows it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Django's view of `qingfeng.journal`."""

    name = "qingfeng.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
