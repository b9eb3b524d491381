"""The light of a clock: a shape, a word and the days, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import pgettext_lazy

from qingfeng.look import said

STATES = {
    "green": pgettext_lazy("light", "In time"),
    "yellow": pgettext_lazy("light", "Due soon"),
    "red": pgettext_lazy("light", "Overdue"),
    "paused": pgettext_lazy("light", "Paused"),
    "done": pgettext_lazy("light", "Done"),
}


class Clock(Protocol):
    """What a light is drawn from.

    Attributes:
        state: `green`, `yellow`, `red`, `paused` or `done`.
        due: Civil date, inclusive; None if there is none.
        words: What is left, as people say it; empty to have it counted in calendar days.
    """

    state: str
    due: date | None
    words: str


@dataclass(frozen=True)
class Light:
    """A light as it is drawn; also the plainest thing that is a Clock."""

    state: str
    due: date | None = None
    words: str = ""


def drawn(clock: Clock | Light) -> dict[str, Any]:
    """Return what the template needs.

    Raises:
        ValueError: If the state is not one of `STATES`.
    """
    if clock.state not in STATES:
        raise ValueError(f"A light is {', '.join(STATES)}, not {clock.state!r}.")
    words = str(clock.words or "")
    if not words and clock.due is not None and clock.state not in {"done", "paused"}:
        words = said.left((clock.due - said.today()).days)
    word = str(STATES[clock.state])
    if words.startswith(word):  # "overdue by three days" says the word itself
        word, words = words, ""
    return {"state": clock.state, "word": word, "words": words, "due": clock.due}
