"""The application as Django knows it."""

from django.apps import AppConfig


class DeskHallsConfig(AppConfig):
    """Django's view of `qingfeng.desk.culture.halls`."""

    name = "qingfeng.desk.culture.halls"
    label = "desk_halls"
    default_auto_field = "django.db.models.BigAutoField"
