"""The application as Django knows it."""

from django.apps import AppConfig, apps


class PublicConfig(AppConfig):
    """Django's view of `qingfeng.public`."""

    name = "qingfeng.public"
    label = "public"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the entry for staff on the rail; on the counter's own machine there is no desk."""
        if not apps.is_installed("qingfeng.desk"):
            return
        from qingfeng.public.at_desk import panel  # noqa: PLC0415 - after the tables are known

        panel.hang()
