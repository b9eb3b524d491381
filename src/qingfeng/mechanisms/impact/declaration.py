"""Impact assessment (个人信息保护影响评估): before data of persons is used, for a drive or for a data set.

It is reviewed by somebody else, looked at again when the purpose or the list changes (and once a year), and
kept for three years after the processing ended.

Law:
    个人信息保护法 Art. 55, 56. Figures besides the three years are settings of the district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Figure, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.impact import fields, gates

REPORT = Slip("report", _("Impact assessment"), "个人信息保护影响评估报告", "影响评估")

WRITERS = ("analyst", "dept_head", "handler", "case_supervisor")

PARTIES = (
    Role("writer", _("Who assesses"), term="评估人", office=WRITERS, within="owner"),
    Role("reviewer", _("Who reviews"), term="复核人", office=("dept_head", "deputy")),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
)  # fmt: skip

STAGES = (
    Stage("drafted", _("Being assessed"), "评估中"),
    Stage("submitted", _("Waits for a second look"), "待复核"),
    Stage("stands", _("Stands"), "已生效"),
    Stage("kept", _("Processing ended, record kept"), "留存"),
    Stage("closed", _("Three years are over"), "保存期满", open=False),
)

LEADERS = ("deputy", "principal")

ACTS = (
    Act("describe", _("Describe what is assessed"), by="writer", from_="drafted", asks=fields.OPENING),
    Act("assess", _("Assess"), by="writer", from_="drafted", asks=fields.ASSESSMENT,
        gates=(gates.LISTED, gates.SENSITIVE_EXPLAINED, gates.ONE_ANSWER, gates.LAWFUL_BASIS)),
    Act("submit", _("Hand the assessment in"), by="writer", from_="drafted", to="submitted",
        gates=(gates.LISTED, gates.ASSESSED_NOW), stops="assess", starts="review"),
    Act("send_back", _("Send back"), by=("reviewer", *LEADERS), from_="submitted", to="drafted", reason=True,
        not_by=("writer",), stops="review", starts="assess"),
    Act("let_stand", _("Let it stand"), by=("reviewer", *LEADERS), from_="submitted", to="stands",
        asks=fields.REVIEW, not_by=("writer",), gates=(gates.NOT_REFUSED,), prints=(REPORT,), stops="review",
        starts="look", on_paper=True, meeting=True),
    Act("refuse", _("Record that it must not be done"), by=("reviewer", *LEADERS), from_="submitted",
        to="kept", asks=fields.REFUSAL, not_by=("writer",), gates=(gates.REFUSED,), prints=(REPORT,),
        stops="review", starts="keep", computes="impact.keeping", finds=("keep_until",), on_paper=True,
        meeting=True),
    Act("look_again", _("Look at it again: something has changed"), by=("head", "writer", *LEADERS),
        from_="stands", to="drafted", asks=fields.CHANGED, reason=True, stops="look", starts="assess"),
    Act("end", _("The processing has ended"), by=("head", "writer"), from_="stands", to="kept",
        asks=fields.ENDED, stops="look", starts="keep", computes="impact.keeping", finds=("keep_until",)),
    Act("close", _("Take it off the record of what is kept"), by=("head", *LEADERS), from_="kept",
        to="closed", gates=(gates.THREE_YEARS,), stops="keep"),
)  # fmt: skip

CLOCKS = (
    Clock("assess", _("Assess what the data means for people"), working_days=10, starts="open",
          law=gates.PRACTICE, setting="impact.assess", bears="writer", escalates=("head", "deputy")),
    Clock("review", _("Review the assessment"), working_days=5, law=gates.PRACTICE, setting="impact.review",
          bears="reviewer", escalates=("deputy", "principal")),
    Clock("look", _("Look at the assessment again"), months=12, law=gates.PRACTICE, setting="impact.look",
          bears="writer", escalates=("head",)),
    Clock("keep", _("Keep the record of the assessment"), until="keep_until", law=gates.KEPT, bears="head"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Impact assessments by object and stage"), by=("about", "stage")),
    Figure("results", _("Impact assessments by result"), by=("result",)),
    Figure("sensitive", _("Impact assessments by kind of sensitive data"), by=("sensitive",)),
    Figure("risks", _("Impact assessments by risk"), by=("risk",)),
    Figure("looked_again", _("Looked at again, by what had changed"), counts="acts:look_again",
           by=("changed_what",)),
    Figure("assessed_in_time", _("Assessed in time"), counts="clocks:assess", by=("owner",)),
    Figure("reviewed_in_time", _("Reviewed in time"), counts="clocks:review"),
)  # fmt: skip

IMPACT = Mechanism(
    key="impact",
    name=_("Impact assessment"),
    term="个人信息影响评估",
    purpose=_("Before data of persons is used: is it lawful, needed, safe for them? Reviewed, and kept."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("writer",),
    asks=fields.OPENING,
    clocks=CLOCKS,
    figures=FIGURES,
    law=gates.ASSESSED,
    number="评",
    keywords=("about", "result", "risk", "kept_until"),
)
