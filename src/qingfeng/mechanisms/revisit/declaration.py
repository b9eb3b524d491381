"""Return visit (回访): offered within three months, then every six, and before the effects end.

Voluntary: declining is an answer and needs no reason. Confidential: only the visitors, the
organisation department and the principal read it. It counts in no score.

Law:
    No national text fixes the figures; each is a setting of the district. rights.md 16, 22.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Confidentiality,
    Entry,
    Figure,
    Ledger,
    Mechanism,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.revisit import fields, gates

RECORD = Slip("record", _("Record of a return visit"), "回访登记表", "回访")
LETTER = Slip(
    "expiry", _("Notice that the effects have ended"), "影响期满通知", "影响期满", to="subject_person"
)

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",), within="owner"),
    Role("organiser", _("Head of the organisation room"), term="组织部门负责人", office=("dept_head",),
         within="org_room", restricted=True),
    Role("org_room", _("Organisation room"), term="组织部", kind="unit", most=1),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("head", _("Head of the room that decides on visits"), term="部门负责人", office=("dept_head",),
         within="owner"),
    Role("visitor", _("Visitors"), term="回访人", least=2),
    Role("subject_person", _("Person visited"), term="回访对象", most=1, subject=True, confidential=True,
         reads=False),
)  # fmt: skip

STAGES = (
    Stage("planned", _("Planned"), "已拟回访计划"),
    Stage("scheduled", _("Agreed"), "已约定"),
    Stage("visited", _("Visited"), "已回访"),
    Stage("recorded", _("Answered, next visit to come"), "已登记，待下次回访"),
    Stage("declined", _("Visits declined"), "本人婉拒回访",
          rests=_("Nothing is owed but the letter at the end; the person may change their mind.")),
    Stage("concluded", _("Visits ended"), "回访结束"),
    Stage("closed", _("Visits closed"), "办结归档", open=False),
    Stage("fallen", _("Ended with the decision"), "因决定撤销终止", open=False),
)  # fmt: skip

OFFERED = ("planned", "scheduled", "recorded")

ACTS = (
    Act("prepare", _("Prepare the visits"), by=("organiser", "principal"), from_=OFFERED,
        asks=fields.OUTLINE, names=("visitor", "subject_person", "org_room"), starts="revisit_last"),
    Act("schedule", _("Agree on a day"), by="visitor", from_=OFFERED, to="scheduled", asks=fields.APPOINTMENT,
        gates=(gates.TWO_VISITORS, gates.OUTLINE_READY)),
    Act("visit", _("Record that the visit was made"), by="visitor", from_="scheduled", to="visited",
        asks=fields.VISIT, gates=(gates.TWO_VISITORS, gates.LAST_MONTH), second=True,
        stops=("revisit_first", "revisit_next"), starts="record"),
    Act("record", _("Write the record"), by="visitor", from_="visited", to="recorded", asks=fields.RECORD,
        enters=(Entry("promises", "promised"),), prints=(RECORD,), stops="record", starts="revisit_next"),
    Act("decline", _("The person declines this visit"), by="visitor", from_=OFFERED, to="recorded",
        stops=("revisit_first", "revisit_next"), starts="revisit_next"),
    Act("decline_all", _("The person declines all visits"), by="visitor", from_=OFFERED, to="declined",
        stops=("revisit_first", "revisit_next", "revisit_last")),
    Act("resume", _("The person wishes visits after all"), by="visitor", from_="declined", to="recorded",
        starts=("revisit_next", "revisit_last")),
    Act("promise", _("Note a promise of help"), by="visitor", from_=("visited", "recorded", "scheduled"),
        enters=(Entry("promises", "promised", least=1),)),
    Act("deliver", _("Note help given"), by=("visitor", "organiser"),
        from_=("scheduled", "visited", "recorded", "declined", "concluded"),
        enters=(Entry("promises", "delivered", ("promised",), least=1),)),
    Act("release", _("Note that the person no longer wishes it"), by="visitor",
        from_=("scheduled", "visited", "recorded", "declined", "concluded"),
        enters=(Entry("promises", "released", ("promised",), least=1),)),
    Act("change_period", _("Enter the period anew after an appeal"), by=("organiser", "visitor"),
        from_=("planned", "scheduled", "recorded"), asks=fields.PERIOD, reason=True, starts="revisit_last"),
    Act("end_visits", _("End the visits"), by=("visitor", "organiser"), from_=("recorded", "declined"),
        to="concluded", gates=(gates.LAST_VISIT_ANSWERED,), stops=("revisit_last", "revisit_next"),
        starts="letter"),
    Act("send_letter", _("Send the letter that the effects have ended"), by=("organiser", "visitor"),
        from_="concluded", gates=(gates.EFFECTS_OVER,), prints=(LETTER,), stops="letter", starts="close"),
    Act("close", _("Close the visits"), by=("organiser", "visitor"), from_=("recorded", "declined",
        "concluded"), to="closed",
        asks=fields.CONCLUSION, gates=(gates.LAST_VISIT_ANSWERED, gates.PROMISES_KEPT, gates.LETTER_SENT),
        stops=("revisit_next", "revisit_last", "letter", "close")),
    Act("end_with_decision", _("End: the decision was revoked"), by=("organiser", "visitor"),
        from_=("planned", "scheduled", "visited", "recorded", "declined", "concluded"), to="fallen",
        gates=(gates.DECISION_FELL, gates.PROMISES_KEPT)),
)  # fmt: skip

CLOCKS = (
    Clock("revisit_first", _("Offer the first visit"), months=3, starts="open", from_fact="decided_on",
          law=gates.PRACTICE, setting="revisit.revisit_first", bears="visitor", escalates=("organiser",
          "principal")),
    Clock("revisit_next", _("Offer the next visit"), months=6, law=gates.PRACTICE,
          setting="revisit.revisit_next",
          bears="visitor", escalates=("organiser",)),
    Clock("revisit_last", _("Offer the last visit"), until="influence_ends_on", law=gates.PRACTICE,
          bears="visitor", escalates=("organiser",)),
    Clock("record", _("Write the record of the visit"), working_days=5, law=gates.PRACTICE,
          setting="revisit.record", bears="visitor", escalates=("organiser",)),
    Clock("letter", _("Send the letter that the effects have ended"), months=1, law=gates.PRACTICE,
          setting="revisit.letter", bears="organiser", escalates=("principal",)),
    Clock("close", _("Close the return visits"), working_days=10, law=gates.PRACTICE, setting="revisit.close",
          bears="visitor", escalates=("organiser",)),
)  # fmt: skip

LEDGERS = (
    Ledger("promises", _("Help promised"), "帮扶台账", fields.PROMISE,
           (("promised", _("promised")), ("delivered", _("given")), ("released", _("no longer wished"))),
           ("delivered", "released"), due="due_on"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Return visits"), by=("stage",)),
    Figure("offered_in_time", _("First visits offered in time"), counts="clocks:revisit_first"),
    Figure("made", _("Visits made"), counts="acts:visit", by=("owner",)),
    Figure("declined", _("Visits declined"), counts="acts:decline", share_of="made"),
    Figure("overdue", _("Return visits by light"), by=("light",)),
    Figure("restored", _("Recommended for normal use after the effects ended"),
           where=(("restored", "recommended"),), share_of="all"),
    Figure("appeals_found", _("Visits in which guidance on an appeal was wished"),
           where=(("wants_appeal", "yes"),), share_of="all"),
    Figure("promises", _("Help promised"), counts="ledger:promises"),
)  # fmt: skip

REVISIT = Mechanism(
    key="revisit",
    name=_("Return visit"),
    term="回访",
    purpose=_("See how somebody held accountable is doing, and help; they may always say no."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("registrar", "head"),
    asks=fields.OPENING,
    names=("subject_person", "org_room"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.PRACTICE,
    number="回访",
    keywords=("form", "influence_ends_on"),
)
