"""The application as Django knows it."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Django's view of `qingfeng.desk.packs`."""

    name = "qingfeng.desk.packs"
    label = "packs"
    default_auto_field = "django.db.models.BigAutoField"
