"""What the desk knows to be in the hands of whoever moves to another post: for the list of the handover.

Of duties beside all matters only how many there are, and until when: what they are is theirs to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from qingfeng.desk.duties import Errand, work_of
from qingfeng.desk.models import FeedAddress
from qingfeng.mechanisms.exchange.drawing import draw_also
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import viewer_for


def in_hand(person: Person) -> Iterator[dict[str, str]]:
    """Yield lines for somebody's duties beside all matters and for their calendar subscription."""
    work = work_of(viewer_for(person))
    owed = [one for one in (*work.now, *work.week, *work.later) if isinstance(one, Errand)]
    if owed:
        first = min(one.due_on for one in owed)
        yield {"what_kind": "duty", "what": f"事项以外的待办 {len(owed)} 项，最早 {first.isoformat()} 到期"}
    if FeedAddress.objects.filter(person=person, revoked_at=None).exists():
        yield {"what_kind": "subscription", "what": "日历订阅地址：停用后按新岗位另建"}


def join() -> None:
    """Let an exchange list them; called once, at start-up."""
    draw_also(in_hand)
