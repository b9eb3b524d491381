"""The application as Django knows it."""

from django.apps import AppConfig


class MechanismsConfig(AppConfig):
    """Django's view of `qingfeng.mechanisms`."""

    name = "qingfeng.mechanisms"
    label = "mechanisms"
    default_auto_field = "django.db.models.BigAutoField"
