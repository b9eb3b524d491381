"""The application as Django knows it."""

import contextlib
import os
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete


class CultureConfig(AppConfig):
    """Django's view of `qingfeng.culture`."""

    name = "qingfeng.culture"
    label = "culture"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the file of a medium that is taken away stay for a while from then on."""
        post_delete.connect(_young_again, sender="culture.Medium")


def _young_again(instance: Any, **_said: Any) -> None:
    from qingfeng.culture.halls.keeping import tiles_place  # noqa: PLC0415 - after the tables are known
    from qingfeng.culture.storing import place_of  # noqa: PLC0415

    for place in (place_of(instance.digest, instance.form), tiles_place(instance.digest)):
        with contextlib.suppress(FileNotFoundError):
            os.utime(place)
