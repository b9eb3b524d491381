"""What a quiz shows beside its facts, and a lesson of its quizzes: before and after, in sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk.panels import Panel, show
from qingfeng.desk.quizzes import answering
from qingfeng.desk.quizzes.before_after import Difference, Share, difference, shares
from qingfeng.look.charts import Chart, Series
from qingfeng.matters import access
from qingfeng.matters.models import LedgerLine, Matter, MatterLink
from qingfeng.mechanisms.common import OFFICE_KINDS
from qingfeng.mechanisms.quiz.fields import TOGETHER
from qingfeng.organization.viewer import Viewer

TITLE = gettext_lazy("Before and after the education")
LINK = "tested_by"
SAYS = {
    "more": gettext_lazy("More is answered right after it."),
    "fewer": gettext_lazy("Less is answered right after it."),
    "chance": gettext_lazy("Cannot be told from chance."),
    "no_before": gettext_lazy("Cannot be said: fewer than five sheets before it."),
    "no_after": gettext_lazy("Cannot be said: fewer than five sheets after it."),
}


@dataclass(frozen=True)
class Line:
    """One kind of office, or all of them together, before and after."""

    name: str
    told: Difference

    @property
    def says(self) -> str:
        """What can be said."""
        return str(SAYS[self.told.says])

    @property
    def before(self) -> str:
        """The share before with its interval and its sheets."""
        return in_words(self.told.before)

    @property
    def after(self) -> str:
        """The share after with its interval and its sheets."""
        return in_words(self.told.after)


def in_words(share: Share | None) -> str:
    """Return a share as people read it."""
    if share is None:
        return "—"
    low, high = share.interval
    return _("%(value).0f %% (%(low).0f to %(high).0f), %(sheets)s sheets") % {
        "value": 100 * share.value,
        "low": 100 * low,
        "high": 100 * high,
        "sheets": share.sheets,
    }


def lines_of(quiz: Matter) -> list[Line]:
    """Return what a quiz says: all kinds of office together first."""
    facts = LedgerLine.objects.filter(matter=quiz, ledger="results").values_list("facts", flat=True)
    told = shares(facts)
    names = {**{key: str(words) for key, words in OFFICE_KINDS}, TOGETHER: _("Several kinds together")}
    there = [key for key in names if any(kind == key for _phase, kind in told)]
    every = [Line(_("All together"), difference(told.get(("before", "")), told.get(("after", ""))))]
    return every + [
        Line(names[key], difference(told.get(("before", key)), told.get(("after", key)))) for key in there
    ]


def of_quiz(_viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of a quiz: its address while it is answered, then its sums."""
    context: dict[str, Any] = {"lines": lines_of(matter) if _has_sums(matter) else []}
    if matter.stage in answering.OPEN:
        context["code"] = answering.code_of(matter, matter.stage)
        context["sheets"] = answering.sheets_in(matter, matter.stage)
        context["invited"] = answering.invited(matter)
    elif not context["lines"]:
        return None
    context["chart"] = _by_question(matter)
    return Panel(TITLE, "desk/quizzes/panel.html", context)


def _has_sums(matter: Matter) -> bool:
    return matter.lines.filter(ledger="results").exists()


def _by_question(matter: Matter) -> Chart | None:
    rows = list(matter.lines.filter(ledger="by_question").values_list("facts", flat=True))
    numbers = sorted({int(row["question_no"]) for row in rows})
    if len(numbers) < 2:
        return None

    def percent(phase: str) -> Sequence[float | None]:
        of = {int(row["question_no"]): row for row in rows if row["phase"] == phase}
        return [
            round(100 * of[no]["right_answers"] / of[no]["sheets"], 1) if no in of else None for no in numbers
        ]

    series = [
        Series(pgettext("quiz", "before"), percent("before")),
        Series(pgettext("quiz", "after"), percent("after")),
    ]
    return Chart(
        _("Right answers by question"),
        _("Per cent of the sheets; nobody's answers stand by themselves."),
        [_("Question %(no)s") % {"no": no} for no in numbers],
        series,
        unit="%",
        head=_("Question"),
    )


def of_lesson(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the quizzes on the education of a lesson, as far as the reader may know of them."""
    links = MatterLink.objects.filter(source=matter, kind=LINK, until_at=None).select_related("target")
    quizzes = [link.target for link in links.order_by("pk") if access.may_see(viewer, link.target)]
    told = [(one, lines_of(one)[0]) for one in quizzes if _has_sums(one)]
    return Panel(TITLE, "desk/quizzes/of_lesson.html", {"told": told}) if told else None


def join() -> None:
    """Hang the panels; called once, at start-up."""
    show(answering.QUIZ, of_quiz)
    show("lesson", of_lesson)
