"""The clocks and ledgers of a petition: all of them owed by offices."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Clock, Ledger
from qingfeng.mechanisms.petition import fields, gates

KEY = "petition"
HEADS = ("petition_head", "deputy")

CLOCKS = (
    Clock("pet_register_route", _("Register and route"), days=15, starts="open", from_fact="received_on",
          law=gates.ROUTING, bears="registrar", escalates=HEADS),
    Clock("pet_notify_direct", _("Tell the petitioner in writing whether it is taken up"), days=15,
          starts="open", from_fact="received_on", law=gates.TELLING, bears="registrar", escalates=HEADS,
          when=gates.told_directly),
    Clock("pet_notify_transferred", _("Tell the petitioner that the transferred petition is here"), days=15,
          starts="open", from_fact="received_on", law=gates.TELLING, bears="registrar", escalates=HEADS,
          when=gates.told_after_transfer),
    Clock("dispatch", _("Name the leader and hand it out"), working_days=5, law=gates.PRACTICE,
          setting=f"{KEY}.dispatch", bears="petition_head", escalates=("deputy", "principal")),
    Clock("pet_objection_to_transfer", _("Office: say that it is not its own, with reasons"), working_days=5,
          law=gates.TELLING, bears="lead_contact"),
    Clock("answer_objection", _("Answer the objection"), working_days=3, law=gates.PRACTICE,
          setting=f"{KEY}.answer_objection", bears="petition_head", escalates=("deputy",)),
    Clock("plan", _("Office: hand in the plan"), working_days=10, law=gates.PRACTICE, setting=f"{KEY}.plan",
          bears="lead_contact", escalates=("leader", "petition_head")),
    Clock("progress", _("Office: report progress"), days=30, law=gates.PRACTICE, setting=f"{KEY}.progress",
          repeats=True, during=("handling",), bears="lead_contact", escalates=("leader", "petition_head")),
    Clock("joint_session", _("Bring it before the joint session"), days=30, law=gates.PRACTICE,
          setting=f"{KEY}.joint_session", repeats=True, during=("handling",), bears="petition_head",
          escalates=("leader", "deputy")),
    Clock("pet_handle", _("Office: write the opinion"), days=60, law=gates.TIME, most_extension_days=30,
          extended_by="petition_head", bears="lead_contact",
          escalates=("leader", "petition_head", "deputy", "principal")),
    Clock("check_opinion", _("Look through the opinion"), working_days=5, law=gates.PRACTICE,
          setting=f"{KEY}.check_opinion", bears="petition_head", escalates=("deputy",)),
    Clock("serve", _("Serve the opinion"), working_days=5, law=gates.PRACTICE, setting=f"{KEY}.serve",
          bears="lead_contact", escalates=HEADS),
    Clock("pet_review_request", _("Time in which a review may be asked for"), days=30, from_fact="served_on",
          law=gates.REVIEWING, bears="registrar"),
    Clock("pet_review", _("Answer the review"), days=30, from_fact="review_asked_on", law=gates.REVIEWING,
          bears="reviewer", escalates=HEADS),
    Clock("pet_recheck_request", _("Time in which a re-examination may be asked for"), days=30,
          from_fact="served_on", law=gates.RECHECKING, bears="registrar"),
    Clock("pet_recheck", _("Answer the re-examination"), days=30, from_fact="review_asked_on",
          law=gates.RECHECKING, bears="reviewer", escalates=HEADS),
    Clock("execute", _("Office: carry out what was supported"), until="execute_by", law=gates.OPINIONS,
          bears="lead_contact", escalates=("leader", "petition_head", "deputy"), when=gates.has_day),
    Clock("offer_help", _("Office: offer help and name the contact"), working_days=10, law=gates.TOGETHER,
          setting=f"{KEY}.offer_help", bears="lead_contact", escalates=("leader", "petition_head")),
    Clock("ask", _("Ask the petitioner"), days=45, law=gates.PRACTICE, setting=f"{KEY}.ask",
          bears="registrar", escalates=HEADS),
    Clock("close", _("Strike it off, or do what is still owed"), working_days=15, law=gates.PRACTICE,
          setting=f"{KEY}.close", bears="petition_head", escalates=("deputy",)),
    Clock("help_on", _("Offer help though it is not taken up again"), days=30, law=gates.ENDED,
          setting=f"{KEY}.help_on", repeats=True, during=("in_help",), bears="registrar",
          escalates=("petition_head", "deputy")),
)  # fmt: skip

LEDGERS = (
    Ledger("dialogue", _("Dialogue through the counter"), "网上对话记录", fields.DIALOGUE,
           (("said", _("said")),), ("said",)),
    Ledger("parts", _("Parts of other offices"), "协办台账", fields.PART,
           (("open", _("being done")), ("done", _("done")), ("dropped", _("no longer asked for"))), ("done",
           "dropped"),
           due="part_due", unsaid=("dropped",)),
    Ledger("steps", _("Plan, step by step"), "化解台账", fields.STEP,
           (("planned", _("planned")), ("done", _("done"))), ("done",), due="step_due"),
    Ledger("efforts", _("Tried together"), "共同化解记录", fields.EFFORT, (("tried", _("recorded")),),
           ("tried",)),
    Ledger("new_facts", _("New facts"), "新事实台账", fields.NEW_FACT,
           (("noted", _("to be examined")), ("examined", _("examined"))), ("examined",)),
    Ledger("owed", _("What the office owes"), "责任落实台账", fields.OWED,
           (("open", _("still owed")), ("done", _("done")), ("dropped", _("no longer asked for"))),
           ("done", "dropped"), due="owed_due", unsaid=("dropped",)),
    Ledger("delays", _("Delays examined"), "有责必究台账", fields.DELAY, (("examined", _("examined")),),
           ("examined",)),
)  # fmt: skip
