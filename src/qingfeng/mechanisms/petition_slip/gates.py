"""What blocks an act on a slip: words of control over people, and steps that the office still owes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("信访事项办理工作惯例", mark=Mark.PROPOSAL),)
SUPERVISING = (Law("信访工作条例", "Art. 40"),)
BINDING = (Law("信访工作条例", "Art. 17-19, 27"),)

CONTROL = (
    "稳控", "管控", "控制", "盯住", "盯防", "看住", "看护", "劝返", "截访", "拦截", "跟踪", "行踪", "轨迹",
    "定位", "监听",
    "手机", "通话", "出行", "车票", "家属", "亲属", "子女", "黑名单", "列管", "训诫", "进京", "息访承诺",
)  # fmt: skip
"""Words of control over people; a slip that needs one (to forbid it, say) is signed by two."""

FREE_TEXT = (
    "missing", "contact_post", "unit_head", "fault_facts", "requirement", "improvement", "clock_name",
    "slip_of",
)  # fmt: skip


def is_duty(seen: Snapshot) -> bool:
    """Return whether it is a slip of duty and help (稳控交办单)."""
    return seen.facts.get("slip_kind") == "duty"


def is_warning(seen: Snapshot) -> bool:
    """Return whether it is a warning slip (预警提醒单)."""
    return seen.facts.get("slip_kind") == "warning"


def is_supervision(seen: Snapshot) -> bool:
    """Return whether it is a supervision slip (信访事项督办单)."""
    return seen.facts.get("slip_kind") == "supervision"


def is_by_house(seen: Snapshot) -> bool:
    """Return whether a clock made it, with all that it says."""
    return is_warning(seen) and seen.facts.get("made_by") == "house" and bool(seen.facts.get("missing"))


def is_no_duty(seen: Snapshot) -> bool:
    """Return whether it warns or supervises."""
    return not is_duty(seen)


def words_of_control(texts: Iterable[Any]) -> Iterator[str]:
    """Yield the words of control over people that stand in some texts, once each."""
    said = "\n".join(str(text) for text in texts if text)
    return (word for word in CONTROL if word in said)


def has_words(seen: Snapshot) -> bool:
    """Return whether the slip as it stands has words of control."""
    return any(words_of_control(seen.facts.get(key) for key in FREE_TEXT))


def _done(seen: Snapshot) -> bool:
    return bool(seen.lines("steps")) and all(line.state == "done" for line in seen.lines("steps"))


def _written(seen: Snapshot) -> bool:
    keys = {"duty": "duty_why", "warning": "missing", "supervision": "requirement"}
    return bool(seen.facts.get(keys[seen.facts["slip_kind"]]))


def _answered(seen: Snapshot) -> bool:
    return seen.last("answer") is not None


def _missing_done(seen: Snapshot) -> bool:
    return seen.last("put_right") is not None


BY_HAND = Gate(
    "by_hand",
    _("The clock makes its slips itself: what somebody writes is made by hand."),
    lambda seen: seen.entered.get("made_by") != "house",
    PRACTICE,
)
NO_CONTROL = Gate(
    "no_control",
    _(
        "The slip has words of control over people. It binds an office: say what the office owes. Where the "
        "words are needed, two sign and say why."
    ),
    lambda seen: not has_words(seen),
    BINDING,
)
STEPS_OWED = Gate(
    "steps_owed",
    _("Choose at least one step that the office owes, with its day."),
    lambda seen: "steps" not in seen.entered or bool(seen.entered["steps"]),
    BINDING,
)
CONTACT_MADE = Gate(
    "contact_made",
    _("The office has not met or called the petitioner: let it do so, and record what it explained."),
    lambda seen: not is_duty(seen) or seen.last("meet") is not None,
    PRACTICE,
)
STEPS_DONE = Gate(
    "steps_done",
    _("A step that the office owes is not done: do it, and enter the proof."),
    lambda seen: not is_duty(seen) or _done(seen),
    PRACTICE,
)
MISSING_DONE = Gate(
    "missing_done",
    _("What was missing is still missing: let the office do it first."),
    lambda seen: not is_warning(seen) or _missing_done(seen),
    PRACTICE,
)
ANSWERED = Gate(
    "answered",
    _("There is no written answer on whether it is adopted: the office owes one."),
    lambda seen: not is_supervision(seen) or _answered(seen),
    SUPERVISING,
)
CORRECTED = Gate(
    "corrected",
    _("Nothing was put right yet: the slip stays open until it is."),
    lambda seen: not is_supervision(seen) or _missing_done(seen),
    SUPERVISING,
)
SIGNED = act_done("sign_for", _("The office has not signed for it."), law=PRACTICE)
WRITTEN = Gate(
    "written",
    _("The slip is not written yet: write what it says."),
    _written,
    PRACTICE,
)
ADDRESSED = Gate(
    "addressed",
    _("Name the office that it is addressed to."),
    lambda seen: bool(seen.units("lead_unit")),
    BINDING,
)
PROVED = Gate(
    "proved",
    _("Enter the number of the proof: a step is done when papers show it."),
    lambda seen: all(one.get("owed_proof") for one in seen.entered.get("steps", ())),
    PRACTICE,
)
