"""The acts from the registration of a petition to the written opinion."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry, Opens
from qingfeng.mechanisms.common import RECUSAL_ASKED, RECUSAL_CHECKED
from qingfeng.mechanisms.petition import fields, gates, parts
from qingfeng.mechanisms.petition.duties import CLOCKS
from qingfeng.mechanisms.petition.parts import IN_HAND, LEADERS, OURS

ROUTING = ("pet_register_route", "pet_notify_direct", "pet_notify_transferred")
IN_WORK = ("plan", "joint_session", "pet_handle", "progress")

AT_THE_GATE = (
    Act("classify", _("Decide which line it is"), by=OURS, from_="registered", asks=fields.CLASSIFIED,
        gates=(gates.NO_REPORT,), when=gates.came_by_counter),
    Act("accept", _("Take up"), by=OURS, from_="registered", to="accepted", asks=fields.ACCEPTED,
        gates=(gates.CLASSIFIED, gates.TOLD_AS_IT_CAN), prints=(parts.ACCEPTANCE,), stops=ROUTING,
        starts=("dispatch", "pet_handle", "joint_session"), then="petition.tells"),
    Act("send_on", _("Send on to the competent office"), by=OURS, from_="registered", to="sent_on",
        asks=fields.NOT_OURS, gates=(gates.CLASSIFIED,), reason=True, prints=(parts.SENT_ON,),
        stops=ROUTING, then="petition.tells"),
    Act("lead_to_route", _("Lead to a legal route"), by=OURS, from_=("registered", "accepted", "handling"),
        to="routed", asks=fields.ROUTE, reason=True, prints=(parts.ROUTED,),
        stops=(*ROUTING, *IN_WORK, "dispatch"), then="petition.tells"),
    Act("hand_to_reports", _("Hand to the line of reports, sealed"), by=OURS,
        from_=("registered", *IN_HAND, *parts.AFTER, "in_help"), to="other_line", asks=fields.REPORT_LINE,
        even_ended=True, reason=True, stops=tuple(one.key for one in CLOCKS), then="petition.to_reports",
        for_good=_("It goes on sealed. Here its words, enclosures and slips are erased for good, offices and "
                   "leaders lose their parts, and what was split from it loses what both said. The reason "
                   "stays: name nobody in it.")),
    Act("not_again", _("Do not take up again"), by="petition_head", from_="registered", to="in_help",
        asks=fields.NOT_AGAIN, gates=(gates.NOTHING_NEW,), reason=True, prints=(parts.NOT_AGAIN,),
        when=gates.was_ended_by_recheck, stops=ROUTING, starts="help_on", then="petition.tells"),
)  # fmt: skip

HANDING_OUT = (
    Act("name_leader", _("Name the leader in charge"), by=LEADERS, from_=("accepted", "handling"),
        asks=(*fields.LEADER, RECUSAL_ASKED), names=("leader", "handler"), gates=(RECUSAL_CHECKED,),
        prints=(parts.LEADER,), on_paper=True, meeting=True),
    Act("dispatch", _("Hand to the office that leads"), by=("petition_head", *LEADERS), from_="accepted",
        to="handling", asks=fields.DISPATCH, names=("lead_unit", "co_unit"),
        gates=(gates.LEADER_NAMED,), enters=(Entry("parts", "open", columns=("part_unit", "part_owes",
        "part_due")),),
        prints=(parts.HANDED,), stops="dispatch",
        starts=("pet_objection_to_transfer", "plan", "progress")),
    Act("object", _("Say that it is not ours, with reasons"), by="lead_contact", from_="handling",
        to="objected", asks=fields.OBJECTION, reason=True, when=gates.may_object,
        stops=("pet_objection_to_transfer", "plan"), starts="answer_objection"),
    Act("keep_office", _("Objection: the office stays"), by=("petition_head", *LEADERS), from_="objected",
        to="handling", asks=fields.OBJECTION_DECIDED, stops="answer_objection", starts="plan"),
    Act("change_office", _("Objection: another office leads"), by=("petition_head", *LEADERS),
        from_="objected", to="accepted", asks=fields.OBJECTION_DECIDED,
        stops=("answer_objection", "progress"), starts="dispatch"),
    Act("lapse_objection", _("Note that nobody objected in time"), by="clock", from_="handling",
        stops="pet_objection_to_transfer", when=gates.objection_is_over),
    Act("add_part", _("Ask another office to share in it"), by=("petition_head", "leader", *LEADERS),
        from_="handling", names=("co_unit",),
        enters=(Entry("parts", "open", least=1, columns=("part_unit", "part_owes", "part_due")),)),
    Act("drop_part", _("Drop the part of an office"), by=("petition_head", "leader", *LEADERS),
        from_="handling", reason=True, enters=(Entry("parts", "dropped", ("open",), 1, ("part_owes",)),)),
)  # fmt: skip

SAID = (Entry("dialogue", "said", least=1),)
HEARD_IN = tuple(one.key for one in parts.STAGES if one.key != "other_line")
DIALOGUE = (
    Act("write_to", _("Ask or tell who wrote, through the counter"), by=(*OURS, "handler"),
        enters=SAID, when=gates.came_by_counter, gates=(gates.OFFICE_SPEAKS,), then="petition.tells"),
    Act("hear", _("Take in what who wrote says, from the counter"), comes="counter_letter", enters=SAID,
        from_=HEARD_IN, when=gates.is_heard),
    Act("take_name_off", _("Take the name off, as who wrote asks at the counter"), comes="counter_name_off",
        from_=HEARD_IN, enters=SAID, asks=fields.NAME_OFF, computes="petition.name_off",
        finds=("petitioner", "contact"), when=gates.is_heard),
)  # fmt: skip

IN_THE_OFFICE = (
    Act("plan", _("Hand in the plan of the office"), by="lead_contact", from_="handling", asks=fields.PLAN,
        enters=(Entry("steps", "planned", least=1, columns=("step", "step_due")),), stops="plan"),
    Act("report_progress", _("Report progress"), by="lead_contact", from_="handling",
        enters=(Entry("steps", "done", ("planned",), columns=("step_done",)),), stops="progress"),
    Act("do_part", _("Report a part as done"), by="co_contact", from_="handling",
        enters=(Entry("parts", "done", ("open",), 1, ("part_done",)),)),
    Act("try_together", _("Record what was tried together"), by=("lead_contact", "handler", "leader"),
        from_=(*IN_HAND, "in_help"), enters=(Entry("efforts", "tried", least=1),)),
    Act("hold_session", _("Record the joint session"), by=("petition_head", "leader", *LEADERS),
        from_="handling", enters=(Entry("efforts", "tried", least=1),), stops="joint_session"),
    Act("note_fact", _("Note a new fact"), by=(*OURS, "handler", "lead_contact"),
        from_=(*IN_HAND, *parts.AFTER, "in_help"),
        enters=(Entry("new_facts", "noted", least=1, columns=("new_fact", "fact_on")),)),
    Act("examine_fact", _("Record the examination of a new fact"),
        by=("petition_head", "handler", "lead_contact"), from_=(*IN_HAND, *parts.AFTER, "in_help"),
        enters=(Entry("new_facts", "examined", ("noted",), 1, ("fact_examined",)),)),
    Act("extend", _("Allow more time"), by=("petition_head", *LEADERS), from_=("handling", "drafted"),
        asks=fields.LONGER, extends="pet_handle", reason=True, prints=(parts.LONGER,), not_by=("handler",),
        on_paper=True, then="petition.tells"),
    Act("examine_delay", _("Examine a delay by an office"), by=("petition_head", *LEADERS),
        from_=(*IN_HAND, *parts.AFTER), enters=(Entry("delays", "examined", least=1),), reason=True),
    Act("propose_accountability", _("Propose accountability"), by=LEADERS, from_=(*IN_HAND, *parts.AFTER),
        reason=True, opens=(Opens("accountability", "leads_to", always=True, own_level=True),)),
)  # fmt: skip

SLIPS = (Opens("petition_slip", "slips", always=True, if_there=True),)
FOUND = ("clock_key", "clock_name", "days_left", "missing", "slip_of", "ground")
BY_SLIP = (
    Act("issue_slip", _("Send the office a slip"), by=(*OURS, "leader", *LEADERS),
        from_=(*IN_HAND, *parts.AFTER), asks=fields.BY_HAND, computes="petition.by_hand",
        finds=("made_by", *FOUND), reason=True, opens=SLIPS),
    Act("warn", _("The clock warns the office"), by="clock", from_=(*IN_HAND, *parts.AFTER),
        asks=fields.WARNED, computes="petition.warning",
        finds=("slip_kind", "made_by", *FOUND),
        when=gates.needs_warning, opens=SLIPS),
)  # fmt: skip

ACTS = (*AT_THE_GATE, *DIALOGUE, *HANDING_OUT, *IN_THE_OFFICE, *BY_SLIP)
