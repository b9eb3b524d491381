"""The application as Django knows it."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Django's view of `qingfeng.public`."""

    name = "qingfeng.public"
    label = "public"
    default_auto_field = "django.db.models.BigAutoField"
