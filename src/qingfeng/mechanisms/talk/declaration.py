"""Talk (监督谈话): planned, told, held, recorded, signed; its issues corrected and checked.

Each level talks with the heads below it, once a year and on appointment. Whoever is talked with reads the
whole of it from the day they are told: nothing stands here that they may not read. What gave rise to a talk
(a count of reports, a letter overdue) stands elsewhere and never here.

Law:
    中共中央关于加强对“一把手”和领导班子监督的意见 (2021) [reported].
    The figures are settings. rights.md 6, 9, 22.
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
from qingfeng.mechanisms.talk import fields, gates

NOTICE = Slip("notice", _("Notice of a talk"), "谈话通知", "谈话通知", to="subject_head")
RECORD = Slip("record", _("Record of a talk"), "监督谈话记录", "谈话记录", to="subject_head")

PARTIES = (
    Role("keeper", _("Who keeps the plan of talks"), term="监督室负责人", office=("dept_head",),
         within="owner", restricted=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), within="owner",
         restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("talker", _("Who talks with them"), term="谈话人", most=1),
    Role("recorder", _("Who writes the record"), term="记录人", least=0, most=1),
    Role("subject_planned", _("Head to be talked with, not told yet"), term="拟谈话对象", least=0, most=1,
         subject=True, confidential=True, reads=False),
    Role("subject_head", _("Head talked with"), term="谈话对象", least=0, most=1, subject=True, own=True),
)  # fmt: skip

STAGES = (
    Stage("planned", _("Talk planned"), "已计划"),
    Stage("notified", _("Told of the talk"), "已通知"),
    Stage("held", _("Talk held, to be recorded"), "已谈话，待记录"),
    Stage("recorded", _("Recorded, to be signed"), "待签字"),
    Stage("signed", _("Signed, issues being corrected"), "已签字，整改中"),
    Stage("checked", _("Correction checked"), "已检查"),
    Stage("closed", _("Talk closed"), "办结", open=False),
    Stage("dropped", _("Talk not held"), "未谈，终止", open=False),
)

LEADERS = ("deputy", "principal")
HANDS = ("talker", "recorder")
DUE = ("head_talk", "new_head", "event_talk")

ACTS = (
    Act("set_talker", _("Name who talks and who writes"), by=("keeper", *LEADERS), from_=("planned",
        "notified"), asks=fields.TEAM, names=("talker", "recorder"), gates=(RECUSAL_CHECKED,)),
    Act("approve", _("Approve the admonition"), by="principal", from_="planned", asks=fields.APPROVAL,
        on_paper=True, meeting=True, when=gates.is_admonition),
    Act("notify", _("Tell them of the talk"), by=("talker", "keeper"), from_="planned", to="notified",
        asks=fields.INVITATION, names=("subject_planned", "subject_head"),
        finds=("subject_planned", "subject_head"), computes="talk.tell",
        gates=(gates.TALKER_NAMED, gates.APPROVED, gates.SAYS_NO_SOURCE), prints=(NOTICE,), starts="hold"),
    Act("put_off", _("Move the talk to another day"), by=("talker", "keeper"), from_="notified",
        asks=fields.INVITATION, gates=(gates.SAYS_NO_SOURCE,), reason=True, prints=(NOTICE,), stops="hold",
        starts="hold"),
    Act("hold", _("Enter that the talk was held"), by=HANDS, from_="notified", to="held", asks=fields.HELD,
        stops=(*DUE, "hold"), starts="record"),
    Act("record", _("Write the record"), by=HANDS, from_="held", to="recorded", asks=fields.RECORD,
        enters=(Entry("issues", "promised", columns=("issue", "commitment", "due_on")),),
        gates=(gates.SAYS_NO_SOURCE, gates.ISSUES_DATED), prints=(RECORD,), stops="record", starts="sign"),
    Act("mend_record", _("Mend the record before it is signed"), by=HANDS, from_="recorded",
        asks=fields.RECORD, gates=(gates.SAYS_NO_SOURCE,), reason=True, prints=(RECORD,)),
    Act("sign", _("Sign the record"), by="subject_head", from_="recorded", to="signed", asks=fields.REMARKS,
        on_paper=True, stops="sign", starts="check"),
    Act("note_no_signature", _("Note why it is not signed"), by=HANDS, from_="recorded", to="signed",
        reason=True, stops="sign", starts="check"),
    Act("add_issue", _("Add an issue to the list"), by=("talker", "keeper"), from_="signed",
        enters=(Entry("issues", "promised", least=1, columns=("issue", "commitment", "due_on")),),
        gates=(gates.SAYS_NO_SOURCE, gates.ISSUES_DATED)),
    Act("report_corrected", _("Report what was done about an issue"), by=("subject_head", "talker"),
        from_="signed", gates=(gates.RESULT_SAID,),
        enters=(Entry("issues", "corrected", ("promised",), least=1, columns=("result", "proof")),)),
    Act("confirm_issue", _("Confirm that an issue is corrected"), by=("keeper", "talker"), from_="signed",
        gates=(gates.LOOKED_AT,),
        enters=(Entry("issues", "confirmed", ("corrected",), least=1, columns=("looked_at",)),)),
    Act("return_issue", _("Send an issue back: it is not corrected"), by=("keeper", "talker"),
        from_="signed", reason=True,
        enters=(Entry("issues", "promised", ("corrected",), least=1, columns=("looked_at", "due_on")),)),
    Act("extend_issue", _("Give a promise another day"), by=("keeper", *LEADERS), from_="signed",
        reason=True, enters=(Entry("issues", "promised", ("promised",), least=1, columns=("due_on",)),)),
    Act("strike_issue", _("Strike an issue"), by=LEADERS, from_="signed", reason=True,
        enters=(Entry("issues", "struck", ("promised", "corrected"), least=1, columns=("looked_at",)),)),
    Act("check", _("Record the check"), by=("keeper", "talker"), from_="signed", to="checked",
        asks=fields.CHECK, gates=(gates.NONE_OVERDUE, gates.ALL_CHECKED), stops="check", starts="close"),
    Act("close", _("Close the talk"), by="keeper", from_="checked", to="closed",
        gates=(gates.RECORDED, gates.SIGNED, gates.NONE_OVERDUE, gates.CHECKED), stops="close"),
    Act("drop", _("Record that it is not held"), by=("keeper", *LEADERS), from_=("planned", "notified"),
        to="dropped", reason=True, stops=(*DUE, "hold")),
)  # fmt: skip

CLOCKS = (
    Clock("head_talk", _("Talk with the head this year"), until="talk_by", starts="open",
          when=gates.is_planned, law=gates.HEADS, bears="talker", escalates=("keeper", "deputy",
          "principal")),
    Clock("new_head", _("Talk with the new head"), months=1, starts="open", from_fact="appointed_on",
          when=gates.is_first, law=gates.PRACTICE, setting="talk.new_head", bears="talker",
          escalates=("keeper", "deputy", "principal")),
    Clock("event_talk", _("Hold the talk that was called for"), working_days=15, starts="open",
          when=gates.is_event, law=gates.PRACTICE, setting="talk.event_talk", bears="talker",
          escalates=("keeper", "deputy")),
    Clock("hold", _("Hold the talk on its day"), until="talk_on", law=gates.PRACTICE, bears="talker",
          escalates=("keeper",)),
    Clock("record", _("Write the record of the talk"), working_days=5, law=gates.PRACTICE,
          setting="talk.record", bears="talker", escalates=("keeper", "deputy")),
    Clock("sign", _("Have the record signed"), working_days=10, law=gates.PRACTICE, setting="talk.sign",
          bears="talker", escalates=("keeper",)),
    Clock("check", _("Check what came of the talk"), months=3, law=gates.PRACTICE, setting="talk.check",
          bears="talker", escalates=("keeper", "deputy")),
    Clock("close", _("Close the talk in time"), working_days=10, law=gates.PRACTICE, setting="talk.close",
          bears="keeper", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("issues", _("Issues and promises"), "问题及承诺清单", fields.ISSUE,
           (("promised", _("promised")), ("corrected", _("reported as corrected")),
            ("confirmed", _("checked and corrected")), ("struck", _("struck"))),
           ("confirmed", "struck"), due="due_on", unsaid=("struck",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Talks by kind and stage"), by=("talk_kind", "stage")),
    Figure("planned", _("Talks planned, by kind of office"), by=("office_kind", "plan_year")),
    Figure("held", _("Talks held, by kind of office"), counts="acts:hold", by=("office_kind", "talk_kind")),
    Figure("coverage", _("Share of planned talks that were held"), counts="acts:hold", by=("office_kind",),
           share_of="planned"),
    Figure("head_in_time", _("Talks of the year in time"), counts="clocks:head_talk", by=("office_kind",)),
    Figure("new_in_time", _("Talks with new heads in time"), counts="clocks:new_head", by=("office_kind",)),
    Figure("event_in_time", _("Talks called for, in time"), counts="clocks:event_talk"),
    Figure("overdue", _("Talks by light"), by=("light",)),
    Figure("issues", _("Issues by where they stand"), counts="ledger:issues", by=("office_kind",)),
    Figure("checked", _("Talks whose issues were checked"), counts="acts:check", by=("office_kind",)),
)  # fmt: skip

TALK = Mechanism(
    key="talk",
    name=_("Talk with a head"),
    term="监督谈话",
    purpose=_("Talk with a head or a member of a leading team, record it, and see what comes of it."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("keeper", "deputy"),
    asks=fields.OPENING,
    names=("subject_planned", "talker"),
    gates=(gates.DAYS_FIT,),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.HEADS,
    number="谈",
    keywords=("talk_kind", "office_kind", "plan_year"),
)
