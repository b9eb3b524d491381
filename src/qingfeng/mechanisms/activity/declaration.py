"""Activity (四行) of the youth society: plan, approval, holding, costs and pictures, summary, showing.

Hours and people are sums of the activity; nobody is counted, ranked or scored by them. Who takes part is
named with their own agreement and leaves when they like; what they keep of it is their own growth file.

Law:
    民法典 Art. 1019 (pictures of people); 未成年人保护法 Arts. 72, 73; 会计法 Art. 14 (vouchers).
    mechanisms.md M34, M35; the figures are settings of the district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.activity import fields, gates

PLAN = Slip("plan", _("Plan of an activity"), "活动审批单", "活动审批")
SUMMARY = Slip("summary", _("Summary of an activity"), "活动小结", "活动小结")

PARTIES = (
    Role("organizer", _("Who organises the youth society"), term="青联社负责人", office=("dept_head",),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("planner", _("Who carries the activity"), term="活动承办人", most=3),
    Role("staff", _("Whoever of our own people likes to"), term="本委干部",
         office=("handler", "analyst", "registrar", "reviewer", "tracker")),
    Role("participant", _("Who takes part"), term="参与人", least=0),
)  # fmt: skip

STAGES = (
    Stage("planned", _("Being planned"), "策划"),
    Stage("submitted", _("Waiting for approval"), "待审批"),
    Stage("approved", _("Approved, to be held"), "待实施"),
    Stage("held", _("Held, to be summed up"), "已实施"),
    Stage("summed", _("Summed up"), "已小结"),
    Stage("shown", _("Shown"), "展示中"),
    Stage("ended", _("No longer shown"), "办结，展示结束", open=False),
    Stage("closed", _("Closed without showing"), "办结，不展示", open=False),
    Stage("dropped", _("Not held"), "未实施，终止", open=False),
)

HANDS = ("planner", "organizer")
LEAD = ("organizer", "deputy")
BUSY = ("held", "summed")

ACTS = (
    Act("set_people", _("Name who carries it and who takes part"), by=LEAD, from_=("planned", "approved"),
        names=("planner", "participant")),
    Act("revise", _("Change the plan"), by=HANDS, from_="planned", asks=fields.OPENING),
    Act("submit", _("Submit the plan"), by=HANDS, from_="planned", to="submitted", stops="plan",
        starts="approve"),
    Act("approve", _("Approve the activity"), by="deputy", from_="submitted", to="approved",
        asks=fields.APPROVAL, not_by=("planner",), prints=(PLAN,), stops="approve", starts="hold",
        on_paper=True, meeting=True),
    Act("send_back", _("Send the activity back"), by="deputy", from_="submitted", to="planned", reason=True,
        stops="approve", starts="plan"),
    Act("join", _("Take part"), by="staff", from_=("planned", "submitted", "approved"),
        names_self="participant"),
    Act("put_off", _("Give it another day"), by=LEAD, from_="approved", asks=fields.LATER, reason=True,
        extends="hold"),
    Act("hold", _("Enter that it was held"), by=HANDS, from_="approved", to="held", asks=fields.HELD,
        stops="hold", starts="sum_up"),
    Act("add_output", _("Enter what was made"), by=HANDS, from_=BUSY,
        enters=(Entry("outputs", "made", least=1),)),
    Act("add_picture", _("Add a picture"), by=HANDS, from_=BUSY,
        enters=(Entry("pictures", "kept", least=1),), gates=(gates.MINORS_SAID,)),
    Act("add_consent", _("Add a consent"), by=HANDS, from_=BUSY, gates=(gates.MINORS_SAID,),
        enters=(Entry("pictures", "kept", ("kept",), 1, ("people_in_it", "consent", "consent_file")),)),
    Act("strike_picture", _("Strike a picture"), by=HANDS, from_=BUSY,
        enters=(Entry("pictures", "struck", ("kept",), 1, ("shows",)),)),
    Act("add_cost", _("Enter a cost"), by=HANDS, from_=BUSY,
        enters=(Entry("costs", "entered", least=1, columns=fields.SPENT),)),
    Act("allow_early", _("Let a cost stand that was spent before the approval"), by="deputy", from_=BUSY,
        enters=(Entry("costs", "entered", ("entered",), 1, ("early_why",)),)),
    Act("allow_over", _("Let more be spent than was planned"), by="deputy", from_=BUSY, asks=fields.OVER),
    Act("add_voucher", _("Add a voucher"), by=HANDS, from_=BUSY,
        enters=(Entry("costs", "entered", ("entered",), 1, ("voucher_no", "voucher_file")),)),
    Act("strike_cost", _("Strike a cost"), by="organizer", from_=BUSY, reason=True,
        enters=(Entry("costs", "struck", ("entered",), 1, ("item",)),)),
    Act("sum_up", _("Sum it up"), by=HANDS, from_="held", to="summed", asks=fields.SUMMARY,
        computes="activity.cost", finds=("cost", "cost_over", "hours_over"),
        gates=(gates.VOUCHERED, gates.AFTER_APPROVAL, gates.WITHIN_PLAN, gates.FEEDBACK_ADDS_UP),
        prints=(SUMMARY,),
        stops="sum_up", starts="show"),
    Act("show", _("Show it"), by="organizer", from_="summed", to="shown", asks=fields.SHOWN,
        gates=(gates.VOUCHERED, gates.PEOPLE_CONSENTED, gates.MINORS_CONSENTED), stops="show",
        starts="take_down"),
    Act("withdraw_picture", _("Take a picture down: a consent is withdrawn"), by=HANDS,
        from_=("summed", "shown"), reason=True,
        enters=(Entry("pictures", "struck", ("kept",), 1, ("shows",)),)),
    Act("take_down", _("End the showing"), by="organizer", from_="shown", to="ended", stops="take_down"),
    Act("close", _("Close it without showing it"), by="organizer", from_="summed", to="closed",
        gates=(gates.VOUCHERED,), reason=True, stops="show"),
    Act("drop", _("Decide that it is not held"), by=LEAD, from_=("planned", "submitted", "approved"),
        to="dropped", reason=True, stops=("plan", "approve", "hold")),
)  # fmt: skip

CLOCKS = (
    Clock("plan", _("Submit the plan"), working_days=10, starts="open", law=gates.PRACTICE,
          setting="activity.plan", bears="planner", escalates=("organizer",)),
    Clock("approve", _("Decide about the plan"), working_days=5, law=gates.PRACTICE,
          setting="activity.approve", bears="deputy", escalates=("organizer",)),
    Clock("hold", _("Hold the activity"), until="held_by", law=gates.PRACTICE, most_extension_days=180,
          extended_by="organizer", bears="planner", escalates=("organizer",)),
    Clock("sum_up", _("Sum the activity up"), working_days=10, law=gates.PRACTICE,
          setting="activity.sum_up", bears="planner", escalates=("organizer",)),
    Clock("show", _("Show it, or close it"), working_days=20, law=gates.PRACTICE, setting="activity.show",
          bears="organizer", escalates=("deputy",)),
    Clock("take_down", _("End the showing"), until="shown_until", law=gates.PICTURES, bears="organizer",
          escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("outputs", _("What was made"), "活动成果", fields.OUTPUT, (("made", _("made by it")),), ("made",)),
    Ledger("pictures", _("Pictures"), "活动照片", fields.PICTURE,
           (("kept", _("picture kept")), ("struck", _("struck"))), ("kept", "struck"), unsaid=("struck",)),
    Ledger("costs", _("Costs"), "活动支出", fields.COST,
           (("entered", _("entered")), ("struck", _("struck"))), ("entered", "struck"), unsaid=("struck",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Activities by line and stage"), by=("line", "stage")),
    Figure("held", _("Activities held"), counts="acts:hold", by=("line",)),
    Figure("shown", _("Activities shown"), counts="acts:show", by=("line",)),
    Figure("made", _("Papers, tools and lectures made"), counts="ledger:outputs", by=("line", "made_kind")),
    Figure("cost", _("Cost in yuan"), counts="sum:cost", by=("line",)),
    Figure("over", _("Yuan over the plan"), counts="sum:cost_over", by=("line",)),
    Figure("in_time", _("Summed up in time"), counts="clocks:sum_up", by=("line",)),
)  # fmt: skip

ACTIVITY = Mechanism(
    key="activity",
    name=_("Activity"),
    term="四行活动",
    purpose=_("Plan what the youth society does, have it approved, hold it, account for it, show it."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("organizer", "deputy"),
    asks=fields.OPENING,
    names=("planner",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="行",
    keywords=("line", "took_part", "served", "hours"),
)
