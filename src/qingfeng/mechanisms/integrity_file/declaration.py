"""Integrity file (廉政档案) of who holds a leading post: offices, talks, disclosures, penalties, inquiries.

No dossier: only of leading posts within our authority; nothing stands in it that the person does not know of
and may not read; nobody reads it without saying why, for a few days; what has lost its effect is there for
nobody; and it is closed some time after the post is left (docs/decisions/0026).

Law:
    个人信息保护法 Art. 5, 6, 19, 44-47; 政务处分法 Art. 8 (influence period). The figures are settings.
    rights.md 22.
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
from qingfeng.mechanisms.integrity_file import fields, gates

CARD = Slip("card", _("Integrity file card"), "廉政档案卡", "廉政档案", to="subject_head")

PARTIES = (
    Role("keeper", _("Head of the room that keeps the files"), term="建档部门负责人", office=("dept_head",),
         within="owner", card=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), within="owner", card=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), card=True),
    Role("clerk", _("Who keeps the file"), term="档案管理员", most=2),
    Role("reader", _("Who reads it for a few days"), term="查阅人", least=0),
    Role("subject_head", _("Whose file it is"), term="档案本人", most=1, subject=True, own=True),
)  # fmt: skip

STAGES = (
    Stage("opened", _("File to be begun"), "待建档"),
    Stage("kept", _("File kept"), "在档"),
    Stage("retained", _("Post left, file retained"), "离任留存"),
    Stage("closed", _("File closed"), "期满注销", open=False),
    Stage("discarded", _("No file is kept"), "不予建档", open=False),
)

OFFICES = ("keeper", "deputy", "principal")
ALIVE = ("kept", "retained")

LEDGERS = (
    Ledger("offices", _("Posts held"), "任职情况", fields.OFFICE,
           (("held", _("in post")), ("ended", _("post ended")), ("removed", _("out of the file"))),
           ("held", "ended", "removed"), unsaid=("removed",), gone=("removed",)),
    Ledger("talks", _("Talks with them"), "谈话情况", fields.TALKED,
           (("noted", _("talk closed")), ("removed", _("out of the file"))), ("noted", "removed"),
           unsaid=("removed",), gone=("removed",)),
    Ledger("disclosures", _("Disclosures"), "个人事项报告", fields.DISCLOSURE,
           (("noted", _("noted")), ("removed", _("out of the file"))), ("noted", "removed"),
           unsaid=("removed",), gone=("removed",)),
    Ledger("penalties", _("Penalties"), "处分处理", fields.PENALTY,
           (("in_force", _("in effect")), ("ended", _("effects ended")), ("removed", _("out of the file"))),
           ("in_force", "ended", "removed"), unsaid=("removed",), gone=("removed",)),
    Ledger("inquiries", _("Inquiries and what came of them"), "谈话函询及结果", fields.INQUIRY,
           (("asked", _("no outcome yet")), ("answered", _("outcome on record")),
            ("removed", _("out of the file"))),
           ("answered", "removed"), unsaid=("removed",), gone=("removed",)),
    Ledger("consultations", _("Who asked to read it, and why"), "查阅登记", fields.CONSULTATION,
           (("open", _("may be read")), ("removed", _("out of the file"))), ("open", "removed"),
           unsaid=("open", "removed"), gone=("removed",)),
    Ledger("objections", _("Objections of the person"), "本人异议", fields.OBJECTION,
           (("raised", _("raised")), ("answered", _("answered")), ("removed", _("out of the file"))),
           ("answered", "removed"), unsaid=("removed",), gone=("removed",)),
)  # fmt: skip

REMOVED = tuple(
    Entry(one.key, "removed", tuple(state for state, _words in one.states if state != "removed"))
    for one in LEDGERS
)

ACTS = (
    Act("begin", _("Begin the file"), by="clerk", from_="opened", to="kept", asks=fields.NEXT,
        finds=("check_by",), computes="integrity_file.begin", enters=(Entry("offices", "held"),),
        gates=(gates.LEADING_POST,), stops="begin", starts="check"),
    Act("discard", _("Record that no file is kept"), by=("clerk", *OFFICES), from_="opened", to="discarded",
        reason=True, stops="begin"),
    Act("set_clerk", _("Name who keeps the file"), by=OFFICES, from_=("opened", *ALIVE), asks=fields.TEAM,
        names=("clerk",), gates=(RECUSAL_CHECKED,)),
    Act("take_in", _("Take in posts and closed talks on record"), by=("clerk", "clock"), from_="kept",
        computes="integrity_file.take_in",
        enters=(Entry("offices", "held"), Entry("offices", "ended", ("held",), columns=("office_until",)),
                Entry("talks", "noted"))),
    Act("note_disclosure", _("Enter that something was disclosed"), by="clerk", from_=ALIVE,
        enters=(Entry("disclosures", "noted", least=1),)),
    Act("note_penalty", _("Enter a penalty"), by="clerk", from_=ALIVE, gates=(gates.EFFECTS_FIT,),
        enters=(Entry("penalties", "in_force", least=1),)),
    Act("end_effects", _("The effects of a penalty have ended"), by="clock", from_=ALIVE,
        computes="integrity_file.effects", enters=(Entry("penalties", "ended", ("in_force",), least=1),)),
    Act("drop_ended", _("A penalty without effect goes out of the file"), by="clock", from_=ALIVE,
        computes="integrity_file.dropped", enters=(Entry("penalties", "removed", ("ended",), least=1),)),
    Act("note_inquiry", _("Enter that they were asked"), by="clerk", from_=ALIVE,
        enters=(Entry("inquiries", "asked", least=1, columns=("inquiry_no", "inquiry_form", "asked_on")),)),
    Act("note_outcome", _("Enter the outcome of an inquiry"), by="clerk", from_=ALIVE,
        gates=(gates.OUTCOME_WHOLE,),
        enters=(Entry("inquiries", "answered", ("asked", "answered"), least=1,
                      columns=("outcome", "outcome_on", "told_on", "told_no", "clarified",
                               "clarified_how")),)),
    Act("consult", _("Ask to read the file"), by=OFFICES, from_=ALIVE, names_self="reader",
        gates=(gates.READ_SHORTLY,), enters=(Entry("consultations", "open", least=1),)),
    Act("end_reading", _("The time to read is over"), by="clock", from_=ALIVE, names=("reader",),
        finds=("reader",), computes="integrity_file.readers"),
    Act("object", _("Object to what stands in it"), by="subject_head", from_=ALIVE, on_paper=True,
        enters=(Entry("objections", "raised", least=1, columns=("objects_to", "wishes")),),
        starts="objection"),
    Act("answer_objection", _("Answer the objection"), by=("clerk", "reader"), from_=ALIVE,
        gates=(gates.ANSWER_GIVEN,), prints=(CARD,), stops="objection",
        enters=(Entry("objections", "answered", ("raised",), least=1, columns=("answer", "was_mended")),)),
    Act("check", _("Check the file and give it to the person"), by="clerk", from_="kept", asks=fields.CHECK,
        finds=("check_by",), computes="integrity_file.check", prints=(CARD,), stops="check",
        starts="check"),
    Act("leave", _("Enter that the leading post was left"), by="clerk", from_="kept", to="retained",
        asks=fields.LEAVING, finds=("keep_until",), computes="integrity_file.leave", stops="check",
        starts="retention"),
    Act("find_left", _("The leading post was left"), by="clock", from_="kept", to="retained",
        asks=fields.KEEP, finds=("left_on", "keep_until"), computes="integrity_file.left", stops="check",
        starts="retention"),
    Act("come_back", _("A leading post is held again"), by="clerk", from_="retained", to="kept",
        asks=fields.NEXT, finds=("check_by",), computes="integrity_file.begin",
        enters=(Entry("offices", "held"),), gates=(gates.LEADING_POST,), stops="retention", starts="check"),
    Act("close", _("Close the file: nothing of it is kept in view"), by="clerk", from_="retained",
        to="closed", computes="integrity_file.remove", enters=REMOVED, stops=("retention", "objection"),
        gates=(gates.KEPT_LONG_ENOUGH, gates.OUTCOMES_THERE, gates.OBJECTIONS_ANSWERED)),
)  # fmt: skip

CLOCKS = (
    Clock("begin", _("Begin the file in time"), working_days=10, starts="open", law=gates.FILES,
          setting="integrity_file.begin", bears="clerk", escalates=("keeper",)),
    Clock("check", _("Check the file once a year"), until="check_by", law=gates.FILES, bears="clerk",
          escalates=("keeper",)),
    Clock("objection", _("Answer the objection in time"), working_days=15, law=gates.FILES,
          setting="integrity_file.objection", bears="clerk", escalates=("keeper", "deputy")),
    Clock("retention", _("Close the file after it was retained"), until="keep_until", law=gates.FILES,
          bears="clerk", escalates=("keeper",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Integrity files by stage"), by=("stage",)),
    Figure("inquiries", _("Inquiries by outcome"), counts="ledger:inquiries", by=("outcome", "clarified")),
    Figure("consultations", _("Asked to be read, by what for"), counts="ledger:consultations",
           by=("read_for",)),
    Figure("objections", _("Objections by answer"), counts="ledger:objections", by=("was_mended",)),
    Figure("checked_in_time", _("Files checked in time"), counts="clocks:check"),
    Figure("objections_in_time", _("Objections answered in time"), counts="clocks:objection"),
    Figure("closed_in_time", _("Files closed after their time"), counts="clocks:retention"),
)  # fmt: skip

INTEGRITY_FILE = Mechanism(
    key="integrity_file",
    name=_("Integrity file"),
    term="廉政档案",
    purpose=_("Keep of a head only what they know of and may read, for a purpose, and not for ever."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("keeper", "deputy"),
    asks=fields.OPENING,
    names=("subject_head", "clerk"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.PRIVACY,
    number="廉档",
    keywords=("file_purpose",),
)
