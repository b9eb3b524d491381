"""The application as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Django's view of `qingfeng.desk`."""

    name = "qingfeng.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the entries on the rail and keep up what the search finds; mechanisms are known by now."""
        from qingfeng.desk import indexing, rail  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.helping import help_in  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.letters import panel  # noqa: PLC0415 - after the tables are known
        from qingfeng.look import helping  # noqa: PLC0415 - after the tables are known
        from qingfeng.matters import heard  # noqa: PLC0415 - after the tables are known
        from qingfeng.matters.registry import mechanisms  # noqa: PLC0415 - after the tables are known

        rail.hang()
        helping.say_with(help_in)
        panel.join()
        for one in mechanisms():
            heard.listen(one.key, indexing.index_matter)
