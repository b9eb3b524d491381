"""The application as Django knows it."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Django's view of `qingfeng.desk.packs`."""

    name = "qingfeng.desk.packs"
    label = "packs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let carriers find their packs among their duties; what they carry is recalled when they leave."""
        from qingfeng.desk import duties  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.packs import leaving, reminding  # noqa: PLC0415 - after the tables are known
        from qingfeng.matters.leaving import when_somebody_leaves  # noqa: PLC0415

        duties.add_source(reminding.duties_of)
        when_somebody_leaves(leaving.recall_from)
