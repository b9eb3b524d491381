"""The application as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Django's view of `qingfeng.desk`."""

    name = "qingfeng.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
