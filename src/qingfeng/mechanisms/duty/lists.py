"""The clocks, ledgers and figures of a year of duty."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Clock, Figure, Ledger
from qingfeng.mechanisms.duty import fields
from qingfeng.mechanisms.duty.gates import HEARD_FIRST, PRACTICE, RULE

KEY = "duty"
UP = ("tracker", "head", "deputy")

CLOCKS = (
    Clock("list", _("Unit: issue the list of duties"), of_year="year", end_of_month=3, starts="open",
          law=PRACTICE, setting=f"{KEY}.list", bears="unit_contact", escalates=UP),
    Clock("study_first", _("Unit: study of the first half"), of_year="year", end_of_month=6, starts="open",
          law=RULE, setting=f"{KEY}.study_first", bears="unit_contact", escalates=UP),
    Clock("study_second", _("Unit: study of the second half"), of_year="year", end_of_month=12,
          starts="open", law=RULE, setting=f"{KEY}.study_second", bears="unit_contact", escalates=UP),
    Clock("duty_report", _("Unit: report on duty and integrity"), of_year="year", end_of_month=13,
          starts="open", law=PRACTICE, setting=f"{KEY}.duty_report", bears="unit_contact", escalates=UP),
    Clock("report_again", _("Unit: hand the report in again"), working_days=10, law=PRACTICE,
          setting=f"{KEY}.report_again", bears="unit_contact", escalates=UP),
    Clock("answer", _("Unit: answer the reminder"), working_days=15, law=PRACTICE, setting=f"{KEY}.answer",
          bears="unit_contact", escalates=UP),
    Clock("statement", _("Unit: state its own view"), working_days=5, law=(*HEARD_FIRST, *PRACTICE),
          setting=f"{KEY}.statement", bears="unit_contact", escalates=("tracker",)),
    Clock("evaluate", _("Hold the evaluation"), working_days=20, law=PRACTICE, setting=f"{KEY}.evaluate",
          bears="head", escalates=("deputy",)),
    Clock("decide", _("Close the year, or say what was not fulfilled"), working_days=20, law=PRACTICE,
          setting=f"{KEY}.decide", bears="principal"),
)  # fmt: skip

LEDGERS = (
    Ledger("items", _("List of duties"), "责任清单", fields.ITEM,
           (("listed", _("in the list")), ("done", _("done, with proof")), ("struck", _("struck"))),
           ("done", "struck"), due="item_due", unsaid=("struck",)),
    Ledger("studies", _("Studies"), "专题研究记录", fields.STUDY,
           (("held", _("held, to be followed up")), ("followed", _("followed up"))), ("followed",),
           due="follow_due"),
    Ledger("in_person", _("The secretary in person"), "第一责任人“四个亲自”纪实", fields.LOG,
           (("logged", _("entered in the log")),), ("logged",)),
    Ledger("problems", _("Problems that were fed back"), "会商反馈问题清单", fields.PROBLEM,
           (("fed_back", _("to be put right")), ("mended", _("said to be put right")),
            ("accepted", _("found to be put right")), ("carried", _("carried into the next year"))),
           ("accepted", "carried"), due="problem_due"),
    Ledger("letters", _("Reminders, circulars, talks"), "提醒函、通报、约谈", fields.LETTER,
           (("sent", _("reminder, answer awaited")), ("talked", _("talk, commitment open")),
            ("answered", _("answered, to be settled")), ("told", _("circular sent")),
            ("settled", _("settled"))),
           ("told", "settled"), due="commitment_due"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Years by stage"), by=("year", "stage")),
    Figure("issued", _("Share of years whose list was issued"), counts="acts:issue_list", by=("year",),
           share_of="all_years"),
    Figure("all_years", _("Years of duty"), by=("year",)),
    Figure("list_in_time", _("Lists issued in time"), counts="clocks:list"),
    Figure("first_in_time", _("Studies of the first half on record in time"), counts="clocks:study_first"),
    Figure("second_in_time", _("Studies of the second half on record in time"),
           counts="clocks:study_second"),
    Figure("reminders", _("Reminders sent"), counts="acts:remind", by=("unit",)),
    Figure("answered_in_time", _("Reminders answered in time"), counts="clocks:answer"),
    Figure("talks", _("Talks on duty held"), counts="acts:talk", by=("unit",)),
    Figure("fed_back", _("Problems fed back, by field of work"), counts="ledger:problems",
           by=("problem_area",)),
    Figure("put_right", _("Findings that a problem is put right"), counts="acts:check_problem", by=("unit",)),
    Figure("grades", _("Evaluations of duty by grade"), counts="acts:evaluate", by=("grade",)),
    Figure("unfulfilled", _("Years closed as not fulfilled"), counts="acts:declare_unfulfilled",
           by=("year",)),
    Figure("lacked", _("What was not fulfilled"), counts="acts:declare_unfulfilled", by=("missing",)),
)  # fmt: skip
