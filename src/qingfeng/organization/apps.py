"""The application as Django knows it."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """Django's view of `qingfeng.organization`."""

    name = "qingfeng.organization"
    label = "organization"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens at the door; hang this room's entries on the rail."""
        from qingfeng.organization import rail, signin  # noqa: F401, PLC0415 - signin registers what it listens to

        rail.hang()
