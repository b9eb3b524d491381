"""What the search finds, kept up by the worker: numbers, titles, facts, units, slips' numbers, leads.

Every act leaves a line in its matter's story, in its own transaction: that line is what the worker looks
for, so an act writes nothing more and waits for nothing. A matter is taken in anew where its texts are of
another revision than the matter; whatever a killed worker had begun, the next round does again.

A sealed value, one about a private person, and a confidential part are never taken in; names of persons
on record, and every name that a lead says, are struck out of what is (＊): a person is sought by name only
with a matter and a reason (`searching_persons`).

Law:
    个人信息保护法 Arts. 5, 6
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone, translation

from qingfeng.desk import values
from qingfeng.desk.grams import folded, grams_of
from qingfeng.desk.models import SearchMark, SearchText
from qingfeng.findings.models import Lead, LeadFinding
from qingfeng.matters.access import declared_of
from qingfeng.matters.apart import closed_among
from qingfeng.matters.models import LedgerLine, Matter, MatterSlip, Party, Performance
from qingfeng.matters.vocabulary import Field, Mechanism
from qingfeng.organization.models import Person

Part = SearchText.Part
SOUGHT = ("text", "long", "choice", "choices", "unit", "units")
AT_ONCE = 500
SETTLED = timedelta(minutes=10)  # no act's transaction is open for so long
MOST_MESSAGES = 30
STRUCK = "＊"
LEAST_NAME = 2


def index_matters(keys: Collection[int]) -> int:
    """Take in matters anew; return how many. Queries do not grow with them.

    No matter is locked while it is read: where somebody acts meanwhile, its texts keep the older revision,
    and the next round takes it in again.
    """
    names = names_on_record()
    with translation.override("zh-hans"):
        matters = list(Matter.objects.filter(pk__in=keys).order_by("pk"))
        texts = list(_texts_of(matters, names))
    with transaction.atomic():
        SearchText.objects.filter(matter__in=keys).delete()
        SearchText.objects.bulk_create(texts, batch_size=AT_ONCE)
    return len(matters)


def names_on_record() -> frozenset[str]:
    """Return the name of everybody on record, folded."""
    found = Person.objects.values_list("name", flat=True).distinct()
    return frozenset(folded(one) for one in found if len(one) >= LEAST_NAME)


def without_names(text: str, names: Collection[str]) -> str:
    """Return a text, as long as before, with every name struck out; the longest first."""
    if not names:
        return text
    there, out = folded(text), list(text)
    for length in sorted({len(one) for one in names}, reverse=True):
        for at in range(len(there) - length + 1):
            if there[at : at + length] in names:
                out[at : at + length] = STRUCK * length
                there = there[:at] + STRUCK * length + there[at + length :]
    return "".join(out)


def _texts_of(matters: list[Matter], names: frozenset[str]) -> Iterator[SearchText]:
    declared = {matter.pk: one for matter in matters if (one := declared_of(matter)) is not None}
    units, lines, slips = _units(matters), _lines(declared, matters), _slips(matters)
    known = _names_of_units(matters, declared, lines)
    for matter in matters:
        if matter.pk not in declared:
            continue
        said = [matter.title, *units[matter.pk]]
        said += _facts(declared[matter.pk], matter, lines[matter.pk], known)
        number = f"{matter.number}\n{matter.slug}"
        yield _text(number, part=Part.NUMBER, matter=matter, revision=matter.revision)
        whole = without_names("\n".join(one for one in said if one), names)
        yield _text(f"{whole}\n{number}", part=Part.WHOLE, matter=matter, revision=matter.revision)
        for one in slips[matter.pk]:
            words = f"{one.slip.number.text}\n{_slip_name(declared[matter.pk], one.key)}"
            yield _text(words, part=Part.SLIP, matter=matter, slip=one.slip_id, revision=matter.revision)


def _text(text: str, **more: object) -> SearchText:
    small = folded(text)
    return SearchText(text=text, folded=small, grams=" ".join(grams_of(small)), **more)


def _slip_name(declared: Mechanism, key: str) -> str:
    return next((f"{slip.name} {slip.term}" for slip in declared.slips() if slip.key == key), "")


def _units(matters: list[Matter]) -> dict[int, list[str]]:
    """Return the names of the units that have a part, by matter; confidential parts are left out."""
    found: dict[int, list[str]] = defaultdict(list)
    hidden = {
        (matter.pk, role.key)
        for matter in matters
        if (declared := declared_of(matter))
        for role in declared.parties
        if role.confidential
    }
    rows = Party.objects.filter(matter__in=matters, unit__isnull=False, until_at=None).select_related("unit")
    for row in rows.order_by("pk"):
        if (row.matter_id, row.role) not in hidden:
            found[row.matter_id] += [row.unit.name, row.unit.short_name]
    return found


def _lines(declared: dict[int, Mechanism], matters: list[Matter]) -> dict[int, list[LedgerLine]]:
    """Return ledger lines by matter; those that are still apart are there for nobody."""
    by_kind: dict[tuple[str, int], list[int]] = defaultdict(list)
    for matter in matters:
        by_kind[matter.mechanism, matter.version].append(matter.pk)
    closed = {
        place for keys in by_kind.values() if keys[0] in declared
        for place in closed_among(declared[keys[0]], keys, None)
    }  # fmt: skip
    found: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in LedgerLine.objects.filter(matter__in=matters).order_by("matter_id", "ledger", "no"):
        if (line.matter_id, (line.ledger, line.no)) not in closed:
            found[line.matter_id].append(line)
    return found


def _slips(matters: list[Matter]) -> dict[int, list[MatterSlip]]:
    found: dict[int, list[MatterSlip]] = defaultdict(list)
    rows = MatterSlip.objects.filter(matter__in=matters).select_related("slip__number").order_by("pk")
    for one in rows:
        found[one.matter_id].append(one)
    return found


def sought(fields: Iterable[Field]) -> list[Field]:
    """Return the fields whose values are taken in: texts, choices, units; none sealed or personal."""
    return [one for one in fields if one.kind in SOUGHT and not one.sealed and not one.personal]


def _pairs(
    declared: Mechanism, matter: Matter, lines: Iterable[LedgerLine]
) -> Iterator[tuple[Field, object]]:
    yield from ((one, matter.facts.get(one.key)) for one in sought(values.fields_of(declared).values()))
    ledgers = {one.key: sought(one.fields) for one in declared.ledgers}
    for line in lines:
        yield from ((one, line.facts.get(one.key)) for one in ledgers.get(line.ledger, ()))


def _names_of_units(
    matters: list[Matter], declared: dict[int, Mechanism], lines: dict[int, list[LedgerLine]]
) -> values.Names:
    return values.Names.of(
        pair
        for matter in matters
        if matter.pk in declared
        for pair in _pairs(declared[matter.pk], matter, lines[matter.pk])
    )


def _facts(
    declared: Mechanism, matter: Matter, lines: Iterable[LedgerLine], names: values.Names
) -> list[str]:
    said = (values.say(field, value, names) for field, value in _pairs(declared, matter, lines))
    return list(dict.fromkeys(one for one in said if one))


def index_leads(keys: Collection[int]) -> int:
    """Take in leads anew; return how many. Three queries, however many there are."""
    names = names_on_record()
    messages: dict[int, list[str]] = defaultdict(list)
    rows = LeadFinding.objects.filter(lead__in=keys, place__lt=MOST_MESSAGES).order_by("lead_id", "place")
    for lead, message in rows.values_list("lead_id", "message"):
        messages[lead].append(message)
    texts = [_lead_text(one, messages[one.pk], names) for one in Lead.objects.filter(pk__in=keys)]
    with transaction.atomic():
        SearchText.objects.filter(lead__in=keys).delete()
        SearchText.objects.bulk_create(texts, batch_size=AT_ONCE)
    return len(texts)


def _lead_text(lead: Lead, messages: Iterable[str], names: frozenset[str]) -> SearchText:
    own = {folded(one) for one in (*lead.named.split("、"), lead.subject_name) if len(one) >= LEAST_NAME}
    key = lead.subject_key if lead.subject_kind != "person" else ""
    said = dict.fromkeys(one for one in (lead.title, key, lead.unit_name, *messages) if one)
    text = without_names("\n".join(said), names | own)
    return _text(f"{text}\n{lead.key}", part=Part.LEAD, lead=lead)


def keep_up(*, most: int = 5_000) -> int:
    """Take in every matter on which something was done, and the leads of a new screening.

    Returns:
        How many were taken in; `most` of each at most, the rest the next time.
    """
    return _follow_acts(most) + _take_leads(most)


def _follow_acts(most: int) -> int:
    """Take in the matters of acts behind the mark, and let the mark follow."""
    mark, _is_new = SearchMark.objects.get_or_create(pk=1, defaults={"seen_at": timezone.now()})
    newest = Performance.objects.aggregate(one=Max("pk"))["one"] or 0
    if newest == mark.settled:
        return 0
    acts = Performance.objects.filter(pk__gt=mark.settled)
    stale = _stale(Matter.objects.filter(pk__in=acts.values("matter")), most)
    _take_matters(stale)
    if len(stale) < most and timezone.now() - mark.seen_at >= SETTLED:
        mark.settled, mark.seen, mark.seen_at = mark.seen, newest, timezone.now()
        mark.save()
    return len(stale)


def _stale(matters: QuerySet[Matter], most: int) -> list[int]:
    """Return the keys of matters that have no text, or one of another revision."""
    fresh = SearchText.objects.filter(matter=OuterRef("pk"), part=Part.NUMBER, revision=OuterRef("revision"))
    return list(matters.filter(~Exists(fresh)).order_by("pk").values_list("pk", flat=True)[:most])


def _take_matters(keys: list[int]) -> None:
    for at in range(0, len(keys), AT_ONCE):
        index_matters(keys[at : at + AT_ONCE])


def _take_leads(most: int) -> int:
    last = SearchText.objects.aggregate(one=Max("lead"))["one"] or 0
    keys = list(Lead.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:most])
    for at in range(0, len(keys), AT_ONCE):
        index_leads(keys[at : at + AT_ONCE])
    return len(keys)


def mend(*, most: int = 20_000) -> int:
    """Take in what the rounds missed: after an upgrade, a restored backup, rows that came past the door."""
    stale = _stale(Matter.objects.all(), most)
    _take_matters(stale)
    return len(stale)
