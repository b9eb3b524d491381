"""The acts from the written opinion to the end: served, reviewed, carried out, asked about, struck off."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry
from qingfeng.mechanisms.common import RECUSAL_ASKED, RECUSAL_CHECKED
from qingfeng.mechanisms.petition import fields, gates, parts
from qingfeng.mechanisms.petition.parts import AFTER, IN_HAND, LEADERS, OURS

OWED = ("owed", "owed_what", "owed_due")
WINDOWS = ("pet_review_request", "pet_recheck_request")
AT_LAST = ("served", "reviewed", "final")

WRITTEN = (
    Act("write_opinion", _("Write the opinion"), by=("lead_contact", "handler"), from_="handling",
        to="drafted", asks=fields.OPINION,
        gates=(gates.PARTS_DONE, gates.EXAMINED, gates.SOMETHING_OWED, gates.DAY_SET),
        enters=(Entry("owed", "open", columns=OWED),), second=True, stops=("joint_session", "progress",
        "plan", "pet_objection_to_transfer"),
        starts="check_opinion"),
    Act("return_opinion", _("Send the opinion back"), by=("petition_head", "leader", *LEADERS),
        from_="drafted", to="handling", reason=True, stops="check_opinion",
        starts=("joint_session", "progress")),
    Act("drop_owed", _("Drop what an opinion that was taken back owed"), by=("petition_head", *LEADERS),
        from_="handling", reason=True, enters=(Entry("owed", "dropped", ("open",), 1, ("owed_what",)),)),
    Act("issue", _("Issue the opinion"), by=("petition_head", *LEADERS), from_="drafted", to="issued",
        gates=(gates.EXAMINED,), not_by=("handler",), prints=(parts.OPINION,),
        stops=("check_opinion", "pet_handle"), starts=("serve", "execute"), on_paper=True, meeting=True),
    Act("serve", _("Record the service"), by=("lead_contact", *OURS), from_="issued", to="served",
        asks=fields.SERVED, gates=(gates.EXPLAINED,), stops="serve",
        starts=("pet_review_request", "offer_help", "ask"), then="petition.tells"),
)  # fmt: skip

REVIEWED = (
    Act("ask_review", _("Record that a review is asked for"), by=OURS, from_="served", to="reviewing",
        asks=(*fields.REVIEW_ASKED, RECUSAL_ASKED), names=("reviewer",),
        gates=(RECUSAL_CHECKED, gates.REVIEW_IN_TIME, gates.REVIEWERS_APART),
        stops=("pet_review_request", "close"),
        starts="pet_review"),
    Act("review", _("Record the result of the review"), by="reviewer", from_="reviewing", to="reviewed",
        asks=fields.REVIEWED, second=True, gates=(gates.LEAVES_IT,), prints=(parts.REVIEW,),
        stops="pet_review", starts="pet_recheck_request", then="petition.tells"),
    Act("review_anew", _("Review: handle it anew"), by="reviewer", from_="reviewing", to="handling",
        asks=fields.REVIEWED, second=True, gates=(gates.REVOKES_IT,), prints=(parts.REVIEW,),
        stops=("pet_review", "execute", "ask", "offer_help"),
        starts=("pet_handle", "joint_session", "plan", "progress"),
        then="petition.tells"),
    Act("ask_recheck", _("Record that a re-examination is asked for"), by=OURS, from_="reviewed",
        to="rechecking", asks=(*fields.REVIEW_ASKED, RECUSAL_ASKED), names=("reviewer",),
        gates=(RECUSAL_CHECKED, gates.RECHECK_IN_TIME, gates.REVIEWERS_APART),
        stops=("pet_recheck_request", "close"),
        starts="pet_recheck"),
    Act("begin_hearing", _("Begin a hearing"), by="reviewer", from_=("reviewing", "rechecking"),
        asks=fields.HEARING, pauses="pet_recheck"),
    Act("end_hearing", _("Record what was heard"), by="reviewer", from_=("reviewing", "rechecking"),
        asks=fields.HEARD, resumes="pet_recheck", gates=(gates.HEARING_BEGUN,)),
    Act("recheck", _("Record the result of the re-examination"), by="reviewer", from_="rechecking",
        to="final", asks=fields.REVIEWED, second=True, gates=(gates.LEAVES_IT,), prints=(parts.RECHECK,),
        stops="pet_recheck", starts=("ask", "close"),
        then="petition.tells"),
    Act("recheck_anew", _("Re-examination: handle it anew"), by="reviewer", from_="rechecking",
        to="handling", asks=fields.REVIEWED, second=True, gates=(gates.REVOKES_IT,), prints=(parts.RECHECK,),
        stops=("pet_recheck", "execute", "ask", "offer_help"),
        starts=("pet_handle", "joint_session", "plan", "progress"),
        then="petition.tells"),
    Act("lapse_review", _("Note that no review was asked for in time"), by="clock", from_="served",
        stops="pet_review_request", starts="close", when=gates.review_is_over),
    Act("lapse_recheck", _("Note that no re-examination was asked for in time"), by="clock", from_="reviewed",
        stops="pet_recheck_request", starts="close", when=gates.recheck_is_over),
)  # fmt: skip

CARRIED_OUT = (
    Act("do_owed", _("Record that what is owed was done"), by="lead_contact", from_=("issued", *AFTER),
        enters=(Entry("owed", "done", ("open",), 1, ("owed_proof", "owed_paper")),), gates=(gates.PROVED,)),
    Act("note_executed", _("Note that all was carried out"), by="clock", from_=("issued", *AFTER),
        stops="execute", when=gates.all_done),
    Act("offer_help", _("Record the help that was offered"), by=("lead_contact", "handler", *OURS),
        from_=(*IN_HAND, *AFTER, "in_help"), asks=fields.HELP, stops=("offer_help", "help_on")),
    Act("ask", _("Record what the petitioner says"), by=OURS, from_=AT_LAST, asks=fields.SATISFIED,
        gates=(gates.COUNTER_ASKS,), not_by=("handler", "leader"), stops="ask"),
    Act("rate", _("Take in how satisfied who wrote is, from the counter"), comes="counter_rating",
        from_=(*AT_LAST, "reviewing", "rechecking", "in_help", "closed", "helped"), asks=fields.RATED,
        when=gates.is_rated, computes="petition.rated", finds=("satisfied",), stops="ask"),
    Act("strike_off", _("Strike off"), by=("petition_head", *LEADERS), from_=AT_LAST, to="closed",
        asks=fields.CLOSING, not_by=("handler",), prints=(parts.RESOLVED,),
        gates=(gates.OPINION_WRITTEN, gates.SERVED, gates.EXECUTED, gates.HELPED, gates.ASKED,
               gates.WINDOW_OVER, gates.EXAMINED),
        stops=(*WINDOWS, "execute", "ask", "offer_help", "close"), on_paper=True, meeting=True,
        then="petition.tells"),
    Act("take_up_fact", _("Take up a new fact: handle it anew"), by=("petition_head", *LEADERS),
        from_=AT_LAST, to="handling", reason=True, gates=(gates.FACT_CHANGES,),
        stops=(*WINDOWS, "execute", "ask", "offer_help", "close"),
        starts=("pet_handle", "joint_session", "plan", "progress")),
    Act("take_up_again", _("Take up again for a new fact: hand it out"), by=("petition_head", *LEADERS),
        from_="in_help", to="accepted", reason=True, gates=(gates.FACT_CHANGES, gates.EXAMINED),
        stops="help_on", starts=("dispatch", "pet_handle", "joint_session")),
    Act("withdraw", _("Record that the petitioner withdraws it"), by=OURS,
        from_=("registered", *IN_HAND), to="withdrawn", asks=fields.WITHDRAWN, reason=True,
        stops=("pet_register_route", "pet_notify_direct", "pet_notify_transferred", "dispatch",
               "answer_objection", "pet_objection_to_transfer", "plan", "progress", "joint_session",
               "pet_handle", "check_opinion", "serve", "execute", "offer_help")),
    Act("end_help", _("End the help"), by="petition_head", from_="in_help", to="helped", reason=True,
        gates=(gates.HELP_GIVEN, gates.EXAMINED), stops="help_on"),
)  # fmt: skip

ACTS = (*WRITTEN, *REVIEWED, *CARRIED_OUT)
