"""The application as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Django's view of `qingfeng.documents`."""

    name = "qingfeng.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
