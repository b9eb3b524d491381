"""The application as Django knows it."""

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """Django's view of `qingfeng.growth`."""

    name = "qingfeng.growth"
    label = "growth"
    default_auto_field = "django.db.models.BigAutoField"
