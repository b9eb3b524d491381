"""Exchange (干部交流): need, study, motion, talk, approval, handing over, arrival, a look after six months.

Nobody moves with a matter in hand, and nobody arrives where a relative serves. The house itself reads the
posts, the declared relatives and the open matters; posts and rights are ended and entered by the security
administrator, and arrival waits until they are. From the talk on whoever moves reads all of it.

Law:
    党政领导干部交流工作规定 [reported]; 公务员法 Art. 74 and 监察法 Art. 67 (recusal). mechanisms.md M30.
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
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.exchange import fields, gates

PLAN = Slip("plan", _("Plan of an exchange"), "干部交流方案", "交流方案")
NOTICE = Slip("notice", _("Notice of an exchange"), "干部交流通知", "交流通知", to="subject_moved")
HANDOVER = Slip("handover", _("List of what was handed over"), "交接清单", "交接清单", to="subject_moved")

PARTIES = (
    Role("organizer", _("Head of the organisation department"), term="组织部门负责人", office=("dept_head",),
         within="owner", restricted=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), within="owner",
         restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("subject_planned", _("Who is to move, not told yet"), term="拟交流人选", least=0, most=1,
         subject=True,
         confidential=True, reads=False),
    Role("subject_moved", _("Who moves"), term="交流干部", least=0, most=1, subject=True, own=True),
    Role("receiver", _("Who receives them"), term="接收单位负责人", least=0, most=1),
)  # fmt: skip

STAGES = (
    Stage("needed", _("Need told"), "提出需求"),
    Stage("studied", _("Studied"), "已研判"),
    Stage("proposed", _("Moved in the meeting"), "已动议"),
    Stage("talked", _("Talked with"), "已谈话"),
    Stage("approved", _("Approved"), "已审批"),
    Stage("notified", _("Notified, handing over"), "已通知，交接中"),
    Stage("arrived", _("Arrived"), "已到岗"),
    Stage("closed", _("Looked at after six months"), "办结", open=False),
    Stage("dropped", _("Exchange not carried out"), "终止", open=False),
)

LEADERS = ("deputy", "principal")
BEFORE = ("needed", "studied", "proposed", "talked", "approved")
SUBJECTS = ("subject_planned", "subject_moved")
HANDING = ("organizer", "subject_moved")
LINE = ("what_kind", "what", "remark")

ACTS = (
    Act("choose", _("Name who is to move, and who receives them"), by=("organizer", *LEADERS),
        from_=("needed", "studied"), asks=fields.HANDS, names=("subject_planned", "receiver"),
        gates=(RECUSAL_CHECKED, gates.STUDY_IS_THEIRS)),
    Act("study", _("Study years, fit and recusal"), by="organizer", from_="needed", to="studied",
        asks=fields.STUDY, computes="exchange.study",
        finds=("years_in_post", "open_matters", "conflict_grounds"), gates=(gates.SOMEBODY,), stops="study",
        starts="propose"),
    Act("study_again", _("Study it again"), by="organizer", from_=("studied", "proposed"),
        to="needed", reason=True, stops=("propose", "talk"), starts="study"),
    Act("propose", _("Move it in the meeting"), by=LEADERS, from_="studied", to="proposed",
        asks=fields.MOTION, gates=(gates.STUDIED, gates.NO_CONFLICT), computes="exchange.study",
        finds=("years_in_post", "open_matters", "conflict_grounds"), meeting=True, on_paper=True,
        stops="propose", starts="talk"),
    Act("talk", _("Talk with them"), by=("organizer", *LEADERS), from_="proposed", to="talked",
        asks=fields.TALK, names=SUBJECTS, finds=SUBJECTS, computes="exchange.tell",
        stops="talk", starts="approve"),
    Act("approve", _("Approve the exchange"), by="principal", from_="talked", to="approved",
        asks=fields.APPROVAL, gates=(gates.TALKED, gates.NO_CONFLICT), computes="exchange.study",
        finds=("years_in_post", "open_matters", "conflict_grounds"), not_by=("organizer",), prints=(PLAN,),
        meeting=True, on_paper=True, stops="approve", starts="notify"),
    Act("notify", _("Send the notice"), by="organizer", from_="approved", to="notified", asks=fields.NOTICE,
        prints=(NOTICE,), stops="notify", starts="hand_over"),
    Act("draw_list", _("Draw up what is to be handed over"), by=HANDING, from_="notified",
        asks=fields.DRAWING, computes="exchange.drawn", finds=(fields.DRAWN,),
        enters=(Entry("handing", "gone", ("listed",)), Entry("handing", "listed", columns=LINE))),
    Act("add_item", _("Add something to the list"), by=HANDING, from_="notified",
        enters=(Entry("handing", "listed", least=1, columns=LINE),)),
    Act("hand", _("Enter that it is handed over"), by=HANDING, from_="notified",
        gates=(gates.HANDED_FITS, gates.NOT_TO_ONESELF, gates.OWN_BY_THEMSELVES),
        enters=(Entry("handing", "handed", ("listed",), 1, ("successor", "handed_on", "remark")),)),
    Act("strike", _("Strike a line"), by="organizer", from_="notified", reason=True,
        enters=(Entry("handing", "struck", ("listed",), 1, ("what",)),)),
    Act("put_off", _("Give them another day"), by=("organizer", *LEADERS), from_="notified",
        asks=fields.LATER, reason=True, extends="hand_over"),
    Act("arrive", _("Confirm that they have arrived"), by=("organizer", "receiver"), from_="notified",
        to="arrived", asks=fields.ARRIVAL, computes="exchange.left",
        gates=(gates.LISTED, gates.ALL_HANDED, gates.NOTHING_LEFT, gates.NOTHING_SEALED,
               gates.OLD_POST_ENDED, gates.NEW_POST_THERE),
        prints=(HANDOVER,), stops="hand_over", starts="look"),
    Act("look", _("Look after six months"), by="organizer", from_="arrived", to="closed", asks=fields.LOOK,
        stops="look"),
    Act("drop", _("Decide not to carry it out"), by=("organizer", *LEADERS), from_=BEFORE, to="dropped",
        reason=True, stops=("study", "propose", "talk", "approve", "notify")),
)  # fmt: skip

UP = ("deputy", "principal")
CLOCKS = (
    Clock("study", _("Study the need"), working_days=20, starts="open", law=gates.PRACTICE,
          setting="exchange.study", bears="organizer", escalates=UP),
    Clock("propose", _("Bring it before the meeting"), working_days=20, law=gates.PRACTICE,
          setting="exchange.propose", bears="deputy", escalates=("principal",)),
    Clock("talk", _("Talk with them"), working_days=5, law=gates.PRACTICE, setting="exchange.talk",
          bears="organizer", escalates=UP),
    Clock("approve", _("Decide"), working_days=10, law=gates.PRACTICE, setting="exchange.approve",
          bears="principal", escalates=("deputy",)),
    Clock("notify", _("Send the notice"), working_days=5, law=gates.PRACTICE, setting="exchange.notify",
          bears="organizer", escalates=UP),
    Clock("hand_over", _("Hand everything over and arrive"), until="report_by", law=gates.EXCHANGE,
          most_extension_days=30, extended_by="principal", bears="organizer", escalates=UP),
    Clock("look", _("Look how they have settled in"), months=6, law=gates.PRACTICE, setting="exchange.look",
          bears="organizer", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("handing", _("To be handed over"), "交接清单", fields.HANDOVER,
           (("listed", _("to be handed over")), ("handed", _("handed over")), ("struck", _("struck")),
            ("gone", _("not in hand any more"))),
           ("handed", "struck", "gone"), unsaid=("struck", "gone")),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Exchanges by direction and stage"), by=("direction", "stage")),
    Figure("grounds", _("Exchanges by ground"), by=("ground",)),
    Figure("arrived", _("Exchanges carried out"), counts="acts:arrive", by=("direction",)),
    Figure("looked", _("Exchanges looked at after six months"), counts="acts:look", by=("direction",)),
    Figure("in_time", _("Handed over and arrived in time"), counts="clocks:hand_over", by=("direction",)),
)  # fmt: skip

EXCHANGE = Mechanism(
    key="exchange",
    name=_("Exchange of posts"),
    term="干部交流",
    purpose=_(
        "Move somebody to another post for a reason, and see that nothing stays behind without a hand."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("organizer", "deputy"),
    asks=fields.OPENING,
    names=("subject_planned", "receiver"),
    gates=(gates.ELSEWHERE,),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.EXCHANGE,
    number="交流",
    keywords=("direction", "ground"),
)
