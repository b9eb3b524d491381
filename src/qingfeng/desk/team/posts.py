"""Full years in post, and which posts have reached the years from which an exchange is looked at.

Law:
    党政领导干部交流工作规定 [reported]; looked at after 5 years, exchanged after 8 [proposal].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_noop as _

from qingfeng.desk.keeping.offices import plans_exchanges
from qingfeng.look.charts import Chart, Series
from qingfeng.mechanisms.exchange.ground import full_years
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Post, Unit
from qingfeng.organization.viewer import Viewer

CONSIDER, MUST = "exchange.consider_years", "exchange.must_years"
OURS = (Unit.Kind.ROOM, Unit.Kind.RESIDENT, Unit.Kind.INSPECTION, Unit.Kind.TOWNSHIP, Unit.Kind.ENTERPRISE)


@dataclass(frozen=True)
class Held:
    """A main post, and for how many full years it has been held."""

    post: Post
    years: int
    state: str

    @property
    def says(self) -> str:
        """What the years ask for, in words."""
        words = {"must": say("exchange due"), "consider": say("exchange to be looked at")}
        return words.get(self.state, "")


def held_by_ours(viewer: Viewer) -> list[Held]:
    """Return the main posts in our own units that a viewer leads, by unit, then as they were begun."""
    consider, must = int(setting(CONSIDER)), int(setting(MUST))
    found = []
    for post in _posts(viewer).select_related("person", "unit").order_by("unit__path", "from_on", "pk"):
        years = full_years(post.from_on, viewer.on)
        state = "must" if years >= must else "consider" if years >= consider else ""
        found.append(Held(post, years, state))
    return found


def _posts(viewer: Viewer) -> QuerySet[Post]:
    rows = Post.objects.held_on(viewer.on).filter(is_main=True, unit__kind__in=OURS)
    if plans_exchanges(viewer):
        return rows
    return rows.filter(unit__in=viewer.units_under("dept_head", "deputy"))


def chart_of(rows: Sequence[Held]) -> Chart | None:
    """Return how many posts have been held for how many full years."""
    if not rows:
        return None
    counted = Counter(one.years for one in rows)
    years = range(max(counted) + 1)
    late = sum(one.state == "must" for one in rows)
    title = (
        say("%(n)d posts have reached the years after which they are exchanged") % {"n": late}
        if late
        else say("No post has reached the years after which it is exchanged")
    )
    return Chart(
        title=title,
        says=say("Main posts by full years in them, today."),
        names=[str(year) for year in years],
        series=[Series(say("Posts"), [counted.get(year, 0) for year in years])],
        head=say("Full years"),
        unit=say("held posts"),
    )


register(
    Choice(
        CONSIDER,
        _("Full years in a post after which an exchange is looked at"),
        5,
        _("years"),
        _("The page of posts marks them from then on."),
        "党政领导干部交流工作规定 [proposal]",
        1,
        20,
    ),
    Choice(
        MUST,
        _("Full years in a post after which it is exchanged"),
        8,
        _("years"),
        _("The page of posts marks them from then on, above those to be looked at."),
        "党政领导干部交流工作规定 [proposal]",
        1,
        30,
    ),
)
