"""Many matters like one: rows of its story, parties, clocks, ledgers and notices with it."""

from copy import copy

from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Notice, Party, Performance


def copied(matter, times, word):
    """Copies of a matter, each with everything that belongs to it; `word` keeps their numbers apart."""
    belonging = {
        rows: list(rows.objects.filter(matter=matter).order_by("pk"))
        for rows in (Party, ClockRun, LedgerLine, Performance, Notice)
    }
    made = []
    for n in range(times):
        one = copy(matter)
        one.pk, one.number, one.slug = None, f"{matter.number}-{word}{n}", f"{matter.slug}-{word}{n}"
        one._state = copy(matter._state)
        one._state.adding = True
        made.append(one)
    made = Matter.objects.bulk_create(made)
    for rows, every in belonging.items():
        rows.objects.bulk_create(_belongs(row, one) for one in made for row in every)
    return made


def _belongs(row, matter):
    made = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    made.pk, made.matter = None, matter
    if isinstance(row, Performance):
        made.key, made.entry = None, None
    return made
