"""Document numbers (文号): without gaps for each office, kind and year, however many take one at once.

The series' row in `Counter` is locked until the caller's transaction ends, so whoever comes next waits and
takes the next number; a transaction that is rolled back gives its number back because the row goes back with
it. A number that was issued and withdrawn is voided: it stays and is listed.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from qingfeng.documents.journaling import note
from qingfeng.documents.models import Counter, Number
from qingfeng.journal.straight import Question, change, insert_keyless, put

FORM = "{code}〔{year}〕{n}号"
FIELD = re.compile(r"\{(code|year|n)(?::0?(\d))?\}")


class OutsideTransaction(RuntimeError):  # noqa: N818 - says what happened
    """A number was asked for outside a transaction: a failure after it would leave a gap."""


class SeriesRunsAlready(ValueError):  # noqa: N818 - says what happened
    """A series that has numbers cannot be told to begin later."""


def take(code: str, kind: str, *, year: int | None = None, form: str = "", subject: str = "") -> Number:
    """Take the next number of a series, inside the caller's transaction.

    Args:
        code: The office's code as numbers print it (云纪督).
        kind: The kind of document; a series of its own.
        year: The year of the series; the year it is in Shanghai if None.
        form: How the number is written, with `{code}`, `{year}` and `{n}` (`{n:3}`: at least three digits).
            Empty: the form of this kind in the setting `QINGFENG_NUMBER_FORMS`, else `{code}〔{year}〕{n}号`.
        subject: What it is taken for, for the list of numbers; no names of persons.

    Returns:
        The number; `text` is what a document prints.

    Raises:
        OutsideTransaction: If no transaction is open.
        ValueError: If the form has no `{n}` or no `{year}`, or names something else.
        IntegrityError: If another series printed the same text already (two kinds with one code and form).
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(
            "take a number inside transaction.atomic(); a failure after it would leave a gap"
        )
    year = year or timezone.localdate().year
    form = checked_form(form or getattr(settings, "QINGFENG_NUMBER_FORMS", {}).get(kind, FORM))
    counter = _locked(code, kind, year)
    counter.last += 1
    change(counter, "last")
    return put(
        Number(
            code=code,
            kind=kind,
            year=year,
            n=counter.last,
            text=written(form, code=code, year=year, n=counter.last),
            subject=subject,
            taken_at=timezone.now(),
        )
    )


def take_many(code: str, kind: str, *, year: int, count: int, subject: str = "") -> list[Number]:
    """Take the next numbers of a series at once, inside the caller's transaction; as `take`, in order.

    Raises:
        OutsideTransaction: If no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("take numbers inside transaction.atomic(); a failure after it leaves gaps")
    form = checked_form(getattr(settings, "QINGFENG_NUMBER_FORMS", {}).get(kind, FORM))
    counter, now = _locked(code, kind, year), timezone.now()
    first, counter.last = counter.last + 1, counter.last + count
    change(counter, "last")
    made = [
        Number(
            code=code,
            kind=kind,
            year=year,
            n=n,
            text=written(form, code=code, year=year, n=n),
            subject=subject,
            taken_at=now,
        )
        for n in range(first, first + count)
    ]
    insert_keyless(made)
    return made


def begin_after(code: str, kind: str, *, year: int, last: int, by: Any = None) -> None:
    """Let a series begin after the last number that was issued on paper; `by` is the account that says so.

    Raises:
        OutsideTransaction: If no transaction is open.
        SeriesRunsAlready: If a number of the series was taken here.
        ValueError: If `last` is negative.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("set a series inside transaction.atomic()")
    if last < 0:
        raise ValueError(f"the last number on paper is {last}; it must be 0 or more")
    counter = _locked(code, kind, year)
    if Number.objects.filter(code=code, kind=kind, year=year).exists():
        raise SeriesRunsAlready(f"{code} {kind} {year} has numbers already; the last is {counter.last}")
    counter.last = last
    counter.save(update_fields=["last"])
    note("documents.series_begun", subject=f"{code}/{kind}/{year}", by=by, facts={"after": last})


def void(number: Number, *, reason: str, by: Any) -> Number:
    """Void a number: it stays in the list with its reason, and is never given again.

    Raises:
        ValueError: If there is no reason, or the number is void already.
    """
    if not reason.strip():
        raise ValueError(f"say why {number.text} is voided")
    with transaction.atomic():
        held = Number.objects.select_for_update().get(pk=number.pk)
        if held.voided_at:
            raise ValueError(f"{held.text} was voided already: {held.void_reason}")
        held.voided_at, held.void_reason, held.voided_by = timezone.now(), reason.strip(), by
        held.save(update_fields=["voided_at", "void_reason", "voided_by"])
        note("documents.number_voided", subject=held.text, by=by, personal={"reason": held.void_reason})
    return held


def gaps(code: str, kind: str, *, year: int) -> list[int]:
    """Return the numbers of a series that nobody took, ascending: none, unless somebody wrote past this.

    Numbers before the first one taken here were issued on paper and are not looked for.
    """
    taken = list(
        Number.objects.filter(code=code, kind=kind, year=year).order_by("n").values_list("n", flat=True)
    )
    last = Counter.objects.filter(code=code, kind=kind, year=year).values_list("last", flat=True).first() or 0
    return sorted(set(range(taken[0], last + 1)) - set(taken)) if taken else []


def explain_gap(code: str, kind: str, *, year: int, n: int, reason: str, by: Any) -> Number:
    """Enter a number that nobody took here as void, with what became of it; it is never given again.

    Raises:
        ValueError: If there is no reason, or the number is no gap of the series.
    """
    if not reason.strip():
        raise ValueError(f"say what became of number {n}")
    with transaction.atomic():
        _locked(code, kind, year)
        if n not in gaps(code, kind, year=year):
            raise ValueError(f"number {n} of {code} {year} is no gap")
        form = checked_form(getattr(settings, "QINGFENG_NUMBER_FORMS", {}).get(kind, FORM))
        now = timezone.now()
        made = Number.objects.create(
            code=code,
            kind=kind,
            year=year,
            n=n,
            text=written(form, code=code, year=year, n=n),
            taken_at=now,
            voided_at=now,
            void_reason=reason.strip(),
            voided_by=by,
        )
        note("documents.gap_explained", subject=made.text, by=by, personal={"reason": made.void_reason})
    return made


def checked_form(form: str) -> str:
    """Return the form of a number.

    Raises:
        ValueError: If it lacks `{n}` or `{year}` or names anything but code, year and n.
    """
    named = {found[1] for found in FIELD.finditer(form)}
    if {"n", "year"} - named:
        raise ValueError(f"the form {form!r} needs {{n}} and {{year}}, or two documents get one number")
    if set("{}") & set(FIELD.sub("", form)):
        raise ValueError(f"the form {form!r} may name {{code}}, {{year}} and {{n}} only")
    return form


def written(form: str, *, code: str, year: int, n: int) -> str:
    """Return a number in its form."""
    values = {"code": code, "year": str(year), "n": str(n)}
    return FIELD.sub(lambda found: values[found[1]].zfill(int(found[2] or 0)), form)


def _locked(code: str, kind: str, year: int) -> Counter:
    """Return the series' row, locked until the transaction ends; made if it is the first."""
    if not (held := _SERIES(code, kind, year)):
        Counter.objects.bulk_create([Counter(code=code, kind=kind, year=year)], ignore_conflicts=True)
        held = _SERIES(code, kind, year)
    (counter,) = held
    return counter


_SERIES = Question(
    lambda code, kind, year: Counter.objects.select_for_update().filter(code=code, kind=kind, year=year),
    "ssy",
)
