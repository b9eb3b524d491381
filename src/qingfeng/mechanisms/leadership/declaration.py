"""Supervision of a leading team (一把手和领导班子监督): one matter a unit and year.

Who talks with whom is planned and approved; the house opens the talks. It watches posts and overdue letters
by itself, and calls for a talk where something gives rise to one. The unit keeps its ledger of collective
decisions (三重一大) here; a team looks it over, judges how the unit stands; the year ends with its report.

Law:
    中共中央关于加强对“一把手”和领导班子监督的意见 (2021) [reported].
    The figures are settings. rights.md 6, 13, 22.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.leadership import fields, gates

PLAN = Slip("plan", _("Plan of talks with a leading team"), "一把手和领导班子监督计划", "班子监督计划")
ECOLOGY = Slip("ecology", _("Note on how a unit stands"), "政治生态研判", "政治生态研判")
DUTY = Slip("duty", _("Evaluation of a duty report"), "述责述廉评议表", "述责述廉")

PARTIES = (
    Role("keeper", _("Who keeps the plan of talks"), term="监督室负责人", office=("dept_head",),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("unit", _("Unit whose leading team is supervised"), term="被监督单位", kind="unit", most=1,
         subject=True, reads=False, told_by=("approve",)),
    Role("unit_contact", _("Who reports for the unit"), term="单位联络员、党组织秘书",
         office=("unit_contact", "committee_secretary"), within="unit", reads=False),
    Role("overseer", _("Team that supervises the unit"), term="派驻（出）机构", kind="unit", least=0, most=1),
    Role("tracker", _("Supervisors of the team"), term="派驻监督人员", office=("tracker", "dept_head"),
         within="overseer"),
)  # fmt: skip

STAGES = (
    Stage("drafted", _("Plan being drafted"), "拟定计划"),
    Stage("in_year", _("In the year"), "年度监督中"),
    Stage("reported", _("Duty report handed in"), "已述责述廉"),
    Stage("evaluated", _("Report evaluated"), "已评议"),
    Stage("closed", _("Year closed"), "年度办结", open=False),
    Stage("dropped", _("No longer supervised here"), "终止", open=False),
)

LEADERS = ("deputy", "principal")
TEAM = ("tracker", "keeper")
RUNNING = ("stock", "ecology", "report")

ACTS = (
    Act("propose", _("Have the house propose the talks"), by="keeper", from_="drafted",
        enters=(Entry("plan", "planned"),), computes="leadership.propose"),
    Act("plan_talk", _("Enter a talk into the plan"), by="keeper", from_=("drafted", "in_year"),
        gates=(gates.DAYS_FIT,), enters=(Entry("plan", "planned", least=1),), then="leadership.open_talks"),
    Act("strike_line", _("Strike a talk from the plan"), by="keeper", from_="drafted", reason=True,
        enters=(Entry("plan", "struck", ("planned",), least=1, columns=("talk_by",)),)),
    Act("approve", _("Approve the plan"), by=LEADERS, from_="drafted", to="in_year", asks=fields.APPROVAL,
        gates=(gates.HAS_PLAN,), prints=(PLAN,), on_paper=True, meeting=True,
        then="leadership.open_talks", stops="plan", starts=RUNNING),
    Act("look_out", _("The house has found what gives rise to a talk"), by="clock", from_="in_year",
        enters=(Entry("triggers", "called", least=1),), computes="leadership.look_out",
        then="leadership.open_talks"),
    Act("note_trigger", _("Enter what gives rise to a talk"), by=("keeper", "tracker", *LEADERS),
        from_="in_year", gates=(gates.COUNTS_ONLY, gates.DAYS_FIT),
        enters=(Entry("triggers", "called", least=1),), then="leadership.open_talks"),
    Act("record_decision", _("Record a collective decision"), by=("unit_contact", "tracker"),
        from_=("in_year", "reported"), enters=(Entry("decisions", "recorded", least=1),),
        gates=(gates.VOTES_ADD_UP, gates.DISSENT_KEPT, gates.QUORUM, gates.VOTES_CARRY)),
    Act("take_stock", _("Look over the collective decisions"), by=TEAM, from_=("in_year", "reported"),
        asks=fields.STOCK, finds=("threshold_yuan", "above_count"), computes="leadership.take_stock",
        gates=(gates.STOCK_FITS,), stops="stock"),
    Act("judge", _("Judge how the unit stands"), by=TEAM, from_=("in_year", "reported"),
        asks=fields.ECOLOGY, finds=("talks_open", "talks_closed", "letters_overdue"),
        computes="leadership.signals", prints=(ECOLOGY,), stops="ecology"),
    Act("report", _("Hand in the duty report"), by="unit_contact", from_="in_year", to="reported",
        asks=fields.REPORT, stops="report", starts="evaluate", on_paper=True),
    Act("send_back", _("Send the duty report back"), by=("keeper", *LEADERS), from_="reported",
        to="in_year", reason=True, stops="evaluate", starts="report_again"),
    Act("evaluate", _("Evaluate the duty report"), by=("keeper", *LEADERS), from_="reported",
        to="evaluated", asks=fields.EVALUATION, gates=(gates.STOCK_TAKEN, gates.JUDGED), prints=(DUTY,),
        on_paper=True, meeting=True, stops=("evaluate", "report_again", "stock", "ecology"), starts="close"),
    Act("close", _("Close the year"), by="keeper", from_="evaluated", to="closed",
        gates=(gates.TALKS_ENDED,), stops="close"),
    Act("drop", _("Record that it is no longer supervised here"), by=LEADERS, from_=("drafted", "in_year"),
        to="dropped", reason=True, on_paper=True, stops=("plan", *RUNNING, "report_again")),
)  # fmt: skip

OWES = ("keeper", "deputy")

CLOCKS = (
    Clock("plan", _("Have the plan of talks approved"), months=1, starts="open", law=gates.PRACTICE,
          setting="leadership.plan", bears="keeper", escalates=LEADERS),
    Clock("stock", _("Look over the collective decisions in time"), months=3, law=gates.PRACTICE,
          setting="leadership.stock", repeats=True, during=("in_year",), bears="tracker", escalates=OWES),
    Clock("ecology", _("Judge how the unit stands in time"), months=6, law=gates.PRACTICE,
          setting="leadership.ecology", bears="tracker", escalates=OWES),
    Clock("report", _("Unit: hand in the duty report"), until="report_by", law=gates.PRACTICE,
          bears="unit_contact", escalates=("tracker", *OWES)),
    Clock("report_again", _("Unit: hand in the duty report again"), working_days=10, law=gates.PRACTICE,
          setting="leadership.report_again", stops="report", bears="unit_contact",
          escalates=("tracker", *OWES)),
    Clock("evaluate", _("Evaluate the duty report in time"), working_days=20, law=gates.PRACTICE,
          setting="leadership.evaluate", bears="keeper", escalates=("deputy",)),
    Clock("close", _("Close the year of a unit"), months=3, law=gates.PRACTICE, setting="leadership.close",
          bears="keeper", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("plan", _("Plan of talks"), "谈话计划", fields.TALK_LINE,
           (("planned", _("in the plan")), ("struck", _("struck"))), ("planned", "struck"),
           unsaid=("struck",)),
    Ledger("triggers", _("What gave rise to talks"), "触发谈话情形", fields.TRIGGER,
           (("called", _("talk called for")),), ("called",)),
    Ledger("decisions", _("Collective decisions"), "“三重一大”决策记录", fields.DECISION,
           (("recorded", _("on record")),), ("recorded",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Leading teams supervised, by kind of office"), by=("office_kind", "stage")),
    Figure("planned", _("Talks in the plans, by kind of post"), counts="ledger:plan",
           by=("post_kind", "talk_kind")),
    Figure("triggers", _("What gave rise to talks in the year"), counts="ledger:triggers",
           by=("trigger_kind",)),
    Figure("decisions", _("Collective decisions on record"), counts="ledger:decisions",
           by=("decision_kind", "decision_result")),
    Figure("without_decision", _("Units with no recorded collective decision above the money threshold"),
           by=("office_kind",), where=(("collective", "none_recorded"),)),
    Figure("looked_over", _("Looked over by what was found"), by=("collective", "irregular")),
    Figure("standing", _("How units stand"), counts="acts:judge", by=("eco_level", "office_kind")),
    Figure("stock_in_time", _("Decisions looked over in time"), counts="clocks:stock", by=("overseer",)),
    Figure("report_in_time", _("Duty reports in time"), counts="clocks:report", by=("office_kind",)),
    Figure("reports_returned", _("Duty reports sent back"), counts="acts:send_back", by=("office_kind",)),
)  # fmt: skip

LEADERSHIP = Mechanism(
    key="leadership",
    name=_("Supervision of a leading team"),
    term="一把手和领导班子监督",
    purpose=_("Plan who talks with whom in a unit, keep its collective decisions, judge how it stands."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("keeper", "deputy"),
    asks=fields.OPENING,
    names=("unit", "overseer"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.HEADS,
    number="班子",
    keywords=("plan_year", "office_kind", "collective", "eco_level"),
)
