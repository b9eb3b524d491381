"""Lesson (以案促改): a closed case is dissected, people are warned, measures follow, and somebody looks back.

查处一个案件、总结一类规律、治理一个领域. It asks which control failed, never again who did it. A trace in
data leads to a pattern card, or to a rule that was rejected with reasons.

Law:
    No national text fixes the figures; each is a setting of the district. rights.md 3, 22.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Entry,
    Figure,
    Ledger,
    Mechanism,
    Opens,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.lesson import fields, gates

DISSECTION = Slip("dissection", _("Dissection of a case"), "案件剖析报告", "案件剖析")
REPORT = Slip("report", _("Report for closing a lesson"), "以案促改报结表", "促改报结")
LOOK_BACK = Slip("look_back", _("Record of a look back"), "以案促改回头看记录", "促改回头看")

PARTIES = (
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",)),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("dissector", _("Those who dissect the case"), term="剖析人员", least=2),
    Role("unit", _("Unit whose control failed"), term="发案单位", kind="unit", least=0, most=1, subject=True,
         reads=False, told_by=("educate",)),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员", office=("unit_contact",), within="unit",
         reads=False),
)  # fmt: skip

STAGES = (
    Stage("opened", _("Lesson opened"), "启动"),
    Stage("dissecting", _("Being dissected"), "案件剖析"),
    Stage("in_work", _("Warning and measures"), "警示教育与治理"),
    Stage("reported", _("Reported for closing"), "报结"),
    Stage("watched", _("Accepted, to be looked back on"), "审核通过，待回头看"),
    Stage("closed", _("Lesson closed"), "办结", open=False),
    Stage("covered", _("Covered by another lesson"), "并入其他以案促改", open=False),
)

LEADERS = ("deputy", "principal")


FOLLOWS = {
    kind: (Opens(kind, "leads_to", always=True, when_holds=when, if_there=True),)
    for kind, when in (
        ("recommendation", gates.letter_follows),
        ("rule_made", gates.rule_follows),
        ("pattern", gates.pattern_follows),
    )
}
"""What a measure opens, where its room stands."""

ACTS = (
    Act("set_team", _("Name who dissects the case"), by=("case_supervisor", *LEADERS),
        from_=("opened", "dissecting", "in_work"), asks=fields.TEAM, names=("dissector", "unit"),
        gates=(RECUSAL_CHECKED,)),
    Act("begin", _("Begin the dissection"), by="dissector", from_="opened", to="dissecting",
        gates=(gates.TWO_DISSECT,), stops="begin", starts="dissect"),
    Act("cover", _("Record that another lesson covers it"), by="principal", from_="opened", to="covered",
        reason=True, stops="begin", on_paper=True),
    Act("dissect", _("Record the dissection"), by="dissector", from_="dissecting", to="in_work",
        asks=fields.DISSECTION, gates=(gates.TWO_DISSECT,), prints=(DISSECTION,), second=True,
        stops="dissect", starts=("educate", "report")),
    Act("educate", _("Record a warning education"), by=("dissector", "case_supervisor"), from_="in_work",
        gates=(gates.NAMES_NOBODY,), enters=(Entry("education", "held", least=1),), stops="educate"),
    Act("test", _("Have it seen whether the education reached people"), by=("dissector", "case_supervisor"),
        from_="in_work", opens=(Opens("quiz", "tested_by", always=True, if_there=True, own_level=True),)),
    Act("answer_letter", _("Letter: yes or no, and why"), by=LEADERS, from_="in_work", asks=fields.LETTER,
        not_by=("dissector",), meeting=True, opens=FOLLOWS["recommendation"]),
    Act("answer_rule", _("Rule: yes or no, and why"), by=LEADERS, from_="in_work", asks=fields.RULE,
        not_by=("dissector",), meeting=True, opens=FOLLOWS["rule_made"]),
    Act("answer_pattern", _("Pattern card: yes or no, and why"), by=("dissector", *LEADERS),
        from_="in_work", asks=fields.PATTERN, gates=(gates.TRACE_FITS,), meeting=True,
        opens=FOLLOWS["pattern"]),
    Act("report", _("Report for closing"), by="dissector", from_="in_work", to="reported",
        asks=fields.REPORT, gates=(gates.EDUCATED, gates.LETTER_ANSWERED, gates.RULE_ANSWERED,
                                   gates.PATTERN_ANSWERED),
        prints=(REPORT,), second=True, stops=("report", "educate"), starts="accept"),
    Act("send_back", _("Send back"), by=LEADERS, from_="reported", to="in_work", reason=True,
        not_by=("dissector",), stops="accept", starts="report"),
    Act("accept", _("Accept the report"), by=LEADERS, from_="reported", to="watched", asks=fields.OPINION,
        not_by=("dissector",), stops="accept", starts="look_back", on_paper=True, meeting=True),
    Act("look_back", _("Record the look back"), by=("dissector", "case_supervisor"), from_="watched",
        asks=fields.LOOK_BACK, prints=(LOOK_BACK,), second=True, stops="look_back", starts="close"),
    Act("take_up", _("Take the lesson up again"), by=LEADERS, from_="watched", to="in_work", reason=True,
        stops=("look_back", "close"), starts="report", when=gates.came_back),
    Act("close", _("Close the lesson"), by="case_supervisor", from_="watched", to="closed",
        gates=(gates.LOOKED_BACK, gates.HELD, gates.MEASURES_ENDED), stops="close"),
)  # fmt: skip

CLOCKS = (
    Clock("begin", _("Begin the lesson"), working_days=10, starts="open", law=gates.PRACTICE,
          setting="lesson.begin", bears="case_supervisor", escalates=("deputy",)),
    Clock("dissect", _("Dissect the case"), months=1, law=gates.PRACTICE, setting="lesson.dissect",
          bears="dissector", escalates=("case_supervisor", "deputy")),
    Clock("educate", _("Hold the warning education"), months=2, law=gates.PRACTICE,
          setting="lesson.educate", bears="dissector", escalates=("case_supervisor",)),
    Clock("report", _("Report the lesson for closing"), months=3, law=gates.PRACTICE,
          setting="lesson.report", bears="dissector", escalates=("case_supervisor", "deputy")),
    Clock("accept", _("Decide on the report"), working_days=10, law=gates.PRACTICE, setting="lesson.accept",
          bears="deputy", escalates=("principal",)),
    Clock("look_back", _("Look back"), months=6, law=gates.PRACTICE, setting="lesson.look_back",
          bears="dissector", escalates=("case_supervisor", "deputy")),
    Clock("close", _("Close the lesson, or take it up again"), months=2, law=gates.PRACTICE,
          setting="lesson.close", bears="case_supervisor", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("education", _("Warning education"), "警示教育记录", fields.EDUCATION,
           (("held", _("education held")),), ("held",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Lessons by field of work"), by=("area", "stage")),
    Figure("dissected", _("Cases dissected"), counts="acts:dissect", by=("area",)),
    Figure("controls", _("Which controls failed"), by=("failed_controls",)),
    Figure("should_have_seen", _("Who should have seen it"), by=("should_have_seen",)),
    Figure("educations", _("Warning educations held"), counts="ledger:education", by=("area",)),
    Figure("letters", _("Share of dissections that led to a letter"), counts="acts:dissect", by=("area",),
           where=(("letter_answer", "yes"),), share_of="dissected"),
    Figure("rules", _("Share of dissections that led to a rule"), counts="acts:dissect", by=("area",),
           where=(("rule_answer", "yes"),), share_of="dissected"),
    Figure("patterns", _("Share of dissections that led to a pattern card"), counts="acts:dissect",
           by=("area",), where=(("pattern_answer", "proposed"),), share_of="dissected"),
    Figure("looked_back", _("Lessons looked back on"), counts="acts:look_back", by=("area",)),
    Figure("recurred", _("Share of these in which the same came back"), counts="acts:look_back",
           by=("area",), where=(("recurred", "yes"),), share_of="looked_back"),
    Figure("dissected_in_time", _("Dissections in time"), counts="clocks:dissect"),
    Figure("looked_back_in_time", _("Looks back in time"), counts="clocks:look_back"),
)  # fmt: skip

LESSON = Mechanism(
    key="lesson",
    name=_("Lesson"),
    term="以案促改",
    purpose=_("Learn from a case: which control failed, who is warned, what changes, and whether it holds."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("case_supervisor", "deputy"),
    asks=fields.OPENING,
    names=("unit",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="促改",
    keywords=("area", "letter_answer", "rule_answer", "pattern_answer", "recurred"),
)
