"""The application as Django knows it."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Django's view of `qingfeng.desk.quizzes`."""

    name = "qingfeng.desk.quizzes"
    label = "quizzes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the acts of a quiz find the sums, and hang the panels on its page and on its lesson's."""
        from qingfeng.desk.quizzes import panel, sums  # noqa: PLC0415 - after the tables are known

        sums.join()
        panel.join()
