"""Tables of the organization; only this room writes them, through its functions."""

from qingfeng.organization.models.house import Account, CalendarVersion, Intake, OwnDay, Setting
from qingfeng.organization.models.people import Interest, Parting, Person, Post, PostRole, Relation, StandIn
from qingfeng.organization.models.units import Unit

__all__ = [
    "Account",
    "CalendarVersion",
    "Intake",
    "Interest",
    "OwnDay",
    "Parting",
    "Person",
    "Post",
    "PostRole",
    "Relation",
    "Setting",
    "StandIn",
    "Unit",
]
