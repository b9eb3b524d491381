"""Reception (三访): 挂牌接访 by the roster, 重点约访 by appointment, 带案下访 at the place.

What a leader promises becomes a line with an office and a day; it ends by a result that the petitioner
is told.
Counted are sessions, items and promises of offices, never whoever comes.

Law:
    信访工作条例 Art. 18
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.reception import fields, gates

KEY = "reception"
ROSTER = Slip("roster", _("Notice of a leader's meeting"), "领导接访公告", "接访公告")
RECORD = Slip("record", _("Record of the meeting"), "接访记录", "接访")
HANDED = Slip("handed", _("Promises handed to an office"), "接访事项交办单", "接访交办", to="office")
LEADERS = ("deputy", "principal")
OURS = ("registrar", "petition_head")

PARTIES = (
    Role("registrar", _("Registrar of petitions"), term="信访登记员", office=("registrar",), within="owner"),
    Role("petition_head", _("Head of the petition office"), term="信访室负责人", office=("dept_head",),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("leader", _("Leader who receives"), term="接访领导", most=1),
    Role("substitute", _("Substitute of the leader"), term="替班领导", least=0, most=1),
    Role("recorder", _("Who keeps the record"), term="记录人"),
    Role("office", _("Offices that owe a step"), term="责任单位", kind="unit", least=0, reads=False,
         told_by=("hand_over",)),
    Role("office_contact", _("Contacts of these offices"), term="责任单位联络员", office=("unit_contact",),
         within="office", reads=False),
)  # fmt: skip

STAGES = (
    Stage("planned", _("Meeting planned"), "排班"),
    Stage("published", _("Meeting published"), "公示"),
    Stage("missed", _("Nobody received"), "未接访"),
    Stage("held", _("Meeting held"), "接谈"),
    Stage("handed", _("Promises handed over"), "交办"),
    Stage("rated", _("Meeting judged"), "评价"),
    Stage("closed", _("Meeting closed"), "办结", open=False),
    Stage("cancelled", _("Meeting cancelled"), "取消", open=False),
)

ACTS = (
    Act("publish", _("Publish the meeting"), by=OURS, from_="planned", to="published",
        asks=fields.PUBLISHED, prints=(ROSTER,), stops="publish", starts="hold"),
    Act("book", _("Enter who is met: by number of the petition"), by=(*OURS, "recorder"),
        from_=("planned", "published"), enters=(Entry("bookings", "booked", least=1),)),
    Act("substitute", _("Name a substitute"), by=("petition_head", "leader", *LEADERS),
        from_=("planned", "published"), names=("substitute",), reason=True, on_paper=True),
    Act("move", _("Move it to another day"), by=OURS, from_=("published", "missed"), to="published",
        asks=fields.MOVED, reason=True, prints=(ROSTER,), stops=("hold", "make_up"), starts="hold"),
    Act("cancel", _("Cancel the meeting"), by=("petition_head", *LEADERS), from_=("planned", "published"),
        to="cancelled", reason=True, stops=("publish", "hold")),
    Act("note_absence", _("Record that nobody received"), by=OURS, from_="published", to="missed",
        asks=fields.ABSENT, reason=True, stops="hold", starts="make_up"),
    Act("hold", _("Record the meeting"), by=(*OURS, "recorder"), from_="published", to="held",
        asks=fields.HELD, gates=(gates.PUBLISHED, gates.SOMEBODY_RECEIVED),
        enters=(Entry("items", "received"),), stops="hold", starts=("hand_over",)),
    Act("record_item", _("Record one petition that was received"), by=(*OURS, "recorder"), from_="held",
        enters=(Entry("items", "received", least=1),)),
    Act("promise", _("Record a promise"), by=(*OURS, "recorder", "leader"), from_="held",
        gates=(gates.DAYS_FIT,),
        enters=(Entry("promises", "promised", least=1, columns=fields.PROMISED),)),
    Act("hand_over", _("Hand the promises over"), by=("leader", "petition_head"),
        from_="held", to="handed", names=("office",), gates=(gates.OFFICES_NAMED, gates.RECORDED),
        prints=(RECORD, HANDED), stops="hand_over", starts=("promises", "rate"), on_paper=True),
    Act("do_promise", _("Record the result of a promise"), by=("office_contact", "recorder"),
        from_=("handed", "rated"), gates=(gates.RESULT,),
        enters=(Entry("promises", "done", ("promised",), 1, ("promise_result",)),)),
    Act("note_kept", _("Note that every promise has a result"), by="clock", from_=("handed", "rated"),
        stops="promises", when=gates.all_kept),
    Act("tell", _("Record that the petitioner was told"), by=(*OURS, "recorder"), from_=("handed", "rated"),
        gates=(gates.DAY_TOLD,), enters=(Entry("promises", "told", ("done",), 1, ("told_on",)),)),
    Act("rate", _("Record what the petitioners say of it"), by=OURS, from_="handed", to="rated",
        asks=fields.RATED, not_by=("leader", "substitute"), stops="rate", starts="close"),
    Act("close", _("Close the meeting"), by=("petition_head", *LEADERS), from_="rated", to="closed",
        asks=fields.CLOSED, gates=(gates.OFFICES_NAMED, gates.TOLD, gates.ASKED),
        stops=("close", "promises"), on_paper=True),
)  # fmt: skip

UP = ("petition_head", "deputy", "principal")
CLOCKS = (
    Clock("publish", _("Publish the meeting"), working_days=3, starts="open", law=gates.LEADERS_DUTY,
          setting=f"{KEY}.publish", bears="registrar", escalates=UP),
    Clock("hold", _("Receive"), until="planned_on", law=gates.LEADERS_DUTY, bears="leader", escalates=UP),
    Clock("make_up", _("Make up for a meeting that was missed"), working_days=10, law=gates.PRACTICE,
          setting=f"{KEY}.make_up", bears="petition_head", escalates=("deputy", "principal")),
    Clock("hand_over", _("Hand the promises over"), working_days=2, law=gates.PRACTICE,
          setting=f"{KEY}.hand_over", bears="petition_head", escalates=("deputy",)),
    Clock("promises", _("Offices: do what was promised"), days=15, law=gates.PRACTICE,
          setting=f"{KEY}.promises", bears="office_contact", escalates=UP, when=gates.has_promises),
    Clock("rate", _("Ask the petitioners"), working_days=10, law=gates.PRACTICE, setting=f"{KEY}.rate",
          bears="registrar", escalates=UP),
    Clock("close", _("Close the meeting"), working_days=15, law=gates.PRACTICE, setting=f"{KEY}.close",
          bears="petition_head", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("bookings", _("Petitions to be met"), "预约选案台账", fields.BOOKING,
           (("booked", _("entered")),), ("booked",)),
    Ledger("items", _("Petitions received"), "接谈台账", fields.ITEM,
           (("received", _("received by the leader")),), ("received",)),
    Ledger("promises", _("Promises"), "承诺事项台账", fields.PROMISE,
           (("promised", _("promised")), ("done", _("done")), ("told", _("petitioner told"))), ("told",),
           due="promise_due"),
)  # fmt: skip

FIGURES = (
    Figure("planned", _("Meetings by way and stage"), by=("meeting_way", "stage")),
    Figure("held", _("Meetings held"), counts="acts:hold", by=("meeting_way", "leader_post")),
    Figure("held_of_planned", _("Share of planned meetings that were held"), counts="acts:hold",
           by=("meeting_way",), share_of="planned"),
    Figure("missed", _("Meetings at which nobody received"), counts="acts:note_absence", by=("leader_post",)),
    Figure("items", _("Petitions received, by leader"), counts="ledger:items", by=("leader_post", "settled")),
    Figure("promises", _("Promises by office"), counts="ledger:promises", by=("promise_unit",)),
    Figure("in_time", _("Promises kept in time"), counts="clocks:promises", by=("office",)),
)  # fmt: skip

RECEPTION = Mechanism(
    key=KEY,
    name=_("Leader's meeting"),
    term="领导接访",
    purpose=_("A leader meets people by roster, by appointment or at the place, and promises are kept."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=OURS,
    asks=fields.OPENING,
    names=("leader", "recorder"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.LEADERS_DUTY,
    number="接",
    names_sources=True,
    keywords=("meeting_way", "planned_on", "leader_post", "rating"),
)
