"""The application as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Django's view of `qingfeng.desk`."""

    name = "qingfeng.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the entries of the desk on the rail; mechanisms are known by now."""
        from qingfeng.desk import rail  # noqa: PLC0415 - after the tables are known

        rail.hang()
