"""The application as Django knows it."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    """Django's view of `qingfeng.appraisal`."""

    name = "qingfeng.appraisal"
    label = "appraisal"
    default_auto_field = "django.db.models.BigAutoField"
