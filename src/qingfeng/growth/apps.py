"""The application as Django knows it."""

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """Django's view of `qingfeng.growth`."""

    name = "qingfeng.growth"
    label = "growth"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have whoever leaves the house told that what is their own can be taken along."""
        from qingfeng.matters.notices import tell  # noqa: PLC0415 - after the tables are known
        from qingfeng.organization.parting import tell_with  # noqa: PLC0415

        tell_with(lambda person: tell([person.pk], "parting", None))
