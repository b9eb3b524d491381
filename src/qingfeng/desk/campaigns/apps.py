"""The application as Django knows it."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Django's view of `qingfeng.desk.campaigns`."""

    name = "qingfeng.desk.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Hang the panels on the page of a campaign, and the board on the rail."""
        from qingfeng.desk import panels  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.campaigns import panel, rail  # noqa: PLC0415 - after the tables are known

        for shows in (panel.steps_panel, panel.yields_panel, panel.units_panel, panel.said_panel):
            panels.show(panel.KIND, shows)
        panels.show(panel.KIND, panel.data_panel)
        rail.hang()
