"""Runs as the home keeps them, read for the desk."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils.translation import gettext as _

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.run.outcome import Run


def kept_run(run: str) -> Run:
    """Return a run as the home keeps it.

    Raises:
        Problem: If it is not there.
    """
    folder = Home(settings.HOME).runs / run
    try:
        return Run.from_json(json.loads((folder / "run.json").read_text(encoding="utf-8")), folder)
    except (OSError, ValueError, KeyError) as error:
        raise Problem(
            _("The record of the screening cannot be read."), where=run, then=_("Screen again.")
        ) from error
