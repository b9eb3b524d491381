"""Petition slip (三单): 稳控交办单, 预警提醒单, 信访事项督办单, all addressed to offices.

It is made by hand or by a clock, signed for, answered and done. Its steps are chosen from what an office
owes; words of control over people are refused, or signed by two who say why.

Law:
    信访工作条例 Art. 17-19, 27, 40
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.petition_slip import fields, gates

KEY = "petition_slip"
DUTY = Slip("duty", _("Slip of duty and help"), "稳控交办单", "信稳", to="lead_unit", when=gates.is_duty)
WARNING = Slip("warning", _("Warning slip"), "预警提醒单", "信警", to="lead_unit", when=gates.is_warning)
SUPERVISION = Slip(
    "supervision", _("Supervision slip"), "信访事项督办单", "信督", to="lead_unit", when=gates.is_supervision
)
PRINTED = (DUTY, WARNING, SUPERVISION)
LEADERS = ("deputy", "principal")
OURS = ("registrar", "petition_head")

PARTIES = (
    Role("registrar", _("Registrar of petitions"), term="信访登记员", office=("registrar",), within="owner"),
    Role("petition_head", _("Head of the petition office"), term="信访室负责人", office=("dept_head",),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("lead_unit", _("Office it is addressed to"), term="责任单位", kind="unit", most=1, reads=False,
         told_by=("issue", "issue_by_two", "issue_itself")),
    Role("lead_contact", _("Contact of the office"), term="责任单位联络员",
         office=("unit_contact", "unit_head"), within="lead_unit", reads=False),
)  # fmt: skip

STAGES = (
    Stage("drafted", _("Slip drafted"), "拟制"),
    Stage("issued", _("Slip sent"), "发单"),
    Stage("signed", _("Slip signed for"), "签收"),
    Stage("answered", _("Slip answered"), "答复"),
    Stage("closed", _("Slip closed"), "销单", open=False),
    Stage("revoked", _("Slip taken back"), "撤回", open=False),
)

STARTED = ("sign", "reply_warning", "reply_supervision", "due")
SENDS: dict[str, Any] = {
    "from_": "drafted",
    "to": "issued",
    "prints": PRINTED,
    "stops": "send",
    "starts": STARTED,
    "then": "petition_slip.told",
}

ACTS = (
    Act("address", _("Name the office"), by=(*OURS, *LEADERS), from_="drafted", names=("lead_unit",)),
    Act("write_duty", _("Write what the office owes"), by=(*OURS, *LEADERS), from_="drafted",
        asks=fields.DUTY, enters=(Entry("steps", "open", least=1, columns=("owed", "owed_due")),),
        gates=(gates.STEPS_OWED,), when=gates.is_duty),
    Act("write_warning", _("Write the warning"), by=(*OURS, *LEADERS), from_="drafted",
        asks=fields.WARNING, when=gates.is_warning),
    Act("write_supervision", _("Write what was found and is required"), by=(*OURS, *LEADERS),
        from_="drafted", asks=fields.SUPERVISION, when=gates.is_supervision),
    Act("issue", _("Send the slip"), by=("petition_head", *LEADERS),
        gates=(gates.WRITTEN, gates.ADDRESSED, gates.NO_CONTROL), on_paper=True, **SENDS),
    Act("issue_by_two", _("Send the slip, signed by two"), by=("petition_head", *LEADERS),
        asks=fields.WHY_WORDS, gates=(gates.WRITTEN, gates.ADDRESSED), when=gates.has_words, second=True,
        **SENDS),
    Act("issue_itself", _("The clock sends the slip"), by="clock",
        gates=(gates.WRITTEN, gates.ADDRESSED, gates.NO_CONTROL), when=gates.is_by_house, **SENDS),
    Act("sign_for", _("Sign for it"), by="lead_contact", from_="issued", to="signed", asks=fields.SIGNED,
        stops="sign", starts=("first_report", "monthly")),
    Act("meet", _("Record the contact with the petitioner"), by="lead_contact",
        from_=("signed", "answered"), asks=fields.CONTACTED, when=gates.is_duty),
    Act("report_first", _("Give the first report"), by="lead_contact", from_="signed",
        asks=fields.REPORTED, stops="first_report", when=gates.is_duty),
    Act("do_step", _("Record a step as done"), by="lead_contact", from_=("signed", "answered"),
        enters=(Entry("steps", "done", ("open",), 1, ("owed_proof",)),), gates=(gates.PROVED,),
        when=gates.is_duty),
    Act("answer", _("Answer in writing"), by="lead_contact", from_="signed", to="answered",
        asks=fields.ANSWERED, stops=("reply_warning", "reply_supervision", "first_report"), starts="close"),
    Act("send_back", _("Send the answer back"), by=("petition_head", *LEADERS), from_="answered",
        to="signed", reason=True, stops="close", starts=("reply_warning", "reply_supervision",
        "first_report")),
    Act("report_month", _("Report for the month"), by="lead_contact", from_=("signed", "answered"),
        asks=fields.REPORTED, stops="monthly", when=gates.is_supervision),
    Act("put_right", _("Record what was put right"), by="lead_contact", from_=("signed", "answered"),
        asks=fields.PUT_RIGHT, when=gates.is_no_duty),
    Act("close", _("Close the slip"), by=("petition_head", *LEADERS), from_="answered", to="closed",
        asks=fields.CLOSED, stops=("close", "due", "monthly"), on_paper=True,
        gates=(gates.SIGNED, gates.CONTACT_MADE, gates.STEPS_DONE, gates.MISSING_DONE, gates.ANSWERED,
               gates.CORRECTED)),
    Act("revoke", _("Take the slip back"), by=("petition_head", *LEADERS), from_=("drafted", "issued"),
        to="revoked", reason=True, stops=("send", *STARTED)),
)  # fmt: skip

UP = ("petition_head", "deputy", "principal")
CLOCKS = (
    Clock("send", _("Write the slip and send it"), working_days=2, starts="open", law=gates.PRACTICE,
          setting=f"{KEY}.send", bears="petition_head", escalates=("deputy",)),
    Clock("sign", _("Office: sign for the slip"), working_days=1, law=gates.PRACTICE, setting=f"{KEY}.sign",
          bears="lead_contact", escalates=UP),
    Clock("first_report", _("Office: give the first report"), days=5, law=gates.PRACTICE,
          setting=f"{KEY}.first_report", bears="lead_contact", escalates=UP, when=gates.is_duty),
    Clock("reply_warning", _("Office: answer the warning"), working_days=3, law=gates.PRACTICE,
          setting=f"{KEY}.reply_warning", bears="lead_contact", escalates=UP, when=gates.is_warning),
    Clock("reply_supervision", _("Office: answer the supervision slip"), working_days=5,
          law=gates.SUPERVISING, setting=f"{KEY}.reply_supervision", bears="lead_contact", escalates=UP,
          when=gates.is_supervision),
    Clock("monthly", _("Office: report each month"), days=30, law=gates.SUPERVISING,
          setting=f"{KEY}.monthly", repeats=True, during=("signed", "answered"), bears="lead_contact",
          escalates=UP, when=gates.is_supervision),
    Clock("due", _("Office: do all that it owes"), until="due_on", law=gates.PRACTICE, bears="lead_contact",
          escalates=UP, when=gates.is_duty),
    Clock("close", _("Close the slip, or send the answer back"), working_days=10, law=gates.PRACTICE,
          setting=f"{KEY}.close", bears="petition_head", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("steps", _("Steps that the office owes"), "应履行事项", fields.STEP,
           (("open", _("still owed")), ("done", _("done"))), ("done",), due="owed_due"),
)  # fmt: skip

FIGURES = (
    Figure("slips", _("Slips by kind and office"), by=("slip_kind", "lead_unit", "stage")),
    Figure("by_clock", _("Slips that a clock made"), by=("lead_unit",), where=(("made_by", "house"),)),
    Figure("signed_in_time", _("Signed for in time"), counts="clocks:sign", by=("lead_unit",)),
    Figure("warned_in_time", _("Warnings answered in time"), counts="clocks:reply_warning",
           by=("lead_unit",)),
    Figure("supervised_in_time", _("Supervision answered in time"), counts="clocks:reply_supervision",
           by=("lead_unit",)),
    Figure("median_days", _("Median days from signing to the answer"), counts="median_days:sign_for:answer",
           by=("lead_unit",)),
    Figure("faults", _("Supervision slips by what was found"), by=("fault", "level"),
           where=(("slip_kind", "supervision"),)),
    Figure("closed", _("Slips closed"), counts="acts:close", by=("slip_kind", "lead_unit")),
    Figure("real", _("Share that ended in a real step for the petitioner"), counts="acts:close",
           by=("slip_kind", "lead_unit"), where=(("real_step", "yes"),), share_of="closed", least=5),
)  # fmt: skip

PETITION_SLIP = Mechanism(
    key=KEY,
    name=_("Petition slip"),
    term="信访三单",
    purpose=_("Bind an office to what it owes: duty and help, a warning, or supervision."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=(*OURS, *LEADERS),
    asks=fields.OPENING,
    names=("lead_unit",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=(*gates.BINDING, *gates.SUPERVISING),
    number="信单",
    names_sources=True,
    keywords=("slip_kind", "made_by", "fault", "adopted"),
    gates=(gates.BY_HAND,),
)
