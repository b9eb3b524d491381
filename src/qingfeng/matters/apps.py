"""The application as Django knows it."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Django's view of `qingfeng.matters`."""

    name = "qingfeng.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"
