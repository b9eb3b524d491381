"""What is done after a letter was delivered: by the unit, the room, the team, the office, the leaders."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry, Opens
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.recommendation import correcting, fields, gates_after, papers
from qingfeng.mechanisms.recommendation.parts import AFTER, CLOSING, IN_HAND, LEADERS

EARLY = ("delivered", "planned", "correcting")
OPINIONS = ("tracker_opinion", "issuer_opinion", "evaluate", "office_check", "strike_off")
FROM_THE_START = ("rec_reply", "rec_objection", "plan", "answer_plan", "explain", "visit", "watch")
MENDING_CLOCKS = ("rec_complete", "mend_again", "progress")
DECIDES: dict[str, Any] = {
    "by": "principal", "from_": "objected", "asks": correcting.DECIDED, "not_by": ("drafter", "examiner"),
    "prints": (papers.REEXAMINED,), "reason": True, "on_paper": True, "meeting": True,
}  # fmt: skip
HANDS_OVER: dict[str, Any] = {
    "from_": AFTER, "asks": (*correcting.TRANSFER, *fields.ROWS), "second": True,
    "prints": (papers.TRANSFER,), "gates": (RECUSAL_CHECKED,),
}  # fmt: skip

OF_THE_UNIT = (
    Act("reply", _("Reply: is the letter adopted"), by="unit_contact", from_=EARLY, asks=correcting.REPLY,
        stops="rec_reply"),
    Act("object", _("Object to the letter"), by="unit_contact", from_=("delivered", "planned"),
        to="objected", asks=correcting.OBJECTION, gates=(gates_after.WINDOW_OPEN,),
        stops=("rec_objection", "plan", "answer_plan"), pauses="rec_reply", starts="reexamine"),
    Act("plan_item", _("Enter a measure in the plan"), by="unit_contact", from_=("delivered", "correcting"),
        enters=(Entry("items", "planned", least=1, columns=correcting.PLANNED),)),
    Act("replan_item", _("Change a measure of the plan"), by="unit_contact",
        from_=("delivered", "correcting"),
        enters=(Entry("items", "planned", ("planned", "done"), 1, correcting.PLANNED),)),
    Act("strike_item", _("Strike a measure"), by="unit_contact", from_="delivered",
        enters=(Entry("items", "struck", ("planned",), 1),)),
    Act("hand_in_plan", _("Hand in the plan"), by="unit_contact", from_="delivered", to="planned",
        gates=(gates_after.PLANNED,), stops="plan", starts="answer_plan"),
    Act("note_progress", _("Note progress"), by="unit_contact", from_="correcting",
        enters=(Entry("progress_notes", "noted", least=1),), stops="progress"),
    Act("prove_item", _("Report a measure as done, with its proof"), by="unit_contact", from_="correcting",
        enters=(Entry("items", "done", ("planned", "done"), 1, correcting.DONE),)),
    Act("enter_system", _("Enter a rule that was made"), by="unit_contact", from_="correcting",
        enters=(Entry("systems", "made", least=1, columns=correcting.MADE),),
        opens=(Opens("rule_made", "leads_to", always=True, if_there=True),)),
    Act("prove_execution", _("Record that a rule was carried out"), by="unit_contact", from_="correcting",
        gates=(gates_after.EXECUTED_AFTER,),
        enters=(Entry("systems", "executed", ("made", "executed"), 1, correcting.EXECUTED),)),
    Act("answer_chase", _("Answer the office"), by=("unit_contact", "room_head", "tracker"), from_=IN_HAND,
        enters=(Entry("chases", "answered", ("sent",), 1, ("answer",)),)),
    Act("ask_extension", _("Ask for more time"), by="unit_contact", from_="correcting",
        asks=correcting.LONGER),
    Act("report", _("Report for closing"), by="unit_contact", from_="correcting", to="reported",
        asks=correcting.REPORT,
        gates=(gates_after.PLANNED, gates_after.ITEMS_DONE, gates_after.ITEMS_PROVED,
               gates_after.SYSTEMS_EXECUTED, gates_after.CHASES_ANSWERED, gates_after.OBJECTION_CLOSED,
               gates_after.TALK_HELD, gates_after.SELF_ADDS_UP),
        prints=(papers.CLOSING,), stops=MENDING_CLOCKS, starts="tracker_opinion"),
)  # fmt: skip

OF_OURS = (
    Act("lapse_objection", _("Note that nobody objected in time"), by="clock", from_=IN_HAND,
        stops="rec_objection", when=gates_after.window_is_over),
    Act("keep_letter", _("Objection: the letter stands"), to="delivered", stops="reexamine", starts="plan",
        resumes="rec_reply", **DECIDES),
    Act("amend_letter", _("Objection: the letter is changed"), to="drafting",
        stops=("reexamine", *FROM_THE_START), starts="draft", **DECIDES),
    Act("revoke_letter", _("Objection: the letter is revoked"), to="withdrawn", stops="reexamine", **DECIDES),
    Act("accept_plan", _("Accept the plan"), by="room_head", from_="planned", to="correcting",
        gates=(gates_after.OBJECTION_CLOSED,), stops=("plan", "answer_plan"),
        starts=("rec_complete", "progress")),
    Act("return_plan", _("Send the plan back"), by="room_head", from_="planned", to="delivered", reason=True,
        stops="answer_plan", starts="plan"),
    Act("explain_letter", _("Explain the letter to the unit"), by=("room_head", "drafter"), from_=IN_HAND,
        enters=(Entry("advices", "given", least=1),), stops="explain"),
    Act("visit", _("Record a visit on site"), by="tracker", from_=AFTER, second=True,
        asks=correcting.VISIT, enters=(Entry("visits", "seen", least=1),), prints=(papers.TRACKING,),
        stops="visit"),
    Act("chase", _("Chase a link"), by="chaser", from_=IN_HAND, asks=correcting.CHASED_BY,
        enters=(Entry("chases", "sent", least=1, columns=correcting.CHASED),),
        gates=(gates_after.LEVEL_FOLLOWS,), prints=(papers.CHASE_UNIT, papers.CHASE_OURS), stops="watch"),
    Act("oversee", _("Look over the ledger"), by="chaser", from_=IN_HAND, asks=correcting.OVERSEEN,
        stops="watch"),
    Act("grant_extension", _("Approve the extension"), by=LEADERS, from_="correcting",
        asks=correcting.GRANTED, gates=(gates_after.EXTENSION_ASKED,), extends="rec_complete", reason=True,
        on_paper=True),
    Act("refuse_extension", _("Refuse the extension"), by=LEADERS, from_="correcting", reason=True,
        gates=(gates_after.EXTENSION_ASKED,), on_paper=True),
    Act("turn_to_superior", _("Turn to the superior of the unit"), by=LEADERS, from_=IN_HAND,
        asks=correcting.SUPERIOR, when=gates_after.not_adopted, reason=True, on_paper=True),
    Act("hold_talk", _("Record a talk with the head of the unit"), by=LEADERS, from_=IN_HAND,
        asks=correcting.TALK, on_paper=True),
    Act("open_accountability", _("Open accountability"), by=LEADERS, from_=AFTER,
        opens=(Opens("accountability", "leads_to", always=True, own_level=True),), reason=True),
)  # fmt: skip

TO_THE_END = (
    Act("agree_tracker", _("Agree, as the tracking team"), by="tracker", from_="reported", to="tracked",
        asks=correcting.OPINION_TRACKER, gates=(gates_after.VISITED,), stops="tracker_opinion",
        starts="issuer_opinion"),
    Act("agree_issuer", _("Agree, as the issuing room"), by="room_head", from_="tracked", to="accepted",
        asks=correcting.OPINION_ISSUER, stops="issuer_opinion", starts="evaluate"),
    Act("name_evaluators", _("Name who evaluates"), by=("chaser", *LEADERS),
        from_=("correcting", "reported", "tracked", "accepted"), asks=fields.ROWS, names=("evaluator",),
        gates=(RECUSAL_CHECKED, gates_after.EVALUATORS_APART), computes="recommendation.apart"),
    Act("evaluate", _("Evaluate"), by="evaluator", from_="accepted", to="evaluated",
        asks=correcting.EVALUATION, second=True,
        gates=(gates_after.TWO_EVALUATE, gates_after.SCORE_ADDS_UP, gates_after.GRADE_FITS,
               gates_after.GAP_FITS, gates_after.RERUN_TOLD),
        prints=(papers.EVALUATION,), stops="evaluate", starts="office_check"),
    Act("check_complete", _("Find it complete"), by="chaser", from_="evaluated", to="checked",
        asks=correcting.COMPLETE, gates=(gates_after.EVALUATED, gates_after.CHASES_ANSWERED,
                                         gates_after.OBJECTION_CLOSED),
        not_by=("evaluator",), stops="office_check", starts="strike_off"),
    Act("strike_off", _("Strike off"), by=LEADERS, from_="checked", to="struck_off",
        asks=correcting.STRUCK_OFF,
        gates=(gates_after.EVALUATED, gates_after.ITEMS_PROVED, gates_after.SYSTEMS_EXECUTED,
               gates_after.VISITED, gates_after.OBJECTION_CLOSED, gates_after.RECORDS_CONFIRM),
        not_by=("drafter", "evaluator", "tracker", "room_head", "chaser"), prints=(papers.STRUCK,),
        stops=("strike_off", *FROM_THE_START), starts="look_back", on_paper=True, meeting=True),
    Act("return_report", _("Send back"), by=("tracker", "room_head", "evaluator", "chaser", *LEADERS),
        from_=CLOSING, to="correcting", asks=correcting.RETURNED, reason=True,
        enters=(Entry("returns", "sent_back", least=1),), prints=(papers.RETURNED,),
        stops=OPINIONS, starts=("rec_complete", "progress")),
    Act("look_back", _("Record the look back"), by=("tracker", "room_head"), from_="struck_off",
        to="looked_back", asks=correcting.LOOK_BACK, second=True, prints=(papers.LOOK_BACK,),
        stops="look_back", starts="file"),
    Act("take_up", _("Take the correction up again"), by=LEADERS, from_="looked_back", to="correcting",
        asks=correcting.RENEWED, reason=True, when=gates_after.came_back, stops="file",
        starts=("rec_complete", "progress", "visit", "watch")),
    Act("recur", _("Reopen: the rule fired again"), by="clock", from_=("struck_off", "looked_back"),
        to="correcting", asks=correcting.RECURRED, when=gates_after.fires_again,
        stops=("look_back", "file"), starts=("mend_again", "progress", "visit", "watch")),
    Act("hear_records", _("Hear what the records say"), by="clock", from_=AFTER,
        enters=(Entry("records", "heard", least=1),), when=gates_after.is_recorded),
    Act("file", _("File"), by="registrar", from_="looked_back", to="filed",
        gates=(gates_after.LOOKED_BACK, gates_after.HELD), stops="file", bulk=True),
    Act("withdraw_letter", _("Withdraw the letter"), by="principal", from_=IN_HAND, to="withdrawn",
        reason=True, prints=(papers.WITHDRAWN,), on_paper=True, meeting=True),
)  # fmt: skip

HANDED_OVER = (
    Act("hand_over_issuing", _("Hand over: issuing room"), by=("room_head", *LEADERS),
        names=("issuing_room", "drafter"), enters=(Entry("transfers", "issuing", least=1),), **HANDS_OVER),
    Act("hand_over_tracking", _("Hand over: tracking team"), by=("tracker", *LEADERS),
        names=("tracking_unit",), enters=(Entry("transfers", "tracking", least=1),), **HANDS_OVER),
    Act("hand_over_mending", _("Hand over: receiving unit"), by=("room_head", *LEADERS), names=("unit",),
        enters=(Entry("transfers", "mending", least=1),), **HANDS_OVER),
    Act("hand_over_chasing", _("Hand over: chasing office"), by=("chaser", *LEADERS),
        names=("chasing_office",), enters=(Entry("transfers", "chasing", least=1),), **HANDS_OVER),
)  # fmt: skip

ACTS = (*OF_THE_UNIT, *OF_OURS, *TO_THE_END, *HANDED_OVER)
