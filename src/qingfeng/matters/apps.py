"""The application as Django knows it."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Django's view of `qingfeng.matters`."""

    name = "qingfeng.matters"
    label = "matters"

    def ready(self) -> None:
        """Check declarations at start-up."""
        from qingfeng.matters import checks  # noqa: F401, PLC0415 - registers itself
