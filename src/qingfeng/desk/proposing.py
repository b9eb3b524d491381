"""What a form begins with where a room knows it already: proposed lines, to be changed or left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer

Lines = Mapping[str, Sequence[Mapping[str, Any]]]
Proposer = Callable[[Viewer, Matter], Lines]
_proposers: dict[tuple[str, str], Proposer] = {}


def propose_with(mechanism: str, act: str, proposer: Proposer) -> None:
    """Say who proposes the new lines of an act; the last one said holds.

    Args:
        mechanism: Key of the mechanism.
        act: Key of the act.
        proposer: Returns ledger to lines, each a fact by key of its column; only of what the viewer may see.
    """
    _proposers[mechanism, act] = proposer


def proposed(viewer: Viewer, matter: Matter | None, act: str) -> Lines:
    """Return the lines with which a blank form begins; none where nobody proposes any."""
    proposer = _proposers.get((matter.mechanism, act)) if matter else None
    return proposer(viewer, matter) if proposer and matter else {}
