"""The application as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Django's view of `qingfeng.desk`."""

    name = "qingfeng.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the entries on the rail and say how pages are explained; mechanisms are known by now."""
        from qingfeng.desk import forgetting, rail  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.assessment import panel as assessment  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.cockpit import panels as cockpit  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.culture import checks as culture  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.duties import add_errands  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.fields import panel as fields  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.forces import panel as forces  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.goals import panel as goals  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.helping import help_in  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.leads import proposed  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.letters import panel  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.patterns import panel as patterns  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.petitions import panel as petitions  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.prone import offered as prone  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.reports import panel as reports  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.team import left_behind  # noqa: PLC0415 - after the tables are known
        from qingfeng.look import helping  # noqa: PLC0415 - after the tables are known

        rail.hang()
        forgetting.join()
        cockpit.join()
        helping.say_with(help_in)
        proposed.join()
        panel.join()
        patterns.join()
        petitions.join()
        prone.join()
        reports.join()
        fields.join()
        goals.join()
        assessment.join()
        left_behind.join()
        forces.join()
        add_errands(culture.errands_of)
