"""Tables of findings; only this floor writes them, through its functions."""

from qingfeng.findings.models.leads import (
    COLOURS,
    TIERS,
    Draw,
    Lead,
    LeadFinding,
    RuleException,
    RuleRun,
    RuleStanding,
    Screening,
)
from qingfeng.findings.models.own import OwnRule, OwnVersion
from qingfeng.findings.models.prone import Exposure, UnitOnRecord
from qingfeng.findings.models.records import DeliveredFile, Delivery, Forgetting, Job, WatchedFolder

__all__ = [
    "COLOURS",
    "TIERS",
    "DeliveredFile",
    "Delivery",
    "Draw",
    "Exposure",
    "Forgetting",
    "Job",
    "Lead",
    "LeadFinding",
    "OwnRule",
    "OwnVersion",
    "RuleException",
    "RuleRun",
    "RuleStanding",
    "Screening",
    "UnitOnRecord",
    "WatchedFolder",
]
