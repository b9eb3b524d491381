"""Course (小特精课程): need, preparation, secrecy and redaction review, teaching, quiz, effect on the work.

A course is small (one topic), specific (one kind of case or rule) and precise (what to do differently).
What is kept about those who came are sums; who came stands on the sheet of the day, which is not kept here.

Law:
    监察法 Art. 18 (secrets of the work); 个人信息保护法 Arts. 5, 6. The figures are settings of the district.
    mechanisms.md M33.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Opens, Role, Slip, Stage
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.course import fields, gates

REVIEW = Slip("review", _("Course reviewed"), "课程审核单", "课程审核")
CARD = Slip("card", _("Card of a course"), "课程入库卡", "课程入库")

PARTIES = (
    Role(
        "organizer", _("Who organises courses"), term="组织部门负责人", office=("dept_head",), within="owner"
    ),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("teacher", _("Who teaches"), term="授课人", most=2),
    Role("secrecy", _("Who reviews secrecy"), term="保密审核人", most=1),
    Role("redactor", _("Who reviews the redaction"), term="脱敏审核人", most=1),
)

STAGES = (
    Stage("proposed", _("Need told"), "提出需求"),
    Stage("preparing", _("Being prepared"), "备课"),
    Stage("in_review", _("Being reviewed"), "审核"),
    Stage("ready", _("Reviewed, to be taught"), "待授课"),
    Stage("taught", _("Taught"), "已授课"),
    Stage("rated", _("Tested and evaluated"), "已测评"),
    Stage("kept", _("In the library, effect to be looked at"), "已入库，待看成效"),
    Stage("closed", _("Effect looked at"), "办结", open=False),
    Stage("dropped", _("Not taught"), "未授课，终止", open=False),
)

HANDS = ("teacher", "organizer")
LEAD = ("organizer", "deputy")
MADE = (Entry("materials", "added", least=1),)

ACTS = (
    Act("set_hands", _("Name who teaches and who reviews"), by=LEAD,
        from_=("proposed", "preparing", "in_review"), asks=fields.HANDS,
        names=("teacher", "secrecy", "redactor"), gates=(RECUSAL_CHECKED, gates.TEACHER_APART)),
    Act("take_up", _("Have it prepared"), by=LEAD, from_="proposed", to="preparing",
        gates=(gates.HAS_HANDS, gates.TEACHER_APART), stops="take_up", starts="prepare"),
    Act("add_material", _("Add material"), by="teacher", from_="preparing", enters=MADE),
    Act("mend_material", _("Mend material"), by="teacher", from_="preparing",
        enters=(Entry("materials", "added", ("added",), 1),)),
    Act("strike_material", _("Strike material"), by="teacher", from_="preparing",
        enters=(Entry("materials", "struck", ("added",), 1, ("material",)),)),
    Act("hand_in", _("Hand the material in for review"), by="teacher", from_="preparing", to="in_review",
        gates=(gates.HAS_MATERIAL, gates.TELLS_NOBODY), computes="course.checked", stops="prepare",
        starts="review"),
    Act("clear_secrecy", _("Find no secret in it"), by="secrecy", from_="in_review", asks=fields.SECRECY,
        gates=(gates.SECRECY_SAID,), not_by=("teacher",)),
    Act("clear_redaction", _("Find it redacted"), by="redactor", from_="in_review", asks=fields.REDACTION,
        gates=(gates.REDACTED, gates.TELLS_NOBODY), computes="course.checked", not_by=("teacher",)),
    Act("send_back", _("Send the material back"), by=("secrecy", "redactor"), from_="in_review",
        to="preparing", reason=True, not_by=("teacher",), stops="review", starts="prepare"),
    Act("release", _("Release it for teaching"), by=LEAD, from_="in_review", to="ready",
        gates=(gates.BOTH_REVIEWED,), prints=(REVIEW,), stops="review", starts="teach"),
    Act("put_off", _("Give it another day"), by=LEAD, from_="ready", asks=fields.LATER, reason=True,
        extends="teach"),
    Act("teach", _("Enter that it was taught"), by=HANDS, from_="ready", to="taught",
        enters=(Entry("sessions", "held", least=1),), gates=(gates.ATTENDANCE_FITS,), stops="teach",
        starts="rate"),
    Act("teach_again", _("Enter another session"), by=HANDS, from_=("taught", "rated", "kept"),
        enters=(Entry("sessions", "held", least=1),), gates=(gates.ATTENDANCE_FITS,)),
    Act("test", _("Have it tested by a quiz"), by=HANDS, from_="taught",
        opens=(Opens("quiz", "tested_by", always=True, if_there=True),)),
    Act("skip_test", _("Note why there is no quiz"), by="organizer", from_="taught", reason=True),
    Act("rate", _("Enter what people said"), by="organizer", from_="taught", to="rated",
        asks=fields.FEEDBACK, gates=(gates.TESTED, gates.QUIZ_ENDED, gates.FEEDBACK_ADDS_UP),
        stops="rate", starts="keep"),
    Act("rate_few", _("Note that too few said something"), by="organizer", from_="taught", to="rated",
        asks=fields.NO_FEEDBACK, gates=(gates.TESTED, gates.QUIZ_ENDED), stops="rate", starts="keep"),
    Act("keep", _("Put it into the library"), by="organizer", from_="rated", to="kept", asks=fields.KEPT,
        prints=(CARD,), stops="keep", starts="effect"),
    Act("look", _("Look at what it changed in the work"), by="organizer", from_="kept", to="closed",
        asks=fields.EFFECT, computes="course.effect", finds=("before_value", "after_value", "interval"),
        gates=(gates.EFFECT_NOT_CLAIMED,), stops="effect"),
    Act("drop", _("Decide that it is not taught"), by=LEAD, from_=("proposed", "preparing", "in_review",
        "ready"), to="dropped", reason=True, stops=("take_up", "prepare", "review", "teach")),
)  # fmt: skip

CLOCKS = (
    Clock("take_up", _("Decide about the need"), working_days=10, starts="open", law=gates.PRACTICE,
          setting="course.take_up", bears="organizer", escalates=("deputy",)),
    Clock("prepare", _("Prepare the course"), working_days=20, law=gates.PRACTICE, setting="course.prepare",
          bears="teacher", escalates=LEAD),
    Clock("review", _("Review the material"), working_days=5, law=gates.PRIVACY, setting="course.review",
          bears="redactor", escalates=LEAD),
    Clock("teach", _("Teach the course"), until="teach_by", law=gates.PRACTICE, most_extension_days=90,
          extended_by="organizer", bears="teacher", escalates=LEAD),
    Clock("rate", _("Test and evaluate"), working_days=10, law=gates.PRACTICE, setting="course.rate",
          bears="organizer", escalates=("deputy",)),
    Clock("keep", _("Put it into the library"), working_days=10, law=gates.PRACTICE, setting="course.keep",
          bears="organizer", escalates=("deputy",)),
    Clock("effect", _("Look at what it changed"), months=4, law=gates.PRACTICE, setting="course.effect",
          bears="organizer", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("materials", _("Material"), "课程材料", fields.MATERIAL,
           (("added", _("standing")), ("struck", _("struck"))), ("added", "struck"), unsaid=("struck",)),
    Ledger("sessions", _("Sessions"), "授课记录", fields.SESSION, (("held", _("session held")),), ("held",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Courses by field and stage"), by=("area", "stage")),
    Figure("needs", _("Courses by where the need came from"), by=("need_from",)),
    Figure("sessions", _("Sessions by posts reached"), counts="ledger:sessions", by=("came_from",)),
    Figure("kept", _("Courses put into the library"), counts="acts:keep", by=("area",)),
    Figure("effect", _("What courses changed in the work"), counts="acts:look", by=("effect",)),
    Figure("sent_back", _("Material sent back by a review"), counts="acts:send_back"),
    Figure("review_in_time", _("Course reviews in time"), counts="clocks:review"),
)  # fmt: skip

COURSE = Mechanism(
    key="course",
    name=_("Course"),
    term="小特精课程",
    purpose=_("Teach one small thing of the own work, by who does it, and see whether the work got better."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("organizer", "deputy"),
    asks=fields.OPENING,
    names=("teacher", "secrecy", "redactor"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="课",
    keywords=("area", "need_from", "tied_to"),
)
