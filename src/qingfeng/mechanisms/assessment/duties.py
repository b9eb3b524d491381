"""Clocks, ledgers and figures of an assessment."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Clock, Figure, Ledger
from qingfeng.mechanisms.assessment import fields, gates

UP = ("deputy", "principal")


def on_platform(seen: Snapshot) -> bool:
    """Return whether points come from the sheets here."""
    return seen.value("points_from") == fields.PLATFORM


def on_paper(seen: Snapshot) -> bool:
    """Return whether points come from sheets on paper."""
    return seen.value("points_from") == fields.PAPER


CLOCKS = (
    Clock("method", _("Pass gate 1: the method"), working_days=20, starts="open", law=gates.PRACTICE,
          setting="assessment.method", bears="organizer", escalates=UP),
    Clock("self", _("Pass gate 2: the self-assessments"), working_days=15, law=gates.PRACTICE,
          setting="assessment.self", bears="organizer", escalates=UP),
    Clock("grade", _("Pass gate 3: points and grades"), working_days=20, law=gates.PRACTICE,
          setting="assessment.grade", bears="organizer", escalates=UP),
    Clock("report", _("Pass gate 4: reports and vote"), working_days=15, law=gates.PRACTICE,
          setting="assessment.report", bears="organizer", escalates=UP),
    Clock("study", _("Pass gate 5: the result"), working_days=10, law=gates.PRACTICE,
          setting="assessment.study", bears="deputy", escalates=("principal",)),
    Clock("notify", _("Tell everybody their own result"), working_days=5, law=gates.PRACTICE,
          setting="assessment.notify", bears="organizer", escalates=UP),
    Clock("post", _("Begin the posting"), working_days=5, law=gates.PRACTICE, setting="assessment.post",
          bears="organizer", escalates=UP),
    Clock("posting", _("Days of the posting; end it after them"), working_days=5, law=gates.YEARLY,
          setting="assessment.posting", bears="organizer"),
    Clock("posting_change", _("Days of the posting of a change; end it after them"), working_days=5,
          law=gates.YEARLY, setting="assessment.posting_change", bears="organizer"),
    Clock("appeal", _("Days in which people may appeal"), days=10, law=gates.APPEALS,
          setting="assessment.appeal", bears="assessed"),
    Clock("answer", _("Answer an appeal"), days=30, law=gates.APPEALS, setting="assessment.answer",
          bears="examiner", escalates=UP, when=gates.open_appeal),
    Clock("close", _("Settle what is open, then close the year"), working_days=30, law=gates.PRACTICE,
          setting="assessment.close", bears="organizer", escalates=UP),
)  # fmt: skip

LEDGERS = (
    Ledger("steps", _("Five gates"), "五步记录", fields.STEP,
           (("laid", _("papers there")), ("signed", _("gate signed"))), ("signed",)),
    Ledger("objects", _("Who is assessed"), "考核对象名单", fields.OBJECT,
           (("listed", _("on the list")), ("special", _("no grade this year")),
            ("excused", _("without self-assessment")), ("struck", _("struck"))),
           ("listed", "special", "excused", "struck"), unsaid=("struck",)),
    Ledger("selves", _("Self-assessments"), "自评表", fields.SELF, (("handed", _("handed in")),),
           ("handed",)),
    Ledger("grades", _("Table of grades"), "评分格次表", fields.GRADE,
           (("scored", _("points entered")), ("graded", _("graded")), ("decided", _("result decided"))),
           ("decided",)),
    Ledger("results", _("Results told"), "结果告知", fields.RESULT,
           (("told", pgettext_lazy("assessment", "told")),
            ("handed", pgettext_lazy("assessment", "handed over")),
            ("replaced", _("replaced by a later one"))), ("handed", "replaced"), unsaid=("replaced",)),
    Ledger("posted", _("Posting"), "公示名单", fields.POSTED,
           (("posted", _("posted for five workdays")), ("replaced", _("replaced by a later one"))),
           ("posted", "replaced"), unsaid=("replaced",)),
    Ledger("objections", _("Objections to the posting"), "公示异议", fields.OBJECTION,
           (("raised", _("raised")), ("settled", _("settled"))), ("settled",)),
    Ledger("appeals", _("Appeals"), "申诉", fields.APPEAL,
           (("filed", _("appeal filed")), ("answered", _("appeal answered")),
            ("recalculated", _("recalculated into a new version"))), ("answered", "recalculated")),
    Ledger("suggestions", _("Suggestions for exchange"), "交流使用建议", fields.SUGGESTION,
           (("made", _("suggested")),), ("made",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Assessments by class and stage"), by=("objects_class", "stage")),
    Figure("grades", _("Grades by class"), counts="ledger:grades", by=("objects_class", "grade")),
    Figure("special", _("Without a grade, by special case"), counts="ledger:objects", by=("special",)),
    Figure("appeals", _("Appeals by outcome"), counts="ledger:appeals", by=("outcome",)),
    Figure("gates", _("Gates passed in time"), counts="clocks:grade", by=("objects_class",)),
    Figure("answers", _("Appeals answered in time"), counts="clocks:answer", by=("objects_class",)),
)
