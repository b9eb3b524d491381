"""What growth hangs on the rail: the society on the team's shelf, the own file under the own name."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.growth.ground import reaches
from qingfeng.desk.shelves import TEAM
from qingfeng.growth.society import may_join
from qingfeng.look.rail import RailEntry, register, register_personal


def _is_ours(request: HttpRequest) -> bool:
    return may_join(request.viewer)


def _keeps(request: HttpRequest) -> bool:
    """Whether the own file stands on the rail: for our people, and for who holds no post any more."""
    viewer = request.viewer
    return may_join(viewer) or (not viewer.posts and reaches(viewer))


def hang() -> None:
    """Put the entries where they belong."""
    register(RailEntry(_("Youth society"), "desk:society", 560, None, _is_ours, "star", TEAM))
    register_personal(RailEntry(_("My growth file"), "desk:growth", 30, may_see=_keeps, icon="book-2"))
