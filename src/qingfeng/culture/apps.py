"""The application as Django knows it."""

from django.apps import AppConfig


class CultureConfig(AppConfig):
    """Django's view of `qingfeng.culture`."""

    name = "qingfeng.culture"
    label = "culture"
    default_auto_field = "django.db.models.BigAutoField"
