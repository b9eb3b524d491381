"""The demonstration's places, routes and halls, and the file of them that visitors take along."""

from __future__ import annotations

from collections.abc import Callable


def play(report: Callable[[str], None]) -> None:
    """Write, sign and publish the sample content, and make its export."""
    from django.db import transaction  # noqa: PLC0415 - Django is started by now

    from qingfeng.culture.sample.make import make_sample  # noqa: PLC0415
    from qingfeng.public.culture.exporting import publish_copy  # noqa: PLC0415

    report("Places, routes and halls for the public.")
    with transaction.atomic():
        make_sample()
    publish_copy()
