"""The application as Django knows it."""

from django.apps import AppConfig


class TypingConfig(AppConfig):
    """Django's view of `qingfeng.desk.typing`."""

    name = "qingfeng.desk.typing"
    label = "typing"
    default_auto_field = "django.db.models.BigAutoField"
