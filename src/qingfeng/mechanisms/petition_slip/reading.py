"""What whoever wrote reads of a slip, word for word, at the counter: third persons are masked.

A slip binds an office; the petitioner may read what it was told. Names of people on record, telephone and
identity numbers, plates and house numbers of others are struck out; what stands there besides is the slip.

Law:
    rights.md, schema test (g); 个人信息保护法 Arts. 5, 6
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qingfeng.matters.forms import shown
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.petition_slip import fields
from qingfeng.organization.models import Person

MASK = "＊"
LEAST_NAME = 2
SENT = ("issued", "signed", "answered", "closed")
NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|1\d{10}|0\d{2,3}-?\d{7,8}|\d{15,19})(?![0-9A-Za-z])"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}"
)
TITLED = re.compile(r"([\u4e00-\u9fff])([\u4e00-\u9fff]{0,2})(先生|女士|同志|老师|师傅|阿姨|大爷|大妈)")
OF_A_KIND: dict[str, tuple[Field, ...]] = {
    "duty": fields.DUTY,
    "warning": fields.WARNING,
    "supervision": fields.SUPERVISION,
}


def public_text(slip: Matter) -> str:
    """Return a slip as whoever wrote reads it, a line a thing; "" while it was not sent.

    Args:
        slip: A matter of this room.

    Raises:
        ValueError: If it is a matter of another kind.
    """
    if slip.mechanism != "petition_slip":
        raise ValueError(f"{slip.mechanism} is no slip on a petition.")
    if slip.stage not in SENT:
        return ""
    hide = _hiding(Person.objects.values_list("name", flat=True).distinct())
    return "\n".join(f"{head}：{hide(said)}" for head, said in _lines(slip))


def _lines(slip: Matter) -> Iterator[tuple[str, str]]:
    declared = mechanism(slip.mechanism, slip.version)
    kind = str(slip.facts.get("slip_kind"))
    printed = next(one for one in declared.slips() if one.key == kind)
    yield "单据", f"{printed.term} {slip.number}"
    office = slip.parties.filter(role="lead_unit", until_at=None).select_related("unit").first()
    if office is not None and office.unit is not None:
        yield "责任单位", office.unit.name
    for field in OF_A_KIND.get(kind, ()):
        said = shown(field, slip.facts.get(field.key))
        if said:
            yield field.term, said
    if kind == "duty":
        for line in slip.lines.filter(ledger="steps").order_by("no"):
            yield f"应履行事项{line.no}", _step(line.facts, is_done=line.is_done)


def _step(facts: dict[str, Any], *, is_done: bool) -> str:
    by_key = {one.key: one for one in fields.STEP}
    said = [shown(by_key[key], facts.get(key)) for key in ("owed", "owed_due")]
    return "，".join([*(one for one in said if one), "已完成" if is_done else "未完成"])


def _hiding(names: Iterable[str]) -> Callable[[str], str]:
    """Return what strikes out names and numbers of people; the longest name first, each sign by one mask."""
    known = sorted((one for one in names if len(one) >= LEAST_NAME), key=len, reverse=True)

    def hide(text: str) -> str:
        for name in known:
            text = text.replace(name, MASK * len(name))
        text = TITLED.sub(lambda found: MASK * (1 + len(found[2])) + found[3], text)
        return NUMBERS.sub(lambda found: MASK * len(found[0]), text)

    return hide
