"""How a unit is asked about a lead, as its form proposes it: fact and own rows, nothing of the rule."""

from __future__ import annotations

from qingfeng.desk.proposing import Lines, propose_with
from qingfeng.findings.access import VERIFICATION, visible_leads
from qingfeng.findings.laying_out import question_of
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer

QUESTIONS = "questions"


def join() -> None:
    """Let the form that asks a unit begin with its question."""
    propose_with(VERIFICATION, "ask_unit", question)


def question(viewer: Viewer, matter: Matter) -> Lines:
    """Return the first question of a verification; none once something was asked, or where no row is left."""
    if matter.lines.filter(ledger=QUESTIONS).exists():
        return {}
    lead = visible_leads(viewer).filter(matter=matter).order_by("-is_current", "-pk").first()
    told = question_of(lead) if lead else {}
    return {QUESTIONS: [told]} if told.get("rows") else {}
