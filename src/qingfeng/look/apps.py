"""The application as Django knows it."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Django's view of `qingfeng.look`: templates, tags, what the front end built."""

    name = "qingfeng.look"
    label = "look"
