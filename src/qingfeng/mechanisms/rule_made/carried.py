"""What a clause of the commission's own rules became: a mechanism, a clock or an indicator of this house.

A clause names it by a word, `clock:clue.lead_proposal`; whether it is there is asked of the declarations.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.registry import is_known, mechanism, mechanisms
from qingfeng.matters.vocabulary import Clock, Figure, Mechanism

NOT_SOFTWARE = "none"


def choices() -> Iterator[tuple[str, object]]:
    """Yield (word, words) of everything that a clause can have become; first that it is not in software."""
    yield NOT_SOFTWARE, _("Not in software: say why")
    for one in mechanisms():
        yield f"mechanism:{one.key}", one.term
        for clock in one.clocks:
            yield f"clock:{one.key}.{clock.key}", f"{one.term} · {clock.name}"
        for figure in one.figures:
            yield f"figure:{one.key}.{figure.key}", f"{one.term} · {figure.name}"


def found(word: str) -> tuple[Mechanism, Clock | Figure | None] | None:
    """Return the mechanism that a word names, with its clock or figure; None where there is none."""
    kind, _sep, place = word.partition(":")
    key, _sep, part = place.partition(".")
    if not is_known(key):
        return None
    declared = mechanism(key)
    if kind == "mechanism" and not part:
        return declared, None
    among: dict[str, tuple[Clock | Figure, ...]] = {"clock": declared.clocks, "figure": declared.figures}
    named = next((one for one in among.get(kind, ()) if one.key == part), None)
    return (declared, named) if named else None
