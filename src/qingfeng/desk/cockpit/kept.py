"""What is counted for one reader alone, kept for ten minutes; the page says when it was counted.

Who sees less than the whole house is counted for anew, over what they may know of. The name under which a
count is kept holds all that decides about that: the reader's posts and reach, the matters from which they
are recused at this moment, and their own last act, which counts at once. What others do is ten minutes late
at most, as it is in the readings of the house.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from django.core.cache import cache
from django.utils import timezone

from qingfeng.desk.returns import readings
from qingfeng.desk.returns.measures import Cells, Measure, Values, as_json, from_json
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters import access
from qingfeng.matters.models import Performance
from qingfeng.organization.viewer import Viewer

KEPT_SECONDS = 600


def count(measure: Measure, scope: Scope, by: Values, *, viewer: Viewer) -> tuple[Cells, datetime]:
    """Count a measure over matters for one reader, or return what was counted for them a moment ago.

    Args:
        measure: What is counted.
        scope: Over what; of this reader.
        by: Keys of dimensions, in order.
        viewer: The reader.

    Returns:
        Numbers by the values of the dimensions, and when they were counted.
    """
    name = _name(measure, scope, by, viewer)
    if (held := cache.get(name)) is not None:
        return from_json(held[0]), held[1]
    cells, at = measure.count(scope, by), timezone.now()
    cache.set(name, (as_json(cells), at), KEPT_SECONDS)
    return cells, at


def _name(measure: Measure, scope: Scope, by: Values, viewer: Viewer) -> str:
    last = Performance.objects.filter(by=viewer.person_id).order_by("-at", "-pk").values_list("pk").first()
    told = (
        access.question_of(viewer),
        readings.name_of(readings.recused_keys(viewer)),
        last,
        measure.key,
        measure.digest,
        by,
        (scope.period.since, scope.period.until, scope.period.today),
        scope.office,
    )
    return f"desk.cockpit.{blake2b(repr(told).encode(), digest_size=20).hexdigest()}"
