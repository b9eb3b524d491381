"""The application as Django knows it."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Django's view of `qingfeng.look`: templates, tags, what the front end built."""

    name = "qingfeng.look"
    label = "look"

    def ready(self) -> None:
        """Make the components known to every part."""
        from qingfeng.look import components  # noqa: F401, PLC0415 - applications are known by now
