"""The application as Django knows it."""

from django.apps import AppConfig, apps


class ExchangeConfig(AppConfig):
    """Django's view of `qingfeng.exchange`."""

    name = "qingfeng.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known who takes what; on the counter's own machine there are no matters to carry."""
        from qingfeng.exchange import incoming  # noqa: PLC0415 - after the tables are known

        incoming.join()
        if apps.is_installed("qingfeng.matters"):
            from qingfeng.exchange import arriving, batches, carrying, settings  # noqa: PLC0415

            batches.join()
            arriving.join()
            carrying.join()
            settings.offer()
