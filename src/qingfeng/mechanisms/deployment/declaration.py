"""Deployment (部署要求): one clause of a session, a document or an instruction, until it is carried out.

抓住全会部署要求和上级关注重点: the register says source, clause, owner and due; goals, projects, directives
and campaigns cite a clause (link `cites`), so that what was done stands beside what was asked.

Law:
    No national text fixes the figures; each is a setting of the district.
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
from qingfeng.mechanisms.deployment import fields, gates

TASK = Slip("task", _("Task out of a deployment"), "部署要求任务分解单", "部署分解", to="responsible")
REPORT = Slip("report", _("Report on carrying it out"), "部署要求落实情况报告", "部署落实")

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("responsible", _("Office that answers for it"), term="责任部门", kind="unit", most=1),
    Role("staff", _("Staff of that office"), term="责任部门经办人",
         office=("dept_head", "handler", "tracker", "registrar"), within="responsible"),
)  # fmt: skip

STAGES = (
    Stage("registered", _("Clause registered"), "登记"),
    Stage("assigned", _("Assigned, being carried out"), "分解落实"),
    Stage("carried_out", _("Carried out, to be reported"), "已落实，待报告"),
    Stage("reported", _("Reported"), "已报告"),
    Stage("closed", _("Deployment closed"), "销号", open=False),
    Stage("set_aside", _("Set aside"), "不适用或者被替代", open=False),
)

LEADERS = ("deputy", "principal")
ASSIGNERS = ("head", "registrar", *LEADERS)

ACTS = (
    Act("assign", _("Assign the clause"), by=ASSIGNERS, from_=("registered", "assigned"), to="assigned",
        asks=fields.ASSIGNED, names=("responsible",), prints=(TASK,), stops=("assign", "carry_out"),
        starts="carry_out"),
    Act("note_progress", _("Note progress"), by="staff", from_="assigned",
        enters=(Entry("progress", "noted", least=1),)),
    Act("carry_out", _("Record that it is carried out"), by=("staff", "deputy"), from_="assigned",
        to="carried_out", asks=fields.DONE, gates=(gates.RESPONSIBLE_NAMED, gates.CITED, gates.ENDED),
        stops="carry_out", starts="report"),
    Act("send_back", _("Send it back to be carried out"), by=("head", *LEADERS),
        from_=("carried_out", "reported"), to="assigned", reason=True, stops=("report", "close"),
        starts="carry_out"),
    Act("report", _("Report upward"), by=("registrar", "staff"), from_="carried_out", to="reported",
        asks=fields.REPORTED, prints=(REPORT,), stops="report", starts="close"),
    Act("close", _("Close the deployment"), by=LEADERS, from_="reported", to="closed", asks=fields.CLOSED,
        gates=(gates.ENDED,), not_by=("staff",), stops="close", on_paper=True, meeting=True),
    Act("set_aside", _("Set the clause aside"), by=LEADERS, from_=("registered", "assigned"), to="set_aside",
        reason=True, stops=("assign", "carry_out"), on_paper=True, meeting=True),
)  # fmt: skip

CLOCKS = (
    Clock("assign", _("Assign the clause"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="deployment.assign", bears="head", escalates=("deputy",)),
    Clock("carry_out", _("Carry the clause out"), until="due_by", law=gates.PRACTICE, bears="staff",
          escalates=("deputy", "principal")),
    Clock("report", _("Report upward"), working_days=10, law=gates.PRACTICE, setting="deployment.report",
          bears="registrar", escalates=("deputy",)),
    Clock("close", _("Close the deployment"), working_days=10, law=gates.PRACTICE,
          setting="deployment.close", bears="deputy", escalates=("principal",)),
)  # fmt: skip

LEDGERS = (
    Ledger("progress", _("Progress"), "进展", fields.PROGRESS, (("noted", _("progress noted")),), ("noted",)),
)

FIGURES = (
    Figure("all", _("Clauses by source and stage"), by=("source_kind", "stage")),
    Figure("by_area", _("Clauses by field of work"), by=("area",)),
    Figure("by_office", _("Clauses assigned, by office"), counts="acts:assign", by=("responsible",)),
    Figure("in_time", _("Clauses carried out in time"), counts="clocks:carry_out"),
    Figure("reported", _("Clauses reported upward"), counts="acts:report", by=("source_kind",)),
    Figure("days", _("Median days from assigning to carrying out"), counts="median_days:assign:carry_out"),
)

DEPLOYMENT = Mechanism(
    key="deployment",
    name=_("Deployment"),
    term="部署要求",
    purpose=_(
        "Keep what a session, a document or a leader asks, clause by clause, with what was done for it."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=ASSIGNERS,
    asks=fields.OPENING,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.ORDINARY,
    law=gates.PRACTICE,
    number="部署",
    keywords=("source_kind", "source_no", "area", "due_by"),
)
