"""What the door answers: done, waiting for a second signer, or a lawful no. Values, never exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from qingfeng.matters.vocabulary import Law, Words

Why = Literal[
    "absent", "stage", "role", "separation", "recusal", "facts", "gate", "conflict", "standing", "key"
]


@dataclass(frozen=True)
class Refusal:
    """A "no" with its reason; shown to the person, and nothing has happened.

    Attributes:
        why: What kind of no; `absent` is shown as a page that does not exist.
        reason: One or more sentences: what is missing and what to do.
        law: The provision behind it, where there is one.
        errors: For `facts`: field key → what to do, in the form's words.
        gates: For `gate`: keys of the gates that do not hold.
        changed: For `conflict`: what happened since the form was opened.
    """

    why: Why
    reason: Words
    law: tuple[Law, ...] = ()
    errors: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    gates: tuple[str, ...] = ()
    changed: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Done:
    """It happened.

    Attributes:
        matter: As it stands now.
        performance: The line in its story.
        opened: Matters that the act opened.
        again: The same request had acted before; nothing was done twice.
    """

    matter: Any
    performance: Any
    opened: tuple[Any, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class Waiting:
    """It waits for its second signer; nothing has happened yet."""

    matter: Any
    awaiting: Any


Answer = Done | Waiting | Refusal
