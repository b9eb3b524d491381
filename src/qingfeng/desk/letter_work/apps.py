"""The application as Django knows it."""

from django.apps import AppConfig


class LetterWorkConfig(AppConfig):
    """Django's view of `qingfeng.desk.letter_work`."""

    name = "qingfeng.desk.letter_work"
    label = "letter_work"

    def ready(self) -> None:
        """Hang the panels on the page of a letter."""
        from qingfeng.desk import panels  # noqa: PLC0415 - after the tables are known
        from qingfeng.desk.letter_work import six_gates  # noqa: PLC0415 - after the tables are known

        panels.show(six_gates.KIND, six_gates.gates_panel)
        panels.show(six_gates.KIND, six_gates.links_panel)
        panels.show(six_gates.KIND, six_gates.alike_panel)
