"""The application as Django knows it."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Django's view of `qingfeng.desk.returns`."""

    name = "qingfeng.desk.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the house's own measures and those of the mechanisms."""
        from qingfeng.desk.returns import house, of_figures, of_leads  # noqa: PLC0415 - after the tables
        from qingfeng.desk.returns.measures import offer_from, once  # noqa: PLC0415 - after the tables

        for source in (once(house.measures), once(of_leads.measures), of_figures.measures):
            offer_from(source)
