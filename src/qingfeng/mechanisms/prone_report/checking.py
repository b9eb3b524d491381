"""What the house finds in the text of a report: names, hidden cells, hits that are called verified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qingfeng.findings.prone.asked import Question
from qingfeng.findings.prone.cells import Table, table
from qingfeng.matters.computed import Found
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.statistics import Period
from qingfeng.matters.today import today
from qingfeng.mechanisms.prone_report.counting import KINDS, SPOTS, name_of
from qingfeng.organization.models import Person, Unit

WRITTEN = ("summary", "limits", "public_text", "review_opinion", "approval")
PUBLIC = "public_text"
LEDGERS = ("kinds", "spots")
SHORT_NAME = 2  # signs; a name that short is a word too often, and counts only with a post behind it
VERIFIED = re.compile(r"属实|查实|证实|确认")
NUMBER = re.compile(r"(?<![\d.\-年月])(\d+)(?:\.\d+)?(?=\s*(?:个|件|条|起|项|辆|张|次|宗|例|笔|处))")
SENTENCE = re.compile(r"[。；;！？\n]")
ID = re.compile(r"\d{17}[\dXx]|1[3-9]\d{9}|[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}(?![A-Z0-9])")


def check(matter: Matter, _sheet: Sheet) -> Found:
    """Return what is wrong with the text, each a list of sentences; nothing where nothing is."""
    texts = list(_texts(matter))
    sentences = [one for _key, text in texts for one in SENTENCE.split(text) if one.strip()]
    told = {
        "names_somebody": [*_naming(sentences), *_units_in_public(matter)],
        "says_hidden": list(_hidden(matter, sentences)),
        "raw_as_verified": [one for one in sentences if _calls_verified(one, _verified(matter))],
    }
    return Found(told={key: found for key, found in told.items() if found})


def _texts(matter: Matter) -> Iterator[tuple[str, str]]:
    for key in WRITTEN:
        yield key, str(matter.facts.get(key) or "")
    for line in matter.lines.filter(ledger__in=LEDGERS):
        yield line.ledger, str(line.facts.get("control") or "")


def _naming(sentences: list[str]) -> Iterator[str]:
    """Yield sentences with a name on record, a plate, an identity number or a phone."""
    names = set(Person.objects.values_list("name", flat=True))
    long = [name for name in names if len(name) > SHORT_NAME]
    short = [name for name in names if len(name) == SHORT_NAME]
    for one in sentences:
        with_post = any(
            re.search(rf"{re.escape(name)}(同志|局长|主任|科长|书记|镇长)", one) for name in short
        )
        if ID.search(one) or with_post or any(name in one for name in long):
            yield one


def _units_in_public(matter: Matter) -> list[str]:
    """Return the supervised units that the public part names."""
    text = str(matter.facts.get(PUBLIC) or "")
    rows = Unit.objects.filter(kind=Unit.Kind.SUPERVISED).values_list("name", "short_name")
    return sorted({one for row in rows for one in row if one and one in text})


def _hidden(matter: Matter, sentences: list[str]) -> Iterator[str]:
    """Yield sentences that name both sides of a cell that is hidden."""
    if "period_from" not in matter.facts:
        return
    pairs = [(by, one.key) for by, found in _tables(matter) for one in found.cells if one.is_hidden]
    shorts = dict(Unit.objects.values_list("name", "short_name"))
    for by, (first, second) in pairs:
        kinds = {name_of(("expense",), (second,)), second} - {""}
        names = {first, shorts.get(first, "")} - {""}
        for one in sentences:
            if any(name in one for name in names) and any(kind in one for kind in kinds):
                yield f"{name_of(by, (first, second))}：{one}"


def _tables(matter: Matter) -> Iterator[tuple[tuple[str, str], Table]]:
    from_, until = (matter.facts[key] for key in ("period_from", "period_until"))
    period = Period(date.fromisoformat(from_), date.fromisoformat(until), today())
    for by in (KINDS, SPOTS):
        yield by, table(Question(period, by))


def _verified(matter: Matter) -> frozenset[int]:
    """Return the numbers that may be called verified: totals and cells of the tables."""
    lines = list(matter.lines.filter(ledger__in=LEDGERS))
    found = {int(line.facts.get("cell_verified") or 0) for line in lines}
    whole = {
        sum(int(one.facts.get("cell_verified") or 0) for one in lines if one.ledger == key) for key in LEDGERS
    }
    return frozenset({*found, *whole, int(matter.facts.get("verified_total") or 0)})


def _calls_verified(sentence: str, known: frozenset[int]) -> bool:
    """Whether a sentence calls a number verified that is none of the verified ones."""
    if not VERIFIED.search(sentence):
        return False
    clauses = [one for one in re.split(r"[，,、]", sentence) if VERIFIED.search(one)]
    return any(int(number) not in known for one in clauses for number in NUMBER.findall(one))
