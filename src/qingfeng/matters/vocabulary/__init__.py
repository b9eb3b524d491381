"""The vocabulary of declarations: what a mechanism is made of. Pure; no Django, no database.

A mechanism (机制) declares how one kind of matter (事项) is carried to its end. Everything here
is a frozen value: a declaration can be read, compared, drawn and walked without running anything.
"""

from qingfeng.matters.vocabulary.acts import Act, Clock
from qingfeng.matters.vocabulary.fields import (
    OPEN,
    Confidentiality,
    Field,
    Kind,
    Law,
    Looked,
    Mark,
    Words,
)
from qingfeng.matters.vocabulary.parts import Entry, Figure, Gate, Ledger, Opens, Role, Slip, Stage
from qingfeng.matters.vocabulary.whole import ADDED, Mechanism

__all__ = [
    "ADDED",
    "OPEN",
    "Act",
    "Clock",
    "Confidentiality",
    "Entry",
    "Field",
    "Figure",
    "Gate",
    "Kind",
    "Law",
    "Ledger",
    "Looked",
    "Mark",
    "Mechanism",
    "Opens",
    "Role",
    "Slip",
    "Stage",
    "Words",
]
